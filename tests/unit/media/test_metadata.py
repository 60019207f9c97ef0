from __future__ import annotations

import io
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from photosort.domain.photos import Flag, Metadata, PersonRegion, Source
from photosort.media import tags
from photosort.media.metadata import from_xmp, merge, read_metadata
from photosort.media.texts import iptc_texts

Write = Callable[..., Path]


def test_date_of_exif_with_offset_and_fraction(write_tags: Write) -> None:
    said = read_metadata(
        write_tags(
            {
                "Exif.Photo.DateTimeOriginal": "2022:05:15 18:42:07",
                "Exif.Photo.SubSecTimeOriginal": "12",
                "Exif.Photo.OffsetTimeOriginal": "-03:30",
                "Exif.Image.DateTime": "2024:01:01 00:00:00",
                "Xmp.photoshop.DateCreated": "2001-01-01",
            }
        )
    )
    assert (said.taken_at, said.offset_min, said.taken_source) == (
        "2022-05-15T18:42:07.120",
        -210,
        Source.EXIF,
    )


def test_date_falls_back_to_xmp_then_iptc_then_last_change(write_tags: Write) -> None:
    change = {"Exif.Image.DateTime": "2024:01:01 00:00:00"}
    iptc = {
        "Iptc.Application2.DateCreated": "2003-02-01",
        "Iptc.Application2.TimeCreated": "10:20:30+02:00",
    }
    xmp = {"Xmp.photoshop.DateCreated": "2002-02-01T03:04:05+01:00"}
    bad = {"Exif.Photo.DateTimeOriginal": "0000:00:00 00:00:00"}
    said = [
        read_metadata(write_tags(v)) for v in (change, change | iptc, change | iptc | xmp | bad)
    ]
    assert [(s.taken_at, s.offset_min, s.taken_source) for s in said] == [
        ("2024-01-01T00:00:00", None, Source.DIGITIZED),
        ("2003-02-01T10:20:30", 120, Source.IPTC),
        ("2002-02-01T03:04:05", 60, Source.XMP),
    ]


@pytest.mark.parametrize(
    ("values", "taken_at", "source"),
    [
        ({"Xmp.photoshop.DateCreated": "1985"}, "1985", Source.XMP),
        (
            {"Xmp.photoshop.DateCreated": "1985-07", "Xmp.xmp.CreateDate": "2021-03-04T10:00:00"},
            "1985-07",
            Source.XMP,
        ),
        ({"Exif.Photo.DateTimeOriginal": "1985:  :     :  :  "}, "1985", Source.EXIF),
        ({"Exif.Photo.DateTimeOriginal": "1985:07:00 00:00:00"}, "1985-07", Source.EXIF),
        # Programs whose field takes exact dates alone make up January 1.
        (
            {
                "Exif.Photo.DateTimeOriginal": "1985:01:01 00:00:00",
                "Xmp.photoshop.DateCreated": "1985",
            },
            "1985",
            Source.XMP,
        ),
        (
            {
                "Exif.Photo.DateTimeDigitized": "2021:03:04 10:00:00",
                "Iptc.Application2.DateCreated": "1985-07-04",
            },
            "1985-07-04",
            Source.IPTC,
        ),
        (
            {
                "Exif.Photo.DateTimeDigitized": "2021:03:04 10:00:00",
                "Exif.Image.DateTime": "2022:03:04 10:00:00",
            },
            "2021-03-04T10:00:00",
            Source.DIGITIZED,
        ),
    ],
)
def test_dates_as_exactly_as_they_are_known(
    write_tags: Write, values: dict[str, str], taken_at: str, source: Source
) -> None:
    said = read_metadata(write_tags(values))
    assert (said.taken_at, said.taken_source) == (taken_at, source)


def test_iptc_without_month_and_day(small_jpeg: bytes) -> None:
    """exiv2 itself cannot write such a date, as digiKam and exiftool do."""
    dataset = b"\x1c\x02\x37\x00\x0819850000"
    resource = b"8BIM\x04\x04\0\0" + len(dataset).to_bytes(4, "big") + dataset + b"\0"
    block = b"Photoshop 3.0\0" + resource
    marker = b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
    assert read_metadata(small_jpeg[:2] + marker + small_jpeg[2:]).taken_at == "1985"


