"""Parses the value of `like:`: the path of a photo, or of a part of one."""

from __future__ import annotations

import re
from pathlib import Path

from photosort.domain.pictures import Box

_NUMBER = r"([0-9]{1,3}(?:\.[0-9]+)?)"
_PART = re.compile(rf"(.+)#{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}", re.DOTALL)


def parse_like_target(target: str) -> tuple[str, Box | None]:
    """The path and the part that a target of `like:` names: "dog.jpg#10,20,50,40" is a box in percent.

    A file that is really called so is a whole photo.
    """
    match = _PART.fullmatch(target)
    if match is None or Path(target).exists():
        return target, None
    left, top, width, height = (float(number) / 100 for number in match.groups()[1:])
    return match[1], Box(left, top, width, height)


def target_of(path: str, box: Box) -> str:
    """What `like:` takes for a part of a photo; the inverse of `part_of`."""
    numbers = (box.left, box.top, box.width, box.height)
    return f"{path}#{','.join(f'{100 * number:.4g}' for number in numbers)}"
