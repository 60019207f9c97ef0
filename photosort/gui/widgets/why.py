"""Why a tag was suggested: the evidence for and against, and the answer."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from photosort.domain.tags import Reason, TagOnPhoto, TagState
from photosort.gui.base import formatting, theme
from photosort.gui.widgets.basics import button, label

_MOST_REASONS = 6
_STRONG = 0.5


class WhyPanel(QFrame):
    """The reasons of one tag, opened in place below its chip.

    Signals:
        answered: the user says yes or no (name: str, yes: bool).
        search_asked: other photos with this tag are to be shown (name: str).
        heat_asked: the places of the picture that speak for it are to be shown (name: str).
    """

    answered = Signal(str, bool)
    search_asked = Signal(str)
    heat_asked = Signal(str)

    def __init__(
        self, tag: TagOnPhoto, *, has_heat: bool = False, parent: QWidget | None = None
    ) -> None:
        """Shows the reasons of a tag.

        Args:
            tag: the tag with its reasons, the strongest first.
            has_heat: there is a heat map for it.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAccessibleName(self.tr("Why {tag}").format(tag=tag.name))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.M, theme.Gap.S, theme.Gap.M, theme.Gap.S)
        column.setSpacing(theme.Gap.S)
        column.addWidget(label(self._headline(tag), role="second", wraps=True))
        if tag.why:
            column.addLayout(self._reasons(tag.why))
        if tag.like:
            alike = self.tr("Like %Ln photo(s) you said yes to.", "", len(tag.like))
            column.addWidget(label(alike, role="second", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(theme.Gap.XS)
        name = tag.name
        if tag.state is not TagState.CONFIRMED:
            row.addWidget(
                button(self.tr("Yes"), lambda: self.answered.emit(name, True), icon="check")
            )
        if tag.state is not TagState.REJECTED:
            row.addWidget(
                button(self.tr("No"), lambda: self.answered.emit(name, False), icon="cross")
            )
        row.addStretch()
        column.addLayout(row)
        links = QHBoxLayout()
        links.setSpacing(theme.Gap.M)
        if has_heat:
            links.addWidget(
                button(self.tr("Show where"), lambda: self.heat_asked.emit(name), kind="link")
            )
        links.addWidget(
            button(self.tr("All photos with it"), lambda: self.search_asked.emit(name), kind="link")
        )
        links.addStretch()
        column.addLayout(links)

    def _headline(self, tag: TagOnPhoto) -> str:
        if tag.state is TagState.IMPORTED:
            return self.tr("Written in the file by another program.")
        if tag.state is TagState.CONFIRMED:
            return self.tr("You said yes.")
        if tag.state is TagState.REJECTED:
            return self.tr("You said no.")
        if tag.confidence is None:
            return self.tr("Suggested from what is seen in the picture.")
        share = formatting.percent(tag.confidence)
        if tag.estimated:
            # Nobody knows yet what this model's confidence is worth.
            return self.tr("About {share} sure, estimated: your answers will show.").format(
                share=share
            )
        if not tag.why:
            return self.tr("{share} sure, from the picture as a whole.").format(share=share)
        return self.tr("{share} sure, because of:").format(share=share)

    def _reasons(self, reasons: tuple[Reason, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.Gap.S)
        grid.setVerticalSpacing(theme.Gap.XS)
        grid.setColumnStretch(0, 1)
        strongest = max(abs(reason.weight) for reason in reasons) or 1.0
        for row, reason in enumerate(reasons[:_MOST_REASONS]):
            share = reason.weight / strongest
            against = share < 0
            text = self.tr("not: {reason}").format(reason=reason.text) if against else reason.text
            words_of_reason = label(text, role="second" if against else "text", wraps=True)
            words_of_reason.setAccessibleName(self._spoken(reason.text, share))
            grid.addWidget(words_of_reason, row, 0)
            grid.addWidget(_Bar(share), row, 1, Qt.AlignmentFlag.AlignVCenter)
        return grid

    def _spoken(self, text: str, share: float) -> str:
        if share < 0:
            return self.tr("{reason}: speaks against it").format(reason=text)
        if share >= _STRONG:
            return self.tr("{reason}: speaks for it, strongly").format(reason=text)
        return self.tr("{reason}: speaks for it, a little").format(reason=text)


class _Bar(QWidget):
    """How much a reason weighs: filled for, hollow against."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A short bar."""
        return QSize(64, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the bar from the beginning of the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(6.0, abs(self._share) * (self.width() - 1))
        x = self.width() - width - 0.5 if self.isRightToLeft() else 0.5
        area = QRectF(x, 1.5, width, self.height() - 3)
        painter.setPen(theme.colour("outline"))
        if self._share >= 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(area, 2.5, 2.5)
        painter.end()
