"""The page of picture models: quality and speed here, and one button for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from photosort.errors import PhotosortError
from photosort.gui.base import formatting, theme
from photosort.gui.pages.page_switching import CentrePage, PageParts
from photosort.gui.widgets.basics import announce, button, label
from photosort.gui.widgets.model_card import Card, ModelCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from photosort.progress import Job, Progress
    from photosort.usecases.models.encoder_change import Upgrade
    from photosort.usecases.models.encoders import EncoderRow
    from photosort.usecases.session.session import Session

_WIDEST = 860
_MB = 1_000_000


class ModelsPage(CentrePage):
    """Cards of all picture models, how far the change to another one has come, and a place for files.

    Signals:
        model_changed: another picture model is in use; the photos wait to be upgraded.
        progressed: a download stands here (`Progress`), or has ended (None).
    """

    model_changed = Signal()
    progressed = Signal(object)

    def __init__(self, parts: PageParts, parent: QWidget | None = None) -> None:
        super().__init__(parts, parent)
        self.setAcceptDrops(True)
        self._cards: dict[str, ModelCard] = {}
        self._jobs: dict[str, Job] = {}
        self._upgrade = UpgradeLine()
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.Gap.M)
        self._drop = _ImportLine(self._choose_file)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()

    def refresh(self) -> None:
        """Reads the catalogue and the progress of the change again."""
        session = self.parts.session
        self.parts.runner.latest(
            "models", session.lanes.reads, lambda _job: _read(session), self._fill, owner=self
        )

    def stop_downloads(self) -> None:
        """Ends what is on its way; what has arrived is kept for the next time."""
        for job in self._jobs.values():
            job.cancel()

    def _build(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.L, theme.Gap.L)
        column.setSpacing(theme.Gap.M)
        column.addWidget(label(self.tr("Picture models"), theme.Text.TITLE, strong=True))
        promise = self.tr(
            "A picture model is what looks at your photos, on this computer. Better ones find more and take "
            "longer. A model is downloaded only when you ask for it; after that nothing needs the network."
        )
        column.addWidget(label(promise, role="second", wraps=True))
        column.addWidget(self._upgrade)
        column.addLayout(self._column)
        column.addWidget(self._drop)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _fill(self, found: tuple[Sequence[EncoderRow], Upgrade]) -> None:
        rows, change = found
        for name in self._cards.keys() - {row.name for row in rows}:
            card = self._cards.pop(name)
            self._column.removeWidget(card)
            card.deleteLater()
        for place, row in enumerate(rows):
            card = self._cards.get(row.name) or self._add_card(row.name)
            self._column.insertWidget(place, card)
            is_larger = row.rung in [one.rung for one in rows[:place]] and row.rung != "own"
            card.show_row(_card_of(row, is_larger=is_larger))
        self._upgrade.show_upgrade(change)

    def _add_card(self, name: str) -> ModelCard:
        card = self._cards[name] = ModelCard(name)
        card.download_asked.connect(lambda: self._download(name))
        card.cancel_asked.connect(lambda: self._cancel(name))
        card.use_asked.connect(lambda: self._use(name))
        card.remove_asked.connect(lambda: self._remove(name))
        return card

    def _download(self, name: str) -> None:
        session = self.parts.session

        def work(job: Job) -> str:
            from photosort.usecases.models import installation

            return installation.download(session, name, job=job)

        def show(progress: Progress) -> None:
            # What is told when it has ended already must not cover why it ended.
            if name in self._jobs and name in self._cards and progress.phase:
                self._cards[name].show_progress(progress)
                self.progressed.emit(progress)

        self._jobs[name] = self.parts.runner.run(
            session.lanes.models,
            work,
            lambda _name: announce(self, self.tr("{model} is ready").format(model=name)),
            owner=self,
            failed=lambda error: self._show_failure(name, error),
            finished=lambda: self._end_job(name),
        )
        self._cards[name].show_waiting()
        self.parts.runner.watch(self._jobs[name], show, owner=self)

    def _cancel(self, name: str) -> None:
        if name in self._jobs:
            self._jobs[name].cancel()

    def _end_job(self, name: str) -> None:
        self._jobs.pop(name, None)
        self.progressed.emit(None)
        if name in self._cards:
            self._cards[name].end_progress()
        self.refresh()

    def _use(self, name: str) -> None:
        session = self.parts.session

        def work(_job: Job) -> None:
            from photosort.usecases.models import encoder_change

            encoder_change.use(session, name)

        self._cards[name].show_waiting(self.tr("Loading"))
        self.parts.runner.run(
            session.lanes.models,
            work,
            lambda _none: self.model_changed.emit(),
            owner=self,
            failed=lambda error: self._show_failure(name, error),
            finished=lambda: self._end_job(name),
        )

    def _remove(self, name: str) -> None:
        session = self.parts.session

        def work(_job: Job) -> None:
            from photosort.usecases.models import installation

            installation.remove(session, name)

        self.parts.runner.run(
            session.lanes.models,
            work,
            owner=self,
            failed=lambda error: self._show_failure(name, error),
            finished=self.refresh,
        )

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a model file"),
            "",
            self.tr("Models") + " (*.safetensors *.pt *.pth *.bin)",
        )
        if path:
            self.import_from(Path(path))

    def import_from(self, path: Path) -> None:
        """Brings a model in from a file or folder."""
        session = self.parts.session

        def work(_job: Job) -> str:
            from photosort.usecases.models import installation

            return installation.import_model(session, path)

        def failed(error: Exception) -> bool:
            if isinstance(error, PhotosortError):
                said = formatting.translate(error.user_message)
                self._drop.show_problem(said)
                announce(self, said)
                return True
            return False

        self._drop.show_importing(path.name)
        self.parts.runner.run(
            session.lanes.models,
            work,
            self._drop.show_done,
            owner=self,
            failed=failed,
            finished=self.refresh,
        )

    def _show_failure(self, name: str, error: Exception) -> bool:
        if not isinstance(error, PhotosortError) or name not in self._cards:
            return False
        said = formatting.translate(error.user_message)
        self._cards[name].show_problem(said)
        announce(self, said)
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files and folders."""
        event.setAccepted(event.mimeData().hasUrls())
        self._drop.show_over(on=event.isAccepted())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Looks as before."""
        self._drop.show_over(on=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Imports what was dropped."""
        self._drop.show_over(on=False)
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.import_from(Path(paths[0]))


