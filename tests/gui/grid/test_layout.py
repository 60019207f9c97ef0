from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photosort.gui.grid.arrangement import DIVIDER_ID, Arrangement, Section
from photosort.gui.grid.layout import (
    NARROWEST_SECTION,
    SECTION_GAP,
    CellShape,
    Layout,
    Measures,
    Plan,
)
from tests.gui.grid.conftest import divided


def lay_out(
    counts: list[int],
    *,
    width: int = 800,
    edge: int = 180,
    shape: CellShape = CellShape.SQUARE,
    titled: bool = True,
    mark: str = "",
    seed: int = 0,
) -> Layout:
    firsts = np.cumsum([0, *counts[:-1]]).tolist()
    sections = tuple(
        Section(f, f"Day {i}" if titled else "", mark=mark) for i, f in enumerate(firsts)
    )
    arrangement = Arrangement(np.arange(sum(counts), dtype=np.int64), sections)
    aspects = np.random.default_rng(seed).choice([0.2, 0.67, 1.0, 1.5, 5.0], sum(counts))
    measures = Measures(width, edge, gap=12, margin=16, header=44, divider=40)
    return Layout(arrangement, Plan(measures, shape), aspects.astype(np.float32))


counts_strategy = st.lists(st.integers(1, 40), min_size=1, max_size=8)
shapes = st.sampled_from(list(CellShape))


