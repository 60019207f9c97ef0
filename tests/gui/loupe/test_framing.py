from __future__ import annotations

import pytest

from photosort.gui.loupe.framing import LARGEST_FIT, LARGEST_SCALE, Framing

PHOTO = (6000.0, 4000.0)
VIEW = (1200.0, 700.0)


def test_a_fitted_photo_is_seen_whole_and_in_the_middle() -> None:
    framing = Framing.fit(PHOTO, VIEW)
    assert framing.scale == pytest.approx(0.175)
    assert framing.rect == pytest.approx((75, 0, 1050, 700))
    assert framing.seen == pytest.approx((0, 0, 6000, 4000))
    assert not framing.can_pan


def test_a_small_photo_is_not_blown_up_without_end() -> None:
    assert Framing.fit((100, 100), VIEW).scale == LARGEST_FIT
    assert Framing.fit((100, 100), VIEW).smallest_scale == 1.0


@pytest.mark.parametrize("at", [(300.0, 200.0), (600.0, 350.0), (900.0, 600.0)])
@pytest.mark.parametrize("scale", [0.4, 1.0, 3.0])
def test_the_point_under_the_pointer_stays(at: tuple[float, float], scale: float) -> None:
    framing = Framing.fit(PHOTO, VIEW).zoomed_to(0.35)
    held = framing.point_at(at)
    assert framing.zoomed_to(scale, at).point_at(at) == pytest.approx(held)


def test_zooming_has_ends() -> None:
    framing = Framing.fit(PHOTO, VIEW)
    assert framing.zoomed_to(100).scale == LARGEST_SCALE
    out = framing.zoomed_to(1.0).zoomed_to(0.001)
    assert out.is_fitted
    assert out == framing


def test_dragging_opens_no_gap() -> None:
    framing = Framing.fit(PHOTO, VIEW).zoomed_to(1.0)
    far = framing.moved(1e6, 1e6)
    assert far.rect[:2] == pytest.approx((0, 0))
    assert far.seen == pytest.approx((0, 0, 1200, 700))
    other = framing.moved(-1e6, -1e6)
    assert other.seen == pytest.approx((4800, 3300, 6000, 4000))


def test_what_is_wholly_seen_stays_in_the_middle() -> None:
    tall = Framing.fit((1000, 8000), VIEW).zoomed_to(0.5, (0.0, 0.0))
    assert tall.rect[0] == pytest.approx(350)
    assert tall.moved(400, 0).rect[0] == pytest.approx(350)


def test_toggling_goes_to_the_pixel_and_back() -> None:
    framing = Framing.fit(PHOTO, VIEW)
    close = framing.toggled((300.0, 200.0))
    assert close.scale == 1.0
    assert close.point_at((300.0, 200.0)) == pytest.approx(framing.point_at((300.0, 200.0)))
    assert close.toggled() == framing
    small = Framing.fit((400, 300), VIEW)
    assert small.toggled().scale > small.scale


def test_a_fitted_photo_follows_the_view_and_a_close_one_keeps_its_scale() -> None:
    framing = Framing.fit(PHOTO, VIEW)
    assert framing.in_view((600.0, 350.0)).scale == pytest.approx(framing.scale / 2)
    close = framing.zoomed_to(1.0).in_view((600.0, 350.0))
    assert close.scale == 1.0
    assert close.centre == framing.centre


def test_another_photo_is_framed_alike() -> None:
    framing = Framing.fit(PHOTO, VIEW).zoomed_to(0.7).moved(-300, 200)
    same = Framing.fit(PHOTO, VIEW).like(framing)
    assert same == framing
    half = Framing.fit((3000, 2000), VIEW).like(framing)
    assert half.scale == pytest.approx(2 * framing.scale)
    assert half.rect == pytest.approx(framing.rect)
    assert Framing.fit((3000, 2000), VIEW).like(Framing.fit(PHOTO, VIEW)).is_fitted
