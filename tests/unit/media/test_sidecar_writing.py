from __future__ import annotations

import os
from pathlib import Path

import exiv2
import pytest
from PIL import Image

from photosort.errors import InputProblem
from photosort.media import sidecar_writing
from photosort.media.sidecar import parse_sidecar
from photosort.media.sidecar_names import SidecarNames
from photosort.media.sidecar_writing import SidecarChange, changed_packet, words_of, write_sidecar
from photosort.media.tags import opened_packet

# What Lightroom Classic writes for a raw file, shortened; "animals" and "Places" stand flat too, as it does.
LIGHTROOM = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0-c000 1.000000">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
    xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
   xmp:Rating="3" xmp:Label="Red" crs:Temperature="5200">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Titel</rdf:li><rdf:li xml:lang="de-DE">Der
    Titel</rdf:li></rdf:Alt></dc:title>
   <dc:subject><rdf:Bag><rdf:li>Lisbon</rdf:li><rdf:li>animals</rdf:li><rdf:li>horse</rdf:li></rdf:Bag></dc:subject>
   <lr:hierarchicalSubject><rdf:Bag><rdf:li>Places|Lisbon</rdf:li><rdf:li>animals|horse</rdf:li></rdf:Bag>
   </lr:hierarchicalSubject>
   <crs:MaskGroupBasedCorrections><rdf:Seq><rdf:li><rdf:Description crs:What="Correction">
    <crs:CorrectionMasks><rdf:Seq><rdf:li crs:What="Mask/Image" crs:MaskName="Subject"/></rdf:Seq>
    </crs:CorrectionMasks></rdf:Description></rdf:li></rdf:Seq></crs:MaskGroupBasedCorrections>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
# darktable's edits and digiKam's tags in one file.
DARKTABLE = """<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:darktable="http://darktable.sf.net/" xmlns:my="http://example.org/"
    xmlns:digiKam="http://www.digikam.org/ns/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
   exif:DateTimeOriginal="2022:05:15 18:42:07" my:thing="kept" darktable:xmp_version="5">
   <digiKam:TagsList><rdf:Seq><rdf:li>Places/Lisbon</rdf:li></rdf:Seq></digiKam:TagsList>
   <my:list><rdf:Bag><rdf:li xml:lang="de">eins</rdf:li><rdf:li>zwei</rdf:li></rdf:Bag></my:list>
   <darktable:history><rdf:Seq><rdf:li darktable:num="0" darktable:operation="rawprepare"/></rdf:Seq></darktable:history>
  </rdf:Description></rdf:RDF></x:xmpmeta>"""
OURS = ("Xmp.dc.subject", "Xmp.lr.hierarchicalSubject", "Xmp.digiKam.TagsList", "Xmp.xmp.Rating")


def independent(path: Path) -> dict[str, str]:
    """The sidecar as exiv2 reads it from the file, without our code."""
    image = exiv2.ImageFactory.open(os.fspath(path))
    image.readMetadata()
    return {datum.key(): datum.toString() for datum in image.xmpData()}


def others(path: Path) -> dict[str, str]:
    return {k: v for k, v in independent(path).items() if k.split("[")[0] not in OURS}


def test_a_new_sidecar_speaks_to_lightroom_and_digikam(tmp_path: Path) -> None:
    path = tmp_path / "IMG.xmp"
    keywords = ("animals|dog", "Straße \N{BEACH WITH UMBRELLA}", "AC/DC")
    assert write_sidecar(path, SidecarChange(add=keywords, rating=4))
    said = independent(path)
    assert said["Xmp.dc.subject"] == "dog, Straße \N{BEACH WITH UMBRELLA}, AC/DC"
    assert (
        said["Xmp.lr.hierarchicalSubject"] == "animals|dog, Straße \N{BEACH WITH UMBRELLA}, AC/DC"
    )
    # digiKam would take the slash of a name for two levels.
    assert said["Xmp.digiKam.TagsList"] == "animals/dog, Straße \N{BEACH WITH UMBRELLA}"
    assert said["Xmp.xmp.Rating"] == "4"
    read = parse_sidecar(path.read_bytes(), path.name)
    assert set(read.keywords) == set(keywords)
    assert read.rating == 4
    assert [entry.name for entry in tmp_path.iterdir()] == ["IMG.xmp"]


