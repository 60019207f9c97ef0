"""`photosort tag`."""

from __future__ import annotations

from photosort.cli.context import Context, gather_paths
from photosort.cli.exits import CANCELLED, DONE, SOME_FILES_FAILED
from photosort.cli.output import path_fields, shown
from photosort.domain.tags import TagOnPhoto, TagState
from photosort.errors import InputProblem
from photosort.library.tagging import TaggedFile, decide, tag_photos


def run(context: Context) -> int:
    """Suggests tags, or takes a correction."""
    options = context.options
    given = gather_paths(options.paths, options.files_from)
    if options.confirm:
        return _correct(context, options.confirm, given, TagState.CONFIRMED)
    if options.reject:
        return _correct(context, options.reject, given, TagState.REJECTED)
    return _suggest(context, given)


def _correct(context: Context, name: str, given: list[str], state: TagState) -> int:
    if not given:
        raise InputProblem("Name the photos that the correction is about.")
    rows = decide(context.session, name, given, state)
    for path in rows:
        context.printer.row({**path_fields(path), "tag": name, "state": state.value})
    context.printer.table(("photo", "tag", "state"), [(shown(p), name, state.value) for p in rows])
    return DONE


def _suggest(context: Context, given: list[str]) -> int:
    options, printer = context.options, context.printer
    run = context.run_long(
        lambda: tag_photos(
            context.session,
            given,
            job=context.job,
            vocabulary=options.vocabulary,
            min_confidence=options.min_confidence,
            limit=options.limit,
            accept=options.accept,
            dry_run=options.dry_run,
        )
    )
    for file in run.files:
        printer.row({**path_fields(file.path), "tags": [_as_json(tag) for tag in file.tags]})
    printer.table(("photo", "tags"), [_as_line(file) for file in run.files])
    if run.confirmed:
        printer.say(f"{run.confirmed:,} suggestions confirmed. Take it back with: photosort undo")
    if run.cancelled:
        return CANCELLED
    return SOME_FILES_FAILED if run.unreadable else DONE


def _as_json(tag: TagOnPhoto) -> dict[str, object]:
    return {
        "name": tag.name,
        "confidence": None if tag.confidence is None else round(tag.confidence, 4),
        "state": tag.state.value,
        "why": [{"text": reason.text, "weight": round(reason.weight, 4)} for reason in tag.why],
    }


def _as_line(file: TaggedFile) -> tuple[str, str]:
    words = [
        tag.name
        if tag.state in {TagState.CONFIRMED, TagState.IMPORTED} or tag.confidence is None
        else f"{tag.name} {tag.confidence:.0%}"
        for tag in file.tags
        if tag.state is not TagState.REJECTED
    ]
    return shown(file.path), ", ".join(words)
