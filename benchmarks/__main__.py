"""`python -m benchmarks NAME`: measures one thing and compares it with the saved baseline. `benchmarks/README.md` has the list."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One command.

    Attributes:
        help: what it measures, in a line.
        run: measures, prints, compares, and returns the exit status.
        options: names of the options in `_OPTIONS` that it takes besides --save-baseline.
        count: default of --count, if it takes that.
        counted: what --count counts.
        parts: what --part takes, if it has parts.
    """

    help: str
    run: Callable[[argparse.Namespace], int]
    options: tuple[str, ...] = ()
    count: int = 0
    counted: str = "photos"
    parts: tuple[str, ...] = ()


# Each imports what it measures when it runs: those imports are heavy, and differ.


def _quality(options: argparse.Namespace) -> int:
    from benchmarks.quality import run

    return run(options.data, encoder_name=options.encoder, save_baseline=options.save_baseline)


def _search(options: argparse.Namespace) -> int:
    from benchmarks.search.run import run

    return run(
        options.data,
        work=options.work,
        count=options.count,
        parts=options.part,
        save_baseline=options.save_baseline,
    )


def _tags(options: argparse.Namespace) -> int:
    from benchmarks.tags.run import run

    return run(
        options.data, count=options.count, parts=options.part, save_baseline=options.save_baseline
    )


def _albums(options: argparse.Namespace) -> int:
    from benchmarks.albums import run

    return run(
        options.data,
        work=options.work,
        count=options.count,
        parts=options.part,
        save_baseline=options.save_baseline,
    )


def _duplicates(options: argparse.Namespace) -> int:
    from benchmarks.duplicates import run

    return run(options.data, save_baseline=options.save_baseline)


def _preprocessing(options: argparse.Namespace) -> int:
    from benchmarks.preprocessing import run

    return run(options.data, work=options.work, save_baseline=options.save_baseline)


def _change(options: argparse.Namespace) -> int:
    from benchmarks.change import run

    return run(save_baseline=options.save_baseline)


def _speed(options: argparse.Namespace) -> int:
    from benchmarks.speed import run

    return run(
        options.data, work=options.work, count=options.count, save_baseline=options.save_baseline
    )


def _first(options: argparse.Namespace) -> int:
    from benchmarks.first import run

    return run(
        options.data, work=options.work, count=options.count, save_baseline=options.save_baseline
    )


def _memory(options: argparse.Namespace) -> int:
    from benchmarks.memory import run

    return run(options.data, work=options.work, save_baseline=options.save_baseline)


def _scale(options: argparse.Namespace) -> int:
    from benchmarks.scale import run

    return run(work=options.work, count=options.count, save_baseline=options.save_baseline)


def _gui(options: argparse.Namespace) -> int:
    from benchmarks.gui import run

    return run(
        options.work,
        count=options.count,
        seconds=options.seconds,
        save_baseline=options.save_baseline,
    )


def _gpu(options: argparse.Namespace) -> int:
    from benchmarks.gpu import run

    return run(
        work=options.work,
        count=options.count,
        device=options.device,
        save_baseline=options.save_baseline,
    )


def _alternate(options: argparse.Namespace) -> int:
    from benchmarks.alternate import run

    return run(
        options.data,
        work=options.work,
        against=options.against,
        count=options.count,
        parts=options.part,
        save_baseline=options.save_baseline,
    )


BENCHMARKS = {
    "quality": Benchmark(
        "search, tags and clusters, against the plain method", _quality, ("data", "encoder")
    ),
    "search": Benchmark(
        "what the search promises, part by part",
        _search,
        ("data", "work"),
        1_000_000,
        "vectors of the largest library",
        ("retrieval", "negation", "composed", "looks", "cutoff", "heat", "neighbours", "million"),
    ),
    "tags": Benchmark(
        "how good suggested tags are, and what they cost",
        _tags,
        ("data",),
        100_000,
        parts=("labels", "recall", "corrections", "keywords", "speed"),
    ),
    "albums": Benchmark(
        "themes, names, and the grouping of a large library",
        _albums,
        ("data", "work"),
        100_000,
        parts=("mixtures", "names", "themes", "scale"),
    ),
    "duplicates": Benchmark(
        "edited copies found, and other photos mistaken for copies", _duplicates, ("data",)
    ),
    "preprocessing": Benchmark(
        "the encoder's input, against its authors' own preprocessing",
        _preprocessing,
        ("data", "work"),
    ),
    "change": Benchmark("search while another encoder takes over", _change),
    "speed": Benchmark(
        "an index run, against the machine's limit and a plain pipeline",
        _speed,
        ("data", "work"),
        200,
        "12-megapixel photos",
    ),
    "first": Benchmark(
        "how soon a new library is of use", _first, ("data", "work"), 9_000, "phone photos"
    ),
    "memory": Benchmark("the most memory an index run takes", _memory, ("data", "work")),
    "scale": Benchmark("a library of 100,000 photos", _scale, ("work",), 100_000),
    "gui": Benchmark(
        "the window with 100,000 photos: start, scrolling, searching, delays",
        _gui,
        ("work", "seconds"),
        100_000,
    ),
    "gpu": Benchmark(
        "an index run with a graphics card, against the encoder alone",
        _gpu,
        ("work", "device"),
        3_000,
        "12-megapixel photos",
    ),
    "alternate": Benchmark(
        "this version against an older commit, in turn",
        _alternate,
        ("data", "work", "against"),
        10,
        "rounds",
        ("library", "small", "unchanged", "search", "window"),
    ),
}


def build_parser() -> argparse.ArgumentParser:
    """The command line of all benchmarks."""
    cache = Path(platformdirs.user_cache_dir("photosort-benchmarks", appauthor=False))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, one in BENCHMARKS.items():
        command = commands.add_parser(name, help=one.help)
        if "data" in one.options:
            command.add_argument(
                "--data", type=Path, required=True, help="folder of the named sets of photos"
            )
        if "work" in one.options:
            command.add_argument(
                "--work", type=Path, default=cache, help="folder of generated files"
            )
        if "encoder" in one.options:
            command.add_argument("--encoder", default="starter", help='"starter" or a model folder')
        if "against" in one.options:
            command.add_argument("--against", default="before-house", help="the older commit")
        if "seconds" in one.options:
            command.add_argument("--seconds", type=float, default=300.0, help="of indexing")
        if "device" in one.options:
            command.add_argument("--device", default="cuda", choices=("cuda", "cpu"))
        if one.count:
            command.add_argument("--count", type=int, default=one.count, help=one.counted)
        if one.parts:
            command.add_argument(
                "--part", action="append", choices=one.parts, help="only this one; may be repeated"
            )
        command.add_argument("--save-baseline", action="store_true")
    return parser


def main() -> int:
    """Runs one benchmark; exit status 1 when something got worse or has no baseline."""
    options = build_parser().parse_args()
    benchmark = BENCHMARKS[options.command]
    if benchmark.parts:
        options.part = options.part or list(benchmark.parts)
    return benchmark.run(options)


if __name__ == "__main__":
    sys.exit(main())
