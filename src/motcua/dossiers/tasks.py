"""What follows in the background: the applicant is told, and dossiers follow what changes below them."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import F, QuerySet

from motcua.agencies.events import PositionEnded
from motcua.dossiers import actions, consents, letters, rules
from motcua.dossiers.events import DossierMoved, DossierPassedOn, DueDateMoved
from motcua.dossiers.models import Assistance, Dossier
from motcua.foundation.actors import system
from motcua.foundation.acts import Act, new_act
from motcua.foundation.events import Delivered, handles
from motcua.foundation.packs.store import PackPublished
from motcua.foundation.time import local_date, now
from motcua.foundation.work import enqueue, task
from motcua.notices import actions as notices
from motcua.people.events import PartiesMerged

BATCH = 50  # dossiers in one transaction of the worker: short enough for SQLite's one writer

# verbs after which the applicant is told (NĐ 224/2026 art. 15(1)(g): at each change); steps inside a unit are seen on
# the dossier's page
TOLD = frozenset(
    {
        "submit",
        "receive",
        "ask_at_door",
        "refuse",
        "ask_supplement",
        "ask_payment",
        "extend",
        "approve",
        "seal",  # not "sign": nothing can be fetched before the seal
        "take_over_result",
        "hand_over",
        "withdraw",
        "stop",
    }
)


@handles(DossierMoved, name="dossiers.tell_applicant", only=lambda event: event.verb in TOLD)
def tell_applicant(event: DossierMoved, delivery: Delivered) -> None:
    """A notice to the person and to the account that filed, with ids and dates only."""
    columns = ("filer", "applicant", "code", "due_on", "channel", "reference")
    dossier = Dossier.objects.filter(public_id=event.dossier).only(*columns).first()
    if dossier is None:
        return
    holders = []
    if dossier.filer_id:
        holders.append(f"account:{dossier.filer_id}")
    if dossier.applicant_id:
        holders.append(f"party:{dossier.applicant_id}")
    notices.tell(
        holders,
        kind=f"dossier.{event.verb}",
        subject=delivery.subject,
        seq=delivery.seq,
        at=delivery.at,
        params={
            "dossier": event.dossier,
            "code": dossier.code,
            "due_on": dossier.due_on.isoformat() if dossier.due_on else None,
            "state": rules.State(event.after).value,
        },
    )
    if event.verb == "submit" and dossier.channel == "assisted":
        _text_the_helped(dossier, delivery)


@handles(DueDateMoved, name="dossiers.tell_due_moved")
def tell_due_moved(event: DueDateMoved, delivery: Delivered) -> None:
    """Applicant, filer and the officer who has it on her desk learn that the due date moved, and why."""
    columns = ("filer", "applicant", "assigned_to", "code", "reference", "business_state")
    dossier = Dossier.objects.filter(public_id=event.dossier).only(*columns).first()
    if dossier is None:
        return
    holders = [f"account:{who}" for who in (dossier.filer_id, dossier.assigned_to_id) if who]
    holders += [f"party:{dossier.applicant_id}"] if dossier.applicant_id else []
    notices.tell(
        holders,
        kind=f"dossier.due_moved_{event.cause}",
        subject=delivery.subject,
        seq=delivery.seq,
        at=delivery.at,
        params={
            "dossier": event.dossier,
            "code": dossier.code,
            "due_on": event.after or None,
            "before": event.before or None,
            "state": dossier.business_state,
        },
    )


def _text_the_helped(dossier: Dossier, delivery: Delivered) -> None:
    """She may have no account and has nothing in her hand: her phone gets the reference by which she follows it."""
    help_given = Assistance.objects.filter(dossier=dossier).first()
    if help_given is None or not help_given.phone:
        return
    notices.send_text(
        to=help_given.phone,
        text=f"Hồ sơ của bạn đã được nộp với sự giúp đỡ của người bạn đồng ý. Mã tra cứu: {dossier.reference}. "
        f"Xem tại {letters.lookup_url(dossier.reference)}",
        purpose="filed",
        subject=delivery.subject,
        seq=delivery.seq,
        at=delivery.at,
    )


@handles(DossierPassedOn, name="dossiers.tell_passed_on")
def tell_passed_on(event: DossierPassedOn, delivery: Delivered) -> None:
    """Another agency has it now, or another desk: the person is told, and that nothing else changed for her."""
    columns = ("filer", "applicant", "code", "due_on", "business_state")
    dossier = Dossier.objects.filter(public_id=event.dossier).only(*columns).first()
    if dossier is None:
        return
    known = (("account", dossier.filer_id), ("party", dossier.applicant_id))
    notices.tell(
        [f"{kind}:{id_}" for kind, id_ in known if id_],
        kind="dossier.passed_back" if event.back else "dossier.passed_on",
        subject=delivery.subject,
        seq=delivery.seq,
        at=delivery.at,
        params={
            "dossier": event.dossier,
            "code": dossier.code,
            "due_on": dossier.due_on.isoformat() if dossier.due_on else None,
            "state": rules.State(dossier.business_state).value,
        },
    )


# Following what changes below ------------------------------------------------------------------------------------


def _act(purpose: str, act_id: str) -> Act:
    return new_act(system("worker"), at=now(), purpose=purpose, act_id=act_id, channel="task")


def _walk(
    job: str, run: str, after: int, rows: QuerySet[Dossier], each: Callable[[Dossier], None], **ids: int
) -> None:
    """Do `each` for the next `BATCH` of `rows` by key; what is left becomes the next task, in the same transaction."""
    found = list(rows.filter(pk__gt=after).order_by("pk").only("pk", "public_id")[:BATCH])
    for dossier in found:
        each(dossier)
    if len(found) == BATCH:
        enqueue(job, key=f"{run}/{found[-1].pk}", run=run, after=found[-1].pk, **ids)


@handles(PositionEnded, name="dossiers.position_ended")
def position_ended(event: PositionEnded, delivery: Delivered) -> None:
    """Work that waits on the desk of somebody who has left goes back to the pool; her drafts for others close."""
    enqueue(
        "dossiers.release_work", key=event.position, run=event.position, after=0, account=event.account_id
    )


@task("dossiers.release_work")
def release_work(*, run: str, after: int, account: int) -> None:
    """Put back what one account has on its desk without the position for it; end the help it no longer may give."""
    held = Dossier.objects.filter(assigned_to=account, closed_at=None)
    _walk("dossiers.release_work", run, after, held, lambda row: _release(row, run), account=account)
    if not after:
        drafts = Dossier.objects.filter(assistance__helper=account, assistance__ended_at=None)
        for row in drafts.filter(business_state=rules.State.DRAFT).only("pk", "public_id"):
            actions.end_help(_act("position ended", f"end_help/{run}/{row.pk}"), dossier=row.public_id)


def _release(row: Dossier, run: str) -> None:
    actions.release(_act("position ended", f"release/{run}/{row.pk}"), dossier=row.public_id)


@task("dossiers.release_ended", cron="25 0 * * *")
def release_ended() -> None:
    """Nightly: positions that ended with a day to come have ended now; see to the desks of all who hold work."""
    day = now().date().isoformat()
    desks = Dossier.objects.filter(closed_at=None).exclude(assigned_to=None)
    helpers = Assistance.objects.filter(ended_at=None, dossier__business_state=rules.State.DRAFT)
    accounts = {*desks.order_by().values_list("assigned_to", flat=True).distinct()}
    accounts |= {*helpers.order_by().values_list("helper", flat=True).distinct()}
    for account in sorted(accounts):
        enqueue(
            "dossiers.release_work", key=f"{day}/{account}", run=f"{day}/{account}", after=0, account=account
        )


@task("dossiers.forget_phones", cron="35 0 * * *")
def forget_phones() -> None:
    """For whom a phone consented counts for a day; then it is forgotten."""
    consents.forget_phones(local_date(now()))


@handles(PartiesMerged, name="dossiers.parties_merged")
def parties_merged(event: PartiesMerged, delivery: Delivered) -> None:
    """The dossiers of a record that was merged away belong to the one that stays."""
    run = f"{event.from_id}-{event.into_id}"
    enqueue("dossiers.follow_person", key=run, run=run, after=0, former=event.from_id, party=event.into_id)


@task("dossiers.follow_person")
def follow_person(*, run: str, after: int, former: int, party: int) -> None:
    """Move the next dossiers of `former` to `party`."""

    def each(row: Dossier) -> None:
        act = _act("people merged", f"merged/{run}/{row.pk}")
        actions.follow_person(act, dossier=row.public_id, former=former, party=party)

    rows = Dossier.objects.filter(applicant=former)
    _walk("dossiers.follow_person", run, after, rows, each, former=former, party=party)


@handles(
    PackPublished, name="dossiers.calendar_published", only=lambda event: event.kind in ("calendars", "hours")
)
def calendar_published(event: PackPublished, delivery: Delivered) -> None:
    """A corrected calendar is replayed over the open dossiers (design, idea 1)."""
    run = f"{event.kind}/{event.key}/{event.version}"
    enqueue("dossiers.recount", key=run, run=run, after=0)


@task("dossiers.recount")
def recount(*, run: str, after: int) -> None:
    """Derive the due dates of the next open dossiers again; each that changed keeps before and after in its journal."""

    def each(row: Dossier) -> None:
        actions.recount(_act("calendar", f"recount/{run}/{row.pk}"), dossier=row.public_id)

    rows = Dossier.objects.filter(received_at__isnull=False, resolved_at=None, closed_at=None)
    _walk("dossiers.recount", run, after, rows, each)


@handles(PackPublished, name="dossiers.procedure_published", only=lambda event: event.kind == "procedures")
def procedure_published(event: PackPublished, delivery: Delivered) -> None:
    """Drafts of the procedure go over to its new version, when its day has come."""
    enqueue("dossiers.follow_versions", key=f"{event.key}/{event.version}", run=str(event.version), after=0)


@task("dossiers.follow_versions_due", cron="3 * * * *")
def follow_versions_due() -> None:
    """Hourly, after the catalogue: a version published with a later day has come into force."""
    run = f"{now():%Y%m%d%H}"
    enqueue("dossiers.follow_versions", key=run, run=run, after=0)


@task("dossiers.follow_versions")
def follow_versions(*, run: str, after: int) -> None:
    """Bring the next drafts that are behind over to the version in force; each keeps a list of what changed."""

    def each(row: Dossier) -> None:
        actions.follow_version(_act("procedure changed", f"version/{run}/{row.pk}"), dossier=row.public_id)

    behind = Dossier.objects.filter(submitted_at=None, procedure__version__isnull=False)
    behind = behind.exclude(declared_version=F("procedure__version"))
    _walk("dossiers.follow_versions", run, after, behind, each)
