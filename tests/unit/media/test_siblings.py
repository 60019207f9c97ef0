from __future__ import annotations

import random

import pytest

from photosort.media.formats import media_of
from photosort.media.siblings import SiblingFacts, group

NOON = "2022-05-15T12:00:00"


def facts(
    name: str, taken_at: str | None = None, mark: str | None = None, offset_min: int | None = None
) -> SiblingFacts:
    return SiblingFacts(name, media_of(name) or "image", taken_at, mark, offset_min)


def grouped(*files: SiblingFacts) -> list[list[str]]:
    return [[f"{member.relative}:{member.role}" for member in photo] for photo in group(files)]


def test_raw_and_jpeg_are_one_photo_shown_by_the_jpeg() -> None:
    assert grouped(facts("a/IMG_1.CR2", NOON), facts("a/IMG_1.JPG", "2022-05-15T12:00:01")) == [
        ["a/IMG_1.JPG:original", "a/IMG_1.CR2:raw"]
    ]
    assert grouped(facts("IMG_1.NEF"), facts("img_1.heic")) == [
        ["img_1.heic:original", "IMG_1.NEF:raw"]
    ]
    assert grouped(facts("IMG_1.NEF")) == [["IMG_1.NEF:raw"]]


@pytest.mark.parametrize(
    "files",
    [
        [facts("a/IMG_1.CR2"), facts("b/IMG_1.JPG")],
        [facts("IMG_1.CR2", NOON), facts("IMG_1.JPG", "2022-05-15T12:00:03")],
        [facts("IMG_1.JPG"), facts("IMG_1.PNG")],
        [facts("IMG_1.JPG"), facts("IMG_1.HEIC")],
        [facts("IMG_1.CR2"), facts("IMG_2.JPG")],
        [facts("IMG_1.CR2"), facts("IMG_1.DNG"), facts("IMG_1.JPG")],
        [facts("IMG_1.JPG"), facts("IMG_1.MOV")],
        [facts("IMG_1.JPG", NOON), facts("IMG_1.MOV", "2022-05-15T12:00:05")],
        [facts("IMG_1.JPG", NOON, "A"), facts("IMG_1.MOV", NOON, "B")],
        [facts("IMG_1.JPG", NOON), facts("IMG_1.PNG", NOON), facts("IMG_1.MOV", NOON)],
        [facts("IMG_1.JPG", NOON, "A"), facts("IMG_2.JPG", NOON, "A"), facts("x.MOV", None, "A")],
        [facts("a/IMG_1.JPG", NOON, "A"), facts("b/IMG_1.MOV", NOON, "A")],
        [facts("IMG_1234.JPG", NOON), facts("IMG_E1234.JPG", "2022-05-16T12:00:00")],
        [facts("IMG_E1234.JPG"), facts("IMG_E1235.JPG")],
        [facts("IMG_E1234.JPG", NOON), facts("IMG_1234.MOV", NOON)],
    ],
)
def test_in_doubt_apart(files: list[SiblingFacts]) -> None:
    assert [len(photo) for photo in group(files)] == [1] * len(files)


def test_a_live_photo_by_its_mark_whatever_the_names() -> None:
    assert grouped(facts("x.MOV", None, "A"), facts("IMG_1.HEIC", NOON, "A")) == [
        ["IMG_1.HEIC:original", "x.MOV:motion"]
    ]


@pytest.mark.parametrize(
    ("still", "clip"),
    [
        (facts("IMG_1.HEIC", NOON), facts("IMG_1.MOV", "2022-05-15T12:00:01.900")),
        (facts("IMG_1.HEIC", NOON), facts("IMG_1.MP4", "2022-05-15T10:00:01", offset_min=0)),
        (facts("IMG_1.HEIC", NOON, None, 120), facts("IMG_1.MP4", "2022-05-15T10:00:01", None, 0)),
        (facts("IMG_1.HEIC", NOON, "A"), facts("IMG_1.MOV", NOON)),
        (facts("PXL_1.MP.jpg"), facts("PXL_1.MP")),
    ],
)
def test_a_clip_by_name_and_moment(still: SiblingFacts, clip: SiblingFacts) -> None:
    assert grouped(clip, still) == [[f"{still.relative}:original", f"{clip.relative}:motion"]]


def test_known_offsets_must_agree() -> None:
    still, clip = facts("I.HEIC", NOON, None, 60), facts("I.MP4", "2022-05-15T10:00:01", None, 0)
    assert len(group([still, clip])) == 2


def test_an_edited_copy_is_shown_first() -> None:
    assert grouped(
        facts("IMG_1234.HEIC", NOON), facts("IMG_1234.MOV", NOON), facts("IMG_E1234.JPG", NOON)
    ) == [["IMG_E1234.JPG:edited", "IMG_1234.HEIC:original", "IMG_1234.MOV:motion"]]


def test_the_order_of_the_files_changes_nothing() -> None:
    files = [
        facts("IMG_1.CR2", NOON), facts("IMG_1.JPG", NOON), facts("IMG_2.HEIC", NOON, "A"),
        facts("IMG_2.MOV", NOON, "A"), facts("IMG_E2222.JPG"), facts("IMG_2222.JPG"), facts("c.mp4"),
    ]  # fmt: skip
    expected = {frozenset(photo) for photo in map(tuple, group(files))}
    for seed in range(5):
        shuffled = random.Random(seed).sample(files, len(files))
        assert {frozenset(photo) for photo in map(tuple, group(shuffled))} == expected
    assert sum(len(photo) for photo in expected) == len(files)


def test_nothing_gives_nothing() -> None:
    assert group([]) == []
