"""The threshold of tags keeps its meaning when the encoder changes, and the user's answers correct it."""

import numpy as np
import pytest
from PIL import Image

from photosort.domain.encoders import EncoderInfo, Logistic
from photosort.domain.tags import Tag, TagState
from photosort.progress import Job
from photosort.store.tables import tags
from photosort.tagging.scoring import SUGGESTION_THRESHOLD, log_odds
from photosort.tagging.vocabulary import Vocabulary
from photosort.usecases.indexing import index_run
from photosort.usecases.models import encoder_change
from photosort.usecases.session import encoder_pool
from photosort.usecases.session.session import Session
from photosort.usecases.tags import calibration, suggestions, tagging, vocabulary_editing
from photosort.usecases.tags.score_scales import kept_scale
from photosort.usecases.tags.suggestions import open_suggestions
from tests.fixtures.colours import COLOURS, ColourEncoder

WORDS = Vocabulary((Tag("red", often=2), Tag("blue", often=2), Tag("green", often=2)))
PHOTOS = 220


class Other(ColourEncoder):
    """Sees the same through other eyes: everything is more alike to it, and red most of all."""

    info = EncoderInfo(
        name="other",
        version="0e" * 32,
        dims={"semantic": 4, "visual": 4},
        stored_spaces=("semantic",),
        input=ColourEncoder.info.input,
    )

    def __init__(self):
        super().__init__()
        # The test's own encoder before is measured; of this one nobody knows anything.
        self.set_references(search=None)

    def encode_images(self, images):
        rows = super().encode_images(images)["semantic"] + np.float32([0.3, 0.1, 0.1, 0.8])
        return {"semantic": rows / np.linalg.norm(rows, axis=1, keepdims=True)}


@pytest.fixture
def before():
    """The encoder that has seen the photos: it was measured, and red and blue are offered."""
    made = ColourEncoder()
    made.set_references(tags=Logistic(0.0, 8.0, -5.0), offered=frozenset({"red", "blue"}))
    return made


@pytest.fixture
def session(places, before, monkeypatch, tmp_path):
    """A library of coloured photos that the encoder `before` has seen."""
    by_name = {"starter": before, "other": Other()}
    monkeypatch.setattr(encoder_pool, "load_encoder", lambda name, **options: by_name[name])
    for module in (suggestions, tagging, vocabulary_editing):
        monkeypatch.setattr(module, "current_vocabulary", lambda _session: WORDS)
    for module in (tagging, vocabulary_editing):
        monkeypatch.setattr(module, "update_shipped_tags", lambda _session: None)
    (places.models / "other").mkdir(parents=True)
    opened = Session(places, actor="command")
    opened.write(lambda store: tags.sync(store, WORDS.tags, "words"))
    folder = tmp_path / "photos"
    folder.mkdir()
    rng = np.random.default_rng(0)
    main = list(COLOURS.values())
    for number in range(PHOTOS):
        colour = np.clip(np.array(main[number % 4]) + rng.integers(-30, 30, 3), 0, 255)
        Image.new("RGB", (32, 32), tuple(colour.tolist())).save(folder / f"{number:03}.png")
    index_run.index(opened, [str(folder)], job=Job())
    yield opened
    opened.close()


def change(session):
    encoder_change.use(session, "other")
    index_run.index(session, [], job=Job())


def shares(session):
    made = open_suggestions(session, Job())
    return {
        tag.key: int(np.count_nonzero(made.column(tag.key) >= log_odds(SUGGESTION_THRESHOLD)))
        for tag in WORDS
    }


def test_each_tag_keeps_its_share_of_photos(session):
    before = shares(session)
    assert before["red"] >= PHOTOS // 8
    change(session)
    made = open_suggestions(session, Job())
    assert made.scorer.index.index.photo_ids.size == PHOTOS
    assert kept_scale(session, session.encoders.current).photos == PHOTOS
    assert shares(session) == before


def test_without_the_match_the_threshold_would_mean_something_else(session, monkeypatch):
    before = shares(session)
    change(session)
    monkeypatch.setattr(calibration, "_match", lambda *given: False)
    assert shares(session) != before


def test_what_was_not_offered_before_is_not_offered_now(session):
    change(session)
    made = open_suggestions(session, Job())
    offered = {tag.key for tag, may in zip(WORDS, made.scorer.may_show, strict=True) if may}
    assert offered == {"red", "blue"}
    assert vocabulary_editing.load_vocabulary(session).grounds == "before"


def test_a_model_after_one_that_nobody_measured_offers_nothing_either(session, before):
    before.set_references(tags=None, offered=None)
    change(session)
    made = open_suggestions(session, Job())
    assert made.counts() == {}
    assert set(made.waiting()) == {"red", "blue", "green"}
    assert vocabulary_editing.load_vocabulary(session).grounds == "answers"


def test_a_match_is_made_once(session, monkeypatch):
    change(session)
    shares(session)
    monkeypatch.setattr(calibration, "matched", lambda *given, **options: 1 / 0)
    shares(session)


def test_a_confidence_is_estimated_until_fifty_answers(session):
    change(session)
    made = open_suggestions(session, Job())
    photo_id = int(made.photos({"red"})[0])
    assert made.of_photo(photo_id)[0].estimated
    # The user finds that only the half that fits best shows the tag.
    for key in ("red", "blue"):
        order = np.argsort(-made.column(key), kind="stable")[:40]
        ids = made.scorer.photo_ids[order].tolist()
        tagging.set_tag_state(session, key, ids[:20], TagState.CONFIRMED)
        tagging.set_tag_state(session, key, ids[20:], TagState.REJECTED)
    answered = open_suggestions(session, Job())
    assert not answered.scorer.is_estimated
    assert kept_scale(session, session.encoders.current).answers >= 50
    rows = np.arange(PHOTOS, dtype=np.intp)
    for place in (0, 1):
        was = made.scorer.estimates(rows, place)
        np.testing.assert_allclose(answered.scorer.estimates(rows, place), was, atol=0.05)


def test_an_encoder_that_was_measured_needs_neither(session):
    made = open_suggestions(session, Job())
    assert not made.scorer.is_estimated
    assert kept_scale(session, session.encoders.current).photos == 0


def test_only_yes_says_nothing_of_the_limit(session):
    change(session)
    made = open_suggestions(session, Job())
    tagging.set_tag_state(session, "red", made.scorer.photo_ids[:60].tolist(), TagState.CONFIRMED)
    assert open_suggestions(session, Job()).scorer.is_estimated
