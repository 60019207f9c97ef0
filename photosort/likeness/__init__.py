"""Compares pixels: pairs that look alike, whether two pictures are one, how sharp each is; NumPy in, NumPy out."""

# Of the textured patches where two pictures overlap, the share that agrees where they are one (docs/decisions/0011-duplicates.md).
SAME_PICTURE_SHARE = 0.7
# Two shots of a scene are moved against each other by the hand that held the camera; copies and edits of one lie on top.
# Of the longest edge.
ON_TOP = 0.004
