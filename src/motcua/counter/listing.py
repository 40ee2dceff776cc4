"""Worklists: one tab for each holder key of the officer, one row for each decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.agencies import queries as agencies
from motcua.counter import words
from motcua.counter.moves import OPEN_MONEY, next_verb, verbs_for
from motcua.dossiers import queries as dossiers
from motcua.forecast.queries import Forecast
from motcua.foundation.actors import Actor
from motcua.foundation.ui.words import say_date, say_time
from motcua.kernel.clock import TimeLeft, Unit
from motcua.people.rules import masked

COUNT_CAP = 999
ORDER = ("me", "reception", "clerk", "process", "sign", "lead")


@dataclass(frozen=True)
class Tab:
    """A list of one holder key; `key` stands in addresses ("me", "12-sign")."""

    key: str
    holder: str
    role: str
    label: str
    todo: bool

    @property
    def href(self) -> str:
        return f"{reverse('counter:work')}?tab={self.key}"


def tabs_of(actor: Actor, language: str) -> list[Tab]:
    """The tabs of an officer: her own desk, then her offices. An office is named where she has several."""
    pairs = []
    for holder in actor.holders:
        kind, _colon, rest = holder.partition(":")
        office, _colon, role = rest.partition(":")
        if kind == "office" and role in ORDER and office.isdigit():
            pairs.append((role, int(office)))
    names = agencies.names({office for _role, office in pairs}, language)
    several = len({office for _role, office in pairs}) > 1
    found = [Tab("me", f"account:{actor.account_id}", "me", str(words.TABS["me"]), True)]
    for role, office in sorted(pairs, key=lambda pair: (ORDER.index(pair[0]), names.get(pair[1], ""))):
        label = str(words.TABS[role])
        label = f"{label} · {names.get(office, '')}" if several else label
        found.append(Tab(f"{office}-{role}", f"office:{office}:{role}", role, label, role != "lead"))
    return found


def tab_called(tabs: Sequence[Tab], key: str, counts: dict[str, int]) -> Tab:
    """The tab with this key; else the first where something waits, else the first.

    Who leads and has no work of her own begins with what her unit has open.
    """
    named = next((tab for tab in tabs if tab.key == key), None)
    own = next((tab for tab in tabs if tab.role != "process" and counts.get(tab.holder)), None)
    leads = next((tab for tab in tabs if tab.role == "lead"), None)
    if named is None and own is None and leads is not None:
        return leads
    return (
        named
        or own
        or next((tab for tab in tabs if counts.get(tab.holder)), tabs[-1 if len(tabs) == 2 else 0])
    )


def counts_of(actor: Actor, tabs: Sequence[Tab]) -> dict[str, int]:
    """How much waits on each tab, counted up to COUNT_CAP; one query."""
    return dossiers.waiting_counts([tab.holder for tab in tabs if tab.todo], cap=COUNT_CAP + 1)


def waiting_in_all(tabs: Sequence[Tab], counts: dict[str, int]) -> int:
    """How many dossiers wait for her, each once: what waits for the clerk of an office waits at its reception too."""
    holders = {tab.holder for tab in tabs}
    return sum(
        count
        for holder, count in counts.items()
        if not (holder.endswith(":clerk") and f"{holder.removesuffix('clerk')}reception" in holders)
    )


def count_shown(count: int) -> str:
    """A count as it stands on a tab: nothing for none, "999+" above the cap."""
    return "" if not count else str(count) if count <= COUNT_CAP else f"{COUNT_CAP}+"


def waiting(request: HttpRequest) -> str | None:
    """The count beside “Việc chờ” in the navigation; a page that has counted already hands it over."""
    found = getattr(request, "waiting", None)
    return count_shown(found) or None if isinstance(found, int) else None


def query(
    tab: str,
    todo: bool = True,
    state: str = "",
    procedure: int | None = None,
    officer: int | None = None,
    label: str = "",
) -> str:
    """The query of a list's address."""
    made = QueryDict(mutable=True)
    made["tab"] = tab
    narrowed = {
        "state": state,
        "procedure": str(procedure or ""),
        "nguoi": "" if officer is None else str(officer),
        "nhan": label,
    }
    for name, value in ({"all": "" if todo else "1"} | narrowed).items():
        if value:
            made[name] = value
    return f"?{made.urlencode()}"


ADDRESSED = ("tab", "all", "state", "procedure", "nguoi", "nhan", "sau")


