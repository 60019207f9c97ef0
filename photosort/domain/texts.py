"""One form for texts that are compared: letters with accents can be written in two ways, and in two cases."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"(\d+)")


def composed(text: str) -> str:
    """A text with its accents in composed form (NFC): macOS decomposes names, most other programs do not."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """A text in composed form, whatever its case was."""
    return composed(text).casefold()


def natural_key(text: str) -> tuple[str | tuple[int, str], ...]:
    """A key that puts names in order as people count: "Trip 2" before "Trip 10"."""
    # Words and numbers take turns, so that like is compared with like.
    parts = _NUMBER.split(folded(text))
    return tuple(_size(part) if place % 2 else part for place, part in enumerate(parts))


def _size(digits: str) -> tuple[int, str]:
    """What sorts as the number does, however long it is."""
    shown = digits.lstrip("0")
    return len(shown), shown
