from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosort.domain.query import (
    And,
    Area,
    Description,
    Field,
    Filter,
    Like,
    Near,
    Not,
    Op,
    Or,
    PartialDate,
    Query,
    Sort,
    SortKey,
    Term,
)
from photosort.errors import InputProblem
from photosort.search.query_language import parse, unparse


def words(text: str) -> Description:
    return Description(tuple(text.split()))


def filtered(field: Field, value: str | int | PartialDate | Near | Area, op: Op = Op.IS) -> Filter:
    return Filter(field, op, value)


def check(text: str) -> None:
    """The text is a query that goes round, or is refused at a place within it."""
    read = _read(text)
    if isinstance(read, Query):
        assert parse(unparse(read)) == read
        hash(read)
    else:
        assert read.position is not None
        assert 0 <= read.position <= len(text)


def _read(text: str) -> Query | InputProblem:
    try:
        return parse(text)
    except InputProblem as problem:
        return problem


DOG = filtered(Field.TAG, "dog")
CAT = filtered(Field.TAG, "cat")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        (" \t\n\u3000", None),
        ("dog on the beach", words("dog on the beach")),
        ("dog AND beach", words("dog beach")),
        ("dog and cat or bird", words("dog and cat or bird")),
        ('"red ball" dog', Description(("red ball", "dog"))),
        ("(dog) (beach)", And((words("dog"), words("beach")))),
        ('"beach"-people', And((words("beach"), Not(words("people"))))),
        ("beach -people", And((words("beach"), Not(words("people"))))),
        ("-OR", Not(words("OR"))),
        ("-people", Not(words("people"))),
        ('-"two words"', Not(Description(("two words",)))),
        ("-(dog ball)", Not(words("dog ball"))),
        ("-(tag:dog OR tag:cat)", Not(Or((DOG, CAT)))),
        ("-(-dog)", Not(Not(words("dog")))),
        ("beach -people sunset", And((words("beach"), Not(words("people")), words("sunset")))),
        ("tag:dog", DOG),
        ("TAG:dog", DOG),
        ("tag=dog", DOG),
        ('tag:"dog"', DOG),
        ("-tag:dog", Not(DOG)),
        ("tag:dog AND tag:cat", And((DOG, CAT))),
        ("tag:dog OR tag:cat beach", Or((DOG, And((CAT, words("beach")))))),
        ("(tag:dog OR tag:cat) beach", And((Or((DOG, CAT)), words("beach")))),
        ('album:"Lisbon"', filtered(Field.ALBUM, "Lisbon")),
        ('album:"a ""big"" day"', filtered(Field.ALBUM, 'a "big" day')),
        ("album:“two words”", filtered(Field.ALBUM, "two words")),
        ("folder:2023", filtered(Field.FOLDER, "2023")),
        ('camera:"nikon d500"', filtered(Field.CAMERA, "nikon d500")),
        ("lens:24-70", filtered(Field.LENS, "24-70")),
        ("place:lisbon", filtered(Field.PLACE, "lisbon")),
        ("near:lisbon<20km", filtered(Field.NEAR, Near("lisbon", 20))),
        ("near:lisbon", filtered(Field.NEAR, Near("lisbon", 10))),
        ("near:lisbon<=1,5km", filtered(Field.NEAR, Near("lisbon", 1.5))),
        ("near:lisbon<300m", filtered(Field.NEAR, Near("lisbon", 0.3))),
        ("near:lisbon≤20", filtered(Field.NEAR, Near("lisbon", 20))),
        ('near:"new york"<5km', filtered(Field.NEAR, Near("new york", 5))),
        ('near:"new york < 5 km"', filtered(Field.NEAR, Near("new york", 5))),
        ("near:38.7,-9.1<2km", filtered(Field.NEAR, Near("38.7,-9.1", 2))),
        ("area:38.6,-9.3;38.8,-9", filtered(Field.AREA, Area(((38.6, -9.3), (38.8, -9.0))))),
        ("area:1,2;3,4;5,6", filtered(Field.AREA, Area(((1.0, 2.0), (3.0, 4.0), (5.0, 6.0))))),
        ("kind:Screenshots", filtered(Field.KIND, "screenshot")),
        ("type:.JPG", filtered(Field.TYPE, "jpeg")),
        ("state:suggested", filtered(Field.STATE, "suggested")),
        ("has:GPS", filtered(Field.HAS, "gps")),
        ("is:unreviewed", filtered(Field.IS, "unreviewed")),
        ("flag:rejected", filtered(Field.FLAG, "discard")),
        ("rating>=3", filtered(Field.RATING, 3, Op.AT_LEAST)),
        ("rating ≥ 3", filtered(Field.RATING, 3, Op.AT_LEAST)),
        ("rating:>=3", filtered(Field.RATING, 3, Op.AT_LEAST)),
        ("rating>3", filtered(Field.RATING, 3, Op.MORE)),
        ("rating<=3", filtered(Field.RATING, 3, Op.AT_MOST)),
        ("rating<3", filtered(Field.RATING, 3, Op.LESS)),
        ("rating=3", filtered(Field.RATING, 3)),
        ("rating:-1", filtered(Field.RATING, -1)),
        ("size>5MB", filtered(Field.SIZE, 5_000_000, Op.MORE)),
        ("size<=1.5gb", filtered(Field.SIZE, 1_500_000_000, Op.AT_MOST)),
        ("size>300KB", filtered(Field.SIZE, 300_000, Op.MORE)),
        ("after:2023-05", filtered(Field.AFTER, PartialDate(2023, 5))),
        ("before:2024", filtered(Field.BEFORE, PartialDate(2024))),
        ("on:2023-7-4", filtered(Field.ON, PartialDate(2023, 7, 4))),
        ("like:/photos/dog.jpg", Like("/photos/dog.jpg")),
        (r'like:"C:\My photos\"', Like("C:\\My photos\\")),
        ("like:IMG(1).jpg at night", And((Like("IMG(1).jpg"), words("at night")))),
    ],
)
def test_reads(text: str, root: Term | None) -> None:
    assert parse(text) == Query(root)


