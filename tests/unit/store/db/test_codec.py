from __future__ import annotations

import json

from photosort.domain.photos import Metadata, PersonRegion, Source
from photosort.store.db import codec


def test_what_is_not_said_takes_no_room() -> None:
    assert codec.dump_metadata(Metadata()) == "{}"
    assert codec.load_metadata("{}") == Metadata()


def test_all_that_is_said_comes_back() -> None:
    said = Metadata(
        width=4000,
        taken_at="2022-05-15T18:42:07.123",
        taken_source=Source.EXIF,
        rating=0,
        rating_source=Source.SIDECAR,
        keywords=("animals|dog", "Zürich"),
        people=(PersonRegion("Ada", (0.1, 0.2, 0.3, 0.4)), PersonRegion("Bo")),
        has_motion=True,
        caption="a broken \udce4 byte",
    )
    assert codec.load_metadata(codec.dump_metadata(said)) == said
    codec.dump_metadata(said).encode()


def test_fields_of_a_newer_version_are_dropped() -> None:
    assert codec.load_metadata(json.dumps({"width": 3, "mood": "blue"})) == Metadata(width=3)


def test_text_with_lone_surrogates_is_made_storable() -> None:
    assert codec.clean_text("a\udce4b") == "a?b"
    assert codec.clean_text("äb") == "äb"
    assert codec.clean_text(None) is None
