"""Stacks: what a search found, what the user decided, and how they stand among other photos."""

import json

import numpy as np
import pytest

from photosort.domain.photos import Flag
from photosort.errors import InputProblem
from photosort.progress import Job
from photosort.usecases import undoing
from photosort.usecases.duplicates import duplicate_review, stacks
from photosort.usecases.duplicates.stacks import Stacks, tiles
from photosort.usecases.indexing import index_run
from photosort.usecases.photos import decisions, photo_table, trash


@pytest.fixture
def ids(session, add):
    """Eight photos, of which a search found 2 to 5 as a burst, 3 the best, and 6 and 7 as one picture."""
    add("red", *(f"{number}.jpg" for number in range(8)))
    found = photo_table.load(session).ids.tolist()
    path = duplicate_review._path(session)
    path.parent.mkdir(parents=True, exist_ok=True)
    group = {"sure": False, "why": []}
    burst = [found[3], found[2], found[4], found[5]]
    groups = [
        {"lane": "burst", "photos": burst, **group},
        {"lane": "near", "photos": found[6:8], **group},
    ]
    path.write_text(json.dumps({"version": 1, "photos": 8, "groups": groups}))
    return found


@pytest.fixture
def members(session):
    """The stacks of the library."""
    return lambda: list(stacks.load_stacks(session, photo_table.load(session)).members)


def test_a_burst_is_a_stack_with_the_best_on_top(session, ids, members):
    burst = (ids[3], ids[2], ids[4], ids[5])
    assert members() == [burst], "what is one picture is none"
    decisions.flag(session, [ids[5]], Flag.PICK)
    decisions.rate(session, [ids[4]], 3)
    decisions.flag(session, [ids[3]], Flag.DISCARD)
    assert members() == [(ids[5], ids[4], ids[2], ids[3])]


def test_photos_are_stacked_with_all_that_their_stacks_hold(session, ids, members):
    made = stacks.join(session, [ids[0], ids[4]])
    assert members() == [(ids[0], ids[3], ids[2], ids[4], ids[5])]
    assert made.photos == {ids[0], *ids[2:6]}
    undoing.undo(session)
    assert members() == [(ids[3], ids[2], ids[4], ids[5])]
    undoing.undo(session, redo=True)
    assert len(members()[0]) == 5


def test_what_is_taken_out_stays_out_of_every_search(session, ids, members):
    stacks.split(session, [ids[2], ids[4]])
    assert members() == [(ids[3], ids[5])]
    stacks.split(session, [ids[3]])
    assert members() == [], "one photo is no stack"
    undoing.undo(session)
    assert members() == [(ids[3], ids[5])]


def test_the_chosen_one_is_on_top_whatever_is_better(session, ids, members):
    stacks.put_on_top(session, ids[5])
    decisions.flag(session, [ids[2]], Flag.PICK)
    assert members() == [(ids[5], ids[2], ids[3], ids[4])]
    stacks.put_on_top(session, ids[4])
    assert members()[0][:2] == (ids[4], ids[2])


def test_what_was_decided_survives_a_new_run_and_follows_the_picture(
    session, ids, members, tmp_path
):
    stacks.join(session, ids[:2])
    stacks.put_on_top(session, ids[1])
    folder = tmp_path / "photos"
    (folder / "later").mkdir()
    (folder / "1.jpg").rename(folder / "later" / "other.jpg")
    index_run.index(session, [str(folder)], job=Job())
    assert members()[0] == (ids[1], ids[0])
    duplicate_review._path(session).unlink()
    assert members() == [(ids[1], ids[0])], "derived files may go"


@pytest.mark.parametrize(
    "act", [lambda s, i: stacks.join(s, i[:1]), lambda s, i: stacks.put_on_top(s, i[0])]
)
def test_a_stack_needs_two_photos(session, ids, members, act):
    before = members()
    with pytest.raises(InputProblem):
        act(session, ids)
    assert members() == before


def test_photos_that_are_gone_are_in_no_stack(session, ids, members, home_trash):
    trash.trash(session, trash.plan(session, [ids[3]]), job=Job())
    (left,) = members()
    assert set(left) == {ids[2], ids[4], ids[5]}


def test_a_new_stack_never_joins_an_old_one(session, ids, members):
    stacks.join(session, ids[:3])
    stacks.split(session, ids[:1])
    stacks.join(session, [ids[0], ids[7]])
    assert {frozenset(group) for group in members()} == {
        frozenset({ids[0], ids[7]}),
        frozenset(ids[1:6]),
    }


@pytest.mark.expects_warnings
def test_damaged_findings_are_no_obstacle(session, ids, members):
    stacks.join(session, ids[:2])
    duplicate_review._path(session).write_text("{")
    assert len(members()) == 1


FOUND = Stacks(((4, 3, 5), (8, 9)), {4: 0, 3: 0, 5: 0, 8: 1, 9: 1})


@pytest.mark.parametrize(
    ("ids", "opened", "shown", "leaders"),
    [
        ([1, 2, 3, 4, 5, 6], (), [1, 2, 4, 6], [1, 2, 4, 6]),
        ([1, 2, 3, 4, 5, 6], {5}, [1, 2, 4, 3, 5, 6], [1, 2, 4, 4, 4, 6]),
        ([5, 7, 3], (), [7, 3], [7, 3]),
        ([5, 7, 3], {3}, [7, 3, 5], [7, 3, 3]),
        ([9, 1, 4], (), [9, 1, 4], [9, 1, 4]),
        ([9, 8, 5, 4, 3], {8}, [8, 9, 4], [8, 8, 4]),
        ([], {8}, [], []),
    ],
)
def test_tiles(ids, opened, shown, leaders):
    found = tiles(np.array(ids, np.int64), FOUND, opened)
    assert found.ids.tolist() == shown
    assert found.leaders.tolist() == leaders
    behind = sum(len(members) - 1 for photo, members in found.stacks.items() if photo == members[0])
    stacked = [photo for photo in shown if photo in found.stacks]
    assert set(found.stacks) == set(stacked)
    assert len(shown) - len(stacked) + len(
        {found.stacks[one][0] for one in stacked}
    ) + behind == len(ids)
