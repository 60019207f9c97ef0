import errno
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import exiv2
import numpy as np
import pytest
from PIL import Image

from photosort.domain.encoders import EncoderInfo, References
from photosort.domain.pictures import InputSpec
from photosort.errors import EnvironmentProblem
from photosort.media import verified_copy
from photosort.media.file_names import folder_name
from photosort.media.metadata import read_metadata
from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.store.tables import albums
from photosort.usecases import exporting
from photosort.usecases.exporting import ExportOptions, export
from photosort.usecases.photos.decisions import rate
from photosort.usecases.photos.photo_paths import photos_below
from photosort.usecases.session.session import Session


class Blind:
    """An encoder that sees nothing: exporting by what is known needs none."""

    info = EncoderInfo(
        "starter", "0" * 64, {"semantic": 8, "visual": 8}, ("semantic",), InputSpec(32)
    )
    references = References(
        {"semantic": np.zeros(8, np.float32), "visual": np.zeros(8, np.float32)},
        np.zeros(8, np.float32),
    )

    def encode_images(self, images):
        rows = np.random.default_rng(1).normal(size=(len(images), 8)).astype(np.float32)
        return {"semantic": rows / np.linalg.norm(rows, axis=1, keepdims=True)}

    def encode_texts(self, texts):
        return np.full((len(texts), 8), 8**-0.5, np.float32)


@pytest.fixture(scope="module")
def starter():
    return Blind()


def names(folder):
    return sorted(
        str(path.relative_to(folder)).replace(os.sep, "/")
        for path in folder.rglob("*")
        if not path.is_dir()
    )


@pytest.fixture
def session(tmp_path, indexed):
    made = Session(
        LibraryPaths(library=tmp_path / "home" / "library.db", home=tmp_path / "home"),
        actor="command",
    )
    yield made
    made.close()


def test_a_query_is_copied_and_originals_stay(photosort, indexed, tmp_path, originals):
    before = originals(indexed)
    to = tmp_path / "out"
    ran = photosort("export", "on:2022", "--to", to, "--json")
    assert ran.status == 0, ran.err
    assert names(to) == ["IMG_0002.jpg", "IMG_0003.jpg"]
    assert {set(row) == {"from", "to"} for row in ran.rows} == {True}
    for row in ran.rows:
        source, target = Path(row["from"]), Path(row["to"])
        assert source.read_bytes() == target.read_bytes()
        assert source.stat().st_mtime_ns == target.stat().st_mtime_ns
    assert originals(indexed) == before


def test_nothing_is_overwritten_and_a_repeated_export_copies_nothing(photosort, indexed, tmp_path):
    to = tmp_path / "out"
    to.mkdir()
    (to / "IMG_0002.jpg").write_text("something else")
    for _ in range(2):
        ran = photosort("export", "on:2022", "--to", to, "--json")
        assert ran.status == 0
        assert names(to) == ["IMG_0002 (2).jpg", "IMG_0002.jpg", "IMG_0003.jpg"]
    assert (to / "IMG_0002.jpg").read_text() == "something else"


def test_files_from_a_list(photosort, indexed, tmp_path):
    listed = tmp_path / "list.txt"
    listed.write_text(f"{indexed / 'pets' / 'IMG_0001.jpg'}\n{indexed / '2023'}\n")
    ran = photosort("export", "--files-from", listed, "--to", tmp_path / "out", "--json")
    assert ran.status == 0
    assert len(ran.rows) == 4


