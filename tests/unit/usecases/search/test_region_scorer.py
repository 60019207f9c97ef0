"""What the parts of photos show is read where a query names something unwanted, and nowhere else."""

import numpy as np
import pytest
from PIL import Image

from photosort.domain.encoders import EncoderInfo, Logistic, Parts, References
from photosort.domain.pictures import InputSpec
from photosort.progress import Job
from photosort.search.query_language import parse
from photosort.store.vectors import vectors
from photosort.usecases.indexing import index_run
from photosort.usecases.models import encoder_change, encoders
from photosort.usecases.photos import photo_table
from photosort.usecases.search import query_results
from photosort.usecases.session import encoder_pool
from photosort.usecases.session.session import Session
from tests.fixtures.colours import COLOURS

NAMES = tuple(COLOURS)


class SharesEncoder:
    """A picture is the colours that fill it, the small ones hardly; a text is the colour that it names."""

    info = EncoderInfo(
        name="starter",
        version="5a" * 32,
        dims={"semantic": 4, "visual": 4},
        stored_spaces=("semantic",),
        input=InputSpec(edge_px=32),
    )

    def __init__(self, parts=None):
        zero = np.zeros(4, np.float32)
        self.looked_at = 0
        self.references = References(
            photos={"semantic": zero, "visual": zero},
            texts=zero,
            version="shares",
            covariance=np.eye(4, dtype=np.float32) / 4,
            search=Logistic(standing_out=0.0, cosine=6.0, bias=-4.0),
            parts=parts,
        )

    def encode_images(self, images):
        self.looked_at += len(images)
        return {"semantic": self._shares(images)}

    def encode_texts(self, texts):
        return np.array([[name in text for name in NAMES] for text in texts], np.float32) + 1e-6

    def _shares(self, images):
        colours = np.array([COLOURS[name] for name in NAMES])
        apart = np.abs(images[..., None, :].astype(int) - colours).sum(axis=-1)
        nearest = apart.argmin(axis=-1).reshape(len(images), -1)
        shares = np.stack([(nearest == one).mean(axis=1) for one in range(len(NAMES))], axis=1)
        return (shares**2 / np.linalg.norm(shares**2, axis=1, keepdims=True)).astype(np.float32)


class PartedEncoder(SharesEncoder):
    """The same, which also sees the quarters of pictures."""

    def __init__(self, fit="first"):
        super().__init__(Parts(4, fit, 32.0, np.eye(4, dtype=np.float32) / 4))

    def encode_with_parts(self, images):
        half = images.shape[1] // 2
        corners = [
            images[:, rows, columns]
            for rows in (slice(0, half), slice(half, None))
            for columns in (slice(0, half), slice(half, None))
        ]
        quarters = np.stack([self._shares(corner) for corner in corners], axis=1)
        codes = np.rint(quarters * 32).astype(np.int8).reshape(len(images), -1)
        return self.encode_images(images), codes


@pytest.fixture
def opened(places, monkeypatch):
    """Opens the library with an encoder, as after an update of Photosort."""
    sessions = []

    def run(encoder):
        monkeypatch.setattr(encoder_pool, "load_encoder", lambda name, **options: encoder)
        monkeypatch.setattr(encoders, "fingerprint", lambda name, folder: str(id(encoder)))
        while sessions:
            sessions.pop().close()
        sessions.append(Session(places, actor="command"))
        return sessions[-1]

    yield run
    for session in sessions:
        session.close()


@pytest.fixture
def photos(tmp_path):
    """A green picture, and one with a blue corner."""
    folder = tmp_path / "photos"
    folder.mkdir()
    plain = Image.new("RGB", (64, 64), COLOURS["green"])
    plain.save(folder / "plain.png")
    plain.paste(COLOURS["blue"], (32, 32, 64, 64))
    plain.save(folder / "corner.png")
    return folder


def index(session, folder, job=None):
    return index_run.index(session, [str(folder)], job=job or Job())


def found(session, text):
    """Names of the photos with their probabilities, best first."""
    catalog = photo_table.load(session)
    answer = query_results.answer(session, parse(text), catalog)
    names = [catalog.names[catalog.row(one)].split(".")[0] for one in answer.ids.tolist()]
    return dict(zip(names, answer.probabilities.tolist(), strict=True))


def kept(session):
    """Every row of the table of vectors by its view."""
    rows = session.reader().rows("SELECT view, id, data FROM vectors ORDER BY id")
    by_view = {}
    for view, number, data in rows:
        by_view.setdefault(view.split()[0], []).append((number, data))
    return by_view