def test_missing_offset_comes_from_satellites(write_tags: Write) -> None:
    values = {
        "Exif.Photo.DateTimeOriginal": "2022:05:15 00:30:00",
        "Exif.GPSInfo.GPSDateStamp": "2022:05:14",
        "Exif.GPSInfo.GPSTimeStamp": "18/1 58/1 59/1",
    }
    assert read_metadata(write_tags(values)).offset_min == 330
    values["Exif.GPSInfo.GPSTimeStamp"] = "18/1 52/1 0/1"
    assert read_metadata(write_tags(values)).offset_min is None


def test_place_height_and_nonsense_places(write_tags: Write) -> None:
    values = {
        "Exif.GPSInfo.GPSLatitude": "33/1 51/1 3078/100",
        "Exif.GPSInfo.GPSLatitudeRef": "S",
        "Exif.GPSInfo.GPSLongitude": "151/1 12/1 0/1",
        "Exif.GPSInfo.GPSLongitudeRef": "E",
        "Exif.GPSInfo.GPSAltitude": "25/10",
        "Exif.GPSInfo.GPSAltitudeRef": "1",
    }
    said = read_metadata(write_tags(values))
    assert said.latitude == pytest.approx(-33.85855)
    assert said.longitude == pytest.approx(151.2)
    assert said.altitude_m == -2.5
    for latitude in ("0/0 0/0 0/0", "95/1 0/1 0/1", "1/1 2/1 3/1 4/1"):
        assert (
            read_metadata(write_tags(values | {"Exif.GPSInfo.GPSLatitude": latitude})).latitude
            is None
        )
    nowhere = {
        "Exif.GPSInfo.GPSLatitude": "0/1 0/1 0/1",
        "Exif.GPSInfo.GPSLongitude": "0/1 0/1 0/1",
    }
    assert read_metadata(write_tags(values | nowhere)).longitude is None


def test_place_from_xmp(write_tags: Write) -> None:
    said = read_metadata(
        write_tags({"Xmp.exif.GPSLatitude": "57,46.8S", "Xmp.exif.GPSLongitude": "14,9,30W"})
    )
    assert said.latitude == pytest.approx(-57.78)
    assert said.longitude == pytest.approx(-14.158333, abs=1e-5)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        # Apple Photos 5-10 and osxphotos export decimals with the direction beside them.
        (
            {
                "Xmp.exif.GPSLatitude": "33.8568",
                "Xmp.exif.GPSLatitudeRef": "S",
                "Xmp.exif.GPSLongitude": "151.2153",
                "Xmp.exif.GPSLongitudeRef": "E",
            },
            (-33.8568, 151.2153),
        ),
        (
            {
                "Xmp.exif.GPSLatitude": "60.5",
                "Xmp.exif.GPSLatitudeRef": "N",
                "Xmp.exif.GPSLongitude": "68",
                "Xmp.exif.GPSLongitudeRef": "W",
            },
            (60.5, -68),
        ),
        ({"Xmp.exif.GPSLatitude": "-33.8568", "Xmp.exif.GPSLongitude": "-70.1"}, (-33.8568, -70.1)),
        # EXIF without directions beside XMP that has them.
        (
            {
                "Exif.GPSInfo.GPSLatitude": "33/1 51/1 2448/100",
                "Exif.GPSInfo.GPSLongitude": "70/1 6/1 0/1",
                "Xmp.exif.GPSLatitude": "33,51.408S",
                "Xmp.exif.GPSLongitude": "70,6W",
            },
            (-33.8568, -70.1),
        ),
    ],
)
def test_directions_of_places(
    write_tags: Write, values: dict[str, str], place: tuple[float, float]
) -> None:
    said = read_metadata(write_tags(values))
    assert (said.latitude, said.longitude) == pytest.approx(place, abs=1e-6)


def test_camera_lens_and_exposure(write_tags: Write) -> None:
    said = read_metadata(
        write_tags(
            {
                "Exif.Image.Make": "NIKON CORPORATION  ",
                "Exif.Image.Model": "NIKON D500",
                "Exif.Photo.LensModel": "16-80mm f/2.8-4E",
                "Exif.Photo.ExposureTime": "1/125",
                "Exif.Photo.FNumber": "28/10",
                "Exif.Photo.ISOSpeedRatings": "400",
                "Exif.Photo.FocalLength": "0/0",
                "Exif.Image.Software": "Ver.1.00",
            }
        )
    )
    assert said.camera_make == "NIKON CORPORATION"
    assert (said.camera_model, said.lens) == ("NIKON D500", "16-80mm f/2.8-4E")
    assert (said.exposure_s, said.f_number, said.iso, said.focal_mm) == (0.008, 2.8, 400, None)
    assert said.software == "Ver.1.00"
    assert (said.width, said.height) == (60, 40)


