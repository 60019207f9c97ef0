"""A keyword file's orientation turns pictures, sizes and people's boxes, also when it comes, changes or goes later."""

from pathlib import Path

import pytest
from PIL import Image

from photosort.progress import Job
from photosort.store.tables import photos
from photosort.usecases.indexing import index_run
from photosort.usecases.photos import thumbnails
from tests.unit.media.test_orientation import drawn, of_bytes, packet, red_quarter


def shown(session, folder):
    """Size, whether red lies left and at the top of the thumbnail, and the people's boxes."""
    index_run.index(session, [str(folder)], job=Job())
    (photo,) = session.read(lambda store: photos.get(store, [1]))
    jpeg = thumbnails.of_photo(session, photo.id)
    effective = photo.effective
    return (
        (effective.width, effective.height),
        red_quarter(of_bytes(jpeg)),
        [person.box for person in effective.people],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    drawn().save(made / "a.jpg")
    return made


def test_the_turn_comes_changes_and_goes(session, folder: Path) -> None:
    beside = folder / "a.jpg.xmp"
    assert shown(session, folder) == ((600, 400), (True, True), [])
    for said, size, corner, box in (
        (6, (400, 600), (False, True), (0.5, 0.0, 0.5, 0.5)),
        (3, (600, 400), (False, False), (0.5, 0.5, 0.5, 0.5)),
        (None, (600, 400), (True, True), (0.0, 0.0, 0.5, 0.5)),
    ):
        beside.write_bytes(packet(said) + b"\n" * (said or 0))
        assert shown(session, folder) == (size, corner, [pytest.approx(box)])
    beside.write_bytes(packet(8))
    shown(session, folder)
    beside.unlink()
    assert shown(session, folder) == ((600, 400), (True, True), [])


def test_the_same_orientation_in_both_turns_once(session, folder: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn().save(folder / "a.jpg", exif=exif.tobytes())
    (folder / "a.jpg.xmp").write_bytes(packet(6))
    assert shown(session, folder) == (
        (400, 600),
        (False, True),
        [pytest.approx((0.5, 0.0, 0.5, 0.5))],
    )


def test_boxes_beside_a_turned_photo_turn_with_it(session, folder: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn().save(folder / "a.jpg", exif=exif.tobytes())
    (folder / "a.jpg.xmp").write_bytes(packet(None))
    assert shown(session, folder)[2] == [pytest.approx((0.5, 0.0, 0.5, 0.5))]


def test_boxes_in_the_photo_turn_with_its_keyword_file(session, folder: Path) -> None:
    drawn().save(folder / "a.jpg", xmp=packet(8))
    said = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    said += b'<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/>'
    (folder / "a.jpg.xmp").write_bytes(said + b"</rdf:RDF></x:xmpmeta>")
    assert shown(session, folder) == (
        (400, 600),
        (False, True),
        [pytest.approx((0.5, 0.0, 0.5, 0.5))],
    )
