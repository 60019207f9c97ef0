from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import exiv2
import pytest
from PIL import Image

from photosort.domain.changes import ChangeSet
from photosort.domain.tags import TagState
from photosort.errors import InputProblem
from photosort.media.sidecar_writing import SidecarChange, words_of, write_sidecar
from photosort.progress import Job
from photosort.settings import Settings
from photosort.store.tables import photos
from photosort.usecases import undoing
from photosort.usecases.indexing.index_run import index
from photosort.usecases.indexing.summary import IndexSummary
from photosort.usecases.photos import decisions
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.session.session import Session
from photosort.usecases.sidecars import sidecar_conflicts, sidecar_sync
from photosort.usecases.tags import tagging, vocabulary_editing
from tests.fixtures.colours import COLOURS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    for number, (name, colour) in enumerate(COLOURS.items()):
        exif = Image.Exif()
        exif[0x8769] = {0x9003: f"2022:05:0{number + 1} 10:00:00"}
        Image.new("RGB", (64, 48), colour).save(made / f"{name}.JPG", exif=exif)
    return made


@pytest.fixture
def look(session: Session, folder: Path) -> Callable[[], IndexSummary]:
    """Brings the library up to date with the folder."""

    def again() -> IndexSummary:
        return index(session, [os.fspath(folder)], job=Job())

    again()
    return again


@pytest.fixture
def confirm(session: Session, folder: Path, look: object) -> Callable[..., int]:
    """Confirms tags on a photo and writes its keyword file; returns the photo's id."""

    def make(photo: str, *names: str) -> int:
        photo_id = photo_at(session, os.fspath(folder / photo))
        for name in names:
            tagging.set_tag_state(session, name, [photo_id], TagState.CONFIRMED)
        assert sidecar_sync.write(session, [photo_id], job=Job()).problems == []
        return photo_id

    return make


def said(session: Session, photo_id: int) -> dict[str, str]:
    return {tag.name: tag.state.value for tag in tagging.tags_of(session, [photo_id])[photo_id]}


def rating(session: Session, photo_id: int) -> int | None:
    (photo,) = photos.get(session.reader(), [photo_id])
    return photo.effective.rating


def words(path: Path) -> set[str]:
    return set(words_of(path.read_bytes()).words)


def elsewhere(path: Path, change: SidecarChange) -> None:
    """Another program changes a keyword file, at another moment of the file system's clock."""
    write_sidecar(path, change)
    after = path.stat().st_mtime_ns + 2_000_000_000
    os.utime(path, ns=(after, after))


def test_confirmed_tags_and_stars_are_written_and_nothing_else(
    session: Session, folder: Path, confirm: Callable[..., int], originals: Callable[..., object]
) -> None:
    before = originals(folder)
    photo_id = confirm("red.JPG", "dog", "our garden")
    tagging.set_tag_state(session, "cat", [photo_id], TagState.REJECTED)
    decisions.rate(session, [photo_id], 4)
    run = sidecar_sync.write(session, [photo_id], job=Job())
    assert (run.photos, run.with_words, run.written) == (1, 1, 1)
    path = folder / "red.JPG.xmp"
    assert words(path) == {"dog", "our garden"}
    assert words_of(path.read_bytes()).rating == 4
    assert any(keyword.endswith("|dog") for keyword in words_of(path.read_bytes()).keywords)
    assert sidecar_sync.write(session, [photo_id], job=Job()).written == 0
    path.unlink()
    assert originals(folder) == before


def test_what_was_written_is_nothing_new_to_the_index(
    session: Session, confirm: Callable[..., int], look: Callable[[], IndexSummary]
) -> None:
    photo_id = confirm("red.JPG", "dog")
    assert look().changed == 0
    tagging.set_tag_state(session, "dog", [photo_id], None)
    # Our own words in the file are not those of others: the tag stays away although the file still has it.
    decisions.rate(session, [photo_id], 1)
    assert look().changed == 0
    assert said(session, photo_id) == {}


def test_removing_a_tag_takes_out_only_what_we_wrote(
    session: Session, folder: Path, confirm: Callable[..., int], look: Callable[[], object]
) -> None:
    path = folder / "red.JPG.xmp"
    write_sidecar(path, SidecarChange(add=("animals", "Places|Lisbon"), rating=2))
    look()
    photo_id = confirm("red.JPG", "dog", "Lisbon")
    assert words(path) == {"animals", "lisbon", "dog"}
    tagging.set_tag_state(session, "dog", [photo_id], None)
    tagging.set_tag_state(session, "Lisbon", [photo_id], None)
    sidecar_sync.write(session, [photo_id], job=Job())
    assert words(path) == {"animals", "lisbon"}
    assert words_of(path.read_bytes()).rating == 2
    look()
    assert said(session, photo_id)["animals"] == "imported"


