"""The site starts, survives the death of its web server, and ends cleanly: real processes, a database of its own."""

import os
import signal
import socket
import subprocess
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from motcua.config.supervisor import own_command
from tests.support import processes

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

SECONDS_PATIENCE = 60


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The folder of an installation with an empty, migrated database."""
    folder = str(tmp_path_factory.mktemp("house"))
    assert processes.run("migrate", MOTCUA_VAR=folder).returncode == 0
    return folder


@pytest.fixture
def port():
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def healthy(port):
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False


def until(true, what):
    deadline = time.monotonic() + SECONDS_PATIENCE
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def web_server(supervisor_id):
    """Return the process id of the web server beneath a supervisor, None while there is none."""
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
    beneath = [
        int(pid) for pid, parent, args in rows if int(parent) == supervisor_id and "--web-only" in args
    ]
    return beneath[0] if beneath else None


def test_the_site_survives_its_web_server_and_ends_cleanly(house, port):
    command = own_command("serve", f"--port={port}", "--workers=1", "--quiet")
    site = subprocess.Popen(command, env=processes.environment(MOTCUA_VAR=house))
    try:
        until(lambda: healthy(port), "the site never answered")
        first = web_server(site.pid)
        os.kill(first, signal.SIGKILL)
        until(lambda: web_server(site.pid) not in (None, first), "the web server was never started again")
        until(lambda: healthy(port), "the site never came back")
        site.send_signal(signal.SIGTERM)
        assert site.wait(SECONDS_PATIENCE) == 0
    finally:
        site.kill()
        site.wait()
    until(lambda: not healthy(port), "something still answers after the end")


MB = 1024 * 1024


def send(port, how, most_mb=200):
    """Send a body of two hundred megabytes piece by piece; the answer, and how many megabytes were taken."""
    sent, piece = 0, b"a" * MB
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        chunked = how == "chunked"
        length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {most_mb * MB}"
        head = f"POST /api/v1/files HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: en\r\n{length}\r\n\r\n"
        try:
            line.sendall(head.encode())
            for _ in range(most_mb):
                line.sendall(b"%x\r\n%s\r\n" % (MB, piece) if chunked else piece)
                sent += 1
        except (BrokenPipeError, ConnectionResetError):
            pass  # it was answered before all was sent
        answer = b""
        while b"}" not in answer and (more := line.recv(65536)):
            answer += more
    return answer.decode(), sent


def resident_mb(supervisor_id):
    """How much memory the processes beneath a supervisor hold together, in megabytes."""
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "pid,ppid,rss"], capture_output=True, text=True, check=True
    ).stdout
    rows = [[int(word) for word in line.split()] for line in listed.splitlines()[1:]]
    ours = {supervisor_id}
    while more := {pid for pid, parent, _ in rows if parent in ours} - ours:
        ours |= more
    return sum(rss for pid, _, rss in rows if pid in ours) / 1024


def test_two_hundred_megabytes_get_a_sentence_and_no_room(house, port):
    command = own_command("serve", f"--port={port}", "--workers=1", "--quiet")
    site = subprocess.Popen(command, env=processes.environment(MOTCUA_VAR=house))
    try:
        until(lambda: healthy(port), "the site never answered")
        before = resident_mb(site.pid)
        told, _ = send(port, "length")
        assert told.startswith("HTTP/1.1 413")
        assert "60 MB" in told and "nothing was recorded" in told
        told, sent = send(port, "chunked")
        assert told.startswith("HTTP/1.1 411")
        assert "Content-Length" in told
        assert sent < 100, "all of it was read before the answer"
        assert resident_mb(site.pid) - before < 100
        assert healthy(port)
        assert not list((Path(house) / "incoming").glob("*"))
    finally:
        site.terminate()
        site.wait(SECONDS_PATIENCE)


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def test_a_demonstration_takes_its_site_with_it(tmp_path, port):
    """Killed or told to end in the middle of its month, in whatever call of the database: nothing holds the port when
    it is started again, and nobody reads of faults."""
    command = own_command("demo", f"--port={port}", "--dossiers=3000")
    endings = (signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, 130), (signal.SIGINT, 130)
    for number, code in endings:
        demo = subprocess.Popen(
            command,
            env=processes.environment(MOTCUA_VAR=str(tmp_path)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            until(lambda: healthy(port), "the site never answered")
            assert demo.poll() is None
            demo.send_signal(number)
            _, said = demo.communicate(timeout=SECONDS_PATIENCE)
            assert demo.returncode == code, said
            assert "Traceback" not in said
        finally:
            demo.kill()
            demo.wait()
        until(lambda: is_free(port), "the site outlived its demonstration")


def test_a_port_in_use_is_told(house, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = processes.run("serve", f"--port={port}", MOTCUA_VAR=house)
    assert done.returncode == 1
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_without_tables_is_told(port, tmp_path):
    done = processes.run("serve", f"--port={port}", MOTCUA_VAR=str(tmp_path))
    assert done.returncode == 1
    assert "motcua migrate" in done.stderr
    checked = processes.run("migrate", "--check", MOTCUA_VAR=str(tmp_path))
    assert checked.returncode == 1
    assert "foundation.0001_first_release" in checked.stdout
