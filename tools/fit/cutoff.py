"""Fits where good matches end, and what tells a library that shows nothing of the kind, on retrieval itself.

`python -m tools.fit.cutoff --data DIR [--save]` prints what it is worth on photos that nobody fitted on, and with `--save`
writes `resources/starter/cutoff.json`.

Queries are captions of `captioned` and `multilabel`, which the encoder was not fitted on, and the nouns and noun
phrases that captions hold (`benchmarks/search/answers.py`), asked of libraries of 200 to 6,000 photos. The larger ones are
filled up with photos of `captioned_more`; only `captioned` and `multilabel` teach which photos are matches. Names and
sentences have logistics of their own; the constants are then moved so that good matches end at `STRONG` and one present
thing in 40 is denied at `ABSENT`. Reported on the 1,000 judged photos of `captioned_more`, the search with one logistic
for all texts beside it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.search.answers import (
    World,
    answered,
    by_one_logistic,
    figures,
    judged_cases,
    trade_off,
)
from photosort.domain.encoders import Cut
from photosort.embed.load import STARTER, load_encoder
from photosort.embed.starter import CUT
from photosort.embed.starter_space import WORDS, WORDS_WIDTH
from photosort.search.cutoff import ABSENT, STRONG, match_terms, presence_terms
from photosort.tagging.scoring import log_odds
from photosort.threads.lanes import cores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from benchmarks.search.answers import Case

LIBRARIES = ((200, 4), (300, 3), (700, 2), (1_500, 2), (3_000, 1), (6_000, 1))
# On other photos twice as many are denied, and one in 20 is what may be.
_DENIED = 0.025
# The probability, as it was fitted, from which a photo is a good match: captions say of few photos all that is right, so
# that a sentence's are too low.
GOOD = {"name": 0.25, "sentence": 0.25}
# No query counts as shown by more of a library.
_MOST_FREQUENT = 0.1
# Photos of one query that teach: the rest is plain.
_TOP = 200


def fit_match(cases: Sequence[Case], good: float) -> NDArray[np.float32]:
    """Weights of `Cut.match` for some cases."""
    rows, right, weights_of = [], [], []
    for case in cases:
        terms = match_terms(case.scores, case.base, case.offset)
        top = np.argsort(-case.scores)[:_TOP]
        top = top[case.unseen[top]]
        rows.append(np.stack([np.broadcast_to(t, case.scores.shape)[top] for t in terms], 1))
        right.append(case.right[top])
        # Where most photos are right, precision is the base rate and says nothing of the query.
        share = float(case.right.mean())
        odds = _MOST_FREQUENT / (1 - _MOST_FREQUENT)
        rarer = min(1.0, odds * (1 - share) / share) if share else 1.0
        weights_of.append(np.where(case.right[top], rarer, 1.0))
    model = LogisticRegression(C=10, max_iter=2000, fit_intercept=False)
    model.fit(np.concatenate(rows), np.concatenate(right), np.concatenate(weights_of))
    weights = np.asarray(model.coef_[0], np.float32)
    weights[-1] += log_odds(STRONG) - log_odds(good)
    return weights


def fit_presence(cases: Sequence[Case]) -> NDArray[np.float32]:
    """Weights of `Cut.presence` for some cases."""
    rows = np.array([presence_terms(one.scores, one.base, one.offset, one.spread) for one in cases])
    present = np.array([one.is_present for one in cases])
    mean, deviation = rows[:, :-1].mean(0), rows[:, :-1].std(0) + 1e-9
    model = LogisticRegression(C=1, max_iter=2000, class_weight="balanced")
    model.fit((rows[:, :-1] - mean) / deviation, present)
    slopes = model.coef_[0] / deviation
    logits = rows[:, :-1] @ slopes
    # The constant comes from what is denied, not from how many of the queries were absent.
    constant = log_odds(ABSENT) - float(np.quantile(logits[present], _DENIED))
    return np.asarray([*slopes, constant], np.float32)


def fit(world: World) -> Cut:
    """Fits both on the fitting photos."""
    cases = [
        case
        for size, count in LIBRARIES
        for seed in range(count)
        for case in world.library(world.fitting, size, seed, world.others)
    ]
    names = [one for one in cases if one.kind != "sentence"]
    sentences = [one for one in cases if one.kind == "sentence"]
    return Cut(
        np.stack(
            [
                fit_match([one for one in some if one.is_present], good)
                for some, good in zip((names, sentences), GOOD.values(), strict=True)
            ]
        ),
        np.stack([fit_presence(names), fit_presence(sentences)]),
        WORDS,
        WORDS_WIDTH,
    )


def main() -> None:
    """Fits, prints, and saves where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--save", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as models:
        encoder = load_encoder(STARTER, models_dir=Path(models), threads=cores())
    world = World(encoder, arguments.data, captions_each=2)
    cut = fit(world)
    rounded = {
        "encoder": encoder.info.version,
        "match": np.round(cut.match.astype(float), 4).tolist(),
        "presence": np.round(cut.presence.astype(float), 4).tolist(),
    }
    cases = judged_cases(world)
    answers = [answered(case, cut) for case in cases]
    before = figures(cases, [by_one_logistic(case, encoder) for case in cases], STRONG)
    for name, value in figures(cases, answers, ABSENT).items():
        print(f"{name:48} {value:8.3f}   one logistic {before[name]:8.3f}", flush=True)
    for denied, recognised in trade_off(cases, answers):
        print(f"present denied {denied:.2f}: absent recognised {recognised:.3f}")
    if arguments.save:
        CUT.write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
