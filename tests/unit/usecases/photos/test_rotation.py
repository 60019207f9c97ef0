"""A rotated photo is shown so everywhere: size, thumbnail, encoder's picture, copies, keyword files; and undo."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from photosort.errors import InputProblem
from photosort.media.tags import read_packet
from photosort.progress import Job
from photosort.store.tables import contents, files, photos
from photosort.store.vectors import vectors
from photosort.usecases import exporting, undoing
from photosort.usecases.indexing import index_run
from photosort.usecases.photos import rotation, thumbnails
from photosort.usecases.photos.photo_paths import shown_file
from photosort.usecases.sidecars import sidecar_sync
from tests.unit.media.test_orientation import drawn, of_bytes, packet, red_quarter

RIGHT = ((400, 600), (False, True))
LEFT = ((400, 600), (True, False))
UPRIGHT = ((600, 400), (True, True))
UPSIDE = ((600, 400), (False, False))


@pytest.fixture
def folder(session, tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    drawn().save(made / "a.jpg")
    index_run.index(session, [str(made)], job=Job())
    return made


def index(session) -> None:
    index_run.index(session, [], job=Job())


def shown(session, photo_id: int = 1):
    """Size, and whether red lies left and at the top of the thumbnail that the window would show."""
    (photo,) = session.read(lambda store: photos.get(store, [photo_id]))
    jpeg = thumbnails.of_photo(session, photo_id)
    if jpeg is None:
        jpeg = thumbnails.make(session, photo_id, 1024).jpeg
    return (photo.effective.width, photo.effective.height), red_quarter(of_bytes(jpeg))


def test_quarter_turns_add_up_and_are_taken_back(session, folder, originals) -> None:
    before = originals(folder)
    found = []
    for _ in range(4):
        rotation.rotate(session, [1], "right")
        found.append(shown(session))
    assert found == [RIGHT, UPSIDE, LEFT, UPRIGHT]
    rotation.rotate(session, [1], "left")
    assert shown(session) == LEFT
    rotation.rotate(session, [1], "none")
    assert shown(session) == UPRIGHT
    for expected in (LEFT, UPRIGHT, LEFT):
        undoing.undo(session)
        assert shown(session) == expected
    undoing.undo(session, redo=True)
    assert shown(session) == UPRIGHT
    assert originals(folder) == before


def test_the_encoder_sees_it_as_it_is_shown(session, folder) -> None:
    def seen() -> tuple[bytes | None, int]:
        (file,) = session.read(lambda store: files.of_photos(store, [1]))[1]
        known = session.read(lambda store: contents.get(store, [file.content_id]))
        encoder = session.read(lambda store: store.value("SELECT max(encoder_id) FROM vectors"))
        count = session.read(lambda store: vectors.count(store, encoder or 0, "semantic"))
        return known[file.content_id].pixel_hash, count

    before = seen()
    rotation.rotate(session, [1], "right")
    assert seen() == (None, 0)
    index(session)
    assert seen()[0] not in {None, before[0]}
    assert seen()[1] == 1
    assert shown(session) == RIGHT
    rotation.rotate(session, [1], "left")
    index(session)
    assert seen() == before


def test_a_file_that_says_its_orientation_turns_on_from_there(session, tmp_path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn().save(folder / "a.jpg", exif=exif.tobytes())
    drawn().save(folder / "b.jpg", comment=b"another")
    (folder / "b.jpg.xmp").write_bytes(packet(6))
    index_run.index(session, [str(folder)], job=Job())
    assert [shown(session, one) for one in (1, 2)] == [RIGHT, RIGHT]
    rotation.rotate(session, [1, 2], "left")
    assert [shown(session, one) for one in (1, 2)] == [UPRIGHT, UPRIGHT]
    assert shown_file(session, 1).orientation == 1
    index(session)
    assert [shown(session, one) for one in (1, 2)] == [UPRIGHT, UPRIGHT]
    rotation.rotate(session, [1, 2], "right")
    assert shown_file(session, 1).orientation is None
    assert [shown(session, one) for one in (1, 2)] == [RIGHT, RIGHT]


def test_further_copies_of_a_rotated_photo_are_rotated(session, folder) -> None:
    rotation.rotate(session, [1], "right")
    (folder / "copy.jpg").write_bytes((folder / "a.jpg").read_bytes())
    index(session)
    (folder / "a.jpg").unlink()
    index(session)
    assert shown(session) == RIGHT


def test_copies_are_exported_as_shown(session, folder, tmp_path) -> None:
    rotation.rotate(session, [1], "right")
    for name, options in (("same", {}), ("small", {"size_px": 300})):
        to = tmp_path / name
        exporting.export(session, [1], exporting.ExportOptions(to, **options), job=Job())
        (made,) = to.iterdir()
        with Image.open(made) as picture:
            upright = np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))
        assert red_quarter(upright) == RIGHT[1]


def test_it_goes_into_keyword_files_and_out_of_them(session, folder) -> None:
    beside = folder / "a.jpg.xmp"

    def write() -> None:
        assert sidecar_sync.write(session, [1], job=Job()).problems == []

    rotation.rotate(session, [1], "right")
    write()
    assert str(read_packet(beside.read_bytes())["Xmp.tiff.Orientation"]) == "6"
    index(session)
    assert shown(session) == RIGHT
    rotation.rotate(session, [1], "right")
    write()
    assert str(read_packet(beside.read_bytes())["Xmp.tiff.Orientation"]) == "3"
    index(session)
    assert shown(session) == UPSIDE
    rotation.rotate(session, [1], "none")
    write()
    assert not beside.exists()
    index(session)
    assert shown(session) == UPRIGHT


def test_another_program_that_rotates_later_is_believed(session, folder) -> None:
    beside = folder / "a.jpg.xmp"
    rotation.rotate(session, [1], "right")
    sidecar_sync.write(session, [1], job=Job())
    text = beside.read_bytes()
    assert b'Orientation="6"' in text or b"Orientation>6<" in text
    beside.write_bytes(
        text.replace(b'Orientation="6"', b'Orientation="8"').replace(
            b"Orientation>6<", b"Orientation>8<"
        )
    )
    index(session)
    assert shown(session) == LEFT
    assert shown_file(session, 1).orientation == 8


def test_videos_are_refused_in_a_sentence(session, folder) -> None:
    (folder / "a.jpg").rename(folder / "b.jpg")
    (folder / "b.jpg").unlink()
    index(session)
    with pytest.raises(InputProblem, match="Only pictures can be rotated"):
        rotation.rotate(session, [1], "left")
