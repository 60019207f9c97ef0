import pytest

from photosort.domain.photos import Kind, Metadata
from photosort.media.kinds import guess_kind

CAMERA = Metadata(camera_model="D500", exposure_s=0.01, width=1080, height=1920)


@pytest.mark.parametrize(
    ("relative", "metadata", "kind"),
    [
        ("2022/IMG_1.jpg", CAMERA, Kind.PHOTO),
        ("Screenshots/x.png", Metadata(), Kind.SCREENSHOT),
        ("Screenshot_20220430-134312.png", Metadata(), Kind.SCREENSHOT),
        ("Bildschirmfoto 2022-04-30.png", Metadata(), Kind.SCREENSHOT),
        ("x.png", Metadata(width=2532, height=1170), Kind.SCREENSHOT),
        ("x.jpg", Metadata(width=2532, height=1170), Kind.PHOTO),
        ("x.png", Metadata(width=1000, height=800), Kind.PHOTO),
        ("x.png", CAMERA, Kind.PHOTO),
        ("Screenshots/x.jpg", CAMERA, Kind.PHOTO),
        ("IMG-20220430-WA0001.jpg", Metadata(), Kind.RECEIVED),
        ("WhatsApp Images/a.jpg", Metadata(), Kind.RECEIVED),
        ("Scans/a.jpg", Metadata(), Kind.DOCUMENT),
        ("scan 12.jpg", Metadata(), Kind.DOCUMENT),
        ("scandinavia.jpg", Metadata(), Kind.PHOTO),
        ("lines/doctor.jpg", Metadata(), Kind.PHOTO),
    ],
)
def test_file_facts_decide(relative, metadata, kind):
    assert guess_kind(relative, "image", metadata) is kind


def test_videos_and_raws_are_what_they_are():
    assert guess_kind("Screenshots/a.mp4", "video", Metadata()) is Kind.VIDEO
    assert guess_kind("Screenshots/a.nef", "raw", Metadata()) is Kind.PHOTO
