"""Names and reasons of automatic albums in English, for the library and the command line.

The window words the same parts in its own language (`gui/base/album_names.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from photosort.albums.event_names import days_between, hours_between, joined

if TYPE_CHECKING:
    from photosort.domain.albums import Evidence, Title


def name_of_album(title: Title) -> str:
    """What an album is called ("Lisbon, 12-15 May 2022")."""
    name = title.what
    if title.alike:
        name = f"{title.alike:,} photos that look alike"
    name = joined(name, title.where)
    if title.first_ms is not None and title.last_ms is not None:
        name = joined(name, days_between(title.first_ms, title.last_ms))
        if title.with_hours:
            name = joined(name, hours_between(title.first_ms, title.last_ms))
    return name if title.number == 1 else f"{name} ({title.number})"


def reason_of_album(evidence: Evidence) -> str:
    """One reason as a sentence."""
    text = evidence.text
    if evidence.kind == "dates":
        days = days_between(evidence.first_ms or 0, evidence.last_ms or 0)
        return f"{evidence.count:,} {'photo' if evidence.count == 1 else 'photos'} of {days}"
    if evidence.kind == "place":
        return f"{evidence.share:.0%} with a position, most of them in {text}"
    if evidence.kind == "word":
        return f"{text}: {evidence.share:.0%} of these, {evidence.of_rest:.0%} of the rest"
    return text
