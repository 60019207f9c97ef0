import pytest

from photosort.search.query_language import parse
from photosort.usecases.photos import photo_table
from photosort.usecases.search import query_results
from photosort.usecases.search.query_translation import Note, translate_query


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
        ("\U0001f415", "dog"),
        ("\U0001f415 on a beach", "dog on a beach"),
        ("\U0001f469\u200d\U0001f467 \u2708\ufe0f", "woman girl airplane"),
        ("\U0001f44d\U0001f3fd", "thumbs up sign"),
        ("\U0001f1eb\U0001f1f7", None),
    ],
)
def test_names_of_tags_are_known_in_other_languages(text, meant):
    asked, note = translate_query(text, ("en",), no_tag)
    assert asked == (meant or text)
    assert note == (None if meant is None else Note(text, meant=meant))


def test_a_language_that_is_not_read_is_said():
    assert translate_query("собака на пляже", ("en",), no_tag) == (
        "собака на пляже",
        Note("собака на пляже", language="ru"),
    )
    assert translate_query("собака на пляже", ("en", "ru"), no_tag)[1] is None


def test_an_english_name_of_a_tag_stays_english():
    assert translate_query("chat", ("en",), lambda word: word == "chat") == ("chat", None)


def test_the_answer_says_how_it_was_read(session, add):
    add("red", "a.jpg")
    found = query_results.answer(session, parse("Hund"), photo_table.load(session))
    assert found.notes == (Note("Hund", meant="dog"),)
    # Each is said once, wherever it stands.
    again = query_results.answer(session, parse("Hund -Hund"), photo_table.load(session))
    assert again.notes == (Note("Hund", meant="dog"),)
