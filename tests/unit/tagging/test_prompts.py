import numpy as np
import pytest

from photosort.domain.encoders import Prompting
from photosort.domain.tags import Tag
from photosort.tagging.prompts import prototypes, texts_of

TAG = Tag("dog", sentences=("A dog runs.",), descriptors=("a wet nose", "fur"))
CENTRE = np.zeros(3, np.float32)


@pytest.fixture
def vectors():
    """Names along the first axis, sentences along the second, descriptors along the third."""
    texts = texts_of(TAG)
    kinds = (texts.names, texts.sentences, texts.descriptors)
    axes = np.eye(3, dtype=np.float32)
    return {text: axes[axis] for axis, kind in enumerate(kinds) for text in kind}


def test_names_alone_where_nobody_measured(vectors):
    (row,) = prototypes([texts_of(TAG)], vectors, CENTRE, Prompting())
    np.testing.assert_allclose(row, [1, 0, 0])


def test_shares_of_the_kinds_of_text(vectors):
    (row,) = prototypes([texts_of(TAG)], vectors, CENTRE, Prompting(0.6, 0.3, 0.1))
    np.testing.assert_allclose(row, np.array([6, 3, 1]) / np.linalg.norm([6, 3, 1]), rtol=1e-6)


def test_a_kind_that_a_tag_lacks_is_done_without(vectors):
    bare = texts_of(Tag("dog"))
    (row,) = prototypes([bare], vectors, CENTRE, Prompting(0.0, 0.5, 0.5))
    np.testing.assert_allclose(row, [1, 0, 0])


def test_the_centre_is_taken_off(vectors):
    centre = np.array([0.5, 0, 0], np.float32)
    (row,) = prototypes([texts_of(TAG)], vectors, centre, Prompting(0.5, 0.5, 0.0))
    np.testing.assert_allclose(row, [0, 1, 0], atol=1e-6)
