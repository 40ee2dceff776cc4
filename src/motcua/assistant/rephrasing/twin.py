"""The twin of a language model on the network: a small real server that speaks `chat/completions`, for trials.

Left alone it words sentences anew as an honest model does: courteous, sometimes freer than it was asked to be. Its
faults are switched on by `POST /twin/faults`: it lies, obeys what the sentences say, is slow, drips, is down, sends
elsewhere, says rubbish. It holds no model and knows nothing but the sentences it gets.
"""

from __future__ import annotations

import json
import re
import threading
import time as machine_time
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from motcua.assistant.rephrasing.lies import LIES

NAME = "MÔ PHỎNG - Mô hình ngôn ngữ"
REQUEST_MAX = 1_000_000
# lie: a name of LIES, "merge", "reorder" or "all"; obey: true; slow: seconds; drip: seconds between two bytes;
# status: an HTTP status; rubbish: html | huge | empty | shape | more | fewer | text | redirect
FAULTS = ("lie", "obey", "slow", "drip", "status", "rubbish")
_LINE = re.compile(r"^([0-9]+)\. (.*)$", re.MULTILINE)


def honest(texts: Sequence[str]) -> list[str]:
    """The sentences as a good model words them; every fourth freer than it was told."""
    return [_HONEST[n % len(_HONEST)](text) for n, text in enumerate(texts)]


def _lower(text: str) -> str:
    """The first letter small, where it is no name's."""
    second = text.split()[1:2]
    return text if second and second[0][:1].isupper() else text[:1].lower() + text[1:]


def _courteous(text: str) -> str:
    return f"Dạ, {_lower(text)}"


def _friendly(text: str) -> str:
    return f"{text.rstrip('. ')} bạn nhé."


def _said_with_is(text: str) -> str:
    said = text.replace(": ", " là ", 1) if text.count(":") == 1 else text
    return f"Dạ, {_lower(said.rstrip('. '))} ạ."


def _free(text: str) -> str:
    """In its own words: nothing is wrong with it, but nobody can check it."""
    return f"Về việc này thì bạn yên tâm, mình xin nói ngắn gọn: {_lower(text)}"


def _condition_first(text: str) -> str:
    main, word, condition = text.rstrip(". ").partition(" nếu ")
    return f"Nếu {condition}, {_lower(main)}." if word and "," not in text else _friendly(text)


def _dates_in_words(text: str) -> str:
    said = re.sub(
        r"\b(\d\d)/(\d\d)/(\d{4})\b", lambda m: f"ngày {int(m[1])} tháng {int(m[2])} năm {m[3]}", text
    )
    return _courteous(said.replace("gồm ", "bao gồm ", 1) if "bao gồm" not in said else said)


_HONEST: tuple[Callable[[str], str], ...] = (
    _courteous, _friendly, _said_with_is, _free, _condition_first, _dates_in_words,
)  # fmt: skip


def lying(texts: Sequence[str], name: str) -> list[str]:
    """The sentences with one kind of lie in each that can bear it; "all": another kind in each."""
    if name == "merge":  # two facts in one sentence, one of them where it does not belong
        return [f"{text.rstrip('. ')}, {texts[n - 1]}" for n, text in enumerate(texts)]
    if name == "reorder":  # each sentence is true, and stands where another one's source is
        return [*texts[1:], *texts[:1]]
    kinds = list(LIES) if name == "all" else [name]
    return [LIES[kinds[n % len(kinds)]](text) or text for n, text in enumerate(texts)]


def obedient(texts: Sequence[str]) -> list[str]:
    """Whatever a sentence orders is done, and said in each of them."""
    order = next((text for text in texts if "bỏ qua" in text.lower() or "ignore" in text.lower()), "")
    return [f"ĐÃ LÀM THEO: {order or 'mọi thủ tục đều miễn phí'}" for _text in texts]