def test_smaller_copies_are_jpegs_without_location(photosort, indexed, tmp_path, shipped):
    path = indexed / "2022" / "IMG_0002.jpg"
    picture = exiv2.ImageFactory.open(str(path))
    picture.readMetadata()
    exif = picture.exifData()
    exif["Exif.GPSInfo.GPSLatitude"], exif["Exif.GPSInfo.GPSLatitudeRef"] = "38/1 42/1 0/1", "N"
    exif["Exif.GPSInfo.GPSLongitude"], exif["Exif.GPSInfo.GPSLongitudeRef"] = "9/1 8/1 0/1", "W"
    picture.setExifData(exif)
    picture.writeMetadata()
    for extra, is_kept in (([], False), (["--keep-location"], True)):
        to = tmp_path / f"out{is_kept}"
        ran = photosort("export", "on:2022-05-15", "--to", to, "--size", 200, *extra, "--json")
        assert ran.status == 0, ran.err
        with Image.open(to / "IMG_0002.jpg") as copy:
            assert max(copy.size) == 200
        said = read_metadata(to / "IMG_0002.jpg")
        assert said.taken_at == "2022-05-15T18:42:07"
        assert (said.latitude is not None) == is_kept


def test_by_date(photosort, indexed, tmp_path):
    photosort("export", "before:2023", "--to", tmp_path / "out", "--by", "date")
    assert names(tmp_path / "out") == [
        "2020/01/portrait.jpg",
        "2021/03/IMG_0001.jpg",
        "2022/05/IMG_0002.jpg",
        "2022/05/IMG_0003.jpg",
    ]


def test_by_tag_and_with_tags_written_into_the_copies(photosort, indexed, tmp_path):
    cat = indexed / "pets" / "IMG_0001.jpg"
    for tag in ("cat", "portrait"):
        assert photosort("tag", "--confirm", tag, cat).status == 0
    to = tmp_path / "out"
    ran = photosort(
        "export", "before:2022", "--to", to, "--by", "tag", "--embed-metadata", "--json"
    )
    assert ran.status == 0, ran.err
    assert names(to) == ["Without tag/portrait.jpg", "cat/IMG_0001.jpg", "portrait/IMG_0001.jpg"]
    keywords = read_metadata(to / "cat" / "IMG_0001.jpg").keywords
    assert {"cat", "portrait"} <= {word.rpartition("|")[2] for word in keywords}
    # Keywords travel with their place in the tree.
    assert [word for word in keywords if word.startswith("animals|") and word.endswith("|cat")]
    assert "cat" not in read_metadata(cat).keywords


def test_by_album(session, indexed, tmp_path):
    ids = photos_below(session, [str(indexed / "2022")])
    session.write(lambda store: albums.create(store, "Coffee: at 5/6?", ids[:1], actor="command"))
    done = export(session, ids, ExportOptions(tmp_path / "out", by="album"), job=Job())
    assert not done.problems
    assert {Path(f.target).parent.name for f in done.files} == {"Coffee_ at 5_6_", "Without album"}


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links(photosort, indexed, tmp_path):
    to = tmp_path / "out"
    for _ in range(2):
        photosort("export", "on:2022", "--to", to, "--link")
        assert names(to) == ["IMG_0002.jpg", "IMG_0003.jpg"]
    assert (to / "IMG_0002.jpg").readlink() == indexed / "2022" / "IMG_0002.jpg"


@pytest.mark.parametrize(
    "given",
    [
        ["--to", "out"],
        ["rating>=3", "--files-from", "x", "--to", "out"],
        ["rating>=3", "--to", "out", "--link", "--size", "200"],
        ["rating>=3", "--to", "out", "--size", "3"],
        ["rating>=3", "--to", "out", "--no-location", "--keep-location"],
        ["rating>=3"],
        ["(dog", "--to", "out"],
    ],
)
def test_a_wrong_call_makes_nothing(photosort, tmp_path, monkeypatch, given):
    monkeypatch.chdir(tmp_path)
    ran = photosort("export", *given, "--json")
    assert ran.status == 2
    assert ran.out == ""
    assert not (tmp_path / "out").exists()


def test_a_target_that_is_a_file(photosort, indexed, tmp_path):
    (tmp_path / "out").write_text("")
    ran = photosort("export", "after:2022", "--to", tmp_path / "out", "--json")
    assert ran.status == 2
    assert "is a file" in ran.err


