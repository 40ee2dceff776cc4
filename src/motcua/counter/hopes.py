"""What can still be saved, in words: how long is left, how long the remaining steps need, what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.counter.listing import Line, line_of
from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import Actor
from motcua.foundation.ui.words import say_date
from motcua.kernel.clock import TimeLeft

HOURS_A_DAY = 8  # how people count office time; the calendar itself counts by the minute
TONES = {"behind": "late", "tight": "soon", "room": "on_time", "late": "late", "open_ended": "none"}
HEADS = {
    "behind": lambda: _("Phải làm gấp"),
    "tight": lambda: _("Đúng kế hoạch"),
    "room": lambda: _("Còn dư thời gian"),
    "late": lambda: _("Đã trễ hẹn"),
    "open_ended": lambda: _("Không có thời hạn"),
}


@dataclass(frozen=True)
class Hope:
    """A row of the list: the line every list shows, and why it stands where it stands."""

    line: Line
    tone: str
    head: str
    why: str
    apology: str
    first_due_on: Any
    doubtful: bool


def office_time(span: timedelta) -> str:
    """“3 giờ”, “2 ngày 4 giờ làm việc”; less than an hour in minutes."""
    minutes = int(span / timedelta(minutes=1))
    if minutes < 60:
        return ngettext("%(count)s phút làm việc", "%(count)s phút làm việc", minutes) % {"count": minutes}
    hours = minutes // 60
    days, rest = divmod(hours, HOURS_A_DAY)
    if not days:
        return ngettext("%(count)s giờ làm việc", "%(count)s giờ làm việc", hours) % {"count": hours}
    if not rest:
        return ngettext("%(count)s ngày làm việc", "%(count)s ngày làm việc", days) % {"count": days}
    return _("%(days)s ngày %(hours)s giờ làm việc") % {"days": days, "hours": rest}


def why(chance: Any, left: TimeLeft) -> str:
    """Why a dossier stands where it stands, in a sentence."""
    told = {"left": office_time(chance.left), "need": office_time(chance.need)}
    if chance.hope == "late":
        days = -left.working_days
        if not days:
            return _("Hạn trả đã qua trong hôm nay.")
        return ngettext("Đã quá hẹn %(days)s ngày làm việc.", "Đã quá hẹn %(days)s ngày làm việc.", days) % {
            "days": days
        }
    if chance.hope == "open_ended":
        return _("Không có thời hạn đang tính.")
    if chance.hope == "behind":
        told["behind"] = office_time(-chance.spare)
        return _("Còn %(left)s, các bước còn lại cần %(need)s: chậm hơn kế hoạch %(behind)s.") % told
    told["spare"] = office_time(chance.spare)
    return _("Còn %(left)s, các bước còn lại cần %(need)s: dư %(spare)s.") % told


def hope_of(actor: Actor, rescue: Any, at: datetime, *, purpose: str = "") -> Hope:
    """A row for `rescue`; asks the database nothing."""
    dossier, chance = rescue.dossier, rescue.chance
    possible = chance.hope in ("behind", "tight") and dossier.apology_by is not None
    return Hope(
        line=line_of(actor, dossier, at, purpose=purpose),
        tone=TONES[chance.hope],
        head=HEADS[chance.hope](),
        why=why(chance, dossiers.time_left(dossier, at)),
        apology=_("Xin lỗi, hẹn lại chậm nhất %(day)s") % {"day": say_date(dossier.apology_by)}
        if possible
        else "",
        first_due_on=dossier.first_due_on if dossier.first_due_on != dossier.due_on else None,
        doubtful=dossiers.view_of(dossier).shares_in_doubt,
    )
