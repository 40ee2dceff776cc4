"""The life of a dossier: states, moves, who may do them, which rows say so. Plain data, no Django, no clock.

Sources: NĐ 61/2018/NĐ-CP arts. 15-20 as carried over by NĐ 118/2025/NĐ-CP; the move table is derived from them
(the law does not print it); the national state codes are those seen in public connectors of the national portal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from motcua.kernel.clock import TZ
from motcua.kernel.text import words


class State(StrEnum):
    """The business axis. The other three axes are `Finance`, `Delivery` and `Sync`."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DOOR_SUPPLEMENT = "door_supplement"
    REFUSED = "refused"
    RECEIVED = "received"
    IN_PROCESS = "in_process"
    SUPPLEMENT = "supplement"
    AWAITING_PAYMENT = "awaiting_payment"
    RESULT_DRAFTED = "result_drafted"
    RESULT_READY = "result_ready"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


class Finance(StrEnum):
    NONE = "none"
    UNKNOWN = "unknown"  # set elsewhere (the provincial council) and not known here: never shown as zero
    DUE = "due"
    PAID = "paid"
    EXEMPT = "exempt"
    REFUNDED = "refunded"


class Delivery(StrEnum):
    NONE = "none"
    TO_SEAL = "to_seal"  # signed electronically; its number and the agency's seal come next (NĐ 30/2020 arts. 15, 17)
    READY = "ready"
    POSTED = "posted"
    HANDED_OVER = "handed_over"
    ELECTRONIC = "electronic"


class Sync(StrEnum):
    LOCAL = "local"  # no outside system is told of it
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


# National code of each state (trạng thái hồ sơ): a projection of the business axis. A draft is nobody's business.
NATIONAL_CODE: dict[State, int | None] = {
    State.DRAFT: None,
    State.SUBMITTED: 1,
    State.RECEIVED: 2,
    State.REFUSED: 3,
    State.IN_PROCESS: 4,
    State.RESULT_DRAFTED: 4,
    State.DOOR_SUPPLEMENT: 5,
    State.SUPPLEMENT: 5,
    State.AWAITING_PAYMENT: 6,
    State.WITHDRAWN: 7,
    State.STOPPED: 8,
    State.RESULT_READY: 9,
    State.RETURNED: 10,
}

S = State
# (from, verb): to. The whole life of a dossier, on one screen.
MOVES: dict[tuple[State, str], State] = {
    (S.DRAFT, "submit"): S.SUBMITTED,
    (S.SUBMITTED, "receive"): S.RECEIVED,
    (S.SUBMITTED, "ask_at_door"): S.DOOR_SUPPLEMENT,
    (S.SUBMITTED, "refuse"): S.REFUSED,
    (S.DOOR_SUPPLEMENT, "answer"): S.SUBMITTED,
    (S.DOOR_SUPPLEMENT, "refuse"): S.REFUSED,
    (S.RECEIVED, "transfer"): S.IN_PROCESS,
    (S.IN_PROCESS, "take"): S.IN_PROCESS,
    (S.IN_PROCESS, "advance"): S.IN_PROCESS,
    (S.IN_PROCESS, "ask_supplement"): S.SUPPLEMENT,
    (S.SUPPLEMENT, "answer"): S.IN_PROCESS,
    (S.IN_PROCESS, "ask_payment"): S.AWAITING_PAYMENT,
    (S.AWAITING_PAYMENT, "confirm_payment"): S.IN_PROCESS,
    (S.IN_PROCESS, "extend"): S.IN_PROCESS,
    (S.IN_PROCESS, "forward"): S.IN_PROCESS,
    (S.IN_PROCESS, "draft_result"): S.RESULT_DRAFTED,
    (S.RESULT_DRAFTED, "extend"): S.RESULT_DRAFTED,
    (S.RESULT_DRAFTED, "send_back"): S.IN_PROCESS,
    (S.RESULT_DRAFTED, "sign"): S.RESULT_READY,
    (S.RESULT_DRAFTED, "approve"): S.RESULT_READY,
    (S.IN_PROCESS, "take_over_result"): S.RESULT_READY,
    (S.RESULT_READY, "seal"): S.RESULT_READY,
    (S.RESULT_READY, "hand_over"): S.RETURNED,
    (S.RETURNED, "rate"): S.RETURNED,
    **{
        (state, "withdraw"): S.WITHDRAWN
        for state in (
            S.SUBMITTED,
            S.DOOR_SUPPLEMENT,
            S.RECEIVED,
            S.IN_PROCESS,
            S.SUPPLEMENT,
            S.AWAITING_PAYMENT,
            S.RESULT_DRAFTED,  # drafted is not signed: until the signature she may take it back (form 05)
        )
    },
    **{
        (state, "stop"): S.STOPPED
        for state in (S.IN_PROCESS, S.SUPPLEMENT, S.AWAITING_PAYMENT, S.RESULT_DRAFTED)
    },
}

