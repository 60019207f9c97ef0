"""Brings the window's texts up to date for Qt Linguist: `make translations`.

lupdate finds the texts, what is translated already is kept, and lrelease makes the files the window loads. English
holds only the plurals: all else is said in the source as it is. What the rooms below the window say, as a
`Sentence`, is found by its name and stands in a context of its own.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "resources" / "translations"
_TOOLS = Path(sys.executable).parent
_SOURCE = "en"
_SENTENCES = "sentences"
# Target language and its plural forms.
_LANGUAGES = {"en": ("en_US", 2), "de": ("de_DE", 2)}


def update(language: str) -> int:
    """Writes a language's .ts and .qm; returns how many texts still want a translation."""
    path = FOLDER / f"photosort_{language}.ts"
    target, forms = _LANGUAGES[language]
    known = _translations(path)
    tree = _texts(target)
    missing = 0
    for context in tree.findall("context"):
        name = context.findtext("name", "")
        for message in context.findall("message"):
            source = message.findtext("source", "")
            # lupdate overlooks the plurals of QCoreApplication.translate in Python.
            has_plural = "%n" in source or "%Ln" in source
            if not has_plural and language == _SOURCE:
                context.remove(message)
                continue
            old = known.get((name, source))
            new = message.find("translation")
            if new is not None:
                message.remove(new)
            if has_plural:
                message.set("numerus", "yes")
            if old is None:
                missing += 1
                old = _unfinished(forms if has_plural else 0)
            message.append(old)
        if context.find("message") is None:
            tree.remove(context)
    ET.indent(tree)
    text = ET.tostring(tree, encoding="unicode")
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8"
    )
    _tool("lrelease", "-silent", str(path), "-qm", str(path.with_suffix(".qm")))
    return missing


def _translations(path: Path) -> dict[tuple[str, str], ET.Element]:
    if not path.exists():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", "")): translation
        for context in ET.parse(path).getroot().findall("context")
        for message in context.findall("message")
        if (translation := message.find("translation")) is not None
        and translation.get("type") is None
    }


def _texts(target: str) -> ET.Element:
    sources = sorted(str(file) for file in (ROOT / "photosort" / "gui").rglob("*.py"))
    with tempfile.TemporaryDirectory(prefix="photosort-texts-") as folder:
        found = Path(folder) / "found.ts"
        options = ("-silent", "-locations", "none", "-source-language", "en_US")
        _tool("lupdate", *sources, *options, "-target-language", target, "-ts", str(found))
        tree = ET.parse(found).getroot()
    context = ET.SubElement(tree, "context")
    ET.SubElement(context, "name").text = _SENTENCES
    for template in sentences():
        ET.SubElement(ET.SubElement(context, "message"), "source").text = template
    return tree


def sentences() -> list[str]:
    """The templates of all sentences in the source outside of the window, in alphabetical order."""
    found: set[str] = set()
    for file in (ROOT / "photosort").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Sentence"
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    return sorted(found)


def _unfinished(forms: int) -> ET.Element:
    translation = ET.Element("translation", {"type": "unfinished"})
    for _ in range(forms):
        ET.SubElement(translation, "numerusform")
    return translation


def _tool(name: str, *arguments: str) -> None:
    subprocess.run([str(_TOOLS / f"pyside6-{name}"), *arguments], check=True)


def main() -> None:
    """Updates every language."""
    for language in _LANGUAGES:
        print(f"{language}: {update(language)} still to translate")


if __name__ == "__main__":
    main()