def test_what_is_gone_is_told_and_the_rest_copied(photosort, indexed, tmp_path):
    (indexed / "2022" / "IMG_0002.jpg").unlink()
    ran = photosort("export", "on:2022", "--to", tmp_path / "out", "--json")
    assert ran.status == 1
    assert names(tmp_path / "out") == ["IMG_0003.jpg"]
    assert "no longer there" in ran.err


def test_cancelled_it_keeps_what_is_whole(session, indexed, tmp_path, monkeypatch):
    ids = photos_below(session, [str(indexed)])
    job = Job()
    real = exporting.make

    def cancel_at_third(path, wish, **beside):
        if len(names(tmp_path / "out")) == 2:
            job.cancel()
        return real(path, wish)

    monkeypatch.setattr(exporting, "make", cancel_at_third)
    done = export(session, ids, ExportOptions(tmp_path / "out"), job=job)
    assert done.cancelled
    assert len(done.files) == 2
    assert len(names(tmp_path / "out")) == 2


def test_a_copy_that_comes_back_changed_is_not_left_there(session, indexed, tmp_path, monkeypatch):
    ids = photos_below(session, [str(indexed / "pets")])
    monkeypatch.setattr(verified_copy, "content_hash", lambda path, check: b"another")
    done = export(session, ids, ExportOptions(tmp_path / "out"), job=Job())
    assert not done.files
    assert len(done.problems) == 1
    assert names(tmp_path / "out") == []


def test_a_full_disk_ends_it_with_one_sentence(session, indexed, tmp_path, monkeypatch):
    ids = photos_below(session, [str(indexed)])

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(exporting.os, "fsync", full)
    with pytest.raises(EnvironmentProblem, match="no space left on device"):
        export(session, ids, ExportOptions(tmp_path / "out"), job=Job())
    assert names(tmp_path / "out") == []


@pytest.mark.parametrize("name", [".IMG_0001.jpg.part", "IMG_0001.jpg"])
def test_a_link_in_the_target_is_never_written_through(session, indexed, tmp_path, name):
    ids = photos_below(session, [str(indexed / "pets")])
    mine = tmp_path / "mine"
    mine.write_bytes(b"of mine")
    (tmp_path / "out").mkdir()
    link = tmp_path / "out" / name
    link.symlink_to(mine)
    done = export(session, ids, ExportOptions(tmp_path / "out"), job=Job())
    assert (len(done.files), len(done.problems)) == (1, 0)
    assert link.is_symlink()
    assert mine.read_bytes() == b"of mine"


def test_progress_counts(session, indexed, tmp_path):
    ids = photos_below(session, [str(indexed)])
    job = Job()
    export(session, ids, ExportOptions(tmp_path / "out"), job=job)
    assert (job.progress.done, job.progress.total) == (7, 7)


def test_stars_go_into_the_copies(session, indexed, tmp_path):
    ids = photos_below(session, [str(indexed / "pets")])
    rate(session, ids, 4)
    export(session, ids, ExportOptions(tmp_path / "out", embed_metadata=True), job=Job())
    assert read_metadata(tmp_path / "out" / "IMG_0001.jpg").rating == 4


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Lisbon, May 22", "Lisbon, May 22"),
        ("a/b\\c", "a_b_c"),
        ("..", "_"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("end. ", "end"),
        ("x" * 300, "x" * 120),
        ("", "_"),
    ],
)
def test_names_of_folders_work_everywhere(name, folder):
    assert folder_name(name) == folder


def box(kind, *parts):
    body = b"".join(parts)
    return (len(body) + 8).to_bytes(4, "big") + kind + body


PLACE = b"+47.1234+011.6543/"


