"""Writes keywords, stars, date and place into XMP sidecars; whatever else other programs keep in them stays as it is."""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from photosort.domain.texts import folded
from photosort.errors import InputProblem
from photosort.media.acdsee import CATEGORIES, category_paths, changed_categories
from photosort.media.sidecar_facts import FACTS, Facts
from photosort.media.tags import BadTags, opened_packet
from photosort.media.texts import stars
from photosort.safe_files import Folder, Seen
from photosort.sentences import Sentence, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

# The largest sidecars hold a photo editor's masks and history.
LARGEST_BYTES = 16 * 1024 * 1024

_FLAT = "Xmp.dc.subject"
_PATHS = "Xmp.lr.hierarchicalSubject"
_DIGIKAM = "Xmp.digiKam.TagsList"
_RATING = "Xmp.xmp.Rating"
_WRITTEN_FOR = "Xmp.photosort.WrittenFor"
# Where a keyword may stand, and what parts the levels of a path there.
_PLACES = {
    _FLAT: "|",
    _PATHS: "|",
    _DIGIKAM: "/",
    "Xmp.mediapro.CatalogSets": "|",
    "Xmp.MicrosoftPhoto.LastKeywordXMP": "/",
    "Xmp.MicrosoftPhoto.LastKeywordIPTC": "|",
    "Xmp.acdsee.keywords": "|",
}
# Programs take the first list that they find and look no further (digiKam 8.4, unless told to read all; darktable 4.2):
# a list of paths is made only where no keyword would be hidden by it, and the lists of other programs are kept in step.
_OF_NEW_FILES = frozenset({_PATHS, _DIGIKAM})
_WITHOUT_LEVELS = (_FLAT, "Xmp.MicrosoftPhoto.LastKeywordIPTC", "Xmp.acdsee.keywords")
_EMPTY = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF></x:xmpmeta>'
)
_META = "{adobe:ns:meta/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class SidecarWords:
    """The keywords, stars, date and place of a sidecar, as they stand there.

    Attributes:
        keywords: paths, levels parted by "|"; a flat keyword is a path of one level.
        rating: -1 (rejected) to 5, or None.
        facts: properties of date, place and orientation that are there, with their texts.
        written_for: the picture for which Photosort wrote it, as `SidecarChange` says it, or None.
    """

    keywords: tuple[str, ...] = ()
    rating: int | None = None
    facts: Facts = field(default_factory=dict)
    written_for: str | None = None

    @property
    def words(self) -> frozenset[str]:
        """The last levels of all keywords, case-folded."""
        return frozenset(last_level(keyword) for keyword in self.keywords)


