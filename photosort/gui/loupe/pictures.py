"""Picture cache of the loupe: limited by bytes, the latest request first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from photosort.gui.loupe.framing import Rect

# Five photos on a 4K screen; two at full resolution from a 24-megapixel camera.
LIMIT_BYTES = 192 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for.

    Attributes:
        max_px: longest edge of the picture, in pixels of the screen.
        region: left, top, right, bottom in the photo's pixels; None = all of it.
        stored: the thumbnail that the library holds is enough, and is there for offline photos too.
    """

    photo_id: int
    max_px: int
    region: Rect | None = None
    stored: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What came.

    Attributes:
        image: Format_RGB32; null where there is a problem, or no thumbnail.
        size: width and height of the whole photo in its own pixels; of a stored thumbnail its own size.
        region: what `image` shows, in the photo's pixels.
        finest: the part of its own resolution that the photo can be shown at.
        problem: why there is no picture, one sentence for the user, or "".
    """

    image: QImage = field(default_factory=QImage)
    size: tuple[int, int] = (1, 1)
    region: Rect = (0.0, 0.0, 1.0, 1.0)
    finest: float = 1.0
    problem: str = ""


class PictureProvider(Protocol):
    """Makes pictures somewhere else; everything here is called on the window's thread."""

    @property
    def ready(self) -> SignalInstance:
        """Signal (wanted: Wanted, picture: Picture), emitted on the window's thread."""
        ...

    def request(self, wanted: Wanted) -> None:
        """Asks for a picture; requests are served in their order."""
        ...

    def cancel(self, wanted: Wanted) -> None:
        """The picture is no longer needed; it may come all the same."""
        ...


class PictureCache(QObject):
    """Keeps what was seen last, asks for what is missing, drops wishes that are out of date.

    Signals:
        arrived: a picture of a photo (id: int) can be shown now.
    """

    arrived = Signal(int)

    def __init__(
        self,
        provider: PictureProvider,
        *,
        limit_bytes: int = LIMIT_BYTES,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._provider = provider
        self._limit_bytes = limit_bytes
        self._held: OrderedDict[Wanted, Picture] = OrderedDict()
        self._held_bytes = 0
        self._asked: set[Wanted] = set()
        self._needed: frozenset[Wanted] = frozenset()
        provider.ready.connect(self._on_ready)

    @property
    def held_bytes(self) -> int:
        """Memory that all pictures take."""
        return self._held_bytes

    def get(self, wanted: Wanted) -> Picture | None:
        """A picture, if it is there."""
        found = self._held.get(wanted)
        if found is not None:
            self._held.move_to_end(wanted)
        return found

    def of_photo(self, photo_id: int) -> list[tuple[Wanted, Picture]]:
        """All pictures of a photo that are there."""
        return [(wanted, it) for wanted, it in self._held.items() if wanted.photo_id == photo_id]

    def want(self, needed: Sequence[Wanted]) -> None:
        """Asks for what is missing, in this order, and cancels what is not in the list."""
        self._needed = frozenset(needed)
        for wanted in [one for one in self._asked if one not in self._needed]:
            self._asked.discard(wanted)
            self._provider.cancel(wanted)
        for wanted in needed:
            if wanted not in self._held and wanted not in self._asked:
                self._asked.add(wanted)
                self._provider.request(wanted)
        self._shrink()

    def forget(self, photo_ids: Iterable[int]) -> None:
        """Drops the pictures of photos whose files changed."""
        gone = set(photo_ids)
        for wanted in [one for one in self._held if one.photo_id in gone]:
            self._drop(wanted)

    def clear(self) -> None:
        """Drops every picture and every wish."""
        self.want([])
        self._held.clear()
        self._held_bytes = 0

    def _on_ready(self, wanted: Wanted, picture: Picture) -> None:
        if wanted not in self._asked:
            return
        self._asked.discard(wanted)
        self._held[wanted] = picture
        self._held_bytes += picture.image.sizeInBytes()
        self._shrink()
        self.arrived.emit(wanted.photo_id)

    def _shrink(self) -> None:
        # What is needed now stays even beyond the limit: dropping it would ask for it again at once.
        for wanted in list(self._held):
            if self._held_bytes <= self._limit_bytes:
                return
            if wanted not in self._needed:
                self._drop(wanted)

    def _drop(self, wanted: Wanted) -> None:
        self._held_bytes -= self._held.pop(wanted).image.sizeInBytes()
