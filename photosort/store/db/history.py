"""Undo history: records each change with its inverse, and carries it out.

Facts that the index finds on disk are not undoable and are written directly. Decisions go through
`recording`: tags on photos, what the user set on a photo, albums, folders added and removed, the
vocabulary, saved searches, stacks, photos joined and split by hand.
"""

from __future__ import annotations

import base64
import contextlib
import json
import sqlite3
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from photosort.domain.changes import ChangeSet, HistoryEntry
from photosort.errors import InputProblem
from photosort.sentences import Sentence, put_together
from photosort.store.db.bulk_rows import in_blocks, marks
from photosort.store.db.codec import now

if TYPE_CHECKING:
    from photosort.store.db.database import Store

Value = str | int | float | bytes | None
Key = int | str | tuple[int | str, ...]
Values = Mapping[str, "Value | Sequence[Value]"]

KEYS: Mapping[str, tuple[str, ...]] = {
    "roots": ("id",),
    "photos": ("id",),
    "files": ("id",),
    "tags": ("id",),
    "photo_tags": ("photo_id", "tag_id"),
    "albums": ("id",),
    "album_photos": ("album_id", "photo_id"),
    "album_suggestions": ("id",),
    "saved_searches": ("id",),
    "not_duplicates": ("one_id", "other_id"),
    "stacked_photos": ("photo_id",),
    "settings": ("key",),
}
_KEPT_ENTRIES = 5_000
_SINGLE = (str, bytes, int, float, type(None))
# Tables whose change shows in no photo, tag or album by name.
_FAR_REACHING = frozenset({"roots", "saved_searches", "settings"})
# What keyword files say changes with these.
_IN_KEYWORD_FILES = frozenset({"photos", "photo_tags", "tags", "files"})
# The settings of a library are the packs that are switched off and the user's own keywords.
_ABOUT_TAGS = frozenset({"tags", "settings"})


@dataclass(slots=True)
class _Step:
    """Rows of one table that were inserted, updated or deleted together, column by column.

    Attributes:
        keys: one list for each key column.
        columns: the columns that were written (update) or all columns given or found (insert, delete).
        old: one list for each of `columns`; empty for an insert.
        new: one list for each of `columns`; empty for a delete.
    """

    operation: Literal["insert", "update", "delete"]
    table: str
    keys: list[list[Any]]
    columns: list[str]
    old: list[list[Any]]
    new: list[list[Any]]

    def inverse(self) -> _Step:
        operation: dict[str, Literal["insert", "update", "delete"]] = {
            "insert": "delete",
            "update": "update",
            "delete": "insert",
        }
        return _Step(
            operation[self.operation], self.table, self.keys, self.columns, self.new, self.old
        )


