"""Registers new and changed files as photos, in batches of one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from photosort.domain.photos import File, FileState, Flag, Role
from photosort.errors import InputProblem
from photosort.media.siblings import group
from photosort.sentences import Sentence
from photosort.store.tables import contents, files, photos
from photosort.store.tables.contents import NewContent
from photosort.store.tables.files import FileChange, NewFile
from photosort.store.tables.photos import Effective
from photosort.usecases.indexing.arrival import (
    Arrival,
    file_columns,
    sidecars_mtime_ns,
    stored_mtime_ns,
)
from photosort.usecases.indexing.companions import FolderNames, facts_of_arrival, known_companions
from photosort.usecases.indexing.moves import SameContent, may_be_same
from photosort.usecases.photos import metadata_merge
from photosort.usecases.sidecars.external_changes import (
    ExternalChanges,
    apply_changes,
    merged,
    of_picture,
    read_back,
)

if TYPE_CHECKING:
    from photosort.domain.photos import Metadata, Root
    from photosort.media.sidecar import Beside
    from photosort.store.db.database import Store


@dataclass(slots=True)
class Ingested:
    """What a batch of arrivals became; counts are files.

    Attributes:
        moved: ids of the files that lay elsewhere before.
        replaced: ids of the files whose path another picture took.
        undecided: new bytes at a known path; their pixels decide which photo they belong to.
        photos: ids of the photos that are new or whose files changed.
    """

    new: int = 0
    changed: int = 0
    unreadable: int = 0
    moved: set[int] = field(default_factory=set)
    replaced: set[int] = field(default_factory=set)
    undecided: list[Arrival] = field(default_factory=list)
    photos: set[int] = field(default_factory=set)


def ingest(
    store: Store,
    root: Root,
    arrivals: Sequence[Arrival],
    same_contents: dict[bytes, list[SameContent]],
    *,
    actor: str,
    known: FolderNames,
    reread: bool = False,
) -> Ingested:
    """Writes a batch of arrivals of one folder, in one transaction.

    Args:
        store: the writing connection.
        root: the folder they lie below.
        arrivals: new and changed files; files of one base name must not be parted over two batches.
        same_contents: contents with the same quick key, from `find_same_content`.
        actor: who follows changes that other programs made in keyword files.
        known: the same for all batches of a run.
        reread: files whose bytes are as they were are undecided, too, so that their pixels are read again.
    """
    batch = Batch(store, root, same_contents, actor, known, reread=reread)
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
        same_contents: dict[bytes, list[SameContent]],
        actor: str,
        known: FolderNames,
        *,
        reread: bool = False,
    ) -> None:
        self._known = known
        self._reread = reread
        self.result = Ingested()
        self.store = store
        self._root = root
        self._same_contents = same_contents
        self._fresh: dict[str, Arrival] = {}
        self._copies: list[tuple[Arrival, Arrival]] = []
        self._replaced_photos: set[int] = set()
        self._actor = actor
        self._taken: dict[int, ExternalChanges] = {}
        self._flags: dict[int, Flag] = {}

    def take(self, arrival: Arrival) -> None:
        """Settles what bytes alone decide: an unchanged file, a move, a copy, a new picture at a new path."""
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
        """Makes photos of the new pictures, companions together, and merges the metadata of all changed photos."""
        self._make_photos()
        self._join_copies()
        touched = self.result.photos
        photos.choose_main(self.store, touched)
        metadata_merge.refresh(self.store, touched)
        apply_changes(self.store, self._taken, actor=self._actor)
        photos.take_flags(self.store, self._flags)

    def _unreadable(self, arrival: Arrival) -> None:
        self.result.unreadable += 1
        change = file_columns(arrival) | FileChange(
            state=FileState.UNREADABLE, reason=arrival.reason
        )
        if arrival.known is not None:
            files.update(self.store, {arrival.known.file_id: change})
            return
        self._insert(arrival, state=FileState.UNREADABLE, reason=arrival.reason)

    def is_as_before(self, arrival: Arrival, before: File) -> bool:
        """Whether a file still has the same bytes."""
        if before.content_id is None:
            return False
        (old,) = contents.get(self.store, [before.content_id]).values()
        return may_be_same(old, arrival)

    def keep(self, arrival: Arrival, before: File) -> None:
        """Keeps the photo of a path whose bytes are unchanged or show the same picture."""
        if before.photo_id is None:
            self.result.new += 1
        elif not _is_retried(arrival, before):
            self.result.changed += 1
        change = file_columns(arrival) | FileChange(state=FileState.PRESENT, reason="")
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
        self._known.touch([before.id])
        photo_id = change.get("photo_id") or before.photo_id
        if photo_id is not None:
            self.result.photos.add(photo_id)

    def take_over(self, arrival: Arrival, holder: File, occupant: File | None) -> None:
        """Gives a file's photo to the arrival: it moved, and its metadata changed as well."""
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
        """Marks a file as missing, with all decisions about it, because another picture has taken its path."""
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
        same = self._same_bytes(arrival)
        return same.content.id if same is not None else self._new_content(arrival)

    def _moved_or_copied(self, arrival: Arrival, occupant: File | None) -> bool:
        for one in self._same_contents.get(arrival.quick_key, ()):
            left = [
                file for file in one.gone if file.id not in self.result.moved and file != occupant
            ]
            if left and may_be_same(one.content, arrival):
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
            arrival,
            content_id=same.content.id,
            photo_id=holder.photo_id,
            role=holder.role,
            user_orientation=holder.user_orientation,
        )
        self.result.photos.add(holder.photo_id)
        return True

    def _same_bytes(self, arrival: Arrival) -> SameContent | None:
        """A content proven to hold the same bytes; equal quick keys alone prove nothing."""
        if arrival.sha256 is None:
            return None
        for same in self._same_contents.get(arrival.quick_key, ()):
            if same.content.sha256 == arrival.sha256:
                return same
        return None

    def _move(self, arrival: Arrival, file: File, *, content_id: int | None = None) -> None:
        self.result.moved.add(file.id)
        self._known.touch([file.id])
        change = file_columns(arrival) | FileChange(
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
        """Separates what other programs wrote into a known file's sidecars from what Photosort wrote."""
        if arrival.sidecars is None or file.photo_id is None:
            return
        try:
            said = self._own_sidecars(arrival, arrival.sidecars, file.photo_id)
            theirs, taken = read_back(self.store, file.photo_id, file.id, said)
        except InputProblem:
            change.pop("sidecar_metadata", None)
            return
        change["sidecar_metadata"] = theirs
        if theirs is not None and theirs.flag not in {None, file.sidecar_flag}:
            self._take_flag(file.photo_id, theirs.flag)
        metadata_merge.forget_pixels(self.store, file, theirs)
        if taken != ExternalChanges():
            self._taken[file.photo_id] = taken

    def _own_sidecars(
        self, arrival: Arrival, said: tuple[Beside, ...], photo_id: int | None
    ) -> tuple[Beside, ...]:
        relative, key = arrival.found.relative, arrival.quick_key
        return of_picture(self.store, said, relative, key, photo_id) if said else ()

    def _said_beside(self, arrival: Arrival, photo_id: int | None) -> Metadata | None:
        """What the sidecars of a new file say, without those that another picture left behind."""
        if not arrival.sidecars:
            return arrival.sidecar_metadata
        own = self._own_sidecars(arrival, arrival.sidecars, photo_id)
        if len(own) < len(arrival.sidecars):
            arrival.sidecar_metadata = merged(own) if own else None
        return arrival.sidecar_metadata

    def _take_flag(self, photo_id: int, flag: Flag | None) -> None:
        """A choice of another program counts where the user made none."""
        if flag is not None:
            self._flags[photo_id] = flag

    def _make_photos(self) -> None:
        """Groups the new files of a folder with each other and with companions that are known already."""
        if not self._fresh:
            return
        fresh_ones = self._fresh.values()
        beside = known_companions(
            self.store, self._root.id, fresh_ones, self._replaced_photos, self._known
        )
        facts = [facts_of_arrival(arrival) for arrival in fresh_ones]
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
                said = self._said_beside(arrival, photo_id) or arrival.metadata
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
            held = files.by_path(self.store, self._root.id, first.found.relative)
            if held is None:
                continue
            self.result.new += 1
            self._insert(copy, content_id=held.content_id, photo_id=held.photo_id, role=held.role)
            if held.photo_id is not None:
                self.result.photos.add(held.photo_id)

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
        user_orientation: int | None = None,
    ) -> None:
        sidecar = arrival.found.sidecars[0] if arrival.found.sidecars else None
        files.insert(
            self.store,
            [
                NewFile(
                    root_id=self._root.id,
                    relative=arrival.found.relative,
                    size_bytes=arrival.found.size_bytes,
                    mtime_ns=stored_mtime_ns(arrival),
                    role=role,
                    state=state,
                    reason=reason,
                    content_id=content_id,
                    photo_id=photo_id,
                    sidecar=sidecar.relative if sidecar else None,
                    sidecar_mtime_ns=sidecars_mtime_ns(arrival.found),
                    sidecar_metadata=self._said_beside(arrival, photo_id),
                    name_date=arrival.name_date,
                    changed_ns=arrival.found.changed_ns,
                    user_orientation=user_orientation,
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