@pytest.mark.parametrize("text", [LIGHTROOM, DARKTABLE])
def test_what_others_wrote_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "IMG.xmp"
    path.write_text(text, "utf-8")
    before, words = others(path), words_of(path.read_bytes())
    write_sidecar(path, SidecarChange(add=("animals|dog",), rating=5))
    assert others(path) == before
    assert set(words.keywords) < set(words_of(path.read_bytes()).keywords)
    write_sidecar(path, SidecarChange(remove=("animals|dog",), rating=words.rating))
    assert others(path) == before
    assert words_of(path.read_bytes()).words == words.words


def test_removing_a_path_leaves_the_words_of_other_paths(tmp_path: Path) -> None:
    path = tmp_path / "IMG.xmp"
    write_sidecar(path, SidecarChange(add=("animals|dog", "Pets|dog|Rex")))
    write_sidecar(path, SidecarChange(remove=("animals|dog",)))
    assert words_of(path.read_bytes()).keywords == ("dog", "Rex", "Pets|dog|Rex")


def test_a_word_is_removed_wherever_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "IMG.xmp"
    path.write_text(LIGHTROOM, "utf-8")
    write_sidecar(path, SidecarChange(remove_words=frozenset({"horse"}), removes_rating=True))
    words = words_of(path.read_bytes())
    assert words.words == {"lisbon", "animals"}
    assert words.rating is None


def test_a_sidecar_in_which_nothing_is_left_goes(tmp_path: Path) -> None:
    path = tmp_path / "IMG.xmp"
    write_sidecar(path, SidecarChange(add=("dog",), rating=1))
    assert not write_sidecar(path, SidecarChange(remove=("dog",), removes_rating=True))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no xml at all",
        LIGHTROOM.replace("</dc:subject>", "").encode(),
        # Sound XML, but no RDF: exiv2 would take it for empty and write it again.
        LIGHTROOM.replace("rdf:Description", "rdf:Descriptoin")
        .replace('rdf:about=""', "")
        .encode(),
    ],
)
def test_a_damaged_sidecar_is_left_as_it_is(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "IMG.xmp"
    path.write_bytes(data)
    with pytest.raises(InputProblem, match=r"IMG\.xmp was left as it is: it is damaged\."):
        write_sidecar(path, SidecarChange(add=("dog",)))
    assert path.read_bytes() == data
    assert len(list(tmp_path.iterdir())) == 1


def test_a_write_protected_sidecar_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "IMG.xmp"
    path.write_text(LIGHTROOM, "utf-8")
    path.chmod(0o444)
    with pytest.raises(InputProblem, match="write-protected"):
        write_sidecar(path, SidecarChange(add=("dog",)))
    assert path.read_text("utf-8") == LIGHTROOM


def test_a_disk_that_takes_no_more_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "IMG.xmp"
    path.write_text(LIGHTROOM, "utf-8")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputProblem, match="no space left"):
        write_sidecar(path, SidecarChange(add=("dog",)))
    assert path.read_text("utf-8") == LIGHTROOM
    assert len(list(tmp_path.iterdir())) == 1


def test_words_that_arrive_meanwhile_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "IMG.xmp"
    write_sidecar(path, SidecarChange(add=("cat",)))
    real, calls = sidecar_writing.changed_packet, []

    def slow(packet: bytes | None, change: SidecarChange) -> bytes | None:
        made = real(packet, change)
        if not calls:
            calls.append(1)
            path.write_bytes(real(path.read_bytes(), SidecarChange(add=("bird", "from elsewhere"))))
        return made

    monkeypatch.setattr(sidecar_writing, "changed_packet", slow)
    write_sidecar(path, SidecarChange(add=("dog",)))
    assert words_of(path.read_bytes()).words == {"cat", "dog", "bird", "from elsewhere"}


