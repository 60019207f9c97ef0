"""`photosort search`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.search.cutoff import Verdict
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
    """
    options, printer = context.options, context.printer
    query = " ".join(options.query)
    result = search(
        context.session,
        query,
        limit=options.limit,
        folder=options.folder,
        include_weak=options.all,
        closest=_CLOSEST,
    )
    recent_searches.remember(context.session, query)
    if options.save is not None:
        save(context.session, options.save, query)
    why = explained(context.session, result.asked, [hit.photo_id for hit in result.hits])
    for hit, reasons in zip(result.hits, why, strict=True):
        printer.row(
            {
                **path_fields(hit.path),
                "score": hit.score if hit.score is None else round(hit.score, 4),
                "match": hit.match,
                "verdict": str(result.verdict),
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
        ("match", "score", "photo"),
        [
            (h.match, "" if h.score is None else f"{h.score:.2f}", shown(h.path))
            for h in result.hits
        ],
    )
    _remark(printer, result, include_weak=options.all)
    return DONE


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
        return f'There is no {note.unknown} "{note.said}".'
    if note.meant:
        return f'"{note.said}" was read as "{note.meant}".'
    return (
        f'The picture model does not read the language of "{note.said}" ({note.language}); names, tags and'
        " captions were searched too."
    )
