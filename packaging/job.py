"""What one build of the packages is about: the build of torch inside, its folders, its time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import photosort


@dataclass(frozen=True, slots=True)
class Job:
    """One build.

    Attributes:
        flavour: "cpu" or "cuda", the build of torch inside.
        work: folder of what the build makes on its way.
        out: folder of the finished packages.
        epoch_s: the time that all files of the packages carry.
    """

    flavour: str
    work: Path
    out: Path
    epoch_s: int

    @property
    def bundle(self) -> Path:
        """The folder with both programs."""
        return self.work / "bundle" / "photosort"

    @property
    def resources(self) -> Path:
        """The bundle's copy of `resources/`."""
        return self.bundle / "_internal" / "photosort" / "resources"

    @property
    def stem(self) -> str:
        """What the packages are called before their endings."""
        flavour = "" if self.flavour == "cpu" else f"-{self.flavour}"
        return f"photosort{flavour}_{photosort.__version__}"
