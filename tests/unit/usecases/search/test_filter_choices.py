"""What a search can be narrowed to: each count is what the search finds once the choice is made."""

import numpy as np
import pytest
from PIL import Image

from photosort.domain.photos import Flag, Kind
from photosort.domain.query import Field, Filter, Not, Op, PartialDate
from photosort.domain.tags import TagState
from photosort.progress import Job
from photosort.search.query_language import exchange, parse_leniently
from photosort.store.tables import filters
from photosort.usecases.indexing import index_run
from photosort.usecases.photos import date_changes, decisions, photo_table, place_changes
from photosort.usecases.search import filter_choices, query_results
from photosort.usecases.search.filter_choices import Aspect, aspect_of, load_choices
from photosort.usecases.tags import tagging
from tests.fixtures.colours import COLOURS

_MAKE, _MODEL, _EXIF, _LENS = 0x010F, 0x0110, 0x8769, 0xA434


@pytest.fixture
def photos(session, tmp_path):
    """Nine photos of two cameras, three years and three colours, some with stars, flags, tags and a place."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(9):
        exif = Image.Exif()
        exif[_EXIF] = {}
        if number < 6:
            exif[_MAKE], exif[_MODEL] = "Nikon", "D7" if number < 4 else "D70"
            exif[_EXIF][_LENS] = "24-70 mm" if number % 2 else "50 mm"
            exif[_EXIF][0x9003] = f"{2020 + number // 2}:05:0{number + 1} 10:00:00"
        colour = tuple(
            min(255, part + number) for part in COLOURS[("red", "green", "blue")[number // 3]]
        )
        Image.new("RGB", (96, 64), colour).save(folder / f"{number}.jpg", exif=exif)
    index_run.index(session, [str(folder)], job=Job())
    ids = photo_table.load(session).ids.tolist()
    decisions.rate(session, ids[:3], 5)
    decisions.rate(session, ids[3:5], 2)
    decisions.flag(session, ids[:2], Flag.PICK)
    decisions.flag(session, ids[8:], Flag.DISCARD)
    decisions.correct_kind(session, ids[5:7], Kind.SCREENSHOT)
    decisions.describe(session, ids[7:8], {"caption": "back from Lisbon"})
    place_changes.set_place(session, ids[1:3], (38.72, -9.14))
    tagging.set_tag_state(session, "dog", ids[2:6], TagState.CONFIRMED)
    tagging.set_tag_state(session, "cat", ids[5:8], TagState.REJECTED)
    date_changes.change_dates(
        session, date_changes.set_to(ids[6:7], date_changes.parse_date("2021-05"))
    )
    return ids


@pytest.fixture
def suggested(photos):
    return lambda keys: np.array(photos[3:7], np.int64)


@pytest.fixture
def choices_of(session, photos, suggested):
    """The choices of a search, with its catalog."""

    def load(text):
        catalog = photo_table.load(session)
        found = shown(session, catalog, text, suggested)
        return load_choices(session, catalog, text, found, suggested=suggested)

    return load


def shown(session, catalog, text, suggested):
    """The photos that the window shows for a query: good matches, or the closest where none is good."""
    query = parse_leniently(text)[0]
    query_results.update_fulltext(session)
    found = query_results.answer(session, query, catalog, suggested=suggested)
    return found.ids[: found.strong or found.possible]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rating>=4",
        'camera:"Nikon D7" flag:pick',
        "camera:nikon on:2021",
        "red",
        "something green kind:photo",
        "after:2020-05-02 before:2022 -tag:dog",
        "place:lisbon state:suggested",
        "tag:dog OR tag:cat",
        "-kind:screenshot is:unreviewed",
        "rating>=5 kind:document",
    ],
)
def test_each_count_is_what_the_search_finds_with_the_choice(session, choices_of, suggested, text):
    found = choices_of(text)
    catalog = photo_table.load(session)
    counted = 0
    for aspect, choices in found.of.items():
        for choice in choices:
            narrowed = exchange(
                text, lambda term, aspect=aspect: aspect_of(term) is aspect, (choice.term,)
            )
            query = parse_leniently(narrowed)[0]
            with_it = query_results.answer(session, query, catalog, suggested=suggested)
            assert choice.count == with_it.strong, narrowed
            counted += choice.count > 0
    assert counted


def test_every_aspect_has_its_choices(choices_of):
    found = choices_of("").of
    assert [choice.count for choice in found[Aspect.STARS]] == [3, 3, 3, 5, 5, 4]
    assert [choice.count for choice in found[Aspect.FLAG]] == [2, 1, 6]
    kinds = {choice.term.value: choice.count for choice in found[Aspect.KIND]}
    assert kinds == {"photo": 7, "video": 0, "screenshot": 2, "received": 0, "document": 0}
    cameras = {choice.term.value: choice.count for choice in found[Aspect.CAMERA]}
    assert cameras == {"Nikon D7": 6, "Nikon D70": 2}, "a filter finds names within names"
    assert {choice.term.value: choice.count for choice in found[Aspect.LENS]} == {
        "24-70 mm": 3,
        "50 mm": 3,
    }
    dates = [(str(choice.term.value), choice.count) for choice in found[Aspect.DATE][:-1]]
    assert dates == [("2022", 2), ("2021", 3), ("2020", 2)]
    assert found[Aspect.DATE][-1].term == Not(Filter(Field.HAS, Op.IS, "date"))
    places = {choice.term.value: choice.count for choice in found[Aspect.PLACE][:-1]}
    assert places["Lisbon"] == 3, "one is named in a caption"
    tags = {choice.term: choice.count for choice in found[Aspect.TAGS]}
    assert tags[Filter(Field.STATE, Op.IS, "confirmed")] == 4
    assert tags[Filter(Field.STATE, Op.IS, "suggested")] == 4
    assert tags[Filter(Field.IS, Op.IS, "unreviewed")] == 3


def test_what_the_query_asks_for_is_chosen(choices_of):
    found = choices_of('red camera:"nikon d70" on:2021-05 rating>=2')
    assert found.chosen(Aspect.CAMERA) == [Filter(Field.CAMERA, Op.IS, "Nikon D70")]
    assert found.of[Aspect.DATE][0].is_chosen, "no list has it, and it stands first"
    assert found.of[Aspect.DATE][0].term.value == PartialDate(2021, 5)
    assert found.chosen(Aspect.STARS) == [Filter(Field.RATING, Op.AT_LEAST, 2)]
    assert found.chosen(Aspect.KIND) == []
    assert choices_of("camera:nikon OR rating>=2").chosen(Aspect.STARS) == []


def test_long_lists_end_and_say_how_many_follow(choices_of, monkeypatch):
    monkeypatch.setattr(filter_choices, "_MOST_NAMES", 1)
    found = choices_of("")
    assert [choice.term.value for choice in found.of[Aspect.CAMERA]] == ["Nikon D7"]
    assert found.unlisted[Aspect.CAMERA] == 1
    assert Aspect.KIND not in found.unlisted


def test_the_days_of_the_library_are_known(choices_of):
    first, last = choices_of("kind:document").days
    assert (first.isoformat(), last.isoformat()) == ("2020-05-01", "2022-05-06")


def test_nothing_is_read_again_while_the_photos_stay(session, choices_of, photos, monkeypatch):
    catalog = photo_table.load(session)
    load_choices(session, catalog, "", catalog.ids)
    monkeypatch.setattr(filters, "photos_by_text", None)
    again = load_choices(session, catalog, "rating>=4", catalog.ids[:3])
    assert again.of[Aspect.FLAG][0].count == 2


def test_an_empty_library_has_choices_without_photos(session):
    catalog = photo_table.load(session)
    found = load_choices(session, catalog, "", catalog.ids)
    assert found.days is None
    assert all(choice.count == 0 for choices in found.of.values() for choice in choices)
