"""Decisions follow the picture, not the file name: a plain model of folders beside the library."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from PIL import Image, ImageEnhance

from photosort.domain.tags import TagState
from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.usecases.indexing.index_run import index
from photosort.usecases.photos import problems
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.session import encoder_pool
from photosort.usecases.session.session import Session
from photosort.usecases.tags import tagging
from tests.fixtures.colours import ColourEncoder

RUNS = int(os.environ.get("PHOTOSORT_IDENTITY_RUNS", "0"))
NAMES = [
    f"{root}/{name}" for root in ("one", "two") for name in ("1.jpg", "2.jpg", "3.jpg", "4.jpg")
]


def drawn(picture: int, *, comment: int = 0, light: float = 1.0) -> bytes:
    """A picture by its number, as the bytes of a JPEG; every other one is undated."""
    grain = np.random.default_rng(picture).integers(0, 255, (8, 12, 3), np.uint8)
    image = Image.fromarray(grain).resize((96, 64), Image.Resampling.BICUBIC)
    exif = Image.Exif()
    exif[0x4746] = comment % 100  # stars in per cent: the size stays as it is
    if picture % 2:
        exif[0x8769] = {0x9003: f"2020:01:01 {picture // 60 % 24:02}:{picture % 60:02}:00"}
        exif[0x0110] = "Camera"
    made = io.BytesIO()
    ImageEnhance.Brightness(image).enhance(light).save(made, "JPEG", quality=90, exif=exif)
    return made.getvalue()


@dataclass(frozen=True)
class Shown:
    """A file of the model.

    Attributes:
        place: where the library saw it last, or "" for bytes that it has not seen.
        is_certain: whatever happened since, the library has to know which picture it is.
    """

    picture: int
    data: bytes
    comment: int = 0
    light: float = 1.0
    is_seen: bool = False
    place: str = ""
    is_certain: bool = False

    def elsewhere(self) -> Shown:
        """The same bytes under another name: only known ones are recognised."""
        return replace(self, is_certain=self.is_certain and self.is_seen)

    def edited(self, name: str, **changes: object) -> Shown:
        """Edited at this path: recognised where the library saw it there last."""
        now = replace(self, is_seen=False, is_certain=self.is_certain and self.place == name)
        now = replace(now, **changes)
        return replace(now, data=drawn(now.picture, comment=now.comment, light=now.light))


class Folders(RuleBasedStateMachine):
    """Renames, copies, edits and deletes files, and looks which tags the library has for each."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.patch = patch.object(encoder_pool, "load_encoder", lambda *_, **__: ColourEncoder())
        self.patch.start()
        for root in ("one", "two"):
            (self.home / root).mkdir()
        self.session = Session(
            LibraryPaths(self.home / "home" / "l.db", self.home / "home"), actor="command"
        )
        self.files: dict[str, Shown] = {}
        self.bin: list[Shown] = []
        self.pictures = 0
        self.comments = 0
        self.pending = True

    def teardown(self) -> None:
        self.session.close()
        self.patch.stop()
        shutil.rmtree(self.home)

    def put(self, name: str, file: Shown) -> None:
        path = self.home / name
        before = path.stat().st_mtime_ns if path.exists() else None
        path.write_bytes(file.data)
        if before is not None and self.comments % 2:
            os.utime(path, ns=(before, before))
        self.files[name] = file
        self.pending = True

    @rule(name=st.sampled_from(NAMES))
    def new_or_replaced(self, name: str) -> None:
        self.pictures += 1
        self.put(name, Shown(self.pictures, drawn(self.pictures)))

    @precondition(lambda self: self.files)
    @rule(data=st.data(), to=st.sampled_from(NAMES))
    def rename(self, data: st.DataObject, to: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.files)))
        if name != to:
            (self.home / name).rename(self.home / to)
            self.files[to] = self.files.pop(name).elsewhere()
            self.pending = True

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def renumber(self, data: st.DataObject) -> None:
        """All files change places: chains and cycles, across both folders."""
        names = sorted(self.files)
        after = data.draw(st.permutations(NAMES))[: len(names)]
        for number, name in enumerate(names):
            (self.home / name).rename(self.home / str(number))
        for number, name in enumerate(after):
            (self.home / str(number)).rename(self.home / name)
        self.files = {
            to: self.files[name].elsewhere() if to != name else self.files[name]
            for name, to in zip(names, after, strict=True)
        }
        self.pending = True

    @precondition(lambda self: self.files)
    @rule(data=st.data(), to=st.sampled_from(NAMES))
    def copy(self, data: st.DataObject, to: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.files)))
        if name != to:
            self.put(to, self.files[name].elsewhere())

    @precondition(lambda self: self.files)
    @rule(data=st.data(), to=st.sampled_from([None, *NAMES]))
    def edit_metadata(self, data: st.DataObject, to: str | None) -> None:
        """In place, or together with a new name that is free."""
        name = data.draw(st.sampled_from(sorted(self.files)))
        file = self.files[name]
        self.comments += 1
        edited = file.edited(name, comment=self.comments)
        if to is None or to in self.files:
            self.put(name, edited)
            return
        (self.home / name).unlink()
        del self.files[name]
        self.put(to, edited.elsewhere())

    @precondition(lambda self: self.files)
    @rule(data=st.data(), light=st.sampled_from([0.8, 0.9, 1.1]))
    def edit_in_place(self, data: st.DataObject, light: float) -> None:
        name = data.draw(st.sampled_from(sorted(self.files)))
        file = self.files[name]
        if light != file.light:
            self.put(name, file.edited(name, light=light))

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.files)))
        (self.home / name).unlink()
        self.bin.append(self.files.pop(name).elsewhere())
        self.pending = True

    @precondition(lambda self: self.bin)
    @rule(data=st.data(), to=st.sampled_from(NAMES))
    def bring_back(self, data: st.DataObject, to: str) -> None:
        self.put(to, self.bin.pop(data.draw(st.integers(0, len(self.bin) - 1))))

    @precondition(lambda self: self.pending)
    @rule()
    def look(self) -> None:
        index(self.session, [str(self.home / "one"), str(self.home / "two")], job=Job())
        self.pending = False
        for name, file in self.files.items():
            photo_id = photo_at(self.session, str(self.home / name))
            (said,) = tagging.tags_of(self.session, [photo_id]).values()
            own = f"picture {file.picture}"
            assert {tag.name for tag in said} <= {own}, (name, file.picture, said)
            if not said:
                assert not file.is_certain, (name, file.picture)
                # One more photo of it: which of them a file of the bin is, is open.
                self.bin = [
                    replace(one, is_certain=one.is_certain and one.picture != file.picture)
                    for one in self.bin
                ]
                tagging.set_tag_state(self.session, own, [photo_id], TagState.CONFIRMED)
            self.files[name] = replace(file, is_seen=True, place=name, is_certain=True)

    @invariant()
    def library_is_whole(self) -> None:
        assert self.session.read(lambda store: store.rows("PRAGMA foreign_key_check")) == []