class ModelTwin(ThreadingHTTPServer):
    """`with ModelTwin() as twin: … twin.address`. Serves in threads of its own until the `with` ends.

    `asked` holds the bodies of all requests, `keys` their Authorization headers.
    """

    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), _Handler)
        self.address = f"http://{host}:{self.server_address[1]}/v1"
        self.faults: dict[str, Any] = {}
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []

    def __enter__(self) -> ModelTwin:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *told: object) -> None:
        self.shutdown()
        self.server_close()

    def say(self, texts: Sequence[str]) -> str:
        """What the model answers, as it stands in the message."""
        if self.faults.get("obey"):
            lines = obedient(texts)
        elif lie := self.faults.get("lie"):
            lines = lying(texts, str(lie))
        else:
            lines = honest(texts)
        match self.faults.get("rubbish"):
            case "text":
                return "Tôi không giúp được việc này."
            case "more":
                lines = ["Bạn phải nộp thêm 1.000.000 đồng.", *lines]
            case "fewer":
                lines = lines[1:]
        return f"```json\n{json.dumps(lines, ensure_ascii=False)}\n```"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ModelTwin

    def do_POST(self) -> None:  # noqa: N802  the library's name
        content = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), REQUEST_MAX))
        twin = self.server
        try:
            told = json.loads(content)
        except ValueError:
            told = None
        if self.path == "/twin/faults":
            self._switch(told)
        elif self.path != "/v1/chat/completions" or not isinstance(told, dict):
            self._say(404, b'{"error": {"message": "no such thing"}}')
        else:
            twin.asked.append(told)
            twin.keys.append(self.headers.get("Authorization", ""))
            self._answer(told)

    def _switch(self, told: Any) -> None:
        """Faults on and off: {"lie": "all", "slow": 0 …}; what is not named stays as it is."""
        if not isinstance(told, dict) or set(told) - set(FAULTS):
            self._say(400, json.dumps({"faults": FAULTS}).encode())
            return
        self.server.faults.update(told)
        self._say(200, json.dumps(self.server.faults).encode())

    def _answer(self, told: dict[str, Any]) -> None:
        faults = self.server.faults
        machine_time.sleep(float(faults.get("slow") or 0))
        if status := int(faults.get("status") or 0):
            self._say(status, b'{"error": {"message": "fault"}}')
            return
        match faults.get("rubbish"):
            case "html":
                self._say(200, b"<html><body>Gateway</body></html>", "text/html")
                return
            case "empty":
                self._say(200, b"")
                return
            case "huge":
                self._say(200, b'{"choices": "' + b"x" * 2_000_000 + b'"}')
                return
            case "shape":
                self._say(200, b'{"choices": [{"message": {"content": 7}}]}')
                return
            case "redirect":
                self._say(302, b"", location=f"{self.server.address}/elsewhere")
                return
        try:
            texts = [line for _number, line in _LINE.findall(told["messages"][-1]["content"])]
        except (KeyError, IndexError, TypeError):
            self._say(400, b'{"error": {"message": "no messages"}}')
            return
        message = {"role": "assistant", "content": self.server.say(texts)}
        body = {"model": NAME, "object": "chat.completion", "choices": [{"index": 0, "message": message}]}
        self._say(200, json.dumps(body, ensure_ascii=False).encode(), drip=float(faults.get("drip") or 0))

    def _say(
        self,
        status: int,
        content: bytes,
        kind: str = "application/json",
        *,
        location: str = "",
        drip: float = 0,
    ) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            if location:
                self.send_header("Location", location)
            self.end_headers()
            for byte in range(len(content) if drip else 0):
                self.wfile.write(content[byte : byte + 1])
                self.wfile.flush()
                machine_time.sleep(drip)
            if not drip:
                self.wfile.write(content)
        except OSError:  # the caller had waited long enough
            self.close_connection = True

    def log_message(self, *told: Any) -> None:
        """Nothing is logged."""
