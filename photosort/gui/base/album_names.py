"""Names and reasons of automatic albums in the language of the window.

The library keeps them in parts; what a person or an older version named is shown as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from photosort.albums.event_names import days_of, moment_of
from photosort.gui.base import formatting
from photosort.tagging import lexicon

if TYPE_CHECKING:
    import datetime

    from photosort.domain.albums import Evidence, Title


def album_name(title: Title | None, kept: str) -> str:
    """What an album is called ("Lisbon, 12-15 May 2022").

    Args:
        title: the name in parts, or None.
        kept: the name as the library keeps it, for albums without parts.
    """
    if title is None:
        return kept
    parts = [word(title.what) if title.is_word else title.what, title.where]
    if title.alike:
        parts = [_alike(title.alike), title.where]
    if title.first_ms is not None and title.last_ms is not None:
        parts.append(days(title.first_ms, title.last_ms))
        if title.with_hours:
            parts.append(_hours(title.first_ms, title.last_ms))
    shown = ", ".join(filter(None, parts))
    return shown if title.number == 1 else f"{shown} ({title.number})"


def album_reason(evidence: Evidence) -> str:
    """One thing that speaks for an album, as a sentence."""
    if evidence.kind == "dates":
        return QCoreApplication.translate("albums", "{photos} of {days}").format(
            photos=formatting.photos(evidence.count),
            days=days(evidence.first_ms or 0, evidence.last_ms or 0),
        )
    if evidence.kind == "place":
        return QCoreApplication.translate(
            "albums", "{share} with a position, most of them in {place}"
        ).format(share=formatting.percent(evidence.share), place=evidence.text)
    if evidence.kind == "word":
        return QCoreApplication.translate(
            "albums", "{word}: {these} of these, {rest} of the rest"
        ).format(
            word=word(evidence.text),
            these=formatting.percent(evidence.share),
            rest=formatting.percent(evidence.of_rest),
        )
    return evidence.text


def word(text: str) -> str:
    """A word in the language of the window, if it is that of a tag; capitalised."""
    known = lexicon.names(text, QLocale.languageToCode(QLocale().language()))
    shown = known[0] if known else text
    return shown[:1].upper() + shown[1:]


def days(first_ms: int, last_ms: int) -> str:
    """The days from one moment to another, no longer than needed.

    Args:
        first_ms: the wall clock's milliseconds since 1970.
        last_ms: the same, not before.
    """
    first, last = days_of(first_ms, last_ms)
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        #: Days of one month: "12-15 May 2022".
        return QCoreApplication.translate("albums", "{day}-{date}").format(
            day=first.day, date=_day(last)
        )
    #: Date format of Qt without the year: "28 May".
    without_year = QCoreApplication.translate("albums", "d MMMM")
    same_year = first.year == last.year
    begun = QLocale().toString(_qt(first), without_year) if same_year else _day(first)
    return QCoreApplication.translate("albums", "{first} - {last}").format(
        first=begun, last=_day(last)
    )


def _alike(count: int) -> str:
    return QCoreApplication.translate("albums", "%Ln photo(s) that look alike", "", count)


def _day(date: datetime.date) -> str:
    return formatting.day(_qt(date))


def _qt(date: datetime.date) -> QDate:
    return QDate(date.year, date.month, date.day)


def _hours(first_ms: int, last_ms: int) -> str:
    first, last = (f"{moment_of(ms):%H:%M}" for ms in (first_ms, last_ms))
    return first if first == last else f"{first}-{last}"