def test_sideways_pictures_have_the_size_as_displayed(write_tags: Write) -> None:
    said = read_metadata(write_tags({"Exif.Image.Orientation": "6"}))
    assert (said.width, said.height) == (40, 60)


@pytest.mark.parametrize(
    ("values", "rating", "source"),
    [
        ({"Xmp.xmp.Rating": "-1"}, -1, Source.XMP),
        ({"Xmp.xmp.Rating": "4"}, 4, Source.XMP),
        ({"Exif.Image.Rating": "3", "Xmp.xmp.Rating": "5"}, 5, Source.XMP),
        # RawTherapee 5.9 writes no stars beside those of EXIF.
        ({"Exif.Image.Rating": "3", "Xmp.xmp.Rating": "0"}, 3, Source.EXIF),
        ({"Exif.Image.Rating": "0", "Xmp.xmp.Rating": "0"}, 0, Source.XMP),
        ({"Exif.Image.Rating": "65535"}, -1, Source.EXIF),
        ({"Exif.Image.Rating": "65535", "Xmp.xmp.Rating": "2"}, 2, Source.XMP),
        ({"Xmp.xmp.Rating": "2.5"}, 3, Source.XMP),
        ({"Xmp.xmp.Rating": "3.5"}, 4, Source.XMP),
        ({"Xmp.xmp.Rating": "0.4"}, 0, Source.XMP),
        ({"Xmp.xmp.Rating": "99"}, 5, Source.XMP),
        ({"Xmp.xmp.Rating": "50"}, 3, Source.XMP),
        ({"Xmp.xmp.Rating": "-2"}, -1, Source.XMP),
        ({"Xmp.xmp.Rating": "", "Exif.Image.Rating": "2"}, 2, Source.EXIF),
        ({"Xmp.acdsee.rating": "4"}, 4, Source.XMP),
        ({"Xmp.acdsee.rating": "4", "Xmp.xmp.Rating": "0"}, 4, Source.XMP),
        ({"Exif.Image.Rating": "3", "Xmp.MicrosoftPhoto.Rating": "75"}, 3, Source.EXIF),
        ({"Exif.Image.Rating": "3"}, 3, Source.EXIF),
        ({"Exif.Image.Rating": "0", "Xmp.xmp.Rating": "4"}, 4, Source.XMP),
        ({"Xmp.MicrosoftPhoto.Rating": "75"}, 4, Source.XMP),
        ({"Exif.Image.RatingPercent": "99"}, 5, Source.EXIF),
        ({"Exif.Image.RatingPercent": "0"}, 0, Source.EXIF),
        ({"Xmp.xmp.Rating": "nan"}, None, None),
        ({}, None, None),
    ],
)
def test_rating(
    write_tags: Write, values: dict[str, str], rating: int | None, source: Source | None
) -> None:
    said = read_metadata(write_tags(values))
    assert (said.rating, said.rating_source) == (rating, source)


def test_keywords_of_all_kinds_without_twins(write_tags: Write) -> None:
    said = read_metadata(
        write_tags(
            {
                "Xmp.lr.hierarchicalSubject": ["animals|dog", "animals"],
                "Xmp.digiKam.TagsList": [
                    "Places/Lisbon",
                    "_Digikam_Internal_Tags_/Pick Label None",
                ],
                "Xmp.dc.subject": ["Dog", "animals", "beach", "Lisbon", "darktable|format|jpg"],
                "Iptc.Application2.Keywords": ["Beach", "sea"],
                "Exif.Image.XPKeywords": " ".join(str(b) for b in "sun;sea\0".encode("utf-16-le")),
            }
        )
    )
    assert said.keywords == ("animals|dog", "Places|Lisbon", "beach", "sea", "sun")