class Recorder:
    """Changes rows and keeps what they were. Made by `recording`.

    Attributes:
        result: what was changed; complete once the recording has ended.
    """

    def __init__(self, store: Store, action: Sentence, actor: str) -> None:
        self._store = store
        self._action = action
        self._actor = actor
        self._steps: list[_Step] = []
        self.result = ChangeSet(action=action)

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[tuple[Any, ...]]:
        """Reads what a change depends on, as it is in the midst of it."""
        return self._store.rows(sql, parameters)

    def insert(self, table: str, values: Values) -> list[int]:
        """Adds rows.

        Args:
            table: one of `KEYS`.
            values: columns to one value each for all rows, or a list with one for each row.

        Returns:
            The new ids where the table numbers its rows itself, else [].
        """
        columns, count = _columns(values)
        names = list(columns)
        key_names = KEYS[table]
        ids: list[int] = []
        if key_names == ("id",) and "id" not in columns:
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks(names)})"
            ids = [
                int(self._store.execute(sql, row).lastrowid or 0)
                for row in zip(*columns.values(), strict=True)
            ]
            names, data = ["id", *names], [ids, *columns.values()]
        else:
            data = list(columns.values())
        if count:
            step = _Step(
                "insert", table, [data[names.index(n)] for n in key_names], names, [], data
            )
            if not ids:
                _carry_out(self._store, step)
            self._steps.append(step)
        return ids

    def update(self, table: str, keys: Sequence[Key], values: Values) -> int:
        """Changes rows and returns how many; rows that are not there or already so are passed over."""
        key_columns = _key_columns(table, keys)
        columns, _ = _columns(values, len(keys))
        found = _fetch(self._store, table, key_columns, tuple(columns))
        return self._change(table, key_columns, columns, found)

    def put(self, table: str, keys: Sequence[Key], values: Values) -> int:
        """Changes rows, or adds them where they are not there, and returns how many changed."""
        key_columns = _key_columns(table, keys)
        columns, _ = _columns(values, len(keys))
        found = _fetch(self._store, table, key_columns, tuple(columns))
        changed = self._change(table, key_columns, columns, found)
        there = {row[0] for row in found}
        missing = [n for n in range(len(keys)) if n not in there]
        if missing:
            everything = dict(zip(KEYS[table], key_columns, strict=True)) | columns
            self.insert(
                table, {name: [data[n] for n in missing] for name, data in everything.items()}
            )
        return changed + len(missing)

    def delete(self, table: str, keys: Sequence[Key]) -> int:
        """Removes rows and returns how many; those that are not there are passed over."""
        key_columns = _key_columns(table, keys)
        names = _all_columns(self._store, table)
        rows = _fetch(self._store, table, key_columns, names)
        if not rows:
            return 0
        old = [list(column) for column in zip(*(row[1:] for row in rows), strict=True)]
        step_keys = [old[names.index(name)] for name in KEYS[table]]
        step = _Step("delete", table, step_keys, list(names), old, [])
        _carry_out(self._store, step)
        self._steps.append(step)
        return len(rows)

    def _change(
        self,
        table: str,
        key_columns: list[list[Any]],
        columns: dict[str, list[Any]],
        found: list[tuple[Any, ...]],
    ) -> int:
        wanted = list(zip(*columns.values(), strict=True))
        changing = [row for row in found if row[1:] != wanted[row[0]]]
        if not changing:
            return 0
        places, *old = (list(column) for column in zip(*changing, strict=True))
        step = _Step(
            "update",
            table,
            [[column[n] for n in places] for column in key_columns],
            list(columns),
            old,
            [[column[n] for n in places] for column in columns.values()],
        )
        _carry_out(self._store, step)
        self._steps.append(step)
        return len(changing)

    def _finish(self) -> None:
        if not self._steps:
            return
        tables = " ".join(sorted({step.table for step in self._steps}))
        # In SQL, like all of the history: a command that decides something does without the import of sqlite-utils.
        entry = self._store.execute(
            "INSERT INTO history (at, action, sentence, actor, tables, changes)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                now(),
                self._action,
                json.dumps(self._action.parts(), ensure_ascii=False),
                self._actor,
                tables,
                _pack(self._steps),
            ],
        ).lastrowid
        self._store.execute("DELETE FROM history WHERE id <= ?", [int(entry or 0) - _KEPT_ENTRIES])
        _note_to_follow(self._store, int(entry or 0), self._steps, taken_back=False)
        self.result = _summary(self._store, self._steps, entry, self._action)


@contextlib.contextmanager
def recording(store: Store, action: Sentence, actor: str) -> Iterator[Recorder]:
    """One undoable change; one that is begun inside another becomes part of it.

    Args:
        store: a writable store.
        action: what is done, in the user's words ("Confirm 'dog' on 3 photos").
        actor: "window" or "command".

    Raises:
        EnvironmentProblem: the library cannot be written.
    """
    outer = _open.get(id(store))
    if outer is not None:
        yield outer
        return
    store.require_writable()
    with store.atomic():
        store.execute("PRAGMA defer_foreign_keys = ON")
        recorder = _open[id(store)] = Recorder(store, action, actor)
        try:
            yield recorder
            recorder._finish()
        finally:
            del _open[id(store)]


