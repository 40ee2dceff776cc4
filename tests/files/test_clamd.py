"""The virus scanner over a real socket: found, clean, silent, slow, absent; what is infected is kept nowhere."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager

import pytest

from motcua.files import actions, clamd, queries
from motcua.files.errors import FileInfected
from motcua.files.models import StoredFile
from tests.files.factories import PDF, account, act, upload

# the test file of EICAR, in two halves so that no scanner takes this one for it
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
BAD = PDF.replace(b"%%EOF", b"% " + EICAR + b"\n%%EOF")


class Scanner(threading.Thread):
    """clamd as its manual describes it: zPING, zINSTREAM in chunks; `fault` is what goes wrong."""

    def __init__(self, listener: socket.socket, fault: str) -> None:
        super().__init__(daemon=True)
        self.listener, self.fault, self.seen = listener, fault, []
        self.ended = threading.Event()

    def run(self) -> None:
        while True:
            try:
                connection, _peer = self.listener.accept()
            except OSError:
                return
            with connection:
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        source = connection.makefile("rb")
        command = b""
        while not command.endswith(b"\0"):
            command += source.read(1)
        if self.fault == "slow":
            self.ended.wait(5)
            return
        if command == b"zPING\0":
            connection.sendall(b"PONG\0")
            return
        content = b""
        while size := struct.unpack("!I", source.read(4))[0]:
            content += source.read(size)
        self.seen.append(content)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        connection.sendall(
            {"cut": b"", "error": b"INSTREAM size limit exceeded. ERROR\0"}.get(self.fault, found)
        )


@contextmanager
def scanner(settings, tmp_path, *, fault: str = "", tcp: bool = False):
    kind = socket.AF_INET if tcp else socket.AF_UNIX
    with socket.socket(kind) as listener:
        listener.bind(("127.0.0.1", 0) if tcp else str(tmp_path / "clamd.ctl"))
        listener.listen()
        address = f"tcp:127.0.0.1:{listener.getsockname()[1]}" if tcp else f"unix:{tmp_path}/clamd.ctl"
        listening = Scanner(listener, fault)
        listening.start()
        own = settings.MOTCUA.model_copy(
            update={"clamd": address, "clamd_seconds": 0.3 if fault == "slow" else 5}
        )
        settings.MOTCUA = own
        try:
            yield listening
        finally:
            listening.ended.set()
            listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.django_db
@pytest.mark.parametrize("tcp", [False, True])
def test_what_is_infected_is_refused_and_kept_nowhere(settings, tmp_path, tcp):
    who = account().pk
    with scanner(settings, tmp_path, tcp=tcp) as heard:
        with pytest.raises(FileInfected) as told:
            actions.keep(act(account=who), upload(BAD))
        assert "Eicar-Test-Signature" in told.value.sentence
        assert not StoredFile.objects.exists()
        assert not [
            path for path in settings.MOTCUA.files_dir.rglob("*") if path.is_file() and _holds(path, BAD)
        ]
        kept = actions.keep(act(account=who), upload(PDF))
        assert queries.stored(kept["file"]).checked
        assert heard.seen == [BAD, PDF]


def _holds(path, content) -> bool:
    import hashlib

    return path.name == hashlib.sha256(content).hexdigest()


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["slow", "cut", "error"])
def test_a_scanner_that_does_not_answer_well_leaves_the_file_unchecked(settings, tmp_path, fault):
    with scanner(settings, tmp_path, fault=fault):
        kept = actions.keep(act(account=account().pk), upload(BAD))
    assert not queries.stored(kept["file"]).checked


@pytest.mark.django_db
def test_without_a_scanner_files_are_kept_and_say_so(settings, tmp_path):
    assert clamd.answers() is None
    kept = actions.keep(act(account=account().pk), upload())
    assert not queries.stored(kept["file"]).checked
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"clamd": f"unix:{tmp_path}/nobody"})
    assert clamd.answers() is False
    assert not queries.stored(actions.keep(act(account=account().pk), upload())["file"]).checked


@pytest.mark.kernel
def test_the_administrator_is_told_whether_it_answers(settings, tmp_path):
    with scanner(settings, tmp_path):
        assert clamd.answers() is True
    with scanner(settings, tmp_path / "x" if (tmp_path / "x").mkdir() is None else tmp_path, fault="slow"):
        assert clamd.answers() is False


@pytest.mark.kernel
@pytest.mark.parametrize("address", ["/run/clamd", "tcp:host", "unix:", "tcp:a:b", "http://x"])
def test_an_address_that_is_none_stops_the_start(address, tmp_path):
    from motcua.config.settings_object import SettingsProblems, load

    with pytest.raises(SettingsProblems) as told:
        load(var=tmp_path, clamd=address)
    assert any(each.startswith("MOTCUA_CLAMD") for each in told.value.problems)
