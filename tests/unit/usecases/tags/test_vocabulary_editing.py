from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from photosort.domain.tags import Tag, TagState
from photosort.errors import EnvironmentProblem, InputProblem
from photosort.tagging.vocabulary import Vocabulary, load_vocabulary
from photosort.usecases import undoing
from photosort.usecases.models import vocabulary_vectors as in_use
from photosort.usecases.session.session import Session
from photosort.usecases.tags import tagging, vocabulary_editing

TREE = """
- name: animals
  group: true
  children:
    - name: dog
      aliases: [puppy]
      descriptors: [a wet nose]
      children: [{name: poodle}]
- name: pizza
  packs: [food]
- name: picnic
  packs: [food, nature]
"""


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vocabulary of five in place of the thousand that come with Photosort."""
    path = tmp_path / "shipped.yaml"
    path.write_text(TREE)
    monkeypatch.setattr(in_use, "shipped_files", lambda: [path])


def names(session: Session) -> set[str]:
    return {tag.name for tag in in_use.current_vocabulary(session)}


def tag(session: Session, name: str) -> Tag:
    found = in_use.current_vocabulary(session).get(name)
    assert found is not None
    return found


def test_packs_are_switched_and_a_tag_of_two_packs_stays_while_one_is_on(session: Session) -> None:
    vocabulary_editing.switch_pack(session, "food", on=False)
    assert names(session) == {"animals", "dog", "poodle", "picnic"}
    vocabulary_editing.switch_pack(session, "everyday", on=False)
    # A group goes with the last tag below it.
    assert names(session) == {"picnic"}
    assert [row.name for row in vocabulary_editing.packs(session) if not row.on] == [
        "everyday",
        "food",
    ]
    vocabulary_editing.add_tag(session, Tag("our garden"))
    assert names(session) == {"picnic", "our garden"}
    undoing.undo(session)
    undoing.undo(session)
    undoing.undo(session)
    assert names(session) == {"animals", "dog", "poodle", "pizza", "picnic"}
    with pytest.raises(InputProblem, match="no pack 'sweets'"):
        vocabulary_editing.switch_pack(session, "sweets", on=False)


def test_a_tag_that_is_switched_off_keeps_what_was_said_of_it(session: Session, add) -> None:
    add("red", "a.jpg")
    photo_id = 1
    tagging.set_tag_state(session, "dog", [photo_id], TagState.CONFIRMED)
    vocabulary_editing.switch_tags(session, ["dog"], on=False)
    assert names(session) == {"animals", "poodle", "pizza", "picnic"}
    # What stood under it moves up while it is away.
    assert tag(session, "poodle").parent == "animals"
    assert [one.name for one in tagging.tags_of(session, [photo_id])[photo_id]] == ["dog"]
    vocabulary_editing.switch_tags(session, ["dog"], on=True)
    assert tag(session, "poodle").parent == "dog"


def test_editing_changes_what_is_scored_and_survives_a_newer_vocabulary(
    session: Session, tmp_path: Path
) -> None:
    before = in_use.current_vocabulary(session).fingerprint
    dog = tag(session, "dog")
    vocabulary_editing.edit_tag(
        session,
        "dog",
        replace(dog, name="Hund", descriptors=("  a long  tail ", "a long tail", "")),
    )
    assert tag(session, "hund").descriptors == ("a long tail",)
    assert tag(session, "poodle").parent == "Hund"
    assert in_use.current_vocabulary(session).fingerprint != before
    (tmp_path / "shipped.yaml").write_text(TREE.replace("a wet nose", "a bark"))
    assert tag(session, "hund").descriptors == ("a long tail",)


def test_editing_a_tag_to_what_it_is_leaves_it_to_updates(session: Session, tmp_path: Path) -> None:
    vocabulary_editing.edit_tag(session, "dog", tag(session, "dog"))
    (tmp_path / "shipped.yaml").write_text(TREE.replace("a wet nose", "a bushy tail"))
    assert tag(session, "dog").descriptors == ("a bushy tail",)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("dog", {"parent": "poodle"}, "below itself"),
        ("dog", {"parent": "dog"}, "below itself"),
        ("pizza", {"name": "Puppy"}, "a word of the tag 'dog'"),
        ("pizza", {"aliases": ("dog",)}, "a word of the tag 'dog'"),
        ("pizza", {"parent": "nowhere"}, "no tag 'nowhere'"),
        ("pizza", {"name": " "}, "no name"),
        ("pizza", {"name": "a|b"}, "vertical bar"),
        ("pizza", {"name": "x" * 101}, "at most 100"),
        ("nowhere", {}, "no tag 'nowhere'"),
    ],
)
def test_an_edit_that_makes_no_sense_is_refused(
    session: Session, name: str, change: dict[str, object], said: str
) -> None:
    before = in_use.current_vocabulary(session)
    old = before.get(name) or Tag(name)
    with pytest.raises(InputProblem, match=said):
        vocabulary_editing.edit_tag(session, name, replace(old, **change))
    assert in_use.current_vocabulary(session).tags == before.tags


def test_removing_a_tag_and_taking_that_back(session: Session, add) -> None:
    add("red", "a.jpg")
    vocabulary_editing.add_tag(session, Tag("Rex", parent="dog"))
    vocabulary_editing.add_tag(session, Tag("Rex asleep", parent="rex"))
    tagging.set_tag_state(session, "Rex", [1], TagState.CONFIRMED)
    vocabulary_editing.remove_tag(session, "Rex")
    assert tagging.tags_of(session, [1])[1] == []
    assert tag(session, "Rex asleep").parent == "dog"
    undoing.undo(session)
    assert [one.name for one in tagging.tags_of(session, [1])[1]] == ["Rex"]
    assert tag(session, "Rex asleep").parent == "Rex"
    with pytest.raises(InputProblem, match="switched off, not removed"):
        vocabulary_editing.remove_tag(session, "dog")


def test_a_list_is_taken_in_without_a_second_dog(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text(
        "Pets\n\tPuppy\n\t\t{doggy}\n\tTiger \N{TIGER FACE}\nStraßenfest\n東京\n", "utf-8"
    )
    taken = vocabulary_editing.import_tags(session, path)
    assert taken.count == 5
    assert names(session) - {"animals", "dog", "poodle", "pizza", "picnic"} == {
        "Pets",
        "Tiger \N{TIGER FACE}",
        "Straßenfest",
        "東京",
    }
    assert tag(session, "dog").aliases == ("puppy", "doggy")
    assert tag(session, "dog").parent == "animals"
    undoing.undo(session)
    assert names(session) == {"animals", "dog", "poodle", "pizza", "picnic"}
    assert tag(session, "dog").aliases == ("puppy",)


def test_texts_of_a_list_take_the_place_of_a_tags_own(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("- name: dog\n  descriptors: [a bushy tail]\n- name: pizza\n")
    vocabulary_editing.import_tags(session, path)
    assert tag(session, "dog").descriptors == ("a bushy tail",)


def test_tags_are_never_exported_over_a_photo(session: Session, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (32, 32)).save(photo)
    before = photo.read_bytes()
    link = tmp_path / "tags.txt"
    link.symlink_to(photo)
    for path, reason in ((photo, "a file of another kind"), (link, "it is a link")):
        with pytest.raises(EnvironmentProblem, match=reason):
            vocabulary_editing.export_tags(session, path)
    assert photo.read_bytes() == before


@pytest.mark.parametrize("ending", ["txt", "yaml"])
def test_what_is_exported_is_read_back(session: Session, tmp_path: Path, ending: str) -> None:
    vocabulary_editing.add_tag(
        session, Tag("Ausflug \N{SUNRISE}", parent="animals", aliases=("trip",))
    )
    path = tmp_path / f"out.{ending}"
    count = vocabulary_editing.export_tags(session, path)
    before = {one.name: (one.parent, one.aliases) for one in in_use.current_vocabulary(session)}
    assert len(before) == count
    vocabulary_editing.import_tags(session, path)
    assert {
        one.name: (one.parent, one.aliases) for one in in_use.current_vocabulary(session)
    } == before


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("empty.txt", "", "no tags"),
        ("cycle.txt", "a\n\tb\n\t\ta\n", "under itself"),
        ("many.txt", "\n".join(f"tag {n}" for n in range(50_000)), "more than 20,000"),
        ("broken.yaml", "- name: [", "not sound YAML"),
    ],
)
def test_a_list_that_cannot_be_used_changes_nothing(
    session: Session, tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text)
    before = in_use.current_vocabulary(session).tags
    with pytest.raises(InputProblem, match=said):
        vocabulary_editing.import_tags(session, tmp_path / name)
    assert in_use.current_vocabulary(session).tags == before


def test_a_thousand_duplicates_are_one_tag_and_said(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "again.txt"
    path.write_text("cat\nCat\nCAT\n" * 400)
    taken = vocabulary_editing.import_tags(session, path)
    assert (taken.count, len(taken.notes)) == (1, 1)
    assert "1,199 repeated tags were merged" in taken.notes[0]


def test_contradictory_corrections_the_last_word_counts(session: Session, add) -> None:
    add("red", "a.jpg")
    for state in (TagState.CONFIRMED, TagState.REJECTED) * 5:
        tagging.set_tag_state(session, "dog", [1], state)
    assert [one.state for one in tagging.tags_of(session, [1])[1]] == [TagState.REJECTED]


def test_a_confirmed_photo_that_is_deleted_keeps_its_tag_for_its_return(
    session: Session, add
) -> None:
    folder = add("red", "a.jpg", "b.jpg")
    tagging.set_tag_state(session, "dog", [1], TagState.CONFIRMED)
    data = (folder / "a.jpg").read_bytes()
    (folder / "a.jpg").unlink()
    add("red")
    assert [one.name for one in tagging.tags_of(session, [1])[1]] == ["dog"]
    assert [
        row.confirmed
        for row in vocabulary_editing.load_vocabulary(session).tags
        if row.tag.name == "dog"
    ] == [1]
    (folder / "back.jpg").write_bytes(data)
    add("red")
    assert [one.name for one in tagging.tags_of(session, [1])[1]] == ["dog"]


def test_the_packs_cover_what_comes_with_photosort() -> None:
    from photosort.usecases.models.vocabulary_vectors import SHIPPED_VECTORS

    files = sorted((SHIPPED_VECTORS.parents[1] / "vocabulary").glob("[a-z]*.yaml"))
    shipped: Vocabulary = load_vocabulary(p for p in files if not p.name.startswith("names_"))
    counts = {
        pack: sum(pack in tag.packs for tag in shipped if not tag.is_group)
        for pack in vocabulary_editing.PACKS
    }
    assert min(counts.values()) >= 25, counts
