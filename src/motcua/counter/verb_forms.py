"""What the form of each verb shows: ready reasons, missing papers, open amounts. Typed values stand again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.counter import reasons, words
from motcua.counter.base import lang, today
from motcua.counter.case import Case
from motcua.dossiers import queries as dossiers
from motcua.foundation.ui.words import as_date, say_date, say_moment
from motcua.issuing import queries as issuing

Typed = Mapping[str, Any]
# Stands on the letter unless the officer writes another; letters are in Vietnamese whatever she reads.
USUAL_REASON = "Hồ sơ chưa đủ hoặc chưa đúng giấy tờ theo quy định của thủ tục."


def _many(typed: Typed, name: str) -> list[str]:
    return typed.getlist(name) if hasattr(typed, "getlist") else []


def _ready(case: Case, use: str, typed: Typed) -> list[dict[str, Any]]:
    """The ready sentences as check boxes, those of the procedure first."""
    ticked = set(_many(typed, "reason_keys"))
    return [
        {"key": each.key, "text": each.shown, "general": each.general, "ticked": each.key in ticked}
        for each in reasons.reasons_for(case.view, use, case.at, case.language)
    ]


def _supplement(case: Case, typed: Typed) -> dict[str, Any]:
    ticked = set(_many(typed, "missing"))
    return {
        "reasons": _ready(case, "supplement", typed),
        "missing": [{"key": n.key, "name": n.name, "ticked": n.key in ticked} for n in case.missing],
        "own": typed.get("own", ""),
        "reason": typed.get("reason") or USUAL_REASON,
        "law": typed.get("law", ""),
        "asked_before": case.asked_before,
        "too_late": case.ask_by is not None and case.at > case.ask_by,
        "ask_by": case.ask_by,
    }


def _with_reasons(use: str) -> Callable[[Case, Typed], dict[str, Any]]:
    def facts(case: Case, typed: Typed) -> dict[str, Any]:
        return {"reasons": _ready(case, use, typed), "reason": typed.get("reason", "")}

    return facts


def _assign(case: Case, typed: Typed) -> dict[str, Any]:
    held = agencies.holders_at([case.dossier.competent_agency_id], case.at, "processor", "head")
    ids = {one.account_id for one in held}
    names = sorted(accounts.labels(ids).items(), key=lambda pair: pair[1])
    chosen = typed.get("account") or str(case.dossier.assigned_to_id or "")
    return {"options": [(id_, label) for id_, label in names], "account": chosen}


def _extend(case: Case, typed: Typed) -> dict[str, Any]:
    last = case.dossier.apology_by
    return {
        "due_on": case.dossier.due_on,
        "last_day": last,
        "too_late": last is not None and today() > last,
        "used": last is None,
        "until": typed.get("until", ""),
        "reason": typed.get("reason", ""),
    }


def _stop(case: Case, typed: Typed) -> dict[str, Any]:
    """`waits_until`: the last day for the answer that was asked for, where the request or the procedure names one."""
    request = dossiers.open_request(case.dossier) if case.dossier.business_state == "supplement" else None
    content = request.content if request is not None and isinstance(request.content, dict) else {}
    until = as_date(content.get("answer_by"))
    return {
        **_with_reasons("stop")(case, typed),
        "waits": request is not None,
        "waits_until": until,
        "is_over": until is not None and today() > until,
        "no_answer": typed.get("no_answer", ""),
    }


def _change_version(case: Case, typed: Typed) -> dict[str, Any]:
    named = (
        (change.name.say(lang()), change.before.say(lang()), change.after.say(lang()))
        for change in dossiers.changes_to_newer(case.dossier, case.at)
    )
    return {"changes": list(named), "due_on": case.dossier.due_on, "reason": typed.get("reason", "")}


def _draft(case: Case, typed: Typed) -> dict[str, Any]:
    return {
        "outcomes": list(words.OUTCOMES.items()),
        "outcome": typed.get("outcome") or "granted",
        "note": typed.get("note", ""),
        "result_name": case.view.result_name,
    }


def _put_before_signer(case: Case, typed: Typed) -> dict[str, Any]:
    """A draft; where another system keeps the register, whose, and the number it gave."""
    ours = case.view.owner.issues_result
    draft = {**_draft(case, typed), "number": typed.get("number", "")}
    if not ours:  # only what that system granted is signed here
        draft |= {"owner": case.view.owner.name, "outcomes": [("granted", words.OUTCOMES["granted"])]}
    return draft


def _owned(case: Case, typed: Typed) -> dict[str, Any]:
    return {**_draft(case, typed), "owner": case.view.owner.name, "number": typed.get("number", "")}


def _hand_over(case: Case, typed: Typed) -> dict[str, Any]:
    wish = str(case.answers.get("result_delivery") or "counter")
    known = dict(words.WAYS)
    return {
        "ways": words.WAYS,
        "way": typed.get("way") or (wish if wish in known else "counter"),
        "wish": known.get(wish, ""),
        "tracking": typed.get("tracking", ""),
        "owes": case.owes,
        "due": case.dossier.finance_state == "due",
        "unpaid_ok": typed.get("unpaid_ok", ""),
        "who": typed.get("who") or "self",
        "who_options": words.RECEIVERS,
        "receiver": typed.get("receiver") or case.owner,
    }


def _cash(case: Case, typed: Typed) -> dict[str, Any]:
    lines = [
        {
            "key": line.key,
            "name": line.name,
            "payable": line.payable,
            "quantity": line.quantity,
            "reason": line.legal_reason,
            "field": f"amount-{line.key}",
            "typed": typed.get(f"amount-{line.key}", ""),
        }
        for line in case.open_fees
    ]
    known = [line["payable"] for line in lines if line["payable"] is not None]
    return {
        "lines": lines,
        "total": sum(known) if len(known) == len(lines) else None,
        "receipt_number": typed.get("receipt_number", ""),
    }


def paper_boxes(needs: list[Any], typed: Typed, *, other: bool = True) -> list[dict[str, Any]]:
    """The check list of papers: each with the form it is usually handed in, how many, and room for a scan."""
    ticked = set(_many(typed, "papers"))
    boxes = [
        {
            "key": need.key,
            "name": need.name,
            "why": need.condition or need.why if not need.required else "",
            "required": need.required,
            "form": typed.get(f"paper--{need.key}--form") or usual_form(need.type),
            "count": typed.get(f"paper--{need.key}--count") or need.quantity,
            "ticked": need.key in ticked,
        }
        for need in needs
    ]
    if other:
        name = typed.get("paper--other--name", "")
        form = typed.get("paper--other--form") or "original"
        count = typed.get("paper--other--count") or 1
        boxes.append(
            {"key": "other", "name": _("Giấy tờ khác"), "why": "", "required": False, "other": True, "named": name,
             "form": form, "count": count, "ticked": "other" in ticked}
        )  # fmt: skip
    return boxes


def usual_form(type_: str) -> str:
    """The form in which a paper of this type comes to the counter."""
    return type_ if type_ in dict(words.PAPER_FORMS) else "original"


def _answer(case: Case, typed: Typed) -> dict[str, Any]:
    asked = case.asked or {}
    wanted = {str(item.get("paper")) for item in asked.get("items_list", ()) if item.get("paper")}
    needs = sorted(case.needs, key=lambda need: need.key not in wanted)
    return {
        "asked": asked,
        "papers": paper_boxes(needs, typed),
        "forms": words.PAPER_FORMS,
        "note": typed.get("note", ""),
    }


def _forward(case: Case, typed: Typed) -> dict[str, Any]:
    here = case.dossier.competent_agency_id
    known = [
        (o.code, o.name(case.language)) for o in agencies.offices(today()) if o.id != here and not o.receives
    ]
    return {"options": known, "agency": typed.get("agency", ""), "reason": typed.get("reason", "")}


def _refund(case: Case, typed: Typed) -> dict[str, Any]:
    paid = [line for line in case.fees if line.paid_at is not None and line.payable]
    return {
        "total": sum(line.payable for line in paid),
        "receipt_number": typed.get("receipt_number", ""),
        "reason": typed.get("reason", ""),
    }


def _approve(case: Case, typed: Typed) -> dict[str, Any]:
    notes = [step.note for step in case.step_rows if step.note]
    return {
        "outcome_word": words.OUTCOMES.get(case.dossier.outcome, ""),
        "said": case.dossier.outcome_reason or (notes[-1] if notes else ""),
        "number": typed.get("number", ""),
    }


def key_options(keys: Iterable[Any]) -> list[tuple[str, str]]:
    """Keys to choose from: whose, by which authority, until when."""
    told = _("{name} – {issuer}, đến {day}")
    return [
        (each.id, told.format(name=each.holder, issuer=each.issuer, day=say_date(each.valid_to)))
        for each in keys
    ]


def _keys_to_choose(keys: Sequence[Any], typed: Typed) -> dict[str, Any]:
    """The keys, the newest chosen already."""
    chosen = typed.get("key") or (keys[0].id if keys else "")
    return {"keys": key_options(keys), "key": chosen, "codes": any(key.kind == "remote" for key in keys)}


def _sign(case: Case, typed: Typed) -> dict[str, Any]:
    told = issuing.brief(case.actor, case.dossier, case.at)
    return {
        **_approve(case, typed),
        "capacity": told["capacity"],
        "decision": told["decision"],
        **_keys_to_choose(told["keys"], typed),
    }


def _seal(case: Case, typed: Typed) -> dict[str, Any]:
    row = issuing.issued_of(case.dossier)
    seals = issuing.seals_for(case.actor, case.dossier, case.at)
    return {
        "signer": row.signed_by.display_name if row else "",
        "signed_at": say_moment(row.signed_at, case.language) if row else "",
        "number": (row.number if row else "") or case.dossier.result_number,
        "symbol": typed.get("symbol") or (issuing.proposed_symbol(row) if row else ""),
        **_keys_to_choose(seals, typed),
    }


def _one_text(name: str) -> Callable[[Case, Typed], dict[str, Any]]:
    return lambda case, typed: {name: typed.get(name, "")}


def _advance(case: Case, typed: Typed) -> dict[str, Any]:
    steps = dossiers.optional_steps(case.dossier)
    go_on = [("", _("Bước tiếp theo của mọi hồ sơ"))] if dossiers.has_more_steps(case.dossier) else []
    return {
        "note": typed.get("note", ""),
        "steps": [*go_on, *((step.key, step.text.vi) for step in steps)] if steps else [],
        "step": typed.get("step", ""),
    }


_FACTS: dict[str, Callable[[Case, Typed], dict[str, Any]]] = {
    "ask_at_door": _supplement,
    "ask_supplement": _supplement,
    "refuse": _with_reasons("refusal"),
    "stop": _stop,
    "change_version": _change_version,
    "assign": _assign,
    "advance": _advance,
    "ask_payment": _one_text("reason"),
    "confirm_payment": _one_text("receipt_number"),
    "withdraw": _one_text("reason"),
    "extend": _extend,
    "draft_result": _put_before_signer,
    "take_over_result": _owned,
    "sign": _sign,
    "approve": _approve,
    "seal": _seal,
    "send_back": _one_text("remark"),
    "hand_over": _hand_over,
    "record_cash": _cash,
    "record_refund": _refund,
    "forward": _forward,
    "answer": _answer,
}


def facts(verb: str, case: Case, typed: Typed) -> dict[str, Any]:
    """What the form of `verb` shows; `typed` is a refused form, whose content stands again."""
    maker = _FACTS.get(verb)
    return maker(case, typed) if maker else {}
