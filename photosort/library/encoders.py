"""The encoders that are there, and the one in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from photosort import __version__
from photosort.embed.catalogue import fingerprint, installed_models
from photosort.embed.load import STARTER, load_encoder
from photosort.store import settings, vectors

if TYPE_CHECKING:
    from photosort.domain.encoders import Encoder
    from photosort.library.session import Session
    from photosort.store.database import Store

_IN_USE = "encoder"
_RATES = "photos_per_second"
_LOADED = "encoder_loaded"
# Threads that one call of the encoder uses; the index run keeps the cores busy with several calls.
_THREADS = 1


@dataclass(frozen=True, slots=True)
class EncoderRow:
    """One encoder, for people who choose.

    Attributes:
        dim: dimension of its text space; None until it was loaded once.
        size_mb: of its weights; None where unknown.
        photos_per_second: measured by the last long index run on this machine, or None.
    """

    name: str
    licence: str | None
    dim: int | None
    size_mb: float | None
    languages: tuple[str, ...]
    installed: bool
    in_use: bool
    photos_per_second: float | None


def load_current(session: Session) -> Encoder:
    """Loads the encoder in use.

    Raises:
        ModelUnavailable: its weights are absent or damaged.
    """
    return load_encoder(name_in_use(session), models_dir=session.places.models, threads=_THREADS)


def known_id(session: Session) -> int | None:
    """The row id of the encoder in use without loading it, or None when only loading it can tell."""
    name = name_in_use(session)
    kept = session.read(lambda store: settings.get(store, _LOADED, {}))
    if kept.get("sign") != _sign(session, name):
        return None
    encoder_id: int = kept["id"]
    return encoder_id


def remember_loaded(session: Session) -> int:
    """Notes which row the encoder in use has, for `known_id`; loads it where it is not loaded yet.

    Returns:
        Its row id.
    """
    info = session.encoder.info
    sign = _sign(session, name_in_use(session))

    def write(store: Store) -> int:
        encoder_id = vectors.encoder_id(store, info)
        settings.put(store, _LOADED, {"sign": sign, "id": encoder_id, "name": info.name})
        return encoder_id

    return session.write(write)


def _sign(session: Session, name: str) -> str:
    return f"{name} {__version__} {fingerprint(name, session.places.models)}"


def name_in_use(session: Session) -> str:
    """The name of the encoder in use."""
    return str(session.read(lambda store: settings.get(store, _IN_USE, STARTER)))


def use(session: Session, name: str) -> None:
    """Uses an encoder from now on; photos get its vectors at the next index run.

    Raises:
        ModelUnavailable: it cannot be loaded; the one before stays in use.
    """
    load_encoder(name, models_dir=session.places.models, threads=_THREADS)
    session.write(lambda store: settings.put(store, _IN_USE, name))
    session.forget_encoder()


def remember_rate(session: Session, name: str, photos_per_second: float) -> None:
    """Keeps how fast an encoder was on this machine."""

    def write(store: Store) -> None:
        rates = settings.get(store, _RATES, {})
        settings.put(store, _RATES, rates | {name: round(photos_per_second, 2)})

    session.write(write)


def catalogue(session: Session) -> list[EncoderRow]:
    """Every encoder that can be used here."""
    in_use = name_in_use(session)
    rates = session.read(lambda store: settings.get(store, _RATES, {}))
    return [
        EncoderRow(
            name=model.name,
            licence=model.licence,
            dim=model.dim,
            size_mb=model.size_mb,
            languages=model.languages,
            installed=True,
            in_use=model.name == in_use,
            photos_per_second=rates.get(model.name),
        )
        for model in installed_models(session.places.models)
    ]


def device_sentence() -> str:
    """Which device encoders run on, and why not the GPU. Imports torch."""
    from photosort.embed.devices import describe_device

    report = describe_device()
    if report.why_not_gpu:
        return f"Runs on the processor ({report.name}). {report.why_not_gpu}"
    return f"Runs on the GPU ({report.name})."
