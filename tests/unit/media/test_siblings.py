from __future__ import annotations

import random
import unicodedata

import pytest

from photosort.media.formats import media_of
from photosort.media.siblings import SiblingFacts, group

NOON = "2022-05-15T12:00:00"


def facts(
    name: str, taken_at: str | None = None, mark: str | None = None, offset_min: int | None = None
) -> SiblingFacts:
    return SiblingFacts(name, media_of(name) or "image", taken_at, mark, offset_min)


def takeout(name: str, json: str) -> SiblingFacts:
    return SiblingFacts(name, "image", takeout=json)


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
        [facts("IMG_2000 (2).JPG"), facts("IMG_E2000.JPG")],
        [facts("IMG_2000.JPG"), facts("IMG_E2000 (2).JPG")],
        [facts("DSC_1_NEF_shotwell.jpg"), facts("DSC_1.CR2")],
        [facts("DSC_1_NEF_shotwell.jpg"), facts("DSC_1.JPG")],
        [facts("PXL_1.BURST-01.COVER.jpg"), facts("PXL_1.BURST-02.ORIGINAL.jpg")],
        [facts("PXL_1.RAW-01.COVER.jpg"), facts("PXL_2.RAW-02.ORIGINAL.dng")],
        [facts("Beach.jpg", NOON), facts("Beach-sunset.jpg", NOON)],
        [facts("Lang-edited.jpg", NOON), facts("Lang.jpg", "2022-05-16T12:00:00")],
        [facts("I-edited.jpg"), facts("I_edited.jpg"), facts("I.jpg")],
        [takeout("Beach.jpg", "Beach.jpg.json"), takeout("Beach-1.jpg", "Beach-1.jpg.json")],
        [facts("IMG_1.JPG"), facts("IMG_1.jpg"), facts("img_1.CR2")],
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


@pytest.mark.parametrize(
    ("edit", "original"),
    [
        ("IMG_E2000 (2).JPG", "IMG_2000 (2).JPG"),
        ("2022-05-15_IMG_E2000.JPG", "2022-05-15_IMG_2000.JPG"),
        ("IMG_E2001(1).JPG", "IMG_2001(1).HEIC"),
        ("IMG_E2002 2.JPG", "IMG_2002 2.JPG"),
        ("IMG_E2003-1.JPG", "IMG_2003-1.JPG"),
        ("IMG_1234_edited.jpeg", "IMG_1234.HEIC"),
        ("IMG_1234_edited (1).jpeg", "IMG_1234 (1).HEIC"),
        ("IMG_1234 (1)_edited.jpeg", "IMG_1234 (1).HEIC"),
        ("I-edited.jpg", "I.jpg"),
        ("I-edited(1).jpg", "I(1).jpg"),
        ("I-edited(1).jpg", "I.jpg"),
        ("I-edytowane.jpg", "I.jpg"),
        ("I-EFFECTS.jpg", "I.jpg"),
        ("I-편집.jpg", "I.jpg"),
        ("PXL_20210704_223015123~2.jpg", "PXL_20210704_223015123.jpg"),
        ("I-измененный.jpg", "I.jpg"),
        ("I-ha editado.jpg", "I.jpg"),
        ("I-編集済み.jpg", "I.jpg"),
        (unicodedata.normalize("NFD", "Ü-modifié.jpg"), "Ü.jpg"),
        ("a" * 42 + "-edit.jpg", "a" * 42 + ".jpg"),
        ("PXL_1.PORTRAIT-01.COVER.jpg", "PXL_1.PORTRAIT-02.ORIGINAL.jpg"),
    ],
)
def test_an_edited_copy_by_its_name(edit: str, original: str) -> None:
    expected = [[f"{edit}:edited", f"{original}:original"]]
    assert grouped(facts(edit), facts(original)) == expected
    assert grouped(facts(original, NOON), facts(edit, NOON)) == expected


def test_an_edited_copy_in_a_language_that_nobody_listed_shares_its_takeout() -> None:
    same = "Beach.jpg.supplemental-metadata.json"
    assert grouped(takeout("Beach-sunting.jpg", same), takeout("Beach.jpg", same)) == [
        ["Beach-sunting.jpg:edited", "Beach.jpg:original"]
    ]


@pytest.mark.parametrize("by", ["shotwell", "embedded"])
def test_what_shotwell_makes_of_a_raw_file(by: str) -> None:
    role = "edited" if by == "shotwell" else "original"
    assert grouped(facts("DSC_1.NEF", NOON), facts(f"DSC_1_NEF_{by}.jpg", NOON)) == [
        [f"DSC_1_NEF_{by}.jpg:{role}", "DSC_1.NEF:raw"]
    ]
    all_three = grouped(facts("DSC_1.JPG"), facts("DSC_1.NEF"), facts(f"DSC_1_NEF_{by}.jpg"))
    assert [len(photo) for photo in all_three] == [3]


@pytest.mark.parametrize("cover", ["PXL_1.RAW-01.COVER.jpg", "PXL_1.RAW-01.MP.COVER.jpg"])
def test_a_pixels_raw(cover: str) -> None:
    raw = "PXL_1.RAW-02.ORIGINAL.dng"
    assert grouped(facts(raw, NOON), facts(cover, NOON)) == [[f"{cover}:original", f"{raw}:raw"]]


def test_of_names_in_two_cases_the_exact_one_wins() -> None:
    assert grouped(facts("IMG_1.JPG"), facts("img_1.jpg"), facts("IMG_1.CR2")) == [
        ["IMG_1.JPG:original", "IMG_1.CR2:raw"],
        ["img_1.jpg:original"],
    ]


def test_names_in_two_forms_of_unicode_are_one() -> None:
    apart = unicodedata.normalize("NFD", "Übung.NEF")
    assert grouped(facts("Übung.jpg"), facts(apart)) == [["Übung.jpg:original", f"{apart}:raw"]]


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
