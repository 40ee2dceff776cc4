"""Where a dossier stands, in words: who has it, since when, until when, why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.agencies import queries as agencies
from motcua.catalogue.rules import ProcedureView
from motcua.cooperation import queries as cooperation
from motcua.dossiers import queries as dossiers
from motcua.dossiers import rules
from motcua.forecast import queries as forecasts
from motcua.foundation.ui.controls import page_language
from motcua.foundation.ui.words import say_moment
from motcua.kernel.clock import say_day
from motcua.kernel.text import Bilingual
from motcua.portal import words

NOBODY = 0  # no dossier has this key: an unknown code asks the database as much as a known one
S = rules.State
STOPPED = frozenset({S.REFUSED, S.WITHDRAWN, S.STOPPED})


@dataclass(frozen=True)
class Progress:
    """What page and public tracking tell; no name of a person in it."""

    state: str
    name: str
    tone: str
    sentence: str
    since: datetime | None
    due: dossiers.Due
    entries: tuple[dict[str, Any], ...]
    receiver: str
    competent: str
    procedure: Bilingual
    code: str
    helped_by: str = ""
    waits: tuple[str, ...] = ()  # which agencies are being waited for, since when, until when
    letters: tuple[Any, ...] = field(default=())
    expected: str = ""  # by when it will probably be finished, while such forecasts have held


def progress(
    dossier: Any | None,
    on: date,
    language: str,
    *,
    at: datetime,
    with_procedure: bool = True,
    with_steps: bool = True,
) -> Progress | None:
    """Where a dossier stands on the day `on`, at the moment `at`; None for none, after asking the database the same
    questions."""
    key = dossier if dossier is not None else NOBODY
    tasks = cooperation.overview(key, at, language)
    letters, steps, events = dossiers.letters_of(key), dossiers.steps_of(key), dossiers.clock_events(key)
    if dossier is None:
        return None
    forecast = forecasts.promised(dossier, at) if with_steps else None
    view = dossiers.view_of(dossier)
    ids = [dossier.received_by_id, dossier.desk_id, dossier.competent_agency_id, dossier.supported_by_id]
    names = agencies.names([i for i in ids if i], language)
    receiver, first_desk = names.get(dossier.desk_now_id, ""), names.get(dossier.received_by_id, "")
    competent = names.get(dossier.competent_agency_id, "")
    due = dossiers.due_of(dossier, events, on, language)
    shown_view = view if with_steps else None
    past = past_entries(dossier, letters, steps, shown_view, receiver, competent, first_desk)
    tasks = tasks if with_steps else []  # what an agency is asked tells what the dossier is about
    past = sorted([*past, *joint_past(tasks)], key=lambda entry: entry["at"])
    return Progress(
        state=dossier.business_state,
        name=words.state_name(dossier.business_state),
        tone=words.tone(dossier.business_state),
        sentence=dossiers.now_sentence(
            dossier.business_state,
            receiver=receiver,
            competent=competent,
            to_seal=dossier.delivery_state == rules.Delivery.TO_SEAL,
        ),
        since=past[-1]["at"] if past else dossier.started_at,
        due=due,
        entries=(
            *past,
            *joint_now(tasks),
            *coming_entries(dossier, steps, view if with_steps else None, due, receiver, competent),
        ),
        waits=tuple(cooperation.waits(tasks)),
        receiver=receiver,
        competent=competent,
        procedure=view.name if with_procedure else Bilingual(""),
        code=dossier.code or "",
        helped_by=names.get(dossier.supported_by_id, ""),
        letters=tuple(letters),
        expected=say_day(forecast.on, language) if forecast else "",
    )


def joint_past(tasks: Sequence[cooperation.Told]) -> list[dict[str, Any]]:
    """What other agencies were asked and have answered."""
    found = []
    for task in tasks:
        who = {"who": task.agency, "state": "past"}
        if task.opened_at and task.state != "open":
            found.append({"at": task.opened_at, "what": _("Đã chuyển: {name}").format(name=task.name), **who})
        if task.closed_at:
            what = words.say(words.TASK_ENDS, task.state).format(name=task.name)
            found.append({"at": task.closed_at, "what": what, "note": _late_note(task), **who})
    return found


def _late_note(task: cooperation.Told) -> str:
    return _("Cơ quan này trả lời quá hạn của mình.") if task.late and task.state == "done" else ""


def joint_now(tasks: Sequence[cooperation.Told]) -> list[dict[str, Any]]:
    """Who is being waited for now, and whose turn comes after. What the lead does is the dossier's own present step."""
    found = []
    for state, shown in (("open", "now"), ("waiting", "next")):
        for task in tasks:
            if task.state == state and task.role != "lead":
                entry = {"what": task.name, "who": task.agency, "note": task.sentence, "state": shown}
                found.append({**entry, **({"at": task.opened_at} if task.opened_at else {})})
    return found


