"""The rows of the left panel. The key of a row is the query that shows its photos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from operator import is_not
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from photosort.domain.photos import Flag
from photosort.domain.query import Field
from photosort.domain.texts import natural_key
from photosort.gui.base import album_names
from photosort.gui.widgets.source_model import Source
from photosort.search.query_language import chips
from photosort.search.query_language.writer import quoted_value
from photosort.usecases.photos import photo_table

if TYPE_CHECKING:
    from photosort.domain.albums import SavedSearch, Title
    from photosort.usecases.photos.photo_table import Branch, Catalog

EVERYTHING = "page:everything"
PROBLEMS = "page:problems"
TAGS = "page:tags"
ALBUMS = "page:albums"
REVIEW = "page:review"
MODELS = "page:models"
MAP = "page:map"
DUPLICATES = "page:duplicates"
FAVOURITES = "rating>=4"
RECENT = "is:recent"
DISCARDED = "flag:discard"
_FAVOURITE_FROM = 4
_MOST_TAGS = 200


@dataclass(frozen=True, slots=True)
class Known:
    """What a library holds besides its photos.

    Attributes:
        tags: name, name of the tag above it, and number of photos.
        albums: the user's own: name, name of the album that holds it, and number of photos.
        titles: by name, the names of automatic albums in parts.
        saved: saved searches.
        problems: files that could not be used.
        duplicates: groups of duplicates that are open.
        recent: photos that came in the last days.
    """

    tags: Sequence[tuple[str, str | None, int]] = field(default=())
    albums: Sequence[tuple[str, str | None, int]] = field(default=())
    titles: Mapping[str, Title] = field(default_factory=dict)
    saved: Sequence[SavedSearch] = field(default=())
    problems: int = 0
    duplicates: int = 0
    recent: int = 0


# A key for each folder, with every batch of photos that arrives.
_quoted = lru_cache(maxsize=16_384)(quoted_value)


class SourceRows:
    """Makes the rows again and again while photos arrive; what is as it was is the same object as before.

    So the tree need not look at it: at 100,000 photos two or three of 6,500 rows change at a time.
    """

    def __init__(self) -> None:
        self._before: dict[str, Source] = {}
        self._years: dict[str, tuple[bytes, Source]] = {}

    def rows(self, catalog: Catalog, known: Known) -> list[Source]:
        """Everything that photos can be taken from; a section without rows is not shown."""
        # A row that was taken over whole does not name those below it again.
        kept = dict(self._before)
        made = [
            self._settled(source, kept) for source in _rows(catalog, known, self._timeline(catalog))
        ]
        self._before = kept
        return made

    def _timeline(self, catalog: Catalog) -> list[Source]:
        """Years, newest first; one whose days hold as many photos as before is not made again."""
        years: dict[str, tuple[bytes, Source]] = {}
        for year in photo_table.years(catalog):
            facts = year.days.tobytes() + year.counts.tobytes() + repr(year.inexact).encode()
            before = self._years.get(year.name)
            years[year.name] = (
                before
                if before is not None and before[0] == facts
                else (facts, _year(photo_table.timeline(year)))
            )
        self._years = years
        return [source for _, source in years.values()]

    def _settled(self, source: Source, kept: dict[str, Source]) -> Source:
        """The row of last time where it says the same, with all below it; written down in `kept`."""
        before = self._before.get(source.key)
        if before is not source:
            children = tuple(self._settled(child, kept) for child in source.children)
            if any(map(is_not, children, source.children)):
                source = replace(source, children=children)
            if before is not None and before == source:
                source = before
        kept[source.key] = source
        return source


def _rows(catalog: Catalog, known: Known, timeline: Sequence[Source]) -> list[Source]:
    return [
        *_tools(catalog, known),
        _section(
            "albums",
            QCoreApplication.translate("sources", "Albums"),
            [
                Source(ALBUMS, QCoreApplication.translate("sources", "All albums"), None, "album"),
                *_albums(known.albums, known.titles),
            ],
        ),
        _section(
            "folders",
            QCoreApplication.translate("sources", "Folders"),
            [_folder(top) for top in photo_table.folder_tree(catalog)],
        ),
        _section(
            "timeline",
            QCoreApplication.translate("sources", "Timeline"),
            timeline,
        ),
        _section(
            "tags",
            QCoreApplication.translate("sources", "Tags"),
            [
                Source(TAGS, QCoreApplication.translate("sources", "All tags"), None, "tag"),
                *_tags(known.tags),
            ],
        ),
        _section(
            "saved",
            QCoreApplication.translate("sources", "Saved searches"),
            [_saved(search) for search in known.saved],
        ),
    ]


def _tools(catalog: Catalog, known: Known) -> list[Source]:
    """What concerns the whole library; what is empty now is not in the way."""
    favourites = catalog.count_rated(at_least=_FAVOURITE_FROM)
    discarded = catalog.count_flagged(Flag.DISCARD)
    made = [
        Source(
            EVERYTHING, QCoreApplication.translate("sources", "All photos"), len(catalog), "grid"
        )
    ]
    # In a library that is new itself it would say the same as the row above.
    if 0 < known.recent < len(catalog):
        title = QCoreApplication.translate("sources", "Recently added")
        made.append(Source(RECENT, title, known.recent, "import"))
    days = photo_table.on_this_day(catalog, today())
    if days:
        title = QCoreApplication.translate("sources", "On this day")
        # In parentheses also where it is one day, which has a row of its own below.
        key = f"({' OR '.join(f'on:{day}' for day in days)})"
        made.append(Source(key, title, sum(days.values()), "clock"))
    if favourites:
        title = QCoreApplication.translate("sources", "Favourites")
        made.append(Source(FAVOURITES, title, favourites, "star"))
    title = QCoreApplication.translate("sources", "Map")
    made.append(Source(MAP, title, catalog.count_located() or None, "map"))
    title = QCoreApplication.translate("sources", "Duplicates")
    made.append(Source(DUPLICATES, title, known.duplicates or None, "duplicate"))
    if known.tags:
        title = QCoreApplication.translate("sources", "Review")
        made.append(Source(REVIEW, title, None, "review"))
    if known.problems:
        title = QCoreApplication.translate("sources", "Problems")
        made.append(Source(PROBLEMS, title, known.problems, "warning"))
    if discarded:
        title = QCoreApplication.translate("sources", "Discarded")
        made.append(Source(DISCARDED, title, discarded, "discard"))
    title = QCoreApplication.translate("sources", "Picture models")
    made.append(Source(MODELS, title, None, "model"))
    return made


def today() -> date:
    """The day on the wall."""
    return datetime.now().astimezone().date()


def _section(key: str, title: str, children: Sequence[Source]) -> Source:
    return Source(f"section:{key}", title, children=tuple(children), is_section=True)


def _year(year: Branch) -> Source:
    months = tuple(_month(int(year.name), month) for month in year.children)
    return Source(f"on:{year.value}", year.name, year.count, "calendar", months)


def _month(year: int, month: Branch) -> Source:
    name = QLocale().standaloneMonthName(int(month.name))
    days = tuple(_day(year, int(month.name), day) for day in month.children)
    return Source(f"on:{month.value}", name[:1].upper() + name[1:], month.count, children=days)


def _day(year: int, month: int, day: Branch) -> Source:
    title = QLocale().toString(QDate(year, month, int(day.name)), "ddd d")
    return Source(f"on:{day.value}", title, day.count)


def _folder(folder: Branch) -> Source:
    return Source(
        f"folder:{_quoted(folder.value)}",
        folder.name,
        folder.count,
        "folder-offline" if folder.is_offline else "folder",
        tuple(_folder(child) for child in folder.children),
        is_dimmed=folder.is_offline,
        hint=folder.value,
    )


def _albums(
    albums: Sequence[tuple[str, str | None, int]], titles: Mapping[str, Title]
) -> list[Source]:
    """The albums as a tree, each with those inside it."""
    below: dict[str | None, list[tuple[str, str | None, int]]] = {}
    names = {name for name, _, _ in albums}
    for album in albums:
        below.setdefault(album[1] if album[1] in names else None, []).append(album)

    def made(parent: str | None) -> list[Source]:
        return [
            Source(
                album_key(name),
                album_names.album_name(titles.get(name), name),
                count,
                "album",
                tuple(made(name)),
                takes_photos=True,
            )
            for name, _, count in sorted(below.get(parent, ()), key=lambda one: natural_key(one[0]))
        ]

    return made(None)


def _saved(search: SavedSearch) -> Source:
    return Source(saved_key(search.id), search.name, icon="bookmark", hint=search.query)


def album_key(name: str) -> str:
    """The row of an album."""
    return f"album:{quoted_value(name)}"


def album_of(key: str) -> str:
    """The name of the album whose row this is, or ""."""
    return _value_of(key, Field.ALBUM)


def folder_of(key: str) -> str:
    """The path of the folder whose row this is, or ""."""
    return _value_of(key, Field.FOLDER)


def _value_of(key: str, field: Field) -> str:
    found = chips(key)
    return found[0].value if len(found) == 1 and found[0].field == field else ""


def saved_key(saved_id: int) -> str:
    """The row of a saved search; two may hold one query."""
    return f"saved:{saved_id}"


def _tags(tags: Sequence[tuple[str, str | None, int]]) -> list[Source]:
    """The tags that are used, as a tree; a group stands above its own."""
    used = [tag for tag in tags if tag[2]][:_MOST_TAGS]
    below: dict[str | None, list[tuple[str, str | None, int]]] = {}
    names = {name for name, _, _ in used}
    for tag in used:
        below.setdefault(tag[1] if tag[1] in names else None, []).append(tag)

    def made(parent: str | None) -> list[Source]:
        return [
            Source(
                f"tag:{quoted_value(name)}",
                name,
                count,
                "tag",
                tuple(made(name)),
                takes_photos=True,
            )
            for name, _, count in sorted(below.get(parent, ()), key=lambda one: natural_key(one[0]))
        ]

    return made(None)
