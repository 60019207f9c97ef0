"""Date, place and orientation as a sidecar says them: the properties, and what a person's decision becomes in them."""

from __future__ import annotations

from photosort.domain.dates import Precision, precision_of

# MWG Guidelines 2.0, 5.4: when a picture was taken is photoshop:DateCreated in XMP; darktable and exiftool's users
# look for exif:DateTimeOriginal.
DATE = ("Xmp.exif.DateTimeOriginal", "Xmp.photoshop.DateCreated")
_LATITUDE, _LONGITUDE = "Xmp.exif.GPSLatitude", "Xmp.exif.GPSLongitude"
# What is true of one place is not of another: heights, and directions that stand apart (Apple Photos).
PLACE = (
    _LATITUDE,
    _LONGITUDE,
    "Xmp.exif.GPSLatitudeRef",
    "Xmp.exif.GPSLongitudeRef",
    "Xmp.exif.GPSAltitude",
    "Xmp.exif.GPSAltitudeRef",
)

# XMP Specification Part 2, 2.2: as in EXIF, 1 to 8.
ORIENTATION = "Xmp.tiff.Orientation"
FACTS = (*DATE, *PLACE, ORIENTATION)

Facts = dict[str, str | None]


def date_facts(taken_at: str, offset_min: int | None) -> Facts:
    """A date as exactly as it is known: XMP has "1985" and "1985-07", too (XMP Specification Part 1, 8.2.1.4).

    Args:
        taken_at: ISO 8601 without offset.
        offset_min: minutes east of UTC; told only beside a time.
    """
    text = taken_at
    if offset_min is not None and precision_of(taken_at) is Precision.SECOND:
        hours, minutes = divmod(abs(offset_min), 60)
        text += f"{'-' if offset_min < 0 else '+'}{hours:02}:{minutes:02}"
    return dict.fromkeys(DATE, text)


def place_facts(place: tuple[float, float] | None) -> Facts:
    """Latitude and longitude in degrees; None takes a place out."""
    facts: Facts = dict.fromkeys(PLACE)
    if place is not None:
        facts[_LATITUDE] = _angle(place[0], "NS")
        facts[_LONGITUDE] = _angle(place[1], "EW")
    return facts


def _angle(degrees: float, directions: str) -> str:
    """Degrees and minutes of a GPSCoordinate, to the centimetre (XMP Specification Part 2, 1.2.7.4)."""
    minutes = round(abs(degrees) * 60, 6)
    whole, rest = divmod(minutes, 60)
    return f"{int(whole)},{rest:.6f}{directions[degrees < 0]}"
