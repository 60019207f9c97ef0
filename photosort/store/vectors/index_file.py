"""The file of an index: stored vectors, or codes of parts, as rows of one matrix that is mapped into memory.

With a graph of neighbours it is a file of usearch, which begins with its matrix: the number of rows and the bytes of
one, then the rows in the order in which one thread added them. Without a graph it is that beginning alone, so both are
mapped in the same way. JSON beside it names the file and says what it was made from. A new file has a new name: the two
change in one step, and Windows does not let a file be replaced that somebody has mapped.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from photosort import safe_files
from photosort.store.db.failures import file_failures
from photosort.store.vectors.vectors import WHOLE

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from usearch.index import Index

# Where the matrix begins in a file of usearch: behind the number of its rows and the bytes of one.
MATRIX_AT = 8
_END_BYTES = 65_536
# Of adding, which is usearch's own, and of searching.
_EXPANSION = {"expansion_add": 128, "expansion_search": 256}


@dataclass(frozen=True, slots=True)
class Source:
    """What the rows of a file are.

    Attributes:
        encoder: version of the encoder.
        space: "semantic" or "visual".
        view: `vectors.WHOLE` or a `vectors.parts_view`.
        dim: numbers of a row.
    """

    encoder: str
    space: str
    view: str
    dim: int

    @property
    def stem(self) -> str:
        """How the names of its files begin."""
        kind = self.space if self.view == WHOLE else self.view.partition(" ")[0]
        return f"{kind}-{self.encoder[:16]}"

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Of the numbers of a row."""
        return np.dtype("<f2" if self.view == WHOLE else "i1")


@dataclass(frozen=True, slots=True)
class Rows:
    """The photos of an index, and what each is compared by.

    Attributes:
        photo_ids: int64 array, shape (n,).
        vector_ids: int64 array, shape (n,), ids of rows in `vectors`.
    """

    photo_ids: NDArray[np.int64]
    vector_ids: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.photo_ids)

    def __getitem__(self, chosen: NDArray[np.generic] | slice) -> Rows:
        return Rows(self.photo_ids[chosen], self.vector_ids[chosen])

    def are_in(self, others: Rows) -> NDArray[np.bool_]:
        """Which rows are among the others."""
        most = int(max(self.photo_ids.max(initial=0), others.photo_ids.max(initial=0))) + 1
        return np.isin(
            self.vector_ids * most + self.photo_ids, others.vector_ids * most + others.photo_ids
        )