# Who made what nobody asked for: it is undone by its number only, so that undo means what the user just did.
BY_ITSELF = "automatic"
# The recording in progress on each connection; a connection belongs to one thread.
_open: dict[int, Recorder] = {}


def entries(store: Store, limit: int = 100, *, entry_id: int | None = None) -> list[HistoryEntry]:
    """What was done, newest first, or one entry of it."""
    return [
        HistoryEntry(row[0], row[1], _said(row[2], row[3]), row[4], row[5] is not None)
        for row in store.rows(
            "SELECT id, at, action, sentence, actor, undone_at FROM history"
            " WHERE id = coalesce(?, id) ORDER BY id DESC LIMIT ?",
            [entry_id, limit],
        )
    ]


def undo(store: Store, entry_id: int | None = None, *, redo: bool = False) -> ChangeSet:
    """Takes back the newest change that was not undone, or the one named; `redo` does it again.

    What was done by itself is passed over unless it is named.

    Raises:
        InputProblem: nothing to take back, no such entry, already done, or a later change touches the
            same rows.
        EnvironmentProblem: the library cannot be written.
    """
    store.require_writable()
    try:
        with store.atomic():
            return replace(_undo(store, entry_id, redo=redo), taken_back=True)
    except sqlite3.IntegrityError as error:
        raise InputProblem(
            Sentence(
                "Something that was added later depends on this change, so it cannot be taken back."
            ),
            str(error),
        ) from error


def to_follow(store: Store) -> list[ChangeSet]:
    """The changes that keyword files have not followed yet, oldest first."""
    return [
        replace(
            _summary(store, _unpack(packed), entry_id, _said(action, sentence)),
            taken_back=bool(taken_back),
        )
        for entry_id, action, sentence, packed, taken_back in store.rows(
            "SELECT id, action, sentence, changes, taken_back"
            " FROM changes_to_follow JOIN history ON history.id = history_id ORDER BY id"
        )
    ]


def followed(store: Store, entry_id: int) -> None:
    """Keyword files follow this change, or it is noted which of them have to."""
    store.execute("DELETE FROM changes_to_follow WHERE history_id = ?", [entry_id])


def forget(
    connection: sqlite3.Connection, gone: Mapping[str, Collection[int]], names: Collection[str]
) -> None:
    """Takes what is about photos and files out of all entries; entries that are left empty go.

    Args:
        connection: of a library or a copy of it, in a transaction.
        gone: ids of "photos" and "files".
        names: an entry in whose words one of these occurs goes as a whole.
    """
    about: Mapping[str, Mapping[str, tuple[int, ...]]] = {
        "photos": {
            "photos": (0,),
            "photo_tags": (0,),
            "album_photos": (1,),
            "not_duplicates": (0, 1),
            "stacked_photos": (0,),
        },
        "files": {"files": (0,)},
    }
    places = {
        (table, place): gone[kind]
        for kind, tables in about.items()
        for table, found in tables.items()
        for place in found
    }
    for entry_id, action, packed in connection.execute(
        "SELECT id, action, changes FROM history"
    ).fetchall():
        steps = _unpack(packed)
        kept = [step for step in (_without(one, places) for one in steps) if step is not None]
        if not kept or any(name in action for name in names):
            connection.execute("DELETE FROM history WHERE id = ?", [entry_id])
        elif kept != steps:
            connection.execute(
                "UPDATE history SET changes = ? WHERE id = ?", [_pack(kept), entry_id]
            )


def _without(step: _Step, places: Mapping[tuple[str, int], Collection[int]]) -> _Step | None:
    """A step without the rows whose keys are in `places`; None where none is left."""
    going = [(place, gone) for (table, place), gone in places.items() if table == step.table]
    kept = [
        n
        for n in range(len(step.keys[0]))
        if not any(step.keys[place][n] in gone for place, gone in going)
    ]
    if len(kept) == len(step.keys[0]):
        return step
    if not kept:
        return None
    parts = [
        [[column[n] for n in kept] for column in part] for part in (step.keys, step.old, step.new)
    ]
    return _Step(step.operation, step.table, parts[0], step.columns, parts[1], parts[2])