def test_the_mode_of_a_sidecar_stays(tmp_path: Path) -> None:
    path = tmp_path / "IMG.xmp"
    write_sidecar(path, SidecarChange(add=("cat",)))
    path.chmod(0o640)
    write_sidecar(path, SidecarChange(add=("dog",)))
    assert path.stat().st_mode & 0o777 == 0o640
    assert words_of(path.read_bytes()).words == {"cat", "dog"}


def photo_with_words(path: Path) -> bytes:
    """A photo that holds XMP of its own, as a sidecar would."""
    Image.new("RGB", (32, 32)).save(path)
    image = exiv2.ImageFactory.open(os.fspath(path))
    image.readMetadata()
    image.xmpData()["Xmp.xmp.Rating"] = "3"
    image.writeMetadata()
    return path.read_bytes()


@pytest.mark.parametrize("name", ["photo.jpg", "photo.tif", "other.xmp", "nothing"])
def test_a_link_is_never_written_through(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    if name == "other.xmp":
        target.write_text(LIGHTROOM, "utf-8")
    elif name != "nothing":
        photo_with_words(target)
    before = target.read_bytes() if target.exists() else None
    link = tmp_path / "IMG.xmp"
    link.symlink_to(target)
    with pytest.raises(InputProblem, match=r"IMG\.xmp was left as it is: it is a link"):
        write_sidecar(link, SidecarChange(add=("dog",)))
    assert link.is_symlink()
    assert (target.read_bytes() if target.exists() else None) == before


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg"><metadata>'
    + LIGHTROOM[LIGHTROOM.index("<rdf:RDF") : LIGHTROOM.index("</x:xmpmeta>")]
    + '</metadata><path d="M0 0"/></svg>'
).encode()