def test_keywords_of_windows_part_by_semicolon_alone(write_tags: Write) -> None:
    """As Windows Explorer writes them; read with exiv2 0.28.9."""
    written = "Muster, Erika;lake;AC/DC\0".encode("utf-16-le")
    values = {"Exif.Image.XPKeywords": " ".join(str(byte) for byte in written)}
    assert read_metadata(write_tags(values)).keywords == ("Muster, Erika", "lake", "AC/DC")


def test_a_keyword_with_a_slash_that_is_flat_too_is_no_path(write_tags: Write) -> None:
    values = {"Xmp.MicrosoftPhoto.LastKeywordXMP": ["AC/DC"], "Xmp.dc.subject": ["AC/DC"]}
    assert read_metadata(write_tags(values)).keywords == ("AC/DC",)


def test_texts_in_any_encoding(write_tags: Write) -> None:
    said = read_metadata(
        write_tags(
            {
                "Iptc.Envelope.CharacterSet": "\x1b%G",
                "Iptc.Application2.Keywords": ["æÆøÅé"],
                "Xmp.dc.title": "lang=x-default Ein schöner Tag",
            }
        )
    )
    assert said.keywords == ("æÆøÅé",)
    assert said.title == "Ein schöner Tag"


def test_captions_in_the_western_encoding_of_windows() -> None:
    exif = Image.Exif()
    exif[0x010E] = b"Caf\xe9 \x96 Lyon"
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG", exif=exif)
    assert read_metadata(stream.getvalue()).caption == "Café – Lyon"


@pytest.mark.parametrize("junk", ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", ""])
def test_what_a_camera_wrote_is_no_caption(write_tags: Write, junk: str) -> None:
    assert read_metadata(write_tags({"Exif.Image.ImageDescription": junk})).caption is None


MWG = """<rdf:Description xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
 xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#">
 <mwg-rs:Regions rdf:parseType="Resource">
  <mwg-rs:AppliedToDimensions stDim:w="{w}" stDim:h="{h}" stDim:unit="pixel"/>
  <mwg-rs:RegionList><rdf:Bag>
   <rdf:li><rdf:Description mwg-rs:Name="Ada" mwg-rs:Type="Face">
    <mwg-rs:Area stArea:x="0.3" stArea:y="0.4" stArea:w="0.2" stArea:h="0.4" stArea:unit="normalized"/>
   </rdf:Description></rdf:li>
   <rdf:li><rdf:Description mwg-rs:Name="Focus" mwg-rs:Type="Focus">
    <mwg-rs:Area stArea:x="0.3" stArea:y="0.4" stArea:w="0.2" stArea:h="0.4"/>
   </rdf:Description></rdf:li>
  </rdf:Bag></mwg-rs:RegionList>
 </mwg-rs:Regions></rdf:Description>"""


@pytest.mark.parametrize(
    ("orientation", "drawn_on", "box"),
    [
        (1, (60, 40), (0.2, 0.2, 0.2, 0.4)),
        (3, (60, 40), (0.6, 0.4, 0.2, 0.4)),
        (6, (60, 40), (0.4, 0.2, 0.4, 0.2)),
        (8, (60, 40), (0.2, 0.6, 0.4, 0.2)),
        (6, (40, 60), (0.2, 0.2, 0.2, 0.4)),
    ],
)
def test_people_where_they_are_in_the_displayed_picture(
    write_tags: Write, orientation: int, drawn_on: tuple[int, int], box: tuple[float, ...]
) -> None:
    packet = MWG.format(w=drawn_on[0], h=drawn_on[1])
    [person] = read_metadata(
        write_tags({"Exif.Image.Orientation": str(orientation)}, packet=packet)
    ).people
    assert person.name == "Ada"
    assert person.box == pytest.approx(box)


@pytest.mark.parametrize("orientation", [1, 2, 3, 4])
def test_a_face_on_a_picture_that_was_turned_since_keeps_its_name_alone(
    write_tags: Write, orientation: int
) -> None:
    values = {"Exif.Image.Orientation": str(orientation)}
    [person] = read_metadata(write_tags(values, packet=MWG.format(w=40, h=60))).people
    assert person == PersonRegion("Ada")


def test_people_of_microsoft_and_of_names_alone(write_tags: Write) -> None:
    packet = """<rdf:Description xmlns:MP="http://ns.microsoft.com/photo/1.2/"
     xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#"
     xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
     <MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag>
      <rdf:li MPReg:Rectangle="0.1, 0.2, 0.3, 0.4" MPReg:PersonDisplayName="Grace"/>
     </rdf:Bag></MPRI:Regions></MP:RegionInfo>
     <Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Grace</rdf:li><rdf:li>Linus</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>
    </rdf:Description>"""
    grace, linus = read_metadata(write_tags(packet=packet)).people
    assert grace.box == pytest.approx((0.1, 0.2, 0.3, 0.4))
    assert (grace.name, linus) == ("Grace", PersonRegion("Linus"))


@pytest.mark.parametrize("box", ["0.7, 0.7, 0.2, 0.2", "0.2, 0.2, 0.2, 0.4", "0.2, 0.6, 0.4, 0.2"])
@pytest.mark.parametrize("drawn_on", [(60, 40), (40, 60)])
def test_a_person_with_boxes_of_two_standards_is_listed_once(
    write_tags: Write, box: str, drawn_on: tuple[int, int]
) -> None:
    """Another program may turn one of them alone; what MWG's list says holds."""
    microsoft = f"""<rdf:Description xmlns:MP="http://ns.microsoft.com/photo/1.2/"
     xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#">
     <MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag>
      <rdf:li MPReg:Rectangle="{box}" MPReg:PersonDisplayName="Ada"/>
      <rdf:li MPReg:Rectangle="{box}" MPReg:PersonDisplayName="Bob"/>
     </rdf:Bag></MPRI:Regions></MP:RegionInfo></rdf:Description>"""
    packet = MWG.format(w=drawn_on[0], h=drawn_on[1])
    values = {"Exif.Image.Orientation": "6"}
    alone = read_metadata(write_tags(values, packet=packet)).people
    both = read_metadata(write_tags(values, packet=packet + microsoft)).people
    assert both[:1] == alone
    assert [person.name for person in both] == ["Ada", "Bob"]


def test_the_identifier_of_a_live_photo() -> None:
    identifier = b"A1B2C3D4-0000-1111-2222-333344445555\0"
    entry = struct.pack(">HHII", 0x0011, 2, len(identifier), 16 + 12 + 4)
    note = b"Apple iOS\0\0\x01MM" + struct.pack(">H", 1) + entry + b"\0\0\0\0" + identifier
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x927C] = note
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG", exif=exif)
    said = read_metadata(stream.getvalue())
    assert said.content_identifier == "A1B2C3D4-0000-1111-2222-333344445555"
    cut = stream.getvalue().replace(entry, struct.pack(">HHII", 0x0011, 2, 200, 9999))
    assert read_metadata(cut).content_identifier is None


