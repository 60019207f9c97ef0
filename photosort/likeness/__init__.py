"""Compares pixels: pairs that look alike, whether two pictures are one, how sharp each is; NumPy in, NumPy out."""
