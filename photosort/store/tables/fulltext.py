"""Full-text search over names, folders, tags, captions and metadata words.

Triggers note which photos changed; `catch_up` brings their rows up to date, a part at a time, in the lane
that writes. Until then they are found by their old words.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from photosort.errors import EnvironmentProblem
from photosort.store.db.bulk_rows import in_blocks, marks, numbers
from photosort.store.tables import place_names

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.store.db.database import Store

Column = Literal["name", "tags", "caption", "folder", "metadata"]
COLUMNS: tuple[Column, ...] = ("name", "tags", "caption", "folder", "metadata")

# DSC01234 is found as "dsc 1234", "dsc01234", "01234" and "1234".
_BOUNDARY = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_LEADING_ZEROS = re.compile(r"\b0+(?=\d)")
# Scripts without spaces, Thai, Lao, Burmese and Khmer among them: every character is a word of its own, and a word of a
# query is a phrase.
_IDEOGRAPH = re.compile(
    r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])"
)
# Letters that people leave out or write otherwise, but that no form of Unicode takes apart; FTS5 drops Latin accents.
_SAME = str.maketrans({"ё": "е", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})
# Hebrew and Arabic vowel signs, and the stroke that makes Arabic words longer.
_SIGNS = re.compile(
    r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
# Raised whenever the same texts would be indexed otherwise.
_VERSION = 2
# Korean writes particles onto the end of a word.
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_MOST_WORDS = 32
# BM25 reads every match: 3 us each.
_MOST_RANKED = 10_000
_LONGEST_WORD = 100


def search(store: Store, text: str, limit: int) -> list[tuple[int, float]]:
    """Photos in whose words all words of a text occur as whole words, best first.

    A Korean word is also found as a beginning: particles stand at its end without a space.

    Args:
        store: any store.
        text: what the user typed; nothing in it is syntax.
        limit: most photos returned.

    Returns:
        Photo id and rank; smaller ranks are better (BM25; a name counts twice as much as a tag). Words
        that very many photos have ("img", "jpg") set nothing apart: all ranks are 0, newest photos first.
    """
    query = _query(text)
    if not query:
        return []
    matching = "FROM words WHERE words MATCH ?"
    found = store.value(
        f"SELECT count(*) FROM (SELECT 1 {matching} LIMIT ?)", [query, _MOST_RANKED + 1]
    )
    if found > _MOST_RANKED:
        sql = f"SELECT rowid, 0.0 {matching} ORDER BY rowid DESC LIMIT ?"
    else:
        sql = f"SELECT rowid, rank {matching} ORDER BY rank LIMIT ?"
    return [(int(photo_id), float(rank)) for photo_id, rank in store.rows(sql, [query, limit])]


def photos_with(store: Store, text: str) -> NDArray[np.int64]:
    """All photos in whose words all words of a text occur, as `search` finds them; int64 array of ids."""
    query = _query(text)
    if not query:
        return np.empty(0, np.int64)
    sql = "SELECT json_group_array(rowid) FROM words WHERE words MATCH ?"
    return numbers(store.value(sql, [query]))


def shares(store: Store, text: str) -> dict[int, float]:
    """How much of a text each photo's words hold: 1 for all of it, less for some, rare words counting more.

    A word that more than 10,000 photos have sets nothing apart and counts as held by none of them.

    Args:
        store: any store.
        text: what the user typed, without words that mean nothing by themselves; nothing in it is syntax.

    Returns:
        Photo id to a number above 0 up to 1.
    """
    phrases = _phrases(text)
    total = int(store.value("SELECT count(*) FROM words_docsize"))
    held: dict[int, float] = {}
    whole = 0.0
    for phrase in phrases:
        sql = "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?"
        found = [row[0] for row in store.rows(sql, [phrase, _MOST_RANKED + 1])]
        weight = math.log1p(total / (len(found) + 0.5))
        whole += weight
        if len(found) <= _MOST_RANKED:
            for photo_id in found:
                held[photo_id] = held.get(photo_id, 0.0) + weight
    return {photo_id: min(1.0, weight / whole) for photo_id, weight in held.items()}


def is_held(store: Store, text: str, column: Column) -> bool:
    """Whether a column of any photo holds all words of a text."""
    query = _query(text)
    sql = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
    return bool(query) and store.value(sql, [f"{{{column}}} : ({query})"]) is not None


def places_of(store: Store, photo_id: int, text: str) -> dict[str, tuple[Column, ...]]:
    """Where a photo's words hold those of a text: word to the columns; words held nowhere are left out."""
    found: dict[str, tuple[Column, ...]] = {}
    for word, phrase in zip(_split(text), _phrases(text), strict=False):
        sql = "SELECT 1 FROM words WHERE words MATCH ? AND rowid = ?"
        held = tuple(
            column
            for column in COLUMNS
            if store.value(sql, [f"{{{column}}} : ({phrase})", photo_id]) is not None
        )
        if held:
            found[word] = held
    return found


def update_pending(store: Store, limit: int = 1_000) -> int:
    """Brings the words of at most `limit` photos up to date; returns how many still wait."""
    with store.atomic():
        if _is_outdated(store):
            store.execute("INSERT OR IGNORE INTO words_stale SELECT id FROM photos")
            store.execute("UPDATE meta SET value = ? WHERE key = 'words_version'", [_VERSION])
        sql = "SELECT photo_id FROM words_stale ORDER BY photo_id LIMIT ?"
        stale = [row[0] for row in store.rows(sql, [limit])]
        for block in in_blocks(stale):
            store.execute(f"DELETE FROM words WHERE rowid IN ({marks(block)})", block)
            store.executemany(
                "INSERT INTO words (rowid, name, tags, caption, folder, metadata)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                _rows(store, block),
            )
            store.execute(f"DELETE FROM words_stale WHERE photo_id IN ({marks(block)})", block)
    return pending(store)


