"""Downloads one file from the hub: resumes where it stopped, verifies what it got.

The only code of Photosort that opens a connection, and only when the user asks for a model. The plain
client of the standard library is enough: there is one connection, and each of its failures needs its own answer.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import http.client
import json
import os
import re
import shutil
import stat
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import photosort
from photosort.errors import EnvironmentProblem
from photosort.log import topic
from photosort.safe_files import make_empty, update, write_whole
from photosort.sentences import Sentence

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

_log = topic("embed")

_BLOCK_BYTES = 1 << 18
# Silence of the other side for so long is a broken connection.
TIMEOUT_S = 30.0
# Broken connections in a row, without a byte in between, until a person must look after it.
ATTEMPTS = 5
_PAUSES_S = (0.5, 1.0, 2.0, 4.0)
_SPARE_BYTES = 100_000_000
_SHA256 = re.compile(r"^[0-9a-f]{64}$")
_RANGE = re.compile(r"^bytes (\d+)-\d+/(\d+)$")
_BROKEN = (OSError, http.client.HTTPException)


class FileMissing(EnvironmentProblem):
    """The hub has no such file."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that arrived whole.

    Attributes:
        sha256: of its content, hex.
        commit: the hub's name for the state that it came from, or "".
    """

    size_bytes: int
    sha256: str
    commit: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What the hub says of a file before its content.

    Attributes:
        etag: changes with the content; "" where the hub says nothing.
        sha256: where the hub states it, else None.
        total: size in bytes, or None.
    """

    etag: str
    sha256: str | None
    total: int | None
    commit: str


Check = Callable[[], None]
Wait = Callable[[float], None]
Arrived = Callable[[int, int | None], None]


def fetch(
    url: str,
    target: Path,
    *,
    size_bytes: int | None = None,
    sha256: str | None = None,
    check: Check = lambda: None,
    arrived: Arrived = lambda done, total: None,
    wait: Wait = time.sleep,
    timeout_s: float = TIMEOUT_S,
) -> Fetched:
    """Downloads a file, going on with the part that an earlier attempt left.

    Args:
        url: where it is.
        target: where it shall lie; it appears there only when it is whole and checked. What has arrived
            waits beside it as `NAME.part`.
        size_bytes: what its size must be, if that is known.
        sha256: what its hash must be, if that is known; otherwise the hub's own statement must hold.
        check: called for each block; raises to stop, which keeps the part.
        arrived: told how many bytes are there, and of how many.
        wait: pauses between attempts.
        timeout_s: silence that counts as a broken connection.

    Raises:
        FileMissing: the hub has no such file.
        EnvironmentProblem: no connection, not the file that was meant, a full disk.
    """
    part = _Part(target)
    failures, most = 0, part.size_bytes
    while True:
        check()
        try:
            said = _attempt(url, part, size_bytes, check, arrived, timeout_s)
            break
        except urllib.error.HTTPError as error:
            with error:
                problem = _refused(error, target.name)
            if error.code < 500 and error.code != 429:
                raise problem from error
            failure: Exception = error
        except _BROKEN as error:
            if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
                part.remove()
                raise _full(target) from error
            failure = error
        failures = 1 if part.size_bytes > most else failures + 1
        most = max(most, part.size_bytes)
        _log.info("%s: attempt %d: %r", target.name, failures, failure)
        if failures >= ATTEMPTS:
            raise EnvironmentProblem(
                Sentence(
                    "The connection broke while {file} was downloaded. What has arrived is kept; "
                    "start the download again to go on.",
                    file=target.name,
                ),
                repr(failure),
            ) from failure
        wait(_PAUSES_S[min(failures, len(_PAUSES_S)) - 1])
    digest = part.sha256(check)
    expected = sha256 or said.sha256
    wrong_size = size_bytes is not None and part.size_bytes != size_bytes
    if wrong_size or (expected is not None and digest != expected):
        found = f"{part.size_bytes} bytes, SHA-256 {digest}"
        part.remove()
        raise EnvironmentProblem(
            Sentence(
                "What arrived as {file} is not the file that was published; it was deleted. "
                "Try again later.",
                file=target.name,
            ),
            f"{found}; expected {size_bytes} bytes, SHA-256 {expected}",
        )
    fetched = Fetched(part.size_bytes, digest, said.commit)
    part.finish()
    return fetched


class _Part:
    """What has arrived of a file, with what it is a part of."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path = target.with_name(target.name + ".part")
        self._about = target.with_name(target.name + ".part.json")

    @property
    def size_bytes(self) -> int:
        """How much has arrived."""
        try:
            status = self._path.lstat()
        except OSError:
            return 0
        return status.st_size if stat.S_ISREG(status.st_mode) else 0

    @property
    def etag(self) -> str:
        """What the hub called the content that this is a part of; "" where it must begin again."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            return str(json.loads(self._about.read_text("utf-8")).get("etag", ""))
        return ""

    @property
    def free_bytes(self) -> int:
        """Room on its disk."""
        return shutil.disk_usage(self._target.parent).free

    def begin(self, etag: str) -> IO[bytes]:
        """An empty part."""
        self.remove()  # where a link has taken one of the names, the link
        write_whole(self._about, json.dumps({"etag": etag}).encode())
        make_empty(self._path)
        return self.go_on()

    def go_on(self) -> IO[bytes]:
        """The part as it is, to be added to."""
        return update(self._path, os.O_WRONLY | os.O_APPEND)

    def sha256(self, check: Check) -> str:
        """Hex SHA-256 of what has arrived."""
        digest = hashlib.sha256()
        with self._path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                check()
                digest.update(block)
        return digest.hexdigest()

    def finish(self) -> None:
        """Puts the whole file in its place."""
        self._path.replace(self._target)
        self._about.unlink(missing_ok=True)

    def remove(self) -> None:
        """Forgets what has arrived."""
        self._path.unlink(missing_ok=True)
        self._about.unlink(missing_ok=True)


