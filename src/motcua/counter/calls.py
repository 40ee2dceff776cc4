"""The call bar: what stands at an officer's window now and what she may do with it, as finished values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.agencies import queries as agencies
from motcua.foundation.actors import Actor
from motcua.queue import queries as queue
from motcua.queue.rules import Plan, State


@dataclass(frozen=True)
class Verb:
    """A button: the verb of the queue, its words, how it looks."""

    key: str
    label: str
    kind: str = "secondary"


@dataclass(frozen=True)
class Bar:
    """A window with what was called to it (None: nothing)."""

    window: Any
    ticket: Any
    service: str
    verbs: tuple[Verb, ...]
    code: str  # of the dossier that was taken in for this person, to be noted with the number


def bar_of(actor: Actor, language: str, *, code: str = "") -> Bar | None:
    """The officer's own window, or None while she holds none: two queries."""
    window = queue.window_of(actor.account_id)
    if window is None:
        return None
    row = queue.at_window(window)
    office = agencies.office(window.agency_id)
    plan = queue.plan_of(office) if office else Plan()
    service = plan.service(row.service) if row else None
    return Bar(window, row, service.name(language) if service else "", tuple(_verbs(row, plan)), code)


def _verbs(row: Any, plan: Plan) -> list[Verb]:
    """What may be done now, the most likely first."""
    if row is None:
        return [Verb("call", _("Gọi số tiếp theo"), "primary")]
    if row.state == State.SERVING:
        return [
            Verb("next", _("Xong, gọi số tiếp theo"), "primary"),
            Verb("finish", _("Xong, nghỉ gọi")),
        ]
    found = [
        Verb("start", _("Đã đến, phục vụ"), "primary"),
        Verb("recall", _("Gọi lại (đã gọi {calls} lần)").format(calls=row.calls)),
    ]
    if row.calls >= plan.calls:
        found.append(Verb("no_show", _("Vắng mặt")))
    return [*found, Verb("release", _("Gọi nhầm, trả về hàng chờ"), "quiet")]