@pytest.mark.parametrize(
    "text",
    [
        "2019 - Lisbon",
        "- dog",
        "well-known",
        "--dog",
        '24" print',
        "18:42",
        ":smile:",
        "IMG_1401(1).jpg",
        "'; DROP;",
        "100% [a-z]+.*",
        "👩‍👩‍👧 \u05db\u05dc\u05d1",
    ],
)
def test_takes_for_words(text: str) -> None:
    assert parse(text) == Query(words(text))


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("dog sort:date", Sort(SortKey.DATE)),
        ("sort:-date dog", Sort(SortKey.DATE, backwards=True)),
        ("dog sort:oldest", Sort(SortKey.DATE, backwards=True)),
        ("dog sort:NAME", Sort(SortKey.NAME)),
    ],
)
def test_an_order_stands_anywhere(text: str, sort: Sort) -> None:
    assert parse(text) == Query(words("dog"), sort)


def test_an_order_belongs_to_all_alternatives() -> None:
    assert parse("tag:dog OR tag:cat sort:date") == Query(Or((DOG, CAT)), Sort(SortKey.DATE))


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ('dog "two words', 4),
        ('-"two', 1),
        ('tag:"two', 4),
        ("dog colour:red", 4),
        ("Meeting: notes", 0),
        ("-iso>800", 1),
        ("dog tag:", 8),
        ("tag: dog", 4),
        ('tag:"  "', 4),
        ("on:2023-02-30", 3),
        ("on:2023-00", 3),
        ("on:2023-13", 3),
        ("on:0000", 3),
        ("after:yesterday", 6),
        ("tag>dog", 3),
        ("after>=2023", 5),
        ("sort>date", 4),
        ("rating>=6", 8),
        ("rating:²", 7),
        ("rating>", 7),
        ("size>5", 5),
        ("size>9999999999999GB", 5),
        ("type:a/b", 5),
        ("kind:dog", 5),
        ("flag:maybe", 5),
        ("sort:colour", 5),
        ("dog sort:date sort:name", 14),
        ("-sort:date", 1),
        ("(dog sort:date)", 5),
        ("OR dog", 0),
        ("AND dog", 0),
        ("dog OR", 4),
        ("dog AND", 4),
        ("dog OR OR cat", 4),
        ("dog AND OR cat", 4),
        ("(dog OR) cat", 5),
        ("()", 0),
        ("dog ()", 4),
        ("(dog", 0),
        ("(dog OR (cat)", 0),
        ("(", 0),
        ("dog)", 3),
        (")", 0),
        ('dog ""', 4),
        ("near:lisbon<far", 5),
        ("near:lisbon<0km", 5),
        ("near:<5km", 4),
        ("area:1,2", 5),
        ("area:91,0;92,1", 5),
        ("area:1,2;x", 5),
        ("(" * 51 + "dog" + ")" * 51, 50),
        ("-(" * 150, 101),
    ],
)
def test_points_at_the_place(text: str, position: int) -> None:
    with pytest.raises(InputProblem) as caught:
        parse(text)
    assert caught.value.position == position
    assert caught.value.user_message.endswith(".")


@pytest.mark.parametrize(
    ("text", "meant"), [("date:2022", "“on”"), ("tagg:dog", "“tag”"), ("stars>3", "“rating”")]
)
def test_says_what_an_unknown_field_may_have_meant(text: str, meant: str) -> None:
    with pytest.raises(InputProblem, match=meant):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "dog " * 2_500,
        "-a " * 3_333,
        "a(" * 5_000,
        '"' * 10_000,
        "a OR " * 1_999 + "b",
    ],
)
def test_ten_thousand_characters(text: str) -> None:
    check(text)


@given(st.data())
def test_any_text_reads_and_goes_round_or_is_refused_at_a_place(
    any_text: st.SearchStrategy[str], data: st.DataObject
) -> None:
    check(data.draw(any_text))
