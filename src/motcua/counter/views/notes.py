"""Notes and labels at the desk: on the page of a dossier, on many rows of a list, and the labels of an agency."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.counter import listing
from motcua.counter.base import at_desk, lang, log_dossiers, problems_of, revision_of, words_of
from motcua.counter.errors import NothingPicked
from motcua.counter.views.batch import Outcome, back_to_list, picked_of, told_of
from motcua.dossiers import queries as dossiers
from motcua.foundation.doors import OFFICER_ROLES, actor_of, officers
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.kept import keep, kept
from motcua.notes import actions, rules
from motcua.notes import queries as notes

KEPT = "counter.note"
MAKERS = ("head", "leader", "administrator")
DESKS = tuple(role for role in OFFICER_ROLES if role != "administrator")


def page_facts(request: HttpRequest, dossier: Any) -> dict[str, Any]:
    """What the page of a dossier shows of notes and labels; `typed` is a note that was refused. Two
    queries, one where it has no notes."""
    actor, language = actor_of(request), lang()
    on, offered = notes.beside(actor, dossier, language)
    return {
        "notes": notes.notes_of(actor, dossier, language),
        "labels": on,
        "offered": offered,
        "typed": kept(request, KEPT, request.GET.get("ghi", "")) or {},
        "most": rules.NOTE_MAX,
        "may_write": bool(notes.sees_by(actor, dossier)),
    }


def _back(public_id: str, **more: str) -> str:
    query = "".join(f"?{name}={value}" for name, value in more.items())
    return f"{reverse('counter:dossier', args=[public_id])}{query}#ghi-chu"


def _refused(
    request: HttpRequest, public_id: str, refusal: Refusal, *, note: str = "", do: str = ""
) -> HttpResponse:
    """Back to the page with what was typed and why it was not taken."""
    problems = problems_of(refusal, "note")
    said = {
        "text": request.POST.get("note", "")[: 2 * rules.NOTE_MAX],
        "reason": request.POST.get("reason", "")[: rules.REASON_MAX],
        "problems": problems,
        "note": note,
        "do": do,
    }
    return redirect(_back(public_id, ghi=keep(request, KEPT, said)))


@officers(*DESKS)
@require_POST
def write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write a note. POST note, act_id."""
    at_desk(request, public_id)
    try:
        actions.write(act_of(request, "process"), dossier=public_id, text=request.POST.get("note", ""))
    except Refusal as refusal:
        return _refused(request, public_id, refusal)
    messages.success(request, _("Đã lưu ghi chú nội bộ."))
    return redirect(_back(public_id))


@officers(*DESKS)
@require_POST
def change(request: HttpRequest, public_id: str, note: str) -> HttpResponse:
    """Edit or withdraw a note. POST do (edit, withdraw), note (the new words), version, reason, act_id."""
    at_desk(request, public_id)
    act, do = act_of(request, "process"), "withdraw" if request.POST.get("do") == "withdraw" else "edit"
    try:
        if do == "withdraw":
            actions.withdraw(act, dossier=public_id, note=note, reason=request.POST.get("reason", ""))
        else:
            version = revision_of(request.POST.get("version"))
            text = request.POST.get("note", "")
            actions.edit(act, dossier=public_id, note=note, text=text, version=version)
    except Refusal as refusal:
        return _refused(request, public_id, refusal, note=note, do=do)
    messages.success(request, _("Đã rút ghi chú.") if do == "withdraw" else _("Đã sửa ghi chú."))
    return redirect(_back(public_id))


