"""Stars, pick and discard of the photo in the loupe."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from photosort.domain.photos import Flag
from photosort.gui.base import theme
from photosort.gui.loupe.dark_buttons import dark_button, dark_icon

MOST_STARS = 5


class MarksBar(QWidget):
    """Five stars and two flags; what is clicked is only told, never kept.

    Signals:
        rating_chosen: 0 to 5 stars; the star that is set already takes the rating away.
        flag_chosen: `Flag`, or None to take the mark away.
    """

    rating_chosen = Signal(int)
    flag_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating = 0
        self._flag: Flag | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self._stars: list[QToolButton] = []
        for stars in range(1, MOST_STARS + 1):
            name = self.tr("%n star(s)", "", stars)
            button = dark_button("star", name, hint=str(stars), checkable=True)
            theme.set_look(button, "dense", "yes")
            theme.set_look(button, "kind", "star")
            button.clicked.connect(partial(self._on_star, stars))
            self._stars.append(button)
            line.addWidget(button)
        line.addSpacing(theme.Gap.S)
        self._pick = dark_button("pick", self.tr("Pick"), hint="P", checkable=True)
        self._discard = dark_button("discard", self.tr("Discard"), hint="X", checkable=True)
        self._pick.clicked.connect(partial(self._on_flag, Flag.PICK))
        self._discard.clicked.connect(partial(self._on_flag, Flag.DISCARD))
        line.addWidget(self._pick)
        line.addWidget(self._discard)
        self.set_marks(0, None)

    def set_marks(self, rating: int, flag: Flag | None) -> None:
        """Shows what holds now."""
        self._rating, self._flag = rating, flag
        for place, button in enumerate(self._stars, start=1):
            filled = place <= rating
            button.setIcon(dark_icon("star-filled" if filled else "star"))
            button.setChecked(place == rating)
        self._pick.setIcon(dark_icon("pick-filled" if flag is Flag.PICK else "pick"))
        self._pick.setChecked(flag is Flag.PICK)
        self._discard.setChecked(flag is Flag.DISCARD)

    def _on_star(self, stars: int) -> None:
        chosen = 0 if stars == self._rating else stars
        self.set_marks(self._rating, self._flag)
        self.rating_chosen.emit(chosen)

    def _on_flag(self, flag: Flag) -> None:
        chosen = None if flag is self._flag else flag
        self.set_marks(self._rating, self._flag)
        self.flag_chosen.emit(chosen)
