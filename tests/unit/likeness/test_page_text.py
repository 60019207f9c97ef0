"""Pages that say different things are told apart, and copies of one page are not."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from photosort.likeness.page_text import READING_PX, have_same_text, is_paper, tone

SIZE = (850, 1100)
WORDS = [
    "Family",
    "name",
    "Given",
    "name",
    "Street",
    "and",
    "number",
    "Town",
    "Country",
    "Date",
    "of",
    "birth",
    "Signature",
]


def page(name: str, *, ink: int = 20, paper: int = 250) -> Image.Image:
    """A form with a name filled in."""
    drawn = Image.new("L", SIZE, paper)
    draw = ImageDraw.Draw(drawn)
    font = ImageFont.load_default(22)
    for row in range(30):
        words = " ".join(WORDS[(row + word) % len(WORDS)] for word in range(6))
        draw.text((60, 40 + 34 * row), words, fill=ink, font=font)
        draw.line((60, 68 + 34 * row, 790, 68 + 34 * row), fill=(ink + paper) // 2)
    draw.text((620, 40 + 34 * 12), name, fill=ink, font=font)
    return drawn


def pixels(picture: Image.Image, size: tuple[int, int] = SIZE) -> NDArray[np.uint8]:
    return np.array(picture.resize(size, Image.Resampling.BOX))


def copied(picture: Image.Image, *, quality: int, scale: float) -> Image.Image:
    width, height = (round(edge * scale) for edge in picture.size)
    stream = io.BytesIO()
    picture.resize((width, height), Image.Resampling.LANCZOS).save(stream, "JPEG", quality=quality)
    return Image.open(stream)


@pytest.mark.parametrize("ink_on_paper", [(20, 250), (230, 25)])
@pytest.mark.parametrize(
    ("one", "other"), [("Anna", "Bert"), ("4", "7"), ("17.80", "17.30"), ("", "x")]
)
def test_another_word_is_another_page(one: str, other: str, ink_on_paper: tuple[int, int]) -> None:
    ink, paper = ink_on_paper
    first, second = (page(name, ink=ink, paper=paper) for name in (one, other))
    assert not have_same_text(pixels(first), pixels(copied(second, quality=85, scale=1.0)))


@pytest.mark.parametrize(("quality", "scale"), [(40, 1.0), (75, 0.5), (85, 0.7), (85, 1.5)])
def test_a_copy_says_the_same(quality: int, scale: float) -> None:
    first = page("Anna")
    second = copied(first, quality=quality, scale=scale)
    size = min(first.size, second.size)
    assert max(size) <= READING_PX
    if max(size) < 600:
        size = (600, 776)
    assert have_same_text(pixels(first, size), pixels(second, size))


def test_what_nobody_can_read_does_not_differ() -> None:
    small = (200, 259)
    assert have_same_text(pixels(page("Anna"), small), pixels(page("Bert"), small))


def test_pages_are_told_from_photos() -> None:
    small = (99, 128)
    assert is_paper(pixels(page("Anna"), small))
    dark = pixels(page("Anna", ink=230, paper=25), small)
    assert tone(dark) is not None
    assert not is_paper(dark)
    rng = np.random.default_rng(3)
    photo = Image.fromarray(rng.uniform(0, 255, (6, 6)).astype(np.uint8)).resize((128, 96), 3)
    assert tone(np.array(photo)) is None
