"""One form for each kind of date, in the language of the window."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate

from photosort.domain.albums import Title
from photosort.domain.dates import Precision
from photosort.gui.base import album_names, formatting, translation
from photosort.gui.dialogs import backups

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

AT = datetime.datetime(2022, 5, 15, 9, 5).astimezone()
AT_MS = int(datetime.datetime(2022, 5, 15, 9, 5, tzinfo=datetime.UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("language", "day", "heading"),
    [
        ("en", "15 May 2022", "Sunday, 15 May 2022"),
        ("de", "15. Mai 2022", "Sonntag, 15. Mai 2022"),
    ],
)
def test_a_day_is_written_alike_everywhere(
    speaking: QApplication, language: str, day: str, heading: str
) -> None:
    translation.install(speaking, language)
    assert formatting.day(QDate(2022, 5, 15)) == day
    assert formatting.day_of_week(QDate(2022, 5, 15)) == heading
    assert formatting.moment(AT_MS, Precision.DAY) == day
    assert formatting.moment(AT_MS, Precision.SECOND).startswith(f"{day}, ")
    assert album_names.album_name(Title("Picnic", first_ms=AT_MS, last_ms=AT_MS), "") == (
        f"Picnic, {day}"
    )
    row = backups.BackupRow(Path("copy"), AT, "asked", 3, 1000)
    assert backups._said_of(row).startswith(f"{day}, ")


@pytest.mark.parametrize(
    ("precision", "said"), [(Precision.MONTH, "May 2022"), (Precision.YEAR, "2022")]
)
def test_what_is_known_less_exactly_is_said_so(
    speaking: QApplication, precision: Precision, said: str
) -> None:
    translation.install(speaking, "en")
    assert formatting.moment(AT_MS, precision) == said
