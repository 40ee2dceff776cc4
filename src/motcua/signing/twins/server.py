"""The twin of a remote signing service on the network: its protocol, a page that shows codes, switches for faults."""

from __future__ import annotations

import html
import json
import threading
import time as machine_time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from motcua.signing.twins.csc import FAULTS, NAME, Service

REQUEST_MAX = 1_000_000


class TwinServer(ThreadingHTTPServer):
    """`with TwinServer(service) as twin: … twin.address`. Serves in threads of its own until the `with` ends."""

    daemon_threads = True

    def __init__(self, service: Service, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), _Handler)
        self.service = service
        self.page = f"http://{host}:{self.server_address[1]}/"
        self.address = f"{self.page}csc/v1"

    def __enter__(self) -> TwinServer:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *told: object) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: TwinServer

    def do_POST(self) -> None:  # noqa: N802  the library's name
        content = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), REQUEST_MAX))
        service = self.server.service
        if self.path == "/twin/faults":
            self._switch(content)
            return
        faults = service.faults
        if faults.get("slow"):
            machine_time.sleep(float(faults["slow"]))
        if faults.get("down"):
            self._say(503, b"", "text/plain")
            return
        status, told = service.answer(self.path, self.headers.get("Authorization", ""), content)
        if faults.get("wrong_answer") and status == 200:
            self._say(200, b"<html>gateway</html>", "text/html")
            return
        self._say(status, b"" if told is None else json.dumps(told).encode())

    def do_GET(self) -> None:  # noqa: N802
        if self.path == "/twin/codes":
            codes = {each.id: each.code for each in self.server.service.credentials.values()}
            self._say(200, json.dumps(codes).encode())
        elif self.path == "/":
            self._say(200, _page(self.server.service).encode(), "text/html; charset=utf-8")
        else:
            self._say(404, b"", "text/plain")

    def _switch(self, content: bytes) -> None:
        """Faults on and off: {"slow": 2, "down": false …}; what is not named stays as it is."""
        try:
            told = json.loads(content)
            wrong = not isinstance(told, dict) or set(told) - set(FAULTS)
        except ValueError:
            wrong = True
        if wrong:
            self._say(400, json.dumps({"faults": list(FAULTS)}).encode())
            return
        self.server.service.faults.update(told)
        self._say(200, json.dumps(self.server.service.faults).encode())

    def _say(self, status: int, content: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *told: Any) -> None:
        """Nothing is logged: PINs and codes pass here."""


def _page(service: Service) -> str:
    """What a holder would see on her phone: the codes that were sent."""
    rows = "".join(
        f"<li>{html.escape(each.id)}: <strong>{html.escape(each.code) or '–'}</strong></li>"
        for each in service.credentials.values()
    )
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{html.escape(NAME)}</title>'
        f"<h1>{html.escape(NAME)}</h1><p>Mã dùng một lần vừa gửi / one-time codes just sent:</p><ul>{rows}</ul>"
    )
