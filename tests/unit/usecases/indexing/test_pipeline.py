import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from photosort.domain.photos import Metadata
from photosort.domain.pictures import Decoded
from photosort.errors import EnvironmentProblem, InputProblem, JobCancelled
from photosort.progress import Job
from photosort.usecases.indexing import pipeline
from photosort.usecases.indexing.pipeline import Task


def picture(grey: int) -> Decoded:
    pixels = np.full((4, 4, 3), grey % 256, dtype=np.uint8)
    return Decoded(pixels, f"hash{grey}".encode(), {}, Metadata())


class GreyEncoder:
    """The vector of a picture says its grey level; counts calls and the largest batch."""

    def __init__(self):
        self.batches = []

    def encode_images(self, images):
        self.batches.append(len(images))
        greys = images[:, 0, 0, 0].astype(np.float32)
        return {"semantic": np.stack([np.cos(greys), np.sin(greys)], axis=1)}


@pytest.fixture
def pool():
    with ThreadPoolExecutor(2) as executor:
        yield executor


def collect(tasks, pool, *, decode, encoder=None, job=None, **options):
    batches = pipeline.run(
        iter(tasks),
        decode=decode,
        encoder=encoder or GreyEncoder(),
        pool=pool,
        threads=2,
        batch_size=4,
        job=job or Job(),
        **options,
    )
    return {outcome.task.key: outcome for batch in batches for outcome in batch}


def tasks(count):
    return [Task(key, Path(f"{key}.jpg"), "image") for key in range(count)]


def test_every_task_comes_back_once_with_its_own_vector(pool):
    encoder = GreyEncoder()
    seen = []
    batches = pipeline.run(
        iter(tasks(23)),
        decode=lambda task: picture(task.key),
        encoder=encoder,
        pool=pool,
        threads=2,
        batch_size=4,
        job=Job(),
    )
    for batch in batches:
        for outcome in batch:
            seen.append(outcome.task.key)
            expected = [np.cos(outcome.task.key), np.sin(outcome.task.key)]
            np.testing.assert_allclose(outcome.vectors["semantic"], expected, rtol=1e-5)
    assert sorted(seen) == list(range(23))
    assert sum(encoder.batches) == 23
    assert max(encoder.batches) == 4


def test_a_bad_file_becomes_a_reason_and_the_others_go_on(pool):
    def decode(task):
        if task.key == 3:
            raise InputProblem("It is empty.")
        if task.key == 5:
            raise ZeroDivisionError
        return picture(task.key)

    outcomes = collect(tasks(10), pool, decode=decode)
    assert outcomes[3].reason == "It is empty."
    assert "damaged" in outcomes[5].reason
    assert "ZeroDivisionError" in outcomes[5].detail
    assert all(outcomes[key].vectors for key in range(10) if key not in {3, 5})


def test_known_pixels_are_not_encoded_again(pool):
    encoder = GreyEncoder()
    outcomes = collect(
        tasks(6),
        pool,
        decode=lambda task: picture(task.key),
        encoder=encoder,
        pixels_known=lambda pixel_hash: pixel_hash == b"hash2",
    )
    assert sum(encoder.batches) == 5
    assert not outcomes[2].vectors
    assert outcomes[2].decoded is not None


def test_a_task_that_wants_no_vector_is_only_decoded(pool):
    encoder = GreyEncoder()
    only = [Task(1, Path("1.jpg"), "image", encode=False)]
    outcomes = collect(only, pool, decode=lambda task: picture(task.key), encoder=encoder)
    assert outcomes[1].decoded is not None
    assert encoder.batches == []


def test_a_failing_encoder_ends_the_run(pool):
    class Broken:
        def encode_images(self, images):
            raise RuntimeError("out of memory")

    with pytest.raises(RuntimeError, match="out of memory"):
        collect(tasks(5), pool, decode=lambda task: picture(task.key), encoder=Broken())


def test_where_nothing_can_be_decoded_the_run_ends_and_no_file_is_to_blame(pool):
    def decode(task):
        raise EnvironmentProblem("No process can be started.")

    with pytest.raises(EnvironmentProblem):
        collect(tasks(5), pool, decode=decode)


def test_cancel_stops_the_run(pool):
    job = Job()

    def decode(task):
        if task.key == 6:
            job.cancel()
        return picture(task.key)

    with pytest.raises(JobCancelled):
        collect(tasks(1000), pool, decode=decode, job=job)


def test_few_pictures_are_held_at_once(pool):
    held = 0
    most = 0
    lock = threading.Lock()

    def decode(task):
        nonlocal held, most
        with lock:
            held += 1
            most = max(most, held)
        return picture(task.key)

    class Counting(GreyEncoder):
        def encode_images(self, images):
            nonlocal held
            result = super().encode_images(images)
            with lock:
                held -= len(images)
            return result

    collect(tasks(200), pool, decode=decode, encoder=Counting())
    assert most <= 4 * (2 + 2) + 2
