"""Every change of the standing of results: permission, transaction, journal line, announcement, the list signed anew.

The room that makes the new result calls `replace_result` inside its own act. The original stays as it is.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.foundation.acts import Act, action
from motcua.foundation.events import publish as announce
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.foundation.work import enqueue
from motcua.kernel.text import clean_text, one_line
from motcua.sealing import actions as sealing
from motcua.standing import queries, rules
from motcua.standing.errors import AlreadyEnded, NoResult, NotDecider, NotEnded, RulingIncomplete
from motcua.standing.events import ResultRuled
from motcua.standing.models import Edition, RuledFile, Ruling
from motcua.standing.rules import Kind

__all__ = ["erase", "publish_list", "reinstate_result", "replace_result", "withdraw_result"]


@action("standing.withdraw_result")
def withdraw_result(
    act: Act, *, dossier: str, decision: str, decided_on: date, reason: str, note: str = ""
) -> dict:
    """The result of a dossier holds no longer, by the decision of this number and day. Answers {dossier, number}.

    `reason` is one of rules.Reason and is published; `note` stays with the agency. Raises DossierNotFound, NotDecider,
    NoResult, AlreadyEnded, RulingIncomplete.
    """
    return _rule(act, Kind.WITHDRAWN, dossier, decision, decided_on, reason, note)


@action("standing.replace_result")
def replace_result(
    act: Act, *, dossier: str, decision: str, decided_on: date, reason: str, replaced_by: str, note: str = ""
) -> dict:
    """Another result stands in its place, the one with the number `replaced_by`. As `withdraw_result`."""
    return _rule(act, Kind.REPLACED, dossier, decision, decided_on, reason, note, replaced_by)


@action("standing.reinstate_result")
def reinstate_result(
    act: Act, *, dossier: str, decision: str, decided_on: date, reason: str, note: str = ""
) -> dict:
    """The result holds again: what ended it was itself undone. As `withdraw_result`; raises NotEnded."""
    return _rule(act, Kind.REINSTATED, dossier, decision, decided_on, reason, note)


def _rule(
    act: Act, kind: Kind, dossier: str, decision: str, on: date, reason: str, note: str, by: str = ""
) -> dict:
    row = dossiers.get_visible(act.actor, dossier)
    if not queries.may_rule(act.actor, row, act.at):
        raise NotDecider()
    dossiers.under_lock(row.pk)
    if not queries.has_result(row):
        raise NoResult()
    last = queries.ruling_of(row)
    if (last.kind if last else rules.NOT_LISTED) not in rules.FOLLOWS[kind]:
        raise NotEnded() if kind is Kind.REINSTATED else AlreadyEnded()
    told = {"decision": one_line(decision)[: rules.DECISION_MAX], "replaced_by": one_line(by)[:60]}
    _demand_whole(kind, told, on, reason, act, row)
    office = agencies.office(row.competent_agency_id)
    made = Ruling.objects.create(
        number=queries.last_number() + 1,
        dossier=row,
        kind=kind,
        code=row.code or row.reference,
        result=row.result_number,
        agency=office.code,
        agency_name=office.name("vi"),
        procedure=dossiers.view_of(row).legal_name.vi,
        decided_on=on,
        reason=reason,
        note=clean_text(note).strip()[: rules.NOTE_MAX],
        at=act.at,
        by_id=act.actor.account_id,
        **told,
    )
    hashes = queries.files_of(row)
    held = [(each, True) for each in hashes] + [(each, False) for each in queries.signed_parts_of(row)]
    RuledFile.objects.bulk_create([RuledFile(ruling=made, sha256=each, whole=whole) for each, whole in held])
    facts = {
        "number": made.number,
        "result": made.result,
        "decided_on": on,
        "reason": reason,
        "sha256": hashes,
    }
    line = record(
        act, f"dossier.result_{kind}", row.subject, facts={**facts, **told}, personal={"note": made.note}
    )
    announce(act, ResultRuled(dossier=row.public_id, kind=kind, number=made.number), line)
    enqueue("standing.publish", key=f"ruling {made.number}")
    return {"dossier": row.public_id, "number": made.number}


def _demand_whole(kind: Kind, told: dict[str, str], on: date, reason: str, act: Act, row: Any) -> None:
    problems = {}
    if not told["decision"]:
        problems["decision"] = _("Ghi số, ký hiệu của quyết định.")
    if kind is Kind.REPLACED and not told["replaced_by"]:
        problems["replaced_by"] = _("Ghi số của kết quả thay thế.")
    if reason not in list(rules.Reason):
        problems["reason"] = _("Chọn lý do.")
    if not local_date(row.resolved_at) <= on <= local_date(act.at):
        problems["decided_on"] = _("Ngày quyết định từ ngày cấp kết quả đến hôm nay.")
    if problems:
        raise RulingIncomplete([{"field": name, "message": text} for name, text in problems.items()])


def publish_list(at: datetime) -> Edition:
    """The whole list, signed as it stands, in place of the edition before. `at` is the machine's moment.

    Raises KeyUnusable. Two at once make two that say the same.
    """
    with transaction.atomic():
        before, number = queries.edition(), queries.last_number()
        moment = (
            max(at, before.at) if before else at
        )  # a clock that was set back does not turn the order round
        body = rules.body_of(
            queries.every(),
            issuer=settings.MOTCUA.base_url,
            number=number,
            at=moment,
            simulated=settings.MOTCUA.simulation,
        )
        made = Edition.objects.create(number=number, at=moment, jws=sealing.sign_body(body, at))
        Edition.objects.filter(pk__lt=made.pk).delete()
        return made


def erase(act: Act, dossier: Any) -> list[int]:
    """What was published about a result outlasts its dossier; what the agency wrote for itself goes with it, within the
    act that erases it. No file is let go."""
    Ruling.objects.filter(dossier=dossier).update(note="", dossier=None)
    return []
