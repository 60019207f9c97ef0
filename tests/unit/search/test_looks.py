import pytest

from photosort.domain.looks import Look
from photosort.search.looks import spoken_looks

BW, NIGHT, SKETCH = Look


@pytest.mark.parametrize(
    ("text", "looks", "rest"),
    [
        ("black and white", (BW,), ""),
        ("a black and white photo of a dog", (BW,), "dog"),
        ("dog in black and white", (BW,), "dog"),
        ("a black and white dog", (), "a black and white dog"),
        ("city at night", (NIGHT,), "city"),
        ("night", (NIGHT,), ""),
        ("night stand", (), "night stand"),
        ("a pencil sketch of a horse", (SKETCH,), "horse"),
        ("drawings", (SKETCH,), ""),
        ("black-and-white sketch of a city at night", (BW, NIGHT, SKETCH), "city"),
        ("knight in armour", (), "knight in armour"),
    ],
)
def test_words_for_a_look_are_taken_out(text, looks, rest):
    assert spoken_looks(text) == (looks, rest)
