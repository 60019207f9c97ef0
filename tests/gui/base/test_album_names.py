"""Names of automatic albums and their reasons in the language of the window."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from photosort.domain.albums import Evidence, Title
from photosort.gui.base import album_names, translation
from photosort.usecases.albums.english_names import name_of_album, reason_of_album

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def ms(*at: int) -> int:
    return int(datetime.datetime(*at, tzinfo=datetime.UTC).timestamp() * 1000)


MAY = (ms(2022, 5, 12, 9), ms(2022, 5, 15, 23))
TITLES = [
    (Title("Lisbon", *MAY), "Lisbon, 12-15 May 2022", "Lisbon, 12.-15. Mai 2022"),
    (
        Title("", ms(2022, 5, 28), ms(2022, 6, 2, 12)),
        "28 May - 2 June 2022",
        "28. Mai - 2. Juni 2022",
    ),
    (
        Title("", ms(2021, 12, 30), ms(2022, 1, 1, 12)),
        "30 December 2021 - 1 January 2022",
        "30. Dezember 2021 - 1. Januar 2022",
    ),
    (
        Title("Party", ms(2022, 5, 12, 18, 5), ms(2022, 5, 13, 1, 30), with_hours=True),
        "Party, 12 May 2022, 18:05-01:30",
        "Party, 12. Mai 2022, 18:05-01:30",
    ),
    (Title("Dog", number=2, is_word=True), "Dog (2)", "Hund (2)"),
    (Title("Beach", where="Nice", is_word=True), "Beach, Nice", "Strand, Nice"),
    (Title("Trilobite", is_word=True), "Trilobite", "Trilobite"),
    # A town in England.
    (Title("Reading"), "Reading", "Reading"),
    (Title(alike=3), "3 photos that look alike", "3 Fotos, die sich ähneln"),
]
REASONS = [
    (
        Evidence("dates", 1.0, count=32, first_ms=MAY[0], last_ms=MAY[1]),
        "32 photos of 12-15 May 2022",
        "32 Fotos vom 12.-15. Mai 2022",
    ),
    (
        Evidence("place", 0.5, "Lisbon", share=0.5),
        "50% with a position, most of them in Lisbon",
        "50 % mit Position, die meisten davon in Lisbon",
    ),
    (
        Evidence("word", 0.8, "Dog", share=0.89, of_rest=0.04),
        "Dog: 89% of these, 4% of the rest",
        "Hund: 89 % von diesen, 4 % der übrigen",
    ),
    (Evidence("said", 1.0, "as it was"), "as it was", "as it was"),
]


@pytest.mark.parametrize(("title", "english", "german"), TITLES)
def test_names_are_worded_in_the_language_of_the_window(
    speaking: QApplication, title: Title, english: str, german: str
) -> None:
    assert name_of_album(title) == english
    translation.install(speaking, "en")
    assert album_names.album_name(title, "kept") == english
    translation.install(speaking, "de")
    assert album_names.album_name(title, "kept") == german
    assert album_names.album_name(None, "kept") == "kept"


@pytest.mark.parametrize(("evidence", "english", "german"), REASONS)
def test_reasons_are_worded_in_the_language_of_the_window(
    speaking: QApplication, evidence: Evidence, english: str, german: str
) -> None:
    assert reason_of_album(evidence) == english
    translation.install(speaking, "en")
    assert album_names.album_reason(evidence).replace(" %", "%") == english
    translation.install(speaking, "de")
    assert album_names.album_reason(evidence).replace("\u00a0", " ") == german


def test_words_that_are_tags_are_in_the_language_of_the_window(speaking: QApplication) -> None:
    translation.install(speaking, "de")
    assert [album_names.word(text) for text in ("dog", "Beach", "trilobite")] == [
        "Hund",
        "Strand",
        "Trilobite",
    ]
    translation.install(speaking, "en")
    assert album_names.word("dog") == "Dog"
