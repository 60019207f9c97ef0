from dataclasses import replace

import numpy as np

from photosort.domain.encoders import Logistic, References, TextOffsets
from photosort.usecases.albums.name_vocabulary import likelihood_of


def test_a_word_is_as_likely_as_a_search_for_it_would_say():
    axes = np.eye(4, dtype=np.float32)
    zero = np.zeros(4, np.float32)
    references = References(
        photos={"semantic": zero, "visual": zero},
        texts=zero,
        covariance=axes / 4,
        search=Logistic(standing_out=1.0, cosine=0.0, bias=-4.0),
    )
    offsets = TextOffsets(
        axes[:1], np.array([4.0], np.float32), length=0.1, sentence=0.0, words=4.5, width=0.5
    )
    plain = likelihood_of(references)(axes[:2], axes[:2])
    assert plain[0, 0] == plain[1, 1] < 0.2
    # Photos that show "dog" stand out less than those that show "zebra", and a search knows by how much.
    known = likelihood_of(replace(references, search_offsets=offsets))(axes[:2], axes[:2])
    assert known[0, 0] > 0.8
    assert abs(known[1, 1] - plain[1, 1]) < 0.01
