from __future__ import annotations

import numpy as np
import pytest

from photosort.gui.grid.arrangement import DIVIDER_ID, Arrangement, Section, ranges, with_divider


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


def test_weaker_matches_stand_behind_the_divider_when_opened() -> None:
    closed = with_divider(ids(1, 2), ids(3, 4, 5), "Show 3 weaker", opened=False)
    assert closed.ids.tolist() == [1, 2, DIVIDER_ID]
    opened = with_divider(ids(1, 2), ids(3, 4, 5), "Hide 3 weaker", opened=True)
    assert opened.ids.tolist() == [1, 2, DIVIDER_ID, 3, 4, 5]
    assert opened.photos() == 5
    assert opened.row_of(DIVIDER_ID) == -1


def test_without_weaker_matches_there_is_no_divider() -> None:
    assert with_divider(ids(1), ids(), "Show 0 weaker", opened=False).ids.tolist() == [1]


def test_only_weaker_matches_still_have_their_divider() -> None:
    made = with_divider(ids(), ids(3), "Show 1 weaker", opened=True)
    assert made.ids.tolist() == [DIVIDER_ID, 3]


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
