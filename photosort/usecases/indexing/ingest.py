"""Registers new and changed files as photos: finds copies, moves, companions and edits."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.domain.dates import Precision, precision_of
from photosort.domain.photos import File, FileState, Flag, Metadata, Role
from photosort.errors import InputProblem
from photosort.media.formats import extension_of, media_of
from photosort.media.identify import quick_key
from photosort.media.scan import FoundFile
from photosort.media.siblings import SiblingFacts, group, names_of
from photosort.sentences import Sentence
from photosort.store.tables import contents, files, photos
from photosort.store.tables.contents import Content, ContentChange, NewContent
from photosort.store.tables.files import FileChange, Known, NewFile
from photosort.store.tables.photos import Effective
from photosort.usecases.photos import metadata_merge
from photosort.usecases.sidecars.external_changes import (
    ExternalChanges,
    apply_changes,
    read_back,
)

if TYPE_CHECKING:
    from photosort.domain.photos import Root
    from photosort.media.sidecar import Beside
    from photosort.store.db.database import Store


@dataclass(slots=True)
class Arrival:
    """A new or changed file, after the header pass.

    Attributes:
        known: its row, when the path was known before.
        quick_key: identity of its bytes at little cost; b"" where it could not be opened.
        metadata: what the head of the file says.
        sidecars: the most exact first; None where one cannot be used.
        sidecar_metadata: what they say, or None where there is none.
        sidecar_problems: relative path and sentence of each that cannot be used.
        name_date: the date in its name, ISO 8601 with the offset where one is known, or None.
        sha256: full hash, made only where another file has the same quick key.
        reason: why it cannot be opened, or "".
        is_final: the bytes themselves are the reason; otherwise the next run tries again.
        decoded: what its pixels say, where they were looked at already.
    """

    found: FoundFile
    known: Known | None
    quick_key: bytes = b""
    metadata: Metadata = field(default_factory=Metadata)
    sidecars: tuple[Beside, ...] | None = ()
    sidecar_metadata: Metadata | None = None
    sidecar_problems: tuple[tuple[str, str], ...] = ()
    name_date: str | None = None
    sha256: bytes | None = None
    reason: str = ""
    is_final: bool = True
    decoded: ContentChange | None = None


@dataclass(slots=True)
class Ingested:
    """What a batch of arrivals became; counts are files.

    Attributes:
        moved: ids of the files that lay elsewhere before.
        replaced: ids of the files whose path another picture took.
        undecided: new bytes at a known path: whose they are, their pixels have to say.
        photos: ids of the photos that are new or whose files changed.
    """

    new: int = 0
    changed: int = 0
    unreadable: int = 0
    moved: set[int] = field(default_factory=set)
    replaced: set[int] = field(default_factory=set)
    undecided: list[Arrival] = field(default_factory=list)
    photos: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class SameContent:
    """A content in the library that has an arrival's quick key.

    Attributes:
        holders: its files.
        gone: the holders whose path is empty or holds other bytes now, so that the arrival is one of them moved.
    """

    content: Content
    holders: tuple[File, ...]
    gone: tuple[File, ...]


def find_same_content(
    store: Store, keys: Iterable[bytes], root_paths: dict[int, str]
) -> dict[bytes, list[SameContent]]:
    """The contents that share a quick key with arrivals, and whether their files still lie where they lay."""
    found = contents.find(store, quick_keys=[key for key in keys if key])
    holders: dict[int, list[File]] = defaultdict(list)
    for file in files.with_content(store, [content.id for content in found]):
        if file.content_id is not None:
            holders[file.content_id].append(file)
    by_key: dict[bytes, list[SameContent]] = defaultdict(list)
    for content in found:
        held = tuple(holders[content.id])
        gone = tuple(file for file in held if _is_gone(file, content, root_paths))
        by_key[content.quick_key].append(SameContent(content, held, gone))
    return dict(by_key)


def unproven(known: dict[bytes, list[SameContent]], root_paths: dict[int, str]) -> dict[int, Path]:
    """Contents among twins that have no full hash yet, and a file on disk to make it from."""
    found: dict[int, Path] = {}
    for twin in (one for same in known.values() for one in same):
        there = [
            file
            for file in twin.holders
            if file not in twin.gone and file.state is FileState.PRESENT
        ]
        if twin.content.sha256 is None and there:
            found[twin.content.id] = metadata_merge.absolute_path(
                root_paths[there[0].root_id], there[0].relative
            )
    return found


def _is_gone(file: File, content: Content, root_paths: dict[int, str]) -> bool:
    """Whether a file's bytes are no longer where they lay."""
    if file.state is FileState.OFFLINE or file.root_id not in root_paths:
        return False
    if file.is_replaced:
        return True
    path = Path(metadata_merge.absolute_path(root_paths[file.root_id], file.relative))
    try:
        status = path.stat()
        if (file.size_bytes, file.mtime_ns) == (status.st_size, status.st_mtime_ns) and (
            file.changed_ns in {None, status.st_ctime_ns}
        ):
            return False
        return quick_key(path, status.st_size) != content.quick_key
    except (FileNotFoundError, NotADirectoryError):
        return not os.path.lexists(path)
    except OSError:
        return False


