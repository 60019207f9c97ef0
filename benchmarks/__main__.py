"""`python -m benchmarks quality|search|duplicates|albums|speed|first|memory|scale`: measures and compares with the saved baseline."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import platformdirs


def main() -> int:
    """Runs one benchmark; exit status 1 when something got worse or has no baseline."""
    cache = Path(platformdirs.user_cache_dir("photosort-benchmarks", appauthor=False))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    quality = commands.add_parser(
        "quality", help="search, tags and clusters, against the plain method"
    )
    speed = commands.add_parser("speed", help="an index run, against the machine's limit")
    scale = commands.add_parser("scale", help="a library of 100,000 photos")
    first = commands.add_parser("first", help="how soon a new library is of use")
    memory = commands.add_parser("memory", help="what an index run takes at most")
    duplicates = commands.add_parser("duplicates", help="edited copies found, and others mistaken")
    albums = commands.add_parser("albums", help="themes, names, and 100,000 photos of them")
    albums.add_argument("--count", type=int, default=100_000, help="photos")
    search = commands.add_parser("search", help="what the search promises, part by part")
    for command in (quality, search, speed, first, memory, duplicates, albums):
        command.add_argument("--data", type=Path, required=True, help="folder of the named sets")
    quality.add_argument("--encoder", default="starter", help='"starter" or a model folder')
    speed.add_argument("--count", type=int, default=200, help="12-megapixel photos")
    first.add_argument("--count", type=int, default=9_000, help="phone photos")
    scale.add_argument("--count", type=int, default=100_000, help="photos")
    search.add_argument(
        "--count", type=int, default=1_000_000, help="vectors of the largest library"
    )
    search.add_argument(
        "--part", action="append", default=[], help="only this one; may be repeated"
    )
    albums.add_argument(
        "--part", action="append", default=[], help="mixtures, names or scale; may be repeated"
    )
    for command in (search, speed, first, memory, scale, albums):
        command.add_argument("--work", type=Path, default=cache, help="folder of generated files")
    for command in (quality, search, speed, first, memory, scale, duplicates, albums):
        command.add_argument("--save-baseline", action="store_true")
    arguments = parser.parse_args()
    # Each brings heavy imports that the others do not need.
    if arguments.command == "search":
        from benchmarks.search.run import PARTS
        from benchmarks.search.run import run as run_search

        return run_search(
            arguments.data,
            work=arguments.work,
            count=arguments.count,
            parts=arguments.part or PARTS,
            save_baseline=arguments.save_baseline,
        )
    if arguments.command == "quality":
        from benchmarks.quality import run as run_quality

        return run_quality(
            arguments.data,
            encoder_name=arguments.encoder,
            save_baseline=arguments.save_baseline,
        )
    if arguments.command == "albums":
        from benchmarks.albums import PARTS as ALBUM_PARTS
        from benchmarks.albums import run as run_albums

        return run_albums(
            arguments.data,
            work=arguments.work,
            count=arguments.count,
            parts=arguments.part or ALBUM_PARTS,
            save_baseline=arguments.save_baseline,
        )
    if arguments.command == "speed":
        from benchmarks.speed import run as run_speed

        return run_speed(
            arguments.data,
            work=arguments.work,
            count=arguments.count,
            save_baseline=arguments.save_baseline,
        )
    if arguments.command == "first":
        from benchmarks.first import run as run_first

        return run_first(
            arguments.data,
            work=arguments.work,
            count=arguments.count,
            save_baseline=arguments.save_baseline,
        )
    if arguments.command == "memory":
        from benchmarks.memory import run as run_memory

        return run_memory(
            arguments.data, work=arguments.work, save_baseline=arguments.save_baseline
        )
    if arguments.command == "duplicates":
        from benchmarks.duplicates import run as run_duplicates

        return run_duplicates(arguments.data, save_baseline=arguments.save_baseline)
    from benchmarks.scale import run as run_scale

    return run_scale(
        work=arguments.work, count=arguments.count, save_baseline=arguments.save_baseline
    )


if __name__ == "__main__":
    sys.exit(main())
