"""Asks for a name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button, label

_LONGEST = 200


class NameDialog(Dialog):
    """One line to fill in; a blank name cannot be given.

    Signals:
        named: the name (str), without blanks around it.
    """

    named = Signal(str)

    def __init__(
        self,
        title: str,
        verb: str,
        *,
        name: str = "",
        about: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Prepares the dialog.

        Args:
            title: what is named ("New album").
            verb: what the button does ("Make").
            name: what stands in the line at first.
            about: a quiet sentence below the heading, or "".
            parent: as usual in Qt.
        """
        super().__init__(title, width=400, parent=parent)
        if about:
            self.body.addWidget(label(about, role="second", wraps=True))
        self._line = QLineEdit(name)
        self._line.setMaxLength(_LONGEST)
        self._line.setAccessibleName(self.tr("Name"))
        self._line.setPlaceholderText(self.tr("Name"))
        self._line.selectAll()
        self.body.addWidget(self._line)
        self._give = button(verb, self.accept, kind="primary")
        self._give.setDefault(True)
        self.add_buttons(button(self.tr("Cancel"), self.reject), self._give)
        self._line.textChanged.connect(self._on_text)
        self._on_text()
        self._line.setFocus()
        self.accepted.connect(lambda: self.named.emit(self._line.text().strip()))

    def _on_text(self) -> None:
        self._give.setEnabled(bool(self._line.text().strip()))


def ask_name(
    above: QWidget,
    title: str,
    verb: str,
    then: Callable[[str], object],
    *,
    name: str = "",
    about: str = "",
) -> None:
    """Opens a dialog for a name above a widget; `then` gets the name, if one is given.

    Args:
        above: whose window it belongs to.
        title: as for `NameDialog`, like the others.
        verb: what the button does.
        then: what happens with the name.
        name: what stands in the line at first.
        about: a quiet sentence.
    """
    dialog = NameDialog(title, verb, name=name, about=about, parent=above)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.named.connect(then)
    dialog.open()
