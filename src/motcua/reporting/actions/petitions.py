"""A petition from its sending to its published answer."""

from __future__ import annotations

from datetime import date

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries as dossiers
from motcua.foundation.acts import Act, action
from motcua.foundation.errors import NotFound
from motcua.foundation.journal import record
from motcua.foundation.models import JournalLine
from motcua.foundation.time import local_date
from motcua.kernel.text import clean_text
from motcua.notices import actions as notices
from motcua.reporting import petitions
from motcua.reporting.errors import (
    AlreadyRated,
    NotAgreed,
    PetitionIncomplete,
    PetitionMoved,
    PetitionNotFound,
)
from motcua.reporting.models import Petition
from motcua.reporting.rules.petitions import (
    ANSWER_MAX,
    ANSWER_MIN,
    DECLINES,
    NAME_MAX,
    OPEN,
    TEXT_MAX,
    TEXT_MIN,
    State,
    is_phone,
    masked,
)
from motcua.reporting.words import PETITION_PROBLEMS


def _wrong(*names: str) -> PetitionIncomplete:
    return PetitionIncomplete(
        [{"field": name, "code": name, "message": str(PETITION_PROBLEMS[name])} for name in names]
    )


@action("petitions.send")
def send(
    act: Act, *, agency: str, name: str, phone: str, text: str, procedure: str = "", dossier_code: str = ""
) -> dict:
    """Take a petition in for an agency (its code), about a procedure (its slug) or none.

    Name, telephone and a clear text in one's own words are the law's conditions (NĐ 20/2008); the sender is told
    what to correct. Answers {reference, due_on}. Raises PetitionIncomplete with every problem.
    """
    day = local_date(act.at)
    office = agencies.by_code(agency) if agency.isprintable() else None
    said, who, number = (
        clean_text(text).strip(),
        " ".join(clean_text(name).split()),
        clean_text(phone).strip(),
    )
    bad = [] if office and office.valid_on(day) and office.receives else ["agency"]
    bad += [] if 2 <= len(who) <= NAME_MAX else ["name"]
    bad += [] if is_phone(number) else ["phone"]
    bad += [] if TEXT_MIN <= len(said) <= TEXT_MAX else ["text"]
    about = None
    if procedure:
        try:
            about = catalogue.by_slug(procedure).pk
        except NotFound:
            bad.append("procedure")
    if bad or office is None:
        raise _wrong(*bad)
    row = Petition.objects.create(
        agency_id=office.id,
        procedure_id=about,
        name=who,
        phone=number,
        text=said,
        dossier_code=clean_text(dossier_code).strip()[:60],
        sent_at=act.at,
        due_on=_due_on(office.id, day),
    )
    record(act, "petition.sent", row.subject, facts={"agency": office.id, "due_on": row.due_on})
    return {"reference": row.reference, "due_on": row.due_on.isoformat()}


def _due_on(agency_id: int, day: date) -> date:
    return agencies.calendar_of(agency_id).add_open_days(day, petitions.answer_limit(day))


def _open(act: Act, public_id: str) -> Petition:
    """The petition under lock, for who handles it. Raises PetitionNotFound, PetitionMoved when it has ended."""
    if not public_id.isalnum():
        raise PetitionNotFound()
    rows = petitions.petitions_visible_to(act.actor).select_for_update()
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise PetitionNotFound()
    if row.state not in OPEN:
        raise PetitionMoved()
    return row


@action("petitions.accept")
def accept(act: Act, *, petition: str) -> dict:
    """Accept it: it is a petition about procedures. A dossier it names is tied to it where the officer sees that
    one."""
    row = _open(act, petition)
    if row.state != State.SENT:
        raise PetitionMoved()
    named = dossiers.find_exact(dossiers.visible_to(act.actor), row.dossier_code, (), local_date(act.at))
    row.dossier = next(iter(named), None) if row.dossier_code else None
    row.state, row.accepted_at = State.ACCEPTED, act.at
    row.save(update_fields=["dossier", "state", "accepted_at"])
    facts = {"dossier": row.dossier.public_id if row.dossier else None}
    record(act, "petition.accepted", row.subject, facts=facts)
    return {"petition": row.public_id, "state": str(row.state)}


