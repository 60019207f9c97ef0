"""Formats numbers, times and sizes in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from photosort.sentences import Sentence

LIKELY_FROM = 0.8


def count(value: int) -> str:
    """A number with the separators of the language."""
    return QLocale().toString(value)


def month(year: int, number: int, locale: QLocale | None = None) -> str:
    """A month with its year: "May 2022"."""
    name = (locale or QLocale()).standaloneMonthName(number)
    return QCoreApplication.translate("browser", "{month} {year}").format(month=name, year=year)


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


def likelihood(confidence: float) -> str:
    """How sure a suggested tag is, in a word; the number is for those who ask why."""
    if confidence >= LIKELY_FROM:
        return QCoreApplication.translate("words", "likely")
    return QCoreApplication.translate("words", "maybe")


def percent(share: float) -> str:
    """A share as the language writes it: "97 %"."""
    return QCoreApplication.translate("words", "{number} %").format(number=round(share * 100))


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
