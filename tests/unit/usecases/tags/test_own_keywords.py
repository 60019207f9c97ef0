from __future__ import annotations

import pytest

from photosort.media.sidecar_writing import SidecarChange, write_sidecar
from photosort.progress import Job
from photosort.usecases import undoing
from photosort.usecases.models import vocabulary_vectors as in_use
from photosort.usecases.tags import own_keywords, tagging
from photosort.usecases.tags.suggestions import open_suggestions


@pytest.fixture
def brought(session, add, tmp_path, monkeypatch):
    """Photos with keywords of another program: "mine" on red ones, "phone" on all sorts."""
    path = tmp_path / "shipped.yaml"
    path.write_text("- {name: dog, aliases: [hound]}\n- {name: cat}\n")
    monkeypatch.setattr(in_use, "shipped_files", lambda: [path])
    folder = tmp_path / "photos"
    folder.mkdir()
    for n in range(8):
        for colour in ("red", "green", "blue"):
            words = ["Colours|mine"] if colour == "red" else ["Colours|other"]
            words += ["phone"] if n % 2 else ["People|Anna"]
            write_sidecar(folder / f"{colour}{n}.jpg.xmp", SidecarChange(add=tuple(words)))
    for colour in ("red", "green", "blue"):
        add(colour, *(f"{colour}{n}.jpg" for n in range(8)))
    # Without keywords.
    add("red", "new.jpg")
    add("blue", "a.jpg")
    return session


def suggested(session) -> dict[str, int]:
    return open_suggestions(session, Job()).counts()


def test_keywords_that_pass_are_suggested_for_other_photos(brought):
    found = own_keywords.evaluate_keywords(brought)
    assert (found.keywords, found.photos, found.others, found.suggested) == (4, 24, 2, None)
    # What files say proves nothing until it was tried.
    assert suggested(brought) == {}
    tried = own_keywords.suggest(brought, job=Job())
    # "phone" stands on photos of every kind, "Anna" is a person.
    assert set(tried.passed) == {"mine", "other"}
    assert own_keywords.evaluate_keywords(brought).suggested == 2
    assert suggested(brought) == {"mine": 1, "other": 1}
    undoing.undo(brought)
    assert own_keywords.evaluate_keywords(brought).suggested is None
    assert suggested(brought) == {}


def test_names_of_persons_are_applied_by_hand_only(brought):
    anna = in_use.current_vocabulary(brought).get("Anna")
    assert anna is not None
    assert anna.hand_only


def test_the_shipped_tree_maps_to_keywords_and_adds_no_second_dog(session, add, brought, tmp_path):
    write_sidecar(tmp_path / "photos" / "x.jpg.xmp", SidecarChange(add=("Haustiere|Hound",)))
    add("grey", "x.jpg")
    names = [tag.name for tag in in_use.current_vocabulary(session)]
    assert sorted(name.casefold() for name in names if name.casefold() in {"dog", "hound"}) == [
        "dog"
    ]
    said = [tag.name for found in tagging.tags_of(session, range(1, 40)).values() for tag in found]
    assert said.count("dog") == 1


def test_keywords_of_another_language_are_the_tags_that_they_mean(session, add, brought, tmp_path):
    written = SidecarChange(add=("Tiere|Hund", "chat", "People|Katze"))
    write_sidecar(tmp_path / "photos" / "x.jpg.xmp", written)
    add("grey", "x.jpg")
    said = [tag.name for found in tagging.tags_of(session, range(1, 40)).values() for tag in found]
    # "Chat" is an English word, too, and who stands under "People" is a person.
    assert {name for name in said if name in {"dog", "Hund", "cat", "chat", "Katze"}} == {
        "dog",
        "chat",
        "Katze",
    }
