"""The twin of a chat channel on the network: a small real server that takes messages and renews tokens, and that sends
us what somebody wrote, signed as the channel signs. For trials; it reaches nobody.

Faults are switched on by `POST /twin/faults`: `status` (an HTTP status for messages), `slow` (seconds), `rubbish` (no
JSON), `expired` (the access token of this moment is over). What it sends can be sent twice, late, or signed wrongly.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time as machine_time
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from motcua.helpline.rules import PART_MAX

NAME = "MÔ PHỎNG - Kênh nhắn tin"
FAULTS = ("status", "slow", "rubbish", "expired")
REQUEST_MAX = 100_000
FIRST_REFRESH = "twin-refresh-1"


class ZaloTwin(ThreadingHTTPServer):
    """`with ZaloTwin() as twin: … twin.address`. `sent` holds (user, text) of every message that was taken."""

    daemon_threads = True

    def __init__(
        self, host: str = "127.0.0.1", port: int = 0, *, app_id: str = "100", secret: str = "oa-secret"
    ) -> None:
        super().__init__((host, port), _Handler)
        self.address = f"http://{host}:{self.server_address[1]}"
        self.app_id, self.secret = app_id, secret
        self.faults: dict[str, Any] = {}
        self.sent: list[tuple[str, str]] = []
        self.access, self.refresh, self.renewals = "", FIRST_REFRESH, 0

    def __enter__(self) -> ZaloTwin:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *told: object) -> None:
        self.shutdown()
        self.server_close()

    def event(
        self,
        user: str,
        text: str,
        *,
        at: float,
        message: str,
        name: str = "user_send_text",
        signed: bool = True,
    ) -> tuple[bytes, str]:
        """(body, signature) of what a user wrote at `at` (seconds since 1970); `signed` False: by another secret."""
        told = {
            "app_id": self.app_id,
            "sender": {"id": user},
            "recipient": {"id": "oa"},
            "event_name": name,
            "message": {"text": text, "msg_id": message},
            "timestamp": str(int(at * 1000)),
        }
        body = json.dumps(told, ensure_ascii=False).encode()
        secret = self.secret if signed else "another secret"
        whole = self.app_id.encode() + body + told["timestamp"].encode() + secret.encode()  # type: ignore[attr-defined]
        return body, f"mac={hashlib.sha256(whole).hexdigest()}"

    def write(self, webhook: str, user: str, text: str, *, message: str, times: int = 1) -> list[int]:
        """Send what a user wrote to our webhook, `times` over; the statuses it answered."""
        body, signature = self.event(user, text, at=machine_time.time(), message=message)
        headers = {"Content-Type": "application/json", "X-ZEvent-Signature": signature}
        found = []
        for _time in range(times):
            request = urllib.request.Request(webhook, body, headers, method="POST")  # noqa: S310  a trial's own address
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                found.append(answer.status)
        return found


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ZaloTwin

    def do_POST(self) -> None:  # noqa: N802  the library's name
        content = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), REQUEST_MAX))
        path = self.path.partition("?")[0]
        if path == "/twin/faults":
            self._switch(content)
        elif path == "/twin/write":
            self._write(content)
        elif path == "/v4/oa/access_token":
            self._renew(content)
        elif path == "/v3.0/oa/message/cs":
            self._take(content)
        else:
            self._say(404, {"error": -1})

    def do_GET(self) -> None:  # noqa: N802
        """What was sent to whom, for whoever tries it."""
        self._say(200, {"name": NAME, "sent": self.server.sent[-50:]})

    def _switch(self, content: bytes) -> None:
        told = _read(content)
        if not isinstance(told, dict) or set(told) - set(FAULTS):
            self._say(400, {"faults": FAULTS})
            return
        self.server.faults.update(told)
        self._say(200, self.server.faults)

    def _write(self, content: bytes) -> None:
        """{webhook, user, text, message, times}: as if somebody wrote it."""
        told = _read(content)
        try:
            statuses = self.server.write(**told)
        except (TypeError, ValueError, OSError) as problem:
            self._say(400, {"problem": type(problem).__name__})
            return
        self._say(200, {"statuses": statuses})

    def _renew(self, content: bytes) -> None:
        form = urllib.parse.parse_qs(content.decode("utf-8", "replace"))
        twin = self.server
        if form.get("refresh_token") != [twin.refresh] or not self.headers.get("secret_key"):
            self._say(200, {"error": -14014, "error_name": "Invalid refresh token"})
            return
        twin.renewals += 1
        twin.access, twin.refresh = f"twin-access-{twin.renewals}", f"twin-refresh-{twin.renewals + 1}"
        twin.faults.pop("expired", None)
        self._say(200, {"access_token": twin.access, "refresh_token": twin.refresh, "expires_in": "3600"})

    def _take(self, content: bytes) -> None:
        twin = self.server
        machine_time.sleep(float(twin.faults.get("slow") or 0))
        if status := int(twin.faults.get("status") or 0):
            self._say(status, {"error": -200})
            return
        if twin.faults.get("expired") or not twin.access or self.headers.get("access_token") != twin.access:
            self._say(200, {"error": -216, "message": "Access token is expired"})
            return
        told = _read(content)
        try:
            user, text = told["recipient"]["user_id"], told["message"]["text"]
        except (KeyError, TypeError):
            self._say(200, {"error": -201, "message": "Params is invalid"})
            return
        if not text or len(text) > PART_MAX:
            self._say(200, {"error": -210, "message": "Text is too long"})
            return
        twin.sent.append((user, text))
        if twin.faults.get("rubbish"):
            self._say(200, None)
            return
        self._say(200, {"error": 0, "message": "Success", "data": {"message_id": str(len(twin.sent))}})

    def _say(self, status: int, told: Any) -> None:
        content = b"<html>gateway</html>" if told is None else json.dumps(told, ensure_ascii=False).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:  # the caller had waited long enough
            self.close_connection = True

    def log_message(self, *told: Any) -> None:
        """Nothing is logged."""


def _read(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None
