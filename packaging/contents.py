"""What lies in a bundle: whose it is, why it is there, under which licence, and what it weighs.

Every file is traced to the Python package, Debian package or tool that it came from. A component without a licence that
goes together with GPL-3.0-or-later, without a notice, or without a reason stops the build.
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import sysconfig
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import yaml
from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as BomComponent
from cyclonedx.model.component import ComponentType
from cyclonedx.output.json import JsonV1Dot6
from license_expression import get_spdx_licensing
from packageurl import PackageURL

HERE = Path(__file__).parent
KNOWN = HERE / "components.yaml"
COMMON_LICENCES = Path("/usr/share/common-licenses")
_NOTICE_NAMES = ("licen", "copying", "notice", "copyright", "authors")
# Their terms allow passing them on inside a GPL-3.0-or-later program.
COMPATIBLE = frozenset(
    [
        "0BSD",
        "AFL-2.1",
        "Beerware",
        "CC-BY-2.0",
        "LicenseRef-scancode-public-domain",
        "LicenseRef-scancode-wordnet",
        "Apache-2.0",
        "Artistic-2.0",
        "BSD-1-Clause",
        "BSD-2-Clause",
        "BSD-2-Clause-Patent",
        "BSD-3-Clause",
        "BSD-4-Clause-UC",
        "BSD-Source-Code",
        "BSL-1.0",
        "CC0-1.0",
        "CC-BY-4.0",
        "CC-BY-SA-4.0",
        "curl",
        "FTL",
        "GPL-2.0-or-later",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "HPND",
        "HPND-sell-variant",
        "IJG",
        "ISC",
        "JasPer-2.0",
        "LGPL-2.0-or-later",
        "LGPL-2.1-only",
        "LGPL-2.1-or-later",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
        "libpng",
        "libpng-2.0",
        "libtiff",
        "MIT",
        "MIT-CMU",
        "MIT-Modern-Variant",
        "MPL-2.0",
        "NCSA",
        "OFL-1.1",
        "PSF-2.0",
        "Python-2.0",
        "Unicode-3.0",
        "Unlicense",
        "X11",
        "Zlib",
        "bzip2-1.0.6",
        "blessing",
    ]
)
# Of what is neither a Python nor a Debian package; the photos have none.
_VERSIONS = {"Python": platform.python_version(), "PyInstaller": metadata.version("pyinstaller")}
# Exceptions only give further rights.
EXCEPTIONS = frozenset(["GCC-exception-3.1", "Bootloader-exception", "LLVM-exception"])


@dataclass(slots=True)
class Component:
    """A part of the bundle that somebody made.

    Attributes:
        name, version: as its makers call it.
        origin: "pypi", "deb" or "generic", the kind of package address.
        licence: SPDX expression.
        reason: why it is inside.
        notices: files with licence texts and copyright notices.
        size_bytes: what it weighs in the bundle, unpacked.
    """

    name: str
    version: str
    origin: str
    licence: str
    reason: str
    notices: list[Path] = field(default_factory=list)
    size_bytes: int = 0


class Unfit(Exception):
    """Something inside must not be passed on as it is."""


def read(listed: Path, bundle: Path) -> list[Component]:
    """Traces every file of a bundle to its component.

    Args:
        listed: what the spec wrote: [target, source, kind] of each file and module.
        bundle: the folder that was made of it.

    Raises:
        Unfit: files whose origin is unknown, or components without licence or reason.
    """
    known = yaml.safe_load(KNOWN.read_text("utf-8"))
    owners = _Owners()
    entries = json.loads(listed.read_text("utf-8"))
    sources = {target: source for target, source, kind in entries if kind != "SYMLINK" and source}
    found: dict[tuple[str, str], Component] = {}
    weights: dict[tuple[str, str], int] = defaultdict(int)
    problems = []
    internal = bundle / "_internal"
    owners.learn_debian(source for source in sources.values())
    for target, source in sources.items():
        key = owners.of(source, target)
        if key is None:
            problems.append(f"{target} comes from {source}, which belongs to no package")
            continue
        path = internal / target
        weights[key] += path.stat().st_size if path.is_file() and not path.is_symlink() else 0
    demonstration = internal / "photosort" / "resources" / "demonstration"
    weights["generic", "Demonstration photos"] += round(size_mb(demonstration) * 1e6)
    weights["generic", "PyInstaller"] += sum(
        path.stat().st_size for path in bundle.iterdir() if path.is_file()
    )
    for origin, name in sorted(weights, key=lambda key: (key[1].lower(), key[0])):
        facts = known.get(origin, {}).get(name, {})
        try:
            part = owners.component(origin, name, facts)
        except Unfit as problem:
            problems.append(str(problem))
            continue
        part.size_bytes = weights[origin, name]
        found[origin, name] = part
    problems += _add_libraries(found, internal, known["libraries"])
    if problems:
        raise Unfit("\n".join(problems))
    return list(found.values())


def write_notices(parts: list[Component], target: Path, *, may_restrict: bool = False) -> None:
    """Collects every notice into a folder, and a list of all components for the window.

    Args:
        parts: the components.
        target: the folder, made anew.
        may_restrict: whether components that must not be passed on are let through, for packages that somebody
            builds for their own machine.

    Raises:
        Unfit: a notice is missing, or a licence does not go together with ours.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    problems = []
    for part in parts:
        if not may_restrict and not is_compatible(part.licence):
            problems.append(
                f"{part.name}: {part.licence} does not go together with GPL-3.0-or-later"
            )
        if not part.notices:
            problems.append(f"{part.name} {part.version}: no notice was found")
        texts = [path.read_text("utf-8", "replace") for path in part.notices]
        name = part.name.replace("/", "-").replace(" ", "-")
        (target / f"{name}.txt").write_text(
            f"{part.name} {part.version}\n{part.licence}\n\n" + "\n\n".join(texts), "utf-8"
        )
    if problems:
        raise Unfit("\n".join(problems))
    listed = [{"name": p.name, "version": p.version, "licence": p.licence} for p in parts]
    (target / "components.json").write_text(json.dumps(listed, indent=1), "utf-8")