# What a verb ends without leaving a dossier behind: a draft is nobody's business, and thrown away it is gone.
LEAVES_NOTHING = frozenset({(S.DRAFT, "discard")})

# What is done with a signing key, within the act of the room that has the keys.
BY_KEY = frozenset({"sign", "seal"})

CLOSED = frozenset({S.REFUSED, S.RETURNED, S.WITHDRAWN, S.STOPPED})
RESOLVED = frozenset({S.RESULT_READY, S.RETURNED})
BEFORE_RECEPTION = frozenset({S.DRAFT, S.SUBMITTED, S.DOOR_SUPPLEMENT, S.REFUSED})
# Handed in, not yet received and not ended: the desk alone works on it, nobody leads it yet.
AT_THE_DOOR = frozenset({S.SUBMITTED, S.DOOR_SUPPLEMENT})
# Where the competent unit has it, or had it: from transfer on.
AT_THE_UNIT = frozenset({S.IN_PROCESS, S.SUPPLEMENT, S.AWAITING_PAYMENT, S.RESULT_DRAFTED}) | RESOLVED

# Holder role (see agencies.rules) that each verb needs, at which of the dossier's agencies.
RECEIVING, COMPETENT = "received_by", "competent_agency"
MAY: dict[str, tuple[str, tuple[str, ...]]] = {
    "receive": (RECEIVING, ("reception",)),
    "ask_at_door": (RECEIVING, ("reception",)),
    "refuse": (RECEIVING, ("reception",)),
    "transfer": (RECEIVING, ("reception",)),
    "hand_over": (RECEIVING, ("reception", "clerk")),
    "record_cash": (RECEIVING, ("reception", "clerk")),
    "record_refund": (RECEIVING, ("reception", "clerk")),
    "take": (COMPETENT, ("process",)),
    "assign": (COMPETENT, ("lead",)),
    "advance": (COMPETENT, ("process",)),
    "ask_supplement": (COMPETENT, ("process",)),
    "ask_payment": (COMPETENT, ("process",)),
    "confirm_payment": (COMPETENT, ("process",)),
    "extend": (COMPETENT, ("process",)),
    "forward": (COMPETENT, ("process", "lead")),
    "draft_result": (COMPETENT, ("process",)),
    "take_over_result": (COMPETENT, ("process",)),
    "stop": (COMPETENT, ("process",)),
    "change_version": (COMPETENT, ("process", "lead")),
    "send_back": (COMPETENT, ("sign",)),
    "sign": (COMPETENT, ("sign",)),
    "approve": (COMPETENT, ("sign",)),
    "seal": (COMPETENT, ("clerk",)),
}
# Who decides where a declaration contradicts what is known of the person: whoever checks the one against the other.
SETTLES: tuple[tuple[str, str], ...] = ((RECEIVING, "reception"), (COMPETENT, "process"))
# Who makes a handed-over paper an electronic one: whoever has it in hand (NĐ 61/2018 as amended by NĐ 107/2021).
DIGITISES: tuple[tuple[str, str], ...] = (*SETTLES, (RECEIVING, "clerk"))
# `edit` is no move: it changes answers and papers while the dossier lies with the applicant.
APPLICANT_VERBS = frozenset({"submit", "discard", "edit", "answer", "withdraw", "rate"})
HELPER_VERBS = frozenset({"submit", "discard", "edit"})  # while the help lasts
# What the receiving desk may also do in the applicant's place when she stands at the counter or wrote a letter.
ON_BEHALF_VERBS = frozenset({"edit", "answer", "withdraw"})


