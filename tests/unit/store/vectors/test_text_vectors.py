from dataclasses import replace

import numpy as np

from photosort.store.vectors import text_vectors, vectors


def test_texts_come_back_per_encoder(store, encoder):
    first = vectors.encoder_id(store, encoder)
    second = vectors.encoder_id(store, replace(encoder, version="another"))
    dog, cat = np.float32([1, 0]), np.float32([0, 1])
    text_vectors.put(store, encoder_id=first, vectors={"dog": dog, "cat": cat})
    text_vectors.put(store, encoder_id=second, vectors={"dog": cat})
    found = text_vectors.get(store, first, ["dog", "cat", "horse"])
    assert set(found) == {"dog", "cat"}
    np.testing.assert_array_equal(found["dog"], dog)
    np.testing.assert_array_equal(text_vectors.get(store, second, ["dog"])["dog"], cat)
    assert found["dog"].dtype == np.float32
