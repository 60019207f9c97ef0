from __future__ import annotations

from collections.abc import Callable

from photosort.domain.photos import FileState, Metadata, Role, Root
from photosort.store.db.database import Store
from photosort.store.tables import contents, files, photos, roots
from photosort.store.tables.contents import NewContent
from photosort.store.tables.files import FileChange, NewFile


def test_what_is_written_is_read(store: Store, root: Root) -> None:
    new = NewFile(
        root.id,
        "2020/tr\udce4p/a.jpg",
        12,
        34,
        role=Role.RAW,
        state=FileState.UNREADABLE,
        reason="It is empty.",
        sidecar="2020/tr\udce4p/a.xmp",
        sidecar_mtime_ns=56,
        sidecar_metadata=Metadata(rating=3),
        name_date="2020-01-01T00:00:00",
    )
    (file_id,) = files.insert(store, [new])
    file = files.get(store, [file_id])[file_id]
    for name in ("relative", "size_bytes", "mtime_ns", "role", "state", "reason", "sidecar"):
        assert getattr(file, name) == getattr(new, name), name
    assert file.sidecar_mtime_ns == 56
    assert files.by_path(store, root.id, new.relative) == file
    assert files.by_path(store, root.id, "2020/a.jpg") is None
    assert files.in_folder(store, root.id, "2020/tr\udce4p") == [file]
    assert files.in_folder(store, root.id, "2020") == []


def test_known_files_come_folder_by_folder(store: Store, root: Root) -> None:
    other, _ = roots.add(store, "/other", volume="", marker="", actor="command")
    paths = ["b/z.jpg", "a/2.jpg", "a-c/1.jpg", "top.jpg", "a/b/1.jpg", "a/10.jpg", "b/a.jpg"]
    ids = files.insert(store, [NewFile(root.id, p, n, 2 * n) for n, p in enumerate(paths)])
    files.insert(store, [NewFile(other.id, "a/1.jpg", 1, 1)])
    files.mark(store, [ids[0]], FileState.MISSING)
    files.update(store, {ids[1]: FileChange(sidecar="a/2.xmp", sidecar_mtime_ns=7)})
    found = list(files.known(store, root.id))
    assert [one.relative for one in found] == [
        "top.jpg", "a/10.jpg", "a/2.jpg", "a-c/1.jpg", "a/b/1.jpg", "b/a.jpg", "b/z.jpg",
    ]  # fmt: skip
    by_path = {one.relative: one for one in found}
    assert by_path["b/z.jpg"] == ("b/z.jpg", ids[0], 0, 0, "missing", None, None, None)
    assert by_path["a/2.jpg"] == ("a/2.jpg", ids[1], 1, 2, "present", "a/2.xmp", 7, None)


def test_a_moved_file_keeps_its_row(store: Store, root: Root) -> None:
    (file_id,) = files.insert(store, [NewFile(root.id, "a/1.jpg", 1, 1)])
    files.update(store, {file_id: FileChange(relative="b/2.jpg", state=FileState.PRESENT)})
    assert files.get(store, [file_id])[file_id].relative == "b/2.jpg"
    other, _ = roots.add(store, "/other", volume="", marker="", actor="command")
    files.update(store, {file_id: FileChange(relative="3.jpg", root_id=other.id)})
    moved = files.get(store, [file_id])[file_id]
    assert (moved.root_id, moved.relative) == (other.id, "3.jpg")


def test_updates_of_different_columns_go_together(store: Store, root: Root) -> None:
    a, b, c = files.insert(store, [NewFile(root.id, name, 1, 1) for name in "abc"])
    files.update(
        store,
        {a: FileChange(size_bytes=5), b: FileChange(reason="x", role=Role.MOTION), c: FileChange()},
    )
    found = files.get(store, [a, b, c])
    assert (found[a].size_bytes, found[a].reason) == (5, "")
    assert (found[b].size_bytes, found[b].reason, found[b].role) == (1, "x", Role.MOTION)
    assert found[c].size_bytes == 1


