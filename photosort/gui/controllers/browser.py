"""What the grid shows: the photos that answer the query, in their order, under their headings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, Signal

from photosort.domain.query import Query, Sort, SortKey
from photosort.errors import InputProblem
from photosort.gui.base import formatting
from photosort.gui.base.runner import Runner
from photosort.gui.controllers.photo_facts import aspects_of
from photosort.gui.grid.arrangement import DIVIDER_ID, Arrangement, Section, Stack
from photosort.progress import Job
from photosort.search.cutoff import Verdict
from photosort.search.query_language import parse_leniently
from photosort.usecases.photos import photo_table
from photosort.usecases.search import query_results
from photosort.usecases.search.groups import FoundBy
from photosort.usecases.search.query_results import Example

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.gui.grid.layout import Layout, Plan
    from photosort.usecases.duplicates.stacks import Tiles
    from photosort.usecases.photos.photo_table import Catalog, Unit
    from photosort.usecases.search.filter_columns import Suggested
    from photosort.usecases.search.groups import Group
    from photosort.usecases.search.query_results import Answer
    from photosort.usecases.search.query_translation import Note
    from photosort.usecases.session.session import Session

# Photos like a photo are worth seeing however far they are.
_MOST_ALIKE = 200


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is to be shown.

    Attributes:
        text: the query.
        example: a photo that the others are to be like, or None.
        sort: the order that the user chose beside the field; the query's own wins. None = the best order.
        is_closed: the possible matches are not shown where there are good ones.
        unit: the shortest time that a heading stands for.
    """

    text: str = ""
    example: Example | None = None
    sort: Sort | None = None
    is_closed: bool = False
    unit: Unit = "day"

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows the library."""
        return not self.text.strip() and self.example is None


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What is shown.

    Attributes:
        asked: what it answers.
        verdict: how sure the answer is.
        strong: good matches; all photos where nothing is ranked.
        possible: possible matches, shown or not.
        is_ranked: the query describes pictures, so that there are better and worse matches.
        by_sight: the pictures themselves were compared.
        searchable: photos that could be compared.
        total: photos in the library.
        layout: the arrangement as the grid wanted it laid out when it was asked for, or None.
        notes: how the query was understood, as sentences.
    """

    asked: Asked
    arrangement: Arrangement
    verdict: Verdict
    strong: int
    possible: int
    is_ranked: bool
    by_sight: bool
    searchable: int
    total: int
    layout: Layout | None = None
    notes: tuple[str, ...] = ()