def test_a_corner_is_enough_to_be_unwanted(opened, photos):
    older = opened(SharesEncoder())
    index(older, photos)
    before, plain_before = found(older, "green -blue"), found(older, "green")
    session = opened(PartedEncoder())
    assert found(session, "green -blue") == before
    index(session, photos)
    after = found(session, "green -blue")
    assert before["corner"] > 0.35 > after["corner"]
    assert after["plain"] > 0.6
    assert found(session, "green") == plain_before


def test_what_is_wanted_may_stand_in_a_corner_of_a_negated_query(opened, photos):
    session = opened(PartedEncoder())
    index(session, photos)
    assert found(session, "blue -red")["corner"] > 0.5 > found(session, "blue")["corner"]


def test_a_part_that_shows_what_is_wanted_is_not_taken_for_what_is_not(opened, photos):
    session = opened(PartedEncoder())
    index(session, photos)
    alone = 1 - found(session, "-blue")["corner"]
    beside = 1 - found(session, "(blue OR green) -blue")["corner"] / 0.9
    assert beside < alone


def test_words_for_filters_and_names_need_no_parts(opened, photos):
    session = opened(PartedEncoder())
    index(session, photos)
    assert found(session, "green -tag:blue") == found(session, "green")


def test_old_photos_are_filled_in_and_nothing_else_of_them_changes(opened, photos):
    older = opened(SharesEncoder())
    index(older, photos)
    vectors_before = kept(older)["whole"]
    encoder = PartedEncoder()
    session = opened(encoder)
    assert encoder_change.upgrade(session).is_complete
    phases = set()

    class Watched(Job):
        def check(self):
            phases.add(str(self.progress.phase))
            super().check()

    index(session, photos, Watched())
    assert encoder.looked_at == 2
    assert "Looking closer at photos" in phases
    assert encoder_change.upgrade(session).is_complete
    assert kept(session)["whole"] == vectors_before
    assert len(kept(session)["parts"]) == 2
    assert index(session, photos).embedded == 0
    assert encoder.looked_at == 2


def test_filling_in_goes_on_where_it_was_stopped(opened, photos):
    for number in range(1, 7):
        Image.new("RGB", (64, 64), (30, 200 - 5 * number, 40)).save(photos / f"{number}.png")
    older = opened(SharesEncoder())
    index(older, photos)
    session = opened(PartedEncoder())

    class Stopped(Job):
        def check(self):
            if self.progress.phase == "Looking closer at photos":
                self.cancel()
            super().check()

    assert index(session, photos, Stopped()).cancelled
    assert len(found(session, "green -blue")) == 8
    left = 8 - len(kept(session).get("parts", ()))
    assert index(session, photos).embedded == left
    assert len(kept(session)["parts"]) == 8


def test_copies_share_what_was_seen(opened, photos):
    older = opened(SharesEncoder())
    index(older, photos)
    encoder = PartedEncoder()
    session = opened(encoder)
    index(session, photos)
    Image.open(photos / "corner.png").save(photos / "again.png", compress_level=1)
    index(session, photos)
    assert encoder.looked_at == 2
    assert len(kept(session)["parts"]) == 3
    assert found(session, "green -blue")["again"] < 0.35


def test_old_copies_share_what_is_filled_in_and_nothing_else(opened, photos):
    more = photos / "more"
    more.mkdir()
    Image.open(photos / "corner.png").save(more / "again.png", compress_level=1)
    older = opened(SharesEncoder())
    index(older, photos)
    vectors_before = kept(older)["whole"]
    encoder = PartedEncoder()
    session = opened(encoder)
    index(session, more)
    assert len(kept(session)["parts"]) == 1
    index(session, photos)
    assert encoder.looked_at == 2
    assert len(kept(session)["parts"]) == 3
    assert kept(session)["whole"] == vectors_before


def test_parts_of_another_fit_are_replaced(opened, photos):
    first = opened(PartedEncoder())
    index(first, photos)
    before = [number for number, _ in kept(first)["parts"]]
    session = opened(PartedEncoder("second"))
    assert found(session, "green -blue")["corner"] > 0.35
    index(session, photos)
    after = [number for number, _ in kept(session)["parts"]]
    assert len(after) == len(before)
    assert not set(after) & set(before)
    assert found(session, "green -blue")["corner"] < 0.35


def test_a_damaged_row_is_noticed(opened, photos):
    from photosort.store import check

    session = opened(PartedEncoder())
    index(session, photos)
    found(session, "green -blue")
    session.write(
        lambda store: store.execute("UPDATE vectors SET data = x'00' WHERE view <> 'whole'")
    )
    (wrong,) = (
        one
        for one in session.write(lambda s: check.library(s, session.paths, repair=True))
        if one.part == "vectors"
    )
    assert wrong.detail.startswith("2 ")
    assert index(session, photos).embedded == 2
    encoder_id = encoders.known_id(session)
    assert not vectors.pending(session.reader(), encoder_id, view=encoders.known_parts(session))
