import pytest

from photosort.domain.photos import Role
from photosort.media.siblings import SiblingFacts, group


def facts(name, taken_at=None, identifier=None):
    ending = name.rpartition(".")[2].lower()
    media = {"mov": "video", "mp4": "video", "mp": "video", "nef": "raw", "dng": "raw"}
    return SiblingFacts(name, media.get(ending, "image"), taken_at, identifier)


def names(groups):
    return [[member.relative for member in members] for members in groups]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([facts("DSC_1.NEF"), facts("DSC_1.JPG")], [["DSC_1.JPG", "DSC_1.NEF"]]),
        ([facts("dsc_1.nef"), facts("DSC_1.JPG")], [["DSC_1.JPG", "dsc_1.nef"]]),
        ([facts("a.jpg"), facts("a.png")], [["a.jpg"], ["a.png"]]),
        ([facts("a.jpg"), facts("b.jpg")], [["a.jpg"], ["b.jpg"]]),
        ([facts("IMG_1234.JPG"), facts("IMG_E1234.JPG")], [["IMG_E1234.JPG", "IMG_1234.JPG"]]),
        ([facts("IMG_E1234.JPG")], [["IMG_E1234.JPG"]]),
        (
            [facts("PXL_1.MP.jpg"), facts("PXL_1.MP")],
            [["PXL_1.MP.jpg", "PXL_1.MP"]],
        ),
        ([facts("x.NEF"), facts("x.DNG")], [["x.NEF"], ["x.DNG"]]),
    ],
)
def test_names_decide(files, expected):
    assert names(group(files)) == expected


@pytest.mark.parametrize(
    ("picture", "clip", "together"),
    [
        (("2022-05-15T18:42:07", None), ("2022-05-15T18:42:06", None), True),
        (("2022-05-15T18:42:07", None), ("2022-05-15T16:42:06", None), True),
        (("2022-05-15T18:42:07", None), ("2022-05-15T18:47:07", None), False),
        (("2022-05-15T18:42:07", None), ("2022-05-14T18:42:07", None), False),
        (("2022-05-15T18:42:07", None), (None, None), False),
        ((None, "A"), (None, "A"), True),
        (("2022-05-15T18:42:07", "A"), ("2022-05-15T18:42:07", "B"), False),
    ],
)
def test_a_clip_joins_its_live_photo_by_identifier_or_time(picture, clip, together):
    groups = group([facts("IMG_1.HEIC", *picture), facts("IMG_1.MOV", *clip)])
    assert len(groups) == (1 if together else 2)


def test_a_raw_taken_at_another_time_is_another_photo():
    files = [facts("DSC_1.NEF", "2022-05-15T18:42:07"), facts("DSC_1.JPG", "2019-05-15T18:42:07")]
    assert len(group(files)) == 2


def test_roles():
    (members,) = group([facts("IMG_1234.JPG"), facts("IMG_1234.DNG"), facts("IMG_E1234.JPG")])
    assert [m.role for m in members] == [Role.EDITED, Role.ORIGINAL, Role.RAW]


def test_a_lone_raw_is_a_raw():
    assert group([facts("x.NEF")])[0][0].role is Role.RAW
