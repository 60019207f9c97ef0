from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from photosort.errors import InputProblem, JobCancelled
from photosort.media.scan import FoundFile, ScanProblem, Skipped, scan

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs POSIX file names and links")


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * len(name))


def pictures(root: Path) -> list[str]:
    return [found.relative for found in scan(root) if isinstance(found, FoundFile)]


def skipped(root: Path) -> dict[str, str]:
    return {found.relative: found.why for found in scan(root) if isinstance(found, Skipped)}


def problems(root: Path) -> dict[str, str]:
    return {found.relative: found.reason for found in scan(root) if isinstance(found, ScanProblem)}


def test_finds_pictures_with_their_size_time_and_media(tmp_path: Path) -> None:
    put(tmp_path, "b/IMG_2.CR2", "a.JPG", "b/clip.mov", "b/c/x.heic")
    os.utime(tmp_path / "a.JPG", ns=(5, 1_234_567_890_123_456_000))
    found = [entry for entry in scan(tmp_path) if isinstance(entry, FoundFile)]
    assert [(f.relative, f.media) for f in found] == [
        ("a.JPG", "image"),
        ("b/IMG_2.CR2", "raw"),
        ("b/clip.mov", "video"),
        ("b/c/x.heic", "image"),
    ]
    assert found[0].size_bytes == 5
    assert found[0].mtime_ns == 1_234_567_890_123_456_000