@action("petitions.pass_on")
def pass_on(act: Act, *, petition: str, agency: str) -> dict:
    """Another agency has to answer: it goes there, due when it was due (NĐ 20/2008: within 5 working days)."""
    row = _open(act, petition)
    office = agencies.by_code(agency)
    if office is None or not office.valid_on(local_date(act.at)) or office.id == row.agency_id:
        raise _wrong("agency")
    former, row.agency_id = row.agency_id, office.id
    row.state, row.accepted_at = State.SENT, None
    row.save(update_fields=["agency", "state", "accepted_at"])
    record(act, "petition.passed_on", row.subject, facts={"from": former, "agency": office.id})
    return {"petition": row.public_id, "agency": office.code}


@action("petitions.decline")
def decline(act: Act, *, petition: str, why: str, answer: str) -> dict:
    """It is none (a complaint or denunciation goes its own way), or not clear: the sender reads why and what to do."""
    row = _open(act, petition)
    said = clean_text(answer).strip()
    if why not in DECLINES:
        raise _wrong("why")
    return _end(act, row, State.DECLINED, said, decline=why)


@action("petitions.answer")
def answer(act: Act, *, petition: str, answer: str) -> dict:
    """Answer it; the sender reads the answer by her reference."""
    row = _open(act, petition)
    return _end(act, row, State.ANSWERED, clean_text(answer).strip())


def _end(act: Act, row: Petition, state: State, said: str, decline: str = "") -> dict:
    if not ANSWER_MIN <= len(said) <= ANSWER_MAX:
        raise _wrong("answer")
    row.state, row.ended_at, row.answer, row.decline = state, act.at, said, decline
    row.accepted_at = row.accepted_at or act.at
    row.answered_by_id = act.actor.account_id
    row.save(update_fields=["state", "ended_at", "answer", "decline", "accepted_at", "answered_by"])
    facts = {"state": str(state), "decline": decline, "on_time": local_date(act.at) <= row.due_on}
    line = record(act, f"petition.{state}", row.subject, facts=facts)
    _tell_sender(act, row, line)
    return {"petition": row.public_id, "state": str(state)}


def _tell_sender(act: Act, row: Petition, line: JournalLine) -> None:
    """A text to the telephone she gave: that there is an answer, and where. No word of hers or of the answer is in it,
    as anybody may read the screen of a phone."""
    office = agencies.office(row.agency_id)
    notices.send_text(
        to=row.phone,
        text=f"{office.name_vi if office else ''} đã trả lời phản ánh, kiến nghị của bạn, mã {row.reference}. "
        f"Xem tại {petitions.answer_url(row.reference)}",
        purpose="petition",
        subject=line.chain,
        seq=line.seq,
        at=act.at,
    )


@action("petitions.publish")
def publish(act: Act, *, petition: str, text: str, answer: str, agreed: bool) -> dict:
    """Publish an answered petition in the words that an officer has masked and agreed to.

    What a machine finds (numbers, addresses, the sender's name) is masked once more. Raises NotAgreed, PetitionMoved.
    """
    if not petition.isalnum():
        raise PetitionNotFound()
    row = petitions.petitions_visible_to(act.actor).select_for_update().filter(public_id=petition).first()
    if row is None:
        raise PetitionNotFound()
    if row.state != State.ANSWERED:
        raise PetitionMoved()
    said, told = clean_text(text).strip(), clean_text(answer).strip()
    if not agreed:
        raise NotAgreed([{"field": "agreed", "code": "agreed", "message": str(NotAgreed.message)}])
    if not (said and told) or max(len(said), len(told)) > TEXT_MAX:
        raise _wrong("text")
    row.public_text, row.public_answer = masked(said, (row.name,)), masked(told, (row.name,))
    row.published_at = act.at
    row.save(update_fields=["public_text", "public_answer", "published_at"])
    record(act, "petition.published", row.subject)
    return {"petition": row.public_id}


@action("petitions.rate")
def rate(act: Act, *, reference: str, satisfied: bool) -> dict:
    """Whoever holds the reference says, once, whether the answer satisfied. Raises PetitionNotFound, AlreadyRated."""
    found = petitions.followed(reference)
    if found is None:
        raise PetitionNotFound()
    changed = Petition.objects.filter(pk=found.pk, state=State.ANSWERED, satisfied__isnull=True)
    if not changed.update(satisfied=satisfied):
        raise AlreadyRated()
    record(act, "petition.rated", found.subject, facts={"satisfied": satisfied})
    return {"reference": found.reference}
