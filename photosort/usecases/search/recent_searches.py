"""Recent searches. They stay in the library file and never reach a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from photosort.store.tables import settings

if TYPE_CHECKING:
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session

_KEY = "recent_searches"
_KEPT = 50
_LONGEST = 1_000


def list_all(session: Session) -> list[str]:
    """The latest searches, newest first, each once."""
    return session.read(_list_all)


def remember(session: Session, query: str) -> None:
    """Puts a search in front; blank ones and very long ones are not kept."""
    text = query.strip()
    if text and len(text) <= _LONGEST:
        session.write(lambda store: _put(store, text))


def clear(session: Session) -> None:
    """Forgets all of them."""
    session.write(lambda store: settings.put(store, _KEY, []))


def _list_all(store: Store) -> list[str]:
    return list(settings.get(store, _KEY, []))


def _put(store: Store, text: str) -> None:
    with store.atomic():
        others = [one for one in _list_all(store) if one.casefold() != text.casefold()]
        settings.put(store, _KEY, [text, *others][:_KEPT])
