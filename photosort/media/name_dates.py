"""Dates in the names of files and folders, as cameras, phones, messengers and people write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from photosort.domain.dates import start_of
from photosort.media.dates import Moment, iso_date, parse_offset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Digits without anything between them are often something else than the date of an old print.
_FIRST_COMPACT_YEAR = 1900
# The first number of milliseconds with thirteen digits is of September 2001.
_EPOCH_MS = re.compile(r"(?<!\d)1\d{12}(?!\d)")
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - UTC, as the names count

# Each begins and ends at something that is no digit: a date inside a longer number is an accident.
_TIME = r"(?P<h>\d{2})[-_.:h\ua789]?(?P<min>\d{2})[-_.:m\ua789]?(?P<s>\d{2})(?:[-_.,]?(?P<ms>\d{3})|\d{2})?"
_SPACED_TIME = r"(?P<h>\d{1,2})[-_.:h\ua789](?P<min>\d{2})(?:[-_.:m\ua789](?P<s>\d{2})(?:[-_.,](?P<ms>\d{3}))?|(?=[.\s)h]|$))"
_END = r"(?!\d)\s?(?P<zone>Z(?![a-z])|\+\d{2}:?\d{2}(?!\d))?"
_WITH_TIME = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # IMG_20220430_134312, 20220430_13_43_12, PXL_20220430_134312123, signal-2022-04-30-134312, 2022_0430_134312
        rf"(?<!\d)(?P<y>\d{{4}})[-_.:]?(?P<m>\d{{2}})[-_.:]?(?P<d>\d{{2}})[-_ T]?{_TIME}{_END}",
        # 2022-04-30 13.43.12, Screenshot 2022-04-30 at 1.43.12 PM, 2022-04-30 a las 13.43.12, 2022.4.30 下午1.43
        rf"(?<!\d)(?P<y>\d{{4}})[-_.:](?P<m>\d{{1,2}})[-_.:](?P<d>\d{{1,2}})(?:[-_T]|[^\d\w]?[^\d]{{1,14}}?){_SPACED_TIME}{_END}",
        # photo_1@30-04-2022_13-43-12, Game 4_30_2022 1_43_12 PM, 30.04.2022 13.43.12
        rf"(?<!\d)(?P<d>\d{{1,2}})(?P<sep>[-_.])(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}})(?:[-_T]|[^\d]{{1,14}}?){_SPACED_TIME}{_END}",
    )
)
_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        # IMG-20220430-WA0001, Screenshot_2022-04-30, 1974-06-12 wedding
        r"(?<!\d)(?P<y>\d{4})(?P<sep>[-_.]?)(?P<m>\d{2})(?P=sep)(?P<d>\d{2})(?!\d)",
        # 30-04-2022, 30.4.2022
        r"(?<!\d)(?P<d>\d{1,2})(?P<sep>[-_.])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)",
        # 30042022, and 30042022001 of Nokia
        r"(?<!\d)(?P<d>\d{2})(?P<m>\d{2})(?P<y>(?:19|20)\d{2})(?:\d{3})?(?!\d)",
    )
)
# 4 July 2021, 4. Juli 2021, 4 de julio de 2021; July 4th, 2021; July 2021. Apple Photos names exported moments so.
_SPOKEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s_-]*(?:de\s+|of\s+)?(?P<word>[^\W\d_]{3,})\.?,?[\s_-]*(?:de\s+)?"
        r"(?P<y>(?:18|19|20)\d{2})(?!\d)",
        r"(?<![^\W\d_])(?P<word>[^\W\d_]{3,})\.?[\s_-]+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[\s_-]+(?P<y>(?:18|19|20)\d{2})(?!\d)",
        r"(?<![^\W\d_])(?P<word>[^\W\d_]{3,})\.?,?[\s_-]+(?:de\s+)?(?P<y>(?:18|19|20)\d{2})(?!\d)",
    )
)
_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "cs",
    "sv",
    "da",
    "nb",
    "fi",
    "ru",
    "uk",
    "tr",
)
_MONTH = re.compile(r"(?<![\w-])(\d{4})[-_.](\d{2})(?![\d.])(?!-[1-9])")
_YEAR_FIRST = re.compile(r"(\d{4})(?=[\s_,.-]+[^\W\d_])(?!\s*[-\u2013]\s*\d)")
_YEAR_WITHIN = re.compile(r"(?<=[\s(,])((?:18|19|20)\d{2})(?=[\s),]|$)")
_YEAR_RANGE = re.compile(r"(?<!\d)\d{4}\s?(?:[-\u2013]|to|bis)\s?\d{2,4}(?![\d-])")
_WORD = re.compile(r"[^\W\d_]{3,}")
# What stands before the number of a picture, not before a year.
_COUNTED = frozenset(
    [
        "image",
        "imagen",
        "immagine",
        "imagem",
        "img",
        "photo",
        "photos",
        "foto",
        "fotos",
        "bild",
        "bilder",
        "picture",
        "pic",
        "pict",
        "dsc",
        "dscn",
        "dscf",
        "scan",
        "screenshot",
        "frame",
        "page",
        "seite",
        "file",
        "video",
        "clip",
        "movie",
        "mov",
        "vid",
        "number",
        "track",
        "slide",
        "dia",
        "negative",
    ]
)
_AM_PM = re.compile(
    r"(?P<am>上午|午前|오전|\bam\b|a\.\s?m\.)|(?P<pm>下午|午後|오후|\bpm\b|p\.\s?m\.)",
    re.IGNORECASE,
)
_LETTERS_AFTER_DIGITS = re.compile(r"(?<=\d)(?=[ap]m\b)", re.IGNORECASE)
_IN_UTC = re.compile(r"PXL_|UTC[-_]", re.IGNORECASE)
# Numbers of Facebook ("10203040_1015..._n.jpg") and the time at which Unsplash took a picture in are no dates of it.
_NUMBERS_OF_SITES = re.compile(r"\d+_\d+_\d+_[a-z]\b|photo-1\d{12}-[0-9a-f]{12}")
_OF_A_SCAN = re.compile(r"scan|numeris|img\d{8}_\d{8}\b", re.IGNORECASE)
# What follows a day in "2021-07-04 - 10" and "2021-07-04+05".
_MORE_DAYS = re.compile(r"\s?[-\u2013+&]\s?\d{1,2}(?![\d-])")
# Such a folder names when files were copied.
_OF_COPIES = re.compile(r"backup|sicherung|export|import|takeout|download", re.IGNORECASE)
_MONTH_FOLDER = re.compile(r"(\d{1,2})(?!\d)")


def moment_from_name(name: str, *, now: datetime | None = None) -> Moment | None:
    """The date in a file's name, as exactly as it says.

    Bare numbers, dates that no calendar has, and dates in the future are no dates. Names of Pixel phones (`PXL_`)
    and milliseconds since 1970 (WeChat, Facebook) are UTC: their offset is 0.

    Args:
        name: the file's name, without its folder.
        now: the present, for tests.
    """
    stem = name[: name.rfind(".")] if name.rfind(".") > 0 else name
    latest = _latest(now)
    if _NUMBERS_OF_SITES.match(stem):
        return None
    found = _with_time(stem, latest) or _since_1970(stem, latest)
    if found is not None:
        return found
    day = next(_days(stem, latest), None)
    if day is not None:
        return Moment(day)
    coarse = _month(stem, latest) or _year(stem, latest, is_folder=False)
    return Moment(coarse) if coarse else None


def is_of_scan(name: str) -> bool:
    """Whether a date in a file's name is that of a scan, as scanners name them, and not the picture's."""
    return _OF_A_SCAN.match(name) is not None


def date_from_folders(folders: Sequence[str], *, now: datetime | None = None) -> str | None:
    """The day, month or year that the folders of a file name ("1985 holiday", "2021/07"), ISO 8601.

    Args:
        folders: names from the outermost to the one that holds the file.
        now: the present, for tests.
    """
    latest = _latest(now)
    found: str | None = None
    for folder in folders:
        said = _of_folder(folder, latest)
        if said is None and found is not None and len(found) < 10:
            match = _MONTH_FOLDER.match(folder)
            number = int(match[1]) if match else 0
            year, month = int(found[:4]), int(found[5:7] or 0)
            if number:
                said = iso_date(year, month or number, number if month else 0)
        if said is not None and (found is None or len(said) >= len(found) or said[:4] != found[:4]):
            found = said
    return found


def _latest(now: datetime | None) -> datetime:
    return (now or datetime.now(tz=UTC)).replace(tzinfo=None) + timedelta(days=2)


def _with_time(stem: str, latest: datetime) -> Moment | None:
    for pattern in _WITH_TIME:
        for match in pattern.finditer(stem):
            half = _AM_PM.search(_LETTERS_AFTER_DIGITS.sub(" ", stem[match.start("d") :]))
            hour = int(match["h"])
            if half and hour <= 12:
                hour = hour % 12 + (12 if half["pm"] else 0)
            day = _day(match, is_english=half is not None)
            time = (hour, int(match["min"]), int(match["s"] or 0))
            taken_at = iso_date(*day, *time, fraction=match["ms"] or "") if all(day) else None
            if taken_at is not None and start_of(taken_at) <= latest:
                is_utc = _IN_UTC.match(stem) is not None
                return Moment(taken_at, 0 if is_utc else parse_offset(match["zone"] or ""))
    return None


def _since_1970(stem: str, latest: datetime) -> Moment | None:
    for match in _EPOCH_MS.finditer(stem):
        moment = _EPOCH + timedelta(milliseconds=int(match[0]))
        if moment <= latest:
            has_fraction = moment.microsecond > 0
            return Moment(
                moment.isoformat(timespec="milliseconds" if has_fraction else "seconds"), 0
            )
    return None


def _days(text: str, latest: datetime) -> Iterator[str]:
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            day = _day(match, is_english=False)
            is_compact = not match.groupdict().get("sep")
            taken_at = iso_date(*day) if all(day) else None
            if (
                taken_at is not None
                and not (is_compact and day[0] < _FIRST_COMPACT_YEAR)
                and start_of(taken_at) <= latest
            ):
                yield taken_at
    yield from (said for said in _spoken(text, latest) if len(said) == 10)


def _spoken(text: str, latest: datetime) -> Iterator[str]:
    """Days and months whose month is a word."""
    for pattern in _SPOKEN:
        for match in pattern.finditer(text):
            month = _months().get(match["word"].casefold())
            day = match.groupdict().get("d")
            found = iso_date(int(match["y"]), month, int(day or 0)) if month else None
            if found is not None and start_of(found) <= latest:
                yield found


@cache
def _months() -> dict[str, int]:
    """Names of the months, case-folded; short ones in English alone, as "set" and "mar" are words elsewhere."""
    from babel.dates import get_month_names

    found = {
        name.casefold(): number
        for language in _LANGUAGES
        for context in ("format", "stand-alone")
        for number, name in get_month_names("wide", context, language).items()
    }
    short = get_month_names("abbreviated", locale="en").items()
    return found | {name.casefold().rstrip("."): number for number, name in short}


def _day(match: re.Match[str], *, is_english: bool) -> tuple[int, int, int]:
    """Year, month and day; the month first where it cannot be second, and in America's short form."""
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    is_day_first = match.start("d") < match.start("m")
    if is_day_first and (month > 12 or (is_english and len(match["m"]) == 1)) and day <= 12:
        month, day = day, month
    return year, month, day


