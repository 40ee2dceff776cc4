"""The virus scanner as a port: clamd over its socket (INSTREAM). Absent is a state that is shown, never an error."""

from __future__ import annotations

import socket
import struct
import time as machine_time
from typing import BinaryIO

import structlog
from django.conf import settings

from motcua.files.sealing import pieces

ANSWER_MAX = 4096
log = structlog.get_logger(__name__)


class Silent(Exception):
    """The scanner is not there, did not answer in time, or said nothing that can be understood."""


class Infected(Exception):
    """It found something; the text is the name it gave."""


def looked_at(source: BinaryIO) -> bool:
    """Have the scanner look at a file: True when it found nothing, False where there is none or it keeps silent.

    Raises Infected.
    """
    if not settings.MOTCUA.clamd:
        return False
    try:
        said = _ask(b"zINSTREAM\0", source)
        if said.endswith("FOUND"):
            raise Infected(said.removesuffix("FOUND").partition(":")[2].strip()[:80])
        if not said.endswith("OK"):
            raise Silent(said[:80])
    except (Silent, OSError) as problem:
        log.error("files.virus_scanner_silent", error=str(problem))
        return False
    return True


def answers() -> bool | None:
    """Whether the scanner answers now; None where none is set."""
    if not settings.MOTCUA.clamd:
        return None
    try:
        return _ask(b"zPING\0") == "PONG"
    except (Silent, OSError):
        return False


def _ask(command: bytes, source: BinaryIO | None = None) -> str:
    """One command, one answer, all within the time set. Raises Silent, OSError."""
    until = machine_time.monotonic() + settings.MOTCUA.clamd_seconds

    def in_time(connection: socket.socket) -> socket.socket:
        left = until - machine_time.monotonic()
        if left <= 0:
            raise Silent("too slow")
        connection.settimeout(left)
        return connection

    with _connected(settings.MOTCUA.clamd, settings.MOTCUA.clamd_seconds) as connection:
        in_time(connection).sendall(command)
        if source is not None:
            source.seek(0)
            for piece in pieces(source):
                in_time(connection).sendall(struct.pack("!I", len(piece)) + piece)
            in_time(connection).sendall(struct.pack("!I", 0))
        said = b""
        while not said.endswith(b"\0") and len(said) < ANSWER_MAX:
            more = in_time(connection).recv(ANSWER_MAX)
            if not more:
                break
            said += more
    return said.rstrip(b"\0\n").decode(errors="replace").strip()


def _connected(address: str, seconds: float) -> socket.socket:
    kind, _colon, place = address.partition(":")
    if kind == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(seconds)
        try:
            connection.connect(place)
        except OSError:
            connection.close()
            raise
        return connection
    host, _colon, port = place.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=seconds)
