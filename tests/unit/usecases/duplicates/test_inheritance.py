"""A duplicate that stays takes over what the others had and it had not, in the same step that discards them."""

import pytest

from photosort.domain.photos import Flag, Source
from photosort.domain.tags import TagState
from photosort.usecases import undoing
from photosort.usecases.albums import user_albums
from photosort.usecases.details import details_of
from photosort.usecases.duplicates import duplicate_review
from photosort.usecases.duplicates.inheritance import inherited
from photosort.usecases.photos import date_changes, decisions, photo_table, place_changes
from photosort.usecases.photos.metadata_set import Belongings, MetadataSet
from photosort.usecases.tags import tagging

LISBON = (38.72, -9.14)
EXIF = ("2022-05-15T18:42:07", None, Source.EXIF)
NAME = ("2022-05-15", None, Source.NAME)
USER = ("1985", None, Source.USER)


def test_only_what_is_lacking_is_taken_over():
    keeper = Belongings(("dog",), frozenset({"cat"}), ((1, "Best"),), 2, "Mine", None, EXIF, None)
    other = Belongings(
        ("Dog", "Cat", "beach"), frozenset(), ((1, "Best"), (2, "Sea")), 5, "Theirs", "Sun", NAME
    )
    assert inherited(keeper, [other]) == MetadataSet(
        ("beach",), ((2, "Sea"),), None, None, "Sun", None, None
    )


def test_of_several_the_most_stars_and_the_first_words_count():
    others = [
        Belongings(("sea",), rating=3),
        Belongings(("sea", "sand"), rating=5, title="B", place=LISBON),
        Belongings(title="C", place=(0.5, 0.5)),
    ]
    taken = inherited(Belongings(), others)
    assert (taken.tags, taken.rating, taken.title, taken.place) == (("sea", "sand"), 5, "B", LISBON)


@pytest.mark.parametrize(
    ("own", "others", "taken"),
    [
        (None, [NAME, EXIF], EXIF),
        (NAME, [EXIF], EXIF),
        (NAME, [NAME], None),
        (EXIF, [NAME], None),
        (EXIF, [USER], USER),
        (USER, [USER, EXIF], None),
    ],
)
def test_a_date_is_taken_over_where_it_is_worth_more(own, others, taken):
    assert inherited(Belongings(date=own), [Belongings(date=one) for one in others]).date == taken


def test_a_place_that_was_removed_stays_so():
    other = Belongings(place=LISBON)
    assert inherited(Belongings(is_placeless=True), [other]).place is None
    assert inherited(Belongings(), [other]).place == LISBON


def test_all_of_it_is_one_step_that_is_taken_back(session, add):
    add("red", "kept.jpg", "gone.jpg")
    catalog = photo_table.load(session)
    ids = dict(zip(catalog.names.tolist(), catalog.ids.tolist(), strict=True))
    kept, gone = ids["kept.jpg"], ids["gone.jpg"]
    tagging.set_tag_state(session, "dog", [gone], TagState.CONFIRMED)
    user_albums.create(session, "Best", [gone])
    decisions.rate(session, [gone], 4)
    decisions.describe(session, [gone], {"title": "Rex", "caption": "At the sea"})
    place_changes.set_place(session, [gone], LISBON)
    date_changes.change_dates(
        session, date_changes.set_to([gone], date_changes.parse_date("2022-05-15"))
    )
    before = [details_of(session, one) for one in (kept, gone)]
    duplicate_review.keep(session, [kept, gone], [kept])
    found = details_of(session, kept)
    shown = found.photo.effective
    assert ([one.name for one in found.tags], found.albums) == (["dog"], ("Best",))
    assert (shown.rating, shown.title, shown.caption) == (4, "Rex", "At the sea")
    assert (shown.taken_at, shown.latitude, shown.longitude) == ("2022-05-15", *LISBON)
    assert found.place is not None
    assert (found.photo.flag, details_of(session, gone).photo.flag) == (None, Flag.DISCARD)
    undoing.undo(session)
    assert [details_of(session, one) for one in (kept, gone)] == before