NO_ROWS = Rows(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class IndexFile:
    """An open file.

    Attributes:
        path: of the file; None where there is none, which is as good as one without rows.
        vector_ids: int64 array, shape (n,), ids of the vectors that the rows were made from.
        base: float32 array, shape (dim,), was subtracted from the vectors; of codes shape (0,).
        matrix: float16 or int8 array, shape (n, dim), memory-mapped.
        has_graph: usearch can open it.
        shown: the photos of the library at `stamp`; their vectors need not all be in the file.
        stamp: `vectors.stamp`.
    """

    path: Path | None
    vector_ids: NDArray[np.int64]
    base: NDArray[np.float32]
    matrix: NDArray[Any]
    has_graph: bool = False
    shown: Rows = NO_ROWS
    stamp: int = -1

    @classmethod
    def empty(cls, source: Source, base: NDArray[np.float32]) -> IndexFile:
        """A file without rows."""
        return cls(None, NO_ROWS.vector_ids, base, np.zeros((0, source.dim), source.dtype))

    def graph(self, *, growing: bool = False) -> Index:
        """The graph: memory-mapped to be searched, or in memory to be added to."""
        graph = new_graph(self.matrix.shape[1])
        restore = graph.load if growing else graph.view
        restore(os.fspath(self.path or ""))
        return _tuned(graph)


def read(folder: Path, source: Source) -> IndexFile | None:
    """The file of a source, or None where there is none, or one that is damaged or of something else.

    The file is looked at before usearch opens it, which a damaged one may crash.
    """
    try:
        note = json.loads((folder / f"{source.stem}.json").read_bytes())
        if note["source"] != asdict(source):
            return None
        return _opened(folder / Path(note["file"]).name, source, note)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def source_of(note: Path) -> Source | None:
    """What a JSON says that its file was made from, or None of one that is damaged."""
    try:
        return Source(**json.loads(note.read_bytes())["source"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def new_graph(dim: int) -> Index:
    """An empty graph."""
    # 0.1 s of import, for what few commands ask.
    from usearch.index import Index

    return _tuned(Index(ndim=dim, metric="cos", dtype="f16"))


def write(
    folder: Path,
    source: Source,
    vector_ids: NDArray[np.int64],
    blocks: Iterable[NDArray[np.generic]],
    base: NDArray[np.float32],
    *,
    graph: Index | None = None,
) -> IndexFile:
    """Writes a file under a new name, whole or not at all; `publish` makes it the one that is read.

    Args:
        folder: where derived files lie.
        source: what the rows are.
        vector_ids: of all rows.
        blocks: the rows, without those that the graph has.
        base: what was subtracted from them.
        graph: they are added to it, and it is what is written; None = a file without a graph.

    Raises:
        EnvironmentProblem: the disk is full.
    """
    path = folder / f"{source.stem}.{secrets.token_hex(4)}.index"
    start = 0 if graph is None else len(graph)
    with file_failures(path), safe_files.replacing(path, mode=0o600) as file:
        if graph is None:
            length = source.dtype.itemsize * source.dim
            file.write(np.array([len(vector_ids), length], dtype="<u4").tobytes())
        for block in blocks:
            if graph is None:
                file.write(block.astype(source.dtype, copy=False).tobytes())
            else:
                # Several threads would mix the order of the rows.
                ids = vector_ids[start : start + len(block)].astype(np.uint64)
                graph.add(ids, np.ascontiguousarray(block), threads=1)
                start += len(block)
        if graph is not None:
            file.write(graph.save() or b"")
    return IndexFile(
        path, vector_ids, base, _mapped(path, source, len(vector_ids)), graph is not None
    )


def publish(folder: Path, source: Source, file: IndexFile) -> None:
    """Makes a file the one that is read from now on, with the photos that are shown; removes all others of the source.

    Raises:
        EnvironmentProblem: the disk is full.
    """
    if file.path is None:
        return
    note = folder / f"{source.stem}.json"
    with file_failures(note):
        said = {
            "source": asdict(source),
            "file": file.path.name,
            "ends": _ends(file.path),
            "has_graph": file.has_graph,
            "expansion": _EXPANSION,
            "stamp": file.stamp,
            "base": _packed(file.base, "<f4"),
            "vector_ids": _packed(file.vector_ids, "<i8"),
            "shown_photos": _packed(file.shown.photo_ids, "<i8"),
            "shown_vectors": _packed(file.shown.vector_ids, "<i8"),
        }
        safe_files.write_whole(note, json.dumps(said).encode(), mode=0o600)
    for other in folder.glob(f"{source.stem}.*.index"):
        if other != file.path:
            with contextlib.suppress(OSError):  # still mapped somewhere; the next one removes it
                other.unlink()


def _opened(path: Path, source: Source, note: dict[str, Any]) -> IndexFile | None:
    if _ends(path) != note["ends"] or note["expansion"] != _EXPANSION:
        return None
    vector_ids = _unpacked(note["vector_ids"], "<i8")
    return IndexFile(
        path,
        vector_ids,
        _unpacked(note["base"], "<f4"),
        _mapped(path, source, len(vector_ids)),
        note["has_graph"],
        Rows(_unpacked(note["shown_photos"], "<i8"), _unpacked(note["shown_vectors"], "<i8")),
        note["stamp"],
    )


def _mapped(path: Path, source: Source, count: int) -> NDArray[Any]:
    """The rows of a file.

    Raises:
        ValueError: it has others.
    """
    with path.open("rb") as file:
        said = np.frombuffer(file.read(MATRIX_AT), "<u4").tolist()
        if said != [count, source.dtype.itemsize * source.dim]:
            raise ValueError(f"{path} has other rows: {said}")
        if not count:
            return np.zeros((0, source.dim), source.dtype)
        return np.memmap(file, source.dtype, "r", MATRIX_AT, (count, source.dim))


def _ends(path: Path) -> list[object]:
    """Length of a file and the hash of its first and last bytes: what is cut or foreign has others."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        digest = hashlib.sha256(file.read(_END_BYTES))
        file.seek(max(0, size - _END_BYTES))
        digest.update(file.read(_END_BYTES))
    return [size, digest.hexdigest()]


def _tuned(graph: Index) -> Index:
    """The graph with our expansions, which no file holds."""
    for name, value in _EXPANSION.items():
        setattr(graph, name, value)
    return graph


def _packed(values: NDArray[np.generic], dtype: str) -> str:
    return base64.b64encode(values.astype(dtype).tobytes()).decode()


def _unpacked(text: str, dtype: str) -> NDArray[Any]:
    return np.frombuffer(base64.b64decode(text), dtype=dtype)
