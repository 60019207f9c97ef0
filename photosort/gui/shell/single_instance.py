"""One window for each library: a second start hands its folders to the first and raises it."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from photosort import log

if TYPE_CHECKING:
    from photosort.paths import LibraryPaths

_WAIT_MS = 500
_LONGEST_MESSAGE = 1 << 20
# The path of a socket has room for so many bytes (macOS).
_LONGEST_ADDRESS = 100
_log = log.topic("gui")


def _address(name: str, home: Path) -> str:
    """Where the window listens: in a folder that nobody else may enter, as others could take a name in /tmp first."""
    if sys.platform == "win32":
        return name
    for folder in (Path(os.environ.get("XDG_RUNTIME_DIR") or home), home):
        path = os.fspath(folder / name)
        if _is_private(folder) and len(os.fsencode(path)) <= _LONGEST_ADDRESS:
            return path
    return name


def _is_private(folder: Path) -> bool:
    try:
        status = folder.stat()
    except OSError:
        return False
    return status.st_uid == os.getuid() and not status.st_mode & 0o077


def _is_same_user(connection: QLocalSocket) -> bool:
    """Whether the other end is a process of the same user; True where the system does not say."""
    if sys.platform != "linux":
        return True
    try:
        with socket.socket(fileno=os.dup(connection.socketDescriptor())) as other:
            size = struct.calcsize("3i")
            peer = other.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    except OSError:
        return False
    _, uid, _ = struct.unpack("3i", peer)
    return bool(uid == os.getuid())


class SingleInstance(QObject):
    """The claim of one process on a library's window.

    Signals:
        asked: a second start wants the window, with folders to be added (list of str).
    """

    asked = Signal(list)

    def __init__(self, places: LibraryPaths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.sha256(str(places.library).encode(errors="surrogateescape")).hexdigest()
        self._name = _address(f"photosort-{digest[:12]}", places.home)
        self._server: QLocalServer | None = None

    def hand_over(self, folders: Sequence[str]) -> bool:
        """Asks a window that is open already to come to the front; False when there is none."""
        client = QLocalSocket()
        client.connectToServer(self._name)
        if not client.waitForConnected(_WAIT_MS) or not _is_same_user(client):
            return False
        client.write(json.dumps(list(folders)).encode() + b"\n")
        heard = client.waitForBytesWritten(_WAIT_MS) and client.waitForReadyRead(_WAIT_MS)
        client.abort()
        # A process that hangs does not answer: then this one goes on alone.
        return bool(heard)

    def claim(self) -> None:
        """Answers later starts from now on."""
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        if not server.listen(self._name):
            # Left over from a process that was killed.
            QLocalServer.removeServer(self._name)
            if not server.listen(self._name):
                _log.info("no second start can be heard: %s", server.errorString())
                return
        self._server = server

    def close(self) -> None:
        """Gives the claim up."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _on_connection(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            if not _is_same_user(socket):
                socket.abort()
                continue
            socket.readyRead.connect(lambda of=socket: self._on_ready(of))
            if socket.canReadLine():
                self._on_ready(socket)

    def _on_ready(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _LONGEST_MESSAGE:
            socket.abort()
        if not socket.canReadLine():
            return
        try:
            said = json.loads(bytes(socket.readLine().data()))
        except ValueError:
            socket.abort()
            return
        socket.write(b"1")
        socket.flush()
        folders = [one for one in said if isinstance(one, str)] if isinstance(said, list) else []
        self.asked.emit(folders)
