"""Copies are whole or not there, nothing comes twice, what goes together stays together, and the source stays as it is."""

import errno
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from photosort.domain.photos import FileState
from photosort.errors import EnvironmentProblem, InputProblem
from photosort.media import verified_copy
from photosort.progress import Job
from photosort.safe_files import PART_PREFIX, PART_SUFFIX, PlainReader
from photosort.store.tables import files, photos
from photosort.usecases.importing import copying
from photosort.usecases.indexing import index_run

XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
MAY = "2022:05:14 10:00:00"


def rows(run):
    return [(one.source.name, one.skipped) for one in run.files]


def test_photos_go_to_the_month_of_their_own_date(card, draw, bring, there, to, originals):
    draw("100A/IMG_0001.JPG", MAY)
    draw("100A/IMG_20230801_101500.jpg")
    draw("100A/scan.jpg")
    before = originals(card)
    run = bring()
    assert there() == [
        "2022/05/IMG_0001.JPG",
        "2023/08/IMG_20230801_101500.jpg",
        "undated/scan.jpg",
    ]
    assert (run.photos, run.skipped, run.problems, run.is_complete) == (3, 0, (), True)
    for one in run.files:
        assert one.source.read_bytes() == one.target.read_bytes()
        assert one.source.stat().st_mtime_ns == one.target.stat().st_mtime_ns
    assert originals(card) == before


def test_a_second_import_brings_nothing(draw, bring, bring_in, there):
    draw("100A/IMG_0001.JPG", MAY)
    draw("100A/IMG_0002.JPG", MAY)
    bring()
    before = there()
    # Not yet in the library: it lies in the target.
    run = bring()
    assert (run.photos, run.skipped) == (0, 2)
    assert {skipped for _, skipped in rows(run)} == {"target"}
    bring_in()
    run = bring()
    assert {skipped for _, skipped in rows(run)} == {"library"}
    assert there() == before
    # Nor is it brought into other folders.
    assert bring("{year}").photos == 0


def test_what_is_twice_on_the_card_comes_once(card, draw, bring, there):
    first = draw("100A/IMG_0001.JPG", MAY)
    (card / "DCIM" / "101A").mkdir()
    shutil.copy(first, card / "DCIM" / "101A" / "IMG_0007.JPG")
    for dry_run in (True, False):
        run = bring(dry_run=dry_run)
        assert rows(run) == [("IMG_0001.JPG", None), ("IMG_0007.JPG", "source")]
        assert run.files[1].target == run.files[0].target
    assert there() == ["2022/05/IMG_0001.JPG"]


def test_one_quick_key_does_not_prove_the_same_bytes(card, bring, there):
    # Beyond the samples of the key, one byte differs.
    data = bytearray(400_000)
    data[:3] = b"\xff\xd8\xff"
    (card / "DCIM" / "one.jpg").write_bytes(data)
    data[100_000] = 1
    (card / "DCIM" / "two.jpg").write_bytes(data)
    assert rows(bring()) == [("one.jpg", None), ("two.jpg", None)]
    assert there() == ["undated/one.jpg", "undated/two.jpg"]


def test_a_photo_that_was_deleted_from_the_library_comes_again(draw, bring, bring_in, there, to):
    draw("100A/IMG_0001.JPG", MAY)
    bring_in()
    (to / "2022" / "05" / "IMG_0001.JPG").unlink()
    assert bring().photos == 1
    assert there() == ["2022/05/IMG_0001.JPG"]


def test_a_photo_on_a_drive_that_is_not_connected_is_known(session, draw, bring, bring_in, to):
    draw("100A/IMG_0001.JPG", MAY)
    bring_in()
    index_run.index(session, [], job=Job())  # now its full hash is known
    to.rename(to.with_name("unplugged"))
    index_run.index(session, [], job=Job())
    assert session.read(files.count_by_state)[FileState.OFFLINE] == 1
    run = bring(into=to.with_name("elsewhere"))
    assert [skipped for _, skipped in rows(run)] == ["library"]
    # Made again, the target would hide the drive.
    with pytest.raises(EnvironmentProblem, match="is not there now"):
        bring()
    assert not to.exists()