def test_documents_and_sidecars_are_skipped_not_problems(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf", "a.jpg", "a.xmp", "a.aae", "jpg", "notes")
    assert pictures(tmp_path) == ["a.jpg"]
    assert skipped(tmp_path) == {
        "a.aae": "sidecar",
        "a.pdf": "not a picture",
        "a.xmp": "sidecar",
        "jpg": "not a picture",
        "notes": "not a picture",
    }
    assert problems(tmp_path) == {}


def test_leaves_out_what_other_programs_made(tmp_path: Path) -> None:
    put(
        tmp_path,
        "keep.jpg",
        ".hidden.jpg",
        ".Trash-1000/files/old.jpg",
        "@eaDir/keep.jpg/SYNOPHOTO_THUMB_M.jpg",
        "#recycle/gone.jpg",
        "Catalog Previews.lrdata/1/2.jpg",
        "WhatsApp/Sent/.nomedia",
        "WhatsApp/Sent/deeper/out.jpg",
        "WhatsApp/in.jpg",
    )
    assert pictures(tmp_path) == ["keep.jpg", "WhatsApp/in.jpg"]
    assert skipped(tmp_path) == {
        ".Trash-1000": "hidden",
        ".hidden.jpg": "hidden",
        "#recycle": "ignored",
        "@eaDir": "ignored",
        "Catalog Previews.lrdata": "ignored",
        "WhatsApp/Sent": "no media",
    }


def test_of_a_photos_library_only_the_originals(tmp_path: Path) -> None:
    library = "Photos Library.photoslibrary"
    put(
        tmp_path,
        f"{library}/originals/0/A1.heic",
        f"{library}/resources/derivatives/0/A1.jpeg",
        f"{library}/cover.jpg",
    )
    assert pictures(tmp_path) == [f"{library}/originals/0/A1.heic"]


def test_photosortignore_leaves_out_and_brings_back(tmp_path: Path) -> None:
    put(tmp_path, "a/raw.jpg", "a/b/raw.jpg", "a/b/x.jpg", "raw.jpg", "@eaDir/t.jpg", "c/tmp/t.jpg")
    (tmp_path / ".photosortignore").write_text("!@eaDir/\ntmp/\n", encoding="utf-8")
    (tmp_path / "a" / ".photosortignore").write_text("raw.jpg\n!/b/raw.jpg\n", encoding="utf-8")
    assert sorted(pictures(tmp_path)) == ["@eaDir/t.jpg", "a/b/raw.jpg", "a/b/x.jpg", "raw.jpg"]


def test_the_innermost_photosortignore_has_the_last_word(tmp_path: Path) -> None:
    put(tmp_path, "x.gif", "a/x.gif", "a/b/x.gif")
    (tmp_path / ".photosortignore").write_text("*.gif\n", encoding="utf-8")
    (tmp_path / "a" / ".photosortignore").write_text("!x.gif\n", encoding="utf-8")
    assert pictures(tmp_path) == ["a/x.gif", "a/b/x.gif"]


def test_an_ignore_file_that_makes_no_sense_is_a_problem(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    (tmp_path / ".photosortignore").write_text("!\n", encoding="utf-8")
    assert pictures(tmp_path) == ["a.jpg"]
    assert ".photosortignore" in problems(tmp_path)


def test_a_folder_named_like_a_picture_is_a_problem_and_is_still_scanned(tmp_path: Path) -> None:
    put(tmp_path, "x.jpg/inside.jpg")
    assert pictures(tmp_path) == ["x.jpg/inside.jpg"]
    assert problems(tmp_path) == {"x.jpg": "This is a folder, although it is named like a picture."}


@pytest.mark.parametrize(
    ("picture", "sidecar"),
    [
        ("IMG.JPG", "IMG.xmp"),
        ("IMG.JPG", "IMG.JPG.xmp"),
        ("IMG.jpg", "img.XMP"),
        ("IMG.jpg", "IMG.jpg.json"),
        ("IMG.jpg", "IMG.jpg.supplemental-metadata.json"),
        (
            "PXL_20230101_123456789.PORTRAIT.jpg",
            "PXL_20230101_123456789.PORTRAIT.jpg.supplement.json",
        ),
        ("IMG(1).jpg", "IMG.jpg(1).json"),
        ("IMG(1).jpg", "IMG.jpg.supplemental-metadata(1).json"),
        ("IMG-edited.jpg", "IMG.jpg.json"),
        ("a" * 50 + ".jpg", "a" * 46 + ".json"),
        ("IMG.jpg", "IMG.supplemental-metadata.json"),
        ("IMG(1).jpg", "IMG.supplemental-metadata(1).json"),
        ("IMG (1).jpg", "IMG (1).jpg.supplemental-metadata.json"),
        ("IMG-edited(1).jpg", "IMG.jpg.supplemental-metadata.json"),
        ("IMG-edited(1).jpg", "IMG.jpg.supplemental-metadata(1).json"),
        ("IMG(1)-edytowane.jpg", "IMG.jpg(1).json"),
        ("IMG-ein Wort in irgendeiner Sprache.jpg", "IMG.jpg.json"),
        ("Gänse.jpg", unicodedata.normalize("NFD", "Gänse.jpg.xmp")),
        (unicodedata.normalize("NFD", "Gänse.JPG"), "gänse.xmp"),
        ("Gänse.jpg", unicodedata.normalize("NFD", "Gänse.jpg.json")),
    ],
)
def test_finds_the_sidecar_of_a_picture(tmp_path: Path, picture: str, sidecar: str) -> None:
    put(tmp_path, picture, sidecar)
    [found] = [entry for entry in scan(tmp_path) if isinstance(entry, FoundFile)]
    assert [beside.relative for beside in found.sidecars] == [sidecar]
    assert found.sidecars[0].size_bytes == len(sidecar)


@pytest.mark.parametrize(
    ("picture", "other"),
    [
        ("IMG.jpg", "IMG.jpg(1).json"),
        ("IMG(1).jpg", "IMG.jpg.json"),
        ("IMG.jpg", "metadata.json"),
        ("IMG.jpg", "IMG_2.xmp"),
        ("IMG.jpg", "IMG.jp.json"),
        ("IMG-2.jpg", "IMG.jpg.json"),
        ("IMG_2.jpg", "IMG.supplemental-metadata.json"),
    ],
)
def test_no_picture_gets_the_sidecar_of_another(tmp_path: Path, picture: str, other: str) -> None:
    put(tmp_path, picture, other)
    [found] = [entry for entry in scan(tmp_path) if isinstance(entry, FoundFile)]
    assert found.sidecars == ()


def test_the_more_exact_sidecar_comes_first(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", "a.xmp", "a.jpg.xmp", "a.jpg.json")
    [found] = [entry for entry in scan(tmp_path) if isinstance(entry, FoundFile)]
    assert [beside.relative for beside in found.sidecars] == ["a.jpg.xmp", "a.xmp", "a.jpg.json"]


def sidecars(root: Path) -> dict[str, list[str]]:
    return {
        found.relative: [beside.relative for beside in found.sidecars]
        for found in scan(root)
        if isinstance(found, FoundFile)
    }


@posix_only
def test_of_names_in_two_cases_each_has_its_own_sidecar(tmp_path: Path) -> None:
    put(tmp_path, "I.JPG", "I.jpg", "I.JPG.xmp", "I.jpg.xmp", "I.jpg.json", "I.JPG.json")
    if sidecars(tmp_path).keys() != {"I.JPG", "I.jpg"}:
        pytest.skip("this file system knows one case")
    assert sidecars(tmp_path) == {
        "I.JPG": ["I.JPG.xmp", "I.JPG.json"],
        "I.jpg": ["I.jpg.xmp", "I.jpg.json"],
    }


@posix_only
@pytest.mark.parametrize("sidecar", ["I.jpg.xmp", "I.jpg.json", "I.xmp"])
def test_a_sidecar_is_of_the_picture_that_it_names_exactly(tmp_path: Path, sidecar: str) -> None:
    put(tmp_path, "i.JPG", "I.jpg", sidecar)
    assert sidecars(tmp_path) == {"i.JPG": [], "I.jpg": [sidecar]}


@posix_only
@pytest.mark.parametrize("sidecar", ["i.jpg.xmp", "i.jpg.json"])
def test_a_sidecar_that_could_be_of_two_pictures_is_of_none(tmp_path: Path, sidecar: str) -> None:
    put(tmp_path, "I.JPG", "I.jpg", sidecar)
    assert sidecars(tmp_path) == {"I.JPG": [], "I.jpg": []}


@posix_only
def test_link_loops_end_and_each_photo_is_found_once(tmp_path: Path) -> None:
    root = tmp_path / "root"
    put(root, "a/x.jpg")
    put(tmp_path, "outside/y.jpg")
    (root / "a" / "loop").symlink_to(root)
    (root / "up").symlink_to(tmp_path)
    (root / "again").symlink_to(root / "a")
    (root / "alias.jpg").symlink_to(root / "a" / "x.jpg")
    (root / "elsewhere").symlink_to(tmp_path / "outside")
    (root / "elsewhere2").symlink_to(tmp_path / "outside")
    (root / "self").symlink_to(root / "self")
    found = pictures(root)
    assert found[0] == "a/x.jpg"
    assert [Path(name).name for name in found] == ["x.jpg", "y.jpg"]


@posix_only
def test_links_to_nothing_and_special_files_are_problems(tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    assert problems(tmp_path) == {
        "gone.jpg": "This is a link whose target does not exist.",
        "pipe.jpg": "This is not an ordinary file.",
    }


@posix_only
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read all")
def test_a_folder_without_permission_is_a_problem_with_a_reason(tmp_path: Path) -> None:
    put(tmp_path, "locked/a.jpg", "b.jpg")
    (tmp_path / "locked").chmod(0)
    try:
        [problem] = [entry for entry in scan(tmp_path) if isinstance(entry, ScanProblem)]
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert problem.is_folder
    assert "permission" in problem.reason


def test_a_folder_that_cannot_be_listed_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "locked/a.jpg", "b.jpg")
    real = os.scandir

    def refuse(path: str) -> os.ScandirIterator[str]:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = list(scan(tmp_path))
    assert (
        ScanProblem(
            "locked",
            "This folder cannot be opened: you have no permission to read it.",
            is_folder=True,
        )
        in found
    )
    assert [entry.relative for entry in found if isinstance(entry, FoundFile)] == ["b.jpg"]


def test_a_root_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="does not exist"):
        list(scan(tmp_path / "nowhere"))
    put(tmp_path, "file.jpg")
    with pytest.raises(InputProblem, match="is not a folder"):
        list(scan(tmp_path / "file.jpg"))


def test_can_be_cancelled_in_the_middle(tmp_path: Path) -> None:
    put(tmp_path, "a/1.jpg", "b/1.jpg")
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls > 2:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        list(scan(tmp_path, check=check))


@posix_only
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_names_that_are_not_utf8_survive_on_any_locale(tmp_path: Path, locale: str) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.jpg")).touch()
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    script = (
        "import os, sys; from pathlib import Path; from photosort.media.scan import scan;"
        "[found] = scan(Path(sys.argv[1])); print(ascii(found.relative));"
        "assert os.path.exists(os.path.join(sys.argv[1], found.relative))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env=os.environ | {"LC_ALL": locale, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == r"'caf\udce9.jpg'"


def test_a_part_of_a_root_keeps_paths_and_rules_of_the_whole(tmp_path: Path) -> None:
    put(tmp_path, "2022/May/a.jpg", "2022/May/b.tmp.jpg", "2022/June/c.jpg", "2022/raw/d.jpg")
    put(tmp_path, "2022/.cache/e.jpg", "@eaDir/f.jpg", "shut/in/g.jpg", "shut/.nomedia")
    (tmp_path / ".photosortignore").write_text("*.tmp.jpg\nraw/\n")

    def found(below: str) -> tuple[list[str], list[str]]:
        everything = list(scan(tmp_path, below))
        return (
            [one.relative for one in everything if isinstance(one, FoundFile)],
            [one.why for one in everything if isinstance(one, Skipped)],
        )

    assert found("2022/May") == (["2022/May/a.jpg"], ["ignored"])
    assert found("2022/raw") == ([], ["ignored"])
    assert found("2022/.cache") == ([], ["hidden"])
    assert found("@eaDir") == ([], ["ignored"])
    assert found("shut/in") == ([], ["no media"])
    with pytest.raises(InputProblem, match="2023 does not exist"):
        found("2023")
