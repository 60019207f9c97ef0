"""Parses latitudes and longitudes as different programs write them."""

from __future__ import annotations

import re
from itertools import pairwise

from photosort.media.texts import number

_DIRECTION = re.compile(
    r"^(NORTH|SOUTH|EAST|WEST|[NSEW])(?![A-Z])|(?<![A-Z])(NORTH|SOUTH|EAST|WEST|[NSEW])$"
)
# Degree sign and masculine ordinal; primes, straight and curly quotes.
_BETWEEN = re.compile("(?:[\\s,;:'\"\u00b0\u00ba\u2032\u2033\u2019\u201d]|DEG|MIN|SEC)+")
_DECIMAL_COMMA = re.compile(r"^([+-]?\d+),(\d+)$")
_LEFT_OUT = re.compile(r"(?<=\d)(\s+0/0)+$")
_ISO_6709 = re.compile(r"^([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?")


def parse_angle(text: str | None, reference: str | None = "", *, most: float) -> float | None:
    """Degrees of an angle, north and east positive.

    Read are rationals of EXIF ("28/1 11/1 412/100"), XMP ("57,46.84N"), decimals with a sign or with the direction
    in a tag of its own, as Apple Photos exports them, and degrees, minutes and seconds in words or signs.

    Args:
        text: the angle.
        reference: its direction, where that stands in a tag of its own ("W", "West").
        most: the largest possible angle, in degrees.

    Returns:
        None for what is no angle, or too large.
    """
    written = (text or "").strip().upper()
    found = _DIRECTION.search(written)
    direction = (found[1] or found[2]) if found else (reference or "").strip().upper()
    if found:
        written = (written[: found.start()] + written[found.end() :]).strip()
    comma = _DECIMAL_COMMA.match(written)
    if comma and int(comma[2]) >= 60:  # no minutes: a decimal as half the world writes it
        written = f"{comma[1]}.{comma[2]}"
    # Nothing by nothing is how some cameras write the minutes and seconds that they leave out.
    written = _LEFT_OUT.sub("", written)
    parts = [number(part) for part in _BETWEEN.split(written) if part]
    if not 1 <= len(parts) <= 3:
        return None
    value = 0.0
    for power, part in enumerate(parts):
        if part is None:
            return None
        value += abs(part) / 60**power
    if value > most:
        return None
    is_negative = written.startswith("-") or direction.startswith(("S", "W"))
    return -value if is_negative else value


def parse_iso_6709(text: str) -> tuple[float, float, float | None] | None:
    """Latitude, longitude and height in metres of "+28.1845-014.1607+012.3/", as clips hold them.

    Each angle is in degrees, degrees and minutes, or degrees, minutes and seconds; its number of digits says which.
    """
    match = _ISO_6709.match(text.strip())
    if match is None:
        return None
    latitude, longitude = _digits(match[1], 2), _digits(match[2], 3)
    if latitude is None or longitude is None:
        return None
    return latitude, longitude, float(match[3]) if match[3] else None


def _digits(text: str, of_degrees: int) -> float | None:
    whole, point, fraction = text[1:].partition(".")
    cuts = [0, *range(of_degrees, len(whole), 2), len(whole)]
    if len(whole) > of_degrees + 4 or (len(whole) > of_degrees and (len(whole) - of_degrees) % 2):
        return None
    parts = [whole[a:b] for a, b in pairwise(cuts)]
    parts[-1] += point + fraction
    return parse_angle(text[0] + " ".join(parts), most=90 if of_degrees == 2 else 180)
