"""Asks whether to suggest the keywords imported from files for other photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from photosort.gui.base import formatting, theme
from photosort.gui.widgets.basics import button, label

if TYPE_CHECKING:
    from photosort.progress import Progress
    from photosort.usecases.tags.own_keywords import OwnKeywords


class KeywordsCard(QFrame):
    """One sentence and one button; hidden while the files brought no keywords, or no photo is without.

    Signals:
        suggest_asked: the keywords are to be tried, and those that pass suggested.
    """

    suggest_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._text = label(wraps=True)
        self._button = button("", self._on_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.Gap.L, theme.Gap.S, theme.Gap.S, theme.Gap.S)
        row.setSpacing(theme.Gap.M)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self.hide()

    def show_keywords(self, found: OwnKeywords) -> None:
        """Says what the files brought and offers what can be done with it."""
        self.setVisible(found.keywords > 0 and found.others > 0)
        self._button.setEnabled(True)
        brought = self.tr("You use %Ln keyword(s) on", "", found.keywords)
        sentence = self.tr("{keywords} {photos}.").format(
            keywords=brought, photos=formatting.photos(found.photos)
        )
        if found.suggested is None:
            self._text.setText(
                self.tr("{sentence} Suggest them for the other {count}?").format(
                    sentence=sentence, count=formatting.count(found.others)
                )
            )
            self._button.setText(self.tr("Suggest"))
        else:
            self._text.setText(
                self.tr(
                    "{sentence} {count} of them proved right on photos that they were not learned from, and "
                    "are suggested for others."
                ).format(sentence=sentence, count=formatting.count(found.suggested))
            )
            self._button.setText(self.tr("Try again"))

    def show_progress(self, progress: Progress) -> None:
        """Shows how many keywords were tried."""
        if progress.total:
            self._text.setText(
                self.tr("Trying your keywords, {done} of {total}").format(
                    done=formatting.count(progress.done), total=formatting.count(progress.total)
                )
            )

    def _on_asked(self) -> None:
        self._button.setEnabled(False)
        self.suggest_asked.emit()