def pending(store: Store) -> int:
    """How many photos' words are out of date."""
    if _is_outdated(store):
        return int(store.value("SELECT count(*) FROM photos"))
    return int(store.value("SELECT count(*) FROM words_stale"))


def _is_outdated(store: Store) -> bool:
    """Whether an older version indexed the words."""
    version = store.value("SELECT value FROM meta WHERE key = 'words_version'")
    return version is not None and int(version) < _VERSION


def is_intact(store: Store) -> bool:
    """Whether the full-text index is sound in itself."""
    try:
        with store.atomic():
            store.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    except EnvironmentProblem:
        return False
    return True


def rebuild(store: Store) -> None:
    """Makes the full-text index from its own texts again; `catch_up` brings those up to date."""
    with store.atomic():
        store.execute("INSERT INTO words (words) VALUES ('rebuild')")
        store.execute("INSERT OR IGNORE INTO words_stale SELECT id FROM photos")


def _query(text: str) -> str:
    """The text in FTS5's language: all of its phrases."""
    return " AND ".join(f"({phrase})" for phrase in _phrases(text))


def _phrases(text: str) -> list[str]:
    """Every word in FTS5's language, as a quoted phrase; Korean ones are open at their end."""
    words = (_apart(word[:_LONGEST_WORD]).strip() for word in _split(text)[:_MOST_WORDS])
    return [
        " OR ".join(_quoted(form) for form in dict.fromkeys([word, _parted(word)]))
        for word in words
    ]


def _quoted(form: str) -> str:
    return f'"{form}"*' if _HANGUL.match(form[-1]) else f'"{form}"'


def _split(text: str) -> list[str]:
    """Runs of letters, digits and the marks on them; the rest parts them, as FTS5's tokenizer does."""
    kept = (c if unicodedata.category(c)[0] in "LNM" else " " for c in _folded(text))
    return "".join(kept).split()


def _apart(text: str) -> str:
    return _IDEOGRAPH.sub(r" \1 ", _folded(text))


def _folded(text: str) -> str:
    """One form of letters that can be written in several: in two parts, at full width, with or without vowel signs."""
    same = unicodedata.normalize("NFKC", text).casefold().translate(_SAME)
    # Casefolding takes some letters apart again.
    return _SIGNS.sub("", unicodedata.normalize("NFKC", same))


def _parted(word: str) -> str:
    return _LEADING_ZEROS.sub("", _BOUNDARY.sub(" ", word))


def _words(text: str) -> str:
    """Text to be indexed: as it is, then its words with numbers in them once more, in parts."""
    parted = (
        f"{_BOUNDARY.sub(' ', word)} {_parted(word)}" for word in _split(text) if _has_digit(word)
    )
    return " ".join([_apart(text), *parted])


def _has_digit(word: str) -> bool:
    return any(character.isdecimal() for character in word)


def _rows(store: Store, photo_ids: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    ids = list(photo_ids)
    names = _names(store, ids)
    taken_in = place_names.of_photos(store, ids)
    tags = _tags(store, ids)
    for row in store.rows(
        "SELECT id, title, caption, label, camera_make, camera_model, lens, kind, more"
        f" FROM photos WHERE id IN ({marks(ids)})",
        ids,
    ):
        photo_id, title, caption, *facts, more = row
        rest = json.loads(more)
        people = [person[0] for person in rest.get("people", ())]
        keywords = [word for path in rest.get("keywords", ()) for word in path.split("|")]
        facts.append(rest.get("software"))
        if photo_id in taken_in:
            place = taken_in[photo_id]
            facts += [str(place), place.district, place.also]
        name, folder = names.get(photo_id, ("", ""))
        yield (
            photo_id,
            name,
            _join([*tags.get(photo_id, ()), *people, *keywords]),
            _join([title, caption]),
            folder,
            _join(facts),
        )


def _names(store: Store, photo_ids: list[int]) -> dict[int, tuple[str, str]]:
    """Photo id to the words of its files' names and of their folders."""
    held: dict[int, tuple[dict[str, None], dict[str, None]]] = {}
    for photo_id, folder, name in store.rows(
        "SELECT files.photo_id, folders.relative, files.name FROM files"
        f" JOIN folders ON folders.id = files.folder_id WHERE files.photo_id IN ({marks(photo_ids)})",
        photo_ids,
    ):
        names, folders = held.setdefault(photo_id, ({}, {}))
        names[_words(name.decode("utf-8", "replace"))] = None
        folders[_apart(folder.decode("utf-8", "replace"))] = None
    return {
        photo_id: (" ".join(names), " ".join(folders))
        for photo_id, (names, folders) in held.items()
    }


def _tags(store: Store, photo_ids: list[int]) -> dict[int, list[str]]:
    """Photo id to the names and aliases of its tags and of the tags above them."""
    found: dict[int, list[str]] = {}
    for photo_id, name, aliases in store.rows(
        f"""
        WITH RECURSIVE above (photo_id, tag_id) AS (
            SELECT photo_id, tag_id FROM photo_tags
            WHERE state != 'rejected' AND photo_id IN ({marks(photo_ids)})
            UNION
            SELECT above.photo_id, tags.parent_id FROM above JOIN tags ON tags.id = above.tag_id
            WHERE tags.parent_id IS NOT NULL
        )
        SELECT DISTINCT above.photo_id, tags.name, tags.aliases
        FROM above JOIN tags ON tags.id = above.tag_id
        """,
        photo_ids,
    ):
        found.setdefault(photo_id, []).extend([name, *json.loads(aliases)])
    return found


def _join(texts: Iterable[str | None]) -> str:
    return " ".join(_words(text) for text in texts if text)
