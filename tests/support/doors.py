"""The walk: every address and every operation with values of the city, asked by everybody. Used by the house test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client

from motcua.dossiers.api.moving import VERBS
from motcua.dossiers.models import Dossier
from motcua.foundation.models import JournalHead, JournalLine
from tests.support import routes
from tests.support.canaries import ASK, Planted

BY_FORM = "application/x-www-form-urlencoded"  # as a page without a file sends it
PARAMETER = re.compile(r"[<{](?:\w+:)?(\w+)[>}]")

# A form of a page gets all of these: each takes what it knows.
FORM = {
    "act_id": "canary-walk-00000001", "reason": "Một lý do đủ dài để người dân hiểu", "note": "ghi chú",
    "q": "Hoàng Anh",
    "items": "Bổ sung giấy chứng sinh bản gốc", "outcome": "granted", "number": "99/KQ", "way": "counter", "stars": "1",
    "receipt_number": "BL-99", "until": "30/10/2026", "remark": "Sửa lại kết quả cho đúng mẫu", "comment": "x",
    "role": "leader", "login_name": "other_citizen", "accept": "1", "changes": "x", "full_name": "Kẻ Lạ Mặt",
    "agency": "qn-ha-lam-centre", "code": "000000", "phone": "0900000000", "person_name": "Kẻ Lạ Mặt",
    "commitment": "yes",
    "card": "022196007777||Kẻ Lạ Mặt|20081996|Nữ|Phường Bãi Cháy|01012022", "verb": "take", "do": "skip", "next": "/",
    "child_full_name": "Kẻ Lạ Mặt", "language": "vi", "theme": "dark", "password": "x", "display_name": "Kẻ Lạ Mặt",
    "answer": "Một câu trả lời đủ dài cho người gửi", "why": "unclear", "agreed": "yes", "period": "2026-09",
    "kind": "report",
}  # fmt: skip
MOVES: dict[str, dict] = {
    "ask_at_door": ASK, "ask_supplement": ASK, "refuse": {"reason": FORM["reason"]}, "stop": {"reason": FORM["reason"]},
    "ask_payment": {"reason": FORM["reason"]}, "confirm_payment": {"receipt_number": "BL-9"},
    "record_cash": {"receipt_number": "BL-9"}, "record_refund": {"reason": FORM["reason"], "receipt_number": "PC-9"},
    "extend": {"until": "2026-10-30", "reason": FORM["reason"]}, "send_back": {"remark": FORM["reason"]},
    "take_over_result": {"number": "9"}, "rate": {"stars": 1}, "answer_at_counter": {"papers": []},
    "forward": {"agency": "qn-ha-lam", "reason": FORM["reason"]},
}  # fmt: skip

TASK_MOVES: dict[str, dict] = {
    "take": {}, "answer": {"note": "Đã xác minh"}, "decline": {"reason": FORM["reason"]},
    "recall": {"reason": FORM["reason"]}, "ask_again": {},
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """An address with its values filled in; `dossier` names the canary whose it is."""

    route: str
    address: str
    dossier: str = ""


class NoValue(LookupError):
    """A new kind of address: the walk does not know what to put in it, and must be told."""


def _about_data(ids: dict[str, list[Any]], dossier: str) -> list[tuple[str, str, Callable[[Any], list[Any]]]]:
    """Addresses about signing, retention, a person's own data, inspections. Nothing is due, nobody inspects."""
    return [
        ("issuing/", "key", lambda c: ["0" * 26]),
        ("issuing/", "authority", lambda c: ["0" * 26]),
        ("issuing/ban-trinh/", "page", lambda c: [1]),
        ("retention/", "destruction", lambda c: ["0" * 26]),
        ("retention/", "verb", lambda c: ["confirm", "refuse", "nothing"]),
        ("retention/", "hold", lambda c: ["0" * 26]),
        ("privacy/", "look", lambda c: ids["looks"]),
        ("privacy/", "request_id", lambda c: ids["data_requests"]),
        ("", "certificate_request", lambda c: ["0" * 26]),
        ("", "certificate_verb", lambda c: ["agree", "identity", "revoke", "nothing"]),
        ("certificates/", "certificate", lambda c: ["0" * 26]),
        ("certificates/", "booth", lambda c: ["0" * 26]),
        ("certificates/", "measure", lambda c: ["issued", "nothing"]),
        ("inspection/", "mandate", lambda c: ["0" * 26]),
        ("inspection/", "sample", lambda c: ["0" * 26]),
        ("inspection/", "dossier", lambda c: [dossier]),
        ("inspection/", "verb", lambda c: ["grant", "end", "nothing"]),
        ("hoi-dap/", "conversation", lambda c: ["0" * 26]),
        ("tong-dai/", "conversation", lambda c: ["0" * 26]),
        ("tong-dai/", "handover", lambda c: ["0" * 26]),
        ("tong-dai/", "helpline_verb", lambda c: ["take", "say", "release", "close", "nothing"]),
        ("soan-tro-ly/", "wording", lambda c: ["0" * 32]),
        ("soan-tro-ly/", "lesson", lambda c: ["0" * 26]),
        ("soan-tro-ly/", "label", lambda c: ["asked", "cases", "nothing"]),
    ]


