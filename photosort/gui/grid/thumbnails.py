"""Cache of thumbnails as pixmaps, limited by bytes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from photosort.gui.base import theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LIMIT_BYTES = 48 * 1024 * 1024


class ThumbnailProvider(Protocol):
    """Makes thumbnails somewhere else; everything here is called on the window's thread."""

    @property
    def ready(self) -> SignalInstance:
        """Signal (photo_id: int, edge_px: int, image: QImage), emitted on the window's thread.

        `edge_px` is the one that was asked for. The image is upright, its longer edge is that long or
        shorter if the photo has no more; a null image says that there is none and will not be.
        """
        ...

    def request(self, photo_id: int, edge_px: int) -> None:
        """Asks for a thumbnail; requests are served in their order."""
        ...

    def cancel(self, photo_id: int) -> None:
        """The thumbnail is no longer needed; it may come all the same."""
        ...


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A picture ready to be painted.

    Attributes:
        pixmap: with rounded corners in the colour of the window, or None where there is no picture.
        edge_px: the edge that was asked for, in device pixels.
    """

    pixmap: QPixmap | None
    edge_px: int

    @property
    def size_bytes(self) -> int:
        """Memory that it takes."""
        return 64 if self.pixmap is None else self.pixmap.width() * self.pixmap.height() * 4


class ThumbnailCache(QObject):
    """Keeps what was seen last, asks for what is missing, drops requests for what went away.

    Signals:
        arrived: a thumbnail (photo id: int) can be painted now.
    """

    arrived = Signal(int)

    def __init__(self, *, limit_bytes: int = LIMIT_BYTES, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._provider: ThumbnailProvider | None = None
        self._limit_bytes = limit_bytes
        self._held: OrderedDict[int, Thumbnail] = OrderedDict()
        self._held_bytes = 0
        self._asked: dict[int, int] = {}
        self._needed: set[int] = set()
        self._scale = 1.0

    @property
    def held_bytes(self) -> int:
        """Memory that all thumbnails take."""
        return self._held_bytes

    @property
    def asked(self) -> dict[int, int]:
        """What is under way: photo id to edge in device pixels."""
        return dict(self._asked)

    def set_provider(self, provider: ThumbnailProvider | None) -> None:
        """Changes who makes the thumbnails and forgets those of the one before."""
        if self._provider is not None:
            self._provider.ready.disconnect(self._on_ready)
            for photo_id in self._asked:
                self._provider.cancel(photo_id)
        self.clear()
        self._provider = provider
        if provider is not None:
            provider.ready.connect(self._on_ready)

    def get(self, photo_id: int) -> Thumbnail | None:
        """The thumbnail of a photo in whatever size there is, or None."""
        found = self._held.get(photo_id)
        if found is not None:
            self._held.move_to_end(photo_id)
        return found

    def want(self, needed: Sequence[tuple[int, int]], *, scale: float) -> None:
        """Asks for what is missing and cancels what is not in the list.

        Args:
            needed: (photo id, edge in device pixels), what is visible before what is near.
            scale: device pixels to one device-independent pixel.
        """
        if self._provider is None:
            return
        self._scale = scale
        self._needed = {photo_id for photo_id, _ in needed}
        for photo_id in [p for p in self._asked if p not in self._needed]:
            del self._asked[photo_id]
            self._provider.cancel(photo_id)
        for photo_id, edge_px in needed:
            held = self._held.get(photo_id)
            there = held is not None and held.edge_px == edge_px
            if not there and self._asked.get(photo_id) != edge_px:
                self._asked[photo_id] = edge_px
                self._provider.request(photo_id, edge_px)

    def forget(self, photo_ids: Iterable[int]) -> None:
        """Drops the thumbnails of photos that changed."""
        for photo_id in photo_ids:
            dropped = self._held.pop(photo_id, None)
            if dropped is not None:
                self._held_bytes -= dropped.size_bytes
            self._asked.pop(photo_id, None)

    def clear(self) -> None:
        """Drops everything."""
        self._held.clear()
        self._held_bytes = 0
        self._asked.clear()

    def _on_ready(self, photo_id: int, edge_px: int, image: QImage) -> None:
        if self._asked.get(photo_id) != edge_px:
            return
        del self._asked[photo_id]
        pixmap = None if image.isNull() else rounded(image, self._scale)
        self.forget([photo_id])
        made = Thumbnail(pixmap, edge_px)
        self._held[photo_id] = made
        self._held_bytes += made.size_bytes
        self._shrink()
        self.arrived.emit(photo_id)

    def _shrink(self) -> None:
        # What is needed now stays even beyond the limit: dropping it would ask for it again at once.
        for photo_id in list(self._held):
            if self._held_bytes <= self._limit_bytes:
                return
            if photo_id not in self._needed:
                self.forget([photo_id])


def rounded(image: QImage, scale: float) -> QPixmap:
    """The image with corners in the window's colour.

    An opaque picture is painted in 0.03 ms where a transparent one takes 0.07 ms.

    Args:
        image: the picture, in device pixels.
        scale: device pixels to one device-independent pixel.
    """
    pixmap = QPixmap.fromImage(image.convertToFormat(QImage.Format.Format_RGB32))
    area = QRectF(0, 0, pixmap.width(), pixmap.height())
    corner = theme.CORNER_PHOTO * scale
    if min(area.width(), area.height()) > 2 * corner:
        between = QPainterPath()
        between.setFillRule(Qt.FillRule.OddEvenFill)
        between.addRect(area)
        between.addRoundedRect(area, corner, corner)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(between, theme.colour("window"))
        painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
