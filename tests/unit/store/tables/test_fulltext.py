from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from photosort.domain.photos import Kind, Metadata, PersonRegion
from photosort.sentences import Sentence
from photosort.store.db import history
from photosort.store.db.database import Store
from photosort.store.tables import files, fulltext, photos
from photosort.store.tables.photos import Effective

AddPhoto = Callable[..., int]


def find(store: Store, text: str) -> list[int]:
    while fulltext.update_pending(store):
        pass
    return [photo_id for photo_id, _ in fulltext.search(store, text, 100)]


def tag(
    store: Store, photo_id: int, name: str, parent: int | None = None, aliases: str = "[]"
) -> int:
    with history.recording(store, Sentence("tag"), "window") as changes:
        (tag_id,) = changes.insert(
            "tags",
            {
                "key": [name.casefold()],
                "name": name,
                "parent_id": parent,
                "aliases": aliases,
                "origin": "user",
            },
        )
        if photo_id:
            changes.insert(
                "photo_tags",
                {
                    "photo_id": [photo_id],
                    "tag_id": tag_id,
                    "state": "confirmed",
                    "origin": "user",
                    "at": "x",
                },
            )
    return tag_id


@pytest.mark.parametrize(
    "text", ["IMG_1401", "img_1401.jpg", "1401", "img 1401", "IMG1401", "img-1401"]
)
def test_file_names_are_found(store: Store, add_photo: AddPhoto, text: str) -> None:
    wanted = add_photo("2022/IMG_1401.jpg")
    add_photo("2022/IMG_1501.jpg")
    assert find(store, text) == [wanted]


@pytest.mark.parametrize(
    "text", ["DSC01234", "dsc 1234", "dsc1234", "1234", "01234", "dsc01234.nef"]
)
def test_numbers_with_zeros_before_them(store: Store, add_photo: AddPhoto, text: str) -> None:
    wanted = add_photo("DSC01234.NEF")
    add_photo("DSC04321.NEF")
    assert find(store, text) == [wanted]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("lissabon", "a"),
        ("urlaub", "ab"),
        ("url", ""),
        ("url ", ""),
        ("zürich", "b"),
        ("zurich", "b"),
        ("ZU\u0308RICH", "b"),
        ("東京", "c"),
        ("京", "c"),
        ("京東", ""),
        ("한국", "b"),
        ("한", "b"),
        ("국", ""),
        ("한 urlaub", "b"),
        ("\u1112\u1161\u11ab", "b"),
        ("nikon", "a"),
        ("screenshot", "b"),
        ("ada", "c"),
        ("sunset lissabon", "a"),
        ("sunset zürich", ""),
        ("", ""),
        ("  ", ""),
        ("🎉", ""),
        ("!!!", ""),
    ],
)
def test_words_of_all_kinds(store: Store, add_photo: AddPhoto, text: str, names: str) -> None:
    a = add_photo(
        "Urlaub 2022/Lissabon/1.jpg", Metadata(caption="A sunset", camera_make="NIKON CORPORATION")
    )
    korea = "\u1112\u1161\u11ab\u1100\u116e\u11a8"  # letters in parts, as macOS writes names
    b = add_photo(f"Urlaub 2022/Zu\u0308rich {korea}/2.jpg")
    photos.set_effective(store, {b: Effective(Metadata(), kind=Kind.SCREENSHOT)})
    c = add_photo("x/東京旅行.jpg", Metadata(people=(PersonRegion("Ada"),)))
    ids = {"a": a, "b": b, "c": c}
    assert set(find(store, text)) == {ids[name] for name in names}


@pytest.mark.parametrize(
    ("word", "place"),
    [("cat", "Catalonia"), ("bar", "Barcelona"), ("car", "Carlsbad"), ("14", "IMG_1401")],
)
def test_a_word_is_not_found_as_the_beginning_of_another(
    store: Store, add_photo: AddPhoto, word: str, place: str
) -> None:
    wanted = add_photo(f"{word}.jpg")
    add_photo(f"{place}/2.jpg", Metadata(caption=f"Evening in {place}"))
    assert find(store, word) == [wanted]
    assert set(fulltext.shares(store, word)) == {wanted}


def test_a_name_counts_more_than_a_folder(store: Store, add_photo: AddPhoto) -> None:
    in_folder = add_photo("beach/1.jpg")
    in_name = add_photo("other/beach.jpg")
    assert find(store, "beach") == [in_name, in_folder]


