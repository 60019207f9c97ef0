"""Countries by their everyday names, from Unicode's CLDR, and the country that a time zone belongs to."""

from __future__ import annotations

import functools

from babel import Locale
from babel.core import UnknownLocaleError, get_global

# CLDR's "unknown region", to which the zones of the open sea belong.
_NO_COUNTRY = "ZZ"
# The only zones with towns of a second country, of the 155,000 of GeoNames (time zone borders of 2025).
_SHARED = {"Asia/Bangkok": ("VN",), "Europe/Belgrade": ("XK",)}


@functools.cache
def everyday_name(code: str, language: str = "en") -> str:
    """What a country is called: "South Korea", "Czechia".

    Args:
        code: ISO 3166-1, two letters.
        language: of the name, as "de" or "de_AT"; English where it is not known.
    """
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        territories = Locale("en").territories
    return str(territories.get(code, ""))


@functools.cache
def in_language(english: str, language: str) -> str:
    """What a country is called in another language; as it is where no country is called so.

    Args:
        english: its everyday name.
        language: as "de" or "de_AT".
    """
    codes = (code for code, name in Locale("en").territories.items() if name == english)
    code = next(codes, "")
    return everyday_name(code, language) or english


def of_zone(zone: str) -> tuple[str, ...]:
    """The codes of the countries of a time zone, none for one of the open sea."""
    code = get_global("zone_territories").get(zone)
    if code is None or code == _NO_COUNTRY:
        return ()
    return (str(code), *_SHARED.get(zone, ()))
