import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosort.search.languages import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a dog on the beach", "en"),
        ("ein Hund am Strand", "de"),
        ("un chien sur la plage", "fr"),
        ("un perro en la playa", "es"),
        ("собака на пляже", "ru"),
        ("海辺の犬", "ja"),
        ("海滩上的狗", "zh"),
        ("해변의 개", "ko"),
        ("pies na plaży", "pl"),
        ("en hund på stranden utan människor", "sv"),
        ("koira rannalla", "fi"),
        ("egy kutya a tengerparton", "hu"),
        ("sahilde bir köpek", "tr"),
        ("anjing di pantai", "id"),
        ("một con chó trên bãi biển", "vi"),
        ("man in a car", "en"),
        ("no people", "en"),
        ("IMG_1401", None),
        ("Lisbon", None),
        ("dog 2022", None),
        ("🐕 🏖", None),
        ("", None),
    ],
)
def test_languages(text, code):
    assert language_of(text) == code


@given(st.text(max_size=60))
def test_any_text_is_read(text):
    assert language_of(text) is None or len(language_of(text)) == 2