# Roles of rows by which somebody sees a dossier as a citizen does, not as an officer at work.
OWN_ROLES = ("applicant", "helper")


def next_state(state: State, verb: str) -> State | None:
    """Where `verb` leads from `state`, or None when the move does not exist or leads nowhere (`discard`)."""
    return MOVES.get((State(state), verb))


def is_move(verb: str) -> bool:
    """Whether `verb` stands in the tables of moves; `edit`, `assign` and `record_cash` do not."""
    return any(verb == name for _state, name in (*MOVES, *LEAVES_NOTHING))


def verbs_from(state: State) -> tuple[str, ...]:
    """The verbs that exist in `state`, in the order of the tables."""
    return tuple(verb for (start, verb) in (*MOVES, *LEAVES_NOTHING) if start == state)


@dataclass(frozen=True)
class Standing:
    """The facts of a dossier that decide who sees it and for whom it waits."""

    state: State
    filer: int | None  # account that filed or drafts it
    helper: int | None  # account of a helper, while the help lasts
    applicant: int | None  # party
    received_by: int | None
    competent: int | None
    above: tuple[int, ...]  # agencies above the competent one, nearest first
    assigned: int | None  # account of the processor
    due_at: datetime | None
    submitted_at: datetime | None
    transferred: bool = False  # the competent unit has had it in its hands
    to_seal: bool = False  # signed electronically, and not yet numbered and sealed
    erased: bool = False  # its retention had run out: nobody sees what is left


@dataclass(frozen=True, order=True)
class Right:
    """One row that the rule calls for."""

    holder: str
    role: str
    reason: str
    todo: bool
    sort_key: str


def sort_key(standing: Standing) -> str:
    """Worklists run by due date. Before reception by submission, in front: the door comes first. What has been
    received and has no due date (none is fixed, or none runs) comes by submission too, behind all that has one.
    """
    if standing.due_at is not None:
        return f"2{standing.due_at.astimezone(UTC):%Y%m%d%H%M%S}"
    if standing.submitted_at is not None:
        place = 1 if standing.state in BEFORE_RECEPTION else 3
        return f"{place}{standing.submitted_at.astimezone(UTC):%Y%m%d%H%M%S}"
    return "9"


_WAITS_AT_RECEPTION = {S.SUBMITTED, S.RECEIVED, S.RESULT_READY}
_WAITS_FOR_APPLICANT = {S.DRAFT, S.DOOR_SUPPLEMENT, S.SUPPLEMENT, S.AWAITING_PAYMENT}


def rights(standing: Standing) -> frozenset[Right]:
    """Everybody who may see the dossier, why, and for whom it waits. The stored rows equal this (rebuild check).

    Before submission only the drafting account (and the helper while helping) sees it; a helper's access ends at
    submission (design 3.6; the helper must not keep the papers of those she helped). The unit sees what was
    transferred to it: not what was withdrawn before. An officer holds what she was assigned while it is open; what
    is closed she sees by her position only, so that nobody keeps the archive who has left.
    """
    if standing.erased:
        return frozenset()
    key = sort_key(standing)
    state = standing.state
    waits = state in _WAITS_FOR_APPLICANT
    found: list[Right] = []
    if standing.applicant is not None:
        found.append(Right(f"party:{standing.applicant}", "applicant", "owner", waits, key))
    if standing.filer is not None:
        found.append(Right(f"account:{standing.filer}", "applicant", "filed", waits, key))
    if state is S.DRAFT:
        if standing.helper is not None:
            found.append(Right(f"account:{standing.helper}", "helper", "helps", True, key))
        return frozenset(found)
    if standing.received_by is not None:
        desk = f"office:{standing.received_by}"
        waits_here = state in _WAITS_AT_RECEPTION and not standing.to_seal
        found.append(Right(f"{desk}:reception", "reception", "receives", waits_here, key))
        if state in RESOLVED and not (standing.to_seal and standing.received_by == standing.competent):
            waits_here = state is S.RESULT_READY and not standing.to_seal
            found.append(Right(f"{desk}:clerk", "clerk", "returns", waits_here, key))
    if standing.competent is not None and (state in AT_THE_UNIT or standing.transferred):
        office = f"office:{standing.competent}"
        waits_here = state is S.IN_PROCESS
        found.append(
            Right(f"{office}:process", "process", "pool", waits_here and standing.assigned is None, key)
        )
        if standing.assigned is not None and state not in CLOSED:
            found.append(Right(f"account:{standing.assigned}", "process", "assigned", waits_here, key))
        if state in RESOLVED | {S.RESULT_DRAFTED}:
            found.append(Right(f"{office}:sign", "sign", "signs", state is S.RESULT_DRAFTED, key))
        if standing.to_seal:
            found.append(Right(f"{office}:clerk", "clerk", "seals", True, key))
    # A refusal ends the case before reception; those who lead answer for it as for every other end.
    if standing.competent is not None and state not in AT_THE_DOOR:
        for agency in (standing.competent, *standing.above):
            found.append(Right(f"office:{agency}:lead", "lead", "leads", False, key))
    if standing.received_by not in (None, standing.competent, *standing.above):
        found.append(Right(f"office:{standing.received_by}:lead", "lead", "leads", False, key))
    return frozenset(found)


