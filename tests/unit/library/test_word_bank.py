from __future__ import annotations

import numpy as np

from photosort.library.word_bank import Word, _beside_their_sorts


def test_a_word_is_moved_a_little_towards_its_sorts() -> None:
    words = [
        Word("octopus", 3.0, ("mollusk", "animal", "not in the bank")),
        Word("mollusk", 3.0, ()),
        Word("animal", 5.0, ()),
        Word("chair", 5.0, ("not in the bank",)),
    ]
    before = np.eye(4, dtype=np.float32)
    after = _beside_their_sorts(before, words)
    octopus = after[0]
    assert octopus[0] > 0.9
    assert octopus[1] == octopus[2] > 0.05
    assert octopus[3] == 0
    np.testing.assert_array_equal(after[1:], before[1:])
    np.testing.assert_allclose(np.linalg.norm(after, axis=1), 1, rtol=1e-6)
