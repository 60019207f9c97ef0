"""Progress of the change from one encoder to another, and what of the old one is still needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from photosort.embed.hub.offers import find_offer
from photosort.errors import InputProblem
from photosort.sentences import Sentence
from photosort.store.tables import settings
from photosort.store.vectors import vectors
from photosort.usecases.models import encoders
from photosort.usecases.models.embedding_spaces import keep_texts
from photosort.usecases.session.session import ENCODER_IN_USE

if TYPE_CHECKING:
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class Upgrade:
    """How far the photos have come to the encoder in use.

    Attributes:
        name: the encoder in use.
        upgraded: photos that it has seen.
        seen: photos that any encoder has seen.
        others: names of the other encoders that the library has vectors of, newest first.
        approximate: names of those whose text tower is gone; searches are carried into their space.
    """

    name: str
    upgraded: int
    seen: int
    others: tuple[str, ...]
    approximate: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether no photo waits for the encoder in use."""
        return self.upgraded >= self.seen


def use(session: Session, name: str) -> None:
    """Uses an encoder from now on; photos get its vectors at the next index run.

    What the one before has seen stays, and is searched until all photos are upgraded.

    Raises:
        InputProblem: there is no such model, or it is not here yet.
        ModelUnavailable: it cannot be loaded; the one before stays in use.
        EnvironmentProblem: the library cannot be written.
    """
    if name == session.encoders.name_in_use:
        return
    installed = [row.name for row in encoders.catalogue(session) if row.installed]
    if name not in installed and not (session.paths.models / name).is_dir():
        name = find_offer(name).name
        if name not in installed:
            here = ", ".join(installed)
            raise InputProblem(
                Sentence(
                    "{name} is not here yet: photosort models download {name}. Here are: {here}.",
                    name=name,
                    here=here,
                )
            )
    session.write(lambda store: store.require_writable())
    encoder = session.encoders.load(name)
    if session.encoders.is_loaded and session.read(vectors.known):
        keep_texts(session, session.encoders.current)
    session.write(lambda store: settings.put(store, ENCODER_IN_USE, name))
    session.encoders.use(encoder)
    encoders.remember_loaded(session)


def upgrade(session: Session) -> Upgrade:
    """How far the change to the encoder in use has come; loads nothing."""
    name = session.encoders.name_in_use
    installed = {row.name for row in encoders.catalogue(session) if row.installed}

    def read(store: Store) -> Upgrade:
        known = vectors.known(store)
        current = _current(known, name, encoders.known_id(session))
        return Upgrade(
            name=name,
            upgraded=vectors.photos_with(store, [one.id for one in current]),
            seen=vectors.photos_with(store, [one.id for one in known]),
            others=tuple(one.name for one in known if one not in current),
            approximate=tuple(
                one.name for one in known if one not in current and one.name not in installed
            ),
        )

    return session.read(read)


def drop_vectors(session: Session, name: str) -> bool:
    """Forgets the vectors of an encoder that is not in use, if no photo is found by them alone.

    Returns:
        False where they are still needed; nothing was changed then.
    """
    in_use = session.encoders.name_in_use
    current_id = encoders.known_id(session)

    def write(store: Store) -> bool:
        known = vectors.known(store)
        going = [one for one in known if one.name == name and one.id != current_id]
        staying = [one.id for one in known if one not in going]
        everyone = vectors.photos_with(store, [one.id for one in known])
        if not going or name == in_use:
            return True
        if vectors.photos_with(store, staying) < everyone:
            return False
        for one in going:
            vectors.remove(store, one.id)
        return True

    return session.write(write)


def drop_orphans(session: Session) -> None:
    """After an index run: forgets the vectors of encoders that were removed, where nothing needs them now."""
    installed = {row.name for row in encoders.catalogue(session) if row.installed}
    for name in {one.name for one in session.read(vectors.known)} - installed:
        drop_vectors(session, name)


def _current(known: list[vectors.Known], name: str, known_id: int | None) -> list[vectors.Known]:
    """The rows of the encoder in use: the one that was loaded last, else any of its name."""
    exact = [one for one in known if one.id == known_id]
    return exact or [one for one in known if one.name == name][:1]
