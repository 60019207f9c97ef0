"""The window's languages: complete, with every placeholder, and spoken once installed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from photosort.gui.base import formatting, translation
from photosort.paths import resources
from photosort.sentences import Sentence, counted_photos, quoted
from tools import translations

_PLACEHOLDER = re.compile(r"%L?n|%\d|\{\w*(?::[^}]*)?\}")


class _Text(NamedTuple):
    context: str
    source: str
    forms: list[str]
    is_plural: bool
    is_finished: bool


def _texts(language: str) -> list[_Text]:
    root = ET.parse(resources() / "translations" / f"photosort_{language}.ts").getroot()
    texts = []
    for context in root.findall("context"):
        for message in context.findall("message"):
            said = message.find("translation")
            assert said is not None
            is_plural = message.get("numerus") == "yes"
            forms = [form.text or "" for form in said.findall("numerusform")]
            texts.append(
                _Text(
                    context.findtext("name", ""),
                    message.findtext("source", ""),
                    forms if is_plural else [said.text or ""],
                    is_plural,
                    said.get("type") is None,
                )
            )
    return texts


@pytest.mark.parametrize("language", translation.LANGUAGES)
def test_no_text_is_unfinished_or_empty(language: str) -> None:
    texts = _texts(language)
    assert texts
    wanting = [t for t in texts if not t.is_finished or not all(f.strip() for f in t.forms)]
    assert wanting == []
    assert [t for t in texts if t.is_plural and len(t.forms) != 2] == []


@pytest.mark.parametrize("language", translation.LANGUAGES)
def test_every_placeholder_and_access_key_is_kept(language: str) -> None:
    def fixed(text: str) -> tuple[list[str], bool]:
        return sorted(_PLACEHOLDER.findall(text)), "&" in text

    changed = [
        (text.source, form)
        for text in _texts(language)
        for form in text.forms
        if fixed(form) != fixed(text.source)
    ]
    assert changed == []


def test_each_plural_of_german_is_known_in_english_too() -> None:
    german, english = (
        {(t.context, t.source) for t in _texts(language) if t.is_plural}
        for language in ("de", "en")
    )
    assert german
    assert german == english


def test_each_text_that_counts_has_plurals() -> None:
    counting = [t for t in _texts("de") if "%n" in t.source or "%Ln" in t.source]
    assert counting
    assert [t.source for t in counting if not t.is_plural] == []


def test_what_the_rooms_below_say_can_be_translated() -> None:
    said = set(translations.sentences())
    assert {"Reading", "This quote is never closed.", "The file is empty."} <= said
    assert said == {text.source for text in _texts("de") if text.context == "sentences"}


def test_sentences_are_said_in_the_language_of_the_window(speaking: QApplication) -> None:
    said = Sentence("The folder {folder} does not exist.", folder="/a")
    asked = Sentence("{file} is damaged or incomplete.", file=Sentence("in a folder"))
    translation.install(speaking, "de")
    assert formatting.translate(said) == "Den Ordner /a gibt es nicht."
    assert formatting.translate("The file is empty.") == "Die Datei ist leer.", "as it was stored"
    assert formatting.translate(asked) == "in einem Ordner ist beschädigt oder unvollständig."
    assert formatting.translate("IMG_1.jpg") == "IMG_1.jpg"
    done = Sentence(
        "Added {photos} to {name}", photos=counted_photos(1204), name=quoted("file exists")
    )
    assert formatting.translate(done) == "1.204 Fotos zu „file exists“ hinzugefügt", (
        "names are the user's"
    )
    assert formatting.translate("") == ""


def test_german_is_spoken_once_it_is_chosen(speaking: QApplication) -> None:
    locale = translation.install(speaking, "de")
    assert locale.language() == QLocale.Language.German
    assert QCoreApplication.translate("Actions", "Select all") == "Alles auswählen"
    assert QCoreApplication.translate("sources", "Timeline") == "Zeitachse"
    assert formatting.photos(1) == "1 Foto"
    assert formatting.photos(48210) == "48.210 Fotos"


def test_german_is_spoken_where_the_system_does(
    speaking: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    austrian = QLocale(QLocale.Language.German, QLocale.Country.Austria)
    monkeypatch.setattr(QLocale, "system", lambda: austrian)
    assert translation.install(speaking).territory() == QLocale.Country.Austria
    assert QCoreApplication.translate("sources", "All photos") == "Alle Fotos"


def test_english_replaces_german(speaking: QApplication) -> None:
    translation.install(speaking, "de")
    translation.install(speaking, "en")
    assert QCoreApplication.translate("sources", "All photos") == "All photos"
    assert formatting.photos(1) == "1 photo"
    assert formatting.photos(2) == "2 photos"


def test_what_is_loaded_is_what_was_translated(speaking: QApplication) -> None:
    translation.install(speaking, "de")
    stale = [
        text.source
        for text in _texts("de")
        if not text.is_plural
        and QCoreApplication.translate(text.context, text.source) != text.forms[0]
    ]
    assert stale == []
