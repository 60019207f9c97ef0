"""Decides which automatic albums there are and what each is called: events and themes, before any user decision."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from photosort.albums.event_names import place_of
from photosort.albums.events import Event, Moments, Span, find_events
from photosort.albums.naming import Name, name_groups, shares_of, words_alone
from photosort.albums.themes import NEIGHBOURS, find_themes, join_new, joined_by_word, typical
from photosort.domain.albums import Evidence, PlannedAlbum, Title
from photosort.progress import Job, Progress
from photosort.sentences import Sentence
from photosort.store.tables import automatic_albums
from photosort.usecases.albums.album_input import load_album_input
from photosort.usecases.albums.covers import choose_cover
from photosort.usecases.albums.english_names import name_of_album
from photosort.usecases.albums.name_vocabulary import name_vocabulary
from photosort.usecases.models.neighbours import nearest_photos

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.albums.naming import WordBank
    from photosort.domain.albums import HeldAlbum
    from photosort.usecases.albums.album_input import AlbumInput
    from photosort.usecases.session.session import Session

# A town is part of a theme's name if at least this share of its photos, and at most this share of the rest, lie there.
_PLACE_OF_THEME, _PLACE_OF_REST = 0.8, 0.3
_NAMED_EVENTS = 400
# Themes of this size are albums even without a name.
_ALIKE = 24
_LETTERS = re.compile(r"[^\W\d_]")
_OF_CAMERAS = re.compile(r"DCIM|\d{3}\w{5}|Camera|Pictures|Photos|images?|jpe?g|raw", re.IGNORECASE)


def plan_albums(session: Session, job: Job) -> tuple[list[PlannedAlbum], dict[str, set[int]]]:
    """All automatic albums of the library, and for each kind the photos that were examined.

    Raises:
        JobCancelled: when the job was cancelled.
    """
    job.progress = Progress(Sentence("Looking at dates and places"))
    shots = load_album_input(session, graph=True)
    # Loads the words only if something needs a name.
    bank = functools.cache(lambda: name_vocabulary(session, job))
    found = _planned_events(session, shots, bank, find_events_of(shots))
    around = nearest_photos(shots.index, shots.rows, NEIGHBOURS, done=_told(job))
    themes = find_themes(shots.visual, shots.semantic, around)
    job.progress = Progress(Sentence("Naming albums"))
    job.check()
    groups = [theme.rows for theme in themes]
    words = words_alone(shots.semantic, groups, bank()) if groups else []
    groups, parents = joined_by_word(groups, [theme.parent for theme in themes], words)
    found += _planned_themes(session, shots, bank, groups, parents, before=len(found))
    every = set(shots.ids.tolist())
    return found, {"event": every, "theme": set(shots.ids[shots.seen].tolist())}


def plan_arrivals(
    session: Session, job: Job, held: Sequence[HeldAlbum], is_new: Callable[[int], bool]
) -> list[PlannedAlbum]:
    """The albums that photos which arrived since the last grouping would join or make.

    Events are found again, which takes no time. Of themes only the new photos are compared, with those that are
    existing ones and with the photos that are in none.

    Args:
        session: the open library.
        job: progress and cancel.
        held: the existing albums.
        is_new: whether a photo (id) arrived since the last grouping, or waits for an answer.
    """
    job.progress = Progress(Sentence("Looking at dates and places"))
    shots = load_album_input(session)
    events = find_events_of(shots)
    bank = functools.cache(lambda: name_vocabulary(session, job))
    planned = _planned_events(session, shots, bank, events)
    planned += _joined_themes(session, shots, bank, held, is_new, before=len(planned))
    return planned


def find_events_of(shots: AlbumInput) -> list[Event]:
    """The events of the photos with believable dates; rows as in `AlbumInput.ids`."""
    dated = np.flatnonzero(shots.is_dated)
    vectors = np.zeros((len(shots.ids), shots.visual.shape[1]), dtype=np.float32)
    vectors[shots.seen] = shots.visual
    moments = Moments(
        shots.taken_ms[dated], shots.where[dated, 0], shots.where[dated, 1], vectors[dated]
    )
    return [Event(one.span, dated[one.rows], one.parent) for one in find_events(moments)]


def _planned_events(
    session: Session, shots: AlbumInput, bank: Callable[[], WordBank], events: Sequence[Event]
) -> list[PlannedAlbum]:
    # Content names events without a place, and moments, which share the place of their day.
    wanted = [
        index
        for index, event in enumerate(events)
        if event.span is Span.MOMENT or not _place_name(shots, event)
    ][:_NAMED_EVENTS]
    groups = [shots.row_of_seen[events[index].rows] for index in wanted]
    held = [(index, rows[rows >= 0]) for index, rows in zip(wanted, groups, strict=True)]
    held = [(index, rows) for index, rows in held if len(rows)]
    names = name_groups(shots.semantic, [rows for _, rows in held], bank()) if held else []
    shows = {
        index: own[0]
        for (index, _), own in zip(held, names, strict=True)
        if own and own[0].is_telling
    }
    return [
        _planned_event(session, shots, event, shows.get(index))
        for index, event in enumerate(events)
    ]


def _planned_event(
    session: Session, shots: AlbumInput, event: Event, shows: Name | None
) -> PlannedAlbum:
    taken = shots.taken_ms[event.rows]
    first, last = int(taken.min()), int(taken.max())
    what = _shown(shows.text) if shows else ""
    place = _place_name(shots, event)
    title = Title(place or what, first, last, is_word=not place and bool(what))
    other = what if place else ""
    others = [replace(title, what=other, is_word=bool(other))] if title.what else []
    if event.span is Span.MOMENT:
        title = Title(what or place, first, last, with_hours=True, is_word=bool(what))
        others = [replace(title, what=place, is_word=False)] if place and what else []
    folder = _folder_of(shots, event)
    if folder and event.span is not Span.MOMENT:
        others.insert(0, replace(title, what=folder, is_word=False))
    reasons = [
        Evidence("dates", 1.0, count=len(event.rows), first_ms=first, last_ms=last),
    ]
    if place:
        share = float(np.isfinite(shots.where[event.rows, 0]).mean())
        reasons.append(Evidence("place", share, place, share=share))
    if shows:
        reasons.append(_evidence(shows))
    return PlannedAlbum(
        "event",
        tuple(shots.ids[event.rows].tolist()),
        event.parent,
        name_of_album(title),
        title,
        tuple(others),
        tuple(reasons),
        choose_cover(session, shots, event.rows),
    )


def _planned_themes(
    session: Session,
    shots: AlbumInput,
    bank: Callable[[], WordBank],
    groups: Sequence[NDArray[np.int64]],
    parents: Sequence[int | None],
    *,
    before: int,
) -> list[PlannedAlbum]:
    """Themes as albums; `groups` are rows of `AlbumInput.seen`."""
    holders = [-1 if parent is None else parent for parent in parents]
    names = name_groups(shots.semantic, groups, bank(), holders=holders) if groups else []
    towns = Counter(place.town for place in shots.places.values() if place.town)
    ordered = [shots.seen[typical(shots.visual, rows)] for rows in groups]
    wheres = [_town_of_theme(shots, rows, towns) for rows in ordered]
    kept = _worth_it(groups, parents, [bool(own) for own in names], list(map(bool, wheres)))
    planned: list[PlannedAlbum] = []
    became: list[int | None] = []
    for index, (rows, own, where) in enumerate(zip(groups, names, wheres, strict=True)):
        parent, all_rows = parents[index], ordered[index]
        holder = None if parent is None else became[parent]
        if not kept[index]:
            became.append(holder)
            continue
        titles = [Title(_shown(name.text), where=where, is_word=True) for name in own]
        # A theme without a word is named by its place.
        title = titles[0] if titles else Title(where, alike=0 if where else len(rows))
        became.append(before + len(planned))
        planned.append(
            PlannedAlbum(
                "theme",
                tuple(shots.ids[all_rows].tolist()),
                holder,
                name_of_album(title),
                title,
                tuple(titles[1:]),
                tuple(_evidence(name) for name in own),
                choose_cover(session, shots, all_rows),
            )
        )
    return planned


def _worth_it(
    groups: Sequence[NDArray[np.int64]],
    parents: Sequence[int | None],
    is_named: Sequence[bool],
    is_placed: Sequence[bool],
) -> list[bool]:
    """Whether themes are albums.

    Themes with a name are; of the others those without child albums that have one place, or are large and in no album.
    """
    within = list(is_named)
    for index, parent in enumerate(parents):
        if parent is not None:
            within[index] = within[index] or within[parent]
    kept = list(is_named)
    holds = [False] * len(groups)
    for index in reversed(range(len(groups))):
        is_large = len(groups[index]) >= _ALIKE and not within[index]
        kept[index] = is_named[index] or (not holds[index] and (is_placed[index] or is_large))
        parent = parents[index]
        if parent is not None and (kept[index] or holds[index]):
            holds[parent] = True
    return kept


def _joined_themes(
    session: Session,
    shots: AlbumInput,
    bank: Callable[[], WordBank],
    held: Sequence[HeldAlbum],
    is_new: Callable[[int], bool],
    *,
    before: int,
) -> list[PlannedAlbum]:
    """The themes that are there, with the photos that would join them, and new ones."""
    inner = {album.parent for album in held if not album.is_hidden}
    themes = [
        album
        for album in held
        if album.kind == "theme" and not album.is_hidden and album.id not in inner
    ]
    row_of = {photo: row for row, photo in enumerate(shots.ids[shots.seen].tolist())}
    groups = [
        np.array(
            [row_of[photo] for photo in album.machine | album.pinned if photo in row_of], np.int64
        )
        for album in themes
    ]
    filled = [index for index, rows in enumerate(groups) if len(rows)]
    in_themes = {
        photo
        for album in held
        if album.kind == "theme"
        for photo in album.machine | album.pinned | album.excluded
    }
    left = np.array([row for photo, row in row_of.items() if photo not in in_themes], np.int64)
    new_ones = np.array([is_new(photo) for photo in shots.ids[shots.seen[left]].tolist()], np.bool_)
    fresh, older = left[new_ones], left[~new_ones]
    joined_to, new = join_new(shots.visual, [groups[index] for index in filled], fresh, older)
    joining = [fresh[joined_to == number] for number in range(len(filled))]
    grown = [np.concatenate([groups[filled[n]], rows]) for n, rows in enumerate(joining)]
    said = session.read(
        lambda store: automatic_albums.reasons(store, [album.id for album in themes])
    )
    whys = [said[themes[index].id][0] for index in filled]
    changed = [n for n, rows in enumerate(joining) if len(rows)]
    for n, why in zip(
        changed,
        _described_again(shots, [grown[n] for n in changed], [whys[n] for n in changed], bank),
        strict=True,
    ):
        whys[n] = why
    planned = []
    for index, rows, why in zip(filled, joining, whys, strict=True):
        album = themes[index]
        photos = (*sorted(album.machine | album.pinned), *shots.ids[shots.seen[rows]].tolist())
        planned.append(PlannedAlbum("theme", photos, None, album.name, why=tuple(why)))
    made = _planned_themes(
        session, shots, bank, new, [None] * len(new), before=before + len(planned)
    )
    return planned + made


def _described_again(
    shots: AlbumInput,
    groups: Sequence[NDArray[np.int64]],
    whys: Sequence[Sequence[Evidence]],
    bank: Callable[[], WordBank],
) -> list[list[Evidence]]:
    """What speaks for themes, with the shares of their photos that the words fit now."""
    words = [[one.text for one in why if one.kind == "word"] for why in whys]
    found = shares_of(shots.semantic, groups, words, bank()) if any(words) else [{} for _ in whys]
    return [
        [
            _word(one.text, *shares[one.text]) if one.text in shares and one.kind == "word" else one
            for one in why
        ]
        for why, shares in zip(whys, found, strict=True)
    ]


def _place_name(shots: AlbumInput, event: Event) -> str:
    photos = shots.ids[event.rows].tolist()
    return place_of([shots.places[photo] for photo in photos if photo in shots.places])


def _folder_of(shots: AlbumInput, event: Event) -> str:
    """The folder that holds nearly all photos of an event, if a person named it."""
    name, count = Counter(shots.folders[row] for row in event.rows.tolist()).most_common(1)[0]
    is_named = len(_LETTERS.findall(name)) >= 3 and not _OF_CAMERAS.fullmatch(name)
    return name if is_named and count >= _PLACE_OF_THEME * len(event.rows) else ""


def _town_of_theme(shots: AlbumInput, rows: NDArray[np.int64], towns: Counter[str]) -> str:
    """The town of nearly all photos of a theme, if it is not that of the library."""
    photos = shots.ids[rows].tolist()
    own = Counter(shots.places[photo].town for photo in photos if photo in shots.places)
    if not own:
        return ""
    town, count = own.most_common(1)[0]
    rest = (towns[town] - count) / max(sum(towns.values()) - own.total(), 1)
    return town if count >= _PLACE_OF_THEME * len(photos) and rest <= _PLACE_OF_REST else ""


def _shown(word: str) -> str:
    return word[:1].upper() + word[1:]


def _evidence(name: Name) -> Evidence:
    return _word(_shown(name.text), name.of_these, name.of_rest)


def _word(text: str, of_these: float, of_rest: float) -> Evidence:
    weight = round(of_these - of_rest, 3)
    return Evidence("word", weight, text, share=of_these, of_rest=of_rest)


def _told(job: Job) -> Callable[[int, int], None]:
    def tell(done: int, of: int) -> None:
        job.check()
        job.progress = Progress(Sentence("Finding photos that look alike"), done, of)

    return tell
