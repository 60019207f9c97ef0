"""Words for a look in a description ("black and white"), measured from pixels."""

from __future__ import annotations

import re

from photosort.domain.looks import Look

_PICTURE = r"(?:photo|photograph|picture|image|shot|portrait)s?"
# "a black and white dog" is a dog, not a look.
_WORDS = (
    (
        Look.BLACK_AND_WHITE,
        rf"in\s+(?:black\s*(?:and|&)\s*white|gr[ae]yscale|monochrome)"
        rf"|(?:black\s+(?:and|&)\s+white|gr[ae]yscale|monochrome)\s+{_PICTURE}(?:\s+of)?"
        r"|black-and-white|b\s?&\s?w|^\s*(?:black\s*(?:and|&)\s*white|gr[ae]yscale|monochrome)\s*$",
    ),
    (
        Look.NIGHT,
        rf"(?:at|by|during\s+the)\s+night(?:\s*time)?|night\s+{_PICTURE}(?:\s+of)?|in\s+the\s+dark"
        r"|^\s*night\s*$|\bnighttime",
    ),
    (
        Look.SKETCH,
        r"(?:(?:pencil|pen|line|ink)\s+)?(?:sketch(?:es)?|drawings?)(?:\s+of)?",
    ),
)
_PATTERNS = [
    (look, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)) for look, pattern in _WORDS
]
_LEFT_OVER = re.compile(
    r"^(?:\s|,|\b(?:a|an|the|of|in)\b)+|(?:\s|,|\b(?:a|an|the|of|in)\b)+$", re.IGNORECASE
)


def spoken_looks(text: str) -> tuple[tuple[Look, ...], str]:
    """The looks that a description names, and what is left of it without them ("" for nothing)."""
    found = []
    rest = text
    for look, pattern in _PATTERNS:
        shorter = pattern.sub(" ", rest)
        if shorter != rest:
            found.append(look)
            rest = shorter
    if not found:
        return (), text
    return tuple(found), _LEFT_OVER.sub("", " ".join(rest.split()))