def _note_to_follow(store: Store, entry_id: int, steps: list[_Step], *, taken_back: bool) -> None:
    if any(step.table in _IN_KEYWORD_FILES for step in steps):
        store.execute(
            "INSERT OR REPLACE INTO changes_to_follow (history_id, taken_back) VALUES (?, ?)",
            [entry_id, taken_back],
        )


def _undo(store: Store, entry_id: int | None, *, redo: bool) -> ChangeSet:
    entry_id = _choose(store, entry_id, redo=redo)
    (row,) = store.rows(
        "SELECT action, sentence, tables, changes FROM history WHERE id = ?", [entry_id]
    )
    action, tables, packed = _said(row[0], row[1]), row[2], row[3]
    steps = _unpack(packed)
    _refuse_if_touched_later(store, entry_id, set(tables.split()), steps, action)
    store.execute("PRAGMA defer_foreign_keys = ON")
    todo = steps if redo else [step.inverse() for step in reversed(steps)]
    for step in todo:
        if not _is_applicable(store, step):
            raise InputProblem(_cannot_be_undone(action, redo=redo))
        _carry_out(store, step)
    store.execute(
        "UPDATE history SET undone_at = ? WHERE id = ?", [None if redo else now(), entry_id]
    )
    _note_to_follow(store, entry_id, steps, taken_back=True)
    return _summary(store, todo, entry_id, action)


def _cannot_be_undone(action: str, *, redo: bool) -> Sentence:
    if redo:
        return Sentence(
            '"{action}" cannot be done again: the same things have changed since.', action=action
        )
    return Sentence(
        '"{action}" cannot be taken back: the same things have changed since.', action=action
    )


def _choose(store: Store, entry_id: int | None, *, redo: bool) -> int:
    if entry_id is None:
        order = "undone_at DESC, id" if redo else "id DESC"
        test = "NOT NULL" if redo else "NULL"
        newest = store.value(
            f"SELECT id FROM history WHERE undone_at IS {test} AND actor <> ? ORDER BY {order}",
            [BY_ITSELF],
        )
        if newest is None:
            raise InputProblem(
                Sentence("There is nothing to redo.")
                if redo
                else Sentence("There is nothing to undo.")
            )
        return int(newest)
    found = store.rows("SELECT undone_at FROM history WHERE id = ?", [entry_id])
    if not found:
        raise InputProblem(Sentence("The history has no entry {entry_id}.", entry_id=entry_id))
    if (found[0][0] is not None) is not redo:
        raise InputProblem(
            Sentence("Entry {entry_id} was not undone.", entry_id=entry_id)
            if redo
            else Sentence("Entry {entry_id} is undone already.", entry_id=entry_id)
        )
    return entry_id


def _refuse_if_touched_later(
    store: Store, entry_id: int, tables: set[str], steps: list[_Step], action: str
) -> None:
    touched: dict[str, set[Any]] = {}
    for later_id, later_action, sentence, later_tables, packed in store.rows(
        "SELECT id, action, sentence, tables, changes FROM history"
        " WHERE id > ? AND undone_at IS NULL ORDER BY id",
        [entry_id],
    ):
        if not tables.intersection(later_tables.split()):
            continue
        if not touched:
            for step in steps:
                touched.setdefault(step.table, set()).update(zip(*step.keys, strict=True))
        for step in _unpack(packed):
            keys = touched.get(step.table, set())
            if not keys.isdisjoint(zip(*step.keys, strict=True)):
                raise InputProblem(
                    Sentence(
                        '"{action}" cannot be changed now, because "{later_action}" (entry {later_id}) changed the same things later; undo that first.',
                        action=action,
                        later_action=_said(later_action, sentence),
                        later_id=later_id,
                    )
                )


def _said(action: str, sentence: str | None) -> str:
    """The words of a stored action; entries of older versions have no parts."""
    return action if sentence is None else put_together(json.loads(sentence))