def is_compatible(expression: str) -> bool:
    """Whether something under this SPDX expression may be passed on inside Photosort.

    Of alternatives one is enough; of what holds together, all.
    """
    parsed = get_spdx_licensing().parse(expression, validate=True)
    return bool(_holds(parsed))


def bill_of_materials(parts: list[Component], epoch_s: int) -> str:
    """CycloneDX of the bundle, as JSON, the same for the same parts."""
    import uuid

    import photosort

    licences = LicenseFactory()
    bom = Bom()
    bom.serial_number = uuid.uuid5(
        uuid.NAMESPACE_URL, f"photosort {photosort.__version__} {epoch_s}"
    )
    bom.metadata.timestamp = datetime.fromtimestamp(epoch_s, UTC)
    bom.metadata.component = BomComponent(
        name="photosort",
        version=photosort.__version__,
        type=ComponentType.APPLICATION,
        bom_ref="photosort",
        licenses=[licences.make_from_string("GPL-3.0-or-later")],
    )
    for part in parts:
        if part.name == "photosort":
            continue
        address = PackageURL(
            part.origin, "debian" if part.origin == "deb" else None, part.name, part.version
        )
        bom.components.add(
            BomComponent(
                name=part.name,
                version=part.version,
                type=ComponentType.LIBRARY,
                bom_ref=str(address),
                purl=address,
                description=part.reason,
                licenses=[licences.make_from_string(part.licence)],
            )
        )
    bom.register_dependency(bom.metadata.component, list(bom.components))
    return JsonV1Dot6(bom).output_as_string(indent=1)


def inventory(parts: list[Component], bundle: Path) -> str:
    """What is inside, the heaviest first, with its size and the reason: a Markdown table."""
    lines = ["| component | MB | licence | why it is inside |", "|---|---|---|---|"]
    listed = 0.0
    for part in sorted(parts, key=lambda part: -part.size_bytes):
        listed += part.size_bytes
        size = f"{part.size_bytes / 1e6:.1f}"
        lines.append(f"| {part.name} {part.version} | {size} | {part.licence} | {part.reason} |")
    lines.append(f"| all, with what links to it | {size_mb(bundle):.1f} | | |")
    return "\n".join(lines) + "\n"


def size_mb(path: Path) -> float:
    """Weight of a file, or of all files below a folder, in MB."""
    files = [path] if path.is_file() else path.rglob("*")
    return sum(p.lstat().st_size for p in files if p.is_file() and not p.is_symlink()) / 1e6