def behind_the_desk(ids: dict[str, list[Any]]) -> list[tuple[str, str, Callable[[Any], list[Any]]]]:
    """What `sources` says of the scanning desk and of failed work."""
    return [
        ("counter/ho-so/", "scan", lambda c: ids["scans"]),
        ("counter/ho-so/", "number", lambda c: [1]),
        ("", "scan_verb", lambda c: ["accept", "dismiss", "note", "take", "nothing"]),
        ("counter/viec-loi/", "kind", lambda c: ["delivery"]),
        ("counter/viec-loi/", "work", lambda c: [1]),
    ]


def sources(
    planted: Planted, slug: str = "birth-registration"
) -> list[tuple[str, str, Callable[[Any], list[Any]]]]:
    """(beginning of the route, parameter, values for a canary or for none), the first that fits is taken."""
    ids = planted.ids
    ready = next(c for c in planted.dossiers if c.name == "ready")
    own_and_foreign = {
        "letter": lambda c: [*c.letters[:1], *ready.letters[:1]] if c else list(ready.letters[:1]),
        "paper": lambda c: [*c.papers[:1], *ready.papers[:1]] if c else list(ready.papers[:1]),
    }
    return [
        ("kho-giay-to/giay/", "public_id", lambda c: ids["holdings"]),
        ("kho-giay-to/dong-y/", "public_id", lambda c: ["0" * 26]),
        ("tron-goi/", "key", lambda c: ["mo-quan-an", "nothing"]),
        ("account/held/", "public_id", lambda c: [planted.held]),
        ("account/all/", "public_id", lambda c: ids["accounts"]),
        ("account/", "key", lambda c: ["vneid"]),
        ("agencies/people/", "public_id", lambda c: ids["accounts"]),
        ("agencies/positions/", "public_id", lambda c: ids["positions"]),
        ("agencies/", "public_id", lambda c: ids["offices"]),
        ("people/differences/", "public_id", lambda c: [planted.difference]),
        ("people/", "public_id", lambda c: [planted.party]),
        ("reorganisation/", "key", lambda c: ["wards-2026"]),
        ("editing/", "draft", lambda c: ids["procedure_drafts"]),
        ("editing/", "part", lambda c: ["steps", "papers"]),
        ("editing/<str:draft>/dieu-kien/", "place", lambda c: ["declaration.sections.1.when", "nothing"]),
        (
            "editing/",
            "place",
            lambda c: ["steps.1", "fees.new", "declaration.sections.0.fields.1", "nothing"],
        ),
        ("editing/", "key", lambda c: ["clock", "nothing"]),
        ("editing/", "what", lambda c: ["yaml.zip", "test-dossiers.zip"]),
        ("api/v1/agencies", "code", lambda c: ["qn-bai-chay"]),
        ("api/v1/tracking", "code", lambda c: [c.reference for c in planted.dossiers] + [ready.code]),
        ("api/v1/assistant", "conversation", lambda c: ["0" * 26]),
        ("api/v1/assistant", "turn", lambda c: [1]),
        ("api/v1/petitions", "petition", lambda c: [planted.petition]),
        ("api/v1/reorganisations", "key", lambda c: ["wards-2026"]),
        ("reporting/", "petition", lambda c: [planted.petition]),
        ("reporting/", "verb", lambda c: ["accept", "answer", "decline", "pass_on", "publish", "nothing"]),
        ("reporting/", "measure", lambda c: ["received", "late", "nothing"]),
        ("queue/", "measure", lambda c: ["taken", "waited", "nothing"]),
        ("queue/", "service", lambda c: ["civil-status"]),
        ("queue/", "device", lambda c: ["0" * 26]),
        ("queue/", "token", lambda c: ["0" * 32]),
        ("", "queue_verb", lambda c: ["call", "open", "finish", "transfer", "close", "nothing"]),
        ("api/v1/queue", "agency", lambda c: ["qn-bai-chay-centre"]),
        ("api/v1/queue", "ticket", lambda c: ["0" * 26]),
        ("api/v1/queue", "window", lambda c: ["0" * 26]),
        ("", "note", lambda c: ids["notes"]),
        ("api/v1/labels", "label", lambda c: ids["labels"]),
        # a tree of its own would make eight keys for each run; tests/signing/test_views.py opens the real ones
        ("signing/trial/", "tree", lambda c: ["nothing"]),
        ("signing/trial/", "name", lambda c: ["root", "nothing"]),
        *_about_data(ids, ready.public_id),
        ("counter/phoi-hop/", "task", lambda c: ids["tasks"]),
        ("api/v1/tasks", "task", lambda c: ids["tasks"]),
        *behind_the_desk(ids),
        ("", "joint_verb", lambda c: sorted(TASK_MOVES)),
        ("", "public_id", lambda c: [c.public_id] if c else []),
        ("", "dossier", lambda c: [c.public_id] if c else []),
        ("", "reference", lambda c: [c.reference for c in planted.dossiers]),
        ("", "letter", own_and_foreign["letter"]),
        ("", "paper", own_and_foreign["paper"]),
        ("", "file", lambda c: [planted.file]),
        ("", "visit", lambda c: [planted.visit]),
        ("", "verb", lambda c: sorted(VERBS)),
        ("", "slug", lambda c: [slug]),
        ("", "section", lambda c: ["child", "applicant"]),
        ("", "face", lambda c: ["desk", "print"]),
        ("viec/", "key", lambda c: ["birth"]),
        ("operations/", "by", lambda c: ["agency", "day"]),
        ("operations/", "measure", lambda c: ["received", "open", "refused", "paused"]),
        ("counter/", "name", lambda c: ["kept-by-somebody-else"]),
        ("papers/", "kind", lambda c: ["letters", "nothing"]),
        ("papers/", "key", lambda c: ["receipt"]),
        ("papers/", "page", lambda c: [1]),
    ]


