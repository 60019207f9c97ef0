import pytest

from photosort.settings import Settings
from photosort.store.tables import contents
from photosort.threads.lanes import cores
from photosort.usecases.photos import thumbnails
from photosort.usecases.session.session import Session


@pytest.fixture
def open_with(places):
    """Opens the library with settings; all are closed at the end."""
    opened = []

    def make(**chosen):
        opened.append(Session(places, actor="command", chosen=Settings(**chosen)))
        return opened[-1]

    yield make
    for session in opened:
        session.close()


@pytest.mark.parametrize(("threads", "expected"), [(0, cores()), (1, 1), (cores() + 9, cores())])
def test_the_lanes_have_the_threads_that_were_chosen(open_with, threads, expected):
    assert open_with(threads=threads).threads == expected


def test_thumbnails_beyond_the_limit_go_but_not_those_of_offline_files(open_with, monkeypatch):
    session = open_with(thumbnail_cache_mb=64)
    megabytes = bytes(20_000_000)
    session.thumbnails.put([(bytes([n]), 256, megabytes) for n in range(3)])
    assert thumbnails.keep_to_size(session) == 0
    session.thumbnails.put([(bytes([n]), 256, megabytes) for n in range(3, 5)])
    monkeypatch.setattr(contents, "offline_keys", lambda store: {bytes([0])})
    assert thumbnails.keep_to_size(session) == 2
    assert session.thumbnails.missing([bytes([n]) for n in range(5)], 256) == {b"\x01", b"\x02"}