def _month(text: str, latest: datetime) -> str | None:
    match = _MONTH.search(text)
    found = iso_date(int(match[1]), int(match[2])) if match else None
    if found and start_of(found) <= latest:
        return found
    return next((said for said in _spoken(text, latest) if len(said) == 7), None)


def _year(text: str, latest: datetime, *, is_folder: bool) -> str | None:
    if _YEAR_RANGE.search(text):
        return None
    words = {word.casefold() for word in _WORD.findall(text)}
    match = _YEAR_FIRST.match(text)
    if match is None and (is_folder or words - _COUNTED):
        match = _YEAR_WITHIN.search(text)
    if match is None and is_folder:
        match = re.fullmatch(r"((?:18|19|20)\d{2})", text.strip())
    found = iso_date(int(match[1])) if match else None
    return found if found and start_of(found) <= latest else None


def _of_folder(folder: str, latest: datetime) -> str | None:
    if _OF_COPIES.search(folder):
        return None
    days = list(dict.fromkeys(_days(folder, latest)))
    if len(days) == 1:
        goes_on = _MORE_DAYS.match(folder.partition(days[0])[2])
        return days[0][:7] if goes_on else days[0]
    if days:
        shared = (length for length in (7, 4) if len({day[:length] for day in days}) == 1)
        return next((days[0][:length] for length in shared), None)
    return _month(folder, latest) or _year(folder, latest, is_folder=True)
