"""Downloads, imports, measures and removes picture models."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.embed.hub.catalogue import installed_models
from photosort.embed.hub.download import Hub
from photosort.embed.hub.download import download as fetch_model
from photosort.embed.hub.offers import find_offer
from photosort.embed.load import STARTER, load_encoder
from photosort.errors import EnvironmentProblem, InputProblem
from photosort.progress import Job, Progress
from photosort.sentences import Sentence, reason_of
from photosort.usecases.models import encoder_change, encoders

if TYPE_CHECKING:
    from photosort.domain.encoders import Encoder
    from photosort.usecases.session.session import Session

_BENCH_S = 3.0


@dataclass(frozen=True, slots=True)
class Bench:
    """How fast an encoder is by itself on this machine."""

    name: str
    photos_per_second: float
    device: str
    dtype: str
    batch: int


@dataclass(frozen=True, slots=True)
class Removal:
    """What became of a model that was removed.

    Attributes:
        vectors_kept: its vectors stay until all photos have those of the model in use.
    """

    name: str
    freed_mb: float
    vectors_kept: bool


def download(session: Session, name: str, *, job: Job, hub: Hub | None = None) -> str:
    """Downloads a model of the catalogue; one that is there already is left as it is.

    Args:
        session: the open library.
        name: a model, or a rung of the catalogue ("fast").
        job: progress in megabytes, and cancel, which keeps what has arrived.
        hub: where it comes from; None = the hub, or the mirror that `PHOTOSORT_HUB` names.

    Returns:
        The model's name.

    Raises:
        InputProblem: there is no such model.
        EnvironmentProblem: the network, the hub or the disk failed.
        ModelUnavailable: what the hub has is not the model that the catalogue promises.
    """
    offer = find_offer(name)
    if offer.name not in {model.name for model in installed_models(session.paths.models)}:
        fetch_model(offer, session.paths.models, job=job, hub=hub or Hub.from_environment())
    return offer.name


def import_model(session: Session, source: Path, *, architecture: str | None = None) -> str:
    """Brings a model in from a file or folder on this machine.

    Returns:
        The model's name.

    Raises:
        InputProblem: the file is no model that could be used, with the reason.
        ModelUnavailable: it is damaged, or could run code.
        EnvironmentProblem: it cannot be copied.
    """
    from photosort.embed.hub.checkpoints import import_checkpoint

    try:
        found = import_checkpoint(source, session.paths.models, architecture=architecture)
    except OSError as error:
        raise EnvironmentProblem(
            Sentence(
                "{file} cannot be copied: {reason}.",
                file=source.name,
                reason=reason_of(error),
            ),
            repr(error),
        ) from error
    return found.folder.name


def remove(session: Session, name: str) -> Removal:
    """Removes a model's files, and its vectors as far as no photo needs them any more.

    Raises:
        InputProblem: there is no such model, it is in use, or it is built in.
    """
    if name == session.encoders.name_in_use:
        raise InputProblem(
            Sentence("{name} is in use. Use another model first, then remove it.", name=name)
        )
    folder = session.paths.models / name
    freed_mb = 0.0
    if name != STARTER:
        # Also what is damaged can be removed, but nothing outside the models' own folder.
        if name.startswith(".") or folder not in session.paths.models.iterdir():
            raise InputProblem(Sentence("There is no model {name} to be removed.", name=name))
        freed_mb = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        shutil.rmtree(folder)
    session.encoders.forget(name)
    kept = not encoder_change.drop_vectors(session, name)
    if name == STARTER and kept:
        raise InputProblem(
            Sentence(
                "The starter is still needed: not all photos have been seen by the model in use."
            )
        )
    return Removal(name, round(freed_mb, 1), vectors_kept=kept)


def bench(session: Session, *, job: Job, name: str | None = None) -> list[Bench]:
    """Measures installed encoders by themselves, and keeps the rates.

    Args:
        session: the open library.
        job: progress and cancel.
        name: only this one; None = all.

    Raises:
        ModelUnavailable: an encoder cannot be loaded.
        JobCancelled: cancelled; what was measured is kept.
    """
    names = [name] if name else [model.name for model in installed_models(session.paths.models)]
    found = []
    for done, one in enumerate(names):
        job.check()
        job.progress = Progress(Sentence("Measuring {model}", model=one), done, len(names))
        encoder = load_encoder(one, models_dir=session.paths.models, threads=1)
        rate = _rate(encoder, session, job)
        encoders.remember_rate(session, one, rate)
        found.append(
            Bench(one, round(rate, 2), encoder.info.device, encoder.info.dtype, encoder.info.batch)
        )
    return found


def _rate(encoder: Encoder, session: Session, job: Job) -> float:
    """Photos a second with every core busy, as in an index run."""
    import numpy as np

    edge = encoder.info.input.edge_px
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (encoder.info.batch, edge, edge, 3), dtype=np.uint8)
    calls = session.threads if encoder.info.device == "cpu" else 2

    def together() -> None:
        for one in [
            session.lanes.decode.submit(encoder.encode_images, pixels) for _ in range(calls)
        ]:
            one.result()

    together()
    started, count = time.monotonic(), 0
    while count == 0 or time.monotonic() - started < _BENCH_S:
        job.check()
        together()
        count += calls * len(pixels)
    return count / (time.monotonic() - started)
