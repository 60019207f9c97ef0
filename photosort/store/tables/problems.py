"""Files that could not be used, without those that the user ignores."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from photosort.sentences import Sentence
from photosort.store.db import history
from photosort.store.tables import files, settings

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.domain.photos import File
    from photosort.store.db.database import Store

_KEY = "ignored_problems"


def worth_telling(store: Store) -> list[File]:
    """The files that could not be used, by folder and name, but for the ignored ones.

    A file that changed since it was ignored is told of again: another attempt may have damaged another picture.
    """
    ignored = set(settings.get(store, _KEY, []))
    return [file for file in files.problems(store) if _mark(file) not in ignored]


def ignore(store: Store, file_ids: Iterable[int], *, actor: str) -> ChangeSet:
    """Ignores the problems of these files, as one entry of the history."""
    wanted = set(file_ids)
    problems = files.problems(store)
    there = {_mark(file) for file in problems}
    before = set(settings.get(store, _KEY, []))
    chosen = {_mark(file) for file in problems if file.id in wanted}
    # Marks of files that are gone or can be read by now are of no use any more.
    kept = sorted((before & there) | chosen)
    count = len(chosen)
    if count == 1:
        action = Sentence("Ignored {count:,} problem", count=count)
    else:
        action = Sentence("Ignored {count:,} problems", count=count)
    with history.recording(store, action, actor) as changes:
        changes.put("settings", [_KEY], {"value": json.dumps(kept)})
    return changes.result


def _mark(file: File) -> str:
    return f"{file.id}:{file.size_bytes}:{file.mtime_ns}"