def test_two_photos_of_one_name_stay_two(draw, bring, there):
    draw("100A/IMG_0001.JPG", MAY)
    draw("101A/IMG_0001.JPG", MAY)
    draw("102A/img_0001.jpg", MAY)
    assert bring().photos == 3
    assert there() == [
        "2022/05/IMG_0001 (2).JPG",
        "2022/05/IMG_0001.JPG",
        "2022/05/img_0001 (3).jpg",
    ]
    assert bring().skipped == 3


def test_what_goes_together_gets_one_number(session, card, draw, bring_in, there):
    draw("100A/IMG_0001.JPG", MAY)
    for name in ("IMG_0001.JPG", "IMG_E0001.JPG"):
        draw(f"101A/{name}", MAY)
    folder = card / "DCIM" / "101A"
    for name in ("IMG_0001.JPG.xmp", "IMG_0001.aae", "IMG_E0001.xmp"):
        (folder / name).write_text(XMP)
    _, change = bring_in()
    assert there() == [
        "2022/05/IMG_0001 (2).JPG",
        "2022/05/IMG_0001 (2).JPG.xmp",
        "2022/05/IMG_0001 (2).aae",
        "2022/05/IMG_0001.JPG",
        "2022/05/IMG_E0001 (2).JPG",
        "2022/05/IMG_E0001 (2).xmp",
    ]
    assert len(change.photos) == 2


@pytest.mark.parametrize(
    ("names", "renamed"),
    [
        (
            ("PXL_1.RAW-01.COVER.jpg", "PXL_1.RAW-02.ORIGINAL.dng"),
            ("PXL_1 (2).RAW-01.COVER.jpg", "PXL_1 (2).RAW-02.ORIGINAL.dng"),
        ),
        (("PXL_2.MP.jpg", "PXL_2.MP"), ("PXL_2 (2).MP.jpg", "PXL_2 (2).MP")),
        (("IMG_3.jpg", "IMG_3~2.jpg"), ("(2) IMG_3.jpg", "(2) IMG_3~2.jpg")),
    ],
)
def test_names_of_phones_are_numbered_where_they_still_go_together(
    card, draw, bring, there, names, renamed
):
    for folder in ("100A", "101A"):
        draw(f"{folder}/{names[0]}")
        if names[1].endswith(".jpg"):
            draw(f"{folder}/{names[1]}")
        else:
            (card / "DCIM" / folder / names[1]).write_bytes(folder.encode() * 9)
    bring("all")
    assert set(there()) == {f"all/{name}" for name in (*names, *renamed)}


def test_a_name_of_another_photo_in_the_target_is_not_shared(draw, card, to, bring, there):
    folder = to / "2022" / "05"
    folder.mkdir(parents=True)
    # Its keyword file would be taken for the raw file's.
    (folder / "IMG_0001.xmp").write_text(XMP)
    (folder / "IMG_0001.JPG").write_bytes(b"another picture")
    draw("100A/IMG_0001.PNG", MAY)
    bring()
    assert "2022/05/IMG_0001 (2).PNG" in there()


def test_an_edited_copy_is_not_taken_for_that_of_another_photo(
    session, draw, card, to, bring_in, there
):
    folder = to / "all"
    folder.mkdir(parents=True)
    for name in ("IMG_0001.jpg", "IMG_0002.jpg"):
        shutil.copy(draw("elsewhere.jpg"), folder / name)
    (card / "DCIM" / "elsewhere.jpg").unlink()
    draw("100A/IMG_0001-edited.jpg")
    draw("100A/IMG_0002.mov")
    bring_in("all")
    assert there() == [
        "all/(2) IMG_0001-edited.jpg",
        "all/IMG_0001.jpg",
        "all/IMG_0002 (2).mov",
        "all/IMG_0002.jpg",
    ]
    assert session.read(photos.count) == 4


def test_photos_that_share_a_name_and_a_keyword_file_keep_both(card, draw, bring, there):
    draw("100A/IMG_0001.JPG", MAY)
    draw("100A/IMG_0001.PNG", MAY)
    (card / "DCIM" / "100A" / "IMG_0001.xmp").write_text(XMP)
    assert bring().photos == 2
    assert there() == [f"2022/05/IMG_0001.{one}" for one in ("JPG", "PNG", "xmp")]


