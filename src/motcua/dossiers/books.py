"""Papers about more than one letter: the control slip, the register of a day, the handover list (forms 06, 07).

They are printed from what the tables hold at that moment and stored nowhere. In Vietnamese whatever the reader's
language, as all papers of the one-stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import translation

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.dossiers import letters, rules
from motcua.dossiers.letters import Row, Sheet, day_vi, in_vietnamese, moment_vi
from motcua.dossiers.models import Dossier, StepRun
from motcua.foundation.time import local_date

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

    `names` are people by account id, `words` what each step does, by its key.
    """
    offices = agencies.names(i for i in (dossier.received_by_id, dossier.competent_agency_id) if i)
    giver = offices.get(dossier.received_by_id, "")
    rows = []
    for step in steps:
        rows.append(
            {
                "given_by": giver,
                "given_to": words.get(step.key) or offices.get(dossier.competent_agency_id, ""),
                "given_at": moment_vi(step.started_at),
                "outcome": _kept(step) if judged else "",
                "note": step.note,
            }
        )
        giver = names.get(step.done_by_id, "") or offices.get(dossier.competent_agency_id, "")
    if dossier.resolved_at:
        rows.append(
            {
                "given_by": giver,
                "given_to": offices.get(dossier.received_by_id, ""),
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
            "channel": letters.CHANNELS.get(row.channel, ""),
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
    return f"{row.competent_agency.name_vi}, {moment_vi(row.transferred_at)}"


def handover_rows(dossiers: Iterable[Dossier], answers: Any) -> Iterator[dict[str, str]]:
    """One row of the handover list for each dossier."""
    for place, row in enumerate(dossiers, 1):
        said = answers(row)
        people = letters.people_of(said)
        yield {
            "number": str(place),
            "code": row.code or "",
            "content": row.procedure.short_name_vi,
            "outcome": OUTCOMES.get(row.outcome, "") if row.resolved_at else "",
            "owner_name": people["owner.name"],
            "owner_address": people["owner.address"],
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
    taker: str = "",
    about: str = "",
    number: str = "",
) -> Sheet:
    """A paper with one row for each dossier, by the form of the pack in force at `at`."""
    with translation.override("vi"):
        form = letters.form_of(kind, at)
    values = {
        "agency.name": office.name_vi,
        "competent.name": taker,
        "letter.number": number,
        "letter.issued_on": day_vi(local_date(at)),
        "letter.issued_at": moment_vi(at),
    }
    spec = form.get("table") or {}
    columns = spec.get("columns") or ()
    above = agencies.office(office.parent_id) if office.parent_id else None
    signed = {"receptionist": officer, "giver": officer}
    return Sheet(
        kind=kind,
        title=in_vietnamese(form["title"]),
        about=about,
        form_no=str(form.get("form_no") or ""),
        basis=str(form.get("basis") or ""),
        number=number,
        agency=office.name_vi,
        upper_agency=above.name_vi if above else "",
        place_date=letters.place_date(office, at),
        small=False,
        intro=in_vietnamese(form.get("intro")),
        rows=tuple(
            Row(in_vietnamese(each["label"]), value)
            for each in form.get("rows") or ()
            if (value := values.get(each["field"]))
        ),
        table_title=in_vietnamese(spec.get("title")),
        columns=tuple(in_vietnamese(column["label"]) for column in columns),
        table=tuple(tuple(row.get(column["field"], "") for column in columns) for row in rows),
        closing=in_vietnamese(form.get("closing")),
        signatures=tuple(
            (in_vietnamese(each["label"]), signed.get(each["role"], ""))
            for each in form.get("signatures") or ()
        ),
        unverified=tuple(str(mark) for mark in form.get("unverified") or ()),
    )
