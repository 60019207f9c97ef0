"""Sentences are their English text, and know what they were put together from."""

import copy
import json
import pickle

from photosort.sentences import Sentence


def test_a_sentence_is_its_text_everywhere_below_the_window():
    said = Sentence("{file} is damaged; {count:,} others are not.", file="a.jpg", count=1200)
    assert said == "a.jpg is damaged; 1,200 others are not."
    assert json.dumps({"message": said}) == '{"message": "a.jpg is damaged; 1,200 others are not."}'
    assert (said.template, said.arguments) == (
        "{file} is damaged; {count:,} others are not.",
        {"file": "a.jpg", "count": 1200},
    )


def test_copies_know_as_much():
    said = Sentence("{file} is damaged.", file="{braces}.jpg")
    for one in (copy.copy(said), copy.deepcopy(said), pickle.loads(pickle.dumps(said))):
        assert isinstance(one, Sentence)
        assert (one, one.template, one.arguments) == (said, said.template, said.arguments)
