"""Country, region and town where a photo was taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceName:
    """Where a photo was taken, "" for what is not known.

    Attributes:
        country: in English.
        region: state, province or district.
        town: the city, town or village.
    """

    country: str
    region: str
    town: str

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.town, self.region, self.country)))


NOWHERE = PlaceName("", "", "")
