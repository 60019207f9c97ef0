import numpy as np
import pytest

from photosort.cli.tag import _as_json
from photosort.domain.encoders import Logistic
from photosort.domain.tags import Tag, TagState
from photosort.progress import Job
from photosort.search.query_language import parse
from photosort.store.tables import tags
from photosort.tagging.scoring import log_odds
from photosort.tagging.vocabulary import Vocabulary
from photosort.usecases import undoing
from photosort.usecases.photos import photo_table
from photosort.usecases.search import query_results
from photosort.usecases.tags import suggestions, tag_review, tagging
from photosort.usecases.tags.scorer import Scorer
from photosort.usecases.tags.suggestions import open_suggestions

CONFIRMED = TagState.CONFIRMED
WORDS = Vocabulary((Tag("red", often=2), Tag("blue", often=2), Tag("Rex", hand_only=True)))


@pytest.fixture
def library(session, encoder, add, monkeypatch):
    """Red, blue and green photos, and a vocabulary of two colours and a person."""
    monkeypatch.setattr(
        suggestions,
        "current_vocabulary",
        lambda session: Vocabulary(tuple(session.read(tags.enabled))),
    )
    encoder.set_references(
        tags=Logistic(standing_out=0.0, cosine=8.0, bias=-5.0), offered=frozenset({"red"})
    )
    session.write(lambda store: tags.sync(store, WORDS.tags, "words"))
    monkeypatch.setattr(tagging, "current_vocabulary", lambda _session: WORDS)
    monkeypatch.setattr(tagging, "update_shipped_tags", lambda _session: None)
    add("red", "r1.jpg", "r2.jpg", "r3.jpg")
    add("blue", "b1.jpg", "b2.jpg", "b3.jpg", "b4.jpg")
    add("green", *(f"g{i}.jpg" for i in range(5)))
    return session


def ids(session, *names):
    catalog = photo_table.load(session)
    return [
        int(photo) for photo, name in zip(catalog.ids, catalog.names, strict=True) if name in names
    ]


def test_only_what_has_earned_it_is_suggested(library, named):
    made = open_suggestions(library, Job())
    assert sorted(named(made.photos({"red"}))) == ["r1.jpg", "r2.jpg", "r3.jpg"]
    assert made.photos({"blue"}).size == 0
    assert made.counts() == {"red": 3}
    (tag,) = made.of_photo(ids(library, "r1.jpg")[0])
    assert (tag.name, tag.state) == ("red", TagState.SUGGESTED)
    assert made.of_photo(ids(library, "b1.jpg")[0]) == []


def test_with_a_model_that_nobody_measured_answers_must_prove_a_tag(library, encoder, named):
    encoder.set_references(offered=None)
    made = open_suggestions(library, Job())
    assert made.counts() == {}
    assert made.waiting() == {"red": 3, "blue": 4}
    run = tagging.tag_photos(library, [], job=Job())
    assert not run.is_measured
    assert {tag.name for file in run.files for tag in file.tags} == set()
    asked = tag_review.review_tags(library)
    assert [(one.name, one.suggested, one.is_to_prove) for one in asked] == [
        ("blue", 4, True),
        ("red", 3, True),
    ]
    change = tagging.set_tag_state(
        library, "blue", ids(library, "b1.jpg", "b2.jpg", "b3.jpg"), CONFIRMED
    )
    assert named(made.learn(change.tags)["blue"].gained) == ["b4.jpg"]
    assert made.counts() == {"blue": 1}
    assert made.waiting() == {"red": 3}
    made.learn(undoing.undo(library).tags)
    assert made.counts() == {}


def test_with_a_model_that_nobody_measured_wrong_answers_prove_nothing(library, encoder):
    encoder.set_references(offered=None)
    made = open_suggestions(library, Job())
    tagging.set_tag_state(library, "blue", ids(library, "b1.jpg", "b2.jpg"), CONFIRMED)
    change = tagging.set_tag_state(library, "blue", ids(library, "b3.jpg"), TagState.REJECTED)
    made.learn(change.tags)
    assert made.counts() == {}


def test_columns_are_kept_and_written_only_where_something_changed(library, monkeypatch, add):
    open_suggestions(library, Job())
    scored = []
    real = Scorer.scores
    monkeypatch.setattr(
        Scorer,
        "scores",
        lambda self, rows, places: scored.append(len(rows)) or real(self, rows, places),
    )
    before = open_suggestions(library, Job()).counts()
    assert scored == []
    add("red", "r9.jpg")
    after = open_suggestions(library, Job()).counts()
    assert scored == [1]
    assert after["red"] == before["red"] + 1


def test_a_rejection_takes_effect_at_once_and_undo_brings_all_back(library, named):
    made = open_suggestions(library, Job())
    change = tagging.set_tag_state(library, "red", ids(library, "r1.jpg"), TagState.REJECTED)
    effect = made.learn(change.tags)["red"]
    assert sorted(named(effect.lost)) == ["r2.jpg", "r3.jpg"]
    assert made.counts() == {}
    taken_back = undoing.undo(library)
    assert sorted(named(made.learn(taken_back.tags)["red"].gained)) == [
        "r1.jpg",
        "r2.jpg",
        "r3.jpg",
    ]
    assert made.counts() == {"red": 3}


