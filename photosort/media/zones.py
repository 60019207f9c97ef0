"""The clock on the wall of a place, from the borders of time zones."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime


def offset_at(latitude: float, longitude: float, utc: datetime) -> int | None:
    """Minutes east of UTC at a place and moment.

    Args:
        latitude: degrees, north positive.
        longitude: degrees, east positive.
        utc: the moment, naive.

    Returns:
        None where no zone is known.
    """
    import tzfpy  # 0.1 s and 30 MB, for the few photos that need it

    name = tzfpy.get_tz(longitude, latitude)
    try:
        offset = utc.replace(tzinfo=UTC).astimezone(zoneinfo.ZoneInfo(name)).utcoffset()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OverflowError):
        return None
    # Before the zones were made, places had offsets of odd seconds.
    return None if offset is None else round(offset.total_seconds() / 60)
