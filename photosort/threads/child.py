"""What runs in a child process: calls, one after the other, each of which may end it without harm to its parent.

Children come from a fork server: a process that has imported what they need, runs no threads, and forks. So one import
serves all of them, and one that died is replaced within milliseconds.
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import os
import pickle
import signal
import socket
import sys
import threading
import traceback
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from types import TracebackType

from photosort.errors import PhotosortError
from photosort.threads.process_tuning import tune_process

# The first argument of a process that is to be a fork server, which programs of a bundle look at before anything else.
FORK_SERVER = "--fork-server"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class _Turns:
    """Lets one caller in: of all threads of a process, or of all children of one parent.

    A child asks its parent by an empty message. The parent takes the turn back with the answer to the call, not before:
    what was made in it takes memory until then.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._channel: Connection | None = None
        self._is_mine = False

    def ask(self, channel: Connection) -> None:
        """Begins a call: its turns are asked for there."""
        self._channel, self._is_mine = channel, False

    def __enter__(self) -> None:
        if self._channel is None:
            self._lock.acquire()
        elif not self._is_mine:
            self._channel.send_bytes(b"")
            self._channel.recv_bytes()
            self._is_mine = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._channel is None:
            self._lock.release()


one_at_a_time = _Turns()


def main() -> None:
    """Runs the fork server until its parent is gone.

    The command line says the descriptor of its control socket, the bytes of memory that a child may map, and the
    modules to import.
    """
    at = sys.argv.index(FORK_SERVER)
    control, limit_bytes = map(int, sys.argv[at + 1 : at + 3])
    # A terminal and a session that ends signal all processes; the parent decides when these here end.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    tune_process()
    for name in sys.argv[at + 3 :]:
        import_module(name)
    gc.freeze()
    _run_fork_server(socket.socket(fileno=control), limit_bytes)


def _run_fork_server(control: socket.socket, limit_bytes: int) -> None:
    """Answers 0 and two descriptors with the id of a new child, and an id with how that child ended."""
    children: set[int] = set()
    while True:
        said, descriptors, _, _ = socket.recv_fds(control, 16, 2)
        if not said:
            break
        if (asked := int(said)) in children:
            answer = os.waitstatus_to_exitcode(os.waitpid(asked, 0)[1])
            children.remove(asked)
        elif asked:  # of an earlier fork server, with which it was killed
            answer = -signal.SIGKILL
        elif answer := os.fork():
            children.add(answer)
            for descriptor in descriptors:
                os.close(descriptor)
        else:
            control.close()
            # The other end is closed and nobody waits for an answer any more, or it cannot even begin.
            with suppress(EOFError, OSError, MemoryError):
                _restrict(limit_bytes)
                _serve(Connection(descriptors[0]), mmap.mmap(descriptors[1], 0))
            os._exit(0)
        control.send(b"%d" % answer)
    for child in children:
        os.kill(child, signal.SIGKILL)
    # What they used is counted as this process's, and then as its parent's.
    for child in children:
        os.waitpid(child, 0)


def _restrict(limit_bytes: int) -> None:
    import resource

    # A crash that is expected leaves no image of its memory behind.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most != resource.RLIM_INFINITY:
            limit_bytes = min(limit_bytes, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, limit_bytes))
        # Whoever kills the fork server ends them, too. Its one thread is the parent that counts here.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _serve(channel: Connection, memory: mmap.mmap) -> None:
    """Says that it is there, then answers calls; raises EOFError or OSError once the other end is closed."""
    channel.send_bytes(b"")
    while True:
        request = channel.recv_bytes()
        one_at_a_time.ask(channel)
        channel.send_bytes(_answer(request, memory))


def _answer(request: bytes, memory: mmap.mmap) -> bytes:
    result: tuple[bool, object]
    try:
        work, given, named = pickle.loads(request)
        result = True, work(*given, **named)
    except (PhotosortError, OSError, MemoryError) as error:
        result = False, error
    except Exception:  # of any class, which the parent may not even be able to import
        result = False, RuntimeError(traceback.format_exc())
    return pack(result, memory)


def pack(value: object, memory: mmap.mmap) -> bytes:
    """A message of which arrays lie in shared memory, where they fit in.

    Args:
        value: can be pickled.
        memory: shared with the reader of the message, which nobody else uses meanwhile.
    """
    buffers: list[pickle.PickleBuffer] = []
    data = pickle.dumps(value, protocol=5, buffer_callback=buffers.append)
    views = [buffer.raw() for buffer in buffers]
    sizes = [view.nbytes for view in views]
    if sum(sizes) > len(memory):
        return pickle.dumps(([], pickle.dumps(value, protocol=5)))
    at = 0
    for view in views:
        memory[at : at + view.nbytes] = view
        at += view.nbytes
    return pickle.dumps((sizes, data))


def unpack(message: bytes, memory: mmap.mmap) -> object:
    """What `pack` made a message of; arrays are copied out of the shared memory."""
    sizes, data = pickle.loads(message)
    buffers = []
    at = 0
    with memoryview(memory) as shared:
        for size in sizes:
            buffers.append(bytearray(shared[at : at + size]))
            at += size
    return pickle.loads(data, buffers=buffers)