def test_a_keyword_file_says_the_date_and_comes_along(card, draw, bring, there):
    draw("100A/IMG_0001.JPG", MAY)
    (card / "DCIM" / "100A" / "IMG_0001.JPG.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:DateTimeOriginal="1999-07-04T12:00:00"/>'
        "</rdf:RDF></x:xmpmeta>"
    )
    bring()
    assert there() == ["1999/07/IMG_0001.JPG", "1999/07/IMG_0001.JPG.xmp"]


def test_a_beginning_of_names_is_given_to_all_that_goes_together(card, draw, bring_in, there):
    for name in ("IMG_0001.JPG", "IMG_E0001.JPG"):
        draw(f"100A/{name}", MAY)
    (card / "DCIM" / "100A" / "IMG_0001.xmp").write_text(XMP)
    _, change = bring_in("{year}{month}{day}-{name}")
    assert there() == [
        "20220514-IMG_0001.JPG",
        "20220514-IMG_0001.xmp",
        "20220514-IMG_E0001.JPG",
    ]
    assert len(change.photos) == 1


def test_damaged_pictures_are_copied_as_they_are(card, bring, there):
    (card / "DCIM" / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    (card / "DCIM" / "empty.jpg").write_bytes(b"")
    (card / "DCIM" / "notes.txt").write_text("no photo")
    assert bring().photos == 2
    assert there() == ["undated/cut.jpg", "undated/empty.jpg"]
    assert bring().skipped == 2


def test_a_dry_run_says_the_same_and_writes_nothing(draw, bring, to, session):
    draw("100A/IMG_0001.JPG", MAY)
    draw("101A/IMG_0001.JPG", MAY)
    said = bring(dry_run=True)
    assert not to.exists()
    assert bring().files == said.files


def test_a_copy_that_comes_back_changed_gets_no_name(draw, bring, there, monkeypatch):
    draw("100A/IMG_0001.JPG", MAY)
    monkeypatch.setattr(verified_copy, "content_hash", lambda path, check: b"another")
    run = bring()
    assert run.photos == 0
    assert "the copy came back changed" in run.stopped.user_message
    assert there() == []


def test_cancelled_it_keeps_what_is_whole_and_goes_on_later(draw, bring, there, monkeypatch):
    for number in range(4):
        draw(f"100A/IMG_{number:04}.JPG", MAY)
    job, write = Job(), copying.write_verified

    def one_then_cancel(target, *given, **named):
        if target.name == "IMG_0001.JPG":
            job.cancel()
        return write(target, *given, **named)

    monkeypatch.setattr(copying, "write_verified", one_then_cancel)
    run = bring(job=job)
    assert run.cancelled
    assert not run.is_complete
    assert there() == ["2022/05/IMG_0000.JPG"]
    monkeypatch.undo()
    again = bring()
    assert (again.photos, again.skipped) == (3, 1)
    assert len(there()) == 4


def test_progress_counts_photos_and_bytes(draw, bring, monkeypatch):
    size = sum(draw(f"100A/IMG_{number:04}.JPG", MAY).stat().st_size for number in range(3))
    job = Job()
    bring(job=job)
    now = job.progress
    assert (now.done, now.total, now.done_bytes, now.total_bytes) == (3, 3, size, size)


def test_a_card_that_is_pulled_is_one_sentence(card, draw, bring, there, monkeypatch):
    for number in range(3):
        draw(f"100A/IMG_{number:04}.JPG", MAY)
    away = card.with_name("drawer")
    write = copying.write_verified

    def pull(target, *given, **named):
        if target.name == "IMG_0001.JPG":
            card.rename(away)
        return write(target, *given, **named)

    monkeypatch.setattr(copying, "write_verified", pull)
    run = bring()
    assert run.stopped.user_message == (
        f"{card} is no longer connected. Imported so far: 1 photo. Connect it and import again to go on."
    )
    assert there() == ["2022/05/IMG_0000.JPG"]
    monkeypatch.undo()
    away.rename(card)
    assert bring().photos == 2


def test_one_file_that_cannot_be_read_is_one_problem(draw, bring, there, monkeypatch):
    bad = draw("100A/IMG_0000.JPG", MAY)
    draw("100A/IMG_0001.JPG", MAY)

    class Failing(PlainReader):
        def __init__(self, path):
            if path == bad:
                raise OSError(errno.EIO, os.strerror(errno.EIO), os.fspath(path))
            super().__init__(path)

    monkeypatch.setattr(copying, "PlainReader", Failing)
    run = bring()
    assert run.problems == ((str(bad), "The disk could not read this file."),)
    assert (run.photos, run.stopped, run.is_complete) == (1, None, False)
    assert there() == ["2022/05/IMG_0001.JPG"]


def test_a_file_that_ends_early_is_not_kept(draw, bring, there, monkeypatch):
    draw("100A/IMG_0000.JPG", MAY)

    class Short(PlainReader):
        def read(self, size=-1):
            return super().read(min(size, 10)) if not self.tell() else b""

    monkeypatch.setattr(copying, "PlainReader", Short)
    ((_, reason),) = bring().problems
    assert reason == "Its size changed while it was copied."
    assert there() == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_target_that_takes_no_more_ends_it_with_one_sentence(
    draw, bring, there, to, monkeypatch, code
):
    for number in range(3):
        draw(f"100A/IMG_{number:04}.JPG", MAY)
    sync, done = os.fsync, []

    def full(handle):
        done.append(handle)
        if len(done) > 3:
            raise OSError(code, os.strerror(code))
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    run = bring()
    assert run.stopped.user_message.startswith(f"The import to {to} stopped after 1 photo: ")
    assert there() == ["2022/05/IMG_0000.JPG"]
    monkeypatch.undo()
    assert bring().photos == 2


def test_too_little_room_is_said_before_anything_is_copied(draw, bring, to, monkeypatch):
    draw("100A/IMG_0000.JPG", MAY)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(copying.shutil, "disk_usage", lambda path: usage(10, 10, 0))
    with pytest.raises(EnvironmentProblem, match=r"need 1 MB, and .* has room for 0 MB"):
        bring()
    assert not to.exists()


def test_what_is_there_already_needs_no_room(draw, bring, monkeypatch):
    draw("100A/IMG_0000.JPG", MAY)
    bring()
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(copying.shutil, "disk_usage", lambda path: usage(10, 10, 0))
    assert bring().skipped == 1


def test_what_a_killed_import_left_is_cleared_away(draw, bring, to, there):
    draw("100A/IMG_0000.JPG", MAY)
    folder = to / "2022" / "05"
    folder.mkdir(parents=True)
    (folder / f"{PART_PREFIX}{'0' * 16}{PART_SUFFIX}").write_bytes(b"half")
    bring()
    assert there() == ["2022/05/IMG_0000.JPG"]


def test_a_file_in_the_place_of_a_folder_is_a_problem(draw, bring, to, there):
    bad = draw("100A/IMG_0000.JPG", MAY)
    draw("100A/IMG_0001.JPG", "2023:05:14 10:00:00")
    (to / "2022").mkdir(parents=True)
    (to / "2022" / "05").write_text("in the way")
    run = bring()
    assert run.problems == ((str(bad), f"{to / '2022' / '05'} is a file, not a folder."),)
    assert there() == ["2022/05", "2023/05/IMG_0001.JPG"]


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("/a", "/a", "/a cannot be imported into itself"),
        ("/a/b", "/a", "/a/b lies in /a;"),
        ("/a", "/a/b", "/a/b lies in /a;"),
    ],
)
def test_source_and_target_lie_apart(source, target, said):
    with pytest.raises(InputProblem, match=said):
        copying.check_apart(Path(source), Path(target))
    copying.check_apart(Path("/a/b"), Path("/a/bc"))


def test_a_disk_without_hard_links_will_do(draw, bring, there, monkeypatch):
    draw("100A/IMG_0000.JPG", MAY)

    def no_links(*given, **named):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    assert bring().photos == 1
    assert there() == ["2022/05/IMG_0000.JPG"]


def test_the_same_bytes_under_names_that_go_together_come_once(card, draw, bring, there):
    first = draw("100A/IMG_0001.JPG", MAY)
    shutil.copy(first, first.with_suffix(".jpeg"))
    assert sorted(rows(bring())) == [("IMG_0001.JPG", None), ("IMG_0001.jpeg", "source")]
    assert len(there()) == 1
