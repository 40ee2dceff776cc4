"""Decisions about citizens' certificates: what is still missing, what a request for one must be, when one is renewed.

No Django, no table, no clock. That the desk is a place of registration and no authority follows from Law
20/2023/QH15 art. 22 and NĐ 23/2025/NĐ-CP (read in quotations); how authorities want identity checked was not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

PROCEDURE = "personal-digital-signature"  # the slug of the packs
CONSENT_FIELD, KEY_FIELD = "authority_consent", "key_place"

DESK = ("receptionist", "processor", "clerk", "head")  # who registers people
LEADERS = ("head", "leader", "administrator")  # who says where booths stand
FIGURES = (*DESK, "leader", "administrator")

RENEW_DAYS = (
    60  # before its end a certificate may be renewed; a rule of the house, authorities have their own
)
CODE_HOURS = 72  # a weekend and a day: who registers at a booth goes on at home
CODE_LETTERS = 10
REQUEST_BYTES_MAX = 20_000  # an honest request has one or two thousand
NAME_MAX, ADDRESS_MAX, REASON_MAX = 120, 200, 500
PAPER_NUMBER = re.compile(r"[0-9A-Z]{6,20}")
AT_ONCE = 500  # certificates asked about in one go


class KeyPlace(StrEnum):
    """Where her key is made and stays."""

    DEVICE = "device"
    REMOTE = "remote"


class Way(StrEnum):
    """Where something was asked for: at a desk, at a booth, online; or it was the authority itself."""

    DESK = "desk"
    BOOTH = "booth"
    ONLINE = "online"
    AUTHORITY = "authority"


class Kind(StrEnum):
    """What an authority is asked to do."""

    ISSUE = "issue"
    RENEW = "renew"
    REVOKE = "revoke"


class State(StrEnum):
    """How an order stands. While waiting or at activation it is open."""

    WAITING = "waiting"
    ACTIVATION = "activation"  # the authority waits for her, on her own phone
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"  # the dossier was withdrawn first


OPEN = (State.WAITING, State.ACTIVATION)

# Which papers prove who somebody is; the photo on them is compared with the face.
PAPERS = ("card", "electronic_card", "passport")
# Why a certificate is revoked, in the words of RFC 5280 that a holder may use.
REASONS = ("key_compromise", "superseded", "affiliation_changed", "cessation_of_operation", "unspecified")
# What proves an account well enough to stand for showing a paper: a card read at a desk, an identity provider.
PROVEN_SIGN_IN = ("provider", "card")
MEASURES = ("requested", "issued", "renewed", "revoked")


@dataclass(frozen=True)
class Facts:
    """What is known of a request: `waits` the state of its open order ("" for none), `issued` whether it has one."""

    ended: bool = False
    issued: bool = False
    waits: str = ""
    failed: bool = False
    consent: bool = False
    identity: bool = False
    transferred: bool = False  # the unit has the dossier
    key_place: str = KeyPlace.DEVICE
    key: bool = False


def missing(facts: Facts) -> tuple[str, ...]:
    """What is missing before the authority can be asked: consent, identity, key, reception; () for nothing."""
    wanted = {
        "consent": facts.consent,
        "identity": facts.identity,
        "key": facts.key or facts.key_place == KeyPlace.REMOTE,
        "reception": facts.transferred,
    }
    return tuple(name for name, there in wanted.items() if not there)


def stage(facts: Facts) -> str:
    """Where a request stands: ended, issued, waiting, activation, failed, ready, or the first thing missing."""
    if facts.ended:
        return "ended"
    if facts.issued:
        return "issued"
    if facts.waits:
        return facts.waits
    lacking = missing(facts)
    if lacking:
        return lacking[0]
    return "failed" if facts.failed else "ready"


def may_renew(at: datetime, *, until: datetime, revoked: bool, replaced: bool) -> bool:
    """Whether a certificate may be renewed now: near its end, still in force, not renewed yet."""
    return not revoked and not replaced and until - timedelta(days=RENEW_DAYS) <= at < until


def standing(at: datetime, *, begins: datetime, until: datetime, revoked: bool, replaced: bool) -> str:
    """valid, coming, expired, revoked or replaced."""
    if revoked:
        return "revoked"
    if at >= until:
        return "expired"
    if replaced:
        return "replaced"
    return "valid" if at >= begins else "coming"


def pause(tries: int) -> timedelta:
    """How long an authority that does not answer is left alone: 10, 20, 40 … seconds, a quarter of an hour at most.
    There is no last time: what was acknowledged to a person is not given up."""
    return timedelta(seconds=min(10 * 2 ** min(tries, 10), 900))


# Places ---------------------------------------------------------------------------------------------------------------


def clean_days(given: Iterable[str]) -> str:
    """Days of the week as digits in order, 1 Monday to 7 Sunday; "" when none is chosen."""
    return "".join(sorted({day for day in given if day in ("1", "2", "3", "4", "5", "6", "7")}))


def is_open(on: date, *, days: str, from_on: date, until_on: date | None) -> bool:
    """Whether a booth stands on a day."""
    return str(on.isoweekday()) in days and from_on <= on and (until_on is None or on <= until_on)


def clock_of(text: str) -> time | None:
    """08:00 or 8:00 as a time of day; None for anything else."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", text.strip())
    return time(int(found[1]), int(found[2])) if found else None


# Codes ----------------------------------------------------------------------------------------------------------------

_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def plain_code(text: str) -> str:
    """A code as typed, in its one form: no blanks or dashes, capitals, O for 0; "" when it cannot be one."""
    said = re.sub(r"[\s-]+", "", text[:40]).upper().translate(_LOOKALIKES)
    return said if re.fullmatch(rf"[0-9A-HJKMNP-TV-Z]{{{CODE_LETTERS}}}", said) else ""


def shown_code(code: str) -> str:
    """A code in two halves, to be read and typed."""
    return f"{code[:5]}-{code[5:]}"


def masked(name: str) -> str:
    """A name by which its bearer knows herself and nobody else learns it: Nguyễn Thị Lan → N. T. Lan."""
    *others, last = name.split() or [""]
    return " ".join([*(f"{each[0]}." for each in others), last])


def paper_number(text: str) -> str:
    """The number of an identity paper in one form; "" when it cannot be one."""
    said = re.sub(r"[\s.-]+", "", text[:40]).upper()
    return said if PAPER_NUMBER.fullmatch(said) else ""
