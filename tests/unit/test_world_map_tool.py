"""The steps that make the map's file of shapes."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from photosort.media.world_map import to_plane
from tools import world_map


def test_a_ring_is_cut_into_cells_and_loses_nothing_between_them() -> None:
    ring = np.array([[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]])
    pieces = dict(world_map._cut(ring, 0, 0, 0, 1, is_ring=True))
    assert sorted(pieces) == [0, 1, 2, 3]
    assert pieces[0].max() == pytest.approx(0.5 + world_map.MARGIN / 2)
    assert pieces[0].min() == pytest.approx(0.1)


def test_a_line_is_cut_where_it_leaves_and_comes_back() -> None:
    line = np.array([[0.1, 0.2], [0.9, 0.2], [0.9, 0.3], [0.1, 0.3]])
    found = [piece for cell, piece in world_map._cut(line, 0, 0, 0, 1, is_ring=False) if cell == 0]
    assert len(found) == 2
    edge = 0.5 + world_map.MARGIN / 2
    assert found[0] == pytest.approx(np.array([[0.1, 0.2], [edge, 0.2]]))
    assert found[1] == pytest.approx(np.array([[edge, 0.3], [0.1, 0.3]]))


def test_only_points_that_say_something_stay() -> None:
    straight = np.stack([np.linspace(0, 1, 33), np.zeros(33)], axis=1)
    corner = np.array([[0.0, 0.0], [0.5, 0.3], [1.0, 0.0]])
    dot = np.full((4, 2), 0.5)
    first, second = world_map._simplified([straight, corner, dot], 0.01)
    assert first == pytest.approx(straight[[0, -1]])
    assert second == pytest.approx(corner)


def test_shapefiles_are_read() -> None:
    degrees = [(2.0, 48.0), (3.0, 48.0), (3.0, 49.0), (10.0, 50.0), (11.0, 51.0)]
    record = struct.pack("<i4d2i2i", 3, *[0.0] * 4, 2, 5, 0, 3)
    record += b"".join(struct.pack("<2d", *point) for point in degrees)
    shapes = b"\0" * 100 + struct.pack(">2i", 1, len(record) // 2) + record
    first, second = world_map._parts(shapes)
    assert first == pytest.approx(to_plane([48, 48, 49], [2, 3, 3]))
    assert second == pytest.approx(to_plane([50, 51], [10, 11]))
