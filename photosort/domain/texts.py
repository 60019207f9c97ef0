"""One form for texts that are compared: letters with accents can be written in two ways, and in two cases."""

from __future__ import annotations

import unicodedata


def composed(text: str) -> str:
    """A text with its accents in composed form (NFC): macOS decomposes names, most other programs do not."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """A text in composed form, whatever its case was."""
    return composed(text).casefold()
