from __future__ import annotations

import json
from pathlib import Path

import pytest

from photosort.domain.photos import PersonRegion, Source
from photosort.errors import InputProblem
from photosort.media.sidecar import load_sidecars, parse_sidecar

BODY = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:exif="http://ns.adobe.com/exif/1.0/" xmp:Rating="-1" xmp:Label="Red"
  exif:DateTimeOriginal="2022-05-15T18:42:07+02:00">
  <dc:subject><rdf:Bag><rdf:li>Výlet</rdf:li></rdf:Bag></dc:subject>
 </rdf:Description></rdf:RDF>"""
WRAPPED = f'<?xpacket begin="x"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">{BODY}</x:xmpmeta>'
# As Python's ElementTree writes it.
_SPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"'
)
ON_ROOT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/" {_SPACES}><rdf:RDF><rdf:Description rdf:about="" xmp:Rating="-1"'
    ' xmp:Label="Red" exif:DateTimeOriginal="2022-05-15T18:42:07+02:00"><dc:subject><rdf:Bag>'
    "<rdf:li>Výlet</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
)


@pytest.mark.parametrize(
    "data",
    [
        WRAPPED.encode(),
        BODY.encode(),
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- mine -->\n" + BODY.encode(),
        WRAPPED.encode("utf-16"),
        ON_ROOT.encode(),
        ON_ROOT.replace("x:xmpmeta", "ns9:xmpmeta").replace("xmlns:x=", "xmlns:ns9=").encode(),
        WRAPPED.replace("rdf:", "r:").replace("xmlns:rdf", "xmlns:r").encode(),
        ON_ROOT.replace("rdf:", "r:").replace("xmlns:rdf", "xmlns:r").encode("utf-16"),
        ON_ROOT.replace("xmp:", "ns2:").replace(":xmp=", ":ns2=").encode() + bytes(99),
    ],
)
def test_xmp_however_it_is_wrapped(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.xmp"
    path.write_bytes(data)
    said = parse_sidecar(path.read_bytes(), path.name)
    assert (said.taken_at, said.offset_min, said.taken_source) == (
        "2022-05-15T18:42:07",
        120,
        Source.SIDECAR,
    )
    assert (said.rating, said.rating_source, said.label) == (-1, Source.SIDECAR, "Red")
    assert said.keywords == ("Výlet",)
    assert (said.width, said.height) == (None, None)


def test_takeout(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg.json"
    path.write_text(
        json.dumps(
            {
                "title": "a.jpg",
                "description": "On the beach",
                "photoTakenTime": {"timestamp": "1652640127", "formatted": "15 May 2022"},
                "geoData": {"latitude": 0.0, "longitude": 0.0, "altitude": 0.0},
                "geoDataExif": {"latitude": 38.7, "longitude": -9.1, "altitude": 12.5},
                "people": [{"name": "Ada"}, {"name": ""}, "odd"],
            }
        ),
        encoding="utf-8",
    )
    said = parse_sidecar(path.read_bytes(), path.name)
    assert (said.taken_at, said.offset_min, said.taken_source) == (
        "2022-05-15T18:42:07",
        0,
        Source.SIDECAR,
    )
    assert (said.latitude, said.longitude, said.altitude_m) == (38.7, -9.1, 12.5)
    assert said.caption == "On the beach"
    assert said.title is None
    assert said.people == (PersonRegion("Ada"),)


def test_takeout_before_1970(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg.json"
    path.write_text('{"photoTakenTime": {"timestamp": "-86400"}}', encoding="utf-8")
    assert parse_sidecar(path.read_bytes(), path.name).taken_at == "1969-12-31T00:00:00"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xmp", b"", "damaged"),
        ("a.xmp", b"<x:xmpmeta>", "damaged"),
        ("a.xmp", BODY[:-40].encode(), "damaged"),
        ("a.xmp", BODY.replace("</rdf:Bag>", "").encode(), "damaged"),
        ("a.json", b"{", "damaged"),
        ("a.json", b"[" * 100_000, "damaged"),
        ("a.json", b"\xff\xff", "damaged"),
        ("a.json", b'{"other": 1}', "no sidecar"),
        ("a.json", b"[1]", "no sidecar"),
    ],
)
def test_damage_is_one_sentence(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputProblem, match=message):
        parse_sidecar(path.read_bytes(), path.name)


def test_odd_values_in_a_takeout_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        '{"photoTakenTime": {"timestamp": "soon"}, "geoData": {"latitude": "x"}, "people": 3, "description": 4}',
        encoding="utf-8",
    )
    said = parse_sidecar(path.read_bytes(), path.name)
    assert (said.taken_at, said.latitude, said.people, said.caption) == (None, None, (), None)


def test_a_sidecar_that_is_gone(tmp_path: Path) -> None:
    said, problems = load_sidecars([tmp_path / "gone.xmp"])
    assert said == ()
    assert [problem for _, problem in problems if "cannot be read" in problem] == [
        problem for _, problem in problems
    ]
    assert len(problems) == 1


@pytest.mark.parametrize(
    "data",
    [
        WRAPPED.replace("</rdf:Description>", "<xmp:Label>Red</xmp:Label></rdf:Description>"),
        WRAPPED[: WRAPPED.index("</dc:subject>")],
        WRAPPED[: -len("</x:xmpmeta>") - 5],
        WRAPPED.replace('xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
        "",
    ],
    ids=["twice", "cut off", "cut off later", "undeclared", "empty"],
)
def test_xmp_that_cannot_be_read_is_damaged(tmp_path: Path, data: str) -> None:
    path = tmp_path / "a.xmp"
    path.write_text(data, encoding="utf-8")
    with pytest.raises(InputProblem, match="damaged"):
        parse_sidecar(path.read_bytes(), path.name)


def test_xmp_that_says_nothing_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.xmp"
    for data in (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        WRAPPED.replace(
            BODY, ON_ROOT[ON_ROOT.index("<rdf:RDF") : ON_ROOT.index("<rdf:Desc")] + "</rdf:RDF>"
        ),
    ):
        path.write_text(
            data.replace(
                "<rdf:RDF>", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            ),
            encoding="utf-8",
        )
        assert parse_sidecar(path.read_bytes(), path.name).keywords == ()