@dataclass(frozen=True, slots=True)
class SidecarChange:
    """What is to become different in a sidecar.

    Attributes:
        add: keywords, each a path.
        remove: the very paths that go, and their last levels where no other path has these.
        remove_words: keywords that go wherever they stand, by their last level, case-folded.
        rating: the new stars.
        removes_rating: the stars go.
        facts: properties of date, place and orientation, with their new texts; None takes one out.
        written_for: the picture for which it is written, whatever its name will be; it stays as long as there is
            anything else. "" takes the name out.
    """

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    remove_words: frozenset[str] = frozenset()
    rating: int | None = None
    removes_rating: bool = False
    facts: Mapping[str, str | None] = field(default_factory=dict)
    written_for: str | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to do."""
        return self == SidecarChange()


def last_level(keyword: str) -> str:
    """The last level of a path, case-folded."""
    return folded(keyword.rpartition("|")[2].strip())


def words_of(packet: bytes | None) -> SidecarWords:
    """The keywords, stars, date and place of a sidecar; None gives none.

    Raises:
        BadTags: no XMP.
    """
    with opened_packet(_EMPTY if packet is None else packet) as (_, image):
        xmp = image.xmpData()
        keywords = dict.fromkeys(
            keyword.replace("/", "|") if parted == "/" else keyword
            for key, parted in _PLACES.items()
            for keyword in _texts(xmp, key)
        )
        keywords.update(dict.fromkeys(category_paths(_categories(xmp))))
        rating = stars(xmp[_RATING].toString()) if _RATING in xmp else None
        facts: Facts = {key: xmp[key].toString() for key in FACTS if key in xmp}
        written_for = xmp[_WRITTEN_FOR].toString() if _WRITTEN_FOR in xmp else None
        return SidecarWords(tuple(keywords), rating, facts, written_for)


def changed_packet(packet: bytes | None, change: SidecarChange) -> bytes | None:
    """A sidecar with other keywords and stars; None where nothing would be left in it.

    Args:
        packet: the sidecar's bytes, or None for a new one.
        change: what becomes different.

    Raises:
        BadTags: no XMP.
        InputProblem: something that another program wrote would not survive.
    """
    with opened_packet(_EMPTY if packet is None else packet) as (exiv2, image):
        xmp = image.xmpData()
        foreign = _foreign(xmp, change)
        _change_keywords(exiv2, xmp, change)
        if change.rating is not None:
            xmp[_RATING] = str(change.rating)
        elif change.removes_rating:
            _erase(xmp, _RATING)
        for key, text in change.facts.items():
            _erase(xmp, key)
            if text is not None:
                xmp[key] = text
        if change.written_for is not None:
            _erase(xmp, _WRITTEN_FOR)
        if change.written_for:
            xmp[_WRITTEN_FOR] = change.written_for
        if all(datum.key() == _WRITTEN_FOR for datum in xmp):
            return None
        # exiv2 reads a sidecar as EXIF and IPTC too, and would bring back from there what was taken out.
        image.clearExifData()
        image.clearIptcData()
        image.writeMetadata()
        data = bytes(image.data())
        again = exiv2.ImageFactory.open(data)
        again.readMetadata()
        if _foreign(again.xmpData(), change) != foreign:
            raise InputProblem(
                Sentence("something that another program wrote there would not survive")
            )
        return data


def holds_only_xmp(packet: bytes) -> bool:
    """Whether nothing else would be lost with a file: a photo or a drawing that has XMP in it says no."""
    encoding = "utf-16" if packet.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        top = ElementTree.fromstring(packet.decode(encoding).strip("\0 \t\r\n"))
    except (ElementTree.ParseError, ValueError):
        return False
    if top.tag == _RDF:
        return True
    texts = [top.text, *(child.tail for child in top)]
    return (
        top.tag in {f"{_META}xmpmeta", f"{_META}xapmeta"}
        and all(child.tag == _RDF for child in top)
        and not any(text and text.strip() for text in texts)
    )


def is_ours_alone(packet: bytes) -> bool:
    """Whether a sidecar holds nothing but what Photosort writes.

    Raises:
        BadTags: no XMP.
    """
    with opened_packet(packet) as (_, image):
        return not _foreign(image.xmpData(), SidecarChange(facts=dict.fromkeys(FACTS)))


def write_sidecar(
    path: Path, change: SidecarChange, *, root: Path | None = None, replaces: bool = False
) -> bool:
    """Changes a sidecar, makes it, or removes it where nothing is left in it; as a whole or not at all.

    Args:
        path: where it lies or is to lie.
        change: what becomes different.
        root: the folder in which it must lie once all links are followed.
        replaces: what is there describes another picture and is replaced as a whole.

    Returns:
        Whether there is a sidecar afterwards.

    Raises:
        InputProblem: it is damaged, write-protected, a link, or holds something else than XMP; it lies outside the
            root, or the folder cannot be written. It is as it was.
    """
    if path.suffix.lower() != ".xmp":
        raise ValueError(f"{path.suffix} is no sidecar")
    try:
        with Folder(path.parent, inside=root) as folder:
            # Another program may write at the same moment; its words are not to be lost.
            for _ in range(3):
                seen = _read(folder, path.name)
                before = None if seen is None else seen.data
                if replaces and before is not None and not is_ours_alone(before):
                    raise InputProblem(
                        Sentence(
                            "it speaks of another picture, and holds more than Photosort wrote"
                        )
                    )
                made = changed_packet(None if replaces else before, change)
                if made == before:
                    return made is not None
                if before is not None and not holds_only_xmp(before):
                    raise InputProblem(Sentence("it holds more than keywords and other XMP"))
                if folder.swap(path.name, made, seen):
                    return made is not None
        reason: str = Sentence("another program is writing it")
    except BadTags:
        reason = Sentence("it is damaged")
    except InputProblem as problem:
        reason = problem.user_message
    except OSError as error:
        reason = reason_of(error)
    raise InputProblem(
        Sentence(
            "The keyword file {file} was left as it is: {reason}.", file=path.name, reason=reason
        )
    )


def _read(folder: Folder, name: str) -> Seen | None:
    seen = folder.read(name, limit_bytes=LARGEST_BYTES)
    # Renaming another file over it would not ask for this.
    if seen is not None and not seen.status.st_mode & _WRITABLE:
        raise InputProblem(Sentence("it is write-protected"))
    return seen


def _change_keywords(exiv2: Any, xmp: Any, change: SidecarChange) -> None:
    gone = {_folded(path) for path in change.remove}

    def stays(keyword: str) -> bool:
        return _folded(keyword) not in gone and last_level(keyword) not in change.remove_words

    # Programs fall back from one list to the next: a word that stayed in one of them would come back.
    _change_categories(xmp, stays, change.add)
    paths = category_paths(_categories(xmp))
    for key, parted in _PLACES.items():
        if key not in _WITHOUT_LEVELS:
            _keep(exiv2, xmp, key, stays, parted=parted)
            paths += [text.replace(parted, "|") for text in _texts(xmp, key)]
    # A flat word goes with its path, unless another path still says it.
    levels = {folded(level) for path in paths for level in path.split("|")}
    flat_gone = {last_level(path) for path in change.remove} - levels
    for key in _WITHOUT_LEVELS:
        _keep(exiv2, xmp, key, lambda word: stays(word) and folded(word) not in flat_gone)
    made = frozenset() if any(key in xmp for key in (*_PLACES, CATEGORIES)) else _OF_NEW_FILES
    for key, parted in _PLACES.items():
        if key == _FLAT or key in made or key in xmp:
            _add(exiv2, xmp, key, _spelled(change.add, parted, flat=key in _WITHOUT_LEVELS))


def _spelled(paths: Iterable[str], parted: str, *, flat: bool) -> list[str]:
    """Paths as a list has them; a list that parts levels by "/" knows no other meaning of it."""
    if flat:
        return [path.split("|")[-1] for path in paths]
    return [path.replace("|", parted) for path in paths if parted == "|" or parted not in path]


def _categories(xmp: Any) -> str:
    return xmp[CATEGORIES].toString() if CATEGORIES in xmp else ""


def _change_categories(xmp: Any, stays: Callable[[str], bool], add: Iterable[str]) -> None:
    before = _categories(xmp)
    after = changed_categories(before, stays, add)
    if after != before:
        _erase(xmp, CATEGORIES)
        if after:
            xmp[CATEGORIES] = after


def _folded(path: str) -> str:
    return "|".join(folded(level.strip()) for level in path.split("|"))


def _texts(xmp: Any, key: str) -> list[str]:
    if key not in xmp:
        return []
    value = xmp[key].value()
    try:
        return [str(item) for item in value]
    except TypeError:  # one word where a list belongs
        return [xmp[key].toString()]


def _keep(
    exiv2: Any, xmp: Any, key: str, stays: Callable[[str], bool], *, parted: str = "|"
) -> None:
    texts = _texts(xmp, key)
    kept = [text for text in texts if stays(text.replace(parted, "|"))]
    if len(kept) != len(texts):
        _set(exiv2, xmp, key, kept)


def _add(exiv2: Any, xmp: Any, key: str, new: Iterable[str]) -> None:
    texts = _texts(xmp, key)
    there = {folded(text) for text in texts}
    fresh = [text for text in dict.fromkeys(new) if folded(text) not in there]
    if fresh:
        _set(exiv2, xmp, key, [*texts, *fresh])


def _set(exiv2: Any, xmp: Any, key: str, texts: list[str]) -> None:
    kind = exiv2.TypeId.xmpSeq if key == _DIGIKAM else exiv2.TypeId.xmpBag
    if key in xmp and xmp[key].typeId() in {exiv2.TypeId.xmpBag, exiv2.TypeId.xmpSeq}:
        kind = xmp[key].typeId()
    _erase(xmp, key)
    if texts:
        array = exiv2.XmpArrayValue(kind)
        for text in texts:
            array.append(text)
        xmp.add(exiv2.XmpKey(key), array)


def _erase(xmp: Any, key: str) -> None:
    at = xmp.begin()
    while at != xmp.end():
        if at.key() == key or at.key().startswith(f"{key}["):
            at = xmp.erase(at)
        else:
            next(at)


def _foreign(xmp: Any, change: SidecarChange) -> dict[str, str]:
    """Every property that is neither keyword nor stars nor changed, as text."""
    ours = (*_PLACES, CATEGORIES, _RATING, _WRITTEN_FOR, *change.facts)
    return {
        datum.key(): datum.toString() for datum in xmp if datum.key().split("[", 1)[0] not in ours
    }