class _Owners:
    """Whose a file on this machine is."""

    def __init__(self) -> None:
        self._distributions = {d.name: d for d in metadata.distributions()}
        self._by_path = {
            str(Path(distribution.locate_file(file)).resolve()): name
            for name, distribution in self._distributions.items()
            for file in distribution.files or ()
        }
        self._debian: dict[str, str] = {}

    def learn_debian(self, sources: Iterable[str]) -> None:
        """Asks once for all files of the system which Debian packages they belong to."""
        paths = [
            path
            for source in sources
            if (path := Path(source).resolve()).is_relative_to("/usr/lib")
        ]
        # A system that moved /lib below /usr lists its files under either name.
        names = [name for path in paths for name in (str(path), str(path).removeprefix("/usr"))]
        for line in _told("dpkg-query", "--search", *names).splitlines():
            package, _, name = line.rpartition(": ")
            self._debian[name] = package.partition(":")[0]

    def of(self, source: str, target: str) -> tuple[str, str] | None:
        """Origin and name of the component a file belongs to, or None."""
        path = Path(source).resolve()
        if target.endswith(".pyc"):
            # Compiled on the way: what it was compiled from lies under the same name.
            places = (sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"))
            texts = (Path(place, target).with_suffix(".py") for place in places)
            path = next((text.resolve() for text in texts if text.exists()), path)
        name = self._by_path.get(str(path))
        if name is not None:
            return ("pypi", name)
        if path.is_relative_to(HERE.parent):
            return ("pypi", "photosort")
        if path.name == "base_library.zip" or path.is_relative_to(sys.base_prefix):
            return ("generic", "Python")
        if (
            target.startswith("_pyi_rth")
            or "PyInstaller" in path.parts
            or "_pyinstaller_hooks_contrib" in path.parts
        ):
            return ("generic", "PyInstaller")
        package = self._debian.get(str(path)) or self._debian.get(str(path).removeprefix("/usr"))
        return None if package is None else ("deb", package)

    def component(self, origin: str, name: str, facts: dict[str, str]) -> Component:
        """A component with what is known of it.

        Raises:
            Unfit: licence or reason is missing.
        """
        notices: list[Path] = []
        if origin == "pypi":
            distribution = self._distributions[name]
            version = distribution.version
            licence = facts.get("licence") or distribution.metadata.get("License-Expression", "")
            notices = _notices_of(distribution)
        elif origin == "deb":
            version = _told("dpkg-query", "--show", "--showformat=${Version}", name)
            licence = facts.get("licence", "")
            document = Path("/usr/share/doc") / name / "copyright"
            notices = [document] if document.exists() else []
        else:
            version = _VERSIONS.get(name, "")
            licence = facts.get("licence", "")
        notices += [_known_notice(name) for name in facts.get("notices", ())]
        if not licence:
            raise Unfit(f"{origin}: {name} {version}: no licence is known; say it in {KNOWN.name}")
        if not facts.get("reason"):
            raise Unfit(f"{origin}: {name} {version}: no reason is given in {KNOWN.name}")
        return Component(name, version, origin, licence, facts["reason"], notices)


def _add_libraries(
    found: dict[tuple[str, str], Component], internal: Path, known: dict[str, dict[str, str]]
) -> list[str]:
    """Native libraries that wheels carry beside their own code, each a component; returns what is unknown."""
    problems = []
    for folder in sorted(internal.glob("*.libs")):
        package = folder.name.removesuffix(".libs")
        for path in sorted(folder.iterdir()):
            if path.is_symlink():
                continue
            stem = path.name.split(".so")[0].rpartition("-")[0] or path.name.split(".so")[0]
            stem = stem.split("-")[0].split(".")[0].rstrip("_")
            facts = known.get(stem)
            if facts is None:
                problems.append(
                    f"{path.relative_to(internal)}: no licence is known; say it in {KNOWN.name}"
                )
                continue
            notices = [_known_notice(name) for name in facts.get("notices", ())]
            wheel = next((part for (_, name), part in found.items() if _same(name, package)), None)
            part = found.setdefault(
                ("generic", f"{stem} in {package}"),
                Component(
                    f"{stem} in {package}", wheel.version if wheel else "", "generic",
                    facts["licence"], f"{facts['reason']}, for {package}", notices + (wheel.notices if wheel else []),
                ),
            )  # fmt: skip
            part.size_bytes += path.stat().st_size
            if wheel is not None:
                wheel.size_bytes -= path.stat().st_size
    return problems


def _same(one: str, other: str) -> bool:
    return one.lower().replace("-", "_") == other.lower().replace("-", "_")


def _notices_of(distribution: metadata.Distribution) -> list[Path]:
    found = []
    for file in distribution.files or ():
        name = file.name.lower()
        is_notice = any(word in name for word in _NOTICE_NAMES) or "licenses" in file.parts
        if is_notice and file.suffix not in {".py", ".pyc", ".h", ".so", ".json"}:
            path = Path(distribution.locate_file(file))
            if path.is_file():
                found.append(path)
    return sorted(found)


def _known_notice(name: str) -> Path:
    own = HERE / "licences" / name
    path = own if own.exists() else COMMON_LICENCES / name
    if not path.exists():
        raise Unfit(f"the text of {name} is neither in {own.parent} nor in {COMMON_LICENCES}")
    return path


def _holds(parsed: object) -> bool:
    operator = getattr(parsed, "operator", "").strip()
    arguments = getattr(parsed, "args", ())
    if operator == "OR":
        return any(_holds(argument) for argument in arguments)
    if operator == "AND":
        return all(_holds(argument) for argument in arguments)
    key = str(parsed)
    if " WITH " in key:
        licence, _, exception = key.partition(" WITH ")
        return licence in COMPATIBLE | {"GPL-2.0-only"} and exception in EXCEPTIONS
    return key in COMPATIBLE


def _told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
