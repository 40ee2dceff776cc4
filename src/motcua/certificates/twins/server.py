"""The twin on the network: its protocol, the page on which a person activates her key, switches for faults."""

from __future__ import annotations

import html
import json
import threading
import time as machine_time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from motcua.certificates.twins.registration import FAULTS, NAME, Registration, Said

REQUEST_MAX = 200_000
HTML = "text/html; charset=utf-8"


class TwinServer(ThreadingHTTPServer):
    """`with TwinServer(registration) as twin: … twin.page`. Serves in threads of its own until the `with` ends."""

    daemon_threads = True

    def __init__(self, registration: Registration, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), _Handler)
        self.registration = registration
        self.page = registration.page = f"http://{host}:{self.server_address[1]}/"

    def __enter__(self) -> TwinServer:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *told: object) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: TwinServer

    def do_GET(self) -> None:  # noqa: N802  the library's name
        if self.path == "/":
            self._say(Said(200, _page(f"<p>{html.escape('Nơi cấp mô phỏng đang chạy / running')}</p>"), HTML))
        elif self.path.startswith("/activate/"):
            self._activation(self.path.removeprefix("/activate/"))
        else:
            self._answer("GET", b"")

    def do_PUT(self) -> None:  # noqa: N802
        self._answer("PUT", self._body())

    def do_POST(self) -> None:  # noqa: N802
        content = self._body()
        if self.path == "/twin/faults":
            self._switch(content)
        elif self.path.startswith("/activate/"):
            pin = parse_qs(content.decode("ascii", "replace")).get("pin", [""])[0]
            token = self.path.removeprefix("/activate/")
            wrong = not self.server.registration.activate(token, pin)
            self._activation(token, wrong=wrong)
        else:
            self._answer("POST", content)

    def _answer(self, method: str, content: bytes) -> None:
        registration = self.server.registration
        faults = registration.faults
        if faults.get("slow"):
            machine_time.sleep(float(faults["slow"]))
        if faults.get("down"):
            self._say(Said(503))
            return
        said = registration.answer(method, self.path, self.headers.get("Authorization", ""), content)
        if faults.get("lost") and said.status < 300:
            self._say(Said(502))
        elif faults.get("wrong_answer") and said.status < 300:
            self._say(Said(200, b"<html>gateway</html>", HTML))
        else:
            self._say(said)

    def _activation(self, token: str, *, wrong: bool = False) -> None:
        row = self.server.registration.activation(token)
        if row is None:
            self._say(Said(404, _page("<p>Liên kết không đúng / no such link</p>"), HTML))
        elif row["state"] == "activation":
            problem = "<p><strong>Mã PIN gồm đúng 6 chữ số / six digits</strong></p>" if wrong else ""
            form = (
                f"<h2>{html.escape(row['holder']['name'])}</h2>{problem}<p>Đặt mã PIN của khóa ký. Chỉ bạn biết mã này"
                " / choose the PIN of your key, known to you alone.</p>"
                '<form method="post"><label>PIN <input name="pin" type="password" inputmode="numeric" maxlength="6"'
                ' autocomplete="new-password"></label> <button>Kích hoạt / activate</button></form>'
            )
            self._say(Said(200, _page(form), HTML))
        else:
            self._say(
                Said(
                    200, _page("<p>Khóa đã được tạo, bạn có thể đóng trang này / your key is made</p>"), HTML
                )
            )

    def _body(self) -> bytes:
        return self.rfile.read(min(int(self.headers.get("Content-Length") or 0), REQUEST_MAX))

    def _switch(self, content: bytes) -> None:
        """Faults on and off: {"slow": 2, "down": false …}; what is not named stays as it is."""
        try:
            told = json.loads(content)
            wrong = not isinstance(told, dict) or bool(set(told) - set(FAULTS))
        except ValueError:
            wrong = True
        if wrong:
            self._say(Said(400, json.dumps({"faults": list(FAULTS)}).encode()))
            return
        self.server.registration.faults.update(told)
        self._say(Said(200, json.dumps(self.server.registration.faults).encode()))

    def _say(self, said: Said) -> None:
        self.send_response(said.status)
        self.send_header("Content-Type", said.kind)
        self.send_header("Content-Length", str(len(said.content)))
        for name, value in said.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said.content)

    def log_message(self, *told: Any) -> None:
        """Nothing is logged: names, numbers and PINs pass here."""


def _page(body: str) -> bytes:
    name = html.escape(NAME)
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return f'<!doctype html><html lang="vi">{head}<title>{name}</title><h1>{name}</h1>{body}'.encode()