class TestFolders(Folders.TestCase):
    # More with PHOTOSORT_IDENTITY_RUNS=1000, see CONTRIBUTING.md.
    settings = settings(
        max_examples=RUNS or 5,
        stateful_step_count=50 if RUNS else 20,
        deadline=None,
        derandomize=not RUNS,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture
def folder(session, tmp_path: Path) -> Path:
    """Four tagged pictures."""
    made = tmp_path / "photos"
    made.mkdir()
    for number in range(1, 5):
        (made / f"{number}.jpg").write_bytes(drawn(number))
    index(session, [str(made)], job=Job())
    for number in range(1, 5):
        photo_id = photo_at(session, str(made / f"{number}.jpg"))
        tagging.set_tag_state(session, f"picture {number}", [photo_id], TagState.CONFIRMED)
    return made


def tags(session: Session, path: Path) -> set[str]:
    (said,) = tagging.tags_of(session, [photo_at(session, str(path))]).values()
    return {tag.name for tag in said}


def test_what_another_picture_replaced_is_missing_and_a_problem(session, folder: Path) -> None:
    lost = photo_at(session, str(folder / "2.jpg"))
    (folder / "2.jpg").write_bytes(drawn(9))
    summary = index(session, [], job=Job())
    assert (summary.new, summary.changed, summary.missing) == (1, 0, 1)
    assert tags(session, folder / "2.jpg") == set()
    (problem,) = problems.list_all(session)
    assert problem.path == str(folder / "2.jpg")
    assert "Another picture has this name now" in problem.reason
    assert index(session, [], job=Job()).changed == 0
    (folder / "back.jpg").write_bytes(drawn(2))
    assert index(session, [], job=Job()).moved == 1
    assert photo_at(session, str(folder / "back.jpg")) == lost
    assert problems.list_all(session) == []


@pytest.mark.parametrize("number", [1, 2])
def test_renamed_and_edited_metadata_at_once(session, folder: Path, number: int) -> None:
    """With a date (1) and without one (2)."""
    before = photo_at(session, str(folder / f"{number}.jpg"))
    (folder / f"{number}.jpg").unlink()
    (folder / "elsewhere.jpg").write_bytes(drawn(number, comment=50))
    summary = index(session, [], job=Job())
    assert (summary.new, summary.moved, summary.missing) == (0, 1, 0)
    assert photo_at(session, str(folder / "elsewhere.jpg")) == before
    assert index(session, [], job=Job()).changed == 0


def test_names_swapped_and_metadata_edited_at_once(session, folder: Path) -> None:
    (folder / "1.jpg").write_bytes(drawn(2, comment=50))
    (folder / "2.jpg").write_bytes(drawn(1, comment=50))
    assert index(session, [], job=Job()).moved == 2
    assert tags(session, folder / "1.jpg") == {"picture 2"}
    assert tags(session, folder / "2.jpg") == {"picture 1"}


def test_an_original_kept_beside_its_edit(session, folder: Path) -> None:
    shutil.copy(folder / "2.jpg", folder / "original.jpg")
    (folder / "2.jpg").write_bytes(drawn(2, light=0.9))
    index(session, [], job=Job())
    assert (
        tags(session, folder / "2.jpg") == tags(session, folder / "original.jpg") == {"picture 2"}
    )


@pytest.mark.parametrize("backup", ["a backup", "the backup"])
def test_an_original_kept_in_another_folder_beside_its_edit(
    session, folder: Path, tmp_path: Path, backup: str
) -> None:
    """Whichever of the two folders is looked through first."""
    other = tmp_path / backup
    other.mkdir()
    index(session, [str(other)], job=Job())
    given = sorted([str(folder), str(other)], reverse=backup.startswith("the"))
    shutil.copy(folder / "2.jpg", other / "2.jpg")
    (folder / "2.jpg").write_bytes(drawn(2, light=0.9))
    index(session, given, job=Job())
    assert tags(session, folder / "2.jpg") == tags(session, other / "2.jpg") == {"picture 2"}


def test_a_kept_modification_time_hides_no_edit(session, folder: Path) -> None:
    path = folder / "1.jpg"
    before = path.stat()
    path.write_bytes(drawn(1, comment=50))
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    summary = index(session, [], job=Job())
    assert (summary.changed, summary.embedded) == (1, 0)


def test_a_restored_disk_is_read_and_not_given_to_the_model_again(session, folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o600)
    summary = index(session, [], job=Job())
    assert (summary.changed, summary.embedded, summary.new) == (0, 0, 0)


def test_reread_takes_in_what_no_time_tells(session, folder: Path) -> None:
    session.write(lambda store: store.execute("UPDATE contents SET metadata = '{}'"))
    session.write(lambda store: store.execute("UPDATE photos SET camera_model = NULL"))
    assert index(session, [], job=Job()).changed == 0
    summary = index(session, [str(folder)], job=Job(), reread=True)
    assert (summary.changed, summary.embedded) == (4, 0)
    models = session.read(lambda store: store.rows("SELECT camera_model FROM photos ORDER BY id"))
    assert [row[0] for row in models] == ["Camera", None, "Camera", None]
    assert tags(session, folder / "1.jpg") == {"picture 1"}
