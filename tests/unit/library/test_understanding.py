import pytest

from photosort.library import browsing, querying
from photosort.library.understanding import Note, understood
from photosort.search.query import parse


def no_tag(_word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Hund", "dog"),
        ("ein Hund am Strand", "dog beach"),
        ("un perro en la playa", "dog beach"),
        ("a dog on the beach", None),
        ("Lisbon", None),
    ],
)
def test_names_of_tags_are_known_in_other_languages(text, meant):
    asked, note = understood(text, ("en",), no_tag)
    assert asked == (meant or text)
    assert note == (None if meant is None else Note(text, meant=meant))


def test_a_language_that_is_not_read_is_said():
    assert understood("собака на пляже", ("en",), no_tag) == (
        "собака на пляже",
        Note("собака на пляже", language="ru"),
    )
    assert understood("собака на пляже", ("en", "ru"), no_tag)[1] is None


def test_an_english_name_of_a_tag_stays_english():
    assert understood("chat", ("en",), lambda word: word == "chat") == ("chat", None)


def test_the_answer_says_how_it_was_read(session, add):
    add("red", "a.jpg")
    found = querying.answer(session, parse("Hund"), browsing.load(session))
    assert found.notes == (Note("Hund", meant="dog"),)
    # Each is said once, wherever it stands.
    again = querying.answer(session, parse("Hund -Hund"), browsing.load(session))
    assert again.notes == (Note("Hund", meant="dog"),)
