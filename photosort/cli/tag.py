"""`photosort tag`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from photosort.cli.context import Context
from photosort.cli.exits import CANCELLED, DONE, SOME_FILES_FAILED
from photosort.cli.output import path_fields, report_sidecars, shown
from photosort.domain.tags import TagOnPhoto, TagState
from photosort.domain.texts import folded
from photosort.errors import InputProblem
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.sidecars.sidecar_sync import SidecarRun
from photosort.usecases.tags.tagging import SidecarWish, TaggedFile, decide, tag_photos

_SAMPLES = 3


def run(context: Context) -> int:
    """Suggests tags, or takes a correction."""
    options = context.options
    session, corrects = context.session, options.confirm or options.reject

    def check(path: str) -> None:
        if corrects or not Path(path).is_dir():
            photo_at(session, path)

    given = context.given(options.paths, check)
    wish = SidecarWish(options.with_suggestions, options.settle) if options.write_sidecars else None
    if wish is None and (options.with_suggestions or options.settle):
        raise InputProblem("--with-suggestions and --settle belong to --write-sidecars.")
    if options.confirm:
        return _correct(context, options.confirm, given, TagState.CONFIRMED, wish)
    if options.reject:
        return _correct(context, options.reject, given, TagState.REJECTED, wish)
    return _suggest(context, given, wish)


def _correct(
    context: Context, name: str, given: list[str], state: TagState, wish: SidecarWish | None
) -> int:
    if not given:
        raise InputProblem("Name the photos that the correction is about.")
    if wish is not None and wish.with_suggestions:
        raise InputProblem("A correction suggests nothing; leave --with-suggestions out.")
    decided = decide(context.session, name, given, state, job=context.job, sidecars=wish)
    rows = decided.paths
    if folded(decided.name) != folded(name):
        context.printer.remark(f"'{name}' is another word for '{decided.name}'.")
    name = decided.name
    for path in rows:
        context.printer.row({**path_fields(path), "tag": name, "state": state.value})
    context.printer.table(("photo", "tag", "state"), [(shown(p), name, state.value) for p in rows])
    report_sidecars(context.printer, decided.sidecars)
    if wish is not None:
        context.printer.remark(_about_sidecars(decided.sidecars))
    return SOME_FILES_FAILED if decided.sidecars.problems else DONE


def _suggest(context: Context, given: list[str], wish: SidecarWish | None) -> int:
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
            sidecars=wish,
        )
    )
    for file in run.files:
        printer.row({**path_fields(file.path), "tags": [_as_json(tag) for tag in file.tags]})
    if options.dry_run:
        printer.table(("tag", "photos", "for example"), _by_tag(run.files))
        printer.say("Nothing was changed. Confirm what is sure enough with: --accept 0.9")
    else:
        printer.table(("photo", "tags"), [_as_line(file) for file in run.files])
    if not (run.is_measured or run.cancelled or options.vocabulary or options.min_confidence == 0):
        printer.remark(
            "This picture model was never measured, so it suggests a tag only once your answers show that it is "
            "right: photosort tag --confirm TAG PHOTO ... Guesses at all tags: --min-confidence 0"
        )
    if run.confirmed:
        printer.say(f"{run.confirmed:,} suggestions confirmed. Take it back with: photosort undo")
    report_sidecars(printer, run.sidecars)
    if wish is not None and not options.dry_run:
        add = "" if run.sidecars.with_words or run.sidecars.written else "; add --accept 0.9"
        printer.remark(f"{_about_sidecars(run.sidecars)}{add}")
    if run.cancelled:
        return CANCELLED
    return SOME_FILES_FAILED if run.new_problems or run.sidecars.problems else DONE


def _by_tag(files: Sequence[TaggedFile]) -> list[tuple[str, str, str]]:
    """Each suggested tag with the number of its photos and the surest of them."""
    found: dict[str, list[tuple[float, str]]] = {}
    for file in files:
        for tag in file.tags:
            if tag.state is TagState.SUGGESTED and tag.confidence is not None:
                found.setdefault(tag.name, []).append((tag.confidence, file.path))
    rows = []
    for name, photos in sorted(found.items(), key=lambda one: (-len(one[1]), one[0])):
        best = sorted(photos, key=lambda one: -one[0])[:_SAMPLES]
        named = ", ".join(f"{shown(Path(path).name)} {sure:.0%}" for sure, path in best)
        rows.append((name, f"{len(photos):,}", named))
    return rows


def _about_sidecars(run: SidecarRun) -> str:
    said = f"{run.written:,} of {run.photos:,} sidecars written"
    if run.written or not run.with_words:
        return said
    return f"{said}; what there is to say stands there already"


def _as_json(tag: TagOnPhoto) -> dict[str, object]:
    return {
        "name": tag.name,
        "confidence": None if tag.confidence is None else round(tag.confidence, 4),
        "state": tag.state.value,
        "why": [{"text": reason.text, "weight": round(reason.weight, 4)} for reason in tag.why],
        "like": list(tag.like),
        "estimated": tag.estimated,
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
