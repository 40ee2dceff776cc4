"""Speaking with a language model at an OpenAI-compatible address: POST {base}/chat/completions.

Bounded in time, size and number; a redirect is not followed, for it would take the key along; the key stands in no
message and no log.
"""

from __future__ import annotations

import json
import queue
import re
import threading
import time as machine_time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from motcua.assistant.rephrasing.offers import ModelProblem
from motcua.kernel.addresses import is_safe_address

SECONDS = 4.0  # a person waits meanwhile, and our own words are ready
ANSWER_MAX = 256 * 1024
AT_ONCE_MAX = 8  # calls under way in this process; more are not begun
_TOKENS_EACH, _TOKENS_LEAST = 120, 200
_ASKED = {
    "vi": (
        "Bạn chỉ diễn đạt lại cho thân thiện, không thêm, không bớt. Với mỗi câu được đánh số, viết đúng một câu. "
        "Giữ nguyên mọi con số, số tiền, ngày, thời hạn, tên giấy tờ, tên cơ quan, điều kiện và từ phủ định, "
        "theo đúng thứ tự của chúng. Chỉ thêm lời lịch sự như “Dạ”, “bạn”, “nhé”, “ạ”. "
        "Chỉ trả về một mảng JSON gồm các câu."
    ),
    "en": (
        "You only make the wording friendlier; add nothing, leave nothing out. For each numbered sentence write "
        "exactly one sentence. Keep every number, amount, date, time limit, paper, office, condition and negation, "
        "in their order. Add only words of courtesy. Answer with a JSON array of the sentences and nothing else."
    ),
}
_NUMBERED = re.compile(r"^\s*([0-9]{1,3})[.)]\s+(\S.*)$", re.MULTILINE)
_room = threading.BoundedSemaphore(AT_ONCE_MAX)


@dataclass(frozen=True)
class ChatModel:
    """A model at `address` (https, or http on this machine), called `name`; `key` may be empty."""

    address: str
    name: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS

    def lines(self, texts: Sequence[str], language: str) -> tuple[str, ...]:
        """See `Rephraser`."""
        if not is_safe_address(self.address):
            raise ModelProblem("unsafe_address")
        body = {
            "model": self.name,
            "temperature": 0,
            "stream": False,
            "max_tokens": _TOKENS_LEAST + _TOKENS_EACH * len(texts),
            "messages": [
                {"role": "system", "content": _ASKED["en" if language == "en" else "vi"]},
                {"role": "user", "content": "\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1))},
            ],
        }
        content = self._within(json.dumps(body, ensure_ascii=False).encode())
        return lines_in(_said(content), len(texts))

    def _within(self, body: bytes) -> bytes:
        """The answer, or ModelProblem("slow") when the time is over: the socket's own limit starts anew with each
        byte, so that a server that drips would hold a person for hours."""
        if not _room.acquire(blocking=False):
            raise ModelProblem("slow", "too many calls under way")
        box: queue.SimpleQueue[bytes | ModelProblem] = queue.SimpleQueue()
        end = machine_time.monotonic() + self.seconds

        def call() -> None:
            try:
                box.put(self._call(body, end))
            except ModelProblem as problem:
                box.put(problem)
            finally:
                _room.release()

        threading.Thread(target=call, name="assistant-model", daemon=True).start()
        try:
            told = box.get(timeout=self.seconds)
        except queue.Empty:
            raise ModelProblem("slow") from None
        if isinstance(told, ModelProblem):
            raise told
        return told

    def _call(self, body: bytes, end: float) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        address = f"{self.address.rstrip('/')}/chat/completions"
        try:
            request = urllib.request.Request(address, body, headers, method="POST")  # noqa: S310  asked in `lines`
            with _OPENER.open(request, timeout=self.seconds) as answer:
                return _read(answer, end)
        except urllib.error.HTTPError as refused:
            with refused:
                raise ModelProblem("down" if refused.code >= 500 else "refused", str(refused.code)) from None
        except TimeoutError:
            raise ModelProblem("slow") from None
        except (OSError, HTTPException, ValueError) as problem:
            raise ModelProblem("down", type(problem).__name__) from None


def _read(answer: Any, end: float) -> bytes:
    content = b""
    while part := answer.read1(65_536):
        content += part
        if len(content) > ANSWER_MAX:
            raise ModelProblem("wrong_answer", "too long")
        if machine_time.monotonic() > end:
            raise ModelProblem("slow")
    return content


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """An address that sends us elsewhere is not followed: it would take the key along."""

    def redirect_request(self, *given: Any, **named: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects())


def _said(content: bytes) -> str:
    """What the model said. Raises ModelProblem for anything that is no answer of the protocol."""
    try:
        told = json.loads(content)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise ModelProblem("wrong_answer") from None
    if not isinstance(told, str):
        raise ModelProblem("wrong_answer")
    return told


def lines_in(said: str, count: int) -> tuple[str, ...]:
    """The sentences in what a model said: a JSON array, also one inside other text, or numbered lines.

    Gives `count` lines, "" for those it left out. Raises ModelProblem("wrong_answer") when there are none at all, or
    the array has another length: then nobody knows which sentence is which.
    """
    begin, end = said.find("["), said.rfind("]")
    if 0 <= begin < end:
        try:
            told = json.loads(said[begin : end + 1])
        except (ValueError, RecursionError):
            told = None
        if isinstance(told, list):
            if len(told) != count:
                raise ModelProblem("wrong_answer", f"{len(told)} of {count}")
            return tuple(_unnumbered(each, n) for n, each in enumerate(told, 1))
    found = {int(number): line.strip() for number, line in _NUMBERED.findall(said)}
    if not found:
        raise ModelProblem("wrong_answer")
    return tuple(found.get(n, "") for n in range(1, count + 1))


def _unnumbered(line: Any, number: int) -> str:
    """A line of the array, without the number that some models repeat."""
    return line.strip().removeprefix(f"{number}. ") if isinstance(line, str) else ""
