"""Downloads a model of the catalogue as a whole: all its files, checked, or nothing."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from photosort.embed.hub import transfer
from photosort.embed.hub.transfer import FileMissing, fetch
from photosort.embed.model_folder import (
    WEIGHT_SUFFIXES,
    About,
    incoming_folder,
    put_in_place,
    read_about,
)
from photosort.errors import ModelUnavailable
from photosort.file_lock import hold
from photosort.progress import Job, Meter, Progress
from photosort.sentences import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from photosort.embed.hub.offers import Offer
    from photosort.embed.hub.transfer import Fetched

HUB = "https://huggingface.co"
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Hub:
    """Where models come from.

    Attributes:
        url: the hub's address, without the slash at its end.
        timeout_s: silence that counts as a broken connection.
        pause_share: length of the pauses after broken connections; 0 = none.
    """

    url: str = HUB
    timeout_s: float = transfer.TIMEOUT_S
    pause_share: float = 1.0

    @classmethod
    def from_environment(cls) -> Hub:
        """The hub, or the mirror of it that `PHOTOSORT_HUB` names."""
        return cls(os.environ.get("PHOTOSORT_HUB", HUB).rstrip("/"))

    def address(self, repo: str, file: str) -> str:
        """Where a file of a model is."""
        return f"{self.url}/{quote(repo)}/resolve/main/{quote(file)}"


def download(offer: Offer, models_dir: Path, *, job: Job, hub: Hub) -> Path:
    """Downloads a model into the models folder, where it appears only when it is whole.

    Args:
        offer: a row of the catalogue.
        models_dir: folder of downloaded and imported models.
        job: progress in megabytes; a cancel keeps what has arrived for the next time.
        hub: where it comes from.

    Returns:
        The model's folder.

    Raises:
        JobCancelled: cancelled.
        EnvironmentProblem: the network, the hub or the disk failed, or another download of it is running.
        ModelUnavailable: what the hub has is not the model that the catalogue promises.
    """
    incoming = incoming_folder(models_dir, offer.name)
    incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = incoming.with_name(offer.name + ".lock")
    with hold(lock, Sentence("downloading {name}", name=offer.name)):
        return _download(offer, models_dir, incoming, job, hub)


def _download(offer: Offer, models_dir: Path, incoming: Path, job: Job, hub: Hub) -> Path:
    # Imports torch, which nobody needs who only looks at the catalogue.
    from photosort.embed.hub.checkpoints import check_folder

    known = read_about(models_dir / offer.name)
    fetched: dict[str, Fetched] = {}
    meter = _Megabytes(offer, job)
    # Weights last: what is whole is fetched again after an interruption, and the others are small.
    for file in sorted(offer.files, key=lambda one: one.name.endswith(WEIGHT_SUFFIXES)):
        target = incoming / file.name
        recorded = known.sha256.get(file.name) if known is not None else None
        try:
            fetched[file.name] = fetch(
                hub.address(offer.repo, file.name),
                target,
                size_bytes=file.size_bytes,
                sha256=file.sha256 or recorded,
                check=job.check,
                arrived=meter.show,
                wait=lambda seconds: job.wait(seconds * hub.pause_share),
                timeout_s=hub.timeout_s,
            )
        except FileMissing:
            if file.needed:
                raise
        meter.next_file()
    job.progress = Progress(Sentence("Checking the picture model"))
    try:
        check_folder(incoming, architecture=offer.architecture)
    except ModelUnavailable:
        shutil.rmtree(incoming)
        raise
    commits = {one.commit for one in fetched.values()}
    about = About(
        licence=offer.licence,
        languages=offer.languages,
        source=f"{hub.url}/{offer.repo}",
        commit=commits.pop() if len(commits) == 1 else "",
        sha256={name: one.sha256 for name, one in fetched.items()},
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return put_in_place(incoming, models_dir / offer.name, about)


class _Megabytes:
    """Shows what has arrived of all files together."""

    def __init__(self, offer: Offer, job: Job) -> None:
        self._offer = offer
        self._job = job
        self._meter = Meter()
        self._before = 0
        self._now = 0

    def show(self, done: int, total: int | None) -> None:
        """Of the file that is on its way."""
        self._now = done
        arrived = self._before + done
        whole = max(self._offer.size_mb * _MB, self._before + (total or 0))
        rate = self._meter.rate(arrived)
        self._job.progress = Progress(
            Sentence("Downloading {model} (MB)", model=self._offer.name),
            int(arrived / _MB),
            int(whole / _MB),
            rate_per_s=None if rate is None else rate / _MB,
            left_s=Meter.left_s(arrived, int(whole), rate),
        )

    def next_file(self) -> None:
        """The file on its way has arrived."""
        self._before += self._now
        self._now = 0