def test_motion_photos(write_tags: Write) -> None:
    packet = '<rdf:Description xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" GCamera:MotionPhoto="{}"/>'
    assert read_metadata(write_tags(packet=packet.format(1))).has_motion
    assert not read_metadata(write_tags(packet=packet.format(0))).has_motion
    samsung = write_tags({"Exif.Image.Make": "SAMSUNG"})
    assert not read_metadata(samsung.read_bytes()).has_motion
    assert read_metadata(samsung.read_bytes() + b"MotionPhoto_Data" + b"ftyp").has_motion


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("google", "MotionPhoto"),
        ("google", "MicroVideo"),
        ("xiaomi", "XMPMeta"),
        ("oplus", "MotionPhotoOwner"),
    ],
)
def test_motion_photos_under_any_prefix(small_jpeg: bytes, name: str, key: str) -> None:
    """exiv2 0.28.9 keeps the first prefix of a namespace for the whole process, so this takes a new one."""
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:Cam="http://ns.{name}.com/photos/1.0/camera/" Cam:{key}="1"/>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()
    block = b"http://ns.adobe.com/xap/1.0/\0" + packet
    photo = (
        small_jpeg[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + small_jpeg[2:]
    )
    program = (
        "import sys; from photosort.media.metadata import read_metadata; "
        "print(read_metadata(sys.stdin.buffer.read()).has_motion)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], input=photo, capture_output=True, check=True
    )
    assert ran.stdout.strip() == b"True"


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe1\xff\xff", bytes(5000)])
def test_damaged_files_say_nothing(data: bytes) -> None:
    assert read_metadata(data) == Metadata()


def test_one_lock_holds_every_reading(small_jpeg: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    exiv2 = pytest.importorskip("exiv2")
    read_metadata(small_jpeg)
    lock = threading.Lock()
    monkeypatch.setattr(tags, "_exiv2_lock", lock)
    held: list[bool] = []
    open_image = exiv2.ImageFactory.open

    class Watched:
        @staticmethod
        def open(source: object) -> object:
            held.append(lock.locked())
            return open_image(source)

    monkeypatch.setattr(exiv2, "ImageFactory", Watched)
    read_metadata(small_jpeg)
    assert held == [True]


def test_reads_from_several_threads_at_once(write_tags: Write) -> None:
    data = write_tags(packet=MWG.format(w=60, h=40)).read_bytes()
    wrong: list[object] = []

    def read() -> None:
        for _ in range(50):
            people = read_metadata(data).people
            if [person.name for person in people] != ["Ada"]:
                wrong.append(people)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


class TestMerge:
    def test_a_better_source_wins_and_is_named(self) -> None:
        exif = Metadata(
            taken_at="2020-01-01T00:00:00", taken_source=Source.XMP, rating=2, title="in"
        )
        name = Metadata(taken_at="2010-01-01T00:00:00")
        sidecar = Metadata(rating=5, camera_model="X")
        merged = merge([(Source.NAME, name), (Source.EXIF, exif), (Source.SIDECAR, sidecar)])
        assert (merged.taken_at, merged.taken_source) == ("2020-01-01T00:00:00", Source.XMP)
        assert (merged.rating, merged.rating_source) == (5, Source.SIDECAR)
        assert (merged.title, merged.camera_model) == ("in", "X")
        user = Metadata(taken_at="1999-01-01T00:00:00", rating=0)
        merged = merge([(Source.EXIF, exif), (Source.USER, user), (Source.SIDECAR, sidecar)])
        assert (merged.taken_at, merged.taken_source) == ("1999-01-01T00:00:00", Source.USER)
        assert (merged.rating, merged.rating_source) == (0, Source.USER)

    def test_a_name_is_worth_less_than_a_date_in_the_file(self) -> None:
        file = Metadata(taken_at="2020-01-01T00:00:00", taken_source=Source.IPTC)
        name = Metadata(taken_at="2021-01-01T00:00:00")
        assert merge([(Source.NAME, name), (Source.EXIF, file)]).taken_source is Source.IPTC

    def test_places_are_never_mixed(self) -> None:
        sidecar = Metadata(latitude=1.0, longitude=2.0)
        file = Metadata(latitude=5.0, longitude=6.0, altitude_m=7.0)
        merged = merge([(Source.EXIF, file), (Source.SIDECAR, sidecar)])
        assert (merged.latitude, merged.longitude, merged.altitude_m) == (1.0, 2.0, None)

    def test_keywords_and_people_are_joined(self) -> None:
        file = Metadata(
            keywords=("dog", "sea"), people=(PersonRegion("Ada", (0.1, 0.1, 0.2, 0.2)),)
        )
        sidecar = Metadata(
            keywords=("animals|dog",), people=(PersonRegion("ada"), PersonRegion("Bo"))
        )
        merged = merge([(Source.EXIF, file), (Source.SIDECAR, sidecar)])
        assert merged.keywords == ("animals|dog", "sea")
        assert [(p.name, p.box is None) for p in merged.people] == [("Bo", True), ("Ada", False)]

    def test_offset_of_the_same_second_is_taken_over(self) -> None:
        sidecar = Metadata(taken_at="2020-01-01T10:00:00.500")
        file = Metadata(taken_at="2020-01-01T10:00:00", offset_min=60)
        assert merge([(Source.EXIF, file), (Source.SIDECAR, sidecar)]).offset_min == 60
        other = Metadata(taken_at="2020-01-01T10:00:01", offset_min=60)
        assert merge([(Source.EXIF, other), (Source.SIDECAR, sidecar)]).offset_min is None

    def test_utc_of_a_takeout_keeps_the_clock_of_the_camera(self) -> None:
        takeout = Metadata(
            taken_at="2020-06-01T10:00:00", offset_min=0, taken_source=Source.SIDECAR
        )
        file = Metadata(taken_at="2020-06-01T12:00:00", taken_source=Source.EXIF)
        merged = merge([(Source.EXIF, file), (Source.SIDECAR, takeout)])
        assert (merged.taken_at, merged.offset_min) == ("2020-06-01T12:00:00", 120)
        moved = Metadata(taken_at="2019-06-01T12:00:00", taken_source=Source.EXIF)
        merged = merge([(Source.EXIF, moved), (Source.SIDECAR, takeout)])
        assert (merged.taken_at, merged.taken_source) == ("2020-06-01T10:00:00", Source.SIDECAR)

    def test_nothing_gives_nothing(self) -> None:
        assert merge([]) == Metadata()


TITLE = {"Xmp.dc.title": 'lang="x-default" A title'}
TREE = (
    '<Categories><Category Assigned="0">Places<Category Assigned="1">Lisbon</Category></Category>'
    '<Category Assigned="1">flat</Category></Categories>'
)


@pytest.mark.parametrize(
    ("values", "caption"),
    [
        ({"Iptc.Application2.Caption": "A title", "Xmp.acdsee.notes": "words"}, "words"),
        (
            {
                "Exif.Image.ImageDescription": "A title",
                "Exif.Photo.UserComment": "charset=Ascii words",
            },
            "words",
        ),
        ({"Exif.Image.ImageDescription": "a TITLE", "Xmp.acdsee.caption": "A title"}, None),
        ({"Xmp.dc.description": 'lang="x-default" A title', "Xmp.acdsee.notes": "n"}, "n"),
        (
            {
                "Exif.Image.ImageDescription": "OLYMPUS DIGITAL CAMERA",
                "Exif.Photo.UserComment": "charset=Ascii words",
            },
            "words",
        ),
    ],
)
def test_a_title_written_as_a_caption_too_is_none(
    write_tags: Write, values: dict[str, str], caption: str | None
) -> None:
    said = read_metadata(write_tags(TITLE | values))
    assert (said.title, said.caption) == ("A title", caption)


def test_a_comment_of_windows_beside_its_title(write_tags: Write) -> None:
    comment = " ".join(str(byte) for byte in "A comment\0".encode("utf-16-le"))
    values = {"Exif.Image.ImageDescription": "A title", "Exif.Image.XPComment": comment}
    assert read_metadata(write_tags(TITLE | values)).caption == "A comment"


def test_the_title_of_one_source_is_no_caption_of_another() -> None:
    beside, inside = Metadata(title="Same"), Metadata(caption="same")
    layers = [(Source.SIDECAR, beside), (Source.EXIF, inside)]
    assert merge(layers).caption is None
    assert merge([*layers, (Source.XMP, Metadata(caption="other"))]).caption == "other"
    assert merge([*layers, (Source.USER, Metadata(caption="Same"))]).caption == "Same"


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({"Xmp.xmp.Label": "flat", "Xmp.dc.subject": ["flat"]}, None),
        ({"Xmp.xmp.Label": "Lisbon", "Xmp.lr.hierarchicalSubject": ["Places|Lisbon"]}, None),
        ({"Xmp.xmp.Label": "Red", "Xmp.dc.subject": ["flat"]}, "Red"),
        ({"Xmp.xmp.Label": "Rot", "Xmp.photoshop.LabelColor": "red"}, "Red"),
        ({"Xmp.photoshop.LabelColor": "purple"}, "Purple"),
        ({"Xmp.xmp.Label": "Rot", "Xmp.photoshop.LabelColor": "#ff0000"}, "Rot"),
        (
            {
                "Xmp.xmp.Label": "Red",
                "Xmp.photoshop.LabelColor": "red",
                "Xmp.dc.subject": ["red"],
            },
            "Red",
        ),
        ({"Xmp.digiKam.ColorLabel": "5"}, "Blue"),
        ({"Xmp.digiKam.ColorLabel": "0", "Xmp.xmp.Label": "Green"}, "Green"),
    ],
)
def test_label(write_tags: Write, values: dict[str, object], label: str | None) -> None:
    assert read_metadata(write_tags(values)).label == label


