from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photosort.albums.naming import WordBank, name_groups, set_apart, shares_of, words_alone
from photosort.albums.words import quantised, restored

WORDS = ["dog", "cat", "beach", "mountain", "poodle", "terrier", "spaniel", "rare hound"]
DIM = 64


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


AXES = np.eye(DIM, dtype=np.float32)
# A dog is where the breeds are.
DIRECTIONS = {
    word: AXES[place]
    for place, word in enumerate(["cat", "beach", "mountain", "poodle", "terrier", "spaniel"])
}
DIRECTIONS["dog"] = unit(AXES[3] + AXES[4] + AXES[5])
DIRECTIONS["rare hound"] = unit(DIRECTIONS["dog"] + 0.05 * AXES[20])


def bank(words: list[str] = WORDS) -> WordBank:
    return WordBank(
        words=words,
        vectors=np.stack([DIRECTIONS[word] for word in words]),
        common=np.array([2.0 if word.startswith("rare") else 5.0 for word in words], np.float32),
        is_tag=np.array([word in {"dog", "cat"} for word in words]),
        kinds=[["dog"] if word in {"poodle", "terrier", "spaniel"} else [] for word in words],
        everyday=words,
    )


def photos(*what: tuple[str, int]) -> tuple[np.ndarray, list[np.ndarray]]:
    rng = np.random.default_rng(0)
    rows, groups = [], []
    for word, count in what:
        groups.append(np.arange(len(rows), len(rows) + count))
        noise = unit(rng.standard_normal((count, DIM)))
        rows += list(unit((DIRECTIONS[word] if word else 0) + 0.6 * noise))
    return np.stack(rows), groups


def test_the_word_that_sets_a_group_apart_is_its_name() -> None:
    rows, groups = photos(("beach", 30), ("mountain", 30), ("", 100))
    beach, mountain = name_groups(rows, groups[:2], bank())
    assert (beach[0].text, mountain[0].text) == ("beach", "mountain")
    assert beach[0].of_these > 0.8
    assert beach[0].of_rest < 0.1
    assert beach[0].is_first


def test_what_only_a_small_library_sets_apart_is_no_name() -> None:
    # Grass beside cats: nothing here is nearer to a dog, and yet it is none.
    rows, groups = photos(("cat", 30), ("", 10))
    rows[groups[1]] = unit(rows[groups[1]] + 0.2 * DIRECTIONS["dog"])
    assert name_groups(rows, groups, bank())[1][0].text == "dog"
    sober = replace(bank(), likelihood=lambda shown, words: (shown @ words.T > 0.5) * np.float32(1))
    cats, grass = name_groups(rows, groups, sober)
    assert cats[0].text == "cat"
    assert cats[0].likely == 1.0
    assert grass == []


def test_a_sort_is_likely_where_any_of_its_words_is() -> None:
    rows, groups = photos(("poodle", 10), ("terrier", 10), ("spaniel", 10), ("beach", 40))
    without = [word for word in WORDS if word not in {"dog", "rare hound"}]
    sober = replace(
        bank(without), likelihood=lambda shown, words: (shown @ words.T > 0.5) * np.float32(1)
    )
    (names,) = name_groups(rows, [np.concatenate(groups[:3])], sober)
    assert (names[0].text, names[0].is_likely) == ("dog", True)


def test_an_ordinary_word_is_preferred_to_a_rare_one() -> None:
    rows, groups = photos(("dog", 30), ("beach", 30), ("", 50))
    assert name_groups(rows, groups[:1], bank())[0][0].text == "dog"


def test_a_thing_is_called_by_its_everyday_word() -> None:
    rows, groups = photos(("poodle", 30), ("beach", 30), ("", 50))
    assert name_groups(rows, groups[:1], bank())[0][0].text == "poodle"
    called = ["dog" if word == "poodle" else word for word in WORDS]
    names = name_groups(rows, groups[:1], replace(bank(), everyday=called))[0]
    assert [name.text for name in names[:2]] == ["dog", "poodle"]


