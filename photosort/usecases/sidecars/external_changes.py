"""Finds what other programs changed in keyword files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from photosort.domain.photos import Metadata, Source
from photosort.domain.tags import TagState
from photosort.errors import InputProblem
from photosort.media.metadata import merge
from photosort.media.sidecar import Beside, parse_sidecar
from photosort.media.sidecar_facts import DATE, ORIENTATION, PLACE, Facts, date_facts, place_facts
from photosort.media.sidecar_writing import SidecarChange, SidecarWords, last_level, words_of
from photosort.media.tags import BadTags
from photosort.sentences import Sentence, counted_photos
from photosort.store.db import history
from photosort.store.tables import contents, files, photos, sidecars, tags
from photosort.store.tables.sidecars import RATING, Written
from photosort.store.tables.tags import AssignedTag
from photosort.usecases.photos import decisions, metadata_merge

if TYPE_CHECKING:
    from photosort.store.db.database import Store
    from photosort.store.tables.photos import UserChange, UserValues


@dataclass(frozen=True, slots=True)
class ExternalChanges:
    """What another program took out of a keyword file since Photosort wrote it.

    Attributes:
        words: keywords, by their last level, case-folded.
        rating: True when the stars were changed there and not here.
        date: likewise.
        place: likewise.
        turned: the file beside which the orientation was changed there and not here, or None.
    """

    words: frozenset[str] = frozenset()
    rating: bool = False
    date: bool = False
    place: bool = False
    turned: int | None = None


def read_back(
    store: Store,
    photo_id: int,
    file_id: int,
    said: Sequence[Beside],
    *,
    track: bool = False,
) -> tuple[Metadata | None, ExternalChanges]:
    """What other programs say in the sidecars of a file, apart from what Photosort wrote there.

    Args:
        store: the writing connection, in a transaction.
        photo_id: the photo of the file.
        file_id: the file.
        said: its sidecars, the most exact first.
        track: look for conflicts even where Photosort has written nothing yet, because it is about to.

    Returns:
        What is theirs, None without any sidecar; and what they took out, for `take_over`.

    Raises:
        InputProblem: a sidecar is damaged.
    """
    ours = sidecars.of_photos(store, [photo_id]).get(photo_id, {})
    own = ours.get(file_id)
    if not said:
        if own is not None:
            sidecars.forget(store, file_id)
        return None, ExternalChanges()
    whole = merged(said)
    theirs = without_ours(said, whole, ours.values())
    if own is None and not track:
        return theirs, ExternalChanges()
    (before,) = [
        one
        for one in files.metadata_of_files(store, [photo_id])[photo_id]
        if one.file.id == file_id
    ]
    own = own or Written(file_id)
    packets = [words_in(one.name, one.data) for one in said if _is_xmp(one)]
    there = frozenset[str]().union(*(packet.words for packet in packets))
    changed = _facts_changed(own, packets[0].facts) if packets else frozenset()
    user = photos.user_values(store, [photo_id])[photo_id]
    user_rating = user.rating
    gone = tuple(keyword for keyword in own.keywords if last_level(keyword) not in there)
    base = own.rating if own.rating is not None else _rating_of(before.from_sidecar)
    rating_changed = whole.rating != base
    # Changed there, and here to something else; a conflict lasts until the two agree.
    disputed = user_rating not in {None, whole.rating} and (
        RATING in own.conflicts or (rating_changed and user_rating != base)
    )
    said_no = words_of_tags(tags.tag_paths(store, [photo_id]).get(photo_id, ()), TagState.REJECTED)
    known = {last_level(one) for one in (before.from_sidecar or Metadata()).keywords}
    new = {word for word in there & said_no if word not in known or word in own.conflicts}
    found = sorted(new) + ([RATING] if disputed else [])
    kept = replace(
        own,
        keywords=tuple(keyword for keyword in own.keywords if keyword not in gone),
        rating=None if rating_changed else own.rating,
        conflicts=tuple(found),
        facts={key: fact for key, fact in own.facts.items() if key not in changed},
    )
    sidecars.put(store, kept)
    takes_rating = rating_changed and own.rating is not None and user_rating == own.rating
    wanted = facts_of(user)
    is_taken = {
        keys: bool(changed.intersection(keys))
        and all(own.facts[key][0] == wanted[key] for key in keys if key in own.facts)
        for keys in (DATE, PLACE)
        if wanted.keys() >= set(keys)
    }
    turned = before.file.user_orientation
    is_turned = (
        ORIENTATION in changed and turned is not None and own.facts[ORIENTATION][0] == str(turned)
    )
    return theirs, ExternalChanges(
        frozenset(last_level(keyword) for keyword in gone),
        takes_rating,
        date=is_taken.get(DATE, False),
        place=is_taken.get(PLACE, False),
        turned=file_id if is_turned else None,
    )


def apply_changes(store: Store, taken: Mapping[int, ExternalChanges], *, actor: str) -> None:
    """Lets the library follow what other programs took out, as one entry of the history.

    Args:
        store: the writing connection, in a transaction; the files' rows say already what is read now.
        taken: by photo id, from `read_back`.
        actor: "window" or "command".
    """
    said = tags.tag_paths(store, taken)
    cleared = {
        photo_id: [
            tag.key
            for tag in said.get(photo_id, ())
            if tag.state is TagState.CONFIRMED and tag.words & one.words
        ]
        for photo_id, one in taken.items()
    }
    given_up: list[tuple[list[int], UserChange]] = [
        ([photo_id for photo_id, one in taken.items() if one.rating], {"rating": None}),
        (
            [photo_id for photo_id, one in taken.items() if one.date],
            {"taken_at": None, "offset_min": None},
        ),
        (
            [photo_id for photo_id, one in taken.items() if one.place],
            {"latitude": None, "longitude": None},
        ),
    ]
    turned = {photo_id: one.turned for photo_id, one in taken.items() if one.turned is not None}
    decided = {photo_id for ids, _ in given_up for photo_id in ids}.union(turned)
    count = len(decided.union(photo_id for photo_id, keys in cleared.items() if keys))
    if not count:
        return
    action = Sentence(
        "Followed keyword files that were changed elsewhere, on {photos}",
        photos=counted_photos(count),
    )
    with history.recording(store, action, actor) as changes:
        if turned:
            files.record_orientations(changes, dict.fromkeys(turned.values()))
            metadata_merge.forget_pictures(store, files.get(store, turned.values()).values())
            shown = metadata_merge.merge_sources(store, turned)
            photos.set_user(store, {}, shown, action=action, actor=actor)
        for photo_id, keys in cleared.items():
            for key in keys:
                tags.set_tag_state(store, {key: [photo_id]}, None, origin="user", actor=actor)
        for ids, change in given_up:
            if ids:
                decisions.decide(store, ids, change, action=action, actor=actor)


def written_for(relative: str, quick_key: bytes) -> str:
    """How a keyword file names its picture: by its bytes, and by where both lay when it was written.

    Args:
        relative: the picture's path below its root.
        quick_key: see `store.tables.contents`.
    """
    place = hashlib.blake2b(relative.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return f"{quick_key.hex()} {place}"


def of_picture(
    store: Store, said: Sequence[Beside], relative: str, quick_key: bytes, photo_id: int | None
) -> tuple[Beside, ...]:
    """Without keyword files that Photosort wrote for another photo, which lay here before and left them behind.

    A keyword file that somebody copied or renamed together with a picture speaks of that picture.

    Args:
        store: the library.
        said: the sidecars at the picture's path.
        relative: the picture's path below its root.
        quick_key: of the bytes that lie there now; b"" where they could not be read.
        photo_id: the photo that it belongs to; None for a new one.
    """
    return tuple(
        one for one in said if not _is_left_behind(store, one, relative, quick_key, photo_id)
    )


def _is_left_behind(
    store: Store, one: Beside, relative: str, quick_key: bytes, photo_id: int | None
) -> bool:
    # A look at the bytes spares nearly all sidecars of other programs a second reading.
    if not quick_key or not _is_xmp(one) or b"WrittenFor" not in one.data:
        return False
    named = words_in(one.name, one.data).written_for
    now = written_for(relative, quick_key)
    if named is None or named == now or named.partition(" ")[2] != now.partition(" ")[2]:
        return False
    try:
        key = bytes.fromhex(named.partition(" ")[0])
    except ValueError:
        return False
    held = contents.find(store, quick_keys=[key])
    owners = {file.photo_id for file in files.with_content(store, [one.id for one in held])}
    return bool(owners - {None}) and photo_id not in owners


def merged(said: Sequence[Beside]) -> Metadata:
    """What several sidecars of one file say together."""
    return merge([(Source.SIDECAR, one.says) for one in said])


def without_ours(said: Sequence[Beside], whole: Metadata, ours: Iterable[Written]) -> Metadata:
    """What sidecars say without what is ours."""
    written = list(ours)
    keywords = tuple(dict.fromkeys(keyword for one in written for keyword in one.keywords))
    # Files of one photo may have different orientations.
    facts: dict[str, list[tuple[str | None, str | None]]] = {}
    for one in written:
        for key, fact in one.facts.items():
            facts.setdefault(key, []).append(fact)
    theirs = whole
    if keywords or facts:
        theirs = merge(
            [
                (
                    Source.SIDECAR,
                    parse_sidecar(one.data, one.name, before=_without(one, keywords, facts)),
                )
                for one in said
            ]
        )
    if theirs.rating is not None and any(one.rating == theirs.rating for one in written):
        theirs = replace(theirs, rating=None, rating_source=None)
    return theirs


def facts_of(user: UserValues) -> Facts:
    """What a person's date and place are in a keyword file; a place that was removed is not there."""
    facts: Facts = {}
    if user.taken_at is not None:
        facts |= date_facts(user.taken_at, user.offset_min)
    if user.latitude is not None and user.longitude is not None:
        place = (user.latitude, user.longitude)
        facts |= place_facts(None if place == metadata_merge.REMOVED_PLACE else place)
    return facts


