"""`photosort info`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.domain.dates import precision_of
from photosort.usecases.details import PhotoDetails, details_of


def run(context: Context) -> int:
    """Shows all that is known of each photo."""
    for found in [
        details_of(context.session, photo) for photo in context.photos(context.options.paths)
    ]:
        fields = as_json(found)
        context.printer.row(fields)
        context.printer.table(
            ("", shown(found.path)),
            [(name, _cell(value)) for name, value in fields.items() if name != "path"],
        )
    return DONE


def as_json(found: PhotoDetails) -> dict[str, object]:
    """One photo's row, every key present."""
    shot = found.photo.effective
    camera = " ".join(part for part in (shot.camera_make, shot.camera_model) if part)
    return {
        **path_fields(found.path),
        "photo_id": found.photo.id,
        "taken_at": shot.taken_at,
        "precision": precision_of(shot.taken_at).value if shot.taken_at else None,
        "taken_source": shot.taken_source.value if shot.taken_source else None,
        "offset_min": shot.offset_min,
        "file_date": found.file_date,
        "latitude": shot.latitude,
        "longitude": shot.longitude,
        "place": str(found.place) if found.place else None,
        "camera": camera or None,
        "lens": shot.lens,
        "width": shot.width,
        "height": shot.height,
        "kind": found.photo.kind.value,
        "rating": shot.rating,
        "flag": found.photo.flag.value if found.photo.flag else None,
        "title": shot.title,
        "caption": shot.caption,
        "people": [person.name for person in shot.people],
        "tags": [
            {"name": tag.name, "confidence": tag.confidence, "state": tag.state.value}
            for tag in found.tags
        ],
        "albums": list(found.albums),
        "files": [
            {
                **path_fields(file.path),
                "role": file.role,
                "state": file.state,
                "reason": file.reason,
            }
            for file in found.files
        ],
    }


def _cell(value: object) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        return ", ".join(_cell(item) for item in value)
    if isinstance(value, dict):
        first = value.get("name") or value.get("path")
        rest = [str(v) for k, v in value.items() if k not in {"name", "path", "path_b64"} and v]
        return f"{first} ({', '.join(rest)})" if rest else str(first)
    return str(value)
