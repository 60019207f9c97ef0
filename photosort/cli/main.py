"""The `photosort` command: parses, calls the use cases, prints. Heavy imports wait until a command is known."""

from __future__ import annotations

import argparse
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import photosort
from photosort import log
from photosort.cli.exits import CANCELLED, DONE, ENVIRONMENT, USAGE
from photosort.errors import InputProblem, JobCancelled, LibraryDamaged, PhotosortError
from photosort.progress import Job

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    from photosort.cli.output import Printer

DESCRIPTION = """Organises your photos on your own machine: nothing leaves it, originals are never changed.
Without a command it opens the window."""

# Commands that take a query, which may begin with a minus, and those whose long work answers a cancel.
_WITH_QUERY = frozenset({"search", "export"})
_ANSWERING = frozenset({"index", "tag", "trash", "import"})
# Commands whose name is no name for a module.
_MODULES = {"import": "import_photos"}

Configure = Callable[[argparse.ArgumentParser], None]


class _Parser(argparse.ArgumentParser):
    """Reports a wrong call as an `InputProblem`, so that `--json` callers get JSON."""

    def error(self, message: str) -> NoReturn:
        """Raises instead of printing usage and leaving."""
        said = f"{message[:1].upper()}{message[1:]}".rstrip(".")
        raise InputProblem(f"{said}. See: {self.prog} --help")

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Prints help; argparse's own would not tell of a disk that is full."""
        (file or sys.stderr).write(message)
        sys.stdout.flush()


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; each command lives in the module of its name."""
    parser = _Parser(
        prog="photosort", description=DESCRIPTION, formatter_class=argparse.RawTextHelpFormatter
    )
    version = f"photosort {photosort.__version__}"
    parser.add_argument("--version", action="version", version=version, help="say the version")
    _add_globals(parser, suppress=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, summary: str, configure: Configure) -> None:
        sub = commands.add_parser(name, help=summary, description=summary)
        _add_globals(sub, suppress=True)
        configure(sub)

    command("app", "Open the window, adding the folders.", _app)
    command("index", "Add folders and bring the library up to date.", _index)
    command("import", "Copy photos from a camera card, a phone or a folder, verified.", _import)
    command("search", "Find photos by describing them.", _search)
    command("similar", "Find photos like this one.", _similar)
    command("duplicates", "Find copies, the same picture twice, and bursts.", _duplicates)
    command("tag", "Suggest tags for a folder, or confirm and reject one.", _tag)
    command("tags", "Show the vocabulary in use, with counts, or change it.", _tags)
    command("albums", "Group the photos into events and themes, and show all albums.", _albums)
    command("date", "Correct the dates of photos: set, move, or change the time zone.", _date)
    command("place", "Set or remove the place of photos.", _place)
    command("copy-metadata", "Give photos the metadata of another one.", _copy_metadata)
    command("rotate", "Rotate photos; the files stay as they are.", _rotate)
    command("rate", "Give photos stars.", _rate)
    command("flag", "Mark photos as pick or discard.", _flag)
    command("describe", "Set the title or the caption of photos.", _describe)
    command("kind", "Correct what kind of picture photos are.", _kind)
    command("stack", "Stack photos, or put one on top of its stack.", _stack)
    command("unstack", "Take photos out of their stacks.", _photos)
    command(
        "trash", "Move photos to the system's wastebasket, after saying what goes along.", _trash
    )
    command("info", "Show all that is known of a photo.", _photos)
    command("problems", "List the files that could not be used, and why.", _plain)
    command("export", "Copy photos to a folder; originals stay as they are.", _export)
    command("models", "Show, download, import, change or remove encoders.", _models)
    command("undo", "Take back the latest change, or that one.", _undo)
    command("backup", "Copy the library now, or list its copies.", _backup)
    command("restore", "Put a copy of the library back; what is there now is kept aside.", _restore)
    command("roots", "Show the folders of the library, or remove one from it.", _roots)
    command("forget", "Forget photos for good; their files stay where they are.", _forget)
    command("check", "Verify the library, its derived files, keyword files and originals.", _check)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Returns:
        The exit status: 0 done, 1 some files could not be used, 2 usage, 3 the surroundings failed,
        130 cancelled.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    from photosort.cli.output import Printer, discard_output, writing

    printer = Printer(as_json="--json" in given, quiet="--quiet" in given)
    try:
        with writing():
            options = _parsed(given)
        status = _carry_out(options, printer)
    except (JobCancelled, KeyboardInterrupt):
        status = CANCELLED
    except InputProblem as error:
        printer.error(error)
        return USAGE
    except PhotosortError as error:
        printer.error(error)
        discard_output()
        return ENVIRONMENT
    except BrokenPipeError:
        # The reader of our output left (`| head`); nothing is wrong, and nobody can be told.
        discard_output()
        return DONE
    if status == CANCELLED:
        printer.cancelled()
    return status


def _parsed(given: Sequence[str]) -> argparse.Namespace:
    try:
        return build_parser().parse_args(given)
    except InputProblem as problem:
        raise _about_minus(given, problem) from problem


def _carry_out(options: argparse.Namespace, printer: Printer) -> int:
    log.set_up(verbose=options.verbose, quiet=options.quiet)
    try:
        return _run(options, printer)
    except (PhotosortError, JobCancelled, OSError):
        raise
    except Exception:
        _explain(options)
        raise


def _about_minus(given: Sequence[str], problem: InputProblem) -> InputProblem:
    """What is wrong with a call, and how a query begins with a minus where that may have been meant."""
    command = next((word for word in given if word in _WITH_QUERY), None)
    unwanted = next((word for word in given if re.match(r"-[^\W\d]{2,}", word)), None)
    if command is None or unwanted is None:
        return problem
    example = f"photosort {command} -- {unwanted}"
    said = f"A query that begins with a minus stands after two of them: {example}"
    return InputProblem(f"{problem.user_message}. {said}", problem.detail)


def _run(options: argparse.Namespace, printer: Printer) -> int:
    name = options.command or "app"
    if options.command is None:
        options.folders = []
    if name in {"app", "restore"}:  # they open no library, or none yet
        status: int = import_module(f"photosort.cli.{name}").run(options, printer)
        return status
    job = Job()
    # Before the slow imports: a run that is stopped early says, too, what it did.
    with _stoppable(job, answers=name in _ANSWERING):
        module = import_module(f"photosort.cli.{_MODULES.get(name, name.replace('-', '_'))}")
        from photosort.cli.context import Context

        try:
            if name == "check" and options.repair:
                _explain(options)
            with Context(options, printer, job) as context:
                return context.carry_out(module.run)
        except LibraryDamaged:
            if name != "check" or not options.repair:
                raise
        import_module("photosort.cli.restore").recover(options, printer)
        with Context(options, printer, job) as context:
            return context.carry_out(module.run)


@contextmanager
def _stoppable(job: Job, *, answers: bool) -> Iterator[None]:
    """Lets signals cancel a job while the block runs.

    Args:
        job: what is cancelled.
        answers: the command answers a cancel with what it did; others are interrupted where they are.
    """

    def interrupted(_number: int, _frame: object) -> None:
        if not answers or job.is_cancelled:
            raise KeyboardInterrupt
        job.cancel()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, interrupted)
    ended = signal.signal(signal.SIGTERM, lambda *_: job.cancel())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, ended)


def _explain(options: argparse.Namespace) -> None:
    """Looks whether a surprise comes from a damaged library, before it is called a mistake of the program.

    Raises:
        LibraryDamaged: it does.
    """
    from photosort import paths
    from photosort.usecases.session.recovery import raise_if_damaged

    raise_if_damaged(paths.locate(options.library, options.home).library)


def _add_globals(parser: argparse.ArgumentParser, *, suppress: bool) -> None:
    """The options that stand before or after the command alike."""
    unset: object = argparse.SUPPRESS if suppress else None
    off: object = argparse.SUPPRESS if suppress else False
    group = parser.add_argument_group("everywhere")
    group.add_argument(
        "--library", type=Path, metavar="FILE", default=unset, help="the library file"
    )
    group.add_argument(
        "--home", type=Path, metavar="DIR", default=unset, help="models, thumbnails, settings"
    )
    group.add_argument("--quiet", action="store_true", default=off, help="no progress, no remarks")
    group.add_argument("--verbose", action="store_true", default=off, help="say what is done")
    group.add_argument(
        "--json", action="store_true", default=off, help="JSON Lines on standard output"
    )


def _files_from(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--files-from",
        metavar="FILE",
        help="read further paths from FILE (- = standard input), a line each or NUL-separated",
    )


def _limit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--limit", type=_positive, default=50, metavar="N", help="photos at most (default 50)"
    )


def _plain(parser: argparse.ArgumentParser) -> None:
    del parser


def _duplicates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--apart",
        nargs="+",
        metavar="PHOTO",
        help="remember that these are no duplicates of each other",
    )
    parser.add_argument("--keep", choices=("best",), help="act on the groups: what stays as it is")
    parser.add_argument("--flag", choices=("discard",), help="what the others are marked as")
    parser.add_argument(
        "--all", action="store_true", help="act on groups that are not sure too, and on bursts"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be, change nothing")


def _app(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="folders to add")


def _index(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folders", nargs="*", metavar="FOLDER", help="folders to add; none: all known"
    )
    parser.add_argument("--model", metavar="NAME", help="the encoder to use from now on")
    parser.add_argument(
        "--reread",
        action="store_true",
        help="read every file again, also those that look as they were",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="status 1 also for files that could not be used before and did not change since",
    )
    _files_from(parser)


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="FROM", help="the card, the phone's folder, or any folder; only read"
    )
    parser.add_argument(
        "--to", required=True, metavar="DIR", help="the folder for the photos; it is made"
    )
    parser.add_argument(
        "--template",
        default="{year}/{month}",
        metavar="T",
        help="folders below DIR, with {year}, {month}, {day}, {time}, {camera}, {folder}, and {name} at the end"
        " (default {year}/{month})",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be, change nothing")


def _search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help="what the photos show")
    parser.add_argument(
        "--queries-from",
        metavar="FILE",
        help='answer every line of a file ("-" is standard input) with the models loaded once',
    )
    _limit(parser)
    parser.add_argument("--folder", metavar="F", help="only photos below this folder")
    parser.add_argument("--all", action="store_true", help="also matches that are not good")
    parser.add_argument(
        "--save", metavar="NAME", help="keep the search as a smart album that fills by itself"
    )


def _similar(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("photo", metavar="PHOTO", help="a photo in or outside the library")
    _limit(parser)


def _tag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="FOLDER|PHOTO", help="folders, or photos; none: every photo"
    )
    parser.add_argument("--vocabulary", type=Path, metavar="FILE", help="one tag a line, or YAML")
    parser.add_argument(
        "--min-confidence",
        type=_probability,
        metavar="P",
        help="suggest from this confidence on; 0 answers for every tag",
    )
    parser.add_argument("--limit", type=_positive, metavar="N", help="tags a photo (default 5)")
    parser.add_argument(
        "--accept", type=_probability, metavar="P", help="confirm suggestions of confidence >= P"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="encode what is new, change nothing else"
    )
    parser.add_argument(
        "--write-sidecars",
        action="store_true",
        help="write confirmed tags and stars into keyword files (.xmp) beside the photos",
    )
    parser.add_argument(
        "--with-suggestions", action="store_true", help="write suggested tags into them too"
    )
    parser.add_argument(
        "--settle",
        choices=("library", "file"),
        help="who is right where library and keyword file were both changed",
    )
    verdict = parser.add_mutually_exclusive_group()
    verdict.add_argument("--confirm", metavar="NAME", help="this tag is right for these photos")
    verdict.add_argument("--reject", metavar="NAME", help="this tag is wrong for these photos")
    _files_from(parser)


def _tags(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", parser_class=_Parser)

    def action(name: str, summary: str) -> argparse.ArgumentParser:
        sub = actions.add_parser(name, help=summary, description=summary)
        _add_globals(sub, suppress=True)
        return sub

    packs = action("packs", "Show the packs of tags, or switch some on or off.")
    packs.add_argument("--on", action="append", metavar="PACK", help="use the tags of this pack")
    packs.add_argument("--off", action="append", metavar="PACK", help="leave this pack's tags out")
    keywords = action("keywords", "Show the keywords that your files brought, or suggest them.")
    keywords.add_argument(
        "--suggest", action="store_true", help="try each on your photos; suggest those that pass"
    )
    taken = action("import", "Take in a list of tags: one a line, or YAML.")
    taken.add_argument("file", type=Path, metavar="FILE", help="the list")
    given = action("export", "Write the tags in use into a file: .txt or .yaml.")
    given.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    for name, summary in (("add", "Add a tag of your own."), ("edit", "Change a tag.")):
        sub = action(name, summary)
        sub.add_argument("name", metavar="NAME", help="the tag")
        sub.add_argument("--parent", metavar="NAME", help='the tag above it ("" = none)')
        sub.add_argument("--prompt", metavar="TEXT", help="the word that describes it best")
        sub.add_argument("--alias", action="append", metavar="WORD", help="another word for it")
        sub.add_argument("--descriptor", action="append", metavar="TEXT", help="what one sees")
        sub.add_argument("--sentence", action="append", metavar="TEXT", help="what photos show")
        sub.add_argument("--often", type=_whole, choices=range(4), help="how often photos show it")
        sub.add_argument("--hand-only", action="store_true", help="a person: never suggested")
        if name == "edit":
            sub.add_argument("--rename", metavar="NAME", help="call it this from now on")
    for name, summary in (
        ("enable", "Use tags again."),
        ("disable", "Suggest tags no more; what you said of them stays."),
    ):
        action(name, summary).add_argument("names", nargs="+", metavar="NAME", help="the tags")
    removed = action("remove", "Remove a tag of your own with all that was said of it.")
    removed.add_argument("name", metavar="NAME", help="the tag")


def _albums(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rebuild", action="store_true", help="group again, around everything you decided"
    )
    parser.add_argument(
        "--apart",
        nargs="+",
        metavar="NAME_OR_QUERY",
        help="say what sets an album, or the photos of a search, apart from the rest, or from a second one",
    )
    parser.add_argument(
        "--kind", choices=("event", "theme", "manual", "smart"), help="only albums of this kind"
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", parser_class=_Parser)

    def action(name: str, summary: str, *names: str, photos: bool = False) -> None:
        sub = actions.add_parser(name, help=summary, description=summary)
        _add_globals(sub, suppress=True)
        for place, shown in enumerate(names):
            said = "the other album, or the new name" if place else "the album"
            sub.add_argument("into" if place else "name", metavar=shown, help=said)
        if photos:
            _photos(sub)

    action("make", "Make an album of your own.", "NAME", photos=True)
    action("add", "Put photos into an album for good.", "NAME", photos=True)
    action("take-out", "Take photos out of an album for good.", "NAME", photos=True)
    action("split", "Move photos of an album into a new one.", "NAME", "NEW", photos=True)
    action("merge", "Put all photos of an album into another.", "NAME", "INTO")
    action("rename", "Give an album a name for good.", "NAME", "NEW")
    action("keep", "Turn an automatic album into one of your own.", "NAME")
    action("remove", "Remove an album; its photos stay.", "NAME")
    action("suggestions", "Show what photos that arrived would change.")
    for name, summary in (
        ("apply", "Carry out suggestions."),
        ("dismiss", "Say no to suggestions; they are not made again."),
    ):
        sub = actions.add_parser(name, help=summary, description=summary)
        _add_globals(sub, suppress=True)
        sub.add_argument(
            "ids", nargs="+", type=_whole, metavar="ID", help="as `albums suggestions` numbers them"
        )


def _photos(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PHOTO", help="photos of the library")
    _files_from(parser)


def _date(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--set", metavar="DATE", help="1985, 1985-07, 1985-07-04 or with a time")
    how.add_argument("--shift", metavar="TIME", help="how far the clock was wrong: +1h30m, -2d")
    how.add_argument("--zone", metavar="ZONE", help="the same moment there: +02:00, Europe/Rome")
    how.add_argument("--from-gps", action="store_true", help="the time zone of each photo's place")
    parser.add_argument(
        "--move-along",
        action="store_true",
        help="with --set: the first photo gets the date, the others keep their distance to it",
    )
    _write_sidecars(parser)


def _place(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--at", metavar="LAT,LON", help="coordinates: 48.2082,16.3738")
    how.add_argument("--town", metavar="NAME", help='a town: Lisbon, "Springfield, Illinois"')
    how.add_argument("--like", metavar="PHOTO", help="where this photo was taken")
    how.add_argument("--remove", action="store_true", help="no place, whatever the files say")
    _write_sidecars(parser)


def _write_sidecars(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would be, change nothing")
    _write_xmp(parser)


def _write_xmp(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--write-sidecars",
        action="store_true",
        help="write it into keyword files (.xmp) beside the photos, too",
    )


def _copy_metadata(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="FROM", help="the photo whose metadata is copied")
    _photos(parser)
    parser.add_argument(
        "--only",
        action="append",
        choices=("tags", "albums", "rating", "title", "caption", "date", "place"),
        help="only this; may be given several times",
    )
    _write_sidecars(parser)


def _rotate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "way", choices=("left", "right", "none"), help="a quarter turn; none: as the files say"
    )
    _photos(parser)
    _write_xmp(parser)


def _rate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "stars",
        choices=(*map(str, range(6)), "none"),
        help="0 to 5; none: what the files say",
    )
    _photos(parser)
    _write_xmp(parser)


def _flag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "flag", choices=("pick", "discard", "none"), help="the flag; none takes it away"
    )
    _photos(parser)
    _write_xmp(parser)


def _describe(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    parser.add_argument("--title", metavar="TEXT", help='the title; "" for none')
    parser.add_argument("--caption", metavar="TEXT", help='the caption; "" for none')
    _write_xmp(parser)


def _kind(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "kind",
        choices=("photo", "video", "screenshot", "received", "document", "none"),
        help="the kind; none: what Photosort takes them for",
    )
    _photos(parser)
    _write_xmp(parser)


def _stack(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    parser.add_argument(
        "--top", action="store_true", help="put each of these on top of the stack that it is in"
    )


def _trash(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    parser.add_argument("--discarded", action="store_true", help="all photos marked as discarded")
    parser.add_argument(
        "--yes",
        action="store_true",
        help="move them; without it the command only says what would go",
    )


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help="which photos, as in search")
    parser.add_argument("--to", required=True, metavar="DIR", help="the folder for the copies")
    parser.add_argument("--by", choices=("album", "tag", "date"), help="folders inside it")
    parser.add_argument("--link", action="store_true", help="symbolic links instead of copies")
    parser.add_argument(
        "--size", type=_positive, metavar="PX", help="longest edge; the copies are JPEGs"
    )
    parser.add_argument("--jpeg", action="store_true", help="what is no JPEG becomes one")
    location = parser.add_mutually_exclusive_group()
    location.add_argument(
        "--no-location", action="store_true", help="remove it (done anyway with --size)"
    )
    location.add_argument("--keep-location", action="store_true", help="keep it with --size too")
    parser.add_argument(
        "--embed-metadata",
        action="store_true",
        help="write tags, stars and caption into the copies",
    )
    parser.add_argument(
        "--yes", action="store_true", help="also into a folder of the library, which indexes them"
    )
    _files_from(parser)


def _models(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--bench", action="store_true", help="measure the installed encoders on this machine"
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", parser_class=_Parser)
    for action, summary in (
        ("download", "fetch an encoder of the catalogue; the only command that opens a connection"),
        ("use", "use this encoder from now on; the next index run upgrades the photos"),
        ("remove", "delete an encoder, and its vectors once no photo needs them"),
    ):
        one = actions.add_parser(action, help=summary, description=summary)
        _add_globals(one, suppress=True)
        one.add_argument("name", metavar="NAME", help="as `photosort models` calls it")
    bring = actions.add_parser("import", help="bring an encoder in from a file or folder")
    _add_globals(bring, suppress=True)
    bring.add_argument("file", metavar="FILE", help=".safetensors, or .pt/.bin with plain tensors")
    bring.add_argument(
        "--as", dest="architecture", metavar="ARCH", help="open_clip's name of the architecture"
    )


def _undo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", type=_whole, metavar="ID", help="an entry of --list")
    parser.add_argument("--redo", action="store_true", help="bring back what was taken back")
    parser.add_argument("--list", action="store_true", dest="listing", help="show the history")


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repair", action="store_true", help="rebuild what can be rebuilt")


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to",
        type=Path,
        metavar="DIR",
        help="keep copies here from now on, at best on another disk",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", parser_class=_Parser)
    summary = "List the copies, the newest first."
    _add_globals(actions.add_parser("list", help=summary, description=summary), suppress=True)


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="as `backup list` calls it, or the file of a copy")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")


def _roots(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", parser_class=_Parser)
    summary = (
        "Remove a folder from the library; its photos and all decisions are kept for its return."
    )
    removed = actions.add_parser("remove", help=summary, description=summary)
    _add_globals(removed, suppress=True)
    removed.add_argument("folder", metavar="FOLDER", help="as `photosort roots` shows it")


def _forget(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    parser.add_argument("--yes", action="store_true", help="do it; it cannot be undone")


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a whole number, not {text}") from None


def _positive(text: str) -> int:
    value = _whole(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"1 or more, not {text}")
    return value


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"0 to 1, not {text}")
    return value


if __name__ == "__main__":
    raise SystemExit(main())