@pytest.mark.parametrize(
    ("numbers", "label"), [("0", "Red"), ("34", "Blue"), ("4", "Purple"), ("9", None)]
)
def test_label_of_darktable(numbers: str, label: str | None) -> None:
    """A photo has several there, by their numbers."""
    items = "".join(f"<rdf:li>{number}</rdf:li>" for number in numbers)
    packet = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:dt="http://darktable.sf.net/">
       <dt:colorlabels><rdf:Seq>{items}</rdf:Seq></dt:colorlabels>
      </rdf:Description></rdf:RDF></x:xmpmeta>"""
    assert from_xmp(tags.read_packet(packet.encode())).label == label


@pytest.mark.parametrize(
    ("values", "flag"),
    [
        ({"Xmp.digiKam.PickLabel": "1"}, Flag.DISCARD),
        ({"Xmp.digiKam.PickLabel": "3"}, Flag.PICK),
        ({"Xmp.digiKam.PickLabel": "2"}, None),
        ({"Xmp.digiKam.PickLabel": "0"}, None),
        ({"Xmp.xmpDM.pick": "1"}, Flag.PICK),
        ({"Xmp.xmpDM.pick": "-1"}, Flag.DISCARD),
        ({"Xmp.xmpDM.good": "False"}, Flag.DISCARD),
        ({"Xmp.xmpDM.good": "True"}, Flag.PICK),
        ({}, None),
    ],
)
def test_flag(write_tags: Write, values: dict[str, object], flag: Flag | None) -> None:
    assert read_metadata(write_tags(values)).flag == flag


def test_acdsee_says_its_words_in_fields_of_its_own(write_tags: Write) -> None:
    values = {"Xmp.acdsee.categories": TREE, "Xmp.acdsee.keywords": ["key"]}
    said = read_metadata(write_tags({**values, "Xmp.acdsee.caption": "words"}))
    assert (said.keywords, said.caption) == (("Places|Lisbon", "flat", "key"), "words")
    assert read_metadata(write_tags({"Xmp.acdsee.categories": "<Categories>"})).keywords == ()


@pytest.mark.parametrize("text", ["Köln", "Málaga", "Zürich\u20ac"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_iptc_is_read_whatever_encoding_it_claims(text: str, encoding: str) -> None:
    raw = {
        "Iptc.Envelope.CharacterSet": [b"\x1b%G"],
        "Iptc.Application2.Keywords": [text.encode(encoding)],
    }
    assert iptc_texts(raw)["Iptc.Application2.Keywords"] == [text]


def packet_with(words: str) -> str:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpNote="http://ns.adobe.com/xmp/note/">'
        f"{words}</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


KEYWORD = "<dc:subject><rdf:Bag><rdf:li>far away</rdf:li></rdf:Bag></dc:subject>"


@pytest.mark.parametrize("part_bytes", [100, 60_000])
def test_keywords_in_the_extended_xmp_of_a_jpeg(small_jpeg: bytes, part_bytes: int) -> None:
    guid = b"0123456789ABCDEF0123456789ABCDEF"
    first = packet_with(f"<xmpNote:HasExtendedXMP>{guid.decode()}</xmpNote:HasExtendedXMP>")
    far = packet_with(KEYWORD).encode()
    blocks = [b"http://ns.adobe.com/xap/1.0/\0" + first.encode()]
    for other in (guid[::-1], guid):
        body = far if other == guid else far.replace(b"far away", b"not mine")
        head = b"http://ns.adobe.com/xmp/extension/\0" + other
        blocks += [
            head + struct.pack(">II", len(body), at) + body[at : at + part_bytes]
            for at in range(0, len(body), part_bytes)
        ]
    segments = b"".join(b"\xff\xe1" + struct.pack(">H", len(one) + 2) + one for one in blocks)
    data = small_jpeg[:2] + segments + small_jpeg[2:]
    assert read_metadata(data).keywords == ("far away",)
    # Cut off anywhere, it says nothing or what it says, and does no harm.
    for end in range(0, len(segments), 37):
        assert read_metadata(data[:end]).keywords in {(), ("far away",)}


def test_keywords_of_a_gif() -> None:
    stream = io.BytesIO()
    Image.new("P", (30, 20)).save(stream, "GIF")
    trailer = bytes([1, *range(255, -1, -1), 0])
    block = b"\x21\xff\x0bXMP DataXMP" + packet_with(KEYWORD).encode() + trailer
    data = stream.getvalue()
    assert read_metadata(data[:-1] + block + data[-1:]).keywords == ("far away",)
    assert read_metadata(data).keywords == ()
