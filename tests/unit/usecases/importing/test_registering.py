"""Imported photos are in the library at once, and undo moves them to the wastebasket and back."""

import pytest

from photosort.domain.photos import FileState
from photosort.errors import EnvironmentProblem
from photosort.media import wastebasket
from photosort.progress import Job
from photosort.sentences import Sentence
from photosort.store.tables import files, roots
from photosort.usecases import undoing
from photosort.usecases.importing.registering import register
from photosort.usecases.indexing.index_run import index
from photosort.usecases.photos import photo_table

MAY = "2022:05:14 10:00:00"


def names(session):
    return sorted(photo_table.load(session).names.tolist())


@pytest.fixture
def imported(session, card, draw, bring_in):
    """Two photos, one with a keyword file, registered; gives the change."""
    draw("100A/IMG_0001.JPG", MAY)
    draw("100A/IMG_0002.JPG", MAY)
    (card / "DCIM" / "100A" / "IMG_0001.xmp").write_text('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    return bring_in()[1]


def test_photos_are_there_before_their_pictures_are_read(session, imported, encoder, to):
    assert names(session) == ["IMG_0001.JPG", "IMG_0002.JPG"]
    assert [root.path for root in session.read(roots.list_all)] == [str(to)]
    assert undoing.next_steps(session)[0] == "Imported 2 photos"
    summary = index(session, [], job=Job())
    assert (summary.new, summary.embedded) == (0, 2)


def test_undo_moves_the_copies_to_the_wastebasket_and_redo_brings_them_back(
    session, imported, home_trash, there, card, originals, bring
):
    copies, source = there(), originals(card)
    undoing.undo(session)
    assert (there(), names(session)) == ([], [])
    assert len(list((home_trash / "files").iterdir())) == 3
    undoing.undo(session, redo=True)
    assert there() == copies
    assert names(session) == ["IMG_0001.JPG", "IMG_0002.JPG"]
    assert originals(card) == source
    # Taken back, they are new again.
    undoing.undo(session)
    assert bring().photos == 2


def test_only_what_this_import_brought_is_taken_back(
    session, imported, draw, bring_in, there, home_trash
):
    draw("101A/IMG_0003.JPG", MAY)
    bring_in()
    undoing.undo(session)
    assert names(session) == ["IMG_0001.JPG", "IMG_0002.JPG"]


def test_where_there_is_no_wastebasket_nothing_is_taken_back(
    session, imported, monkeypatch, there, home_trash
):
    refused = Sentence("It lies on a network share, where deleting is for good.")
    monkeypatch.setattr(wastebasket, "refusal", lambda folder: refused)
    before = there()
    with pytest.raises(EnvironmentProblem, match="cannot be moved to the wastebasket"):
        undoing.undo(session)
    assert there() == before
    assert names(session) == ["IMG_0001.JPG", "IMG_0002.JPG"]
    assert undoing.next_steps(session)[0] == "Imported 2 photos"


def test_a_copy_that_cannot_go_stays_in_the_library(
    session, imported, monkeypatch, there, home_trash
):
    discard = wastebasket.discard

    def failing(path):
        if path.name == "IMG_0002.JPG":
            raise PermissionError(13, "Permission denied")
        discard(path)

    monkeypatch.setattr(wastebasket, "discard", failing)
    change = undoing.undo(session)
    assert change.shortfall == "1 file could not be moved; all others were."
    assert there() == ["2022/05/IMG_0002.JPG"]
    assert names(session) == ["IMG_0002.JPG"]
    assert session.read(files.count_by_state)[FileState.PRESENT] == 1


def test_an_import_into_a_folder_of_the_library_adds_no_folder(session, add, draw, bring):
    folder = add("red", "a.jpg")
    draw("100A/IMG_0001.JPG", MAY)
    register(session, bring(into=folder / "imported"), job=Job())
    assert [root.path for root in session.read(roots.list_all)] == [str(folder)]
    assert names(session) == ["IMG_0001.JPG", "a.jpg"]


def test_an_import_that_brought_nothing_is_no_step(session, imported, bring_in):
    _, change = bring_in()
    assert change.history_id is None
    assert len(undoing.entries(session)) == 2  # the folder, the first import
