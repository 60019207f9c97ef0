"""What other programs say in keyword files reaches the photo, and a file that cannot be read is told."""

from pathlib import Path

import pytest
from PIL import Image

from photosort.domain.photos import FileState, Flag
from photosort.progress import Job
from photosort.store.tables import photos
from photosort.usecases.indexing import index_run
from photosort.usecases.photos import decisions, problems

GOOD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:digiKam="http://www.digikam.org/ns/1.0/" xmp:Rating="4"{}/></rdf:RDF></x:xmpmeta>'
)
CUT = GOOD.format("")[:-30]
TWICE = GOOD.format("").replace(
    "/></rdf:RDF>", "><xmp:Rating>4</xmp:Rating></rdf:Description></rdf:RDF>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos" / "deep"
    made.mkdir(parents=True)
    Image.new("RGB", (96, 64), (200, 30, 30)).save(made / "a.jpg")
    return made


def look(session, folder: Path):
    summary = index_run.index(session, [str(folder.parent)], job=Job())
    (photo,) = session.read(lambda store: photos.get(store, [1]))
    told = [(Path(one.path).name, one.reason) for one in problems.list_all(session)]
    assert summary.unreadable == len(told)
    assert [file.state for file in photo.files] == [FileState.PRESENT]
    return photo, told


@pytest.mark.parametrize("bad", [CUT, TWICE])
def test_an_unreadable_keyword_file_is_told_until_it_is_mended(
    session, folder: Path, bad: str
) -> None:
    beside = folder / "a.jpg.xmp"
    beside.write_text(bad)
    for _ in range(3):
        photo, told = look(session, folder)
        assert told == [("a.jpg.xmp", "The sidecar a.jpg.xmp is damaged.")]
        assert photo.effective.rating is None
    beside.write_text(GOOD.format("") + "\n" * 9)
    photo, told = look(session, folder)
    assert told == []
    assert photo.effective.rating == 4
    # What was read stays while the file is damaged.
    beside.write_text(bad)
    photo, told = look(session, folder)
    assert len(told) == 1
    assert photo.effective.rating == 4
    beside.unlink()
    assert look(session, folder)[1] == []


def test_the_pick_of_another_program_counts_until_the_user_chooses(session, folder: Path) -> None:
    beside = folder / "a.jpg.xmp"
    beside.write_text(GOOD.format(' digiKam:PickLabel="1"'))
    photo, _ = look(session, folder)
    assert photo.flag is Flag.DISCARD
    decisions.flag(session, [photo.id], Flag.PICK)
    beside.write_text(GOOD.format(' digiKam:PickLabel="1"') + "\n")
    assert look(session, folder)[0].flag is Flag.PICK
    decisions.flag(session, [photo.id], None)
    beside.write_text(GOOD.format(' digiKam:PickLabel="1"') + "\n\n")
    assert look(session, folder)[0].flag is None
    beside.write_text(GOOD.format(' digiKam:PickLabel="3"'))
    assert look(session, folder)[0].flag is Flag.PICK