def _is_applicable(store: Store, step: _Step) -> bool:
    """Whether the rows are as the step expects: absent, present, or with the old values."""
    if step.operation == "insert":
        return not _fetch(store, step.table, step.keys, ())
    if step.operation == "delete":
        return len(_fetch(store, step.table, step.keys, ())) == len(step.keys[0])
    expected = list(zip(*step.old, strict=True))
    found = _fetch(store, step.table, step.keys, tuple(step.columns))
    return len(found) == len(expected) and all(row[1:] == expected[row[0]] for row in found)


def _carry_out(store: Store, step: _Step) -> None:
    """One statement for all rows: 100,000 single ones take twice as long, with their triggers."""
    table, names = step.table, KEYS[step.table]
    if step.operation == "insert":
        data, constants = _load(store, step.new)
        store.execute(
            f"INSERT INTO {table} ({', '.join(step.columns)})"
            f" SELECT {', '.join(data)} FROM temp.touched ORDER BY n",
            constants,
        )
    elif step.operation == "delete":
        data, constants = _load(store, step.keys)
        store.execute(
            f"DELETE FROM {table} WHERE ({', '.join(names)})"
            f" IN (SELECT {', '.join(data)} FROM temp.touched)",
            constants,
        )
    else:
        data, constants = _load(store, [*step.keys, *step.new])
        here = zip(names, data[: len(names)], strict=True)
        there = zip(step.columns, data[len(names) :], strict=True)
        store.execute(
            f"UPDATE {table} SET {', '.join(f'{name} = {value}' for name, value in there)}"
            f" FROM temp.touched WHERE {' AND '.join(f'{table}.{n} = {value}' for n, value in here)}",
            constants,
        )


def _fetch(
    store: Store, table: str, keys: list[list[Any]], columns: Sequence[str]
) -> list[tuple[Any, ...]]:
    """(place in `keys`, values of `columns`) of the rows that are there, in the order of `keys`."""
    if not keys[0]:
        return []
    data, constants = _load(store, keys)
    condition = " AND ".join(
        f"{table}.{name} = {value}" for name, value in zip(KEYS[table], data, strict=True)
    )
    selected = ", ".join(["touched.n", *(f"{table}.{name}" for name in columns)])
    return store.rows(
        f"SELECT {selected} FROM temp.touched CROSS JOIN {table} ON {condition} ORDER BY touched.n",
        constants,
    )


def _load(store: Store, columns: list[list[Any]]) -> tuple[list[str], list[Any]]:
    """Puts columns into the temporary table `touched`.

    Returns:
        For each column how a statement that reads `touched` names it, and the parameters that go with
        them: a column of one value is a parameter and takes no room in the table.
    """
    expressions: list[str] = []
    constants: list[Any] = []
    varying: list[list[Any]] = []
    for column in columns:
        if column.count(column[0]) == len(column):
            constants.append(column[0])
            expressions.append(f"?{len(constants)}")
        else:
            expressions.append(f"touched.v{len(varying)}")
            varying.append(column)
    names = "".join(f", v{place}" for place in range(len(varying)))
    store.execute("DROP TABLE IF EXISTS temp.touched")
    store.execute(f"CREATE TEMP TABLE touched (n INTEGER PRIMARY KEY{names})")
    store.executemany(
        f"INSERT INTO temp.touched VALUES (?{', ?' * len(varying)})",
        zip(range(len(columns[0])), *varying, strict=True),
    )
    return expressions, constants


def _key_columns(table: str, keys: Sequence[Key]) -> list[list[Any]]:
    if len(KEYS[table]) == 1:
        return [list(keys)]
    return [[key[place] for key in keys if isinstance(key, tuple)] for place in (0, 1)]