@pytest.mark.parametrize("ending", ["jpg", "png", "tif", "webp", "svg", "log"])
def test_a_file_that_holds_more_than_xmp_is_never_replaced(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"IMG.{ending}"
    if ending == "svg":
        path.write_bytes(SVG)
    elif ending == "log":
        path.write_bytes(b"Notes of mine\n" + LIGHTROOM.encode())
    else:
        photo_with_words(path)
    sidecar = path.rename(tmp_path / "IMG.xmp")
    before = sidecar.read_bytes()
    for change in (SidecarChange(add=("dog",)), SidecarChange(removes_rating=True)):
        with pytest.raises(InputProblem, match="it holds more than keywords and other XMP"):
            write_sidecar(sidecar, change)
    assert sidecar.read_bytes() == before
    assert list(tmp_path.iterdir()) == [sidecar]


BARE = LIGHTROOM[LIGHTROOM.index("<rdf:RDF") : LIGHTROOM.index("</x:xmpmeta>")]


@pytest.mark.parametrize(
    "data",
    [
        LIGHTROOM.encode(),
        LIGHTROOM.encode("utf-16"),
        DARKTABLE.encode("utf-8-sig"),
        BARE.encode(),
        LIGHTROOM.encode() + b"\n \0\0",
        LIGHTROOM.replace("x:xmpmeta", "x:xapmeta").encode(),
    ],
)
def test_what_programs_write_is_xmp(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "IMG.xmp"
    path.write_bytes(data)
    assert write_sidecar(path, SidecarChange(add=("dog",)))
    assert "dog" in words_of(path.read_bytes()).words


def test_a_sidecar_lies_inside_the_root(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "link").symlink_to(outside)
    with pytest.raises(InputProblem, match="its folder lies outside"):
        write_sidecar(root / "link" / "IMG.xmp", SidecarChange(add=("dog",)), root=root)
    assert list(outside.iterdir()) == []
    assert write_sidecar(root / "IMG.xmp", SidecarChange(add=("dog",)), root=root)


def test_nothing_but_a_sidecar_is_ever_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no sidecar"):
        write_sidecar(tmp_path / "IMG.JPG", SidecarChange(add=("dog",)))


@pytest.mark.parametrize(
    ("there", "picture", "expected"),
    [
        (["IMG.JPG"], "IMG.JPG", "IMG.JPG.xmp"),
        (["IMG.CR2"], "IMG.CR2", "IMG.xmp"),
        (["IMG.JPG", "IMG.CR2"], "IMG.CR2", "IMG.xmp"),
        (["IMG.JPG", "IMG.CR2"], "IMG.JPG", "IMG.JPG.xmp"),
        (["IMG.JPG", "IMG.CR2", "IMG.xmp"], "IMG.JPG", "IMG.JPG.xmp"),
        (["IMG.JPG", "IMG.xmp"], "IMG.JPG", "IMG.xmp"),
        (["IMG.JPG", "IMG.PNG", "IMG.xmp"], "IMG.PNG", "IMG.PNG.xmp"),
        (["IMG.CR2", "IMG.DNG"], "IMG.DNG", "IMG.DNG.xmp"),
        (["IMG.CR2", "img.cr2.XMP", "IMG.xmp"], "IMG.CR2", "img.cr2.XMP"),
        (["noext"], "noext", "noext.xmp"),
    ],
)
def test_the_name_of_the_sidecar_to_write(there: list[str], picture: str, expected: str) -> None:
    assert SidecarNames(there).to_write(picture) == expected


def test_a_raw_files_sidecar_is_not_the_jpegs() -> None:
    names = SidecarNames(["IMG.JPG", "IMG.CR2", "IMG.xmp"])
    assert names.of("IMG.CR2") == ("IMG.xmp",)
    assert names.of("IMG.JPG") == ()


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        # Lightroom; a list of digiKam's with our word alone would hide the others from digiKam.
        (
            {"Xmp.dc.subject": "Lisbon", "Xmp.lr.hierarchicalSubject": "Places|Lisbon"},
            {
                "Xmp.dc.subject": "Lisbon, dog",
                "Xmp.lr.hierarchicalSubject": "Places|Lisbon, animals|dog",
            },
        ),
        # Shotwell, Windows: any list of paths would.
        ({"Xmp.dc.subject": "Lisbon"}, {"Xmp.dc.subject": "Lisbon, dog"}),
        (
            {"Xmp.MicrosoftPhoto.LastKeywordXMP": "Places/Lisbon"},
            {
                "Xmp.dc.subject": "dog",
                "Xmp.MicrosoftPhoto.LastKeywordXMP": "Places/Lisbon, animals/dog",
            },
        ),
        (
            {},
            {
                "Xmp.dc.subject": "dog",
                "Xmp.lr.hierarchicalSubject": "animals|dog",
                "Xmp.digiKam.TagsList": "animals/dog",
            },
        ),
    ],
)
def test_no_new_list_hides_the_keywords_of_another_program(
    theirs: dict[str, str], expected: dict[str, str]
) -> None:
    with opened_packet(
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf='
        b'"http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
    ) as (_, image):
        image.xmpData()["Xmp.dc.format"] = "image/jpeg"
        for key, text in theirs.items():
            image.xmpData()[key] = text
        image.writeMetadata()
        before = bytes(image.data())
    after = changed_packet(before, SidecarChange(add=("animals|dog",)))
    assert after is not None
    with opened_packet(after) as (_, image):
        lists = {
            datum.key(): datum.toString()
            for datum in image.xmpData()
            if datum.key() != "Xmp.dc.format"
        }
    assert lists == expected
    again = changed_packet(after, SidecarChange(remove=("animals|dog",)))
    with opened_packet(again or b"") as (_, image):
        assert {datum.key(): datum.toString() for datum in image.xmpData()} == theirs | {
            "Xmp.dc.format": "image/jpeg"
        }


def test_namespaces_that_stand_on_the_root_keep_their_prefixes() -> None:
    packet = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
     xmlns:acme="http://example.org/acme/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:RDF>
     <rdf:Description rdf:about="" xmp:Rating="4" acme:Film="Portra"/></rdf:RDF></x:xmpmeta>"""
    written = changed_packet(packet, SidecarChange(add=("dog",)))
    assert written is not None
    assert b'xmp:Rating="4"' in written
    assert b'acme:Film="Portra"' in written
