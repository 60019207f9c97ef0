from __future__ import annotations

from dataclasses import replace

import numpy as np

from photosort.albums.naming import WordBank, name_groups, set_apart
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
