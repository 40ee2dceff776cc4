"""Papers about more than one letter: the control slip, the register of a day, the handover list (forms 06, 07).

They are printed from what the tables hold at that moment and stored nowhere. In Vietnamese whatever the reader's
language, as all papers of the one-stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.dossiers import letters, rules
from motcua.dossiers.models import Dossier, StepRun
from motcua.dossiers.sheets import COMMITTEE, Sheet, moment_vi
from motcua.foundation.time import local, local_date

WORTH = {
    "early": "Trước hạn",
    "on_time": "Đúng hạn",
    "late": "Quá hạn",
    "open_ended": "",
}
DELIVERIES = {
    rules.Delivery.HANDED_OVER: "Tại quầy",
    rules.Delivery.POSTED: "Bưu chính",
    rules.Delivery.ELECTRONIC: "Trực tuyến",
}
CHANNELS = {  # narrower than on a letter: a column of the register
    "online": "Trực tuyến",
    "api": "Trực tuyến",
    "assisted": "Trực tuyến (hỗ trợ)",
    "counter": "Trực tiếp",
    "post": "Bưu chính",
}
POST = "Đơn vị bưu chính"
BY_HAND = "…… giờ …… phút, ngày …… / …… / 20……"  # nothing is recorded: it is written at the handing over
OUTCOMES = {"granted": "Đồng ý", "denied": "Không đồng ý"}


def slip_moves(
    dossier: Dossier,
    steps: Sequence[StepRun],
    names: Mapping[int, str],
    words: Mapping[str, str],
    *,
    judged: bool,
) -> list[dict[str, str]]:
    """The rows of the control slip: who gave it to whom when, and whether that step kept its time; this is left open
    where the step's share of the limit was read in no source (`judged` False).

    `names` are people by account id, `words` what each step does, by its key: told in the remark.
    """
    offices = agencies.names(
        i for i in (dossier.received_by_id, dossier.desk_id, dossier.competent_agency_id) if i
    )
    giver = offices.get(dossier.received_by_id, "")
    rows = []
    for step in steps:
        taker = names.get(step.done_by_id, "") or offices.get(dossier.competent_agency_id, "")
        rows.append(
            {
                "given_by": giver,
                "given_to": taker,
                "given_at": moment_vi(step.started_at),
                "outcome": _kept(step) if judged else "",
                "note": ". ".join(said for said in (words.get(step.key, ""), step.note) if said),
            }
        )
        giver = taker
    if dossier.resolved_at:
        rows.append(
            {
                "given_by": giver,
                "given_to": offices.get(dossier.desk_now_id, ""),
                "given_at": moment_vi(dossier.resolved_at),
                "outcome": _worth(dossier),
                "note": dossier.result_number,
            }
        )
    return rows


def _kept(step: StepRun) -> str:
    if step.done_at is None or step.due_at is None:
        return ""
    return WORTH["late"] if step.done_at > step.due_at else WORTH["on_time"]


def _worth(dossier: Dossier) -> str:
    if dossier.received_at is None or dossier.resolved_at is None:
        return ""
    return WORTH[rules.worth_of(dossier.received_at, dossier.resolved_at, dossier.due_at)]


def register_rows(dossiers: Iterable[Dossier], answers: Any) -> Iterator[dict[str, str]]:
    """One row of the register for each dossier; `answers` opens a dossier's answers."""
    for place, row in enumerate(dossiers, 1):
        people = letters.people_of(answers(row))
        yield {
            "number": str(place),
            "code": row.code or "",
            "content": row.procedure.short_name_vi,
            "owner_name": people["owner.name"],
            "owner_address": people["owner.address"],
            "owner_phone": people["owner.phone"],
            "channel": CHANNELS.get(row.channel, ""),
            "received_at": moment_vi(row.received_at),
            "due_at": moment_vi(row.due_at) + (" (tạm tính)" if row.due_provisional and row.due_at else ""),
            "transferred_at": _passed_on(row),
            "outcome": _worth(row),
            "returned_at": moment_vi(row.returned_at),
            "delivery_mode": DELIVERIES.get(rules.Delivery(row.delivery_state), ""),
        }


def _passed_on(row: Dossier) -> str:
    """To whom and when it went, once it has gone."""
    if row.transferred_at is None or row.competent_agency is None:
        return ""
    return f"{row.competent_agency.name_vi.replace(COMMITTEE, 'UBND')}, {moment_vi(row.transferred_at)}"


@dataclass(frozen=True)
class Handing:
    """One handing over of a dossier: who gave it to whom, and when, where that is recorded."""

    giver: str
    taker: str
    at: datetime | None
    back: bool = False  # a result on its way to the applicant


