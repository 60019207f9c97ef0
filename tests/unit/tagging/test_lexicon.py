from __future__ import annotations

import pytest

from photosort.tagging import lexicon
from photosort.tagging.vocabulary import load_vocabulary
from photosort.usecases.models.vocabulary_vectors import shipped_files


@pytest.fixture(scope="module")
def shipped():
    return load_vocabulary(shipped_files())


@pytest.mark.parametrize("language", lexicon.LANGUAGES)
def test_every_entry_is_a_tag_and_no_word_means_two(language, shipped):
    entries = lexicon._entries(language)
    assert len(entries) >= 600
    assert [tag for tag in entries if shipped.get(tag) is None or not entries[tag]] == []
    words = [word.casefold() for spoken in entries.values() for word in spoken]
    assert sorted({word for word in words if words.count(word) > 1}) == []
    assert all(word == " ".join(word.split()) for word in words)


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("Hund", "dog"),
        ("hund", "dog"),
        ("chien", "dog"),
        ("perro", "dog"),
        ("cane", "dog"),
        ("cachorro", "dog"),
        ("STRAND", "beach"),
        ("frühling", "spring"),
        ("fruhling", "spring"),
        ("bebe", "baby"),
        ("  nascer  do sol ", "sunrise"),
        ("xyzzy", None),
        ("", None),
        ("\N{DOG FACE}", None),
    ],
)
def test_a_word_of_another_language_finds_its_tag(word, tag):
    assert lexicon.translate(word) == tag


def test_the_preferred_language_is_asked_first():
    # "vaso" is a drinking glass in Spanish and a vase in Italian.
    assert lexicon.translate("vaso", prefer="es") == "drinking glass"
    assert lexicon.translate("vaso", prefer="it") == "vase"


def test_completions_begin_with_what_was_typed_and_name_each_tag_once():
    found = lexicon.completions("hun", prefer="de")
    assert ("Hund", "dog") in found
    assert len({meaning.tag for meaning in found}) == len(found)
    assert len(lexicon.completions("s", limit=3)) == 3
    assert lexicon.completions(" ") == []


def test_names_of_a_tag():
    assert lexicon.names("Dog", "fr")[0] == "chien"
    assert lexicon.names("dog", "xx") == ()
    assert lexicon.names("no such tag", "de") == ()


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("Hund", "dog"),
        ("perro", "dog"),
        ("mare", None),
        ("boot", None),
        ("riso", None),
        ("xyz", None),
    ],
)
def test_a_keyword_means_a_tag_only_where_that_is_plain(word, tag):
    assert lexicon.of_keyword(word) == tag
