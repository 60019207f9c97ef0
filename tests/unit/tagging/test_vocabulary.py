from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from photosort.domain.tags import Tag
from photosort.errors import InputProblem
from photosort.tagging.vocabulary import (
    MAX_TAGS,
    Vocabulary,
    dump_yaml,
    load_vocabulary,
    read_user_file,
)

ANIMALS = """\
- name: animals
  group: true
  children:
  - name: dog
    prompt: dog
    aliases: [hound, puppy]
    often: 3
    packs: [everyday, pets]
    sentences:
    - a dog running across the lawn
    descriptors:
    - a wet nose
    - floppy ears
    children:
    - name: poodle
  - name: cat
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(text: str, name: str = "tags.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode())
        return path

    return _write


def tree(vocabulary: Vocabulary) -> dict[str, str | None]:
    return {tag.name: tag.parent for tag in vocabulary}


def test_yaml_becomes_tags_in_file_order(write: Write) -> None:
    vocabulary = load_vocabulary([write(ANIMALS, "animals.yaml")])
    assert [tag.name for tag in vocabulary] == ["animals", "dog", "poodle", "cat"]
    assert vocabulary.get("dog") == Tag(
        "dog",
        "animals",
        prompt="dog",
        aliases=("hound", "puppy"),
        sentences=("a dog running across the lawn",),
        descriptors=("a wet nose", "floppy ears"),
        often=3,
        packs=("everyday", "pets"),
    )
    assert vocabulary.tags[0].is_group
    assert vocabulary.get("cat") == Tag("cat", "animals")


def test_files_keep_the_order_they_are_given_in(write: Write) -> None:
    paths = [write("- name: zoo\n", "z.yaml"), write("- name: ant\n", "a.yaml")]
    assert [tag.name for tag in load_vocabulary(paths)] == ["zoo", "ant"]


def test_lookups(write: Write) -> None:
    vocabulary = load_vocabulary([write(ANIMALS, "animals.yaml")])
    dog = vocabulary.get("DOG")
    assert dog is not None
    assert vocabulary.find("Puppy") is dog
    assert vocabulary.find("dog") is dog
    assert vocabulary.get("puppy") is None
    assert vocabulary.find("horse") is None
    assert [tag.name for tag in vocabulary.children("Animals")] == ["dog", "cat"]
    assert vocabulary.children("cat") == ()
    assert [tag.name for tag in vocabulary.children(None)] == ["animals"]
    assert [tag.name for tag in vocabulary.ancestors("poodle")] == ["dog", "animals"]
    assert vocabulary.ancestors("animals") == vocabulary.ancestors("horse") == ()
    assert len(vocabulary) == 4


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("floppy ears", "pointed ears", False),
        ("across the lawn", "over the lawn", False),
        ("prompt: dog", "prompt: hound dog", False),
        ("name: cat", "name: kitten", False),
        ("group: true", "group: false", False),
        ("often: 3", "often: 2", False),
        ("    - name: poodle", "  - name: poodle", False),
        ("[hound, puppy]", "[hound]", True),
        ("[everyday, pets]", "[pets]", True),
        ("# none", "# a comment", True),
    ],
)
def test_the_fingerprint_follows_what_scores_depend_on(
    write: Write, old: str, new: str, same: bool
) -> None:
    text = "# none\n" + ANIMALS
    before = load_vocabulary([write(text, "a.yaml")])
    after = load_vocabulary([write(text.replace(old, new, 1), "b.yaml")])
    assert (before.fingerprint == after.fingerprint) is same


def test_a_vocabulary_refuses_an_unsound_tree() -> None:
    with pytest.raises(ValueError, match="share a name"):
        Vocabulary((Tag("Dog"), Tag("dog")))
    with pytest.raises(ValueError, match="absent"):
        Vocabulary((Tag("dog", "animals"),))
    with pytest.raises(ValueError, match="under itself"):
        Vocabulary((Tag("a", "b"), Tag("b", "a")))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- name: dog\n- name: Dog\n", 2, "already at a.yaml, line 1"),
        ("- name: dog\n- name: cat\n  aliases: [Dog]\n", 2, "taken by dog"),
        ("- name: dog\n  aliases: [pet]\n- name: cat\n  aliases: [pet]\n", 3, "taken by dog"),
        ("- name: dog\n  children:\n  - name: dog\n", 3, "under itself"),
        ("- name: dog\n  colour: brown\n", 2, "colour is unknown"),
        ("- name: dog\n  name: cat\n", 2, "twice"),
        ("- aliases: [hound]\n", 1, "no name"),
        ("- name: dog\n  often: 7\n", 1, "often is 0, 1, 2 or 3"),
        ("- name: dog\n  packs: [kennel]\n", 1, "no pack kennel"),
        ("- name: dog\n  group: perhaps\n", 2, "true or false"),
        ("- name: dog\n  aliases: hound\n", 2, "aliases is a list"),
        ("- name: dog\n  sentences:\n  - [a, b]\n", 3, "plain words"),
        ("- name: dog\n\n- [a, b]\n", 3, "a list where a tag"),
        ("- name: dog|cat\n", 1, "vertical bar"),
        ("- name: [dog\n", 2, "not sound YAML"),
        ("- name: dog\n---\n- name: cat\n", 3, "second document"),
        ("- &a\n  name: dog\n  children: [*a]\n", 3, "references"),
        ("[" * 500, 1, "nested too deeply"),
        # Where PyYAML itself has a limit, its sentence serves as well; what matters is that the stack holds.
        ("[" * 100_000, 1, "nest"),
    ],
)
def test_a_faulty_yaml_file_is_refused_with_its_line(
    write: Write, text: str, line: int, said: str
) -> None:
    with pytest.raises(InputProblem) as caught:
        load_vocabulary([write(text, "a.yaml")])
    assert caught.value.user_message.startswith(f"a.yaml, line {line}: ")
    assert said in caught.value.user_message


def test_the_same_tag_in_two_files_names_both(write: Write) -> None:
    paths = [write("- name: dog\n", "a.yaml"), write("\n- name: dog\n", "b.yaml")]
    with pytest.raises(InputProblem, match=r"b.yaml, line 2: dog is already at a.yaml, line 1"):
        load_vocabulary(paths)


def test_words_of_yaml_stay_words(write: Write) -> None:
    vocabulary = load_vocabulary([write("- no\n- 2024\n- name: ~\n", "a.yaml")])
    assert [tag.name for tag in vocabulary] == ["no", "2024", "~"]


def test_a_text_file_has_a_tag_a_line(write: Write) -> None:
    text = "# my tags\ndog\n\n  poodle  # curly\n\tterrier\n    border terrier\ncat\r\n"
    assert tree(read_user_file(write(text))) == {
        "dog": None,
        "poodle": "dog",
        "terrier": "dog",
        "border terrier": "terrier",
        "cat": None,
    }


def test_paths_make_their_parents(write: Write) -> None:
    vocabulary = read_user_file(write("animals|dog\nanimals | cat\nplants\n  trees|oak\n"))
    assert tree(vocabulary) == {
        "animals": None,
        "dog": "animals",
        "cat": "animals",
        "plants": None,
        "trees": "plants",
        "oak": "trees",
    }
    assert vocabulary.notes == ()


def test_a_keyword_list_of_lightroom(write: Write) -> None:
    text = "[ANIMALS]\n\t{fauna}\n\tdog\n\t\t{hound}\n\t\t{puppy}\n\t\tpoodle\n\tcat\n"
    vocabulary = read_user_file(write(text))
    assert tree(vocabulary) == {
        "ANIMALS": None,
        "dog": "ANIMALS",
        "poodle": "dog",
        "cat": "ANIMALS",
    }
    assert [tag.name for tag in vocabulary if tag.is_group] == ["ANIMALS"]
    assert vocabulary.find("puppy") is vocabulary.get("dog")


def test_a_thousand_repeated_tags_are_merged_and_said(write: Write) -> None:
    vocabulary = read_user_file(write("dog\n" + "Dog \n" * 1000 + "cat\n"))
    assert tree(vocabulary) == {"dog": None, "cat": None}
    (note,) = vocabulary.notes
    assert note.startswith("1,000 repeated tags were merged: Dog (line 2), ")
    assert note.endswith(" and 995 more.")


def test_merging_keeps_what_both_places_say(write: Write) -> None:
    text = (
        "- name: dog\n  aliases: [hound]\n  descriptors: [a wet nose]\n- name: animals\n"
        "  children:\n  - name: Dog\n    aliases: [hound, pup]\n    descriptors: [a tail]\n"
    )
    dog = read_user_file(write(text, "mine.yml")).get("dog")
    assert dog == Tag(
        "dog", "animals", aliases=("hound", "pup"), descriptors=("a wet nose", "a tail")
    )


def test_a_second_parent_and_a_taken_alias_are_said(write: Write) -> None:
    text = (
        "- name: europe\n  children: [georgia]\n- name: america\n  children: [georgia]\n"
        "- name: dog\n  aliases: [pet, cat]\n- name: cat\n  aliases: [pet]\n"
    )
    vocabulary = read_user_file(write(text, "mine.yaml"))
    assert tree(vocabulary)["georgia"] == "europe"
    assert vocabulary.find("pet") is vocabulary.get("dog")
    assert vocabulary.notes == (
        "1 repeated tag was merged: georgia (line 4).",
        "1 tag with two parents kept the first: georgia under europe, not america.",
        "2 aliases are other tags' words: cat for dog, pet for cat.",
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("dog\n  dog\n", 2),
        ("animals|dog\ndog|animals\n", 2),
        ("a|b\nb|c\n\nc|d|a\n", 4),
    ],
)
def test_a_cycle_is_refused_with_its_line(write: Write, text: str, line: int) -> None:
    with pytest.raises(InputProblem) as caught:
        read_user_file(write(text))
    assert caught.value.user_message.startswith(f"tags.txt, line {line}: ")
    assert "under itself" in caught.value.user_message


@pytest.mark.parametrize("name", ["tags.txt", "tags.yaml"])
@pytest.mark.parametrize("text", ["", "\n\n# nothing\n", "\ufeff"])
def test_an_empty_file_is_refused(write: Write, text: str, name: str) -> None:
    with pytest.raises(InputProblem, match="holds no tags"):
        read_user_file(write(text, name))


def test_fifty_thousand_tags_are_refused(write: Write) -> None:
    text = "".join(f"tag {number}\n" for number in range(50_000))
    with pytest.raises(InputProblem, match=rf"line {MAX_TAGS + 1}: .* more than 20,000 tags"):
        read_user_file(write(text))


def test_the_most_tags_are_read(write: Write) -> None:
    text = "".join(f"tag {number}\n" for number in range(MAX_TAGS))
    assert len(read_user_file(write(text))) == MAX_TAGS


@pytest.mark.parametrize(
    "text",
    [
        "".join("  " * level + f"tag {level}\n" for level in range(31)),
        "".join(f"tag {level + 1}|tag {level}\n" for level in range(31)),
    ],
)
def test_a_tree_of_endless_depth_is_refused(write: Write, text: str) -> None:
    with pytest.raises(InputProblem, match="nested more than 30 levels"):
        read_user_file(write(text))


def test_other_languages_and_emoji_are_tags(write: Write) -> None:
    text = "Straße\n  STRASSE West\n犬\nсобака\n🐶\n👩‍👧 family\nكلب\ncafe\u0301\n"
    vocabulary = read_user_file(write(text))
    assert [tag.name for tag in vocabulary] == [
        "Straße",
        "STRASSE West",
        "犬",
        "собака",
        "🐶",
        "👩‍👧 family",
        "كلب",
        "café",
    ]
    assert vocabulary.get("strasse") is vocabulary.tags[0]
    assert vocabulary.get("CAFÉ") is vocabulary.tags[-1]


def test_utf_16_as_windows_saves_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tags.txt"
    path.write_bytes("dog\r\n\tпудель\r\n".encode("utf-16"))
    assert tree(read_user_file(path)) == {"dog": None, "пудель": "dog"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"dog\nM\xe4use\n", "line 2: this is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "not UTF-8"),
        (b"dog\0cat\n", "not a text file"),
        (b"dog\n\x07bell\n", "line 2: there are unreadable characters"),
        (b"dog\n" + b"word " * 40, "line 2: a tag has at most 100"),
        (b"dog\n | \n", "line 2: a tag has no name"),
    ],
)
def test_what_is_no_list_of_tags_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "tags.txt"
    path.write_bytes(data)
    with pytest.raises(InputProblem, match=said):
        read_user_file(path)


def test_a_file_that_is_absent_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputProblem, match="cannot be read"):
            read_user_file(path)


def test_what_is_dumped_is_read_back(write: Write) -> None:
    text = ANIMALS + (
        '- name: "no"\n- name: "🐶 #1: dogs"\n- name: Rex\n  hand_only: true\n  packs: [pets]\n'
    )
    vocabulary = load_vocabulary([write(text, "a.yaml")])
    again = read_user_file(write(dump_yaml(vocabulary), "export.yaml"))
    assert again.tags == vocabulary.tags
    assert again.fingerprint == vocabulary.fingerprint


def test_defaults_are_left_out_of_a_dump() -> None:
    assert dump_yaml(Vocabulary((Tag("dog"),))) == "- name: dog\n"