def query_of(text: str) -> str:
    """The query of the list that a form came from, from its hidden field: what is none of a list's own is dropped."""
    given = QueryDict(text.removeprefix("?")[:300])
    made = QueryDict(mutable=True)
    for name in ADDRESSED:
        value = given.get(name, "")
        if value and all(c.isalnum() or c in "-_.:=" for c in value):
            made[name] = value
    return f"?{made.urlencode()}" if made else ""


@dataclass(frozen=True)
class Line:
    """One row: what it is, whose, how it stands, and the one decision that comes next."""

    id: str
    code: str
    revision: int
    href: str
    procedure: Any
    owner: str
    state: str
    state_word: str
    state_tone: str
    step: str
    desk: str
    left: TimeLeft
    limit: int | None
    due_on: Any
    provisional: bool
    since: str
    left_text: str
    verb: str
    verb_word: str
    unpaid: bool  # its result is there, money may still be owed
    may_hand_over: bool
    may_assign: bool
    forecast: dict[str, Any] | None = None
    labels: tuple[Any, ...] = ()


def owner_of(dossier: Any) -> str:
    """Whose dossier it is: the person of the registry; before reception, whom the declaration names."""
    if dossier.applicant_id:
        return dossier.applicant.full_name
    return str(dossiers.answers_of(dossier).get("full_name") or "")


def _left(dossier: Any, state: str, at: datetime) -> TimeLeft:
    """What can still be saved: for the desk that received it, first the transfer, then the due date."""
    if state in ("result_ready", "returned"):
        return TimeLeft(0, "done")
    go_by = dossiers.transfer_due_at(dossier)
    if go_by is not None:
        return TimeLeft(0, "late" if at > go_by else "soon")
    return dossiers.time_left(dossier, at)


def _left_text(dossier: Any) -> str:
    if dossier.delivery_state == "to_seal":
        return str(words.TO_SEAL)
    if dossier.business_state == "result_ready":
        return _("Đã có kết quả, chờ trả")
    go_by = dossiers.transfer_due_at(dossier)
    return _("Chuyển trước {when}").format(when=_when(go_by)) if go_by else ""


def _since(dossier: Any, state: str) -> str:
    """How long it waits where no time limit runs: at the door, and for whoever comes for the result."""
    if state == "submitted" and dossier.submitted_at:
        return _("Nộp {when}").format(when=_when(dossier.submitted_at))
    if state == "result_ready" and dossier.resolved_at:
        return _("Có kết quả {when}").format(when=_when(dossier.resolved_at))
    return ""


def _when(at: datetime) -> str:
    return f"{say_time(at)} {say_date(at)}"


def line_of(
    actor: Actor,
    dossier: Any,
    at: datetime,
    tab: str = "",
    *,
    purpose: str = "",
    forecast: Forecast | None = None,
    labels: Sequence[Any] = (),
) -> Line:
    """A dossier as a row of a list; asks the database nothing for dossiers read with their relations.

    Whose it is stands there as initials for who only leads, until she has stated a `purpose`.
    """
    named = purpose or not dossiers.only_leads(actor, dossier)
    view = dossiers.view_of(dossier)
    state = str(dossier.business_state)
    possible = verbs_for(actor, dossier)
    verb = next_verb(actor, dossier, possible)
    steps = dossiers.process_steps(dossier) if state == "in_process" else ()
    return Line(
        id=dossier.public_id,
        code=dossier.code or dossier.reference,
        revision=dossier.revision,
        href=reverse("counter:dossier", args=[dossier.public_id]) + (f"?tab={tab}" if tab else ""),
        procedure=view.name,
        owner=owner_of(dossier) if named else masked(owner_of(dossier)),
        state=state,
        state_word=str(words.TO_SEAL if dossier.delivery_state == "to_seal" else words.STATES[state]),
        state_tone=words.STATE_TONES.get(state, ""),
        step=steps[dossier.step].text.vi if dossier.step < len(steps) else "",
        desk=dossier.assigned_to.display_name if dossier.assigned_to_id and state == "in_process" else "",
        left=_left(dossier, state, at),
        left_text=_left_text(dossier),
        limit=view.limit.value if view.limit.unit is Unit.WORKING_DAYS else None,
        due_on=dossier.due_on,
        provisional=dossier.due_provisional,
        since=_since(dossier, state),
        verb=verb,
        verb_word=str(words.VERBS[verb]) if verb else "",
        unpaid=state == "result_ready" and verb != "seal" and dossier.finance_state in OPEN_MONEY,
        may_hand_over=verb == "hand_over"
        or (verb == "record_cash" and state == "result_ready" and dossier.finance_state == "unknown"),
        may_assign="assign" in possible,
        forecast=words.forecast_told(forecast) if forecast else None,
        labels=tuple(labels),
    )
