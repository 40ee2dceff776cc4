"""Closing a report, and correcting a closed one by a new version."""

from __future__ import annotations

from motcua.agencies.rules import Office
from motcua.foundation.acts import Act, action
from motcua.foundation.canonical import digest
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal import record
from motcua.foundation.ui.words import say_date
from motcua.kernel.text import clean_text
from motcua.reporting import building, queries
from motcua.reporting.errors import FormerNotClosed, NothingCorrected, PeriodNotOver, ReasonMissing
from motcua.reporting.models import Report, ReportMember
from motcua.reporting.rules import ii06a, periods
from motcua.reporting.rules.periods import Period

REASON_MIN, REASON_MAX = 10, 1000
BATCH = 1000


@action("reporting.close")
def close(act: Act, *, agency: str, label: str, kind: str, reason: str = "") -> dict:
    """Close form II.06a of an agency (its code) for the period of a month; a closed one again only with a `reason`.

    Answers {report, version, hash, good: whether every check holds}. Raises NoSuchReport, PeriodWrong, PeriodNotOver,
    FormerNotClosed, ReasonMissing, NothingCorrected, Forbidden.
    """
    office = queries.office_of(act.actor, agency)
    if act.actor.kind != "system" and not queries.answers_for(act.actor, office.id):
        raise Forbidden()
    period, doubts = queries.period_of(label, kind)
    if act.at < period.until:
        raise PeriodNotOver(last=say_date(period.last))
    known = building.latest(ii06a.FORM, office.id, kind, first=period.first)
    said = clean_text(reason).strip()
    if known is not None and not REASON_MIN <= len(said) <= REASON_MAX:
        problem = {"field": "reason", "code": "length", "message": str(ReasonMissing.message)}
        raise ReasonMissing([problem])
    _demand_former(office, period, known)
    built = building.build(office, period)
    if known is not None and _is_same(known, built):
        raise NothingCorrected()
    content = building.content_of(
        built,
        version=known.version + 1 if known else 1,
        reason=said if known else "",
        corrects=known.hash if known else "",
        doubts=doubts,
    )
    report = _keep(act, office, built, content)
    facts = {
        "form": ii06a.FORM,
        "agency": office.id,
        "label": label,
        "version": report.version,
        "hash": report.hash,
        "corrects": content["corrects"],
    }
    record(act, "report.closed", report.subject, facts=facts)
    good = all(check.holds for check in built.checks)
    return {"report": report.public_id, "version": report.version, "hash": report.hash, "good": good}


def _demand_former(office: Office, period: Period, known: Report | None) -> None:
    """Reports follow one on the other from the first on: a gap would leave column 6 without its column 11."""
    if known is not None:
        return
    last = building.latest(ii06a.FORM, office.id, period.kind, first__lt=period.first)
    if last is not None and (period.first - last.last).days != 1:
        raise FormerNotClosed(label=periods.after(last.label))


def _is_same(known: Report, built: building.Built) -> bool:
    former = {"label": built.former.label, "hash": built.former.hash} if built.former else None
    return (
        known.content["members"] == building.digest_of(built.members)
        and building.lines_in(known.content) == built.lines
        and known.content["former"] == former
    )


def _keep(act: Act, office: Office, built: building.Built, content: dict) -> Report:
    report = Report.objects.create(
        form=ii06a.FORM,
        agency_id=office.id,
        kind=built.period.kind,
        label=built.period.label,
        first=built.period.first,
        last=built.period.last,
        version=content["version"],
        content=content,
        hash=digest(content),
        closed_at=act.at,
        closed_by=act.actor.key,
    )
    rows = (
        ReportMember(
            report=report,
            dossier_id=member.dossier,
            level=member.level,
            sector=member.sector,
            entry=member.entry,
            exit=member.exit,
        )
        for member in built.members
    )
    ReportMember.objects.bulk_create(rows, batch_size=BATCH)
    return report
