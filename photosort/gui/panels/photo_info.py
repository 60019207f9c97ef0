"""Texts of the information panel and of the loupe's overlay."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QLocale

from photosort.domain.dates import Precision, precision_of, wall_clock_ms
from photosort.domain.photos import FileState, Kind, Role
from photosort.domain.tags import TagOnPhoto, TagState
from photosort.gui.base import formatting
from photosort.gui.widgets.information import FoundFile, Information, Line, WhyLine
from photosort.gui.widgets.tag_chip import ShownTag
from photosort.media.countries import in_language
from photosort.search.query_language.writer import quoted_value

if TYPE_CHECKING:
    from photosort.domain.photos import Metadata, Photo
    from photosort.domain.places import PlaceName
    from photosort.usecases.details import FileDetails, PhotoDetails
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.search.explanations import Reason

_ORDER = {
    TagState.CONFIRMED: 0,
    TagState.IMPORTED: 1,
    TagState.SUGGESTED: 2,
    TagState.REJECTED: 3,
}


def of_one(
    details: PhotoDetails, suggested: Sequence[TagOnPhoto], why: Sequence[Reason] = ()
) -> Information:
    """One photo.

    Args:
        details: what the library knows.
        suggested: tags that are suggested for it now.
        why: how it fits what is searched for.
    """
    photo, said = details.photo, details.photo.effective
    lines = [_when(said), _where(details.place), _camera(said)]
    return Information(
        title=Path(details.path).name,
        lines=tuple(line for line in lines if line.text),
        caption="\n".join(filter(None, (said.title, said.caption))),
        rating=max(0, said.rating or 0),
        flag=photo.flag,
        tags=tuple(ShownTag(tag) for tag in _joined(details.tags, suggested)),
        albums=tuple((f"album:{name}", name) for name in details.albums),
        details=tuple(_facts(details)),
        files=tuple(
            FoundFile(file.path, _note(file, photo, place), _folder_of(file.path))
            for place, file in enumerate(details.files)
        ),
        why=tuple(_why(reason) for reason in why),
        place=_place(said),
    )


def of_many(
    photo_ids: Sequence[int],
    said: Mapping[int, Sequence[TagOnPhoto]],
    rating: int | None,
) -> Information:
    """Several photos: their number, and the tags with how many of them have each.

    Args:
        photo_ids: the photos.
        said: photo id to its tags.
        rating: what all of them have; None where they differ.
    """
    on: Counter[tuple[str, TagState]] = Counter()
    for tags in said.values():
        on.update((tag.name, tag.state) for tag in tags)
    most: dict[str, tuple[TagState, int]] = {}
    for (name, state), count in on.most_common():
        most.setdefault(name, (state, count))
    shown = [
        ShownTag(TagOnPhoto(name, None, state), count, len(photo_ids))
        for name, (state, count) in most.items()
    ]
    shown.sort(key=lambda one: (_ORDER[one.tag.state], -one.on, one.tag.name.casefold()))
    return Information(title=formatting.photos(len(photo_ids)), rating=rating, tags=tuple(shown))


def common_rating(catalog: Catalog, photo_ids: Sequence[int]) -> int | None:
    """The stars that all of these photos have, or None where they differ."""
    ratings = catalog.table.rating[catalog.rows(np.array(photo_ids, np.int64))]
    found = np.unique(np.maximum(ratings, 0))
    return int(found[0]) if len(found) == 1 else None


def overlay_rows(information: Information) -> list[tuple[str, str]]:
    """The same as rows for the loupe: a title, lines without a name, then names and values."""
    rows = [("", information.title), *(("", line.text) for line in information.lines)]
    if information.caption:
        rows.append(("", information.caption))
    if information.why:
        ticks = {True: "\u2713", False: "\u2717"}
        fits = "  ".join(f"{ticks[one.fits]} {one.text}" for one in information.why)
        rows.append((QCoreApplication.translate("knowledge", "Search"), fits))
    names = [one.tag.name for one in information.tags if one.tag.state is not TagState.REJECTED]
    if names:
        rows.append((QCoreApplication.translate("knowledge", "Tags"), ", ".join(names)))
    return [*rows, *information.details]


def _joined(said: Sequence[TagOnPhoto], suggested: Sequence[TagOnPhoto]) -> list[TagOnPhoto]:
    """What was said, with what would be suggested, then the other suggestions."""
    guess = {tag.name.casefold(): tag for tag in suggested}
    known = {tag.name.casefold() for tag in said}
    first = []
    for tag in said:
        same = guess.get(tag.name.casefold())
        first.append(tag if same is None else replace(same, name=tag.name, state=tag.state))
    first += [tag for tag in suggested if tag.name.casefold() not in known]
    return sorted(first, key=lambda tag: _ORDER[tag.state])


def _when(said: Metadata) -> Line:
    taken_ms = wall_clock_ms(said.taken_at)
    if said.taken_at is None or taken_ms is None:
        return Line("")
    return Line(
        formatting.moment(taken_ms, precision_of(said.taken_at)), f"on:{said.taken_at[:10]}"
    )


def _where(place: PlaceName | None) -> Line:
    if place is None or not str(place):
        return Line("")
    nearest = place.town or place.region or place.country
    shown = str(replace(place, country=in_language(place.country, QLocale().name())))
    shown = f"{place.district}, {shown}" if place.district else shown
    return Line(shown, f"place:{quoted_value(nearest)}")


def _place(said: Metadata) -> tuple[float, float] | None:
    if said.latitude is None or said.longitude is None:
        return None
    is_known = math.isfinite(said.latitude) and math.isfinite(said.longitude)
    return (said.latitude, said.longitude) if is_known else None


def _camera(said: Metadata) -> Line:
    make, model = said.camera_make or "", said.camera_model or ""
    # Most makers repeat themselves in the model's name.
    whole = model if model.casefold().startswith(make.casefold()) else f"{make} {model}".strip()
    return Line(whole, f"camera:{quoted_value(whole)}" if whole else "")


def _why(reason: Reason) -> WhyLine:
    columns = {
        "name": QCoreApplication.translate("knowledge", "in the file name"),
        "tags": QCoreApplication.translate("knowledge", "in the tags"),
        "caption": QCoreApplication.translate("knowledge", "in the caption"),
        "folder": QCoreApplication.translate("knowledge", "in the folder's name"),
        "metadata": QCoreApplication.translate("knowledge", "in the details"),
    }
    held: dict[str, list[str]] = {}
    for word, found in reason.found_in:
        held.setdefault(columns[found[0]], []).append(word)
    note = "; ".join(f"{where}: {', '.join(found)}" for where, found in held.items())
    text = reason.text
    if reason.unwanted:
        text = QCoreApplication.translate("knowledge", "not: {words}").format(words=text)
    # What a name or a caption says fits, however little the picture looks like it.
    fits = reason.fits or (bool(held) and not reason.unwanted)
    return WhyLine(text, fits, note)


def _facts(details: PhotoDetails) -> list[tuple[str, str]]:
    photo, said = details.photo, details.photo.effective
    locale = QLocale()
    facts = []
    if photo.kind is not Kind.PHOTO:
        facts.append(
            (QCoreApplication.translate("knowledge", "Kind"), formatting.kind_names()[photo.kind])
        )
    if said.width and said.height:
        size = _unbroken(f"{locale.toString(said.width)} \u00d7 {locale.toString(said.height)}")
        if said.width * said.height >= 100_000:
            megapixels = locale.toString(said.width * said.height / 1e6, "f", 1)
            unit = QCoreApplication.translate("knowledge", "{count} MP").format(count=megapixels)
            size += f"  \u00b7 {_unbroken(unit)}"
        facts.append((QCoreApplication.translate("knowledge", "Size"), size))
    if said.is_hdr:
        facts.append((QCoreApplication.translate("knowledge", "Brightness"), "HDR"))
    if photo.files:
        facts.append(
            (
                QCoreApplication.translate("knowledge", "File size"),
                _unbroken(formatting.size(photo.files[0].size_bytes)),
            )
        )
    file_ms = wall_clock_ms(None if said.taken_at else details.file_date)
    if file_ms is not None:
        of_file = formatting.moment(file_ms, Precision.SECOND)
        facts.append((QCoreApplication.translate("knowledge", "Date of the file"), of_file))
    if said.lens:
        facts.append((QCoreApplication.translate("knowledge", "Lens"), said.lens))
    exposure = _exposure(said)
    if exposure:
        facts.append((QCoreApplication.translate("knowledge", "Exposure"), exposure))
    if said.latitude is not None and said.longitude is not None:
        facts.append(
            (
                QCoreApplication.translate("knowledge", "Position"),
                _position(said.latitude, said.longitude),
            )
        )
    if said.people:
        facts.append(
            (
                QCoreApplication.translate("knowledge", "People"),
                ", ".join(person.name for person in said.people),
            )
        )
    if said.label:
        facts.append((QCoreApplication.translate("knowledge", "Label"), said.label))
    return facts


def _exposure(said: Metadata) -> str:
    locale, parts = QLocale(), []
    if said.exposure_s:
        short = said.exposure_s < 0.4
        text = (
            f"1/{round(1 / said.exposure_s)}"
            if short
            else f"{locale.toString(said.exposure_s, 'g', 3)}"
        )
        parts.append(f"{text} s")
    if said.f_number:
        parts.append(f"f/{locale.toString(said.f_number, 'g', 3)}")
    if said.iso:
        parts.append(f"ISO {locale.toString(said.iso)}")
    if said.focal_mm:
        parts.append(f"{locale.toString(said.focal_mm, 'g', 4)} mm")
    return "  ".join(map(_unbroken, parts))


def _position(latitude: float, longitude: float) -> str:
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return ""
    locale = QLocale()
    north = (
        QCoreApplication.translate("knowledge", "N")
        if latitude >= 0
        else QCoreApplication.translate("knowledge", "S")
    )
    east = (
        QCoreApplication.translate("knowledge", "E")
        if longitude >= 0
        else QCoreApplication.translate("knowledge", "W")
    )
    first, second = (locale.toString(abs(value), "f", 4) for value in (latitude, longitude))
    return ", ".join((_unbroken(f"{first}\u00b0 {north}"), _unbroken(f"{second}\u00b0 {east}")))


def _folder_of(path: str) -> str:
    return f"folder:{quoted_value(str(Path(path).parent))}"


def _unbroken(text: str) -> str:
    """A value that stays in one line with its unit."""
    return text.replace(" ", "\u00a0")


def _note(file: FileDetails, photo: Photo, place: int) -> str:
    parts = []
    role = {
        Role.RAW.value: QCoreApplication.translate("knowledge", "raw"),
        Role.MOTION.value: QCoreApplication.translate("knowledge", "clip"),
        Role.EDITED.value: QCoreApplication.translate("knowledge", "edited"),
    }.get(file.role, "")
    if role:
        parts.append(role)
    if place < len(photo.files) and len(photo.files) > 1:
        parts.append(formatting.size(photo.files[place].size_bytes))
    state = {
        FileState.OFFLINE.value: QCoreApplication.translate(
            "knowledge", "its drive is not connected"
        ),
        FileState.MISSING.value: QCoreApplication.translate("knowledge", "no longer there"),
        FileState.UNREADABLE.value: file.reason
        or QCoreApplication.translate("knowledge", "cannot be read"),
    }.get(file.state, "")
    if state:
        parts.append(state)
    return ", ".join(parts)
