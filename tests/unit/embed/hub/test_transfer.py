"""A download goes on where it stopped and believes nothing that it did not check."""

import hashlib
import threading
from collections import namedtuple

import pytest

from photosort.embed.hub import transfer
from photosort.embed.hub.transfer import FileMissing, fetch
from photosort.errors import EnvironmentProblem, JobCancelled
from tests.fixtures.loopback_hub import (
    LoopbackHub,
    broken_after,
    other_content,
    redirect,
    serve,
    silence,
    slowly,
    status,
    web_page,
)

CONTENT = bytes(range(256)) * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def hub(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serve(LoopbackHub(files={"/weights": CONTENT}, states_hash=False)) as served:
        yield served


@pytest.fixture
def get(hub, tmp_path):
    def download(**options):
        options = {"wait": lambda seconds: None, "timeout_s": 5.0, **options}
        return fetch(f"{hub.url}/weights", tmp_path / "weights", **options)

    return download


def left(tmp_path):
    return sorted(path.name for path in tmp_path.iterdir())


def test_the_file_appears_whole_and_checked(get, tmp_path):
    seen = []
    fetched = get(
        size_bytes=len(CONTENT),
        sha256=SHA256,
        arrived=lambda done, total: seen.append((done, total)),
    )
    assert (tmp_path / "weights").read_bytes() == CONTENT
    assert (fetched.size_bytes, fetched.sha256) == (len(CONTENT), SHA256)
    assert left(tmp_path) == ["weights"]
    assert seen[0] == (0, len(CONTENT))
    assert seen[-1] == (len(CONTENT), len(CONTENT))


def test_broken_connections_go_on_where_they_broke(hub, get, tmp_path):
    hub.once = [broken_after(1000), broken_after(50_000), broken_after(7)]
    get(sha256=SHA256)
    assert (tmp_path / "weights").read_bytes() == CONTENT
    ranges = [asked for _, asked in hub.asked]
    assert ranges == [None, "bytes=1000-", "bytes=51000-", "bytes=51007-"]


def test_a_hub_without_ranges_begins_anew(hub, get, tmp_path):
    hub.supports_ranges = False
    hub.once = [broken_after(1000)]
    get(sha256=SHA256)
    assert (tmp_path / "weights").read_bytes() == CONTENT


def test_a_part_is_continued_by_the_next_download(hub, get, tmp_path):
    hub.once = [broken_after(1000)] + [status(503)] * transfer.ATTEMPTS
    with pytest.raises(EnvironmentProblem, match="connection broke"):
        get()
    assert not (tmp_path / "weights").exists()
    hub.once = []
    get(sha256=SHA256)
    assert hub.asked[-1][1] == "bytes=1000-"
    assert (tmp_path / "weights").read_bytes() == CONTENT


def test_a_part_of_another_file_is_thrown_away(hub, get, tmp_path):
    hub.once = [broken_after(1000)] + [status(503)] * transfer.ATTEMPTS
    with pytest.raises(EnvironmentProblem):
        get()
    hub.once, hub.files["/weights"] = [], CONTENT[::-1]
    get()
    assert (tmp_path / "weights").read_bytes() == CONTENT[::-1]


def test_a_part_longer_than_the_file_is_thrown_away(hub, get, tmp_path):
    hub.once = [broken_after(1000)] + [status(503)] * transfer.ATTEMPTS
    with pytest.raises(EnvironmentProblem):
        get()
    hub.once, hub.files["/weights"] = [], CONTENT[:500]
    get()
    assert (tmp_path / "weights").read_bytes() == CONTENT[:500]


def test_a_file_that_is_not_the_published_one_is_deleted(hub, get, tmp_path):
    hub.once = [other_content]
    with pytest.raises(EnvironmentProblem, match="not the file that was published"):
        get(sha256=SHA256)
    assert left(tmp_path) == []


def test_a_file_of_another_size_is_refused_before_it_arrives(get, tmp_path):
    with pytest.raises(EnvironmentProblem, match="another file"):
        get(size_bytes=len(CONTENT) + 1)
    assert left(tmp_path) == []


def test_the_hubs_own_statement_holds_where_nothing_else_is_known(hub, get, tmp_path):
    hub.states_hash = True
    fetched = get()
    assert (fetched.sha256, fetched.commit) == (SHA256, "c0ffee")
    assert [path for path, _ in hub.asked] == ["/weights", "/cdn/weights"]
    (tmp_path / "weights").unlink()
    hub.once = [other_content]
    with pytest.raises(EnvironmentProblem, match="not the file that was published"):
        get()


def test_a_captive_portal_is_named(hub, get, tmp_path):
    hub.once = [web_page]
    with pytest.raises(EnvironmentProblem, match="sign in"):
        get()
    assert left(tmp_path) == []


def test_silence_is_a_broken_connection(hub, get, tmp_path):
    released = threading.Event()
    hub.once = [silence(released)]
    get(timeout_s=0.2, sha256=SHA256)
    released.set()
    assert (tmp_path / "weights").read_bytes() == CONTENT


def test_slow_bytes_are_bytes(hub, get, tmp_path):
    hub.once = [slowly]
    get(sha256=SHA256)
    assert (tmp_path / "weights").read_bytes() == CONTENT
    assert len(hub.asked) == 1


def test_a_cancel_keeps_what_has_arrived(hub, get, tmp_path):
    hub.once = [slowly]
    calls = []

    def check():
        calls.append(1)
        if len(calls) > 3:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        get(check=check)
    assert "weights" not in left(tmp_path)
    get(sha256=SHA256)
    assert hub.asked[-1][1] is not None


@pytest.mark.parametrize(
    ("code", "kind", "sentence"),
    [
        (404, FileMissing, "does not have"),
        (401, EnvironmentProblem, "wants an account"),
        (451, EnvironmentProblem, "status 451"),
    ],
)
def test_a_refusal_is_said_at_once(hub, get, code, kind, sentence):
    hub.once = [status(code)]
    with pytest.raises(kind, match=sentence):
        get()
    assert len(hub.asked) == 1


def test_a_hub_in_trouble_is_asked_again(hub, get, tmp_path):
    hub.once = [status(503), status(429)]
    get(sha256=SHA256)
    assert (tmp_path / "weights").read_bytes() == CONTENT


def test_endless_redirects_end(hub, get):
    hub.once = [redirect("/weights")] * 40
    with pytest.raises(EnvironmentProblem):
        get()


def test_no_connection_at_all(get, hub, tmp_path):
    with pytest.raises(EnvironmentProblem, match="connection broke"):
        fetch("http://127.0.0.1:9/weights", tmp_path / "weights", wait=lambda s: None, timeout_s=1)


def test_an_encrypted_connection_is_never_given_up():
    request = transfer.urllib.request.Request("https://hub.example/weights")
    with pytest.raises(EnvironmentProblem, match="unencrypted"):
        transfer._Follower().redirect_request(
            request, None, 302, "Found", {}, "http://hub.example/weights"
        )


def test_a_full_disk_is_noticed_before(get, tmp_path, monkeypatch):
    monkeypatch.setattr(transfer.shutil, "disk_usage", lambda path: Usage(10, 10, 1000))
    with pytest.raises(EnvironmentProblem, match="are free"):
        get()
    assert left(tmp_path) == []


def test_a_disk_that_fills_up_leaves_nothing(get, tmp_path, monkeypatch):
    class Full:
        def __init__(self, file):
            self._file = file

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self._file.close()

        def write(self, block):
            raise OSError(28, "No space left on device")

    begin = transfer._Part.begin
    monkeypatch.setattr(transfer._Part, "begin", lambda part, etag: Full(begin(part, etag)))
    with pytest.raises(EnvironmentProblem, match="disk is full"):
        get()
    assert left(tmp_path) == []


@pytest.mark.parametrize("name", ["weights.part", "weights.part.json"])
def test_a_link_at_the_name_of_the_part_is_not_followed(get, tmp_path, name):
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"a photo")
    (tmp_path / name).symlink_to(photo)
    get(size_bytes=len(CONTENT), sha256=SHA256)
    assert photo.read_bytes() == b"a photo"
    assert (tmp_path / "weights").read_bytes() == CONTENT
    assert left(tmp_path) == ["photo.jpg", "weights"]


def test_a_link_to_the_beginning_of_the_file_is_not_continued(hub, get, tmp_path):
    hub.once = [broken_after(1000)] + [status(503)] * transfer.ATTEMPTS
    with pytest.raises(EnvironmentProblem, match="connection broke"):
        get()
    hub.once = []
    part = tmp_path / "weights.part"
    mine = part.rename(tmp_path / "mine")
    part.symlink_to(mine)
    get(size_bytes=len(CONTENT), sha256=SHA256)
    assert mine.read_bytes() == CONTENT[:1000]
    assert (tmp_path / "weights").read_bytes() == CONTENT
    assert not (tmp_path / "weights").is_symlink()
