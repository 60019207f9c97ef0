"""A picture model as a card: how good, how fast here, how large, which languages, which licence, one button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from photosort.gui.base import formatting, theme
from photosort.gui.widgets.basics import button, label, tool_button
from photosort.progress import Progress

State = Literal["offered", "installed", "in_use"]
_STEPS = 5
_DOT, _DOT_GAP = 8, 4
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says.

    Attributes:
        rung: "built-in", "fast", "balanced", "multilingual", "best" or "own".
        is_larger: a weaker model of the same rung stands before it.
        quality: 1 to 5, or None where nobody measured.
        photos_per_second: on this machine, or None before it has run.
        languages: how many; `language` is the code of the first.
        commercial_use: what the licence allows; None where unknown.
    """

    rung: str
    is_larger: bool
    quality: int | None
    photos_per_second: float | None
    size_bytes: int | None
    languages: int
    language: str
    licence: str
    commercial_use: bool | None
    state: State
    is_removable: bool


class ModelCard(QFrame):
    """One card.

    Signals:
        download_asked, cancel_asked, use_asked, remove_asked: what the user wants of this model.
    """

    download_asked = Signal()
    cancel_asked = Signal()
    use_asked = Signal()
    remove_asked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._name = name
        self._state: State = "offered"
        self._busy = False
        self._title = label(size=theme.Text.LARGE, strong=True)
        self._quality = QualityDots()
        self._facts = label(role="second", wraps=True)
        self._terms = label(role="second", wraps=True)
        self._note = label(wraps=True)
        self._note.hide()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._act = button("", self._on_act)
        self._in_use = label(self.tr("In use"), strong=True)
        self._remove = tool_button(
            "remove",
            self.tr("Remove {model} from this computer").format(model=name),
            self.remove_asked.emit,
            role="text_second",
            edge_px=18,
        )
        head = QHBoxLayout()
        head.setSpacing(theme.Gap.M)
        head.addWidget(self._title)
        head.addWidget(self._quality, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        words_of_it = QVBoxLayout()
        words_of_it.setSpacing(theme.Gap.XS)
        words_of_it.addLayout(head)
        for part in (self._facts, self._terms, self._bar, self._note):
            words_of_it.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.M, theme.Gap.M)
        row.setSpacing(theme.Gap.M)
        row.addLayout(words_of_it, 1)
        for at_end in (self._remove, self._in_use, self._act):
            row.addWidget(at_end, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_row(self, card: Card) -> None:
        """Shows what is known of the model."""
        title = _rung(card.rung)
        if card.is_larger:
            title = self.tr("{kind}, larger").format(kind=title)
        self._title.setText(title)
        # The starter's title is its name.
        named = [] if card.rung == "built-in" else [self._name]
        self.setAccessibleName(", ".join([title, *named]))
        self._quality.set_quality(card.quality)
        rate = (
            self.tr("{rate} here").format(rate=formatting.rate(card.photos_per_second))
            if card.photos_per_second
            else self.tr("not measured here yet")
        )
        facts = [*named, rate]
        if card.size_bytes is not None:
            facts.append(_size(card.size_bytes))
        self._facts.setText("  \u00b7  ".join(facts))
        terms = [_languages(card)]
        if card.licence:
            terms.append(self.tr("licence {name}").format(name=card.licence))
        if card.commercial_use is False:
            terms.append(self.tr("not for commercial use"))
        self._terms.setText("  \u00b7  ".join(terms))
        self._state = card.state
        self._remove.setVisible(card.is_removable and not self._busy)
        self._show_action()

    def show_waiting(self, text: str = "") -> None:
        """Work on it has begun."""
        self._busy = True
        self._note.hide()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._say(text)
        self._show_action()

    def show_progress(self, progress: Progress) -> None:
        """Shows how far a download is; its counts are megabytes."""
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done)
        if progress.total is None:
            self._say(self.tr("Checking"))
            return
        parts = [
            self.tr("{done} of {total}").format(
                done=_size(progress.done * _MB), total=_size(progress.total * _MB)
            )
        ]
        if progress.left_s is not None:
            parts.append(formatting.time_left(progress.left_s))
        self._say("  \u00b7  ".join(parts))
        self._bar.setAccessibleName(self._note.text())

    def end_progress(self) -> None:
        """Work on it has ended; a problem that was shown stays."""
        if not self._busy:
            return
        self._busy = False
        self._bar.hide()
        self._note.hide()
        self._show_action()

    def show_problem(self, sentence: str) -> None:
        """Says why it did not work; the button tries again."""
        self._busy = False
        self._bar.hide()
        self._say(sentence)
        self._show_action()

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _show_action(self) -> None:
        texts = {
            "offered": self.tr("Download"),
            "installed": self.tr("Use"),
            "in_use": "",
        }
        is_download = self._state == "offered"
        text = self.tr("Cancel") if self._busy and is_download else texts[self._state]
        self._act.setText(text)
        self._act.setAccessibleName(f"{text}: {self._name}")
        self._act.setVisible(self._state != "in_use")
        self._act.setEnabled(is_download or not self._busy)
        self._in_use.setVisible(self._state == "in_use")

    def _on_act(self) -> None:
        if self._state == "installed":
            self.use_asked.emit()
        elif self._busy:
            self.cancel_asked.emit()
        else:
            self.download_asked.emit()


class QualityDots(QWidget):
    """How good a model is, as filled dots out of five; said in words to screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self._quality: int | None = None
        self.setFixedSize(self.sizeHint())

    def set_quality(self, quality: int | None) -> None:
        """Shows another quality; None hides the dots."""
        self._quality = quality
        self.setVisible(quality is not None)
        text = self.tr("Quality {number} of {most}").format(number=quality or 0, most=_STEPS)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all dots."""
        return QSize(_STEPS * (_DOT + _DOT_GAP) - _DOT_GAP, _DOT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the dots."""
        del event
        of = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(_STEPS):
            filled = place < (self._quality or 0)
            painter.setPen(QColor(of.accent if filled else of.outline))
            painter.setBrush(QColor(of.accent) if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(place * (_DOT + _DOT_GAP) + 0.5, 1.5, _DOT - 1, _DOT - 1))


def _rung(rung: str) -> str:
    names = {
        "built-in": QCoreApplication.translate("models", "Starter"),
        "fast": QCoreApplication.translate("models", "Fast"),
        "balanced": QCoreApplication.translate("models", "Balanced"),
        "multilingual": QCoreApplication.translate("models", "Many languages"),
        "best": QCoreApplication.translate("models", "Best"),
    }
    return names.get(rung, QCoreApplication.translate("models", "Your own"))


def _size(size_bytes: int) -> str:
    """Whole megabytes, tenths of gigabytes."""
    digits = 1 if size_bytes >= 1000 * _MB else 0
    return QLocale().formattedDataSize(size_bytes, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def _languages(card: Card) -> str:
    if card.languages == 1:
        names = {"en": QCoreApplication.translate("models", "English")}
        return names.get(card.language, QLocale(card.language).nativeLanguageName())
    # In a name of its own: lupdate overlooks the text where the number has a dot in it.
    count = card.languages
    return QCoreApplication.translate("models", "%Ln language(s)", "", count)