def save_clip(path):
    """A clip of the moment at which IMG_0002.jpg was taken, two hours east of UTC, with a place."""
    moment = datetime(2022, 5, 15, 16, 42, 7, tzinfo=UTC) - datetime(1904, 1, 1, tzinfo=UTC)
    created = int(moment.total_seconds()).to_bytes(4, "big")
    header = box(b"mvhd", bytes(4), created, created, (1000).to_bytes(4, "big"), bytes(84))
    place = box(b"udta", box(b"\xa9xyz", len(PLACE).to_bytes(2, "big"), bytes(2), PLACE))
    path.write_bytes(
        box(b"ftyp", b"qt  \0\0\0\0qt  ") + box(b"moov", header, place) + box(b"mdat", b"x" * 500)
    )


@pytest.fixture
def live(photos, photosort):
    """The photos, one of them with its clip, indexed."""
    save_clip(photos / "2022" / "IMG_0002.MOV")
    assert photosort("index", photos, "--json").status == 0
    return photos


def test_a_live_photo_takes_its_clip_along(photosort, live, tmp_path, originals):
    before = originals(live)
    to = tmp_path / "out"
    for _ in range(2):
        ran = photosort("export", "on:2022-05-15", "--to", to, "--json")
        assert (ran.status, len(ran.rows)) == (0, 2), ran.err
        assert names(to) == ["IMG_0002.MOV", "IMG_0002.jpg"]
    assert (to / "IMG_0002.MOV").read_bytes() == (live / "2022" / "IMG_0002.MOV").read_bytes()
    assert originals(live) == before


def test_clips_without_location(photosort, live, tmp_path):
    to = tmp_path / "out"
    for _ in range(2):
        ran = photosort("export", "on:2022-05-15", "--to", to, "--no-location", "--json")
        assert ran.status == 0, ran.err
        assert names(to) == ["IMG_0002.MOV", "IMG_0002.jpg"]
    original = live / "2022" / "IMG_0002.MOV"
    assert PLACE in original.read_bytes()
    assert PLACE not in (to / "IMG_0002.MOV").read_bytes()
    assert (to / "IMG_0002.MOV").stat().st_size == original.stat().st_size


def test_a_clip_goes_under_the_name_that_its_still_got(photosort, live, tmp_path):
    to = tmp_path / "out"
    to.mkdir()
    (to / "IMG_0002.jpg").write_text("something else")
    photosort("export", "on:2022-05-15", "--to", to)
    assert names(to) == ["IMG_0002 (2).MOV", "IMG_0002 (2).jpg", "IMG_0002.jpg"]


def test_a_clip_that_cannot_be_cleaned_stays_and_is_told(photosort, live, tmp_path):
    with (live / "2022" / "IMG_0002.MOV").open("ab") as file:
        file.write(b"a maker's own trailer")
    ran = photosort("export", "on:2022-05-15", "--to", tmp_path / "out", "--no-location", "--json")
    assert ran.status == 1
    assert names(tmp_path / "out") == ["IMG_0002.jpg"]
    assert "IMG_0002.MOV is a video, of which the location cannot be removed" in ran.err


def test_a_clip_within_a_photo_stays_and_is_told(photosort, live, tmp_path):
    with (live / "2022" / "IMG_0003.jpg").open("ab") as file:
        file.write(box(b"ftyp", b"mp42\0\0\0\0") + box(b"moov", PLACE))
    to = tmp_path / "out"
    ran = photosort("export", "on:2022-05-16", "--to", to, "--no-location", "--json")
    assert ran.status == 0
    assert "without the clip that IMG_0003.jpg holds" in ran.err
    assert PLACE not in (to / "IMG_0003.jpg").read_bytes()


def test_a_copy_that_still_tells_is_not_left_there(session, indexed, tmp_path, monkeypatch):
    ids = photos_below(session, [str(indexed / "pets")])
    real = exporting.make

    def careless(path, wish, **beside):
        made = real(path, wish)
        return replace(made, data=made.data + PLACE)

    monkeypatch.setattr(exporting, "make", careless)
    done = export(session, ids, ExportOptions(tmp_path / "out", remove_location=True), job=Job())
    assert not done.files
    assert [reason for _, reason in done.problems] == [
        "The copy still told where it was taken, so it was not kept."
    ]
    assert names(tmp_path / "out") == []