def handing_of(row: Dossier, said: Mapping[str, Any], *, transfer: bool) -> Handing:
    """Which handing over a dossier is on: to the competent unit; once resolved, back to the desk or on to the post.

    `transfer`: its going to the competent unit, whatever came later. `said` are its answers.
    """
    desk = agencies.names([i for i in (row.received_by_id, row.desk_id) if i]).get(
        (row.received_by_id if transfer else row.desk_now_id) or 0, ""
    )
    unit = row.competent_agency.name_vi if row.competent_agency else ""
    if transfer or row.resolved_at is None:
        return Handing(desk, unit, row.transferred_at)
    if said.get("result_delivery") == "post":
        posted = rules.Delivery(row.delivery_state) == rules.Delivery.POSTED
        return Handing(desk, POST, row.returned_at if posted else None, back=True)
    return Handing(unit, desk, row.resolved_at, back=True)


def handovers(
    office: Office,
    dossiers: Iterable[Dossier],
    answers: Any,
    *,
    at: datetime,
    officer: str,
    transfers: bool = False,
) -> tuple[Sheet, ...]:
    """One slip for each pair of giver and taker, in the order of their first dossier; an empty one for no dossier.

    Dated by the last handing over recorded on it, else by `at`. `officer` is named on the side of `office`.
    """
    slips: dict[tuple[str, str], list[tuple[Handing, Dossier, Any]]] = {}
    for row in dossiers:
        said = answers(row)
        handing = handing_of(row, said, transfer=transfers)
        slips.setdefault((handing.giver, handing.taker), []).append((handing, row, said))
    if not slips:
        slips[office.name_vi, ""] = []
    sheets = []
    for (giver, taker), entries in slips.items():
        times = sorted(handing.at for handing, _row, _said in entries if handing.at)
        whole = 0 < len(times) == len(entries)
        sheets.append(
            book(
                "handover-list",
                office,
                handover_rows(entries),
                at=times[-1] if whole else at,
                officer=officer if office.name_vi in (giver, taker) else "",
                side="taker" if office.name_vi == taker != giver else "giver",
                values={
                    "agency.name": giver,
                    "competent.name": taker or "………………………………",
                    "given_at": _span(times[0], times[-1]) if whole else BY_HAND,
                },
            )
        )
    return tuple(sheets)


def _span(first: datetime, last: datetime) -> str:
    """08:00 ngày 05/10/2026; từ 08:00 đến 11:30 ngày 05/10/2026; từ … ngày … đến … ngày …"""
    if moment_vi(first) == moment_vi(last):
        return moment_vi(first)
    if local_date(first) == local_date(last):
        return f"từ {local(first):%H:%M} đến {moment_vi(last)}"
    return f"từ {moment_vi(first)} đến {moment_vi(last)}"


def handover_rows(entries: Sequence[tuple[Handing, Dossier, Any]]) -> Iterator[dict[str, str]]:
    """One row of a handover slip for each dossier; its outcome only where the result is what is handed over."""
    days = {local_date(handing.at) for handing, _row, _said in entries if handing.at}
    for place, (handing, row, said) in enumerate(entries, 1):
        given_at = moment_vi(handing.at)
        people = letters.people_of(said)
        yield {
            "number": str(place),
            "code": row.code or "",
            "content": row.procedure.short_name_vi,
            "outcome": OUTCOMES.get(row.outcome, "") if handing.back else "",
            "owner_name": people["owner.name"],
            "owner_address": people["owner.address"],
            "given_at": given_at.partition(" ")[0] if len(days) == 1 else given_at,  # the slip names the day
            "has_fee": "X" if row.finance_state in (rules.Finance.DUE, rules.Finance.UNKNOWN) else "",
            "by_post": "X" if said.get("result_delivery") == "post" else "",
        }


def book(
    kind: str,
    office: Office,
    rows: Iterable[Mapping[str, str]],
    *,
    at: datetime,
    officer: str,
    side: str = "giver",
    about: str = "",
    values: Mapping[str, str] | None = None,
) -> Sheet:
    """A paper with one row for each dossier, by the form of the pack in force at `at`.

    `officer` signs as who keeps the book, or on `side` of a handover; `values` are further facts for its rows.
    """
    with translation.override("vi"):
        form = letters.form_of(kind, at)
    signer = {"receptionist": officer, side: officer}
    return letters.lay(
        form,
        values or {},
        kind=kind,
        head=letters.head_of(office, at),
        about=about,
        table=rows,
        heading=(),  # what the heading says is not among `values`
        signed=lambda role: signer.get(role, ""),
    )
