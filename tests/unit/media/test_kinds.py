from __future__ import annotations

import pytest

from photosort.domain.photos import Kind, Metadata
from photosort.media.formats import Media
from photosort.media.kinds import guess_kind

PHONE = Metadata(camera_model="Pixel 7", width=1080, height=2400)
SCREEN = Metadata(width=1080, height=2400)


@pytest.mark.parametrize(
    ("relative", "metadata", "kind"),
    [
        ("2022/IMG_1234.jpg", Metadata(), Kind.PHOTO),
        ("Screenshots/x.png", Metadata(), Kind.SCREENSHOT),
        ("Pictures/Screenshot_20220430-134312.jpg", Metadata(), Kind.SCREENSHOT),
        ("Screen Shot 2022-04-30 at 13.43.12.png", Metadata(), Kind.SCREENSHOT),
        ("Bildschirmfoto 2022-04-30.png", Metadata(), Kind.SCREENSHOT),
        ("Capture d’écran 2022.png", Metadata(), Kind.SCREENSHOT),
        ("スクリーンショット 2022.png", Metadata(), Kind.SCREENSHOT),
        ("Screenshots/IMG_1.jpg", PHONE, Kind.PHOTO),
        ("a/IMG_0001.PNG", SCREEN, Kind.SCREENSHOT),
        ("a/IMG_0001.PNG", Metadata(width=2400, height=1080), Kind.SCREENSHOT),
        ("a/IMG_0001.png", PHONE, Kind.PHOTO),
        ("a/IMG_0001.jpg", SCREEN, Kind.PHOTO),
        ("a/IMG_0001.png", Metadata(width=1081, height=2400), Kind.PHOTO),
        ("a/IMG_0001.png", Metadata(), Kind.PHOTO),
        ("IMG-20220430-WA0001.jpg", Metadata(), Kind.RECEIVED),
        ("WhatsApp Images/IMG_1.jpg", PHONE, Kind.RECEIVED),
        ("Media/WhatsApp/a.jpg", Metadata(), Kind.RECEIVED),
        ("signal-2022-04-30-134312.jpg", Metadata(), Kind.RECEIVED),
        ("photo_2022-04-30_13-43-12.jpg", Metadata(), Kind.RECEIVED),
        ("Our line in the sand/a.jpg", Metadata(), Kind.PHOTO),
        ("Scans/0001.jpg", Metadata(camera_make="EPSON"), Kind.DOCUMENT),
        ("Scan_2022-04-30.png", SCREEN, Kind.DOCUMENT),
        ("scan0001.tif", Metadata(), Kind.DOCUMENT),
        ("a/receipt (2).jpg", PHONE, Kind.DOCUMENT),
        ("a/b.jpg", Metadata(software="Adobe Scan 22"), Kind.DOCUMENT),
        ("Scandinavia/fjord.jpg", Metadata(), Kind.PHOTO),
        ("a/scandal.jpg", Metadata(), Kind.PHOTO),
        ("Screenplay/1.jpg", Metadata(), Kind.PHOTO),
        ("Documents/holiday.jpg", Metadata(), Kind.PHOTO),
    ],
)
def test_kind_from_the_facts_of_the_file(relative: str, metadata: Metadata, kind: Kind) -> None:
    assert guess_kind(relative, "image", metadata) is kind


@pytest.mark.parametrize(("media", "kind"), [("video", Kind.VIDEO), ("raw", Kind.PHOTO)])
def test_kind_from_the_media(media: Media, kind: Kind) -> None:
    assert guess_kind("Screenshots/scan.x", media, Metadata()) is kind
