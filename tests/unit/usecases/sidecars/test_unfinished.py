"""Keyword files and library stay together, also where a program was killed in between."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from photosort.domain.tags import TagState
from photosort.media.scan import last_change_ns
from photosort.media.sidecar_writing import SidecarChange, words_of, write_sidecar
from photosort.progress import Job
from photosort.safe_files import PART_PREFIX, PART_SUFFIX, Folder
from photosort.store.tables import sidecars
from photosort.usecases import checking, undoing
from photosort.usecases.indexing.index_run import index
from photosort.usecases.photos import decisions, rotation
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.session.session import Session
from photosort.usecases.sidecars import sidecar_sync
from photosort.usecases.tags import tagging
from tests.fixtures.colours import COLOURS


class Killed(BaseException):
    """What nothing in the program catches, as a kill."""


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    for name, colour in COLOURS.items():
        Image.new("RGB", (64, 48), colour).save(made / f"{name}.jpg")
    index(session, [os.fspath(made)], job=Job())
    return made


@pytest.fixture
def follows(session: Session) -> None:
    session.settings = replace(session.settings, write_keyword_files=True)


@pytest.fixture
def photo(session: Session, folder: Path) -> Callable[[str], int]:
    return lambda name: photo_at(session, os.fspath(folder / name))


@pytest.fixture
def next_start(session: Session) -> Callable[[], None]:
    """What a start does to a library whose program was killed."""
    return lambda: index(session, [], job=Job()) and None


def confirm(session: Session, photo_ids: list[int], name: str = "dog") -> None:
    change = tagging.set_tag_state(session, name, photo_ids, TagState.CONFIRMED)
    sidecar_sync.follow(session, change)


def words(path: Path) -> set[str]:
    return set(words_of(path.read_bytes()).words) if path.exists() else set()


def part_of(findings: list[checking.Finding], part: str) -> checking.Finding:
    (found,) = [one for one in findings if one.part == part]
    return found


def seen(session: Session, path: Path) -> None:
    """Lets the library believe that it has read a keyword file as it lies there now."""
    now = last_change_ns(path.stat())
    session.write(
        lambda store: store.execute(
            "UPDATE files SET sidecar_mtime_ns = ? WHERE name = ?", [now, path.stem.encode()]
        )
    )


def killed_in(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, work: Callable[[], object]
) -> None:
    def kill(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(module, name, kill)
        with pytest.raises(Killed):
            work()


@pytest.mark.usefixtures("follows")
def test_a_decision_whose_keyword_files_did_not_follow_is_followed_at_the_next_start(
    session: Session,
    folder: Path,
    photo: Callable[[str], int],
    next_start: Callable[[], None],
) -> None:
    red = photo("red.jpg")
    tagging.set_tag_state(session, "dog", [red], TagState.CONFIRMED)
    next_start()
    assert words(folder / "red.jpg.xmp") == {"dog"}
    tagging.set_tag_state(session, "dog", [red], TagState.REJECTED)
    next_start()
    assert words(folder / "red.jpg.xmp") == set()
    assert not session.read(sidecars.is_unfinished)


def test_an_undo_whose_keyword_files_did_not_follow_is_followed_at_the_next_start(
    session: Session,
    folder: Path,
    photo: Callable[[str], int],
    next_start: Callable[[], None],
) -> None:
    red = photo("red.jpg")
    tagging.set_tag_state(session, "dog", [red], TagState.CONFIRMED)
    sidecar_sync.write(session, [red], job=Job())
    assert words(folder / "red.jpg.xmp") == {"dog"}
    undoing.undo(session)
    next_start()
    assert not (folder / "red.jpg.xmp").exists()


@pytest.mark.usefixtures("follows")
@pytest.mark.parametrize("where", ["write_sidecar", "Folder.swap", "put"])
def test_a_word_that_was_being_written_is_ours_whether_it_is_there_or_not(
    session: Session,
    folder: Path,
    photo: Callable[[str], int],
    next_start: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    path = folder / "red.jpg.xmp"
    write_sidecar(path, SidecarChange(add=("beach",), rating=2))
    next_start()
    module: object = {"write_sidecar": sidecar_sync, "Folder.swap": Folder, "put": sidecars}[where]
    killed_in(
        monkeypatch,
        module,
        where.rpartition(".")[2],
        lambda: confirm(session, [photo("red.jpg")]),
    )
    assert words(path) == ({"beach", "dog"} if where == "put" else {"beach"})
    next_start()
    assert words(path) == {"beach", "dog"}
    sidecar_sync.follow(session, undoing.undo(session))
    assert words(path) == {"beach"}
    assert words_of(path.read_bytes()).rating == 2


@pytest.mark.usefixtures("follows")
def test_what_another_program_wrote_after_the_kill_stays_its_own(
    session: Session,
    folder: Path,
    photo: Callable[[str], int],
    next_start: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = folder / "red.jpg.xmp"
    killed_in(monkeypatch, sidecars, "put", lambda: confirm(session, [photo("red.jpg")]))
    write_sidecar(path, SidecarChange(add=("sea",)))
    next_start()
    sidecar_sync.follow(session, undoing.undo(session))
    assert words(path) == {"sea"}


@pytest.mark.usefixtures("follows")
def test_what_was_taken_out_when_the_program_was_killed_is_ours_no_more(
    session: Session,
    folder: Path,
    photo: Callable[[str], int],
    next_start: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, red = folder / "red.jpg.xmp", photo("red.jpg")
    confirm(session, [red])
    confirm(session, [red], "cat")
    decisions.rate(session, [red], 4)
    sidecar_sync.write(session, [red], job=Job())
    change = tagging.set_tag_state(session, "dog", [red], None)
    killed_in(monkeypatch, sidecars, "put", lambda: sidecar_sync.follow(session, change))
    assert words(path) == {"cat"}
    # Now the word is another program's, and stays.
    write_sidecar(path, SidecarChange(add=("dog",)))
    next_start()
    sidecar_sync.write(session, [red], job=Job())
    assert words(path) == {"cat", "dog"}
    assert words_of(path.read_bytes()).rating == 4


@pytest.mark.usefixtures("follows")
def test_many_keyword_files_are_finished_where_the_kill_left_off(
    session: Session,
    folder: Path,
    photo: Callable[[str], int],
    next_start: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = [photo(f"{name}.jpg") for name in COLOURS]
    written = []

    def third(path: Path, change: SidecarChange, **named: Any) -> bool:
        if len(written) == 2:
            raise Killed
        written.append(path)
        return write_sidecar(path, change, **named)

    with monkeypatch.context() as patch:
        patch.setattr(sidecar_sync, "write_sidecar", third)
        with pytest.raises(Killed):
            confirm(session, ids)
    assert sum(path.suffix == ".xmp" for path in folder.iterdir()) == 2
    next_start()
    assert all(words(folder / f"{name}.jpg.xmp") == {"dog"} for name in COLOURS)
    assert not session.read(sidecars.is_unfinished)


def test_a_writing_that_somebody_stopped_is_not_taken_up_again(
    session: Session,
    folder: Path,
    photo: Callable[[str], int],
    next_start: Callable[[], None],
) -> None:
    red = photo("red.jpg")
    tagging.set_tag_state(session, "dog", [red], TagState.CONFIRMED)
    stopped = Job()
    stopped.cancel()
    assert sidecar_sync.write(session, [red], job=stopped).cancelled
    next_start()
    assert not (folder / "red.jpg.xmp").exists()


def test_what_a_change_concerned_may_be_gone_by_then(
    session: Session, photo: Callable[[str], int], next_start: Callable[[], None]
) -> None:
    red = photo("red.jpg")
    session.write(lambda store: sidecars.require(store, {red + 1000: sidecars.Wish()}))
    next_start()
    assert not session.read(sidecars.is_unfinished)


@pytest.mark.usefixtures("follows")
def test_check_finds_keyword_files_that_say_something_else_and_mends_them(
    session: Session, folder: Path, photo: Callable[[str], int]
) -> None:
    path = folder / "red.jpg.xmp"
    confirm(session, [photo("red.jpg")])
    assert part_of(checking.check(session, repair=False, job=Job()), "keyword files").ok
    tagging.set_tag_state(session, "cat", [photo("green.jpg")], TagState.CONFIRMED)
    path.write_bytes(path.read_bytes().replace(b"dog", b"cow"))
    seen(session, path)
    found = part_of(checking.check(session, repair=False, job=Job()), "keyword files")
    assert (found.ok, found.detail.split(" ")[0]) == (False, "2")
    assert os.fspath(folder) in found.detail
    assert part_of(checking.check(session, repair=True, job=Job()), "keyword files").ok
    assert part_of(checking.check(session, repair=False, job=Job()), "keyword files").ok
    assert words(folder / "green.jpg.xmp") == {"cat"}
    assert words(path) == {"cow", "dog"}


def test_keyword_files_that_need_not_follow_are_compared_with_what_was_written(
    session: Session, folder: Path, photo: Callable[[str], int]
) -> None:
    path, red = folder / "red.jpg.xmp", photo("red.jpg")
    tagging.set_tag_state(session, "dog", [red], TagState.CONFIRMED)
    sidecar_sync.write(session, [red], job=Job())
    tagging.set_tag_state(session, "cat", [red], TagState.CONFIRMED)
    assert part_of(checking.check(session, repair=False, job=Job()), "keyword files").ok
    path.unlink()
    assert not part_of(checking.check(session, repair=False, job=Job()), "keyword files").ok
    assert part_of(checking.check(session, repair=True, job=Job()), "keyword files").ok
    assert words(path) == {"cat", "dog"}


def test_keyword_files_of_photos_that_are_gone_for_now_are_not_compared(
    session: Session, folder: Path, photo: Callable[[str], int], next_start: Callable[[], None]
) -> None:
    confirm(session, [photo("red.jpg")])
    sidecar_sync.write(session, [photo("red.jpg")], job=Job())
    next_start()
    folder.rename(folder.with_name("elsewhere"))
    next_start()
    assert part_of(checking.check(session, repair=False, job=Job()), "keyword files").ok


@pytest.mark.usefixtures("follows")
def test_the_keyword_files_of_a_rotated_photo_say_what_the_library_says(
    session: Session, photo: Callable[[str], int], next_start: Callable[[], None]
) -> None:
    change = rotation.rotate(session, [photo("red.jpg")], "left")
    next_start()
    assert part_of(checking.check(session, repair=False, job=Job()), "keyword files").ok
    sidecar_sync.follow(session, change)
    assert part_of(checking.check(session, repair=False, job=Job()), "keyword files").ok


ODD_RATINGS = ["1e400", "-1e400", "nan", "five", "9" * 400, "", "٣"]


@pytest.mark.usefixtures("follows")
@pytest.mark.parametrize("rating", ODD_RATINGS)
def test_odd_stars_of_another_program_stop_nothing(
    session: Session, folder: Path, photo: Callable[[str], int], rating: str
) -> None:
    (folder / "red.jpg.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="{rating}"/>'
        "</rdf:RDF></x:xmpmeta>",
        "utf-8",
    )
    index(session, [], job=Job())
    ids = [photo("red.jpg"), photo("green.jpg")]
    confirm(session, ids)
    change = decisions.rate(session, ids, 3)
    assert sidecar_sync.follow(session, change).problems == []
    for name in ("red", "green"):
        said = words_of((folder / f"{name}.jpg.xmp").read_bytes())
        assert (said.words, said.rating) == ({"dog"}, 3)


@pytest.mark.usefixtures("follows")
@pytest.mark.parametrize("letter", ["a", "ü", "\N{GRINNING FACE}"])
def test_a_name_that_leaves_no_room_for_the_ending_is_one_problem(
    session: Session, folder: Path, photo: Callable[[str], int], letter: str
) -> None:
    stem = letter * (248 // len(letter.encode()))
    long = "x" * (249 - len(stem.encode())) + stem + ".jpg"
    Image.new("RGB", (64, 48), (9, 9, 99)).save(folder / long)
    index(session, [], job=Job())
    change = tagging.set_tag_state(
        session, "dog", [photo(long), photo("green.jpg")], TagState.CONFIRMED
    )
    run = sidecar_sync.follow(session, change)
    assert [path for path, _ in run.problems] == [os.fspath(folder / long)]
    assert words(folder / "green.jpg.xmp") == {"dog"}
    assert not session.read(sidecars.is_unfinished)


def test_what_a_killed_run_left_of_a_file_is_removed_and_nothing_else(
    session: Session, folder: Path
) -> None:
    left = folder / f"{PART_PREFIX}{'0f' * 8}{PART_SUFFIX}"
    other = folder / f"{PART_PREFIX}notes{PART_SUFFIX}"
    beside = session.paths.library.with_name(left.name)
    for path in (left, other, beside):
        path.write_bytes(b"half")
    with Folder(folder) as opened, opened.replacing("new.xmp") as file:
        index(session, [], job=Job())
        assert Path(file.name).exists()
    assert not left.exists()
    assert not beside.exists()
    assert other.read_bytes() == b"half"
