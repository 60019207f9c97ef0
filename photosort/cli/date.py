"""`photosort date`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.domain.dates import precision_of
from photosort.errors import InputProblem
from photosort.media.dates import Moment
from photosort.sentences import Sentence
from photosort.usecases.details import details_of
from photosort.usecases.photos import date_changes
from photosort.usecases.photos.place_changes import Place, name_of


def run(context: Context) -> int:
    """Corrects dates, or says what they would be."""
    options, session = context.options, context.session
    photo_ids = context.photos(options.paths)
    if options.move_along and options.set is None:
        raise InputProblem(Sentence("Say with --set when the first photo was taken."))
    if options.set is not None:
        date = date_changes.parse_date(options.set)
        dates = (
            date_changes.moved_along(session, photo_ids, date)
            if options.move_along
            else date_changes.set_to(photo_ids, date)
        )
    elif options.shift is not None:
        by = date_changes.parse_shift(options.shift)
        dates = date_changes.shifted(session, photo_ids, by)
    else:
        dates = date_changes.in_zone(session, photo_ids, options.zone)
    if not options.dry_run:
        change = date_changes.change_dates(session, dates)
        context.follow(change, asked=photo_ids if options.write_sidecars else ())
    for photo_id in photo_ids:
        row(context, photo_id, dates[photo_id], held(context, photo_id)[1])
    return DONE


def row(context: Context, photo_id: int, date: Moment | None, where: Place | None) -> None:
    """One photo with its date and place, every key present."""
    place = None if where is None else str(name_of(where)) or None
    taken_at = date.taken_at if date else None
    fields = {
        "taken_at": taken_at,
        "precision": precision_of(taken_at).value if taken_at else None,
        "offset_min": date.offset_min if date else None,
        "latitude": where[0] if where else None,
        "longitude": where[1] if where else None,
        "place": place,
    }
    path = details_of(context.session, photo_id).path
    context.printer.row({**path_fields(path), **fields})
    context.printer.table(("date", "place", "photo"), [(taken_at or "", place or "", shown(path))])


def held(context: Context, photo_id: int) -> tuple[Moment | None, Place | None]:
    """The date and the place that a photo shows."""
    said = details_of(context.session, photo_id).photo.effective
    date = Moment(said.taken_at, said.offset_min) if said.taken_at else None
    if said.latitude is None or said.longitude is None:
        return date, None
    return date, (said.latitude, said.longitude)