def _columns(values: Values, count: int | None = None) -> tuple[dict[str, list[Any]], int]:
    """Every column as a list of the same length."""
    if count is None:
        lengths = [len(v) for v in values.values() if not isinstance(v, _SINGLE)]
        count = lengths[0] if lengths else 1
    return {
        name: [value] * count if isinstance(value, _SINGLE) else list(value)
        for name, value in values.items()
    }, count


def _all_columns(store: Store, table: str) -> tuple[str, ...]:
    return tuple(row[1] for row in store.rows(f"PRAGMA table_info({table})"))


def _summary(store: Store, steps: list[_Step], entry_id: int | None, action: str) -> ChangeSet:
    photos: set[int] = set()
    albums: set[int] = set()
    tag_ids: set[int] = set()
    tag_keys: set[str] = set()
    moved: set[int] = set()
    turned: set[int] = set()
    for step in steps:
        if step.table in {"photos", "stacked_photos"}:
            photos.update(step.keys[0])
        elif step.table == "photo_tags":
            photos.update(step.keys[0])
            tag_ids.update(step.keys[1])
        elif step.table == "album_photos":
            albums.update(step.keys[0])
            photos.update(step.keys[1])
        elif step.table == "not_duplicates":
            photos.update(*step.keys)
        elif step.table == "albums":
            albums.update(step.keys[0])
        elif step.table == "tags":
            tag_ids.update(step.keys[0])
            tag_keys.update(_values_of(step, "key"))
        elif step.table == "files":
            photos.update(_values_of(step, "photo_id"))
            photos.update(_photos_of_files(store, step.keys[0]))
            moved.update(step.keys[0] if "state" in step.columns else ())
            turned.update(step.keys[0] if "user_orientation" in step.columns else ())
    for block in in_blocks(list(tag_ids)):
        sql = f"SELECT key FROM tags WHERE id IN ({marks(block)})"
        tag_keys.update(row[0] for row in store.rows(sql, block))
    return ChangeSet(
        history_id=entry_id,
        action=action,
        photos=frozenset(photos),
        tags=frozenset(tag_keys),
        albums=frozenset(albums),
        files=frozenset(moved),
        turned=frozenset(turned),
        everything=any(step.table in _FAR_REACHING for step in steps),
        vocabulary=any(step.table in _ABOUT_TAGS for step in steps),
    )


def _values_of(step: _Step, column: str) -> set[Any]:
    if column not in step.columns:
        return set()
    place = step.columns.index(column)
    return {value for side in (step.old, step.new) if side for value in side[place]} - {None}


def _photos_of_files(store: Store, file_ids: list[Any]) -> set[int]:
    return {
        row[0]
        for block in in_blocks(file_ids)
        for row in store.rows(
            f"SELECT photo_id FROM files WHERE photo_id IS NOT NULL AND id IN ({marks(block)})",
            block,
        )
    }


def _pack(steps: list[_Step]) -> bytes:
    """JSON, compressed; column by column, because `json` keeps the interpreter to itself until it is done.

    100,000 tagged photos in one piece stalled the window for 0.2 s.
    """
    packer = zlib.compressobj(level=1)
    parts: list[bytes] = []

    def write(text: str) -> None:
        parts.append(packer.compress(text.encode()))

    for number, step in enumerate(steps):
        head = {"operation": step.operation, "table": step.table, "columns": step.columns}
        write(("," if number else "[") + json.dumps(head)[:-1])
        for name in ("keys", "old", "new"):
            write(f', "{name}": [')
            for place, column in enumerate(getattr(step, name)):
                packed = json.dumps(column, default=_pack_bytes, separators=(",", ":"))
                write(("," if place else "") + packed)
            write("]")
        write("}")
    write("]" if steps else "[]")
    return b"".join([*parts, packer.flush()])


def _pack_bytes(value: object) -> object:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError(f"cannot be recorded: {type(value).__name__}")


def _unpack(packed: bytes) -> list[_Step]:
    def restore(read: dict[str, Any]) -> object:
        return base64.b64decode(read["base64"]) if "base64" in read else read

    return [_Step(**one) for one in json.loads(zlib.decompress(packed), object_hook=restore)]
