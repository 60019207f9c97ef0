"""Questions are answered from connections of their own: none waits for a write that it does not need."""

import threading
from collections.abc import Iterator
from concurrent.futures import wait
from contextlib import contextmanager

from photosort.progress import Job
from photosort.search.query_language import parse
from photosort.usecases import undoing
from photosort.usecases.models import vector_indexes
from photosort.usecases.photos import photo_table, roots
from photosort.usecases.search import explanations, query_results, similarity
from photosort.usecases.session.session import Session
from photosort.usecases.tags.suggestions import open_suggestions


@contextmanager
def busy(places) -> Iterator[Session]:
    """The library in a process that has not searched yet, while something long is written."""
    session = Session(places, actor="window")
    written, begun = threading.Event(), threading.Event()

    def batch(_store) -> None:
        begun.set()
        written.wait(60)

    session.write_soon(batch)
    begun.wait()
    yield session
    written.set()
    session.close()


QUESTIONS = {
    "search": lambda session, _: query_results.search(session, "red -blue", limit=9),
    "search by words": lambda session, _: query_results.search(session, "sea", limit=9),
    "search by a suggested tag": lambda session, _: query_results.search(
        session, "tag:cat", limit=9
    ),
    "similar": lambda session, folder: similarity.similar(session, str(folder / "a.jpg"), limit=9),
    "why": lambda session, _: explanations.reasons(
        session, parse("red"), photo_table.load(session), [1]
    ),
    "heat map": lambda session, _: explanations.heat_map(
        session, "red", 1, photo_table.load(session)
    ),
    "suggestions": lambda session, _: open_suggestions(session, Job()),
    "open the indexes": lambda session, _: vector_indexes.refresh(session),
    "history": lambda session, _: undoing.entries(session),
    "add a folder again": lambda session, folder: roots.add(session, str(folder)),
}


def test_no_question_waits_for_what_is_being_written(session, places, add):
    add("red", "a.jpg", "b.jpg")
    folder = add("blue", "sea.jpg")
    open_suggestions(session, Job())
    waited = []
    for name, question in QUESTIONS.items():
        with busy(places) as cold:
            asked = cold.lanes.reads.submit(question, cold, folder)
            if wait([asked], timeout=20).not_done:
                waited.append(name)
        asked.result()
    assert waited == []
