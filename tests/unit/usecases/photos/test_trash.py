"""Photos go to the wastebasket whole and come back as they were, on the disk of the home and on another."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from photosort.domain.photos import Flag
from photosort.domain.tags import TagState
from photosort.errors import EnvironmentProblem
from photosort.media import wastebasket
from photosort.progress import Job
from photosort.sentences import Sentence
from photosort.usecases import undoing
from photosort.usecases.albums import user_albums
from photosort.usecases.details import details_of
from photosort.usecases.indexing import index_run
from photosort.usecases.photos import decisions, photo_table, trash
from photosort.usecases.tags import tagging


def ids_of(session) -> dict[str, int]:
    catalog = photo_table.load(session)
    return dict(zip(catalog.names.tolist(), catalog.ids.tolist(), strict=True))


def send(session, photo_ids) -> trash.TrashRun:
    return trash.trash(session, trash.plan(session, photo_ids), job=Job())


def known(session, photo_id: int):
    found = details_of(session, photo_id)
    states = {Path(one.path).name: one.state for one in found.files}
    return found.photo.effective.rating, [one.name for one in found.tags], found.albums, states


def names_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


@pytest.fixture
def decided(session, add):
    """Three photos; the first has stars, a tag and an album."""
    folder = add("red", "a.jpg", "b.jpg", "c.jpg")
    ids = ids_of(session)
    decisions.rate(session, [ids["a.jpg"]], 4)
    tagging.set_tag_state(session, "dog", [ids["a.jpg"]], TagState.CONFIRMED)
    user_albums.create(session, "Best", [ids["a.jpg"]])
    return folder


def test_what_was_decided_survives_the_wastebasket(session, decided, home_trash, originals):
    ids, before = ids_of(session), originals(decided)
    was = known(session, ids["a.jpg"])
    run = send(session, [ids["a.jpg"]])
    assert run.gone == (decided / "a.jpg",)
    assert (names_in(decided), set(ids_of(session))) == ({"b.jpg", "c.jpg"}, {"b.jpg", "c.jpg"})
    index_run.index(session, [str(decided)], job=Job())
    assert set(ids_of(session)) == {"b.jpg", "c.jpg"}
    undoing.undo(session, run.change.history_id)
    assert originals(decided) == before
    assert ids_of(session) == ids
    assert known(session, ids["a.jpg"]) == was
    summary = index_run.index(session, [str(decided)], job=Job())
    assert (summary.new, summary.missing, summary.photos) == (0, 0, 3)


def test_redo_moves_it_again(session, decided, home_trash):
    ids = ids_of(session)
    run = send(session, [ids["a.jpg"]])
    for _ in range(2):
        undoing.undo(session, run.change.history_id)
        assert "a.jpg" in names_in(decided)
        undoing.undo(session, run.change.history_id, redo=True)
        assert "a.jpg" not in names_in(decided)
        assert "a.jpg" not in ids_of(session)


def test_a_file_that_the_file_manager_restores_is_the_photo_that_it_was(
    session, decided, home_trash
):
    ids = ids_of(session)
    was = known(session, ids["a.jpg"])
    send(session, [ids["a.jpg"]])
    (held,) = wastebasket.held_from([decided])[decided / "a.jpg"]
    wastebasket.put_back(held)
    index_run.index(session, [str(decided)], job=Job())
    assert ids_of(session) == ids
    assert known(session, ids["a.jpg"]) == was


def test_all_that_belongs_to_a_photo_goes_and_comes_back(session, tmp_path, home_trash):
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, shade in (("IMG_1.jpg", 90), ("IMG_2.jpg", 190)):
        Image.new("RGB", (96, 64), (shade, 0, 0)).save(folder / name)
    shutil.copy(folder / "IMG_1.jpg", folder / "copy of it.jpg")
    belonging = {"IMG_1.xmp", "IMG_1.jpg.xmp", "IMG_1.jpg.json", "IMG_1.aae"}
    for name in (*belonging, "IMG_2.xmp", "notes.json"):
        packet = '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>' if name.endswith(".xmp") else "{}"
        (folder / name).write_text(packet)
    index_run.index(session, [str(folder)], job=Job())
    everything = names_in(folder)
    photo = ids_of(session)["IMG_1.jpg"]
    wanted = trash.plan(session, [photo])
    assert wanted.going_along() == ["1 further copy", "4 keyword files"]
    run = trash.trash(session, wanted, job=Job())
    assert names_in(folder) == {"IMG_2.jpg", "IMG_2.xmp", "notes.json"}
    undoing.undo(session, run.change.history_id)
    assert names_in(folder) == everything


def test_a_keyword_file_of_a_picture_that_stays_stays(session, tmp_path, home_trash):
    folder = tmp_path / "photos"
    folder.mkdir()
    Image.new("RGB", (96, 64), (90, 0, 0)).save(folder / "IMG_1.jpg")
    Image.new("RGB", (96, 64), (0, 0, 200)).save(folder / "IMG_1.png")
    (folder / "IMG_1.xmp").write_text('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    index_run.index(session, [str(folder)], job=Job())
    send(session, [ids_of(session)["IMG_1.png"]])
    assert names_in(folder) == {"IMG_1.jpg", "IMG_1.xmp"}


def test_a_photo_goes_whole_or_not_at_all(session, tmp_path, home_trash, monkeypatch):
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("a.jpg", "b.jpg"):
        Image.new("RGB", (96, 64), (ord(name[0]), 0, 0)).save(folder / name)
    (folder / "a.jpg.xmp").write_text('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    index_run.index(session, [str(folder)], job=Job())
    move = wastebasket.discard

    def failing(path: Path) -> None:
        if path.suffix == ".xmp":
            raise PermissionError(13, "Permission denied")
        move(path)

    monkeypatch.setattr(wastebasket, "discard", failing)
    run = send(session, ids_of(session).values())
    assert run.gone == (folder / "b.jpg",)
    assert run.staying == (
        (str(folder / "a.jpg"), "It could not be moved to the wastebasket: permission denied."),
    )
    assert names_in(folder) == {"a.jpg", "a.jpg.xmp"}
    assert set(ids_of(session)) == {"a.jpg"}


@pytest.mark.parametrize("how", ["changed", "gone", "share", "offline"])
def test_what_cannot_go_stays_and_is_told(session, decided, home_trash, monkeypatch, how):
    ids, path = ids_of(session), decided / "a.jpg"
    if how == "changed":
        path.write_bytes(path.read_bytes() + b"x")
    elif how == "gone":
        path.unlink()
    elif how == "share":
        refused = Sentence("It lies on a network share, where deleting is for good.")
        monkeypatch.setattr(wastebasket, "refusal", lambda folder: refused)
    else:
        decided.rename(decided.with_name("unplugged"))
        index_run.index(session, [], job=Job())
    run = send(session, [ids["a.jpg"]])
    assert (run.gone, run.change.history_id) == ((), None)
    ((told, reason),) = run.staying
    assert told == str(path)
    assert {
        "changed": "was changed since",
        "gone": "cannot be opened",
        "share": "network share",
        "offline": "not connected",
    }[how] in reason
    assert not home_trash.exists()


def test_an_emptied_wastebasket_is_told_and_the_photo_stays_away(session, decided, home_trash):
    ids = ids_of(session)
    run = send(session, [ids["a.jpg"]])
    shutil.rmtree(home_trash)
    with pytest.raises(EnvironmentProblem, match="holds these files no more"):
        undoing.undo(session, run.change.history_id)
    assert "a.jpg" not in ids_of(session)
    assert undoing.next_steps(session)[0] == "Moved 1 photo to the wastebasket"


def test_what_is_left_of_a_wastebasket_comes_back(session, decided, home_trash):
    ids = ids_of(session)
    run = send(session, ids.values())
    (home_trash / "files" / "b.jpg").unlink()
    change = undoing.undo(session, run.change.history_id)
    assert change.shortfall == "1 file could not be moved; all others were."
    assert set(ids_of(session)) == {"a.jpg", "c.jpg"}
    assert names_in(decided) == {"a.jpg", "c.jpg"}


def test_another_picture_of_the_name_is_not_overwritten_by_undo(session, decided, home_trash):
    ids = ids_of(session)
    run = send(session, [ids["a.jpg"]])
    Image.new("RGB", (30, 30), (0, 0, 255)).save(decided / "a.jpg")
    new = (decided / "a.jpg").read_bytes()
    with pytest.raises(EnvironmentProblem):
        undoing.undo(session, run.change.history_id)
    assert (decided / "a.jpg").read_bytes() == new
    assert (home_trash / "files" / "a.jpg").exists()


def test_cancelling_keeps_what_is_done_as_one_step_back(session, decided, home_trash, monkeypatch):
    ids, job = ids_of(session), Job()
    move = wastebasket.discard

    def one_then_cancel(path: Path) -> None:
        move(path)
        job.cancel()

    monkeypatch.setattr(wastebasket, "discard", one_then_cancel)
    run = trash.trash(session, trash.plan(session, ids.values()), job=job)
    assert run.cancelled
    assert len(run.gone) == 1
    assert len(ids_of(session)) == 2
    undoing.undo(session)
    assert ids_of(session) == ids
    assert names_in(decided) == {"a.jpg", "b.jpg", "c.jpg"}


def test_all_discarded_photos_are_meant(session, decided):
    ids = ids_of(session)
    decisions.flag(session, [ids["b.jpg"], ids["c.jpg"]], Flag.DISCARD)
    assert trash.discarded(session) == sorted([ids["b.jpg"], ids["c.jpg"]])


def test_another_file_system_has_a_wastebasket_of_its_own(session, encoder):
    base = next((one for one in ("/dev/shm", "/tmp") if os.access(one, os.W_OK)), None)
    folder = Path(tempfile.mkdtemp(prefix="photosort-", dir=base))
    try:
        Image.new("RGB", (96, 64), (200, 0, 0)).save(folder / "a.jpg")
        (folder / "a.xmp").write_text('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
        index_run.index(session, [str(folder)], job=Job())
        ids = ids_of(session)
        run = send(session, ids.values())
        assert (names_in(folder), ids_of(session)) == (set(), {})
        undoing.undo(session, run.change.history_id)
        assert (names_in(folder), ids_of(session)) == ({"a.jpg", "a.xmp"}, ids)
    finally:
        shutil.rmtree(folder)
