"""The time zone at given coordinates, from the borders of time zones."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime


def zone_at(latitude: float, longitude: float) -> str:
    """The time zone of a place, in the words of the zone database ("Europe/Rome"; "Etc/GMT+8" at sea).

    Args:
        latitude: degrees, north positive.
        longitude: degrees, east positive.
    """
    import tzfpy  # 0.1 s and 30 MB, for the photos that need it

    return tzfpy.get_tz(longitude, latitude)


def offset_at(latitude: float, longitude: float, utc: datetime) -> int | None:
    """Minutes east of UTC at a place and moment.

    Args:
        latitude: degrees, north positive.
        longitude: degrees, east positive.
        utc: the moment, naive.

    Returns:
        None where no zone is known.
    """
    try:
        zone = zoneinfo.ZoneInfo(zone_at(latitude, longitude))
        offset = utc.replace(tzinfo=UTC).astimezone(zone).utcoffset()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OverflowError):
        return None
    # Before the zones were made, places had offsets of odd seconds.
    return None if offset is None else round(offset.total_seconds() / 60)
