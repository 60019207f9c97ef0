"""Where photos go by a template, and which templates are refused before anything is copied."""

import pytest

from photosort.errors import InputProblem
from photosort.usecases.importing.template import Facts, parse

TAKEN = Facts("2022-05-14T18:42:07", "Nikon D500", "100NIKON")
UNKNOWN = Facts(None, "", "Camera")


def place(text, facts=TAKEN):
    folders, prefix = parse(text).place(facts)
    return "/".join((*folders, f"{prefix}IMG_1.JPG"))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{year}/{month}", "2022/05/IMG_1.JPG"),
        ("{year}/{year}-{month}-{day}", "2022/2022-05-14/IMG_1.JPG"),
        ("{camera}/{folder}", "Nikon D500/100NIKON/IMG_1.JPG"),
        ("{year}/{name}", "2022/IMG_1.JPG"),
        ("{name}", "IMG_1.JPG"),
        ("photos of {year}", "photos of 2022/IMG_1.JPG"),
        ("{year}/{year}-{month}-{day}_{time}_{name}", "2022/2022-05-14_184207_IMG_1.JPG"),
    ],
)
def test_a_photo_goes_where_its_template_says(text, path):
    assert place(text) == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{year}/{month}", "undated/IMG_1.JPG"),
        ("{camera}/{year}", "unknown camera/undated/IMG_1.JPG"),
        ("{folder}", "Camera/IMG_1.JPG"),
        ("{year}-{month}-{day}_{name}", "IMG_1.JPG"),
    ],
)
def test_what_is_not_known_has_a_folder_of_a_plain_name(text, path):
    assert place(text, UNKNOWN) == path


@pytest.mark.parametrize(
    ("taken_at", "text", "path"),
    [
        ("1985", "{year}/{month}", "1985/IMG_1.JPG"),
        ("1985-07", "{year}/{year}-{month}-{day}", "1985/1985-07/IMG_1.JPG"),
        ("1985", "{year}-{month}-{day}_{name}", "1985_IMG_1.JPG"),
        ("1985-07-04", "{year}/{day}_{time}_{name}", "1985/04_IMG_1.JPG"),
    ],
)
def test_of_a_date_that_is_known_in_part_nothing_is_made_up(taken_at, text, path):
    assert place(text, Facts(taken_at, "", "")) == path


def test_names_of_cameras_are_made_fit_for_folders():
    assert place("{camera}", Facts(None, 'A/B: "C"', "")) == "A_B_ _C_/IMG_1.JPG"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{year}/{monat}", r"no field \{monat\}. There are: \{year\}, "),
        ("{}", r"no field \{\}"),
        ("{year", "bracket"),
        ("year}", "bracket"),
        ("", "name folders below"),
        ("/{year}", "name folders below"),
        ("{year}//{month}", "name folders below"),
        ("../{year}", "name folders below"),
        ("{year}/", "name folders below"),
        (".hidden/{year}", "name folders below"),
        ("{year}/.{name}", "name folders below"),
        ("a:b/{year}", "name folders below"),
        ("{name}/{year}", "at the end"),
        ("{name}_{year}", "at the end"),
        ("{name}{name}", "at the end"),
    ],
)
def test_a_template_that_cannot_be_is_one_sentence(text, said):
    with pytest.raises(InputProblem, match=said):
        parse(text)