@officers(*DESKS)
@require_POST
def mark(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a label on a dossier or take it off. POST on or off (the label's id), act_id."""
    at_desk(request, public_id)
    act, off = act_of(request, "process"), request.POST.get("off", "")
    if off:
        actions.take_off(act, dossier=public_id, label=off)
    else:
        actions.put_on(act, dossier=public_id, label=request.POST.get("on", ""))
    return redirect(_back(public_id))


# Many dossiers at once -----------------------------------------------------------------------------------------------


@officers(*DESKS)
@never_cache
@require_POST
def mark_many(request: HttpRequest) -> HttpResponse:
    """Put a label on every picked dossier, or take it off. POST pick (as the batch), label, do (on, off), list, act_id.

    Every item is an act of its own; a refusal of one leaves the others alone, and is told.
    """
    picked = picked_of(request.POST.getlist("pick"))
    do = actions.take_off if request.POST.get("do") == "off" else actions.put_on
    label = request.POST.get("label", "")
    if not picked or not label:
        wrong = NothingPicked()
        messages.error(
            request, f"{wrong.sentence} {wrong.way_out}" if not picked else _("Chọn một nhãn trước đã.")
        )
        return redirect(back_to_list(request))
    known = notes.label_called(actor_of(request), label)
    outcomes = [_one(request, do, public_id, label) for public_id, _revision in picked]
    done = [each for each in outcomes if each.kind == "done"]
    if len(done) == len(outcomes):
        told = (
            ngettext(
                "Đã gỡ nhãn “{label}” khỏi {n} hồ sơ.", "Đã gỡ nhãn “{label}” khỏi {n} hồ sơ.", len(done)
            )
            if do is actions.take_off
            else ngettext(
                "Đã gắn nhãn “{label}” cho {n} hồ sơ.", "Đã gắn nhãn “{label}” cho {n} hồ sơ.", len(done)
            )
        )
        messages.success(request, told.format(label=known.name, n=len(done)))
        return redirect(back_to_list(request))
    return told_of(request, "label_off" if do is actions.take_off else "label_on", outcomes)


def _one(request: HttpRequest, do: Any, public_id: str, label: str) -> Outcome:
    """One item: its own act. The part is named by label and way, so that another choice is another act."""
    try:
        act = act_of(request, "process").part(f"{do.__name__}-{label[-8:]}-{public_id}")
        done = do(act, dossier=public_id, label=label)
    except Refusal as refusal:
        return Outcome(public_id, _code_of(request, public_id), "refused", " ".join(words_of(refusal)))
    return Outcome(public_id, done["code"] or public_id, "done")


def _code_of(request: HttpRequest, public_id: str) -> str:
    """The code of a dossier she may see; "" for one she may not."""
    try:
        found = dossiers.get_visible(actor_of(request), public_id)
    except Refusal:
        return ""
    log_dossiers(request, "batch", "process", [found])
    return found.code or found.reference


# The labels of an agency ---------------------------------------------------------------------------------------------


@officers(*MAKERS)
@never_cache
@require_GET
def labels(request: HttpRequest) -> HttpResponse:
    """The labels of the agencies that she leads or administers. GET lai (a form that was refused)."""
    said = kept(request, KEPT, request.GET.get("lai", "")) or {}
    context = {
        "shelves": notes.shelves(actor_of(request), lang()),
        "colours": list(notes.COLOURS.items()),
        "said": said,
        "problems": said.get("problems") or {},
        "most": rules.NAME_MAX,
        "act_id": new_act_id(),
    }
    return render(request, "counter/labels.html", context)


@officers(*MAKERS)
@require_POST
def keep_label(request: HttpRequest) -> HttpResponse:
    """Make, change or retire a label. POST do (make, change, retire), agency (code) or label (id), name, colour,
    act_id."""
    act, do = act_of(request, "labels"), request.POST.get("do", "")
    given = {"name": request.POST.get("name", ""), "colour": request.POST.get("colour", "")}
    label, agency = request.POST.get("label", ""), request.POST.get("agency", "")
    try:
        if do == "retire":
            actions.retire_label(act, label=label)
            messages.success(request, _("Nhãn không còn dùng; hồ sơ đã gắn vẫn giữ nhãn."))
        elif do == "change":
            actions.change_label(act, label=label, **given)
            messages.success(request, _("Đã sửa nhãn."))
        else:
            actions.make_label(act, agency=agency, **given)
            messages.success(request, _("Đã thêm nhãn."))
    except Refusal as refusal:
        said = {"problems": problems_of(refusal, "name"), "name": given["name"][:80], "colour": given["colour"][:10],
                "label": label[:26], "agency": agency[:80]}  # fmt: skip
        return redirect(f"{reverse('counter:labels')}?lai={keep(request, KEPT, said)}")
    return redirect("counter:labels")


def options(
    request: HttpRequest, tab: listing.Tab, chosen: str, shown: list[Any], *, listed: bool
) -> tuple[list[dict[str, Any]], notes.OfList]:
    """The labels by which a list may be narrowed, each with how many of its dossiers carry it, and what the rows that
    are `shown` carry and may be given. One query."""
    among = dossiers.listed_ids(tab.holder, leads=tab.role == "lead") if listed else None
    told = notes.of_list(actor_of(request), shown, lang(), among=among)
    found: dict[str, dict[str, Any]] = {}
    for label in told.usable if listed else []:
        key = rules.label_key(label.name)
        found.setdefault(
            key,
            {
                "id": label.id,
                "name": label.name,
                "count": told.counts.get(key, 0),
                "current": label.id == chosen,
            },
        )
        found[key]["current"] = found[key]["current"] or label.id == chosen
    return list(found.values()), told
