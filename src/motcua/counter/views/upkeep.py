"""Behind the desk: messages of a trial that no phone gets, and background work that failed too often."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.counter import actions, queries
from motcua.counter.base import log_seen
from motcua.counter.errors import NotReadable
from motcua.digitising import queries as scans
from motcua.files import queries as files
from motcua.foundation.doors import administrators, officers
from motcua.foundation.errors import NotFound
from motcua.foundation.forms import act_of, new_act_id
from motcua.notices import queries as notices

OUTBOX_ROLES = ("receptionist", "administrator", "helper")
REASON_LENGTH_MIN = 10


def outbox_is_open() -> bool:
    """Whether this installation is a simulation: only there may anybody read other people's messages."""
    return bool(settings.MOTCUA.simulation)


@officers(*OUTBOX_ROLES)
@never_cache
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """What phones would get, newest first. Not there in a real installation."""
    if not outbox_is_open():
        raise NotFound()
    waiting = notices.waiting_messages(limit=50)
    log_seen(request, "outbox", "trial", [message.subject for message in waiting])
    return render(request, "counter/outbox.html", {"waiting": waiting})


@administrators
@never_cache
@require_GET
def dead(request: HttpRequest) -> HttpResponse:
    """Deliveries and tasks that were laid aside, with their error; each may be tried again or given up."""
    context = {
        "work": queries.dead_work(),
        "act_id": new_act_id(),
        "reads": scans.can_read(),
        "scanner": files.scanner_answers(),
    }
    return render(request, "counter/dead.html", context)


@administrators
@never_cache
@require_POST
def settle_dead(request: HttpRequest, kind: str, work: int) -> HttpResponse:
    """POST do: retry, or skip with a reason."""
    act = act_of(request, "upkeep").part(f"{kind}-{work}")
    if request.POST.get("do") == "skip":
        reason = " ".join(request.POST.get("reason", "").split())[:200]
        if len(reason) < REASON_LENGTH_MIN:
            sentence = _("Ghi lý do bỏ qua trong một câu, để người sau hiểu.")
            raise NotReadable([{"field": "reason", "code": "missing", "message": sentence}])
        actions.skip_work(act, kind=kind, work=work, reason=reason)
        messages.success(request, _("Đã bỏ qua việc này."))
    else:
        actions.retry_work(act, kind=kind, work=work)
        messages.success(request, _("Việc sẽ được thử lại ngay."))
    return redirect("counter:dead")
