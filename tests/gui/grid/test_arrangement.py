from __future__ import annotations

import numpy as np
import pytest

from photosort.gui.grid.arrangement import DIVIDER_ID, Arrangement, Section, ranges


def ids(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


def test_sections_know_their_rows() -> None:
    made = Arrangement(ids(7, 8, 9, 10), (Section(0, "May"), Section(3, "June")))
    assert made.counts().tolist() == [3, 1]
    assert made.section_of(2).title == "May"
    assert made.section_of(3).title == "June"
    assert made.row_of(9) == 2
    assert made.row_of(99) == -1


@pytest.mark.parametrize(
    "sections",
    [(), (Section(1),), (Section(0), Section(2), Section(1)), (Section(0), Section(9))],
)
def test_sections_that_do_not_fit_are_refused(sections: tuple[Section, ...]) -> None:
    with pytest.raises(ValueError, match="section"):
        Arrangement(ids(1, 2, 3), sections)


def test_a_divider_needs_its_row() -> None:
    with pytest.raises(ValueError, match="divider"):
        Arrangement(ids(1, 2), (Section(0), Section(1, "weaker", is_divider=True)))
    with pytest.raises(ValueError, match="divider"):
        Arrangement(ids(1, DIVIDER_ID), (Section(0),))


def test_a_divider_is_no_photo() -> None:
    sections = (Section(0), Section(2, "Hide 3 weaker", is_divider=True), Section(3))
    made = Arrangement(ids(1, 2, DIVIDER_ID, 3, 4, 5), sections)
    assert made.photos() == 5
    assert made.row_of(DIVIDER_ID) == -1
    assert made.row_of(3) == 3


@pytest.mark.parametrize(
    ("mask", "expected"),
    [
        ([], []),
        ([0, 0], []),
        ([1, 1], [(0, 1)]),
        ([1, 0, 1, 1, 0], [(0, 0), (2, 3)]),
        ([0, 0, 1], [(2, 2)]),
    ],
)
def test_ranges(mask: list[int], expected: list[tuple[int, int]]) -> None:
    assert ranges(np.array(mask, bool)) == expected