def past_entries(
    dossier: Any,
    letters: Sequence[Any],
    steps: Sequence[Any],
    view: ProcedureView | None,
    receiver: str,
    competent: str,
    first_desk: str,
) -> list[dict[str, Any]]:
    """What has happened, oldest first. `first_desk` received it; `receiver` serves it now, which is another one only
    where government was reorganised meanwhile."""
    texts = {step.key: step.text for step in view.steps} if view else {}
    who = {
        "received": first_desk,
        "refused": receiver,
        "returned": receiver,
        "stopped": competent,
        "step_done": competent,
        "apology": competent,
        "denial": competent,
        "payment-request": competent,
        "resolved_granted": competent,
        "resolved_denied": competent,
    }
    found = []
    for entry in dossiers.timeline(dossier, letters, steps):
        if entry.what in words.INNER_LETTERS:
            continue
        if entry.what == "supplement-request":
            at_door = dossier.received_at is None or entry.at < dossier.received_at
            who[entry.what] = receiver if at_door else competent
        if entry.what in ("passed_on", "passed_back"):
            office = agencies.by_code(entry.detail)
            who[entry.what] = office.name(page_language()) if office else ""
        step = texts.get(entry.detail) if entry.what == "step_done" else None
        stop = entry.what in ("refused", "withdrawn", "stopped", "resolved_denied")
        found.append(
            {
                "at": entry.at,
                "what": step or words.say(words.HAPPENED, entry.what),
                "who": who.get(entry.what, ""),
                "state": "stop" if stop else "past",
            }
        )
    return found


def coming_entries(
    dossier: Any,
    steps: Sequence[Any],
    view: ProcedureView | None,
    due: dossiers.Due,
    receiver: str,
    competent: str,
) -> list[dict[str, Any]]:
    """Where it is now and what is still to come."""
    state = rules.State(dossier.business_state)
    if state in rules.CLOSED:
        return []
    now_is = {"what": words.state_name(state), "who": competent or receiver, "state": "now"}
    to_seal = dossier.delivery_state == rules.Delivery.TO_SEAL
    if state in (S.SUBMITTED, S.RECEIVED, S.RESULT_READY) and not to_seal:
        now_is["who"] = receiver
    if to_seal:
        now_is["what"] = str(_("Đã ký, đang cấp số và đóng dấu"))
    if state in dossiers.WAITS_FOR_APPLICANT:
        now_is["who"] = str(_("đang chờ bạn"))
    if state is S.IN_PROCESS and steps:
        running = next((step for step in reversed(steps) if step.done_at is None), None)
        known = view.steps if view else ()
        text = next((s.text for s in known if running and s.key == running.key), None)
        if text is not None:
            now_is["what"] = text
        if running is not None and running.due_at is not None:
            now_is["note"] = _("Bước này dự kiến xong trước {moment}").format(
                moment=say_moment(running.due_at, page_language())
            )
    entries = [now_is]
    if state is not S.RESULT_READY or to_seal:
        when = _("hẹn {day}").format(day=due.day) if due.day else ""
        if due.day and due.provisional:
            when += _(" (tạm tính)")
        if state in (S.SUBMITTED, S.DOOR_SUPPLEMENT):
            entries.append(
                {"what": _("Bộ phận một cửa tiếp nhận, ghi ngày hẹn"), "who": receiver, "state": "next"}
            )
        entries.append({"what": _("Bạn nhận kết quả"), "who": receiver, "when": when, "state": "next"})
    return entries


def letter_links(dossier: Any, letters: Sequence[Any]) -> list[dict[str, Any]]:
    """The letters issued to the applicant, newest first, each with its printable page and its PDF."""
    return [
        {
            "name": words.say(words.LETTERS, letter.kind),
            "at": letter.at,
            "href": reverse("portal:letter", args=[dossier.public_id, letter.public_id]),
            "pdf": reverse("portal:letter_file", args=[dossier.public_id, letter.public_id]),
        }
        for letter in reversed(letters)
        if letter.kind in dossiers.ISSUED_TO_APPLICANT
    ]