@settings(max_examples=60, deadline=None)
@given(counts_strategy, st.integers(60, 2000), st.integers(72, 640), shapes)
def test_cells_lie_inside_apart_and_in_order(
    counts: list[int], width: int, edge: int, shape: CellShape
) -> None:
    layout = lay_out(counts, width=width, edge=edge, shape=shape)
    cells = layout.cells(range(layout.rows))
    for row, (x, y, w, h) in enumerate(cells):
        assert w > 0
        assert h > 0
        assert x >= 16
        assert x + w <= max(width - 16, 17) + 1
        assert y + h <= layout.height
        assert layout.row_at(x + w // 2, y + h // 2) == row
    for (x, y, w, h), (next_x, next_y, _, _) in pairwise(cells):
        assert next_x >= x + w if next_y == y else next_y >= y + h


@settings(max_examples=40, deadline=None)
@given(counts_strategy, st.integers(0, 5000), st.integers(0, 900), shapes)
def test_a_band_gives_exactly_the_lines_that_touch_it(
    counts: list[int], top: int, height: int, shape: CellShape
) -> None:
    layout = lay_out(counts, shape=shape)
    found = layout.rows_between(top, top + height)
    touching = [
        row
        for row, (_, y, _, h) in enumerate(layout.cells(range(layout.rows)))
        if y <= top + height and y + h > top
    ]
    assert list(found) == touching


def test_a_rectangle_gives_exactly_the_cells_that_touch_it() -> None:
    layout = lay_out([30])
    area = (200, 100, 420, 330)
    expected = [
        x <= area[2] and x + w > area[0] and y <= area[3] and y + h > area[1]
        for x, y, w, h in layout.cells(range(30))
    ]
    assert any(expected)
    assert layout.rows_in(*area).tolist() == expected


def test_square_lines_are_flush_on_both_sides() -> None:
    layout = lay_out([8], width=803)
    cells = layout.cells(range(layout.columns))
    assert cells[0][0] == 16
    assert cells[-1][0] + cells[-1][2] == 803 - 16
    assert len({w for _, _, w, _ in cells}) == 1


def test_a_line_of_landscapes_is_not_as_high_as_it_is_wide() -> None:
    arrangement = Arrangement(np.arange(4, dtype=np.int64))
    measures = Measures(800, 180, gap=12, margin=16, header=44, divider=40)
    layout = Layout(arrangement, Plan(measures, CellShape.SQUARE), np.full(4, 1.5, np.float32))
    _, _, width, height = layout.cell(0)
    assert height == -(-width * 2 // 3)


def test_justified_lines_fill_the_width_near_the_wished_height() -> None:
    layout = lay_out([60], shape=CellShape.JUSTIFIED, width=1200)
    cells = layout.cells(range(60))
    last_y = cells[-1][1]
    for y in {c[1] for c in cells} - {last_y}:
        line = [c for c in cells if c[1] == y]
        assert line[-1][0] + line[-1][2] == pytest.approx(1200 - 16, abs=2)
        assert 0.6 * 180 <= line[0][3] <= 1.5 * 180


def test_a_divider_is_as_wide_as_the_grid() -> None:
    strong, weak = np.arange(5, dtype=np.int64), np.arange(5, 9, dtype=np.int64)
    arrangement = divided(strong, weak)
    measures = Measures(800, 180, gap=12, margin=16, header=44, divider=40)
    for shape in CellShape:
        layout = Layout(arrangement, Plan(measures, shape), np.ones(10, np.float32))
        assert arrangement.ids[5] == DIVIDER_ID
        x, _, width, height = layout.cell(5)
        assert (x, width, height) == (16, 768, 40)
        assert layout.cell(6)[1] > layout.cell(5)[1]


def test_headings_stand_above_their_photos() -> None:
    layout = lay_out([5, 7])
    for section, first in ((0, 0), (1, 5)):
        top, height = layout.header(section)
        assert height == 44
        assert top + height == layout.cell(first)[1]
    assert layout.section_bottom(0) == layout.header(1)[0]
    assert layout.section_at(layout.cell(4)[1]) == 0
    assert layout.section_at(layout.cell(5)[1]) == 1


def test_untitled_sections_have_no_heading() -> None:
    assert lay_out([5, 7], titled=False).header(1)[1] == 0


def test_down_and_up_keep_the_column_over_short_lines() -> None:
    layout = lay_out([4, 1, 4])
    x = layout.cell(2)[0] + 10
    below = layout.neighbour(2, 1, x)
    assert below == 4
    assert layout.neighbour(below, 1, x) == 5 + 2
    assert layout.neighbour(0, -1, 0) == 0


def test_a_page_moves_at_least_one_line() -> None:
    layout = lay_out([40])
    x = layout.cell(0)[0]
    assert layout.page(0, 10, x) == layout.columns
    assert layout.page(layout.columns, -10, x) == 0
    assert layout.page(0, 100_000, x) >= 36


def test_nothing_is_laid_out_as_nothing() -> None:
    measures = Measures(800, 180, gap=12, margin=16, header=44, divider=40)
    for shape in CellShape:
        layout = Layout(Arrangement(), Plan(measures, shape), np.zeros(0, np.float32))
        assert layout.rows == 0
        assert layout.row_at(20, 20) == -1
        assert list(layout.rows_between(0, 1000)) == []


def test_100_000_photos_in_5_000_sections() -> None:
    layout = lay_out([20] * 5000)
    assert layout.row_at(*layout.cell(99_999)[:2]) == 99_999


def beside(layout: Layout) -> list[list[int]]:
    """The sections that stand side by side, from top to bottom."""
    tops = layout.section_top.tolist()
    return [[s for s, top in enumerate(tops) if top == one] for one in dict.fromkeys(tops)]


def square_photos(counts: list[int], width: int) -> Layout:
    firsts = np.cumsum([0, *counts[:-1]]).tolist()
    sections = tuple(Section(f, f"Month {i}", mark="2022") for i, f in enumerate(firsts))
    arrangement = Arrangement(np.arange(sum(counts), dtype=np.int64), sections)
    measures = Measures(width, 180, gap=12, margin=16, header=44, divider=40)
    return Layout(
        arrangement, Plan(measures, CellShape.JUSTIFIED), np.ones(sum(counts), np.float32)
    )


def test_sections_that_do_not_fill_a_line_share_it() -> None:
    layout = square_photos([1, 1, 1, 1], width=16 + 3 * NARROWEST_SECTION + 2 * SECTION_GAP + 16)
    assert beside(layout) == [[0, 1, 2], [3]]
    assert {y for _, y, _, _ in layout.cells(range(3))} == {44}
    assert {height for _, _, _, height in layout.cells(range(4))} == {180}
    for section in range(3):
        x, width = layout.header_span(section)
        assert x == layout.cell(section)[0]
        assert width == NARROWEST_SECTION
    assert layout.cell(3)[0] == 16
    assert layout.header_span(3)[1] > 2 * NARROWEST_SECTION, "alone it has the whole line"


def test_a_section_of_several_lines_stands_alone() -> None:
    layout = square_photos([1, 9, 1, 2], width=800)
    assert beside(layout) == [[0], [1], [2, 3]]
    assert list(layout.sections_between(0, layout.height)) == [0, 1, 2, 3]
    y = layout.section_top[3] + 50
    assert list(layout.sections_between(y, y)) == [2, 3]
    assert layout.section_bottom(2) == layout.height
    assert layout.row_at(layout.cell(11)[0] + 5, y) == 11


def test_only_dates_share_a_line() -> None:
    arrangement = divided(np.arange(1, dtype=np.int64), np.arange(1, 2, dtype=np.int64))
    measures = Measures(1600, 180, gap=12, margin=16, header=44, divider=40)
    layout = Layout(arrangement, Plan(measures, CellShape.JUSTIFIED), np.ones(3, np.float32))
    assert beside(layout) == [[0], [1], [2]]
    assert beside(lay_out([1, 1], shape=CellShape.JUSTIFIED, width=1600)) == [[0], [1]]


@settings(max_examples=60, deadline=None)
@given(counts_strategy, st.integers(200, 2400), st.integers(72, 400))
def test_headings_never_overlap_and_lie_above_their_photos(
    counts: list[int], width: int, edge: int
) -> None:
    layout = lay_out(counts, width=width, edge=edge, shape=CellShape.JUSTIFIED, mark="2022")
    firsts = layout.arrangement.firsts().tolist()
    for together in beside(layout):
        right = -1
        for section in together:
            x, span = layout.header_span(section)
            top, height = layout.header(section)
            assert x >= right
            assert x + span <= width - 16 + 1
            right = x + span
            assert layout.cell(firsts[section])[:2] == (x, top + height)
            if len(together) > 1:
                last = layout.cell(firsts[section] + counts[section] - 1)
                assert last[0] + last[2] <= right + 1


def test_down_leads_to_the_nearest_photo_of_the_next_line() -> None:
    layout = square_photos([1, 1, 1, 12], width=800)
    x, _, width, _ = layout.cell(2)
    below = layout.neighbour(2, 1, x + width // 2)
    middles = [layout.cell(row)[0] + layout.cell(row)[2] // 2 for row in range(3, 7)]
    assert below == 3 + int(np.argmin(np.abs(np.array(middles) - (x + width // 2))))
