"""Sentences are their English text, and know what they were put together from."""

import copy
import errno
import json
import os
import pickle

from photosort.sentences import Sentence, counted_photos, put_together, quoted, reason_of


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


def test_stored_parts_make_the_same_sentence():
    said = Sentence("Add {photos} to {name}", photos=counted_photos(1204), name=quoted("{Sea}"))
    again = put_together(json.loads(json.dumps(said.parts())))
    assert again == said == "Add 1,204 photos to '{Sea}'"
    assert again.arguments["photos"].template == "{count:,} photos"
    assert counted_photos(1) == "1 photo"


def test_what_the_system_refuses_is_said_in_words_of_ours_where_people_meet_it():
    denied = reason_of(PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    assert isinstance(denied, Sentence)
    assert denied == os.strerror(errno.EACCES).lower()
    assert reason_of(OSError(errno.EXDEV, "Cross-device link")) == "cross-device link"
    assert reason_of(OSError("Odd")) == "odd"
