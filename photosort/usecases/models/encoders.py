"""The available encoders, and the one in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from photosort import __version__
from photosort.embed.hub.catalogue import BUILT_IN, fingerprint, installed_models, rates, write_rate
from photosort.embed.hub.offers import Offer, offers
from photosort.store.tables import settings
from photosort.store.vectors import vectors

if TYPE_CHECKING:
    from photosort.domain.encoders import Encoder
    from photosort.usecases.session.session import Session

_LOADED = "encoder_loaded"


@dataclass(frozen=True, slots=True)
class EncoderRow:
    """One encoder, for people who choose.

    Attributes:
        dim: dimension of its text space; None where its files do not say.
        size_mb: of its weights; None where unknown.
        photos_per_second: measured on this machine, or None.
        rung: fast, balanced, multilingual or best for models of the catalogue, "built-in", or "own".
        quality: 1 to 5; None where nobody measured.
        commercial_use: whether the licence of the weights allows it; None where unknown.
        input_px: edge of the pictures that it sees; None where unknown.
    """

    name: str
    licence: str | None
    dim: int | None
    size_mb: float | None
    languages: tuple[str, ...]
    installed: bool
    in_use: bool
    photos_per_second: float | None
    rung: str = "own"
    quality: int | None = None
    commercial_use: bool | None = None
    input_px: int | None = None


def known_id(session: Session) -> int | None:
    """The row id of the encoder in use without loading it, or None when only loading it can tell."""
    name = session.encoders.name_in_use
    kept = session.read(lambda store: settings.get(store, _LOADED, {}))
    if kept.get("sign") != _sign(session, name):
        return None
    row_id: int = kept["id"]
    return row_id


def known_parts(session: Session) -> str | None:
    """The view that codes of parts are kept under, as far as `known_id` knows; None where none are kept."""
    kept = session.read(lambda store: settings.get(store, _LOADED, {}))
    view: str | None = kept.get("parts")
    return view


def encoder_id(session: Session, encoder: Encoder) -> int:
    """The row of an encoder, made where it is new; for one that is known, waits for nothing that is being written."""
    known = session.read(lambda store: vectors.known_encoder_id(store, encoder.info.version))
    if known is not None:
        return known
    return session.write(lambda store: vectors.encoder_id(store, encoder.info))


def remember_loaded(session: Session) -> int:
    """Notes which row the encoder in use has, for `known_id`; loads it where it is not loaded yet.

    Returns:
        Its row id.
    """
    encoder = session.encoders.current
    parts = encoder.references.parts
    row_id = encoder_id(session, encoder)
    loaded = {
        "sign": _sign(session, session.encoders.name_in_use),
        "id": row_id,
        "name": encoder.info.name,
        "parts": None if parts is None else vectors.parts_view(parts.codes, parts.fit),
    }
    if session.read(lambda store: settings.get(store, _LOADED, {})) != loaded:
        session.write(lambda store: settings.put(store, _LOADED, loaded))
    return row_id


def _sign(session: Session, name: str) -> str:
    return f"{name} {__version__} {fingerprint(name, session.paths.models)}"


def remember_rate(session: Session, name: str, photos_per_second: float) -> None:
    """Keeps how fast an encoder was on this machine."""
    write_rate(session.paths.models, name, photos_per_second)


def catalogue(session: Session) -> list[EncoderRow]:
    """Every encoder that can be used here, and those that could be downloaded, weakest first."""
    in_use = session.encoders.name_in_use
    known = {offer.name: offer for offer in offers()}
    measured = rates(session.paths.models)
    installed = {model.name: model for model in installed_models(session.paths.models)}
    rows = [
        EncoderRow(
            name=model.name,
            licence=model.licence,
            dim=model.dim,
            size_mb=model.size_mb,
            languages=model.languages,
            installed=True,
            in_use=model.name == in_use,
            photos_per_second=measured.get(model.name),
            **_offer_facts(model.name, known.get(model.name)),
        )
        for model in installed.values()
    ]
    rows += [
        EncoderRow(
            name=offer.name,
            licence=offer.licence,
            dim=offer.dim,
            size_mb=offer.size_mb,
            languages=offer.languages,
            installed=False,
            in_use=False,
            photos_per_second=measured.get(offer.name),
            **_offer_facts(offer.name, offer),
        )
        for offer in known.values()
        if offer.name not in installed
    ]
    places = [BUILT_IN.name, *known]
    return sorted(
        rows, key=lambda row: places.index(row.name) if row.name in places else len(places)
    )


class _OfferFacts(TypedDict, total=False):
    rung: str
    quality: int
    commercial_use: bool
    input_px: int


def _offer_facts(name: str, offer: Offer | None) -> _OfferFacts:
    """What the catalogue says of an encoder; nothing for one that was imported."""
    if name == BUILT_IN.name:
        return {"rung": "built-in", "quality": 1, "commercial_use": True, "input_px": 260}
    if offer is None:
        return {}
    return {
        "rung": offer.rung,
        "quality": offer.quality,
        "commercial_use": offer.commercial_use,
        "input_px": offer.input_px,
    }


def device_sentence() -> str:
    """Which device encoders run on, and why not the GPU. Imports torch."""
    from photosort.embed.devices import describe_device

    report = describe_device()
    if report.why_not_gpu:
        return f"Runs on the processor ({report.name}). {report.why_not_gpu}"
    return f"Runs on the GPU ({report.name})."
