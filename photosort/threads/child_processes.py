"""Calls functions in child processes, which native code may crash, hang or fill without harm to this one.

Which files they have in hand is known here, so that one that takes a child down is named; one that only waited for
its turn is never blamed.
"""

from __future__ import annotations

import mmap
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, TypeVar, cast

from photosort.errors import EnvironmentProblem, JobCancelled
from photosort.sentences import Sentence
from photosort.threads.child import FORK_SERVER, unpack

P = ParamSpec("P")
R = TypeVar("R")

# More than the pixels of any encoder's input; only pages that are written to take memory.
_SHARED_BYTES = 16 * 1024 * 1024
# Numerical libraries start threads for each core, which would not survive forking and only wait here.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
# Seconds that killed children may take to be gone.
_END_S = 2.0


class ChildDied(Exception):
    """A call ended two children, the second of which had done nothing else.

    Attributes:
        was_killed: from outside, as a system does that runs out of memory; otherwise it crashed.
    """

    def __init__(self, *, was_killed: bool) -> None:
        super().__init__("killed" if was_killed else "crashed")
        self.was_killed = was_killed


class ChildTooSlow(Exception):
    """A call took longer than its limit; its child was killed."""


@dataclass(slots=True)
class _Child:
    pid: int
    channel: Connection
    memory: mmap.mmap

    def close(self) -> None:
        self.channel.close()
        self.memory.close()

    def kill(self) -> None:
        """Ends it where it has not ended; its id is its own until the fork server was asked how."""
        self.close()
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


class ChildProcesses:
    """Children that end with a block; none is started before there is work, and no more than callers at once.

    A call returns what the function returns in the child, and raises what it raises there.
    """

    def __init__(self, *modules: str, limit_s: float, limit_bytes: int) -> None:
        """Starts nothing.

        Args:
            modules: what the children import before they are asked for anything.
            limit_s: seconds that one call may take.
            limit_bytes: memory that a child may map, on Linux.
        """
        self._modules = modules
        self._limit_s = limit_s
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._fork_server: _ForkServer | None = None
        self._idle: list[_Child] = []
        self._is_closed = False

    def __enter__(self) -> ChildProcesses:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kills the children; calls that still run raise `JobCancelled`, as do later ones."""
        with self._lock:
            self._is_closed = True
            self._end_fork_server()

    def call(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Calls a function in a child and waits for it; may be called from several threads at once.

        Args:
            work: a function of a module's top level.
            args: can be pickled, as can what the function returns; arrays go by shared memory.
            kwargs: likewise.

        Raises:
            ChildDied: the call crashed, or was killed.
            ChildTooSlow: it took longer than its limit.
            JobCancelled: the block was left.
            EnvironmentProblem: no child can be started.
        """
        if sys.platform == "win32":  # it has neither fork nor these signals
            return work(*args, **kwargs)
        request = pickle.dumps((work, args, kwargs))
        ended = None
        for is_last in (False, True):
            child = self._child(new=is_last)
            try:
                is_done, result = self._ask(child, request)
            except TimeoutError:
                child.kill()
                raise ChildTooSlow from None
            except (EOFError, OSError):
                # What it did before may have left it broken: only a new one tells who is to blame.
                child.kill()
                ended = self._how_ended(child)
                continue
            self._give_back(child)
            if not is_done:
                raise result
            return cast(R, result)
        raise ChildDied(was_killed=ended in {None, -signal.SIGKILL})

    def _ask(self, child: _Child, request: bytes) -> tuple[bool, Any]:
        child.channel.send_bytes(request)
        with ExitStack() as turn:
            # The time that a child waits for its turn is not its own.
            while child.channel.poll(self._limit_s):
                if message := child.channel.recv_bytes():
                    return cast(tuple[bool, Any], unpack(message, child.memory))
                turn.enter_context(self._turn)
                child.channel.send_bytes(b"")
        raise TimeoutError

    def _child(self, *, new: bool) -> _Child:
        with self._lock:
            self._check()
            if self._idle and not new:
                return self._idle.pop()
            try:
                return self._new_child()
            except OSError:
                # Somebody ended the fork server: that is no file's fault, and another one may be had.
                self._end_fork_server()
            try:
                return self._new_child()
            except OSError as error:
                said = Sentence("The process that reads pictures cannot be started.")
                raise EnvironmentProblem(said, repr(error)) from error

    def _new_child(self) -> _Child:
        if self._fork_server is None:
            self._fork_server = _ForkServer(self._modules, self._limit_bytes)
        return self._fork_server.new_child()

    def _end_fork_server(self) -> None:
        if self._fork_server is not None:
            self._fork_server.end()
            self._fork_server = None
        for child in self._idle:
            child.close()
        self._idle.clear()

    def _give_back(self, child: _Child) -> None:
        with self._lock:
            if self._is_closed:
                child.close()
            else:
                self._idle.append(child)

    def _how_ended(self, child: _Child) -> int | None:
        """The child's exit status, negative for a signal; None where nobody knows it."""
        with self._lock:
            self._check()
            with suppress(OSError):
                return (
                    self._fork_server.status(child.pid) if self._fork_server is not None else None
                )
        return None

    def _check(self) -> None:
        if self._is_closed:
            raise JobCancelled


class _ForkServer:
    """The process that forks the children and ends them with itself: when it is told to, and with this process."""

    def __init__(self, modules: tuple[str, ...], limit_bytes: int) -> None:
        self._control, theirs = socket.socketpair()
        given = [FORK_SERVER, str(theirs.fileno()), str(limit_bytes), *modules]
        try:
            self._process = subprocess.Popen(
                [*_command(), *given],
                stdin=subprocess.DEVNULL,
                # Of what a library may print, nothing gets among what a command prints.
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                process_group=0,
                env=os.environ | _ONE_THREAD,
            )
        except OSError:
            self._control.close()
            raise
        finally:
            theirs.close()

    def new_child(self) -> _Child:
        """Raises OSError where there can be none."""
        shared = _shared_memory()
        memory = mmap.mmap(shared, _SHARED_BYTES)
        ours, theirs = Pipe()
        try:
            child = _Child(self._asked(0, theirs.fileno(), shared), ours, memory)
            theirs.close()
            ours.recv_bytes()
        except (EOFError, OSError) as error:
            ours.close()
            memory.close()
            raise OSError("no child") from error
        finally:
            theirs.close()
            os.close(shared)
        return child

    def status(self, pid: int) -> int:
        """How a child ended, which it has; raises OSError where nobody knows."""
        return self._asked(pid)

    def end(self) -> None:
        """Ends it and all children."""
        self._control.close()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:  # a drive that answers no more holds a child
            self._process.kill()
            self._process.wait()

    def _asked(self, number: int, *descriptors: int) -> int:
        socket.send_fds(self._control, [b"%d" % number], descriptors)
        answer = self._control.recv(16)
        if not answer:
            raise ConnectionResetError
        return int(answer)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    # Modules are found where this process found them, and nowhere else.
    code = (
        f"import sys; sys.path[:] = {sys.path!r}; from photosort.threads.child import main; main()"
    )
    return [sys.executable, "-I", "-c", code]


def _shared_memory() -> int:
    """A descriptor of memory that a process which is given it can map."""
    if sys.platform == "linux":
        descriptor = os.memfd_create("photosort")
    else:
        descriptor, name = tempfile.mkstemp()
        Path(name).unlink()
    os.truncate(descriptor, _SHARED_BYTES)
    return descriptor