class Browser(QObject):
    """Answers what is asked in the reading lane; only the newest question counts.

    Signals:
        shown: other photos are to be shown (`Shown`, keep place: bool).
        awaited: what was asked cannot be answered before the picture model is loaded; what is shown stays.
        refused: the query cannot be read (sentence: str, place in its text: int or None).

    Attributes:
        awaits_model: the picture model is still to come; False where it cannot be loaded, so that words alone answer.
        suggested: the tags that a machine suggests.
        plan: how the grid lays photos out now, so that the lane does it.
    """

    shown = Signal(object, bool)
    awaited = Signal()
    refused = Signal(str, object)

    def __init__(self, runner: Runner, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._session = session
        self._catalog: Catalog | None = None
        self._asked = Asked()
        self._is_refused = False
        self._query = Query()
        self._answered: Asked | None = None
        self._job: Job | None = None
        self._next: Callable[[Job], Shown] | None = None
        self._closed: set[tuple[str, Example | None]] = set()
        self._has_stacks = False
        # A photo of each stack that is open.
        self._open_stacks: frozenset[int] = frozenset()
        self.awaits_model = True
        self.suggested: Suggested | None = None
        self.plan: Callable[[], Plan] | None = None

    @property
    def asked(self) -> Asked:
        """What was asked last."""
        return self._asked

    @property
    def query(self) -> Query:
        """What was asked last that could be read, the example included."""
        example = self._asked.example
        return self._query if example is None else query_results.with_example(self._query, example)

    def set_catalog(self, catalog: Catalog) -> None:
        """Looks at another state of the library; what is shown is brought up to date."""
        self._catalog = catalog
        self.refresh()

    def ask(self, text: str) -> None:
        """Asks another query; the possible matches are closed if they were closed for it before."""
        if text != self._asked.text or self._is_refused:
            self._ask(replace(self._asked, text=text))

    def reset(self) -> None:
        """Asks for nothing any more: a page without a query is shown, and the photos behind it are all again."""
        if not self._asked.is_everything:
            self._asked = self._answered = Asked(sort=self._asked.sort, unit=self._asked.unit)
            self.refresh()

    def ask_alike(self, example: Example | None) -> None:
        """Asks for photos like one, besides the query; None no longer."""
        self._ask(replace(self._asked, example=example))

    def sort(self, sort: Sort | None) -> None:
        """Puts the photos into another order."""
        self._asked = replace(self._asked, sort=sort)
        self.refresh()

    def group_by(self, unit: Unit) -> None:
        """Puts the photos under days, months or years."""
        if unit != self._asked.unit:
            self._asked = replace(self._asked, unit=unit)
            self.refresh()

    def set_stacks(self, *, on: bool) -> None:
        """Whether the photos of a stack are one tile, where no words rank them."""
        if on != self._has_stacks:
            self._has_stacks = on
            self.refresh()

    def toggle_stack(self, members: Sequence[int]) -> None:
        """Opens the stack of these photos in place, or closes it."""
        was_open = self._open_stacks.intersection(members)
        self._open_stacks = self._open_stacks.difference(members) | (
            frozenset() if was_open else {members[0]}
        )
        self.refresh()

    def toggle_possible(self) -> None:
        """Shows or hides the possible matches below the good ones."""
        self._closed ^= {_remembered(self._asked)}
        self._ask(self._asked)

    def _ask(self, asked: Asked) -> None:
        self._asked = replace(asked, is_closed=_remembered(asked) in self._closed)
        self.refresh()

    def refresh(self) -> None:
        """Answers again, since the library or what can be asked of it has changed."""
        if self._catalog is None:
            return
        asked, catalog = self._asked, self._catalog
        self._is_refused = False
        query, hints = parse_leniently(asked.text)
        if query.sort is None and asked.sort is not None:
            query = replace(query, sort=asked.sort)
        self._query = query
        session, suggested = self._session, self.suggested
        plan = None if self.plan is None else self.plan()
        # Loading the encoder takes seconds: until it is there names, tags and words answer.
        by_sight = session.encoders.is_loaded
        opened = self._open_stacks if self._has_stacks else None

        said = tuple(formatting.translate(hint.message) for hint in hints)

        def work(job: Job) -> Shown:
            job.check()
            shown = _look_up(
                session, catalog, asked, query, suggested, by_sight=by_sight, opened=opened
            )
            layout = None
            if plan is not None:
                aspects = aspects_of(catalog, shown.arrangement.ids)
                layout = plan.lay_out(shown.arrangement, aspects)
            return replace(shown, layout=layout, notes=said + shown.notes)

        self._drop()
        self._next = work
        # One at a time: two would take the cores from each other, and typing asks ten times a second. Only an
        # encoder that is still being loaded is not waited for.
        if self._job is None or not by_sight:
            self._go_on()

    def _drop(self) -> None:
        """What is being looked up is not wanted any more."""
        self._next = None
        if self._job is not None:
            self._job.cancel()

    def _go_on(self) -> None:
        work, self._next = self._next, None
        if work is None:
            return
        job = self._job = Job()
        self._runner.run(
            self._session.lanes.reads,
            work,
            self._on_answer,
            owner=self,
            failed=self._on_failure,
            finished=partial(self._on_finished, job),
            job=job,
        )

    def _on_finished(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._go_on()

    def _on_answer(self, shown: Shown) -> None:
        if shown.is_ranked and not shown.by_sight and self.awaits_model:
            self.awaited.emit()
            # Names, tags and words may answer already; without them "no photos" would appear too early.
            if not shown.strong:
                return
        before, self._answered = self._answered, shown.asked
        same = before is not None and (before.text, before.example, before.sort) == (
            shown.asked.text,
            shown.asked.example,
            shown.asked.sort,
        )
        self.shown.emit(shown, same)

    def _on_failure(self, error: Exception) -> bool:
        if isinstance(error, InputProblem):
            # What was wrong may be mended by the time the same is asked again.
            self._is_refused = True
            self.refused.emit(formatting.translate(error.user_message), error.position)
            return True
        return False


def _remembered(asked: Asked) -> tuple[str, Example | None]:
    """What the possible matches are closed for: the search, however the slider stands."""
    example = asked.example
    return asked.text.strip(), example and replace(example, words_share=0.5)


def _look_up(
    session: Session,
    catalog: Catalog,
    asked: Asked,
    query: Query,
    suggested: Suggested | None,
    *,
    by_sight: bool,
    opened: frozenset[int] | None,
) -> Shown:
    total = len(catalog)
    if asked.example is not None and not by_sight:
        # A photo has no words: this one waits for the encoder, which `encoder` loads.
        by_sight = session.encoders.current is not None
    found = query_results.answer(
        session,
        query,
        catalog,
        by_sight=by_sight,
        suggested=suggested,
        example=asked.example,
    )
    notes = tuple(_note(note) for note in found.notes)
    if found.probabilities is None:
        tiles = None
        if opened is not None:
            # Not needed to show the window.
            from photosort.usecases.duplicates import stacks

            tiles = stacks.tiles(found.ids, stacks.load_stacks(session, catalog), opened)
        arrangement = _plain(catalog, found, tiles, opened or (), query.sort, asked.unit)
        return Shown(
            asked,
            arrangement,
            found.verdict,
            found.strong,
            possible=0,
            is_ranked=False,
            by_sight=False,
            searchable=total,
            total=total,
            notes=notes,
        )
    if found.by_sight and found.searchable < query_results.NEARLY_ALL * total:
        notes += (_so_far(found.searchable, total),)
    is_alike = asked.example is not None and query.root is None
    possible = min(_MOST_ALIKE, len(found.ids) - found.strong) if is_alike else found.possible
    arrangement = _ranked(catalog, found, possible, query.sort, asked)
    return Shown(
        asked,
        arrangement,
        found.verdict,
        found.strong,
        possible,
        True,
        found.by_sight,
        found.searchable,
        total,
        notes=notes,
    )


def _so_far(searchable: int, total: int) -> str:
    return QCoreApplication.translate(
        "browser", "{searchable} of %Ln photo(s) can be searched so far.", "", total
    ).format(searchable=formatting.count(searchable))


def _note(note: Note) -> str:
    if note.unknown:
        return _unknown(note)
    if note.says_nothing:
        return QCoreApplication.translate(
            "browser", "“{said}” says nothing about a photo; add a word for what it shows."
        ).format(said=note.said)
    if note.meant:
        return QCoreApplication.translate("browser", "“{said}” was read as “{meant}”.").format(
            said=note.said, meant=note.meant
        )
    language = QLocale(note.language).nativeLanguageName() or note.language
    return QCoreApplication.translate(
        "browser", "The picture model does not read {language}; names, tags and captions count."
    ).format(language=language)


def _unknown(note: Note) -> str:
    translate = QCoreApplication.translate
    said = {
        "tag": translate("browser", "There is no tag “{name}”."),
        "album": translate("browser", "There is no album “{name}”."),
        "camera": translate("browser", "There is no camera “{name}”."),
        "lens": translate("browser", "There is no lens “{name}”."),
        "place": translate("browser", "There is no place “{name}”."),
    }[note.unknown].format(name=note.said)
    if not note.near:
        return said
    meant = translate("browser", "Did you mean “{name}”?").format(name=note.near[0])
    return f"{said} {meant}"


def _plain(
    catalog: Catalog,
    found: Answer,
    tiles: Tiles | None,
    opened: Collection[int],
    sort: Sort | None,
    unit: Unit,
) -> Arrangement:
    """All photos, by date under headings, in any other order without; stacks as tiles where they are wanted."""
    ids = found.ids if tiles is None else tiles.ids
    stacks = {
        photo: Stack(members, any(one in opened for one in members))
        for photo, members in (tiles.stacks if tiles is not None else {}).items()
    }
    if sort is not None and sort.key not in {SortKey.DATE, SortKey.RELEVANCE}:
        return Arrangement(ids, stacks=stacks)
    leaders = ids if tiles is None else tiles.leaders
    behind = {photo: len(one.members) - 1 for photo, one in stacks.items() if not one.is_open}
    return Arrangement(ids, _titled(catalog, leaders, unit, behind), stacks)


def _ranked(
    catalog: Catalog, found: Answer, possible: int, sort: Sort | None, asked: Asked
) -> Arrangement:
    """Good matches by what found them, a divider that closes, and the possible ones; where none is good, these alone."""
    ids, strong, is_closed = found.ids[: found.strong + possible], found.strong, asked.is_closed
    if not strong:
        return Arrangement(ids, (Section(0, _unsure_title(found.verdict) if len(ids) else ""),))
    if sort is not None and sort.key is SortKey.DATE:
        sections = list(_titled(catalog, ids[:strong], asked.unit))
    elif found.groups:
        sections = _by_group(found.groups)
        ids = np.concatenate([*(group.ids for group in found.groups), ids[strong:]])
    else:
        sections = [Section(0, _good_title(strong))]
    if not possible:
        return Arrangement(ids, tuple(sections))
    sections.append(
        Section(strong, _possible_title(possible, is_closed=is_closed), is_divider=True)
    )
    ids = np.insert(ids[:strong] if is_closed else ids, strong, DIVIDER_ID)
    if not is_closed:
        sections.append(Section(strong + 1))
    return Arrangement(ids, tuple(sections))


def _by_group(groups: Sequence[Group]) -> list[Section]:
    sections: list[Section] = []
    first = 0
    for group in groups:
        count = len(group.ids)
        if group.found_by is FoundBy.SIGHT:
            sections.append(Section(first, _good_title(count)))
        else:
            sections.append(Section(first, _group_title(group), formatting.photos(count)))
        first += count
    return sections


def _group_title(group: Group) -> str:
    translate = QCoreApplication.translate
    if group.found_by is FoundBy.PLACE:
        return translate("browser", "In {place}").format(place=group.name)
    if group.found_by is FoundBy.TAG:
        return translate("browser", "Tagged {tag}").format(tag=group.name)
    return translate("browser", "“{words}” in names and captions").format(words=group.name)


def _good_title(count: int) -> str:
    return QCoreApplication.translate("browser", "%Ln good match(es)", "", count)


def _unsure_title(verdict: Verdict) -> str:
    if verdict is Verdict.ABSENT:
        return QCoreApplication.translate(
            "browser", "Nothing in your library looks like this. The closest:"
        )
    return QCoreApplication.translate("browser", "No sure match. The closest:")


def _possible_title(count: int, *, is_closed: bool) -> str:
    if is_closed:
        return QCoreApplication.translate("browser", "Show %Ln possible match(es)", "", count)
    return QCoreApplication.translate("browser", "%Ln possible match(es)", "", count)


def _titled(
    catalog: Catalog,
    ids: NDArray[np.int64],
    unit: Unit,
    behind: Mapping[int, int] = MappingProxyType({}),
) -> tuple[Section, ...]:
    """Headings of photos that stand by date.

    Args:
        catalog: the photos.
        ids: int64 array.
        unit: the shortest time that a heading stands for.
        behind: how many further photos stand behind one, and are counted with it.
    """
    parts = photo_table.date_sections(catalog, ids, unit)
    ends = [*(part.first for part in parts[1:]), len(ids)]
    # How many photos there are before each row.
    counts = np.ones(len(ids), np.int64)
    if behind:
        rows = np.flatnonzero(np.isin(ids, list(behind)))
        counts[rows] += [behind[photo] for photo in ids[rows].tolist()]
    before = np.concatenate(([0], np.cumsum(counts))).tolist()
    language = QLocale().name()
    return tuple(
        Section(
            part.first,
            *_said(part.year, part.month, part.day, before[end] - before[part.first], language),
            mark=_mark(part.year),
        )
        for part, end in zip(parts, ends, strict=True)
    )


def _mark(year: int) -> str:
    return str(year) if year else ""


# Putting 6,000 days into words takes a reading lane 60 ms, and they are asked for again with every batch of photos.
@lru_cache(maxsize=20_000)
def _said(year: int, month: int, day: int, photos: int, language: str) -> tuple[str, str]:
    """A heading and what stands beside it; month and day are 0 where the section is longer.

    Args:
        year: 0 without a date.
        month: of the year.
        day: of the month.
        photos: how many there are below it, 0 for none.
        language: of the window, which the texts belong to.
    """
    del language  # only keeps the texts of one language apart from those of another
    if not year:
        title = QCoreApplication.translate("browser", "Without a date")
    elif day:
        title = formatting.day_of_week(QDate(year, month, day))
    else:
        title = formatting.month(year, month) if month else str(year)
    return title, formatting.photos(photos) if photos else ""
