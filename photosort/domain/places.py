"""Country, region and town where a photo was taken."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PlaceName:
    """Where a photo was taken, "" for what is not known.

    Attributes:
        country: its everyday name in English.
        region: state, province or district.
        town: the city, town or village.
        district: a part of the town.
        also: other names of the country, the official one and those of other languages.
    """

    country: str
    region: str
    town: str
    district: str = ""
    also: str = field(default="", compare=False)

    def __str__(self) -> str:
        # "Prague, Czechia": a city that is its own region, and a state that is its own city, are named once.
        return ", ".join(dict.fromkeys(filter(None, (self.town, self.region, self.country))))


NOWHERE = PlaceName("", "", "")