class UpgradeLine(QFrame):
    """How many photos the model in use has seen; hidden when that is all."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._said = label(strong=True, wraps=True)
        self._more = label(role="second", wraps=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.L, theme.Gap.M)
        column.setSpacing(theme.Gap.S)
        for part in (self._said, self._bar, self._more):
            column.addWidget(part)
        self.hide()

    def show_upgrade(self, change: Upgrade) -> None:
        """Shows where the change of model stands."""
        self.setVisible(not change.is_complete)
        if change.is_complete:
            return
        self._said.setText(
            self.tr("{done} of {total} photos upgraded to {model}").format(
                done=formatting.count(change.upgraded),
                total=formatting.count(change.seen),
                model=change.name,
            )
        )
        self._bar.setRange(0, change.seen)
        self._bar.setValue(change.upgraded)
        self._bar.setAccessibleName(self._said.text())
        if change.approximate:
            text = self.tr(
                "The others are still searched, but only approximately: the model that saw them is gone."
            )
        else:
            text = self.tr(
                "Search goes on: the others are found by the model before, and those on screen come first."
            )
        self._more.setText(text)


class _ImportLine(QFrame):
    """A place for model files, and what became of the last one."""

    def __init__(self, choose: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("surface", "drop")
        self._said = label(self._invitation(), role="second", wraps=True)
        self._choose = button(self.tr("Choose a file\u2026"), choose, icon="import")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.L, theme.Gap.M)
        row.setSpacing(theme.Gap.M)
        row.addWidget(self._said, 1)
        row.addWidget(self._choose)

    def show_over(self, *, on: bool) -> None:
        """Something that can be dropped is held above the page."""
        theme.set_look(self, "over", "yes" if on else "no")

    def show_importing(self, name: str) -> None:
        """A file is being read."""
        self._say(self.tr("Reading {file}\u2026").format(file=name), role="second")
        self._choose.setEnabled(False)

    def show_done(self, name: str) -> None:
        """It is a model now."""
        self._say(self.tr("{model} is ready; its card is above.").format(model=name), role="text")
        self._choose.setEnabled(True)

    def show_problem(self, sentence: str) -> None:
        """It cannot be used."""
        self._say(sentence, role="text")
        self._choose.setEnabled(True)

    def _say(self, text: str, *, role: str) -> None:
        self._said.setText(text)
        theme.set_text(self._said, theme.Text.BODY, role=role)

    def _invitation(self) -> str:
        return self.tr(
            "No network here? Drop a model file (.safetensors) or its folder on this page."
        )


def _read(session: Session) -> tuple[list[EncoderRow], Upgrade]:
    from photosort.usecases.models import encoder_change, encoders

    return encoders.catalogue(session), encoder_change.upgrade(session)


def _card_of(row: EncoderRow, *, is_larger: bool) -> Card:
    return Card(
        rung=row.rung,
        is_larger=is_larger,
        quality=row.quality,
        photos_per_second=row.photos_per_second,
        size_bytes=None if row.size_mb is None else round(row.size_mb * _MB),
        languages=len(row.languages),
        language=row.languages[0] if row.languages else "",
        licence=row.licence or "",
        commercial_use=row.commercial_use,
        state="in_use" if row.in_use else "installed" if row.installed else "offered",
        is_removable=row.installed and not row.in_use and row.rung != "built-in",
    )
