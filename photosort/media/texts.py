"""Repairs texts of other programs: encodings, keywords as paths without duplicates."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from photosort.domain.texts import composed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Windows counts a rating in per cent; the steps that it writes for one to five stars.
_PERCENT = ((0, 0), (1, 1), (25, 2), (50, 3), (75, 4), (99, 5))
_MOST_OF_TEN = 10
# EXIF's Rating has no sign.
_REJECTED_16_BIT = 65_535
# Keywords that programs write for themselves, by the first level of their path.
_INTERNAL_ROOTS = frozenset({"darktable", "_digikam_internal_tags_", "_digikam_root_tag_"})


def decoded(data: bytes) -> str:
    """UTF-8 where it is that, else the Western encoding of Windows: no text of chance is valid UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def clean(text: str | None) -> str:
    """A text in composed form without padding and control characters, its bytes re-read where they were no UTF-8."""
    if not text:
        return ""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # surrogates: bytes that exiv2 took for UTF-8
        text = decoded(text.encode("utf-8", "surrogateescape"))
    text = text.partition("\0")[0]
    return composed("".join(c for c in text if c.isprintable() or c in "\n\t").strip())


def utf16(data: bytes | None) -> str | None:
    """Windows' XP tags: UTF-16, little end first, ended by a zero."""
    return data.decode("utf-16-le", "replace").partition("\0")[0] if data else None


def user_comment(data: bytes | None) -> str | None:
    """EXIF's UserComment: eight bytes that name the encoding, then the text. None for anything unnamed."""
    if not data or len(data) <= 8:
        return None
    code, body = data[:8], data[8:]
    if code == b"UNICODE\0":
        # The byte order is the file's, which is not known here; Latin letters tell.
        big = body[:1] == b"\0" or body.startswith(b"\xfe\xff")
        return body.decode("utf-16-be" if big else "utf-16-le", "replace").lstrip("\ufeff")
    if code == b"ASCII\0\0\0":
        return decoded(body)
    return None


def number(text: str | None) -> float | None:
    """A number written as "1/125", "2.8" or "28"; None for anything else, division by zero included."""
    if not text:
        return None
    numerator, _, denominator = text.strip().partition("/")
    try:
        value = float(numerator) / (float(denominator) if denominator else 1.0)
    except (ValueError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


def stars(text: str | None, *, most: int = 5) -> int | None:
    """A rating, -1 (rejected) to 5; halves are rounded up, and more than ten are per cent.

    Args:
        text: a number, or nothing.
        most: what stands for five; 100 where the field counts in per cent.
    """
    value = number(text)
    if value is None:
        return None
    if value in {_REJECTED_16_BIT, -1} or value < 0:
        return -1
    if most > 5 or value > _MOST_OF_TEN:
        return max(count for least, count in _PERCENT if value >= least)
    return min(5, math.floor(value + 0.5))


def iptc_texts(raw: Mapping[str, Sequence[bytes]]) -> dict[str, list[str]]:
    """IPTC's values as text: the file's own word for its encoding is often that of the program before."""
    return {
        key: [decoded(value) for value in values]
        for key, values in raw.items()
        if key.startswith("Iptc.Application2.")
    }


def keyword_paths(paths: Iterable[str], flat: Iterable[str]) -> tuple[str, ...]:
    """Keywords without twins, each a path from the root.

    Programs write each keyword twice, as a path and flat, and some write every level of the path flat too: a
    flat word that is a level of one of the paths says nothing new.

    Args:
        paths: levels parted by "|".
        flat: words, or paths from programs that know no better.
    """
    kept: dict[str, str] = {}
    levels: set[str] = set()
    for is_flat, keywords in ((False, paths), (True, flat)):
        for keyword in keywords:
            parts = [part for part in (clean(level) for level in keyword.split("|")) if part]
            if not parts or parts[0].casefold() in _INTERNAL_ROOTS:
                continue
            folded = [part.casefold() for part in parts]
            if is_flat and len(parts) == 1 and folded[0] in levels:
                continue
            kept.setdefault("|".join(folded), "|".join(parts))
            levels.update(folded)
    # A path that another goes on from ("animals" beside "animals|dog") is implied by the longer one.
    begun = {
        "|".join(levels_of[:depth])
        for levels_of in (key.split("|") for key in kept)
        for depth in range(1, len(levels_of))
    }
    return tuple(text for key, text in kept.items() if key not in begun)


def joined_keywords(keywords: Sequence[str]) -> tuple[str, ...]:
    """The keywords of several sources without twins."""
    return keyword_paths(
        [keyword for keyword in keywords if "|" in keyword],
        [keyword for keyword in keywords if "|" not in keyword],
    )
