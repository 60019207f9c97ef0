"""`photosort search`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from photosort.cli.context import Context, read_list
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.errors import InputProblem
from photosort.search.cutoff import Verdict
from photosort.search.query_language import parse
from photosort.usecases.search import recent_searches
from photosort.usecases.search.explanations import explained
from photosort.usecases.search.query_results import search
from photosort.usecases.search.saved_searches import save

if TYPE_CHECKING:
    from photosort.cli.output import Printer
    from photosort.usecases.search.query_translation import Note
    from photosort.usecases.search.similarity import SearchResult

# Photos to list where no match is good.
_CLOSEST = 10


def run(context: Context) -> int:
    """Searches with the query language; without `--all` stops where good matches end.

    Where no match is good, the closest photos are listed as weak matches, and a remark says how sure that is.

    Raises:
        InputProblem: there is a query and a file of queries, or neither; a line of the file is not well formed.
    """
    options = context.options
    query = " ".join(options.query)
    if options.queries_from is None:
        _answer(context, query, {})
        recent_searches.remember(context.session, query)
        if options.save is not None:
            save(context.session, options.save, query)
        return DONE
    if query or options.save is not None:
        raise InputProblem("Use --queries-from without a query and without --save.")
    for query in _queries(options.queries_from):
        context.printer.say(query)
        _answer(context, query, {"query": query})
    return DONE


def _queries(name: str) -> list[str]:
    """The lines of a file that are not empty, all of them checked before the first is answered.

    Raises:
        InputProblem: a line is not well formed, or the file is not text.
    """
    try:
        lines = read_list(name).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputProblem(f"The list {name} is not UTF-8 text.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            parse(line)
        except InputProblem as problem:
            reason = f"Line {number} of {name}: {problem.user_message}"
            raise InputProblem(reason, position=problem.position) from problem
    return [line.strip() for line in lines if line.strip()]


def _answer(context: Context, query: str, first: dict[str, str]) -> None:
    """Prints what answers a query, with `first` at the beginning of each row."""
    options, printer = context.options, context.printer
    result = search(
        context.session,
        query,
        # One more tells whether the limit cut something.
        limit=options.limit + 1,
        folder=options.folder,
        include_weak=options.all,
        closest=_CLOSEST,
    )
    is_cut = len(result.hits) > options.limit
    result = replace(result, hits=result.hits[: options.limit])
    why = explained(context.session, result.asked, [hit.photo_id for hit in result.hits])
    for hit, reasons in zip(result.hits, why, strict=True):
        printer.row(
            {
                **first,
                **path_fields(hit.path),
                "score": hit.score if hit.score is None else round(hit.score, 4),
                "match": hit.match,
                "verdict": str(result.verdict),
                "found_by": None if hit.found_by is None else str(hit.found_by),
                "photo_id": hit.photo_id,
                "why": [
                    {
                        "text": f"-{one.text}" if one.unwanted else one.text,
                        "weight": round(one.weight, 4),
                    }
                    for one in reasons
                ],
            }
        )
    printer.table(
        ("match", "score", "found by", "photo"),
        [
            (h.match, "" if h.score is None else f"{h.score:.2f}", h.found_by or "", shown(h.path))
            for h in result.hits
        ],
    )
    _remark(printer, result, include_weak=options.all)
    if is_cut:
        printer.remark(f"Only the first {options.limit:,} are listed; --limit N says how many.")


def _remark(printer: Printer, result: SearchResult, *, include_weak: bool) -> None:
    for note in result.notes:
        printer.remark(_said(note))
    if result.searchable < result.total:
        printer.remark(f"{result.searchable:,} of {result.total:,} photos are searchable so far.")
    if not result.hits and not result.total:
        printer.remark("The library is empty. Add photos with: photosort index FOLDER")
    elif not result.hits and not any(note.unknown for note in result.notes):
        # Descriptions alone always have a closest photo, so filters left none.
        printer.remark("No photo answers this query.")
    elif result.hits and result.verdict is Verdict.ABSENT:
        printer.remark("Nothing in the library looks like this. These are the closest.")
    elif result.hits and result.verdict is Verdict.UNSURE:
        printer.remark("No sure match. These are the closest.")
    elif result.possible and not include_weak:
        printer.remark(f"{result.possible:,} possible matches; add --all to see them and the rest.")


def _said(note: Note) -> str:
    if note.unknown:
        near = " or ".join(f'"{name}"' for name in note.near)
        return (
            f'There is no {note.unknown} "{note.said}".{f" Did you mean {near}?" if near else ""}'
        )
    if note.says_nothing:
        return f'"{note.said}" says nothing about a photo; add a word for what it shows.'
    if note.meant:
        return f'"{note.said}" was read as "{note.meant}".'
    return (
        f'The picture model does not read the language of "{note.said}" ({note.language}); names, tags and'
        " captions were searched too."
    )