@dataclass(frozen=True)
class Money:
    """One fee line as the finance axis sees it: `payable` in đồng, None when no amount is known here."""

    payable: int | None
    paid: bool = False
    refunded: bool = False


def finance_of(lines: Iterable[Money]) -> Finance:
    """The finance axis of the lines: what is unknown shows before what is due, a free dossier is exempt.

    What was paid stays paid until it is given back: money of a line is refunded, never forgotten.
    """
    lines = list(lines)
    if not lines:
        return Finance.NONE
    if any(line.refunded for line in lines):
        return Finance.REFUNDED
    open_lines = [line for line in lines if not line.paid]
    if any(line.payable is None for line in open_lines):
        return Finance.UNKNOWN
    if any(line.payable for line in open_lines):
        return Finance.DUE
    return Finance.PAID if any(line.paid for line in lines) else Finance.EXEMPT


def worth_of(received_at: datetime, resolved_at: datetime, due_at: datetime | None) -> str:
    """early | on_time | late | open_ended, for a resolved dossier (trước hạn, đúng hạn, quá hạn)."""
    if due_at is None:
        return "open_ended"
    if resolved_at > due_at:
        return "late"
    return "early" if _day(resolved_at) < _day(due_at) else "on_time"


def _day(moment: datetime) -> date:
    """The day in Viet Nam: early in the morning it is still yesterday in UTC."""
    return moment.astimezone(TZ).date()


RATING_MIN, RATING_MAX = 1, 5
CODE_TRIES_MAX = 5  # wrong consent codes before a new one is needed
CODES_MAX = 6  # consent codes sent for one draft; each costs a message, and nobody may be showered with them
PAPERS_MAX = 200  # papers in force in one dossier
AMOUNT_MAX = 2_000_000_000  # đồng; what a column of whole đồng holds
REASON_LENGTH_MIN, REASON_LENGTH_MAX = 10, 1000  # a reason is a sentence a citizen understands
OUTCOMES = ("granted", "denied")
WAYS = ("counter", "post", "portal")  # how a result is returned


ONLINE_CHANNELS = ("online", "assisted", "api")


HELPING_ROLES = (
    "helper",
    "receptionist",
    "operator",
)  # digital teams, one-stop staff and the helpline file for others
OWN_CHANNELS = (
    "online",
    "api",
)  # she files for herself: what the city knows of her account may fill the form


def filing_channel(channel: str) -> str:
    """The law's way of filing (online | in_person | post) behind a dossier's channel."""
    return {"counter": "in_person", "post": "post"}.get(channel, "online")


_IDENTITY = (
    ("can", "cuoc"), ("cccd",), ("cmnd",), ("chung", "minh", "nhan", "dan"), ("chung", "minh", "thu", "nhan", "dan"),
    ("ho", "chieu"), ("giay", "to", "tuy", "than"), ("identity", "card"), ("passport",),
)  # fmt: skip


def proves_identity(*names: str) -> bool:
    """Whether a paper called so is one of identity: its copies leave the desk with a mark only (Law 91/2025/QH15
    counts pictures of identity cards among sensitive data; read in a digest)."""
    told = [word for name in names for word in words(name.replace("-", " ").replace("_", " "))]
    return any(tuple(told[at : at + len(each)]) == each for each in _IDENTITY for at in range(len(told)))
