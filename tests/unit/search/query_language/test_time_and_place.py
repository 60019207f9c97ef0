from __future__ import annotations

from datetime import date

import pytest

from photosort.search.query_language import time_and_place
from photosort.search.query_language.writer import term_text

TODAY = date(2026, 3, 1)
PLACES = {"paris", "rome", "netherlands", "new york", "nice", "bath"}


def parted(text: str) -> tuple[str, str]:
    found = time_and_place(text, lambda name: name.casefold() in PLACES, TODAY)
    return found.rest, " ".join(map(term_text, found.filters))


@pytest.mark.parametrize(
    ("text", "rest", "filters"),
    [
        ("Eiffel tower in Paris", "Eiffel tower", "place:Paris"),
        ("eiffel tower in paris", "eiffel tower", "place:paris"),
        ("tulips in the Netherlands", "tulips", "place:Netherlands"),
        ("in New York at night", "at night", 'place:"New York"'),
        ("a girl in Nice light", "a girl light", "place:Nice"),
        ("a girl in nice light", "a girl in nice light", ""),
        ("paris", "paris", ""),
        ("dog in the garden", "dog in the garden", ""),
        ("beach last summer", "beach", "after:2025-06-01 before:2025-09-01"),
        ("skiing in winter 2019", "skiing", "after:2019-12-01 before:2020-03-01"),
        ("snow last winter", "snow", "after:2025-12-01 before:2026-03-01"),
        ("snow this winter", "snow", "after:2025-12-01 before:2026-03-01"),
        ("beach this summer", "beach", "after:2025-06-01 before:2025-09-01"),
        ("summer dress", "summer dress", ""),
        ("wedding in May 2022", "wedding", "on:2022-05"),
        ("wedding from 14 May 2022, dancing", "wedding dancing", "on:2022-05-14"),
        ("a dog in Rome in 2019", "a dog", "on:2019 place:Rome"),
        ("2019", "", "on:2019"),
        ("in", "in", ""),
        ("", "", ""),
    ],
)
def test_dates_and_places_of_the_library_are_taken_out_of_sentences(
    text: str, rest: str, filters: str
) -> None:
    assert parted(text) == (rest, filters)