def test_words_of_very_many_photos_are_not_ranked(
    store: Store, add_photo: AddPhoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [add_photo(f"{name}.jpg") for name in ("beach", "a beach", "a very long name, beach")]
    ranked = find(store, "beach")
    monkeypatch.setattr(fulltext, "_MOST_RANKED", 2)
    assert fulltext.search(store, "beach", 2) == [(ids[2], 0.0), (ids[1], 0.0)]
    assert ranked[0] == ids[0]


def test_tags_are_words_with_their_aliases_and_parents(store: Store, add_photo: AddPhoto) -> None:
    photo_id = add_photo("1.jpg")
    animal = tag(store, 0, "Animal")
    tag(store, photo_id, "Dog", animal, '["hound"]')
    for text in ("dog", "hound", "animal"):
        assert find(store, text) == [photo_id]
    with history.recording(store, Sentence("rename"), "window") as changes:
        changes.update("tags", [animal], {"name": "Creature"})
    assert find(store, "creature") == [photo_id]
    assert find(store, "animal") == []


def test_undo_and_rejection_take_words_away(store: Store, add_photo: AddPhoto) -> None:
    photo_id = add_photo("1.jpg")
    tag_id = tag(store, photo_id, "Dog")
    with history.recording(store, Sentence("reject"), "window") as changes:
        changes.update("photo_tags", [(photo_id, tag_id)], {"state": "rejected"})
    assert find(store, "dog") == []
    history.undo(store)
    assert find(store, "dog") == [photo_id]
    history.undo(store)
    assert find(store, "dog") == []


def test_a_renamed_file_is_found_by_its_new_name(store: Store, add_photo: AddPhoto) -> None:
    photo_id = add_photo("old.jpg")
    assert find(store, "old") == [photo_id]
    file_id = photos.get(store, [photo_id])[0].files[0].id
    files.update(store, {file_id: {"relative": "there/new.jpg"}})
    assert find(store, "new") == [photo_id]
    assert find(store, "there") == [photo_id]
    assert find(store, "old") == []


def test_it_catches_up_in_parts(store: Store, add_photo: AddPhoto) -> None:
    for n in range(5):
        add_photo(f"photo{n}.jpg")
    assert fulltext.pending(store) == 5
    assert fulltext.update_pending(store, limit=2) == 3
    assert fulltext.update_pending(store, limit=10) == 0
    assert fulltext.update_pending(store) == 0


def test_a_deleted_photo_is_found_no_more(store: Store, add_photo: AddPhoto) -> None:
    photo_id = add_photo("gone.jpg")
    assert find(store, "gone") == [photo_id]
    with store.atomic():
        store.execute("DELETE FROM files")
        store.execute("DELETE FROM photos")
    assert find(store, "gone") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_nothing_that_is_typed_is_syntax(store: Store, text: str) -> None:
    assert fulltext.search(store, text, 5) == []


@pytest.mark.parametrize(
    "text",
    ['a" OR "b', "name:x", "a AND", "NEAR(a b)", "a*b", "-a", "^a", "{a b}: c", "x" * 10_000],
)
def test_fts_syntax_is_only_words(store: Store, add_photo: AddPhoto, text: str) -> None:
    add_photo("b.jpg")
    assert find(store, text) == []


def test_a_damaged_index_is_noticed_and_mended(store: Store, add_photo: AddPhoto) -> None:
    photo_id = add_photo("beach.jpg")
    assert find(store, "beach") == [photo_id]
    assert fulltext.is_intact(store)
    store.execute("DELETE FROM words_data WHERE id > 10")
    assert not fulltext.is_intact(store)
    fulltext.rebuild(store)
    assert fulltext.is_intact(store)
    assert find(store, "beach") == [photo_id]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Ｔｏｋｙｏ", "tokyo"),
        ("ﾀﾜｰ", "タワー"),
        ("ﬁord", "fiord"),
        ("ёлка", "елка"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Tromsø", "tromso"),
        ("Ærø", "aero"),
        ("cœur", "coeur"),
        ("Đà Nẵng", "da nang"),
        ("Diyarbakır", "diyarbakir"),
        ("İzmir", "izmir"),
        ("كِتَاب", "كتاب"),
        ("כֶּלֶב", "כלב"),
        ("วัดพระแก้ว", "พระ"),
        ("ວັດພູ", "ພູ"),
        ("ប្រាសាទអង្គរវត្ត", "អង្គរ"),
        ("ရွှေတိဂုံဘုရား", "ဘုရား"),
    ],
)
def test_words_are_found_however_their_letters_are_written(
    store: Store, add_photo: AddPhoto, written: str, typed: str
) -> None:
    wanted, other = add_photo("1.jpg"), add_photo("2.jpg")
    texts = {wanted: written, other: "Tallinn"}
    photos.set_effective(
        store, {one: Effective(Metadata(caption=text)) for one, text in texts.items()}
    )
    assert find(store, typed) == [wanted]
    assert find(store, written) == [wanted]


def test_words_that_an_older_version_indexed_are_indexed_again(
    store: Store, add_photo: AddPhoto
) -> None:
    photo = add_photo("Łódź.jpg")
    assert find(store, "lodz") == [photo]
    with store.atomic():
        store.execute("UPDATE words SET name = 'outdated' WHERE rowid = ?", [photo])
        store.execute("UPDATE meta SET value = 1 WHERE key = 'words_version'")
    assert fulltext.pending(store) == 1
    assert find(store, "lodz") == [photo]
    assert fulltext.pending(store) == 0


def test_a_filter_takes_all_photos_with_a_word_however_many(
    store: Store, add_photo: AddPhoto
) -> None:
    wanted = add_photo("2022/a.jpg", Metadata(caption="Lisbon"))
    add_photo("2022/b.jpg", Metadata(caption="Porto"))
    find(store, "")
    store.executemany(
        "INSERT INTO words (rowid, caption) VALUES (?, 'lisbon')",
        ((photo_id,) for photo_id in range(1_000, 21_500)),
    )
    found = fulltext.photos_with(store, "LISBON")
    assert len(found) == 20_501
    assert found[0] == wanted
    assert fulltext.photos_with(store, "...").tolist() == []
    assert fulltext.photos_with(store, "Madrid").tolist() == []