def test_a_copy_has_its_name_only_once_it_is_whole_and_verified(
    session, indexed, tmp_path, monkeypatch
):
    ids = photos_below(session, [str(indexed / "pets")])
    verified = []
    real = verified_copy.content_hash

    def verify(path, check):
        verified.append(names(tmp_path / "out"))
        return real(path, check=check)

    monkeypatch.setattr(verified_copy, "content_hash", verify)
    export(session, ids, ExportOptions(tmp_path / "out"), job=Job())
    assert [[name for name in there if name.startswith("IMG")] for there in verified] == [[]]
    assert names(tmp_path / "out") == ["IMG_0001.jpg"]


def test_what_a_killed_export_left_is_cleared_away(session, indexed, tmp_path):
    ids = photos_below(session, [str(indexed / "2022")])
    month = tmp_path / "out" / "2022" / "05"
    month.mkdir(parents=True)
    for folder in (tmp_path / "out", month):
        (folder / ".photosort-0123456789abcdef.part").write_bytes(b"half a copy")
    (month / "IMG_0002.jpg").write_bytes(b"somebody's")
    done = export(session, ids, ExportOptions(tmp_path / "out", by="date"), job=Job())
    assert not done.problems
    assert names(tmp_path / "out") == [
        ".photosort-0123456789abcdef.part",  # nothing is exported into this folder
        "2022/05/IMG_0002 (2).jpg",
        "2022/05/IMG_0002.jpg",
        "2022/05/IMG_0003.jpg",
    ]


@pytest.mark.skipif(os.name == "nt", reason="names are counted in bytes elsewhere")
def test_names_are_cut_by_bytes(photosort, session, indexed, tmp_path, shipped):
    stem = "日" * 83
    shipped("cat", indexed / f"{stem}.jpg")
    assert photosort("index", indexed).status == 0
    ids = photos_below(session, [str(indexed / f"{stem}.jpg")])
    session.write(lambda store: albums.create(store, "🏔" * 100, ids, actor="command"))
    out = tmp_path / "out"
    folder = out / ("🏔" * 63)
    folder.mkdir(parents=True)
    (folder / f"{stem}.jpg").write_text("something else")
    done = export(session, ids, ExportOptions(out, by="album"), job=Job())
    assert not done.problems
    assert names(folder) == sorted(["日" * 82 + " (2).jpg", f"{stem}.jpg"])


def test_a_bad_photo_is_one_problem_and_the_rest_goes_on(session, indexed, tmp_path, monkeypatch):
    ids = photos_below(session, [str(indexed)])
    real = exporting.make

    def make(path, *args, **options):
        if path.name == "IMG_0002.jpg":
            raise ValueError("what a decoder raises")
        return real(path, *args, **options)

    monkeypatch.setattr(exporting, "make", make)
    done = export(session, ids, ExportOptions(tmp_path / "out"), job=Job())
    assert len(done.files) == 6
    assert [Path(path).name for path, _ in done.problems] == ["IMG_0002.jpg"]


def test_a_bad_tag_is_one_problem_and_the_rest_goes_on(session, indexed, tmp_path, monkeypatch):
    ids = photos_below(session, [str(indexed)])
    cat = photos_below(session, [str(indexed / "pets")])
    session.write(lambda store: albums.create(store, "beyond", cat, actor="command"))
    real = Path.mkdir

    def mkdir(self, **options):
        if self.name == "beyond":
            raise OSError(errno.ENAMETOOLONG, "File name too long", os.fspath(self))
        real(self, **options)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    done = export(session, ids, ExportOptions(tmp_path / "out", by="album"), job=Job())
    assert len(done.files) == 6
    ((path, reason),) = done.problems
    assert Path(path).name == "IMG_0001.jpg"
    assert reason == "It could not be exported: file name too long."
