"""What is done to many dossiers at once: every item is an act of its own, with its own result.

Picking is answered by an address that shows what was picked, doing by one that tells what became of it: both can be
gone back to, and neither does anything twice.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.counter import batches, listing, words
from motcua.counter.base import lang, log_dossiers, log_seen, moment, revision_of, stated_purpose, words_of
from motcua.counter.errors import NothingPicked, UnknownVerb
from motcua.counter.moves import BATCH, Given, perform
from motcua.counter.verb_forms import key_options
from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import Actor
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.kept import keep, kept
from motcua.issuing import actions as issuing
from motcua.issuing import queries as issued

SHARED = ("remark", "account", "key", "secret", "code")  # one for all rows; the others stand beside their row
OWN = ("way", "tracking", "number", "receiver")


@dataclass(frozen=True)
class Outcome:
    """What became of one item of a batch: done, refused, or left out because the verb is not for it."""

    id: str
    code: str
    kind: str
    said: str = ""


class _Shared(dict):
    """The fields of one item of a batch, read as a form is."""

    def getlist(self, name: str) -> list[str]:
        return [self[name]] if self.get(name) else []


@officers()
@never_cache
@require_POST
def batch(request: HttpRequest) -> HttpResponse:
    """Do one verb on every picked dossier. POST pick (`id:revision`, repeated) or one (`verb:id:revision`), act_id;
    ask (as pick): those that were ticked one by one on the page that asks.

    What is final is asked once more (`sure`). Every item is told: what was done, why not, why it was left out.
    """
    verb, picked = _picked(request)
    if verb not in BATCH:
        raise UnknownVerb()
    if not picked:
        return _nothing_picked(request, verb)
    if batches.asks_first(verb) and request.POST.get("sure") != "1":
        said = {"verb": verb, "picked": picked, "list": request.POST.get("list", "")[:300]}
        return redirect("counter:batch_ask", keep(request, "batch", said))
    asked = {item.partition(":")[0] for item in request.POST.getlist("ask")}
    if verb == "sign":
        outcomes = _sign_all(request, picked)
    else:
        outcomes = [_do(request, verb, public_id, revision, asked) for public_id, revision in picked]
    if len(outcomes) == 1 and outcomes[0].kind == "done":
        said = _("{word}: {code}").format(word=words.DONE[verb], code=outcomes[0].code)
        messages.success(request, said)
        return redirect(back_to_list(request))
    return told_of(request, verb, outcomes)


def _sign_all(request: HttpRequest, picked: list[tuple[str, str]]) -> list[Outcome]:
    """Sign what was picked, in one act by one key; what the key itself refuses is told of every item."""
    actor, wanted, outcomes = actor_of(request), [], {}
    for public_id, revision in picked:
        try:
            dossier = dossiers.get_visible(actor, public_id)
        except Refusal as refusal:
            outcomes[public_id] = Outcome(public_id, "", "refused", " ".join(words_of(refusal)))
            continue
        fit = batches.fit_of(actor, dossier, "sign")
        if fit.why:
            outcomes[public_id] = Outcome(public_id, dossier.code or dossier.reference, "left", fit.why)
        else:
            wanted.append((public_id, revision_of(revision)))
    said = {name: request.POST.get(name, "")[:200] for name in ("key", "secret", "code")}
    try:
        for each in issuing.sign_results(act_of(request, "process"), items=wanted, **said):
            said = " ".join(words_of(each.refusal)) if each.refusal is not None else ""
            outcomes[each.dossier] = Outcome(each.dossier, each.code, each.kind, said)
    except Refusal as refusal:
        said = " ".join(words_of(refusal))
        outcomes |= {public_id: Outcome(public_id, "", "refused", said) for public_id, _revision in wanted}
    return [outcomes[public_id] for public_id, _revision in picked if public_id in outcomes]


def told_of(request: HttpRequest, verb: str, outcomes: list[Outcome]) -> HttpResponse:
    """To the page that tells what became of every item of the batch that the form asked for."""
    told = {
        "verb": verb,
        "list": request.POST.get("list", "")[:300],
        "outcomes": [asdict(each) for each in outcomes],
    }
    return redirect("counter:batch_told", keep(request, "told", told))


def _picked(request: HttpRequest) -> tuple[str, list[tuple[str, str]]]:
    """The verb and the picked (id, revision) pairs, each dossier once."""
    one = request.POST.get("one", "")
    if one:
        verb, _colon, item = one.partition(":")
        items = [item]
    else:
        verb = request.POST.get("verb", "")
        items = [*request.POST.getlist("pick"), *request.POST.getlist("ask")]
    return verb, picked_of(items)


def picked_of(items: list[str]) -> list[tuple[str, str]]:
    """Picked rows (`id:revision`) as pairs, each dossier once, at most as many as a batch takes."""
    pairs: dict[str, str] = {}
    for item in items[: batches.PICKED_MAX]:
        public_id, _colon, revision = item.partition(":")
        if public_id.isalnum() and len(public_id) <= 26:
            pairs.setdefault(public_id, revision)
    return list(pairs.items())


def _nothing_picked(request: HttpRequest, verb: str) -> HttpResponse:
    """Told on the page the form was on: the list, or the page that asks."""
    messages.error(request, f"{NothingPicked().sentence} {NothingPicked().way_out}")
    asking = request.POST.get("asking", "")
    if asking and kept(request, "batch", asking):
        return redirect("counter:batch_ask", asking)
    return redirect(back_to_list(request))


def back_to_list(request: HttpRequest) -> str:
    """The list that a form came from."""
    return reverse("counter:work") + listing.query_of(request.POST.get("list", ""))


def _do(request: HttpRequest, verb: str, public_id: str, revision: str, asked: set[str]) -> Outcome:
    """One item: its own act, its own result. A refusal of one leaves the others alone."""
    actor = actor_of(request)
    code = ""
    try:
        dossier = dossiers.get_visible(actor, public_id)
        code = dossier.code or dossier.reference
        if revision_of(revision) in (None, dossier.revision):  # else the act itself tells what came between
            fit = batches.fit_of(actor, dossier, verb)
            if fit.why or (fit.asks and public_id not in asked):
                return Outcome(public_id, code, "left", fit.why or str(words.UNTICKED[fit.asks]))
        # The part is named by verb and dossier, so that a second sending repeats and another choice is another act.
        act = act_of(request, "process").part(f"{verb}-{public_id}")
        fields = _Shared(
            {"outcome": "granted", "way": "counter", "unpaid_ok": "1"} | _fields(request, public_id)
        )
        given = Given(fields, {}, act, dossier, dossiers.view_of(dossier), lang())
        code = perform(verb, given, revision=revision_of(revision)).get("code") or code
    except Refusal as refusal:
        return Outcome(public_id, code, "refused", " ".join(words_of(refusal)))
    return Outcome(public_id, code, "done")


def _fields(request: HttpRequest, public_id: str) -> dict[str, str]:
    """What the page that asks says for all, and for this row."""
    given = {name: request.POST.get(name, "") for name in SHARED}
    given |= {name: request.POST.get(f"{name}-{public_id}", "") for name in OWN}
    return {name: value for name, value in given.items() if value}


# The pages ----------------------------------------------------------------------------------------------------------


@officers()
@never_cache
@require_GET
def batch_ask(request: HttpRequest, name: str) -> HttpResponse:
    """What is about to be done, row by row: what it is for, what wants a tick of its own, what is left out and why."""
    said = kept(request, "batch", name)
    if said is None:
        return _gone(request)
    actor, at, verb = actor_of(request), moment(), said["verb"]
    rows, left, shown = [], [], []
    for public_id, revision in said["picked"]:
        try:
            dossier = dossiers.get_visible(actor, public_id)
        except Refusal:
            continue
        shown.append(dossier)
        line = listing.line_of(actor, dossier, at, purpose=stated_purpose(request))
        fit = batches.fit_of(actor, dossier, verb)
        row = {"line": line, "item": f"{public_id}:{revision}", "why": fit.why, "asks": fit.asks}
        (left if fit.why else rows).append(row | _row_facts(verb, dossier))
    log_dossiers(request, "batch", "process", shown)
    context = {
        "verb": verb,
        "word": words.VERBS[verb],
        "rows": [row for row in rows if not row["asks"]],
        "asked": [row for row in rows if row["asks"]],
        "asked_words": words.BATCH_ASKS.get(next((row["asks"] for row in rows if row["asks"]), ""), {}),
        "left": left,
        "count": len(rows),
        "act_id": new_act_id(),
        "list": said["list"],
        "asking": name,
        "ways": words.WAYS,
        "officers": _officers(rows, at) if verb == "assign" else [],
        "keys": _keys(actor, verb, at),
        "codes": any(key.kind == "remote" for key in issued.means_of(actor, at).keys),
        "back": reverse("counter:work") + listing.query_of(said["list"]),
    }
    return render(request, "counter/batch_ask.html", context)


def _keys(actor: Actor, verb: str, at: datetime) -> list[tuple[str, str]]:
    """The keys by which the rows may be signed, or sealed."""
    means = issued.means_of(actor, at)
    return key_options({"sign": means.keys, "seal": means.seals}.get(verb, ()))


def _officers(rows: list[dict[str, Any]], at: datetime) -> list[tuple[int, str]]:
    """To whom the rows may be given: who processes in their units now."""
    units = sorted({row["unit"] for row in rows if row["unit"]})
    held = agencies.holders_at(units, at, "processor", "head") if units else []
    return sorted(accounts.labels({one.account_id for one in held}).items(), key=lambda pair: pair[1])


def _row_facts(verb: str, dossier: Any) -> dict[str, Any]:
    """What the officer must see of a row before she decides on it."""
    if verb in ("approve", "send_back", "sign"):
        return {
            "outcome": words.OUTCOMES.get(dossier.outcome, "–"),
            "reason": dossier.outcome_reason or "",
            "draft": _draft_of(verb, dossier),
        }
    if verb == "assign":
        return {
            "unit": dossier.competent_agency_id,
            "desk": dossier.assigned_to.display_name if dossier.assigned_to_id else "",
        }
    if verb == "hand_over":
        wish = str(dossiers.answers_of(dossier).get("result_delivery") or "counter")
        return {
            "way": wish if wish in dict(words.WAYS) else "counter",
            "outcome": words.OUTCOMES.get(dossier.outcome, "–"),
        }
    return {}


def _draft_of(verb: str, dossier: Any) -> str:
    if verb == "sign":
        return reverse("issuing:draft", args=[dossier.public_id, 1])
    return reverse("counter:result", args=[dossier.public_id]) if dossier.result_file_id else ""


@officers()
@never_cache
@require_GET
def batch_told(request: HttpRequest, name: str) -> HttpResponse:
    """What became of every item of a batch."""
    told = kept(request, "told", name)
    if told is None:
        return _gone(request)
    outcomes = [Outcome(**each) for each in told["outcomes"]]
    context = {
        "verb": told["verb"],
        "word": words.DONE[told["verb"]],
        "done": [outcome for outcome in outcomes if outcome.kind == "done"],
        "refused": [outcome for outcome in outcomes if outcome.kind == "refused"],
        "left": [outcome for outcome in outcomes if outcome.kind == "left"],
        "back": reverse("counter:work") + listing.query_of(told["list"]),
    }
    log_seen(request, "batch", "process", [f"dossier:{each.id}" for each in outcomes if each.code])
    return render(request, "counter/batch.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Trang này không còn giữ lại nữa. Chọn lại trong danh sách."))
    return redirect("counter:work")
