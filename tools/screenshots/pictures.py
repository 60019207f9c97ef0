"""The pictures that the documentation has, and which of them one run takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

SCHEMES = ("light", "dark")
_BOTH, _LIGHT, _DARK = ("light", "dark"), ("light",), ("dark",)
# The pictures that the documentation has, by scale.
KEPT: dict[int, dict[str, tuple[str, ...]]] = {
    1: {
        "welcome": _LIGHT,
        "reading": _LIGHT,
        "first-card": _LIGHT,
        "several": _LIGHT,
        "tag-why": _LIGHT,
        "tag-rejected": _LIGHT,
        "tag-undone": _LIGHT,
        "search": _LIGHT,
        "search-why": _LIGHT,
        "search-nothing": _LIGHT,
        "search-alike": _LIGHT,
        "search-ghosts": _LIGHT,
        "search-completion": _LIGHT,
        "search-recent": _LIGHT,
        "search-save": _LIGHT,
        "search-filters": _BOTH,
        "loupe": _DARK,
        "loupe-information": _DARK,
        "loupe-histogram": _DARK,
        "loupe-where": _DARK,
        "slideshow": _DARK,
        "compare": _DARK,
        "stack": _LIGHT,
        "review": _LIGHT,
        "review-answered": _DARK,
        "tags": _LIGHT,
        "tag-many": _LIGHT,
        "albums-none": _LIGHT,
        "albums": _LIGHT,
        "album": _LIGHT,
        "albums-events": _LIGHT,
        "albums-places": _LIGHT,
        "albums-own": _LIGHT,
        "albums-suggestion": _LIGHT,
        "duplicates": _LIGHT,
        "places": _LIGHT,
        "places-tray": _DARK,
        "map": _DARK,
        "map-near": _LIGHT,
        "models": _LIGHT,
        "models-download": _LIGHT,
        "models-failed": _DARK,
        "models-import": _LIGHT,
        "models-upgrade": _LIGHT,
        "problems": _LIGHT,
        "problems-none": _LIGHT,
        "export": _LIGHT,
        "import": _LIGHT,
        "preferences-folders": _LIGHT,
        "preferences-look": _DARK,
        "keys": _LIGHT,
        "menu-photo": _LIGHT,
    },
    2: {"photos": _BOTH, "search": _LIGHT, "albums": _DARK},
}


@dataclass(frozen=True, slots=True)
class PictureSet:
    """Which pictures one run takes, and where they go.

    Attributes:
        folder: of the pictures.
        suffix: of their files: ".webp" for the documentation, ".png" to look at every pixel.
        scale_mark: stands behind the scheme in their names ("@2x").
        kept: names of the pictures to take, with their schemes; None = all.
        schemes: of all pictures where `kept` does not say which.
        only: prefixes of the names that are taken; empty = all.
        taken: the files that were written.
    """

    folder: Path
    suffix: str = ".webp"
    scale_mark: str = ""
    kept: dict[str, tuple[str, ...]] | None = None
    schemes: tuple[str, ...] = SCHEMES
    only: tuple[str, ...] = ()
    taken: list[Path] = field(default_factory=list)

    def schemes_of(self, name: str) -> Sequence[str]:
        """The schemes in which a picture is taken."""
        if self.only and not name.startswith(self.only):
            return ()
        return self.schemes if self.kept is None else self.kept.get(name, ())

    def wants_any(self, *names: str) -> bool:
        """Whether a journey with these pictures must run."""
        return any(self.schemes_of(name) for name in names)

    def path(self, name: str, scheme: str) -> Path:
        """Where a picture goes."""
        return self.folder / f"{name}-{scheme}{self.scale_mark}{self.suffix}"