def test_problems_are_noted_once_and_vanish_when_read(store: Store, root: Root) -> None:
    files.note_problem(store, root.id, "a.jpg", "It is empty.")
    files.note_problem(store, root.id, "a.jpg", "It is a folder.")
    files.note_problem(store, root.id, "b.jpg", "No permission.")
    found = files.problems(store)
    assert [(f.relative, f.reason) for f in found] == [
        ("a.jpg", "It is a folder."),
        ("b.jpg", "No permission."),
    ]
    files.mark(store, [found[0].id], FileState.PRESENT)
    assert [f.relative for f in files.problems(store)] == ["b.jpg"]
    files.remove(store, [found[1].id])
    assert files.problems(store) == []
    assert files.count_by_state(store)[FileState.UNREADABLE] == 0


def test_what_files_of_a_photo_say(store: Store, root: Root, add_photo: Callable[..., int]) -> None:
    photo_id = add_photo("a.jpg", Metadata(rating=2), name_date="2020-01-01T00:00:00")
    files.insert(
        store,
        [NewFile(root.id, "a.nef", 1, 1, photo_id=photo_id, sidecar_metadata=Metadata(rating=4))],
    )
    first, second = files.metadata_of_files(store, [photo_id])[photo_id]
    assert first.file.relative == "a.jpg"
    assert (first.from_file.rating, first.from_sidecar) == (2, None)
    assert first.name_date == "2020-01-01T00:00:00"
    assert second.from_file == Metadata()
    assert second.from_sidecar == Metadata(rating=4)


def test_contents_are_found_by_each_key(store: Store) -> None:
    a, b, c = contents.insert(
        store,
        [
            NewContent(b"q1", 1, sha256=b"s1"),
            NewContent(b"q1", 1, pixel_hash=b"p1"),
            NewContent(b"q2", 1, metadata=Metadata(width=7)),
        ],
    )
    assert {one.id for one in contents.find(store, quick_keys=[b"q1"])} == {a, b}
    assert [one.id for one in contents.find(store, sha256s=[b"s1"])] == [a]
    assert [one.id for one in contents.find(store, pixel_hashes=[b"p1"])] == [b]
    assert contents.find(store) == []
    contents.update(store, {c: {"metadata": Metadata(width=8), "sha256": b"s2"}})
    assert contents.get(store, [c])[c].metadata.width == 8
    assert contents.get(store, [c])[c].sha256 == b"s2"


def test_contents_that_could_be_copies_are_hashed(store: Store, root: Root) -> None:
    a, b, c, d = contents.insert(store, [NewContent(b"q%d" % n, n // 2) for n in (2, 3, 4, 5)])
    (alone,) = contents.insert(store, [NewContent(b"q9", 99)])
    ids = [a, b, c, d, alone]
    held = files.insert(
        store, [NewFile(root.id, str(n), 1, 1, content_id=one) for n, one in enumerate(ids)]
    )
    files.mark(store, [held[3]], FileState.MISSING)
    contents.update(store, {b: {"sha256": b"s"}})
    assert contents.without_sha256(store) == [(a, held[0]), (c, held[2])]


def test_contents_proven_equal_become_one(
    store: Store, root: Root, add_photo: Callable[..., int]
) -> None:
    photo_ids = [add_photo("a.jpg"), add_photo("b.jpg"), add_photo("c.jpg")]
    a, b, c = (photo.files[0] for photo in photos.get(store, photo_ids))
    assert a.content_id
    assert b.content_id
    assert c.content_id
    contents.prove(store, {a.content_id: b"same", b.content_id: b"same", c.content_id: None})
    again = files.get(store, [a.id, b.id, c.id])
    assert [one.content_id for one in again.values()] == [a.content_id] * 2 + [c.content_id]
    assert [one.photo_id for one in again.values()] == photo_ids
    assert contents.get(store, [b.content_id]) == {}


def test_many_keys_at_once(store: Store, root: Root) -> None:
    names = [f"{n}.jpg" for n in range(2500)]
    ids = files.insert(store, [NewFile(root.id, name, 1, 1) for name in names])
    assert len(files.get(store, ids)) == 2500