OF_DOSSIERS = (
    "hieu-luc/ho-so/",
    "counter/ho-so/",
    "issuing/ban-trinh/",
    "ho-so/<",
    "giup-nop/<",
    "api/v1/dossiers/{id:dossier}",
)


def places(route: str, planted: Planted) -> Iterator[Place]:
    """The addresses of a route. Raises NoValue for a parameter that nobody told the walk about."""
    whose: list[Any] = planted.dossiers if route.startswith(OF_DOSSIERS) else [None]
    if "verb" in PARAMETER.findall(
        route
    ):  # the states that verbs start from; the others have none or the same
        whose = [c for c in whose if c is None or c.name in ("submitted", "in_process")]
    known = sources(planted)
    for canary in whose:
        filled = [("", route)]
        for name in PARAMETER.findall(route):
            values = next(
                (give for start, param, give in known if param == name and route.startswith(start)), None
            )
            if values is None:
                raise NoValue(f"/{route}: tell tests/support/doors.py what to put for {name}")
            filled = [
                (canary.name if canary else "", PARAMETER.sub(str(value), text, count=1))
                for _name, text in filled
                for value in values(canary)
            ]
        for name, text in filled:
            yield Place(route, f"/{text}", name)


def pages(patterns: list[Any]) -> Iterator[tuple[str, Any]]:
    """Every page with its door; what the API library serves by itself is left to the walk of operations."""
    for route, entry in routes.walk(patterns):
        if not routes.is_operation(entry) and entry.name not in routes.API_OWN_NAMES:
            yield route, entry.callback.door


def operations(api: Any) -> Iterator[tuple[str, str, str, Any]]:
    """Every operation as (method, route, scope or "", function)."""
    for name, operation in routes.operations(api):
        method, path = name.split(" ", 1)
        guards = [g for g in operation.auth_callbacks or [] if hasattr(g, "door")]
        yield method, f"api/v1{path}", guards[0].scope if guards else "", operation


class Walker:
    """A browser or a program of one person; whatever it does is undone again."""

    def __init__(self, name: str, client: Client | None = None, token: str = "") -> None:
        self.name, self.client = name, client or Client()
        self.client.raise_request_exception = False  # a page that breaks is a finding like the others
        self.cookies = self.client.cookies.output(header="", sep=";")
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method: str, address: str, body: Any = None) -> tuple[int, str, str, list[tuple[str, str]]]:
        """Ask and undo. Returns the status, where to, the text, and the (chain, verb) of journal lines it wrote."""
        self.client.cookies = SimpleCookie(self.cookies)
        before = newest_line()
        with transaction.atomic():
            send = getattr(self.client, method.lower())
            more = {"headers": self.headers} if self.headers else {}
            if self.headers and method != "GET":
                more["content_type"] = "application/json"
            elif method == "POST" and body and not any(hasattr(value, "read") for value in body.values()):
                body, more["content_type"] = urlencode(body, doseq=True), BY_FORM
            answer = send(address, body, **more) if body is not None else send(address, **more)
            text = content(answer)
            written = lines_since(before)
            transaction.set_rollback(True)
        return answer.status_code, answer.headers.get("Location", ""), text, written


