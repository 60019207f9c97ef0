"""Loads the encoders of one open library at their first use, and keeps them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from photosort.embed.load import load_encoder

if TYPE_CHECKING:
    from pathlib import Path

    from photosort.domain.encoders import Encoder

# Threads that one call of the encoder uses; the index run keeps the cores busy with several calls.
_THREADS = 1


class EncoderPool:
    """Loads encoders, which takes seconds, and keeps them. Any thread may ask.

    Attributes:
        changes: how often another encoder came into use or one was removed; what is derived from encoders
            and kept between calls is out of date when it has grown.
    """

    def __init__(self, models: Path, name_in_use: Callable[[], str]) -> None:
        """Knows where encoders are; loads none.

        Args:
            models: the folder of installed models.
            name_in_use: looks up the name of the encoder in use.
        """
        self.changes = 0
        self._models = models
        self._name_in_use = name_in_use
        self._current: Encoder | None = None
        self._others: dict[str, Encoder] = {}
        self._lock = threading.Lock()

    @property
    def name_in_use(self) -> str:
        """The name of the encoder in use."""
        return self._name_in_use()

    @property
    def is_loaded(self) -> bool:
        """Whether `current` answers at once."""
        return self._current is not None

    @property
    def current(self) -> Encoder:
        """The encoder in use.

        Raises:
            ModelUnavailable: its weights are absent or damaged.
        """
        with self._lock:
            if self._current is None:
                self._current = self.load(self.name_in_use)
            return self._current

    def named(self, name: str) -> Encoder:
        """An encoder by name, whether it is in use or not.

        Raises:
            ModelUnavailable: it is not there, or damaged.
        """
        if name == self.name_in_use:
            return self.current
        with self._lock:
            if name not in self._others:
                self._others[name] = self.load(name)
            return self._others[name]

    def load(self, name: str) -> Encoder:
        """Loads an installed encoder without keeping it.

        Raises:
            ModelUnavailable: its weights are absent or damaged.
        """
        return load_encoder(name, models_dir=self._models, threads=_THREADS)

    def use(self, encoder: Encoder) -> None:
        """Takes an encoder that was loaded as the one in use; the one before stays at hand."""
        with self._lock:
            if self._current is not None:
                self._others[self._current.info.name] = self._current
            self._others.pop(encoder.info.name, None)
            self._current = encoder
            self.changes += 1

    def forget(self, name: str) -> None:
        """Drops an encoder that was removed."""
        with self._lock:
            self._others.pop(name, None)
            self.changes += 1
