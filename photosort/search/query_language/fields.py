"""The fields of the language: their names, what they take, and how a value is read."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from photosort.domain.photos import Flag, Kind
from photosort.domain.query import (
    Area,
    Field,
    Filter,
    Like,
    Near,
    Op,
    PartialDate,
    Point,
    Sort,
    SortKey,
)
from photosort.domain.tags import TagState
from photosort.errors import InputProblem
from photosort.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from photosort.search.query_language.tokenizer import Token

LIKE = "like"
SORT = "sort"
DATES = frozenset({Field.AFTER, Field.BEFORE, Field.ON})
NUMBERS = frozenset({Field.RATING, Field.SIZE})

RATINGS = range(-1, 6)
UNFLAGGED = "none"

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_RATING = re.compile(r"-?[0-9]")
_SIZE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,12})?)\s*(b|kb|mb|gb)", re.IGNORECASE)
_NEAR = re.compile(
    r"(?P<place>[^<≤]+?)\s*(?:(?:<=?|≤)\s*(?P<number>[0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*(?P<unit>km|m|mi)?)?",
    re.IGNORECASE,
)
_POINT = re.compile(
    r"\s*([+-]?[0-9]{1,3}(?:\.[0-9]{1,12})?)\s*,\s*([+-]?[0-9]{1,3}(?:\.[0-9]{1,12})?)\s*"
)
# A photo is near a place where nobody says how near.
_NEAR_KM = 10.0
_KM = {"km": 1.0, "m": 0.001, "mi": 1.609344}
_MOST_CORNERS = 100
_TYPE = re.compile(r"\.?([A-Za-z0-9]{1,10})")
# Decimal units, as file managers show them.
_UNITS = {"gb": 10**9, "mb": 10**6, "kb": 10**3, "b": 1}


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """What a field is for, in words for the user.

    Attributes:
        prefix: what is typed to begin it, its operator included ("tag:", "rating>=").
        explains: one short phrase.
        values: what it takes, as far as the language itself knows.
    """

    prefix: str
    explains: str
    values: tuple[str, ...] = ()


def _names(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(value) for value in values))


def _plurals(values: Iterable[str]) -> dict[str, str]:
    return {spelling: str(value) for value in values for spelling in (value, f"{value}s")}


# What a choice may be called, and its one name.
_CHOICES: Mapping[Field, Mapping[str, str]] = {
    Field.KIND: _plurals(Kind),
    Field.STATE: {state.value: state.value for state in TagState},
    Field.HAS: _plurals(("gps", "date", "rating", "tag", "caption", "people", "motion", "hdr"))
    | {"place": "gps", "location": "gps", "keywords": "tag"},
    Field.IS: {name: name for name in ("unreviewed", "recent", "offline", "missing")},
    Field.FLAG: {flag.value: flag.value for flag in Flag}
    | {
        "picked": Flag.PICK.value,
        "reject": Flag.DISCARD.value,
        "rejected": Flag.DISCARD.value,
        UNFLAGGED: UNFLAGGED,
    },
}
_TYPES = {"jpg": "jpeg", "tif": "tiff", "heif": "heic"}
_SORTS: Mapping[str, Sort] = {
    **{key.value: Sort(key) for key in SortKey},
    **{f"-{key.value}": Sort(key, backwards=True) for key in SortKey},
    "newest": Sort(SortKey.DATE),
    "oldest": Sort(SortKey.DATE, backwards=True),
}

HELP: Mapping[str, FieldHelp] = {
    Field.TAG: FieldHelp("tag:", Sentence("a tag, with the tags below it")),
    Field.PLACE: FieldHelp("place:", Sentence("where it was taken")),
    Field.NEAR: FieldHelp("near:", Sentence("taken near a place, as in near:lisbon<20km")),
    Field.AREA: FieldHelp("area:", Sentence("taken within corners on the map")),
    Field.ON: FieldHelp("on:", Sentence("taken in a year, a month or on a day")),
    Field.AFTER: FieldHelp("after:", Sentence("taken from then on")),
    Field.BEFORE: FieldHelp("before:", Sentence("taken until just before then")),
    Field.ALBUM: FieldHelp("album:", Sentence("in an album")),
    Field.FOLDER: FieldHelp("folder:", Sentence("in a folder")),
    Field.CAMERA: FieldHelp("camera:", Sentence("taken with a camera")),
    Field.LENS: FieldHelp("lens:", Sentence("taken with a lens")),
    Field.KIND: FieldHelp("kind:", Sentence("the sort of picture"), _names(Kind)),
    Field.RATING: FieldHelp("rating>=", Sentence("stars"), ("1", "2", "3", "4", "5")),
    Field.FLAG: FieldHelp("flag:", Sentence("picked or discarded"), (*_names(Flag), UNFLAGGED)),
    Field.IS: FieldHelp("is:", Sentence("how it stands"), _names(_CHOICES[Field.IS])),
    Field.HAS: FieldHelp(
        "has:", Sentence("what is known of it"), _names(_CHOICES[Field.HAS].values())
    ),
    Field.STATE: FieldHelp("state:", Sentence("how its tags stand"), _names(TagState)),
    Field.TYPE: FieldHelp(
        "type:",
        Sentence("the type of file"),
        ("jpeg", "heic", "png", "raw", "gif", "tiff", "webp", "avif"),
    ),
    Field.SIZE: FieldHelp(
        "size>", Sentence("the size of the file"), ("1MB", "5MB", "20MB", "100MB")
    ),
    LIKE: FieldHelp("like:", Sentence("looks like a photo")),
    SORT: FieldHelp("sort:", Sentence("the order"), _names(SortKey)),
}

# What people type from habit, and what it is called here.
_SYNONYMS = {
    "date": "on",
    "year": "on",
    "month": "on",
    "day": "on",
    "taken": "on",
    "since": "after",
    "from": "after",
    "until": "before",
    "keyword": "tag",
    "person": "tag",
    "location": "place",
    "city": "place",
    "country": "place",
    "around": "near",
    "within": "near",
    "bbox": "area",
    "stars": "rating",
    "path": "folder",
    "dir": "folder",
    "ext": "type",
    "similar": "like",
    "order": "sort",
}


def is_known(name: str) -> bool:
    """Whether the language has a field of that name, in capitals or not."""
    return name.casefold() in HELP


def closest(name: str) -> str | None:
    """The field that an unknown name was probably meant to be."""
    folded = name.casefold()
    near = difflib.get_close_matches(folded[:20], [*HELP, *_SYNONYMS], n=1, cutoff=0.7)
    return _SYNONYMS.get(near[0], near[0]) if near else None


def read(token: Token) -> Filter | Like:
    """Reads a field with its value; `sort:` is read by `read_sort`.

    Raises:
        InputProblem: the field is unknown, or it cannot take this value; with a position.
    """
    name = _known_name(token)
    if name == LIKE:
        _only_colon(token)
        return Like(token.text)
    return _filter(Field(name), token)


def read_sort(token: Token) -> Sort:
    """Reads `sort:` with its value.

    Raises:
        InputProblem: there is no such order; with a position.
    """
    _known_name(token)
    _only_colon(token)
    sort = _SORTS.get(token.text.strip().casefold())
    if sort is None:
        raise _wrong(token, Sentence("“sort:” takes one of {known}.", known=", ".join(SortKey)))
    return sort


def _known_name(token: Token) -> str:
    name = token.name.casefold()
    if not is_known(name):
        near = closest(token.name)
        if near is None:
            said = Sentence("There is no field “{name}”. Quotes make it words.", name=token.name)
        else:
            said = Sentence(
                "There is no field “{name}”. Did you mean “{near}”? Quotes make it words.",
                name=token.name,
                near=near,
            )
        raise InputProblem(said, position=token.start)
    if not token.text.strip():
        raise _wrong(token, Sentence("“{field}” waits for a value.", field=HELP[name].prefix))
    return name


def size_text(size_bytes: int) -> str:
    """Bytes in the largest unit that they fill, exactly: 5500000 is "5.5MB"."""
    unit = next(u for u, factor in _UNITS.items() if size_bytes >= factor or factor == 1)
    number = format((Decimal(size_bytes) / _UNITS[unit]).normalize(), "f")
    return number + unit.upper()


def _filter(field: Field, token: Token) -> Filter:
    if field in NUMBERS:
        op = Op.IS if token.operator in {":", "="} else Op(token.operator)
        return Filter(field, op, _rating(token) if field is Field.RATING else _size(token))
    _only_colon(token)
    if field in DATES:
        return Filter(field, Op.IS, _date(token))
    if field is Field.NEAR:
        return Filter(field, Op.IS, _near(token))
    if field is Field.AREA:
        return Filter(field, Op.IS, _area(token))
    if field is Field.TYPE:
        return Filter(field, Op.IS, _type(token))
    if field in _CHOICES:
        return Filter(field, Op.IS, _choice(field, token))
    return Filter(field, Op.IS, token.text)


def _only_colon(token: Token) -> None:
    if token.operator not in {":", "="}:
        raise InputProblem(
            Sentence(
                "“{name}” takes a colon, as in {field}:value; only rating and size can be compared.",
                name=token.name,
                field=token.name.casefold(),
            ),
            position=token.start + len(token.name),
        )


def _wrong(token: Token, sentence: Sentence) -> InputProblem:
    return InputProblem(sentence, position=token.value_start)


def _choice(field: Field, token: Token) -> str:
    choices = _CHOICES[field]
    value = choices.get(token.text.strip().casefold())
    if value is None:
        known = ", ".join(_names(choices.values()))
        raise _wrong(token, Sentence("“{field}:” takes one of {known}.", field=field, known=known))
    return value


def _type(token: Token) -> str:
    match = _TYPE.fullmatch(token.text.strip())
    if match is None:
        raise _wrong(token, Sentence("Types are written as jpeg, png or raw."))
    value = match[1].lower()
    return _TYPES.get(value, value)


def _date(token: Token) -> PartialDate:
    match = _DATE.fullmatch(token.text.strip())
    if match is None:
        raise _wrong(token, Sentence("Dates are written 2023, 2023-05 or 2023-07-14."))
    try:
        return PartialDate(*(int(part) for part in match.groups() if part))
    except ValueError:
        raise _wrong(token, Sentence("There is no date {date}.", date=token.text.strip())) from None


def _near(token: Token) -> Near:
    match = _NEAR.fullmatch(token.text.strip())
    km = _NEAR_KM
    if match is not None and match["number"]:
        unit = (match["unit"] or "km").lower()
        km = round(float(match["number"].replace(",", ".")) * _KM[unit], 6)
    if match is None or km <= 0:
        raise _wrong(token, Sentence("A place and a distance are written as near:lisbon<20km."))
    return Near(match["place"].strip(), km)


def read_point(text: str) -> Point | None:
    """Latitude and longitude of "38.72,-9.14", or None where it is no point of the earth."""
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    north, east = float(match[1]), float(match[2])
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


def _area(token: Token) -> Area:
    corners = [read_point(part) for part in token.text.split(";")]
    found = tuple(corner for corner in corners if corner is not None)
    if len(found) != len(corners) or not 2 <= len(found) <= _MOST_CORNERS:
        raise _wrong(
            token,
            Sentence("An area is written with its corners: area:38.6,-9.3;38.8,-9.0."),
        )
    return Area(found)


def _rating(token: Token) -> int:
    text = token.text.strip()
    if not _RATING.fullmatch(text) or int(text) not in RATINGS:
        raise _wrong(token, Sentence("Ratings go from 0 (none) to 5 stars; -1 is rejected."))
    return int(text)


def _size(token: Token) -> int:
    match = _SIZE.fullmatch(token.text.strip())
    if match is None:
        raise _wrong(token, Sentence("Sizes are written as 500KB, 5MB or 1.5GB."))
    return int(Decimal(match[1]) * _UNITS[match[2].lower()])
