"""The pictures of the documentation: each made by the script, shown somewhere, described, and all of them small."""

import re
from pathlib import Path

from tools.screenshots.pictures import KEPT

ROOT = Path(__file__).parents[3]
IMAGES = ROOT / "docs" / "images"
PAGES = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_MOST_BYTES = 12_000_000


def shown():
    for page in PAGES:
        for words, target in _PICTURE.findall(page.read_text("utf-8")):
            if not target.startswith("http"):
                yield words, (page.parent / target).resolve()


def test_every_picture_is_shown_and_described():
    used = list(shown())
    assert {path for _, path in used} == {path.resolve() for path in IMAGES.iterdir()}
    assert [str(path) for words, path in used if len(words) < 12] == []


def test_the_script_makes_these_pictures_and_no_others():
    made = {
        f"{name}-{scheme}{'' if scale == 1 else f'@{scale}x'}.webp"
        for scale, pictures in KEPT.items()
        for name, schemes in pictures.items()
        for scheme in schemes
    }
    assert made == {path.name for path in IMAGES.iterdir()}


def test_they_are_small_enough_for_a_repository():
    assert sum(path.stat().st_size for path in IMAGES.iterdir()) < _MOST_BYTES