def test_a_no_takes_the_word_out_whoever_wrote_it(
    session: Session, folder: Path, confirm: Callable[..., int], look: Callable[[], object]
) -> None:
    path = folder / "red.JPG.xmp"
    write_sidecar(path, SidecarChange(add=("dog", "beach")))
    look()
    photo_id = photo_at(session, os.fspath(folder / "red.JPG"))
    assert said(session, photo_id) == {"dog": "imported", "beach": "imported"}
    tagging.set_tag_state(session, "dog", [photo_id], TagState.REJECTED)
    confirm("red.JPG", "sea")
    assert words(path) == {"beach", "sea"}


# What digiKam writes: each list is read only where those before it are empty.
DIGIKAM = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:MicrosoftPhoto="http://ns.microsoft.com/photo/1.0/"
    xmlns:acdsee="http://ns.acdsee.com/iptc/1.0/" xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:mediapro="http://ns.iview-multimedia.com/mediapro/1.0/"
   acdsee:rating="3" acdsee:categories="&lt;Categories&gt;&lt;Category Assigned=&quot;0&quot;&gt;Family&lt;Category
 Assigned=&quot;1&quot;&gt;Jo&lt;/Category&gt;&lt;/Category&gt;&lt;Category Assigned=&quot;1&quot;&gt;beach&lt;/Category&gt;&lt;/Categories&gt;">
   <MicrosoftPhoto:LastKeywordXMP><rdf:Bag><rdf:li>Family/Jo</rdf:li><rdf:li>beach</rdf:li></rdf:Bag></MicrosoftPhoto:LastKeywordXMP>
   <digiKam:TagsList><rdf:Seq><rdf:li>Family/Jo</rdf:li><rdf:li>beach</rdf:li></rdf:Seq></digiKam:TagsList>
   <lr:hierarchicalSubject><rdf:Bag><rdf:li>Family|Jo</rdf:li><rdf:li>beach</rdf:li></rdf:Bag></lr:hierarchicalSubject>
   <mediapro:CatalogSets><rdf:Bag><rdf:li>Family|Jo</rdf:li><rdf:li>beach</rdf:li></rdf:Bag></mediapro:CatalogSets>
   <dc:subject><rdf:Bag><rdf:li>Jo</rdf:li><rdf:li>beach</rdf:li></rdf:Bag></dc:subject>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>"""


def lists(path: Path) -> dict[str, str]:
    """What stands in the keyword file, list by list, as exiv2 reads it."""
    image = exiv2.ImageFactory.open(os.fspath(path))
    image.readMetadata()
    return {datum.key(): datum.toString() for datum in image.xmpData()}


def test_a_no_alone_goes_into_every_list_that_another_program_wrote(
    session: Session, folder: Path, look: Callable[[], IndexSummary]
) -> None:
    path = folder / "red.JPG.xmp"
    path.write_text(DIGIKAM, "utf-8")
    before = lists(path)
    assert sum("Jo" in text for text in before.values()) == 6
    look()
    photo_id = photo_at(session, os.fspath(folder / "red.JPG"))
    assert said(session, photo_id) == {"Jo": "imported", "beach": "imported"}
    tagging.set_tag_state(session, "Jo", [photo_id], TagState.REJECTED)
    run = sidecar_sync.write(session, [photo_id], job=Job())
    assert (run.written, run.problems, run.conflicts) == (1, [], [])
    after = lists(path)
    assert [key for key, text in after.items() if "Jo" in text or "Family" in text] == []
    assert all("beach" in text for key, text in after.items() if "Jo" in before.get(key, ""))
    assert after["Xmp.acdsee.rating"] == "3"
    assert look().changed == 0
    assert said(session, photo_id) == {"Jo": "rejected", "beach": "imported"}
    # It comes back to where it was theirs when the no is taken back, and stays theirs.
    sidecar_sync.follow(session, undoing.undo(session))
    assert words(path) == {"jo", "beach"}
    assert said(session, photo_id) == {"Jo": "imported", "beach": "imported"}
    sidecar_sync.write(session, [photo_id], job=Job())
    assert look().changed == 0
    assert words(path) == {"jo", "beach"}


def test_a_yes_goes_into_every_list_that_is_there(
    folder: Path, confirm: Callable[..., int], look: Callable[[], IndexSummary]
) -> None:
    path = folder / "red.JPG.xmp"
    path.write_text(DIGIKAM, "utf-8")
    before = lists(path)
    look()
    confirm("red.JPG", "dog")
    assert all("dog" in text for key, text in lists(path).items() if "Jo" in before.get(key, ""))


def test_undo_takes_the_keyword_file_along(
    session: Session, folder: Path, confirm: Callable[..., int]
) -> None:
    photo_id = confirm("red.JPG", "dog")
    path = folder / "red.JPG.xmp"
    sidecar_sync.follow(session, undoing.undo(session))
    assert said(session, photo_id) == {}
    assert not path.exists()
    sidecar_sync.follow(session, undoing.undo(session, redo=True))
    # Nothing of ours was left, so whether there is a keyword file again is for the next writing to say.
    assert said(session, photo_id) == {"dog": "confirmed"}


def test_undo_leaves_what_others_wrote(
    session: Session, folder: Path, confirm: Callable[..., int], look: Callable[[], object]
) -> None:
    path = folder / "red.JPG.xmp"
    write_sidecar(path, SidecarChange(add=("beach",)))
    look()
    confirm("red.JPG", "dog")
    sidecar_sync.follow(session, undoing.undo(session))
    assert words(path) == {"beach"}


def test_words_that_another_program_took_out_go_here_too(
    session: Session, folder: Path, confirm: Callable[..., int], look: Callable[[], object]
) -> None:
    photo_id = confirm("red.JPG", "dog", "sea")
    path = folder / "red.JPG.xmp"
    elsewhere(path, SidecarChange(remove_words=frozenset({"dog"}), add=("beach",)))
    look()
    assert said(session, photo_id) == {"sea": "confirmed", "beach": "imported"}
    assert undoing.entries(session)[0].action.startswith("Followed keyword files")
    sidecar_sync.follow(session, undoing.undo(session))
    assert said(session, photo_id)["dog"] == "confirmed"
    assert words(path) == {"sea", "beach", "dog"}


def test_writing_reads_what_changed_elsewhere_first(
    session: Session, folder: Path, confirm: Callable[..., int]
) -> None:
    photo_id = confirm("red.JPG", "dog")
    path = folder / "red.JPG.xmp"
    elsewhere(
        path,
        SidecarChange(remove=("animals|dog",), remove_words=frozenset({"dog"}), add=("beach",)),
    )
    confirm("red.JPG", "sea")
    assert words(path) == {"beach", "sea"}
    assert said(session, photo_id) == {"sea": "confirmed", "beach": "imported"}


def test_stars_that_changed_elsewhere_are_taken_over(
    session: Session, folder: Path, confirm: Callable[..., int], look: Callable[[], object]
) -> None:
    photo_id = confirm("red.JPG", "dog")
    decisions.rate(session, [photo_id], 3)
    sidecar_sync.write(session, [photo_id], job=Job())
    elsewhere(folder / "red.JPG.xmp", SidecarChange(rating=5))
    look()
    assert rating(session, photo_id) == 5


@pytest.mark.parametrize(("side", "stars"), [("library", 1), ("file", 5)])
def test_what_changed_on_both_sides_is_a_conflict(
    session: Session,
    folder: Path,
    confirm: Callable[..., int],
    look: Callable[[], object],
    side: sidecar_conflicts.Side,
    stars: int,
) -> None:
    photo_id = confirm("red.JPG", "dog")
    path = folder / "red.JPG.xmp"
    decisions.rate(session, [photo_id], 3)
    sidecar_sync.write(session, [photo_id], job=Job())
    decisions.rate(session, [photo_id], 1)
    tagging.set_tag_state(session, "cat", [photo_id], TagState.REJECTED)
    elsewhere(path, SidecarChange(rating=5, add=("cat",)))
    for _ in range(2):  # also when it is looked at and written again
        run = sidecar_sync.write(session, [photo_id], job=Job())
        assert {conflict.what for conflict in run.conflicts} == {"", "cat"}
        assert words(path) == {"dog", "cat"}
        assert words_of(path.read_bytes()).rating == 5
        look()
    assert {conflict.what for conflict in sidecar_conflicts.conflicts(session)} == {"", "cat"}
    sidecar_conflicts.resolve_conflicts(session, [photo_id], side)
    assert sidecar_sync.write(session, [photo_id], job=Job()).conflicts == []
    assert words_of(path.read_bytes()).rating == rating(session, photo_id) == stars
    assert ("cat" in words(path)) == (side == "file")
    assert said(session, photo_id)["cat"] == ("imported" if side == "file" else "rejected")


def test_a_keyword_file_that_was_deleted_is_made_again(
    session: Session, folder: Path, confirm: Callable[..., int], look: Callable[[], object]
) -> None:
    photo_id = confirm("red.JPG", "dog")
    path = folder / "red.JPG.xmp"
    path.unlink()
    look()
    assert said(session, photo_id) == {"dog": "confirmed"}
    sidecar_sync.write(session, [photo_id], job=Job())
    assert words(path) == {"dog"}


def test_a_damaged_keyword_file_loses_nothing(
    session: Session, folder: Path, look: Callable[[], object]
) -> None:
    path = folder / "red.JPG.xmp"
    write_sidecar(path, SidecarChange(add=("beach",)))
    look()
    photo_id = photo_at(session, os.fspath(folder / "red.JPG"))
    path.write_bytes(b"<rdf:RDF damaged")
    look()
    assert said(session, photo_id) == {"beach": "imported"}
    tagging.set_tag_state(session, "dog", [photo_id], TagState.CONFIRMED)
    run = sidecar_sync.write(session, [photo_id], job=Job())
    ((problem_path, sentence),) = run.problems
    assert problem_path == os.fspath(folder / "red.JPG")
    assert "red.JPG.xmp is damaged" in sentence
    assert path.read_bytes() == b"<rdf:RDF damaged"
    assert said(session, photo_id) == {"beach": "imported", "dog": "confirmed"}


def test_a_write_protected_keyword_file_is_one_sentence(
    session: Session, folder: Path, look: Callable[[], object]
) -> None:
    path = folder / "red.JPG.xmp"
    write_sidecar(path, SidecarChange(add=("beach",)))
    look()
    path.chmod(0o444)
    ids = [photo_at(session, os.fspath(folder / f"{name}.JPG")) for name in ("red", "blue")]
    tagging.set_tag_state(session, "dog", ids, TagState.CONFIRMED)
    run = sidecar_sync.write(session, ids, job=Job())
    assert [Path(path).name for path, _ in run.problems] == ["red.JPG"]
    assert "write-protected" in run.problems[0][1]
    assert run.written == 1
    assert words(path) == {"beach"}
    assert words(folder / "blue.JPG.xmp") == {"dog"}


def test_a_keyword_file_that_is_a_link_to_a_photo_is_one_sentence(
    session: Session, folder: Path, look: Callable[[], object]
) -> None:
    image = exiv2.ImageFactory.open(os.fspath(folder / "green.JPG"))
    image.readMetadata()
    image.xmpData()["Xmp.dc.subject"] = "holiday"
    image.writeMetadata()
    before = (folder / "green.JPG").read_bytes()
    (folder / "red.JPG.xmp").symlink_to(folder / "green.JPG")
    look()
    ids = [photo_at(session, os.fspath(folder / f"{name}.JPG")) for name in ("red", "blue")]
    tagging.set_tag_state(session, "dog", ids, TagState.CONFIRMED)
    run = sidecar_sync.write(session, ids, job=Job())
    assert (folder / "green.JPG").read_bytes() == before
    assert [Path(path).name for path, _ in run.problems] == ["red.JPG"]
    assert "it is a link" in run.problems[0][1]
    assert run.written == 1
    assert words(folder / "blue.JPG.xmp") == {"dog"}


def test_no_keyword_file_is_written_outside_the_root(
    session: Session, folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    Image.new("RGB", (64, 48), "orange").save(outside / "far.JPG")
    (folder / "linked").symlink_to(outside)
    index(session, [os.fspath(folder)], job=Job())
    photo_id = photo_at(session, os.fspath(folder / "linked" / "far.JPG"))
    tagging.set_tag_state(session, "dog", [photo_id], TagState.CONFIRMED)
    ((_, sentence),) = sidecar_sync.write(session, [photo_id], job=Job()).problems
    assert "its folder lies outside" in sentence
    assert [path.name for path in outside.iterdir()] == ["far.JPG"]


def test_keywords_inside_the_photo_are_not_hidden_by_the_keyword_file(
    session: Session, folder: Path
) -> None:
    image = exiv2.ImageFactory.open(os.fspath(folder / "red.JPG"))
    image.readMetadata()
    image.xmpData()["Xmp.dc.subject"] = "holiday"
    image.writeMetadata()
    index(session, [os.fspath(folder)], job=Job())
    photo_id = photo_at(session, os.fspath(folder / "red.JPG"))
    # Nothing was confirmed: there is nothing to write.
    assert sidecar_sync.write(session, [photo_id], job=Job()).with_words == 0
    assert not (folder / "red.JPG.xmp").exists()
    tagging.set_tag_state(session, "dog", [photo_id], TagState.CONFIRMED)
    sidecar_sync.write(session, [photo_id], job=Job())
    assert words(folder / "red.JPG.xmp") == {"holiday", "dog"}


def test_a_no_to_a_keyword_inside_the_photo_leaves_the_others_to_say(
    session: Session, folder: Path
) -> None:
    image = exiv2.ImageFactory.open(os.fspath(folder / "red.JPG"))
    image.readMetadata()
    image.iptcData().add(exiv2.IptcKey("Iptc.Application2.Keywords"), exiv2.StringValue("holiday"))
    image.iptcData().add(exiv2.IptcKey("Iptc.Application2.Keywords"), exiv2.StringValue("dog"))
    image.writeMetadata()
    index(session, [os.fspath(folder)], job=Job())
    photo_id = photo_at(session, os.fspath(folder / "red.JPG"))
    change = tagging.set_tag_state(session, "dog", [photo_id], TagState.REJECTED)
    sidecar_sync.follow(session, change, asked=[photo_id])
    assert words(folder / "red.JPG.xmp") == {"holiday"}
    sidecar_sync.follow(session, undoing.undo(session))
    assert said(session, photo_id) == {"dog": "imported", "holiday": "imported"}
    assert not (folder / "red.JPG.xmp").exists()


def test_two_photos_of_one_base_name_do_not_share(session: Session, folder: Path) -> None:
    Image.new("RGB", (640, 480), "orange").save(folder / "red.png")
    # Whose this is, nobody knows: both read it, neither writes it.
    write_sidecar(folder / "red.xmp", SidecarChange(add=("shared",)))
    index(session, [os.fspath(folder)], job=Job())
    jpeg, png = (photo_at(session, os.fspath(folder / name)) for name in ("red.JPG", "red.png"))
    assert jpeg != png
    tagging.set_tag_state(session, "dog", [jpeg], TagState.CONFIRMED)
    tagging.set_tag_state(session, "cat", [png], TagState.CONFIRMED)
    sidecar_sync.write(session, [jpeg, png], job=Job())
    assert words(folder / "red.JPG.xmp") == {"dog"}
    assert words(folder / "red.png.xmp") == {"cat"}
    assert words(folder / "red.xmp") == {"shared"}
    assert index(session, [], job=Job()).changed == 0
    assert said(session, jpeg) == {"dog": "confirmed", "shared": "imported"}


def test_names_that_differ_only_in_case_do_not_share(session: Session, folder: Path) -> None:
    Image.new("RGB", (64, 48), "orange").save(folder / "RED.jpg", "JPEG")
    Image.new("RGB", (64, 48), "navy").save(folder / "red.jpg", "JPEG")
    if len(list(folder.iterdir())) != len(COLOURS) + 2:
        pytest.skip("this file system knows one case")
    index(session, [os.fspath(folder)], job=Job())
    names = ("red.JPG", "RED.jpg", "red.jpg")
    of = {name: photo_at(session, os.fspath(folder / name)) for name in names}
    for number, photo_id in enumerate(of.values()):
        tagging.set_tag_state(session, f"kw{number}", [photo_id], TagState.CONFIRMED)
    sidecar_sync.write(session, list(of.values()), job=Job())
    assert [words(folder / f"{name}.xmp") for name in names] == [{"kw0"}, {"kw1"}, {"kw2"}]
    assert index(session, [], job=Job()).changed == 0
    assert [said(session, photo_id) for photo_id in of.values()] == [
        {f"kw{number}": "confirmed"} for number in range(3)
    ]


def test_a_raw_file_and_its_jpeg_have_one_keyword_file(session: Session, folder: Path) -> None:
    with Image.open(folder / "red.JPG") as picture:
        # A TIFF with the mark of a DNG is what the reader of RAW files accepts as one.
        picture.resize((640, 480)).save(
            folder / "red.DNG", "TIFF", tiffinfo={50706: b"\1\4\0\0"}, exif=picture.getexif()
        )
    index(session, [os.fspath(folder)], job=Job())
    photo_id = photo_at(session, os.fspath(folder / "red.DNG"))
    assert photo_id == photo_at(session, os.fspath(folder / "red.JPG"))
    tagging.set_tag_state(session, "dog", [photo_id], TagState.CONFIRMED)
    sidecar_sync.write(session, [photo_id], job=Job())
    assert [path.name for path in folder.glob("*.xmp")] == ["red.xmp"]
    assert index(session, [], job=Job()).changed == 0
    tagging.set_tag_state(session, "dog", [photo_id], None)
    sidecar_sync.write(session, [photo_id], job=Job())
    assert list(folder.glob("*.xmp")) == []


def test_the_setting_lets_keyword_files_follow_every_decision(
    session: Session, folder: Path, look: object
) -> None:
    photo_id = photo_at(session, os.fspath(folder / "red.JPG"))
    change = tagging.set_tag_state(session, "dog", [photo_id], TagState.CONFIRMED)
    assert sidecar_sync.follow(session, change).written == 0
    assert not (folder / "red.JPG.xmp").exists()
    session.settings = Settings(write_keyword_files=True)
    assert sidecar_sync.follow(session, decisions.rate(session, [photo_id], 5)).written == 1
    assert words_of((folder / "red.JPG.xmp").read_bytes()).rating == 5
    assert words(folder / "red.JPG.xmp") == {"dog"}
    # A tag has another name, or stands elsewhere in the tree, on every photo that has it.
    tag = vocabulary_editing.tag_named(session, "dog")
    renamed = vocabulary_editing.edit_tag(session, "dog", replace(tag, name="hound"))
    assert sidecar_sync.follow(session, renamed).written == 1
    assert words(folder / "red.JPG.xmp") == {"hound"}
    above = vocabulary_editing.tag_named(session, "animals")
    moved = vocabulary_editing.edit_tag(session, "animals", replace(above, name="beasts"))
    assert sidecar_sync.follow(session, moved).written == 1
    assert "beasts|pets|hound" in words_of((folder / "red.JPG.xmp").read_bytes()).keywords


def test_suggestions_are_written_only_when_asked_for(
    session: Session, folder: Path, look: object
) -> None:
    photo_id = photo_at(session, os.fspath(folder / "red.JPG"))
    tagging.set_tag_state(session, "cat", [photo_id], TagState.REJECTED)
    also = {photo_id: ["dog", "cat"]}
    sidecar_sync.follow(session, ChangeSet(), asked=[photo_id], also=also)
    assert words(folder / "red.JPG.xmp") == {"dog"}
    sidecar_sync.write(session, [photo_id], job=Job())
    assert not (folder / "red.JPG.xmp").exists()


def test_a_moved_photo_keeps_its_keyword_file_apart_from_others(
    session: Session, folder: Path, confirm: Callable[..., int], look: Callable[[], object]
) -> None:
    photo_id = confirm("red.JPG", "dog")
    (folder / "sub").mkdir()
    for name in ("red.JPG", "red.JPG.xmp"):
        (folder / name).rename(folder / "sub" / name)
    look()
    tagging.set_tag_state(session, "dog", [photo_id], None)
    sidecar_sync.write(session, [photo_id], job=Job())
    assert not (folder / "sub" / "red.JPG.xmp").exists()
    look()
    assert said(session, photo_id) == {}


def test_a_name_that_would_be_two_levels_is_refused(session: Session, look: object) -> None:
    with pytest.raises(InputProblem, match="vertical bar"):
        tagging.set_tag_state(session, "a|b", [1], TagState.CONFIRMED)


def test_many_photos_of_one_folder_are_written_in_parts(
    session: Session, folder: Path, look: Callable[[], IndexSummary]
) -> None:
    for n in range(40):
        Image.new("RGB", (64, 48), (n * 6, 9, 200)).save(folder / f"more{n}.JPG")
    look()
    ids = session.read(lambda store: [row[0] for row in store.rows("SELECT id FROM photos")])
    tagging.set_tag_state(session, "dog", ids, TagState.CONFIRMED)
    job = Job()
    assert sidecar_sync.write(session, ids, job=job).written == len(ids) >= 40
    assert look().changed == 0
    job.cancel()
    stopped = sidecar_sync.write(session, ids, job=job)
    assert stopped.cancelled
    sidecar_sync.follow(session, undoing.undo(session))
    assert list(folder.glob("*.xmp")) == []