def _is_xmp(one: Beside) -> bool:
    return one.name.lower().endswith(".xmp")


def _facts_changed(own: Written, there: Facts) -> frozenset[str]:
    """Properties that are no longer as Photosort wrote them."""
    return frozenset(key for key, (ours, _) in own.facts.items() if there.get(key) != ours)


def _without(
    one: Beside,
    keywords: tuple[str, ...],
    facts: Mapping[str, Sequence[tuple[str | None, str | None]]],
) -> SidecarChange | None:
    """What would bring a sidecar back to what others say there."""
    if not _is_xmp(one):
        return None
    there = words_in(one.name, one.data).facts
    back = {
        key: before
        for key, written in facts.items()
        for ours, before in written
        if there.get(key) == ours
    }
    return SidecarChange(remove=keywords, facts=back)


def words_in(name: str, packet: bytes) -> SidecarWords:
    """The keywords and stars of a sidecar.

    Raises:
        InputProblem: it is damaged.
    """
    try:
        return words_of(packet)
    except BadTags as error:
        raise InputProblem(
            Sentence("The sidecar {name} is damaged.", name=name), repr(error)
        ) from error


def words_of_tags(said: Iterable[AssignedTag], state: TagState) -> frozenset[str]:
    """Names and aliases, case-folded, of the tags of which this was said."""
    return frozenset(word for tag in said if tag.state is state for word in tag.words)


def _rating_of(metadata: Metadata | None) -> int | None:
    return None if metadata is None else metadata.rating