def ingest(
    store: Store,
    root: Root,
    arrivals: Sequence[Arrival],
    known_twins: dict[bytes, list[SameContent]],
    *,
    actor: str,
    reread: bool = False,
) -> Ingested:
    """Writes a batch of arrivals of one folder, in one transaction.

    Args:
        store: the writing connection.
        root: the folder they lie below.
        arrivals: new and changed files; files of one base name must not be parted over two batches.
        known_twins: contents with the same quick key, from `find_same_content`.
        actor: who follows changes that other programs made in keyword files.
        reread: files whose bytes are as they were are undecided, too, so that their pixels are read again.
    """
    batch = Batch(store, root, known_twins, actor, reread=reread)
    with store.atomic():
        for arrival in arrivals:
            batch.take(arrival)
        batch.settle()
    return batch.result


class Batch:
    """One transaction of arrivals of one root.

    Attributes:
        store: the writing connection, in a transaction.
        result: what they became; complete after `settle`.
    """

    def __init__(
        self,
        store: Store,
        root: Root,
        known_twins: dict[bytes, list[SameContent]],
        actor: str,
        *,
        reread: bool = False,
    ) -> None:
        self._reread = reread
        self.result = Ingested()
        self.store = store
        self._root = root
        self._twins = known_twins
        self._fresh: dict[str, Arrival] = {}
        self._copies: list[tuple[Arrival, Arrival]] = []
        self._replaced_photos: set[int] = set()
        self._actor = actor
        self._taken: dict[int, ExternalChanges] = {}
        self._flags: dict[int, Flag] = {}

    def take(self, arrival: Arrival) -> None:
        """Settles what bytes alone decide: a file as it was, a move, a copy, a new picture at a new path."""
        occupant = self.occupant(arrival)
        if arrival.reason:
            self._unreadable(arrival)
        elif occupant is not None and self.is_as_before(arrival, occupant):
            if self._reread:
                self.result.undecided.append(arrival)
            else:
                self.keep(arrival, occupant)
        elif self._moved_or_copied(arrival, occupant):
            pass
        elif occupant is not None and occupant.photo_id is None:
            # It could never be opened before; now it is a new picture at a known path.
            self.keep(arrival, occupant)
        elif arrival.known is not None:
            self.result.undecided.append(arrival)
        else:
            self.add(arrival)

    def occupant(self, arrival: Arrival) -> File | None:
        """The known file at the path of an arrival; None where there is none, or where it moved away meanwhile."""
        if arrival.known is None:
            return None
        file = files.get(self.store, [arrival.known.file_id]).get(arrival.known.file_id)
        if file is None or file.is_replaced:
            return None
        is_here = (file.root_id, file.relative) == (self._root.id, arrival.found.relative)
        return file if is_here else None

    def add(self, arrival: Arrival) -> None:
        """A new picture, or one more of a picture that is new in this batch."""
        same = self._fresh_with(arrival.sha256)
        if same is None:
            self._fresh[arrival.found.relative] = arrival
        else:
            self._copies.append((arrival, same))

    def settle(self) -> None:
        """Makes photos of the new pictures, companions together, and weighs what every photo shows."""
        self._make_photos()
        self._join_copies()
        touched = self.result.photos
        photos.choose_main(self.store, touched)
        metadata_merge.refresh(self.store, touched)
        apply_changes(self.store, self._taken, actor=self._actor)
        photos.take_flags(self.store, self._flags)

    def _unreadable(self, arrival: Arrival) -> None:
        self.result.unreadable += 1
        change = _facts(arrival) | FileChange(state=FileState.UNREADABLE, reason=arrival.reason)
        if arrival.known is not None:
            files.update(self.store, {arrival.known.file_id: change})
            return
        self._insert(arrival, state=FileState.UNREADABLE, reason=arrival.reason)

    def is_as_before(self, arrival: Arrival, before: File) -> bool:
        """Whether a file holds the bytes that it held."""
        if before.content_id is None:
            return False
        (old,) = contents.get(self.store, [before.content_id]).values()
        return _may_be_same(old, arrival)

    def keep(self, arrival: Arrival, before: File) -> None:
        """Same path, same photo: its bytes are as they were, or show the same picture."""
        if before.photo_id is None:
            self.result.new += 1
        elif not _is_retried(arrival, before):
            self.result.changed += 1
        change = _facts(arrival) | FileChange(state=FileState.PRESENT, reason="")
        self._read_back(arrival, before, change)
        is_as_before = self.is_as_before(arrival, before)
        if is_as_before and before.content_id is not None:
            change["content_id"] = before.content_id
            if arrival.decoded is not None:
                contents.update(self.store, {before.content_id: arrival.decoded})
        else:
            change["content_id"] = self._content_for(arrival)
        if before.photo_id is None:
            change["photo_id"] = self._new_photo(arrival)
        elif change["content_id"] != before.content_id and self._has_copies(before):
            change["photo_id"] = photos.duplicate(self.store, before.photo_id)
            self.result.photos.add(before.photo_id)
        files.update(self.store, {before.id: change})
        photo_id = change.get("photo_id") or before.photo_id
        if photo_id is not None:
            self.result.photos.add(photo_id)

    def take_over(self, arrival: Arrival, holder: File, occupant: File | None) -> None:
        """The picture of a file that is no longer where it lay: it moved, and its metadata changed on the way."""
        self.replace(occupant)
        self._move(arrival, holder, content_id=self._content_for(arrival))

    def add_edited(self, arrival: Arrival, original: File) -> None:
        """An edited picture at the path that its original left: a photo with the same decisions."""
        self.result.new += 1
        photo_id = None
        if original.photo_id is not None:
            photo_id = photos.duplicate(self.store, original.photo_id)
            self.result.photos.add(photo_id)
        self._insert(arrival, content_id=self._content_for(arrival), photo_id=photo_id)

    def replace(self, occupant: File | None) -> None:
        """Another picture takes the path of a file: it is missing from now on, with all that was decided."""
        if occupant is None:
            return
        if occupant.photo_id is None:
            files.remove(self.store, [occupant.id])
            return
        self._replaced_photos.add(occupant.photo_id)
        self.result.replaced.add(occupant.id)
        self.result.photos.add(occupant.photo_id)
        files.update(
            self.store,
            {
                occupant.id: FileChange(
                    state=FileState.MISSING,
                    reason=Sentence(
                        "Another picture has this name now. This one is missing; its tags, stars and albums stay with it."
                    ),
                    replaced=occupant.id,
                )
            },
        )

    def _has_copies(self, file: File) -> bool:
        """Whether another file of the same photo holds the bytes that this one held."""
        if file.content_id is None:
            return False
        others = files.with_content(self.store, [file.content_id])
        return any(o.id != file.id and o.photo_id == file.photo_id for o in others)

    def _content_for(self, arrival: Arrival) -> int:
        twin = self._same_bytes(arrival)
        return twin.content.id if twin is not None else self._new_content(arrival)

    def _moved_or_copied(self, arrival: Arrival, occupant: File | None) -> bool:
        for twin in self._twins.get(arrival.quick_key, ()):
            left = [
                file for file in twin.gone if file.id not in self.result.moved and file != occupant
            ]
            if left and _may_be_same(twin.content, arrival):
                name = arrival.found.relative.rpartition("/")[2]
                left.sort(key=lambda file: file.relative.rpartition("/")[2] != name)
                self.replace(occupant)
                self._move(arrival, left[0])
                return True
        same = self._same_bytes(arrival)
        holder = next((f for f in same.holders if f.photo_id is not None), None) if same else None
        if same is None or holder is None or holder.photo_id is None:
            return False
        self.replace(occupant)
        self.result.new += 1
        self._insert(
            arrival, content_id=same.content.id, photo_id=holder.photo_id, role=holder.role
        )
        self.result.photos.add(holder.photo_id)
        return True

    def _same_bytes(self, arrival: Arrival) -> SameContent | None:
        """A content proven to hold the same bytes; equal quick keys alone prove nothing."""
        if arrival.sha256 is None:
            return None
        for twin in self._twins.get(arrival.quick_key, ()):
            if twin.content.sha256 == arrival.sha256:
                return twin
        return None

    def _move(self, arrival: Arrival, file: File, *, content_id: int | None = None) -> None:
        self.result.moved.add(file.id)
        change = _facts(arrival) | FileChange(
            root_id=self._root.id,
            relative=arrival.found.relative,
            state=FileState.PRESENT,
            reason="",
            replaced=0,
        )
        if content_id is not None:
            change["content_id"] = content_id
        self._read_back(arrival, file, change)
        files.update(self.store, {file.id: change})
        if file.photo_id is not None:
            self.result.photos.add(file.photo_id)

    def _read_back(self, arrival: Arrival, file: File, change: FileChange) -> None:
        """Parts what other programs say in the sidecars of a known file from what Photosort wrote there."""
        if arrival.sidecars is None or file.photo_id is None:
            return
        try:
            theirs, taken = read_back(self.store, file.photo_id, file.id, arrival.sidecars)
        except InputProblem:
            change.pop("sidecar_metadata", None)
            return
        change["sidecar_metadata"] = theirs
        if theirs is not None and theirs.flag not in {None, file.sidecar_flag}:
            self._take_flag(file.photo_id, theirs.flag)
        metadata_merge.forget_pixels(self.store, file, theirs)
        if taken != ExternalChanges():
            self._taken[file.photo_id] = taken

    def _take_flag(self, photo_id: int, flag: Flag | None) -> None:
        """A choice of another program counts where the user made none."""
        if flag is not None:
            self._flags[photo_id] = flag

    def _make_photos(self) -> None:
        """Groups the new files of a folder with each other and with companions that are known already."""
        if not self._fresh:
            return
        folder = _folder(next(iter(self._fresh.values())))
        beside = self._companions(folder)
        facts = [_sibling_of(arrival) for arrival in self._fresh.values()]
        facts += beside.keys()
        known_photo = {facts_of.relative: file.photo_id for facts_of, file in beside.items()}
        known_file = {file.relative: file for file in beside.values()}
        for members in group(facts):
            fresh = [self._fresh[m.relative] for m in members if m.relative in self._fresh]
            if not fresh:
                continue
            photo_id = next(
                (known_photo[m.relative] for m in members if m.relative in known_photo), None
            )
            if photo_id is None:
                photo_id = self._new_photo(fresh[0])
            roles = {m.relative: m.role for m in members}
            # An edited copy that came before its original is known as an original.
            other_roles = {
                known_file[name].id: FileChange(role=role)
                for name, role in roles.items()
                if name in known_file
                and known_file[name].photo_id == photo_id
                and known_file[name].role is not role
            }
            files.update(self.store, other_roles)
            for arrival in fresh:
                self.result.new += 1
                said = arrival.sidecar_metadata or arrival.metadata
                self._take_flag(photo_id, said.flag or arrival.metadata.flag)
                self._insert(
                    arrival,
                    content_id=self._new_content(arrival),
                    photo_id=photo_id,
                    role=roles[arrival.found.relative],
                )
                self.result.photos.add(photo_id)

    def _fresh_with(self, sha256: bytes | None) -> Arrival | None:
        """A new picture of this batch that holds the same bytes."""
        if sha256 is None:
            return None
        return next((one for one in self._fresh.values() if one.sha256 == sha256), None)

    def _join_copies(self) -> None:
        """Copies that arrived together with what they are copies of."""
        for copy, first in self._copies:
            (held,) = [
                file
                for file in files.in_folder(self.store, self._root.id, _folder(first))
                if file.relative == first.found.relative
            ]
            self.result.new += 1
            self._insert(copy, content_id=held.content_id, photo_id=held.photo_id, role=held.role)
            if held.photo_id is not None:
                self.result.photos.add(held.photo_id)

    def _companions(self, folder: str) -> dict[SiblingFacts, File]:
        """Known files of the folder that could be companions."""
        names = frozenset[tuple[str, str]]().union(
            *(names_of(_sibling_of(arrival)) for arrival in self._fresh.values())
        )
        near = [
            file
            for file in files.in_folder(self.store, self._root.id, folder)
            # What lay at the path of one of these is another picture, and so are its companions.
            if file.photo_id is not None
            and file.photo_id not in self._replaced_photos
            and names_of(_sibling_of_file(file, Metadata())) & names
        ]
        if not near:
            return {}
        own = contents.get(self.store, [f.content_id for f in near if f.content_id is not None])
        pinned = photos.pinned(self.store, [f.photo_id for f in near if f.photo_id is not None])
        return {
            _sibling_of_file(
                file, own[file.content_id].metadata if file.content_id in own else Metadata()
            ): file
            for file in near
            if file.photo_id not in pinned
        }

    def _new_photo(self, arrival: Arrival) -> int:
        (photo_id,) = photos.insert(self.store, [Effective(arrival.metadata)])
        return photo_id

    def _new_content(self, arrival: Arrival) -> int:
        """A content row; its hash is left out when another row has it, which only a race can bring."""
        taken = arrival.sha256 is not None and contents.find(self.store, sha256s=[arrival.sha256])
        (content_id,) = contents.insert(
            self.store,
            [
                NewContent(
                    quick_key=arrival.quick_key,
                    size_bytes=arrival.found.size_bytes,
                    sha256=None if taken else arrival.sha256,
                    metadata=arrival.metadata,
                )
            ],
        )
        if arrival.decoded is not None:
            contents.update(self.store, {content_id: arrival.decoded})
        return content_id

    def _insert(
        self,
        arrival: Arrival,
        *,
        content_id: int | None = None,
        photo_id: int | None = None,
        role: Role = Role.ORIGINAL,
        state: FileState = FileState.PRESENT,
        reason: str = "",
    ) -> None:
        sidecar = arrival.found.sidecars[0] if arrival.found.sidecars else None
        files.insert(
            self.store,
            [
                NewFile(
                    root_id=self._root.id,
                    relative=arrival.found.relative,
                    size_bytes=arrival.found.size_bytes,
                    mtime_ns=_stored_mtime_ns(arrival),
                    role=role,
                    state=state,
                    reason=reason,
                    content_id=content_id,
                    photo_id=photo_id,
                    sidecar=sidecar.relative if sidecar else None,
                    sidecar_mtime_ns=sidecars_mtime_ns(arrival.found),
                    sidecar_metadata=arrival.sidecar_metadata,
                    name_date=arrival.name_date,
                    changed_ns=arrival.found.changed_ns,
                )
            ],
        )


