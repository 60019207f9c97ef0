"""Formats numbers, times and sizes in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTimeZone

from photosort.domain.dates import Precision
from photosort.domain.photos import Kind
from photosort.sentences import Sentence

LIKELY_FROM = 0.8


def count(value: int) -> str:
    """A number with the separators of the language."""
    return QLocale().toString(value)


def month(year: int, number: int) -> str:
    """A month with its year: "May 2022"."""
    name = QLocale().standaloneMonthName(number)
    return QCoreApplication.translate("browser", "{month} {year}").format(month=name, year=year)


def day(date: QDate) -> str:
    """A day: "15 May 2022", wherever the window says one."""
    #: Date format of Qt: "15 May 2022".
    return QLocale().toString(date, QCoreApplication.translate("words", "d MMMM yyyy"))


def day_of_week(date: QDate) -> str:
    """A day in a heading: "Sunday, 15 May 2022"."""
    name = QLocale().standaloneDayName(date.dayOfWeek())
    #: "Sunday, 15 May 2022"
    return QCoreApplication.translate("words", "{weekday}, {day}").format(
        weekday=name, day=day(date)
    )


def moment(taken_ms: int, precision: Precision) -> str:
    """A wall-clock time: "15 May 2022, 18:42", "15 May 2022", "May 2022", "2022".

    Args:
        taken_ms: milliseconds since 1970 to the earliest moment that it may mean.
        precision: how exactly it is known.
    """
    at = QDateTime.fromMSecsSinceEpoch(taken_ms, QTimeZone.utc())
    if precision is Precision.YEAR:
        return str(at.date().year())
    if precision is Precision.MONTH:
        return month(at.date().year(), at.date().month())
    return day(at.date()) if precision is Precision.DAY else day_and_time(at)


def day_and_time(at: QDateTime) -> str:
    """A moment of a clock: "15 May 2022, 18:42"."""
    return f"{day(at.date())}, {QLocale().toString(at.time(), QLocale.FormatType.ShortFormat)}"


def translate(text: str) -> str:
    """What a room below the window says, in the language of the window.

    A text that is no `Sentence` is looked up as it is: what was stored, and has no arguments, is found so.
    """
    if not isinstance(text, Sentence):
        return QCoreApplication.translate("sentences", text)
    filled = {name: _filled(value) for name, value in text.arguments.items()}
    return QCoreApplication.translate("sentences", text.template).format(**filled)


class _Count(int):
    """A number that stands in a sentence as the language writes it."""

    def __format__(self, spec: str) -> str:
        return count(self) if spec == "," else super().__format__(spec)


def _filled(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return _Count(value)
    # A name that the user gave is never a text of ours, though it may be spelled like one.
    return translate(value) if isinstance(value, Sentence) else value


def photos(value: int) -> str:
    """How many photos, with the noun: "48,210 photos"."""
    return QCoreApplication.translate("words", "%Ln photo(s)", "", value)


def kind_names() -> dict[Kind, str]:
    """What each kind of picture is called."""
    return {
        Kind.PHOTO: QCoreApplication.translate("knowledge", "Photo"),
        Kind.VIDEO: QCoreApplication.translate("knowledge", "Video"),
        Kind.SCREENSHOT: QCoreApplication.translate("knowledge", "Screenshot"),
        Kind.RECEIVED: QCoreApplication.translate("knowledge", "Received"),
        Kind.DOCUMENT: QCoreApplication.translate("knowledge", "Document"),
    }


def likelihood(confidence: float) -> str:
    """How sure a suggested tag is, in a word; the number is for those who ask why."""
    if confidence >= LIKELY_FROM:
        return QCoreApplication.translate("words", "likely")
    return QCoreApplication.translate("words", "maybe")


def percent(share: float) -> str:
    """A share as the language writes it: "97 %"."""
    return QCoreApplication.translate("words", "{number} %").format(number=round(share * 100))


def small_percent(share: float) -> str:
    """A share with one place after the point: "0.3 %"; a small one is never said to be none."""
    number = QLocale().toString(max(100 * share, 0.1) if share else 0.0, "f", 1)
    return QCoreApplication.translate("words", "{number} %").format(number=number)


def time_left(seconds: float) -> str:
    """About how long still ("19 min", "2 h 5 min"), rounded so that it does not flicker."""
    if seconds < 10:
        return QCoreApplication.translate("words", "a few seconds")
    if seconds < 55:
        tens = round(seconds / 10) * 10
        return QCoreApplication.translate("words", "{seconds} s").format(seconds=tens)
    minutes = round(seconds / 60)
    if minutes < 60:
        return QCoreApplication.translate("words", "{minutes} min").format(minutes=max(1, minutes))
    hours, rest = divmod(round(minutes / 5) * 5, 60)
    if not rest:
        return QCoreApplication.translate("words", "{hours} h").format(hours=hours)
    return QCoreApplication.translate("words", "{hours} h {minutes} min").format(
        hours=hours, minutes=rest
    )


def rate(per_second: float) -> str:
    """How fast: "31/s", "2.4/s", or by the minute where it is slow."""
    if per_second >= 9.95:
        return QCoreApplication.translate("words", "{number}/s").format(
            number=count(round(per_second))
        )
    if per_second >= 0.95:
        number = QLocale().toString(per_second, "f", 1)
        return QCoreApplication.translate("words", "{number}/s").format(number=number)
    return QCoreApplication.translate("words", "{number}/min").format(
        number=count(max(1, round(per_second * 60)))
    )


def size(size_bytes: int) -> str:
    """Size of a file: "3.4 MB"."""
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def size_done(done_bytes: int, total_bytes: int) -> str:
    """How much of a copy is made: "1.2 GB of 3.4 GB"."""
    return QCoreApplication.translate("words", "{done} of {total}").format(
        done=size(done_bytes), total=size(total_bytes)
    )
