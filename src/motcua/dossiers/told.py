"""What an applicant is told of her dossier, on its page and by the assistant: what goes on now, until when, why.

Part of the door `queries`. No name of a person is in it but where a function says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.deadlines import calendar_for, derive
from motcua.dossiers.rules import RESOLVED, State
from motcua.kernel import clock
from motcua.kernel.clock import say_day

S = State
WAITS_FOR_APPLICANT = frozenset({S.DOOR_SUPPLEMENT, S.SUPPLEMENT, S.AWAITING_PAYMENT})
# One sentence on what is going on now; {receiver} and {competent} are agencies.
_NOW = {
    S.DRAFT: gettext_lazy("Đây là bản nháp. Chưa cơ quan nào nhận được hồ sơ này."),
    S.SUBMITTED: gettext_lazy("{receiver} đang kiểm tra hồ sơ bạn đã nộp."),
    S.DOOR_SUPPLEMENT: gettext_lazy("{receiver} chờ bạn bổ sung rồi mới tiếp nhận được."),
    S.RECEIVED: gettext_lazy("{receiver} đã nhận đủ hồ sơ và đang chuyển đến {competent}."),
    S.IN_PROCESS: gettext_lazy("{competent} đang giải quyết."),
    S.SUPPLEMENT: gettext_lazy("{competent} chờ bạn bổ sung giấy tờ. Trong lúc chờ, thời hạn tạm dừng."),
    S.AWAITING_PAYMENT: gettext_lazy("{competent} chờ bạn nộp tiền. Trong lúc chờ, thời hạn tạm dừng."),
    S.RESULT_DRAFTED: gettext_lazy("{competent} đã làm xong và đang trình ký kết quả."),
    S.RESULT_READY: gettext_lazy("Kết quả đã có. Bạn đến {receiver} để nhận."),
    S.RETURNED: gettext_lazy("Bạn đã nhận kết quả. Hồ sơ đã khép lại."),
    S.REFUSED: gettext_lazy("{receiver} không tiếp nhận hồ sơ này. Lý do ghi trong phiếu kèm theo."),
    S.WITHDRAWN: gettext_lazy("Bạn đã rút hồ sơ này. Không ai giải quyết tiếp."),
    S.STOPPED: gettext_lazy("{competent} đã dừng giải quyết hồ sơ. Lý do ghi trong thông báo kèm theo."),
}
_TO_SEAL = gettext_lazy("{competent} đã ký kết quả và đang cấp số, đóng dấu.")
# In these states the last letter of this kind says why, and she is told it too.
_WHY_LETTERS = {
    S.REFUSED: "refusal",
    S.STOPPED: "stop-notice",
    S.DOOR_SUPPLEMENT: "supplement-request",
    S.SUPPLEMENT: "supplement-request",
    S.AWAITING_PAYMENT: "payment-request",
}


def now_sentence(state: str, *, receiver: str, competent: str, to_seal: bool = False) -> str:
    """What is going on in a state, naming who has it; `to_seal` where the result is signed and not sealed yet."""
    here, there = _("Bộ phận một cửa"), _("Cơ quan giải quyết")
    said = _TO_SEAL if to_seal else _NOW[State(state)]
    return str(said).format(receiver=receiver or here, competent=competent or receiver or there)


@dataclass(frozen=True)
class Due:
    """The due date in words, why it is that day, and how it stands."""

    state: str  # on_time | soon | late | paused | done | none
    days: int | None
    day: str
    at: datetime | None
    first: str
    provisional: bool
    why: tuple[str, ...]


def due_of(dossier: Any, events: Sequence[Any], on: date, language: str) -> Due:
    """The due date derived anew from the clock events, with its derivation in words."""
    if not events:
        return Due("none", None, "", None, "", False, ())
    derived = derive(dossier, [clock.Event(clock.Kind(e.kind), e.at, e.reason, e.until) for e in events])
    left = clock.time_left(derived, datetime.combine(on, datetime.min.time()), calendar_for(dossier))
    closed = dossier.resolved_at is not None or dossier.closed_at is not None
    state = "done" if closed else left.state
    due_on, due_at = derived.due_on or dossier.due_on, derived.due_at or dossier.due_at
    # what was promised stays, also where the calendar or the version is another one by now
    first = dossier.first_due_on or derived.original_due_on
    return Due(
        state=state,
        days=None if state in ("done", "paused", "none") else left.working_days,
        day=say_day(due_on, language) if due_on and state != "paused" else "",
        at=due_at,
        first=say_day(first, language) if first and first != due_on else "",
        provisional=derived.provisional,
        why=tuple(clock.say(line, language) for line in derived.lines),
    )


def reason_of(dossier: Any, letters: Sequence[Any]) -> str:
    """The reason that the office gave for the present state, "" where none is called for. Holds personal data."""
    kind = _WHY_LETTERS.get(State(dossier.business_state))
    if dossier.business_state in RESOLVED and dossier.outcome == "denied":
        kind = "denial"
    found = next((letter for letter in reversed(letters) if letter.kind == kind), None)
    content = found.content if found is not None and isinstance(found.content, dict) else {}
    return str(content.get("reason") or "")