def _is_retried(arrival: Arrival, before: File) -> bool:
    """Whether only the time says that a file changed, and `files.retry` set that."""
    found = arrival.found
    return before.state is FileState.UNREADABLE and (
        (before.size_bytes, before.mtime_ns)
        == (found.size_bytes, files.mtime_to_retry(found.mtime_ns))
    )


def find_moved(store: Store, content_ids: Iterable[int]) -> dict[int, int]:
    """Finds the missing photos that show the pixels of new ones: files renamed and changed at once.

    A new photo of one file, about which nobody decided anything, gives its file to the missing one and is forgotten.

    Args:
        store: the writing connection, in a transaction.
        content_ids: contents whose pixels are known since this moment.

    Returns:
        New photo id to the id of the photo that it is.
    """
    own = contents.get(store, content_ids)
    same: dict[bytes, list[int]] = defaultdict(list)
    for one in contents.find(
        store, pixel_hashes={c.pixel_hash for c in own.values() if c.pixel_hash}
    ):
        if one.pixel_hash is not None:
            same[one.pixel_hash].append(one.id)
    found: dict[int, int] = {}
    for content_id, content in own.items():
        alike = same[content.pixel_hash or b""]
        if len(alike) < 2:
            continue
        held = files.with_content(store, alike)
        new = [file for file in held if file.content_id == content_id]
        missing = [file for file in held if file.state is FileState.MISSING and file not in new]
        if len(new) != 1 or not missing:
            continue
        photo_id, lost = new[0].photo_id, missing[0]
        if photo_id is None or lost.photo_id in {None, photo_id}:
            continue
        is_alone = len(files.of_photos(store, [photo_id])[photo_id]) == 1
        if is_alone and photos.is_undecided(store, photo_id):
            files.take_place(store, lost.id, new[0].id)
            photos.forget(store, photo_id)
            found[photo_id] = lost.photo_id or 0
    photos.choose_main(store, found.values())
    metadata_merge.refresh(store, found.values())
    return found