def content(answer: Any) -> str:
    """The text of an answer, streamed or not; bytes that are no text are read as far as they go."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return raw.decode("utf-8", "replace")


def newest_line() -> int:
    return JournalLine.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def lines_since(line: int) -> list[tuple[str, str]]:
    return list(JournalLine.objects.filter(pk__gt=line).values_list("chain", "verb"))


def standing(planted: Planted) -> list[tuple[Any, ...]]:
    """What may not have changed when the walk is over."""
    ids = [c.public_id for c in planted.dossiers]
    rows = Dossier.objects.filter(public_id__in=ids).order_by("pk")
    heads = JournalHead.objects.filter(chain__in=[f"dossier:{id_}" for id_ in ids]).order_by("pk")
    return [
        *rows.values_list("public_id", "business_state", "revision"),
        *heads.values_list("chain", "count", "hash"),
    ]


def bodies(method: str, route: str, planted: Planted) -> list[Any]:
    """What to send to an operation: all verbs for moves, else one body. Raises NoValue for one nobody thought of."""
    if method == "GET":
        return [None]
    ids = [c.public_id for c in planted.dossiers]
    if route.endswith("/{id:dossier}/moves"):
        return [{"verb": verb, **MOVES.get(verb, {})} for verb in sorted(VERBS)]
    if route.endswith("/{id:task}/moves"):
        return [{"verb": verb, **said} for verb, said in TASK_MOVES.items()]
    if route == "api/v1/dossiers/moves":
        return [
            {"items": [{"dossier": id_, "verb": verb, **MOVES.get(verb, {})} for id_ in ids]}
            for verb in sorted(VERBS)
        ]
    known = {key: body for key, body in _bodies(planted).items() if f"{method} {route}".endswith(key)}
    if not known:
        raise NoValue(f"{method} /{route}: tell tests/support/doors.py what to send")
    return [known[max(known, key=len)]]


def _bodies(planted: Planted) -> dict[str, Any]:
    paper = {"key": "birth-notice", "file": planted.file}
    answers = {"full_name": "Kẻ Lạ Mặt", "child_full_name": "Kẻ Lạ Mặt"}
    return {
        "POST api/v1/dossiers": {"procedure": "birth-registration", "agency": "qn-bai-chay-centre"},
        "/answers": {"answers": answers},
        "/reuse": {"papers": ["birth-notice"], "agreed": True},
        "/reuse/withdrawal": {"papers": ["birth-notice"]},
        "/agency": {"agency": "qn-ha-lam-centre"},
        "POST api/v1/dossiers/{id:dossier}/papers": paper,
        "DELETE api/v1/dossiers/{id:dossier}/papers/{int:paper}": {},
        "/search": {"text": "Tước Kim Hoàng Anh"},
        "/walk-in": {"procedure": "birth-registration", "agency": "qn-bai-chay-centre", "answers": answers},
        "/papers/handed-over": {"papers": [{"key": "birth-notice", "form": "original"}]},
        "/card": {"qr": FORM["card"].replace("022196007777", "022196008888")},
        "/assisted": {"procedure": "birth-registration", "person_name": "Kẻ Lạ Mặt"},
        "/consent/ask": {"phone": "0900000001"},
        "/consent/confirm": {"code": "000000"},
        "/consent/slip": {"file": planted.file},
        "POST api/v1/files": {},
        "/consultations": {"agency": "qn-ha-lam", "question": FORM["reason"], "until": "2026-10-05"},
        "/notices/read": {},
        "POST api/v1/queue/{agency}/tickets": {"service": "result"},
        "/windows/open": {"agency": "qn-bai-chay-centre", "number": 1},
        "/windows/{id:window}/close": {},
        "/windows/call": {},
        "/tickets/{id:ticket}/moves": {"verb": "start"},
        "/notes": {"text": FORM["reason"]},
        "/precheck": {},
        "/versions": {"text": FORM["reason"]},
        "/withdrawal": {"reason": FORM["reason"]},
        "POST api/v1/dossiers/{id:dossier}/labels": {"label": planted.ids["labels"][0]},
        "POST api/v1/labels": {"agency": "qn-bai-chay", "name": "Nhãn mới"},
        "POST api/v1/labels/{id:label}": {"name": "Nhãn khác"},
        "/retirement": {},
        "POST api/v1/petitions": {
            "agency": "qn-bai-chay-centre",
            "name": "Kẻ Lạ Mặt",
            "phone": "0900000000",
            "text": FORM["answer"],
        },
        "POST api/v1/assistant/questions": {"question": "khai sinh"},
        "/rating": {"useful": True},
        "/erasure": {},
        "/{id:petition}/moves": {"verb": "answer", "answer": FORM["answer"]},
    }