def _attempt(
    url: str,
    part: _Part,
    size_bytes: int | None,
    check: Check,
    arrived: Arrived,
    timeout_s: float,
) -> _Said:
    have, etag = part.size_bytes, part.etag
    headers = {"User-Agent": f"photosort/{photosort.__version__}", "Accept-Encoding": "identity"}
    if have and etag:
        headers |= {"Range": f"bytes={have}-"}
    follower = _Follower()
    opener = urllib.request.build_opener(follower)
    try:
        response = opener.open(urllib.request.Request(url, headers=headers), timeout=timeout_s)
    except urllib.error.HTTPError as error:
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            error.close()
            part.remove()  # longer than the file, or of another one
            raise ConnectionError("the part cannot be continued") from error
        raise
    with response:
        said = _said(response.headers, follower.passed)
        _refuse_web_page(response.headers)
        goes_on = False
        if response.status == http.HTTPStatus.PARTIAL_CONTENT:
            span = _RANGE.match(response.headers.get("Content-Range", ""))
            goes_on = span is not None and int(span[1]) == have and said.etag == etag
            if not goes_on:
                part.remove()
                raise ConnectionError("the hub goes on with another file")
        total = said.total
        if size_bytes is not None and total is not None and total != size_bytes:
            part.remove()
            raise EnvironmentProblem(
                Sentence(
                    "The hub offers another file than the one that was published. Nothing was "
                    "downloaded."
                ),
                f"{url}: {total} bytes instead of {size_bytes}",
            )
        have = have if goes_on else 0
        _refuse_full(part, total, have)
        with part.go_on() if goes_on else part.begin(said.etag) as file:
            arrived(have, total)
            while block := response.read1(_BLOCK_BYTES):
                check()
                file.write(block)
                have += len(block)
                arrived(have, total)
    if total is not None and have < total:
        raise ConnectionError(f"{have} of {total} bytes arrived")
    return said


class _Follower(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but never from an encrypted connection to a plain one.

    Attributes:
        passed: headers of the answers on the way; the hub states size and hash there.
    """

    def __init__(self) -> None:
        self.passed: list[Message] = []

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The next request."""
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise EnvironmentProblem(
                Sentence("The hub sent the download to an unencrypted address; it was stopped."),
                f"{req.full_url} to {newurl}",
            )
        self.passed.append(headers)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _said(last: Message, passed: list[Message]) -> _Said:
    def first(name: str) -> str:
        return next((found for one in passed if (found := one.get(name))), "") or last.get(name, "")

    linked = first("X-Linked-Etag").strip('"')
    span = _RANGE.match(last.get("Content-Range", ""))
    length = span[2] if span else last.get("Content-Length")
    return _Said(
        etag=linked or (last.get("ETag") or "").strip('"'),
        sha256=linked if _SHA256.match(linked) else None,
        total=int(length) if length is not None and length.isdecimal() else None,
        commit=first("X-Repo-Commit"),
    )


def _refuse_web_page(headers: Message) -> None:
    if headers.get_content_type() == "text/html":
        raise EnvironmentProblem(
            Sentence(
                "The network answers with a web page instead of the model; perhaps it wants "
                "you to sign in first. Open a web page in your browser, then try again."
            ),
            str(dict(headers.items())),
        )


def _refuse_full(part: _Part, total: int | None, have: int) -> None:
    if total is None:
        return
    need, free = total - have + _SPARE_BYTES, part.free_bytes
    if free < need:
        raise EnvironmentProblem(
            Sentence(
                "The download needs {need_gb:.1f} GB, and {free_gb:.1f} GB are free. Make room, "
                "then start it again; what has arrived is kept.",
                need_gb=need / 1e9,
                free_gb=free / 1e9,
            ),
        )


def _full(target: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        Sentence(
            "The disk is full; the download of {file} was deleted. Make room, then start it again.",
            file=target.name,
        ),
        str(target),
    )


def _refused(error: urllib.error.HTTPError, name: str) -> EnvironmentProblem:
    account = Sentence(
        "The hub wants an account for this model. Download it in your browser and import the file."
    )
    sentences: Mapping[int, str] = {
        401: account,
        403: account,
        404: Sentence(
            "The hub does not have {file} any more. Update Photosort, or import the model from a file.",
            file=name,
        ),
    }
    kind = FileMissing if error.code == http.HTTPStatus.NOT_FOUND else EnvironmentProblem
    refused = Sentence(
        "The hub refused to send {file} (status {code}).", file=name, code=error.code
    )
    sentence = sentences.get(error.code, refused)
    return kind(sentence, f"{error.url}: {error.code} {error.reason}")