def sidecars_mtime_ns(found: FoundFile) -> int | None:
    """The newest change of a file's sidecars, or None without any."""
    return max((one.changed_ns for one in found.sidecars), default=None)


def _facts(arrival: Arrival) -> FileChange:
    """The columns that say how the file lies on disk now."""
    sidecar = arrival.found.sidecars[0] if arrival.found.sidecars else None
    change = FileChange(
        size_bytes=arrival.found.size_bytes,
        mtime_ns=_stored_mtime_ns(arrival),
        sidecar=sidecar.relative if sidecar else None,
        sidecar_mtime_ns=sidecars_mtime_ns(arrival.found),
        name_date=arrival.name_date,
        changed_ns=arrival.found.changed_ns,
    )
    # What a sidecar said holds on while it is damaged.
    if arrival.sidecars is not None:
        change["sidecar_metadata"] = arrival.sidecar_metadata
    return change


def _stored_mtime_ns(arrival: Arrival) -> int:
    mtime_ns = arrival.found.mtime_ns
    return mtime_ns if arrival.is_final else files.mtime_to_retry(mtime_ns)


def _may_be_same(content: Content, arrival: Arrival) -> bool:
    """Whether an arrival holds the bytes of a content, as far as both were read."""
    return content.quick_key == arrival.quick_key and (
        None in {content.sha256, arrival.sha256} or content.sha256 == arrival.sha256
    )


def _folder(arrival: Arrival) -> str:
    return arrival.found.relative.rpartition("/")[0]


def _sibling_of(arrival: Arrival) -> SiblingFacts:
    beside = [one.relative for one in arrival.found.sidecars]
    return _sibling(arrival.found.relative, arrival.metadata, beside)


def _sibling_of_file(file: File, metadata: Metadata) -> SiblingFacts:
    return _sibling(file.relative, metadata, [] if file.sidecar is None else [file.sidecar])


def _sibling(relative: str, metadata: Metadata, sidecars: Sequence[str]) -> SiblingFacts:
    taken_at = metadata.taken_at
    return SiblingFacts(
        relative=relative,
        media=media_of(relative) or "image",
        # A year or a day is true of many files.
        taken_at=taken_at if taken_at and precision_of(taken_at) is Precision.SECOND else None,
        content_identifier=metadata.content_identifier,
        offset_min=metadata.offset_min,
        takeout=next((name for name in sidecars if extension_of(name) == ".json"), None),
    )
