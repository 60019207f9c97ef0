"""The changelog has a section for this version, and one for what comes next."""

import re
from pathlib import Path

import photosort

CHANGELOG = Path(__file__).parents[3] / "CHANGELOG.md"


def test_this_version_has_a_dated_section_below_what_comes_next() -> None:
    text = CHANGELOG.read_text("utf-8")
    headings = re.findall(r"^## \[([^]]+)\](?: - (\d{4}-\d\d-\d\d))?$", text, re.MULTILINE)
    assert len(headings) == len(re.findall(r"^## ", text, re.MULTILINE))
    assert headings[0] == ("Unreleased", "")
    assert all(date for _, date in headings[1:])
    assert photosort.__version__ in dict(headings)
