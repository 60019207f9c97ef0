"""Per-library calibration of tag scores for encoders that ship without one."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from photosort.store.tables import settings
from photosort.usecases.models import encoders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from photosort.domain.encoders import Encoder
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session

_KEY = "tag_scales"


@dataclass(frozen=True, slots=True)
class KeptScale:
    """The calibration of one encoder.

    Attributes:
        photos: photos that it was matched on with the encoder before it; 0 = not matched.
        gain: log-odds a cosine, of all tags.
        offsets: name of a tag to its constant; tags added since are estimated.
        offered: names of the tags that the encoder before offered; None where nobody measured that one either.
        answers: the user's answers that slope and constant come from; 0 = none yet.
        slope: factor of the log-odds; `constant` is added after it.
    """

    photos: int = 0
    gain: float = 0.0
    offsets: Mapping[str, float] = field(default_factory=dict)
    offered: tuple[str, ...] | None = None
    answers: int = 0
    slope: float = 1.0
    constant: float = 0.0


def kept_scale(session: Session, encoder: Encoder) -> KeptScale:
    """The library's calibration of an encoder; the neutral one for an encoder that ships with its own."""
    if encoder.references.tags is not None:
        return KeptScale()
    encoder_id = encoders.encoder_id(session, encoder)
    found = session.read(lambda store: settings.get(store, _KEY, {})).get(str(encoder_id))
    if found is None:
        return KeptScale()
    offered = found["offered"]
    return KeptScale(**found | {"offered": None if offered is None else tuple(offered)})


def keep_scale(session: Session, encoder: Encoder, scale: KeptScale) -> None:
    """Saves the library's calibration of an encoder."""
    encoder_id = encoders.encoder_id(session, encoder)

    def write(store: Store) -> None:
        kept = settings.get(store, _KEY, {})
        settings.put(store, _KEY, kept | {str(encoder_id): asdict(scale)})

    session.write(write)
