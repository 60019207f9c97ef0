"""Feeds damaged inputs to everything that reads files or texts of others: `python -m tests.e2e.fuzz --runs 100000`.

A finding is any error but the sentences that users read, and whatever takes longer than a few seconds. A crash ends
the process; the last line says which input it was.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from photosort import settings
from photosort.domain.pictures import InputSpec
from photosort.errors import PhotosortError
from photosort.media import export
from photosort.media.decode import decode
from photosort.media.formats import media_of
from photosort.media.header import read_header
from photosort.media.ignore import IgnoreFile
from photosort.media.screen_decoding import decode_for_screen
from photosort.media.sidecar import load_sidecars
from photosort.media.sidecar_writing import SidecarChange, write_sidecar
from photosort.search.query_language.lenient_parser import parse_leniently
from photosort.search.query_language.parser import parse
from photosort.tagging.vocabulary import dump_text, dump_yaml, read_user_file
from tests.e2e.fuzz import corpus

_LIMIT_S = 20
_SPEC = InputSpec(edge_px=64)
_CHANGE = SidecarChange(
    add=("animals|cat", "sea"), remove_words=frozenset(["dog"]), rating=3, written_for="a b"
)


class TooSlow(Exception):
    """An input took longer than the limit."""


@dataclass(frozen=True)
class Kind:
    """One kind of input.

    Attributes:
        good: ending of the file, and good bytes.
        read: what is done with a damaged file; what it raises besides `allowed` is a finding.
    """

    good: Callable[[], list[tuple[str, bytes]]]
    read: Callable[[Path], object]
    allowed: tuple[type[Exception], ...] = (PhotosortError,)


def _picture(path: Path) -> None:
    media = media_of(path.name) or "image"
    for look in (
        lambda: read_header(path, media),
        lambda: decode(path, _SPEC, media=media),
        lambda: decode_for_screen(path, 64),
    ):
        try:
            look()
        except PhotosortError:
            continue


def _copy(path: Path) -> None:
    made = export.make(path, export.Wish(remove_location=True))
    if made is not None:
        target = path.with_name("copy" + path.suffix)
        target.write_bytes(made.data if isinstance(made, export.Made) else b"")
        export.prove(target, made)


def _sidecar(path: Path) -> None:
    load_sidecars([path])
    write_sidecar(path, _CHANGE)
    said, problems = load_sidecars([path])
    if problems or not {"cat", "sea"} <= {
        keyword.rpartition("|")[2] for keyword in said[0].says.keywords
    }:
        raise ValueError(f"what was written cannot be read: {problems}")


def _vocabulary(path: Path) -> None:
    words = read_user_file(path)
    dump_text(words)
    dump_yaml(words)


def _query(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    parse_leniently(text)
    parse(text)


KINDS = {
    "picture": Kind(lambda: list(corpus.pictures().items()), _picture),
    "copy": Kind(lambda: list(corpus.pictures().items()), _copy),
    "sidecar": Kind(lambda: [(".xmp", corpus.XMP)], _sidecar),
    "takeout": Kind(lambda: [(".json", corpus.TAKEOUT)], lambda path: load_sidecars([path])),
    "vocabulary": Kind(lambda: [(".txt", corpus.VOCABULARY), (".yaml", corpus.YAML)], _vocabulary),
    "settings": Kind(lambda: [(".json", corpus.SETTINGS)], settings.load),
    "ignore": Kind(
        lambda: [("", corpus.IGNORE)],
        lambda path: IgnoreFile.read(path, ""),
        allowed=(OSError, ValueError),
    ),
    "query": Kind(lambda: [("", one) for one in corpus.QUERIES], _query),
}


def run(kind: Kind, number: int, folder: Path) -> str:
    """Reads the damaged input of a number; returns what was wrong, or ""."""
    rng = random.Random(number)
    ending, good = rng.choice(kind.good())
    path = folder / f"input{ending}"
    path.write_bytes(corpus.damaged(good, rng))
    signal.alarm(_LIMIT_S)
    try:
        kind.read(path)
    except kind.allowed:
        return ""
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{error!r:.200} in {Path(where.filename).name}:{where.lineno}"
    finally:
        signal.alarm(0)
        for left in folder.iterdir():
            left.unlink()
    return ""


def main() -> int:
    """Prints one line a finding (JSON: kind, number, what), and ends with 1 where there is any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500, help="how many, spread over all kinds")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--kind", choices=list(KINDS), help="only this kind")
    options = parser.parse_args()

    def late(*_: object) -> None:
        raise TooSlow(f"took longer than {_LIMIT_S} s")

    signal.signal(signal.SIGALRM, late)
    kinds = [options.kind] if options.kind else list(KINDS)
    findings = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        last = os.open(folder.with_name(folder.name + ".last"), os.O_WRONLY | os.O_CREAT, 0o600)
        for number in range(options.first, options.first + options.runs):
            kind = kinds[number % len(kinds)]
            os.pwrite(last, f"{kind} {number}\n".encode().ljust(60), 0)
            found = run(KINDS[kind], number, folder)
            if found:
                findings += 1
                sys.stdout.write(json.dumps([kind, number, found]) + "\n")
                sys.stdout.flush()
        os.close(last)
        folder.with_name(folder.name + ".last").unlink()
    sys.stderr.write(f"{findings} findings in {options.runs} runs\n")
    return int(findings > 0)


if __name__ == "__main__":
    raise SystemExit(main())
