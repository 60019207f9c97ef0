"""Which bytes are there already, so that no photo is imported twice; only equal hashes of all bytes prove it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from photosort.domain.photos import File, FileState
from photosort.media.identify import content_hash, quick_key
from photosort.media.scan import FoundFile, scan
from photosort.store.tables import contents, files
from photosort.usecases.photos.photo_paths import root_paths
from photosort.usecases.photos.trash import lies_at

if TYPE_CHECKING:
    from photosort.usecases.session.session import Session

# In the library, below the target without being in the library, or met before on the source itself.
Where = Literal["library", "target", "source"]


class Held(NamedTuple):
    """Where some bytes are."""

    where: Where
    path: Path


class _Holder(NamedTuple):
    """A file that may hold them.

    Attributes:
        sha256: of its bytes, or None where it has to be made.
        bytes_at: the file to make it from; None where none can be read now.
    """

    held: Held
    sha256: bytes | None
    bytes_at: Path | None


class KnownContents:
    """What the library, the target and the import itself hold, asked by the quick keys of files."""

    def __init__(self, session: Session, target: Path, *, check: Callable[[], None]) -> None:
        """Looks only when it is asked.

        Args:
            session: the open library.
            target: the folder that copies go to; it need not be there.
            check: called now and then; raises to cancel.
        """
        self._session = session
        self._target = target
        self._check = check
        self._roots = root_paths(session)
        self._in_library: dict[bytes, list[_Holder]] = {}
        self._imported: dict[bytes, list[_Holder]] = defaultdict(list)
        self._in_target: dict[int, list[Path]] | None = None

    def unknown(self, wanted: Iterable[tuple[bytes, int]]) -> set[bytes]:
        """The quick keys that no file has.

        Args:
            wanted: quick key and size of files.
        """
        sizes = dict(wanted)
        self._ask(sizes)
        return {key for key, size in sizes.items() if not any(True for _ in self._near(key, size))}

    def find(self, key: bytes, size_bytes: int, sha256: Callable[[], bytes]) -> Held | None:
        """Where these very bytes are, or None.

        Args:
            key: quick key of the file.
            size_bytes: its size.
            sha256: gives the hash of all its bytes; called only where another file has the same key.

        Raises:
            JobCancelled: from `check`.
        """
        self._ask([key])
        for holder in self._near(key, size_bytes):
            proof = holder.sha256
            if proof is None and holder.bytes_at is not None:
                proof = self._hash(holder.bytes_at)
            if proof is not None and proof == sha256():
                return holder.held
        return None

    def add(self, key: bytes, source: Path, copy: Path, sha256: bytes | None) -> None:
        """A file of the source has its copy now, or would have it.

        Args:
            key: quick key of both.
            source: the file.
            copy: where its copy is.
            sha256: of their bytes, or None where it was not made.
        """
        self._imported[key].append(_Holder(Held("source", copy), sha256, source))

    def is_imported(self, key: bytes) -> bool:
        """Whether a file of the source with this quick key has its copy."""
        return key in self._imported

    def _near(self, key: bytes, size_bytes: int) -> Iterator[_Holder]:
        """The files that have a quick key."""
        yield from self._in_library.get(key, ())
        yield from self._imported.get(key, ())
        for path in self._below_target().get(size_bytes, ()):
            try:
                if quick_key(path, size_bytes) == key:
                    yield _Holder(Held("target", path), None, path)
            except OSError:
                continue

    def _hash(self, path: Path) -> bytes | None:
        try:
            return content_hash(path, check=self._check)
        except OSError:
            return None

    def _below_target(self) -> dict[int, list[Path]]:
        """The files of the target by their size: of an import that was killed, or of another program."""
        if self._in_target is None:
            self._in_target = defaultdict(list)
            if self._target.is_dir():
                for found in scan(self._target, check=self._check):
                    if isinstance(found, FoundFile):
                        self._in_target[found.size_bytes].append(self._target / found.relative)
        return self._in_target

    def _ask(self, keys: Iterable[bytes]) -> None:
        fresh = set(keys) - self._in_library.keys()
        if not fresh:
            return
        found = self._session.read(lambda store: contents.find(store, quick_keys=fresh))
        by_id = {content.id: content for content in found}
        self._in_library.update({key: [] for key in fresh})
        for file in self._session.read(lambda store: files.with_content(store, by_id)):
            if file.content_id is not None and self._is_there(file):
                content = by_id[file.content_id]
                held = Held("library", Path(self._roots[file.root_id], file.relative))
                bytes_at = held.path if file.state is FileState.PRESENT else None
                holder = _Holder(held, content.sha256, bytes_at)
                self._in_library[content.quick_key].append(holder)

    def _is_there(self, file: File) -> bool:
        """Whether a file is where the library has it, or on a drive that is not connected now.

        One that was deleted or changed since is no reason to leave its bytes on the card.
        """
        if file.root_id not in self._roots or file.is_replaced:
            return False
        if file.state is FileState.OFFLINE:
            return True
        path = Path(self._roots[file.root_id], file.relative)
        return file.state is FileState.PRESENT and lies_at(path, file)