def test_what_a_group_shows_is_what_its_everyday_word_shows_too() -> None:
    # A poodle is a dog, even where dogs are not seen; a sand cat that is read as sand need not be a cat.
    rows, groups = photos(("poodle", 10), ("beach", 40))
    words = ["beach", "dog", "poodle", "beach dog"]
    DIRECTIONS["beach dog"] = unit(DIRECTIONS["beach"] + 0.4 * DIRECTIONS["dog"])

    def seen(shown: np.ndarray, of: np.ndarray) -> np.ndarray:
        return (shown @ of.T > 0.75) * np.float32(1)

    sober = replace(bank(words), everyday=["beach", "dog", "dog", "dog"], likelihood=seen)
    (names,) = name_groups(rows, groups[:1], sober)
    assert (names[0].text, names[0].likely) == ("dog", 1.0)
    without = replace(bank(words), everyday=["beach", "dog", "poodle", "dog"], likelihood=seen)
    (beach,) = name_groups(rows, groups[1:], without)
    assert [name.likely for name in beach if name.text == "dog"] in ([], [0.0])


def test_a_group_that_holds_others_is_called_by_the_sort_of_most() -> None:
    rows, groups = photos(("poodle", 10), ("terrier", 10), ("beach", 4), ("", 60))
    without = [word for word in WORDS if word not in {"dog", "rare hound"}]

    def only_parts(shown: np.ndarray, of: np.ndarray) -> np.ndarray:
        return np.full((len(shown), len(of)), float(len(shown) <= 10), np.float32)

    sober = replace(bank(without), likelihood=only_parts)
    held = [np.concatenate(groups[:3]), *groups[:2]]
    names = name_groups(rows, held, sober, holders=[-1, 0, 0])
    assert [name[0].text for name in names] == ["dog", "poodle", "terrier"]
    assert names[0][0].likely == pytest.approx(20 / 24)
    assert names[0][0].of_these > 0.8
    assert name_groups(rows, held[:1], sober) == [[]]
    assert name_groups(rows, held[:2], sober, holders=[-1, 0])[0] == []


def test_words_alone_may_be_the_same_for_several_groups() -> None:
    rows, groups = photos(("cat", 20), ("cat", 20), ("beach", 20), ("", 40))
    assert words_alone(rows, groups[:3], bank()) == ["cat", "cat", "beach"]
    never = replace(bank(), likelihood=lambda shown, words: np.zeros((len(shown), len(words))))
    assert words_alone(rows, groups[:1], never) == [""]
    assert words_alone(rows, [], bank()) == []


def test_shares_of_words_that_groups_are_called_by() -> None:
    rows, groups = photos(("beach", 20), ("cat", 20), ("", 60))
    beach, cat = shares_of(rows, groups[:2], [["Beach", "Nowhere"], ["beach"]], bank())
    assert list(beach) == ["Beach"]
    these, rest = beach["Beach"]
    assert these > 0.8
    assert rest < 0.2
    assert cat["beach"][0] - cat["beach"][1] < 0.5


def test_a_group_torn_between_breeds_has_their_sort() -> None:
    rows, groups = photos(("poodle", 10), ("terrier", 10), ("spaniel", 10), ("beach", 40))
    dogs = np.concatenate(groups[:3])
    without = [word for word in WORDS if word not in {"dog", "rare hound"}]
    names = [name.text for name in name_groups(rows, [dogs], bank(without))[0]]
    assert "dog" in names


def test_no_two_groups_share_their_name() -> None:
    rows, groups = photos(("cat", 20), ("cat", 20), ("beach", 20))
    first = [names[0].text for names in name_groups(rows, groups, bank()) if names]
    assert len(first) == len(set(first)) == 3


def test_nothing_to_name() -> None:
    rows, _ = photos(("cat", 5))
    assert name_groups(rows, [], bank()) == []
    assert name_groups(rows, [np.arange(5)], bank())[0][0].text == "cat"


def test_what_sets_two_sets_apart_comes_with_its_evidence() -> None:
    these, _ = photos(("beach", 20), ("cat", 5))
    those, _ = photos(("mountain", 20), ("cat", 5))
    found = set_apart(these, those, bank())
    assert found[0].text == "beach"
    assert found[0].of_these - found[0].of_rest > 0.6
    assert "mountain" not in [name.text for name in found]
    assert set_apart(these[:0], those, bank()) == []
    assert set_apart(these, these, bank()) == []


def test_vectors_in_four_bits_keep_their_direction() -> None:
    rows = unit(np.random.default_rng(0).standard_normal((50, 384)))
    again = restored(*quantised(rows))
    assert (rows * again).sum(axis=1).min() > 0.98


def test_vectors_with_one_large_number_keep_their_direction_too() -> None:
    rows = np.random.default_rng(0).standard_normal((50, 384))
    rows[:, 7] *= 40
    rows = unit(rows)
    assert (rows * restored(*quantised(rows))).sum(axis=1).min() > 0.98
