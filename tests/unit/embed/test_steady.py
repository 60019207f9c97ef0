"""An encoder goes on when memory runs out and when its graphics card fails."""

import shutil
import threading
from dataclasses import replace

import numpy as np
import pytest
import torch

from photosort.embed import devices
from photosort.embed.load import load_encoder
from photosort.embed.steady import Steady

ITEMS = np.arange(40, dtype=np.uint8).reshape(10, 4)


class Failing:
    """A model whose device fails from some call on, or on too many rows at once."""

    def __init__(self, *, calls_until_failure=10**9, most_rows=10**9):
        self.calls_left = calls_until_failure
        self.most_rows = most_rows
        self.sizes = []

    def __call__(self, rows):
        self.calls_left -= 1
        if self.calls_left < 0:
            raise RuntimeError("CUDA error: unspecified launch failure")
        if len(rows) > self.most_rows:
            raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
        self.sizes.append(len(rows))
        return rows.astype(np.float32) * 2


def steady(model, *, device="cuda", batch=4):
    spare = Failing()
    return Steady(model, device=device, batch=batch, load_on_cpu=lambda: spare), spare


def test_everything_in_order_and_in_batches():
    model = Failing()
    runner, _ = steady(model)
    assert np.array_equal(runner.rows(ITEMS, lambda m, rows: m(rows)), ITEMS * 2.0)
    assert model.sizes == [4, 4, 2]
    assert runner.note == ""


def test_a_smaller_batch_when_memory_runs_out():
    model = Failing(most_rows=1)
    runner, _ = steady(model, batch=8)
    assert np.array_equal(runner.rows(ITEMS, lambda m, rows: m(rows)), ITEMS * 2.0)
    assert (runner.batch, runner.device, runner.note) == (1, "cuda", "")


def test_a_failing_graphics_card_hands_over_to_the_processor():
    runner, spare = steady(Failing(calls_until_failure=1))
    assert np.array_equal(runner.rows(ITEMS, lambda m, rows: m(rows)), ITEMS * 2.0)
    assert sum(spare.sizes) == 6
    assert runner.device == "cpu"
    assert "graphics card stopped working" in runner.note


def test_a_graphics_card_without_room_for_one_photo_hands_over():
    runner, _ = steady(Failing(most_rows=0))
    assert np.array_equal(runner.rows(ITEMS, lambda m, rows: m(rows)), ITEMS * 2.0)
    assert "ran out of memory" in runner.note


def test_what_fails_on_the_processor_too_is_raised():
    runner, _ = steady(Failing(calls_until_failure=0), device="cpu")
    with pytest.raises(RuntimeError, match="unspecified launch failure"):
        runner.rows(ITEMS, lambda m, rows: m(rows))


def test_threads_that_fail_together_load_the_spare_once():
    loads = []
    ready = threading.Barrier(4)
    spare = Failing()

    def load():
        loads.append(1)
        return spare

    class Failed(Failing):
        def __call__(self, rows):
            ready.wait(timeout=10)
            raise RuntimeError("CUDA error: device-side assert triggered")

    runner = Steady(Failed(), device="cuda", batch=10, load_on_cpu=load)
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(runner.rows(ITEMS, lambda m, rows: m(rows))))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert loads == [1]
    assert all(np.array_equal(rows, ITEMS * 2.0) for rows in results)
    assert len(results) == 4


def test_the_batch_is_the_smallest_that_is_about_as_fast(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(devices.time, "perf_counter", lambda: clock[0])

    def call(count):
        clock[0] += 0.001 * (1 + count if count <= 8 else 1.2 * count)

    assert devices.best_batch(call, device="cpu") == 8


def test_a_batch_that_does_not_fit_is_never_chosen(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(devices.time, "perf_counter", lambda: clock[0])

    def call(count):
        clock[0] += 0.001
        if count > 4:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory")

    assert devices.best_batch(call, device="cpu") == 4


def test_an_encoder_keeps_its_version_and_says_what_happened(tiny_folder, tmp_path):
    folder = tmp_path / "tiny"
    shutil.copytree(tiny_folder, folder)
    encoder = load_encoder(str(folder), models_dir=tmp_path, device="cpu")
    before = encoder.info
    pixels = np.random.default_rng(0).integers(0, 256, (5, 64, 64, 3), dtype=np.uint8)
    exact = encoder.encode_images(pixels)["semantic"]
    encoder._steady.device = "cuda"
    encoder._info = replace(before, device="cuda", dtype="float16")

    def fail(_pixels):
        raise RuntimeError("CUDA error: an illegal memory access was encountered")

    encoder._steady.model.model.encode_image = fail
    found = encoder.encode_images(pixels)["semantic"]
    assert float((found * exact).sum(1).min()) > 0.99
    assert encoder.info.device == "cpu"
    assert "graphics card" in encoder.info.note
    assert encoder.info.version == before.version


class Tower(torch.nn.Module):
    """Remembers in which precision it was asked."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def forward(self, pixels):
        self.asked.append(pixels.dtype)
        return pixels.flatten(1)

    def __deepcopy__(self, known):
        return self


@pytest.mark.parametrize("has_kernels", [False, True])
def test_bfloat16_is_measured_only_where_it_is_not_emulated(monkeypatch, has_kernels):
    monkeypatch.setattr(devices, "_has_bfloat16_kernels", lambda: has_kernels)
    tower = Tower()
    chosen = devices.best_dtype(tower, edge_px=4, device="cpu")
    assert (torch.bfloat16 in tower.asked) is has_kernels
    assert chosen in ({"float32", "bfloat16"} if has_kernels else {"float32"})
