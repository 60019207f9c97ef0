"""Merges metadata from a photo's files, its sidecars and the user."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.domain.photos import Metadata, Role, Source
from photosort.media.dates import parse_moment
from photosort.media.formats import media_of
from photosort.media.geometry import is_sideways
from photosort.media.kinds import guess_kind
from photosort.media.metadata import merge
from photosort.media.name_dates import date_from_folders, is_of_scan
from photosort.media.orientation import turn_between
from photosort.media.regions import turned_people
from photosort.store.tables import contents, file_keywords, files, photos, tags
from photosort.store.tables.contents import ContentChange
from photosort.store.tables.photos import Effective, UserValues
from photosort.store.vectors import vectors
from photosort.tagging import lexicon

if TYPE_CHECKING:
    from photosort.domain.photos import File
    from photosort.store.db.database import Store
    from photosort.store.tables.files import FileMetadata


# The place of a photo whose place a person removed: no photo has this one (`media.metadata`).
REMOVED_PLACE = (0.0, 0.0)


def refresh(store: Store, photo_ids: Iterable[int]) -> None:
    """Weighs again and writes what these photos show. Must run in the writing transaction."""
    shown = merge_sources(store, photo_ids)
    photos.set_effective(store, shown)
    file_keywords.import_keywords(
        store, _in_english({i: one.metadata.keywords for i, one in shown.items()}, store)
    )


def _in_english(keywords: dict[int, tuple[str, ...]], store: Store) -> dict[int, list[str]]:
    """Keywords of photos, those of another language as the tag that they mean: "Hund" makes no second "dog"."""
    meant: dict[str, str] = {}
    for path in {path for paths in keywords.values() for path in paths}:
        levels = path.split("|")
        word = levels[-1].strip()
        # "People|Rosa" is a person.
        tag = (
            None
            if levels[0].strip().casefold() in file_keywords.PEOPLE
            else lexicon.of_keyword(word)
        )
        is_known = tag is None or tags.is_named(store, word) or not tags.is_named(store, tag)
        meant[path] = path if tag is None or is_known else tag
    return {i: [meant[path] for path in paths] for i, paths in keywords.items()}


def merge_sources(store: Store, photo_ids: Iterable[int]) -> dict[int, Effective]:
    """What photos show: user > sidecar > EXIF > XMP > IPTC > names of the file and its folders."""
    ids = list(photo_ids)
    set_by_user = photos.user_values(store, ids)
    return {
        photo_id: of_files(said, set_by_user.get(photo_id, UserValues()))
        for photo_id, said in files.metadata_of_files(store, ids).items()
    }


def of_files(said: list[FileMetadata], user: UserValues) -> Effective:
    """What a photo of these files shows.

    Args:
        said: what each file says, the one that is shown first.
        user: what was set by hand.
    """
    layers: list[tuple[Source, Metadata]] = [(Source.USER, _from_user(user))]
    turned = [_as_shown(one) for one in said]
    layers += [(Source.SIDECAR, beside) for _, beside in turned if beside is not None]
    # The shown file speaks before its companions: a RAW may know the lens that its JPEG does not.
    layers += [(Source.EXIF, own) for own, _ in turned]
    is_dated = any(layer.taken_at for _, layer in layers)
    layers += [(Source.NAME, _from_name(one)) for one in said if one.name_date is not None]
    first = said[0]
    if not is_dated or any(layer.taken_source is Source.DIGITIZED for _, layer in layers):
        layers += [(Source.FOLDER, _from_folders(one)) for one in said]
    metadata = merge(layers)
    if (metadata.latitude, metadata.longitude) == REMOVED_PLACE:
        metadata = replace(metadata, latitude=None, longitude=None, altitude_m=None)
    # Size and orientation belong to the pixels that are shown, whatever a companion says.
    shown, _ = turned[0]
    if shown.width is not None:
        metadata = replace(metadata, width=shown.width, height=shown.height)
    metadata = replace(
        metadata,
        orientation=None,
        has_motion=metadata.has_motion or any(o.file.role is Role.MOTION for o in said),
    )
    if user.kind is not None:
        return Effective(metadata, user.kind, "user")
    kind = guess_kind(first.file.relative, media_of(first.file.relative) or "image", metadata)
    return Effective(metadata, kind)


def _as_shown(one: FileMetadata) -> tuple[Metadata, Metadata | None]:
    """What a file and its sidecar say, sizes and boxes turned as the user, or both together, want the picture shown."""
    own, beside, wanted = one.from_file, one.from_sidecar, one.file.orientation
    said = own.orientation or 1
    if beside is not None:
        # Where it says no orientation, its boxes are written for the picture as stored.
        turn = wanted or said
        if beside.orientation is not None:
            turn = turn_between(beside.orientation, turn)
        beside = replace(beside, people=turned_people(beside.people, turn))
    if wanted is None:
        return own, beside
    turn = turn_between(said, wanted)
    width, height = own.width, own.height
    if is_sideways(turn):
        width, height = height, width
    people = turned_people(own.people, turn)
    return replace(own, width=width, height=height, people=people), beside


def forget_pixels(store: Store, before: File, beside: Metadata | None) -> None:
    """Lets the next run look again at a picture that its keyword file turns otherwise than before.

    Args:
        store: the writing connection, in a transaction.
        before: the file as its row says still.
        beside: what its keyword files say now.
    """
    said = None if beside is None else beside.orientation
    if said == before.orientation or before.user_orientation is not None:
        return
    forget_pictures(store, [before])


def forget_pictures(store: Store, turned: Iterable[File]) -> None:
    """Lets the next run look again at pictures that are turned otherwise than before.

    Args:
        store: the writing connection, in a transaction.
        turned: their files.
    """
    ids = {file.content_id for file in turned if file.content_id is not None}
    change = ContentChange(pixel_hash=None, decoded_at=None)
    contents.update(store, dict.fromkeys(ids, change))
    vectors.forget_contents(store, ids)


def absolute_path(root: str, relative: str) -> Path:
    """Where a file of a root lies."""
    return Path(root) / relative


def _from_user(user: UserValues) -> Metadata:
    return Metadata(
        taken_at=user.taken_at,
        offset_min=user.offset_min,
        taken_source=Source.USER if user.taken_at is not None else None,
        latitude=user.latitude,
        longitude=user.longitude,
        rating=user.rating,
        rating_source=Source.USER if user.rating is not None else None,
        label=user.label,
        title=user.title,
        caption=user.caption,
    )


def _from_name(one: FileMetadata) -> Metadata:
    moment = parse_moment(one.name_date or "")
    if moment is None:
        return Metadata()
    name = one.file.relative.rpartition("/")[2]
    return Metadata(
        taken_at=moment.taken_at,
        offset_min=moment.offset_min,
        taken_source=Source.DIGITIZED if is_of_scan(name) else Source.NAME,
    )


def _from_folders(one: FileMetadata) -> Metadata:
    *folders, _ = one.file.relative.split("/")
    return Metadata(taken_at=date_from_folders([one.root_name, *folders]))
