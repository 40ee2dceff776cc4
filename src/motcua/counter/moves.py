"""The verbs of the desk: which one comes next, which ask for something first, and how their forms are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.rules import ProcedureView
from motcua.counter import reasons
from motcua.counter.base import TEXT_MAX, moment
from motcua.counter.errors import NotReadable
from motcua.dossiers import actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import ReasonNeeded
from motcua.dossiers.rules import AMOUNT_MAX, REASON_LENGTH_MIN, State
from motcua.files import actions as files
from motcua.foundation.actors import Actor
from motcua.foundation.acts import Act
from motcua.foundation.ui.words import as_date
from motcua.issuing import actions as issuing
from motcua.issuing import queries as issued

S = State
PAPERS_MAX = 60
# In each state the verbs that may come next, the likeliest first; the first one this officer may do is her button.
NEXT: dict[State, tuple[str, ...]] = {
    S.SUBMITTED: ("receive",),
    S.DOOR_SUPPLEMENT: ("answer",),
    S.RECEIVED: ("transfer",),
    S.IN_PROCESS: ("take", "advance", "take_over_result", "draft_result"),
    S.SUPPLEMENT: ("answer",),
    S.AWAITING_PAYMENT: ("confirm_payment",),
    S.RESULT_DRAFTED: ("sign", "approve"),
    S.RESULT_READY: ("seal", "record_cash", "hand_over"),
}
# Not moves of the table: offered beside them wherever they make sense.
BESIDE = ("assign", "record_cash", "record_refund", "change_version")
OPEN_MONEY = ("due", "unknown")


@dataclass(frozen=True)
class Given:
    """What a form of a verb said, with what is needed to understand it."""

    post: Mapping[str, Any]
    files: Mapping[str, Any]
    act: Act
    dossier: Any
    view: ProcedureView
    language: str

    def text(self, name: str, most: int = TEXT_MAX) -> str:
        return " ".join(str(self.post.get(name) or "").split())[:most]

    def lines(self, name: str) -> list[str]:
        return [line.strip()[:600] for line in str(self.post.get(name) or "").splitlines() if line.strip()]

    def many(self, name: str) -> list[str]:
        return self.post.getlist(name)[:PAPERS_MAX]  # type: ignore[attr-defined]

    def chosen(self, use: str) -> list[reasons.Reason]:
        known = reasons.reasons_for(self.view, use, self.act.at, self.language)
        return reasons.chosen(known, self.many("reason_keys"))


def _nothing(given: Given) -> dict:
    return {}


def _reason(use: str) -> Callable[[Given], dict]:
    def read(given: Given) -> dict:
        sentences = [reason.text for reason in given.chosen(use)]
        own = given.text("reason")
        return {"reason": " ".join([*sentences, *([own] if own else [])])}

    return read


def _stopped(given: Given) -> dict:
    return {**_reason("stop")(given), "no_answer": given.text("no_answer") == "1"}


def _asked(given: Given) -> dict:
    items = [{"text": reason.text, "paper": reason.paper or None} for reason in given.chosen("supplement")]
    names = {paper.key: paper.name.vi for paper in given.view.papers}
    for key in given.many("missing"):
        if key in names:
            items.append({"text": f"Nộp thêm: {names[key]}.", "paper": key})  # letters are in Vietnamese
    items += [{"text": line} for line in given.lines("own")]
    return {"items": items, "reason": given.text("reason", 1000)}


def _asked_later(given: Given) -> dict:
    said = {**_asked(given), "law": given.text("law", 200)}
    if not said["items"]:
        raise _wrong("own", _("Yêu cầu bổ sung phải nêu ít nhất một nội dung cụ thể."))
    if len(said["reason"]) < REASON_LENGTH_MIN:
        raise _wrong("reason", f"{ReasonNeeded().sentence} {ReasonNeeded().way_out}")
    return said


def _assignee(given: Given) -> dict:
    chosen = given.text("account")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 15):
        raise _wrong("account", _("Chọn người sẽ xử lý hồ sơ."))
    return {"account": int(chosen)}


def _new_date(given: Given) -> dict:
    until = as_date(iso_day(given.text("until", 10)))
    if until is None:
        raise _wrong("until", _("Nhập ngày hẹn mới, ví dụ 21/11/2026."))
    return {"until": until.isoformat(), **_reason("extension")(given)}


def iso_day(text: str) -> str:
    """A day as people type it (5/10/2026, 5-10-2026), as an ISO day; anything else as it was typed."""
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if len(parts) == 3 and all(part.isdigit() for part in parts) and len(parts[2]) == 4:
        return f"{parts[2]}-{int(parts[1]):02d}-{int(parts[0]):02d}"
    return text


def _result(given: Given) -> dict:
    outcome = given.text("outcome")
    if outcome not in ("granted", "denied"):
        raise _wrong("outcome", _("Chọn đồng ý hoặc không đồng ý."))
    said = {"outcome": outcome, "note": given.text("note")}
    upload = given.files.get("result")
    if upload:
        said["file"] = files.keep(given.act.part("result"), upload)["file"]
    return said


def _drafted(given: Given) -> dict:
    """The result before the signer; the number where another system keeps the register of it."""
    number = given.text("number", 60)
    if not number and issued.is_signed_here(given.dossier, moment(), asked=True):
        raise _wrong("number", _("Nhập số, ký hiệu của kết quả do hệ thống chủ quản cấp."))
    return {**_result(given), "number": number}


def _by_key(given: Given) -> dict:
    """The key chosen and its PIN; PINs are taken as typed."""
    wrong = {}
    if not given.text("key", 26):
        wrong["key"] = _("Chọn khóa ký.")
    if not str(given.post.get("secret") or ""):
        wrong["secret"] = _("Nhập mã PIN của khóa ký.")
    if wrong:
        raise _wrong_all(wrong)
    said = {"key": given.text("key", 26), "secret": str(given.post.get("secret"))[:200]}
    return {**said, "code": given.text("code", 20)}


def _sealed(given: Given) -> dict:
    return {**_by_key(given), "symbol": given.text("symbol", 30)}


def _owned_result(given: Given) -> dict:
    number = given.text("number", 60)
    if not number:
        raise _wrong("number", _("Nhập số, ký hiệu của kết quả do hệ thống chủ quản cấp."))
    return {"number": number, **_result(given)}


def _returned(given: Given) -> dict:
    way = given.text("way") or "counter"
    if way not in ("counter", "post", "portal"):
        raise _wrong("way", _("Chọn cách trả kết quả."))
    wrong: dict[str, str] = {}
    if given.dossier.finance_state == "unknown" and given.text("unpaid_ok") != "1":
        wrong["unpaid_ok"] = _(
            "Chưa thu phí và mức thu chưa rõ. Thu tiền, hoặc xác nhận không còn gì phải thu."
        )
    tracking = given.text("tracking", 60)
    if way == "post" and not tracking:
        wrong["tracking"] = _("Nhập số vận đơn để người dân theo dõi bưu gửi.")
    authorised, receiver = given.text("who") == "authorised", given.text("receiver", 200)
    if way == "counter" and authorised and not receiver:
        wrong["receiver"] = _("Nhập họ và tên người được ủy quyền nhận.")
    if wrong:
        raise _wrong_all(wrong)
    return {"way": way, "tracking": tracking, "receiver": receiver, "authorised": authorised}


def cash_of(post: Mapping[str, Any], prefix: str = "") -> dict:
    """Receipt number and the amounts of lines whose amount the pack does not know. Raises NotReadable."""
    number = " ".join(str(post.get(f"{prefix}receipt_number") or "").split())[:60]
    if not number:
        raise _wrong(f"{prefix}receipt_number", _("Nhập số biên lai thu tiền."))
    amounts: dict[str, int] = {}
    for name in post:
        if not name.startswith(f"{prefix}amount-"):
            continue
        digits = "".join(c for c in str(post.get(name) or "") if c not in " .,đ")
        if not digits:
            continue
        if not (digits.isascii() and digits.isdigit()) or int(digits[:12]) > AMOUNT_MAX:
            raise _wrong(name, _("Số tiền là số đồng nguyên, ví dụ 15.000."))
        amounts[name.removeprefix(f"{prefix}amount-")] = int(digits)
    return {"receipt_number": number, "amounts": amounts}


def handed_over(given: Given, prefix: str = "paper--") -> list[dict]:
    """The papers ticked on a check list: {key, form, quantity, file?, name?}; their scans are stored. See `papers`."""
    papers = []
    names = {paper.key for paper in given.view.papers} | {"other"}
    for key in given.many("papers"):
        if key not in names:
            continue
        form, count = given.text(f"{prefix}{key}--form"), given.text(f"{prefix}{key}--count")
        if count and not (count.isascii() and count.isdigit() and 1 <= int(count) <= 99):
            raise _wrong(f"{prefix}{key}--count", _("Số bản là một số từ 1 đến 99."))
        paper: dict[str, Any] = {"key": key, "form": form or "original", "quantity": int(count or 1)}
        if key == "other":
            paper["name"] = given.text(f"{prefix}other--name", 300) or "Giấy tờ khác"
        upload = given.files.get(f"{prefix}{key}--scan")
        if upload:
            known = given.view.paper(key)
            kept = files.keep(
                given.act.part(f"scan-{key}"[:30]),
                upload,
                accept=(known.accept or None) if known else None,
                max_mb=known.max_mb if known else None,
            )
            paper["file"] = kept["file"]
        papers.append(paper)
    return papers


def _brought(given: Given) -> dict:
    return {"papers": handed_over(given), "note": given.text("note", 1000)}


def _wrong(field: str, sentence: str) -> NotReadable:
    return _wrong_all({field: sentence})


def _wrong_all(sentences: Mapping[str, str]) -> NotReadable:
    rows = ({"field": name, "code": "unreadable", "message": str(text)} for name, text in sentences.items())
    return NotReadable(list(rows))


@dataclass(frozen=True)
class Move:
    """A verb of the desk: its action, how its form is read, whether it must be filled in, whether it is final."""

    action: Callable[..., dict]
    read: Callable[[Given], dict] = _nothing
    asks: bool = False  # has a form that must be filled in
    final: bool = False  # cannot be undone and touches a person's right: asked once more in batches
    danger: bool = False
    looked_over: bool = False  # what the form said is shown once more before it is done


MOVES: dict[str, Move] = {
    "receive": Move(actions.receive),
    "ask_at_door": Move(actions.ask_at_door, _asked_later, asks=True, looked_over=True),
    "refuse": Move(actions.refuse, _reason("refusal"), asks=True, danger=True),
    "transfer": Move(actions.transfer),
    "take": Move(actions.take),
    "assign": Move(actions.assign, _assignee, asks=True),
    "advance": Move(actions.advance, lambda given: {"note": given.text("note"), "step": given.text("step")}),
    "ask_supplement": Move(actions.ask_supplement, _asked_later, asks=True, looked_over=True),
    "answer": Move(actions.answer_at_counter, _brought, asks=True),
    "ask_payment": Move(actions.ask_payment, _reason("payment"), asks=True),
    "confirm_payment": Move(
        actions.confirm_payment, lambda given: {"receipt_number": _receipt(given)}, asks=True
    ),
    "extend": Move(actions.extend, _new_date, asks=True),
    "forward": Move(
        actions.forward,
        lambda given: {"agency": given.text("agency", 100), "reason": given.text("reason", 1000)},
        asks=True,
    ),
    "draft_result": Move(actions.draft_result, _drafted, asks=True),
    "send_back": Move(actions.send_back, lambda given: {"remark": given.text("remark", 1000)}, asks=True),
    "sign": Move(issuing.sign_result, _by_key, asks=True, final=True),
    "approve": Move(actions.approve, lambda given: {"number": given.text("number", 60)}, final=True),
    "take_over_result": Move(actions.take_over_result, _owned_result, asks=True),
    "seal": Move(issuing.seal_result, _sealed, asks=True, final=True),
    "hand_over": Move(actions.hand_over, _returned, final=True, looked_over=True),
    "record_cash": Move(actions.record_cash, lambda given: cash_of(given.post), asks=True),
    "record_refund": Move(
        actions.record_refund,
        lambda given: {"receipt_number": _receipt(given), "reason": given.text("reason", 1000)},
        asks=True,
        danger=True,
    ),
    "stop": Move(actions.stop, _stopped, asks=True, danger=True),
    "change_version": Move(
        actions.change_version, lambda given: {"reason": given.text("reason", 1000)}, asks=True
    ),
    "withdraw": Move(
        actions.withdraw, lambda given: {"reason": given.text("reason", 1000)}, asks=True, danger=True
    ),
}
# What a list may do at once, and what each item needs besides: the same for all of them.
BATCH = (
    "receive",
    "transfer",
    "assign",
    "take",
    "advance",
    "draft_result",
    "sign",
    "approve",
    "send_back",
    "seal",
    "hand_over",
)


def _receipt(given: Given) -> str:
    number = given.text("receipt_number", 60)
    if not number:
        raise _wrong("receipt_number", _("Nhập số chứng từ nộp tiền."))
    return number


def verbs_for(actor: Actor, dossier: Any) -> list[str]:
    """Everything this officer may do with the dossier now: nothing, where it is her own. One query for an officer."""
    if dossiers.is_applicant(actor, dossier):
        return []  # what she may do as its applicant stands on her own page of it
    verbs = [verb for verb in dossiers.allowed_verbs(actor, dossier, by_key=True) if verb in MOVES]
    verbs += [verb for verb in BESIDE if dossiers.may(actor, dossier, verb)]
    return [verb for verb in dict.fromkeys(verbs) if _sensible(actor, dossier, verb)]


def _sensible(actor: Actor, dossier: Any, verb: str) -> bool:
    """Whether a verb that is allowed makes sense: no step is finished twice, no money taken that is not due."""
    if verb == "take":
        return dossier.assigned_to_id != actor.account_id
    if verb == "assign":
        return dossier.business_state == S.IN_PROCESS
    if verb == "change_version":
        return dossiers.may_go_over(dossier, moment())
    if verb == "record_cash":
        return dossier.received_at is not None and dossier.finance_state in OPEN_MONEY
    if verb == "record_refund":
        return dossier.finance_state == "paid"
    if verb == "sign":
        return issued.can_sign(actor, dossier, moment())
    if verb in ("seal", "hand_over"):
        return (dossier.delivery_state == "to_seal") is (verb == "seal")
    ours = dossiers.view_of(dossier).owner.issues_result
    if verb == "advance":  # a step that only some dossiers need may still be chosen where the draft is due
        return dossiers.has_more_steps(dossier) or bool(dossiers.optional_steps(dossier))
    if verb == "draft_result":
        here = ours or issued.is_signed_here(dossier, moment())
        return here and not dossiers.has_more_steps(dossier)
    if verb == "take_over_result":
        return not ours
    if verb == "answer":  # at the desk, in the applicant's place
        return f"office:{dossier.desk_now_id}:reception" in actor.holders
    return True


def next_verb(actor: Actor, dossier: Any, possible: list[str] | None = None) -> str:
    """The one decision that comes next for this officer, "" when it waits for somebody else; one query an officer.

    `possible` is what `verbs_for` told already.
    """
    possible = verbs_for(actor, dossier) if possible is None else possible
    for verb in NEXT.get(State(dossier.business_state), ()):
        if verb not in possible:
            continue
        if verb == "take" and dossier.assigned_to_id is not None:
            continue  # a colleague has it: taking it over is in the menu
        if verb == "advance" and not dossiers.has_more_steps(dossier):
            continue  # only steps for some dossiers are left before the draft: they are in the menu
        if (
            verb in ("advance", "draft_result", "take_over_result")
            and dossier.assigned_to_id != actor.account_id
        ):
            continue
        return verb
    return ""


# Where on the form a refusal of an action belongs; what is not named here is told on top.
_AT_FIELD = {
    "dossiers.nothing_asked": "own",
    "dossiers.supplement_already_asked": "law",
    "dossiers.supplement_too_late": "law",
    "dossiers.receipt_needed": "receipt_number",
    "dossiers.result_number_needed": "number",
    "issuing.secret_needed": "secret",
    "issuing.no_key": "key",
    "issuing.symbol_wrong": "symbol",
    "signing.wrong_password": "secret",
    "dossiers.new_date_wrong": "until",
    "dossiers.way_wrong": "way",
    "dossiers.apology_reason_needed": "reason",
    "dossiers.still_time_to_answer": "no_answer",
    "dossiers.no_wait_named": "no_answer",
    "dossiers.nothing_waited": "no_answer",
    "dossiers.outcome_wrong": "outcome",
    "dossiers.receiver_needed": "receiver",
    "dossiers.forward_refused": "agency",
    "dossiers.owners_desk": "account",
}
_REASON_AT = {"draft_result": "note", "take_over_result": "note", "send_back": "remark"}


def field_of(verb: str, code: str) -> str:
    """The input of the form of `verb` that a refusal with this code is about; "" where it is about none."""
    if code == "dossiers.reason_needed":
        return _REASON_AT.get(verb, "reason")
    return _AT_FIELD.get(code, "")


def perform(verb: str, given: Given, *, revision: int | None) -> dict:
    """Do the verb on the dossier with what its form said. Raises whatever the form or the action refuses."""
    move = MOVES[verb]
    return move.action(given.act, dossier=given.dossier.public_id, revision=revision, **move.read(given))
