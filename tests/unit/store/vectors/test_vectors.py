from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from photosort.domain.encoders import EncoderInfo
from photosort.domain.photos import FileState
from photosort.store.db.database import Store
from photosort.store.tables import contents, files, photos, roots
from photosort.store.vectors import vectors


def unit(dim: int, seed: int) -> np.ndarray:
    vector = np.random.default_rng(seed).standard_normal(dim).astype(np.float32)
    return vector / np.linalg.norm(vector)


def both(seed: int) -> dict[str, np.ndarray]:
    return {"semantic": unit(8, seed), "visual": unit(4, seed)}


def content_of(store: Store, photo_id: int) -> int:
    content_id = photos.get(store, [photo_id])[0].files[0].content_id
    assert content_id is not None
    return content_id


@pytest.fixture
def three(add_photo: Callable[..., int]) -> list[int]:
    return [add_photo(f"trip/{name}.jpg") for name in "abc"]


def test_a_version_of_an_encoder_has_one_id(store: Store, encoder: EncoderInfo) -> None:
    first = vectors.encoder_id(store, encoder)
    assert vectors.encoder_id(store, encoder) == first
    other = vectors.encoder_id(store, replace(encoder, version="bb"))
    assert other != first
    assert vectors.version(store, other) == "bb"


def test_what_waits_for_vectors(store: Store, encoder: EncoderInfo, three: list[int]) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    waiting = vectors.pending(store, encoder_id)
    assert [one.photo_id for one in waiting] == three
    assert waiting[0].relative == "trip/a.jpg"
    assert waiting[0].content_id == content_of(store, three[0])
    vectors.put(store, encoder_id, [(waiting[0].content_id, both(0))])
    vectors.put(store, encoder_id, [(waiting[1].content_id, {"semantic": unit(8, 1)})])
    assert [one.photo_id for one in vectors.pending(store, encoder_id)] == three[1:]
    held = {one.content_id for one in waiting}
    assert vectors.have(store, encoder_id, held) == {waiting[0].content_id}
    assert (
        len(vectors.pending(store, vectors.encoder_id(store, replace(encoder, version="b")))) == 3
    )


def test_nothing_waits_for_files_that_are_not_there(
    store: Store, encoder: EncoderInfo, three: list[int]
) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    held = [photos.get(store, [one])[0].files[0].id for one in three]
    files.mark(store, [held[0]], FileState.OFFLINE)
    files.mark(store, [held[1]], FileState.UNREADABLE, "broken")
    assert [one.photo_id for one in vectors.pending(store, encoder_id)] == [three[2]]
    (root,) = roots.list_all(store)
    roots.remove(store, root.id, actor="window")
    assert vectors.pending(store, encoder_id) == []


def test_vectors_come_back_by_photo(store: Store, encoder: EncoderInfo, three: list[int]) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    rows = [(content_of(store, one), both(one)) for one in reversed(three)]
    vectors.put(store, encoder_id, rows)
    ((ids, matrix),) = vectors.stream(store, encoder_id, "visual")
    assert ids.tolist() == three
    assert matrix.dtype == np.float16
    expected = np.stack([unit(4, one) for one in three])
    np.testing.assert_allclose(matrix, expected, atol=1e-3)
    ((ids, _),) = vectors.stream(store, encoder_id, "semantic", [three[1], 999])
    assert ids.tolist() == [three[1]]
    assert vectors.count(store, encoder_id, "semantic") == 3


def test_a_second_put_replaces_the_first(
    store: Store, encoder: EncoderInfo, three: list[int]
) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    content_id = content_of(store, three[0])
    vectors.put(store, encoder_id, [(content_id, both(1))])
    vectors.put(store, encoder_id, [(content_id, both(2))])
    ((_, matrix),) = vectors.stream(store, encoder_id, "semantic")
    np.testing.assert_allclose(matrix[0], unit(8, 2), atol=1e-3)
    assert vectors.count(store, encoder_id, "semantic") == 1


def test_equal_pixels_keep_their_vectors(
    store: Store, encoder: EncoderInfo, three: list[int]
) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    a, b = content_of(store, three[0]), content_of(store, three[1])
    contents.update(store, {a: {"pixel_hash": b"p"}, b: {"pixel_hash": b"p"}})
    assert vectors.content_with_pixels(store, encoder_id, b"p") is None
    vectors.put(store, encoder_id, [(a, both(5))])
    assert vectors.content_with_pixels(store, encoder_id, b"p") == a
    assert vectors.content_with_pixels(store, encoder_id, b"q") is None
    vectors.copy(store, a, b)
    ((ids, matrix),) = vectors.stream(store, encoder_id, "visual")
    assert ids.tolist() == three[:2]
    assert (matrix[0] == matrix[1]).all()


def test_crops_do_not_mix_with_whole_photos(
    store: Store, encoder: EncoderInfo, three: list[int]
) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    content_id = content_of(store, three[0])
    vectors.put(store, encoder_id, [(content_id, both(1))], view="left")
    assert list(vectors.stream(store, encoder_id, "semantic")) == []
    assert len(vectors.pending(store, encoder_id)) == 3