def test_taking_back_leaves_no_trace(library):
    made = open_suggestions(library, Job())
    before = made.column("red")
    for state in (TagState.CONFIRMED, TagState.REJECTED):
        change = tagging.set_tag_state(library, "red", ids(library, "b1.jpg"), state)
        made.learn(change.tags)
        assert not np.allclose(made.column("red"), before, atol=1e-2)
        made.learn(undoing.undo(library).tags)
        np.testing.assert_allclose(made.column("red"), before, atol=2e-2)


def test_a_tag_that_only_examples_define(library, named):
    photos = ids(library, "b1.jpg", "b2.jpg", "b3.jpg")
    tagging.set_tag_state(library, "our garden", photos[:1], TagState.CONFIRMED)
    assert open_suggestions(library, Job()).photos({"our garden"}).size == 0
    tagging.set_tag_state(library, "our garden", photos[1:], TagState.CONFIRMED)
    assert named(open_suggestions(library, Job()).photos({"our garden"})) == ["b4.jpg"]
    tagging.set_tag_state(library, "our garden", photos, None)
    assert "our garden" not in open_suggestions(library, Job()).counts()


def test_a_person_is_tagged_by_hand_only(library):
    made = open_suggestions(library, Job())
    change = tagging.set_tag_state(
        library, "Rex", ids(library, "r1.jpg", "r2.jpg"), TagState.CONFIRMED
    )
    made.learn(change.tags)
    assert made.photos({"rex"}).size == 0


def test_what_was_said_is_no_suggestion(library):
    tagging.set_tag_state(library, "red", ids(library, "r1.jpg"), TagState.CONFIRMED)
    made = open_suggestions(library, Job())
    assert made.counts()["red"] == 2
    assert made.of_photo(ids(library, "r1.jpg")[0]) == []


def test_threshold(library):
    made = open_suggestions(library, Job())
    column = made.column("red")
    made.set_threshold(0.99)
    assert made.counts().get("red", 0) == np.count_nonzero(column >= log_odds(0.99))
    made.set_threshold(0.001)
    assert made.counts()["red"] == np.count_nonzero(column >= log_odds(0.001))


def test_queries_ask_for_suggestions(library, named):
    made = open_suggestions(library, Job())
    catalog = photo_table.load(library)
    for text in ("tag:red", "state:suggested"):
        found = query_results.answer(library, parse(text), catalog, suggested=made.photos)
        assert sorted(named(found.ids)) == ["r1.jpg", "r2.jpg", "r3.jpg"]
    assert query_results.search(library, "tag:red", limit=9).strong == 3


def test_what_is_like_a_photo_that_was_confirmed_says_so(library):
    confirmed = ids(library, "r1.jpg")
    tagging.set_tag_state(library, "red", confirmed, TagState.CONFIRMED)
    (tag,) = open_suggestions(library, Job()).of_photo(ids(library, "r2.jpg")[0])
    assert tag.like == tuple(confirmed)


def test_reasons_only_where_descriptors_were_measured_to_be_real(library, encoder):
    described = Vocabulary((Tag("red", often=2, descriptors=("a red field", "a blue edge")),))
    library.write(lambda store: tags.sync(store, described.tags, "described"))
    photo = ids(library, "r1.jpg")[0]
    (tag,) = open_suggestions(library, Job()).of_photo(photo)
    assert [reason.text for reason in tag.why] == ["a red field", "a blue edge"]
    encoder.set_references(reasons=frozenset({"blue"}))
    (tag,) = open_suggestions(library, Job()).of_photo(photo)
    assert tag.why == ()
    # What the user wrote is shown, whatever was measured of the shipped words.
    library.write(lambda store: store.execute("UPDATE tags SET edited = 1 WHERE key = 'red'"))
    (tag,) = open_suggestions(library, Job()).of_photo(photo)
    assert [reason.text for reason in tag.why] == ["a red field", "a blue edge"]


def test_the_command_gives_only_reasons_that_were_measured_to_be_real(
    library, encoder, monkeypatch
):
    described = Vocabulary((Tag("red", often=2, descriptors=("a red field", "a blue edge")),))
    library.write(lambda store: tags.sync(store, described.tags, "described"))
    monkeypatch.setattr(tagging, "current_vocabulary", lambda _session: described)
    for measured, said in ((frozenset({"red"}), 2), (frozenset(), 0)):
        encoder.set_references(reasons=measured)
        run = tagging.tag_photos(library, [], job=Job())
        (red,) = [_as_json(tag) for file in run.files if "r1" in file.path for tag in file.tags]
        assert len(red["why"]) == said


def test_another_definition_moves_one_column(library, named, monkeypatch):
    made = open_suggestions(library, Job())
    other = Vocabulary((Tag("red", often=2, prompt="blue"), *WORDS.tags[1:]))
    library.write(lambda store: tags.sync(store, other.tags, "other"))
    assert made.redefine()
    assert sorted(named(made.photos({"red"}))) == ["b1.jpg", "b2.jpg", "b3.jpg", "b4.jpg"]
    fresh = open_suggestions(library, Job())
    np.testing.assert_allclose(made.column("red"), fresh.column("red"), atol=2e-2)
    library.write(lambda store: tags.sync(store, (*other.tags, Tag("green")), "more"))
    assert not made.redefine()


def test_an_empty_library(session):
    made = open_suggestions(session, Job())
    assert made.counts() == {}
    assert made.photos(set()).size == 0