def test_a_vector_of_wrong_length_is_zero(
    store: Store, encoder: EncoderInfo, three: list[int]
) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    vectors.put(store, encoder_id, [(content_of(store, three[0]), both(1))])
    store.execute("UPDATE vectors SET data = x'0000' WHERE space = 'semantic'")
    ((_, matrix),) = vectors.stream(store, encoder_id, "semantic")
    assert (matrix == 0).all()


def test_the_centre_is_kept(store: Store, encoder: EncoderInfo) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    assert vectors.centre(store, encoder_id, "semantic") is None
    for seed in (1, 2):
        vectors.set_centre(
            store, encoder_id, "semantic", unit(8, seed), version=f"v{seed}", count=seed
        )
    kept = vectors.centre(store, encoder_id, "semantic")
    assert kept is not None
    assert (kept.vector == unit(8, 2)).all()
    assert (kept.version, kept.count) == ("v2", 2)
    assert vectors.centre(store, encoder_id, "visual") is None


def test_the_stamp_changes_with_what_photos_show(
    store: Store, encoder: EncoderInfo, three: list[int]
) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    a, b = (photos.get(store, [one])[0].files[0] for one in three[:2])
    stamps = [vectors.stamp(store)]

    def changed() -> bool:
        stamps.append(vectors.stamp(store))
        return stamps[-1] != stamps[-2]

    vectors.put(store, encoder_id, [(content_of(store, three[0]), both(1))])
    assert changed()
    files.update(store, {a.id: {"content_id": b.content_id}})
    assert changed()
    photos.set_main(store, {three[2]: a.id})
    assert changed()
    photos.set_main(store, {three[2]: a.id})
    files.mark(store, [a.id], FileState.MISSING)
    assert not changed()
    store.execute("DELETE FROM vectors")
    assert changed()


VIEW = vectors.parts_view(6, "fit")


def codes(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(-32, 33, 6).astype(np.int8)


def test_codes_of_parts_come_back_as_they_were_put(
    store: Store, encoder: EncoderInfo, three: list[int]
) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    held = [content_of(store, one) for one in three]
    vectors.put(store, encoder_id, [(one, both(seed)) for seed, one in enumerate(held)])
    assert len(vectors.pending(store, encoder_id, view=VIEW)) == 3
    vectors.put_parts(store, encoder_id, VIEW, [(held[0], codes(0)), (held[2], codes(2))])
    assert [one.content_id for one in vectors.pending(store, encoder_id, view=VIEW)] == [held[1]]
    assert vectors.pending(store, encoder_id) == []
    ids, rows = vectors.rows_of_photos(store, encoder_id, "semantic", view=VIEW)
    assert ids.tolist() == [three[0], three[2]]
    np.testing.assert_array_equal(
        vectors.load_codes(store, rows, 6), np.stack([codes(0), codes(2)])
    )
    store.execute("UPDATE vectors SET data = x'0102' WHERE id = ?", [int(rows[0])])
    np.testing.assert_array_equal(vectors.load_codes(store, rows, 6)[0], np.zeros(6))


def test_a_view_says_how_many_codes_a_row_has() -> None:
    assert vectors.codes_of(VIEW) == 6
    assert vectors.codes_of(vectors.WHOLE) is None
    assert vectors.codes_of("left") is None


def test_copies_take_one_view_or_all(store: Store, encoder: EncoderInfo, three: list[int]) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    a, b, c = (content_of(store, one) for one in three)
    contents.update(store, {a: {"pixel_hash": b"p"}})
    vectors.put(store, encoder_id, [(a, both(1))])
    assert vectors.content_with_pixels(store, encoder_id, b"p", view=VIEW) is None
    vectors.put_parts(store, encoder_id, VIEW, [(a, codes(1))])
    assert vectors.content_with_pixels(store, encoder_id, b"p", view=VIEW) == a
    vectors.copy(store, a, b, view=VIEW)
    vectors.copy(store, a, c)
    views = store.rows("SELECT content_id, view FROM vectors WHERE content_id <> ?", [a])
    assert sorted(views) == sorted([(b, VIEW), (c, VIEW), (c, "whole"), (c, "whole")])


def test_only_codes_of_other_fits_are_forgotten(
    store: Store, encoder: EncoderInfo, three: list[int]
) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    content_id = content_of(store, three[0])
    vectors.put(store, encoder_id, [(content_id, both(1))])
    vectors.put(store, encoder_id, [(content_id, both(2))], view="left")
    for fit in ("fit", "older"):
        vectors.put_parts(store, encoder_id, vectors.parts_view(6, fit), [(content_id, codes(1))])
    vectors.forget_other_parts(store, encoder_id, VIEW)
    assert store.rows("SELECT DISTINCT view FROM vectors ORDER BY view") == [
        ("left",),
        (VIEW,),
        ("whole",),
    ]
