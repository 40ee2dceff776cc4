"""At the desk or booth: who she is, by which paper, and that she signed the consent."""

from __future__ import annotations

from motcua.certificates import queries, rules
from motcua.certificates.actions.base import at_desk, demand_stage, desk_of, done, hand_over_when_ready, tell
from motcua.certificates.errors import OtherNumber, PaperNeeded, PhotoNeeded
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record

BEFORE = ("consent", "identity", "key", "reception", "ready", "failed")


@action("certificates.check_identity")
def check_identity(
    act: Act, *, request: str, paper: str, number: str, photo: bool, booth: str = "", slip: bool = False
) -> dict:
    """The officer saw this paper and compared its photo with the person before her; `slip`: who stands there read the
    words of consent and signed them.

    The number of a card is the personal number, so it must be the one that the declaration says. Once nothing is
    missing, the order goes to the authority in the same act. Raises RequestNotFound, NotYoursToRegister, NotNow,
    PaperNeeded, OtherNumber, PhotoNeeded, NoSuchBooth.
    """
    row = at_desk(act, request)
    demand_stage(row, *BEFORE)
    said = rules.paper_number(number)
    if paper not in rules.PAPERS or not said:
        raise PaperNeeded()
    person = queries.person_of(row.dossier)
    if paper != "passport" and said != person.number:
        raise OtherNumber()
    if not photo:
        raise PhotoNeeded()
    place = desk_of(act, row, booth)
    if row.way != rules.Way.ONLINE:
        row.way, row.booth = place["way"], place["booth"]
    row.identity_how, row.identity_at, row.identity_by_id = "desk", act.at, act.actor.account_id
    row.paper, row.paper_number, row.checked_for = paper, said, person.mark
    if slip and row.consented_at is None:
        row.consent_how, row.consented_at = "slip", act.at
    row.save()
    facts = {"paper": paper, "way": str(place["way"]), "consent": row.consent_how}
    line = record(act, "certificate.identity_checked", row.subject, facts=facts)
    hand_over_when_ready(act, row)
    if "key" in rules.missing(queries.facts_of(row)):
        tell(row, line, "key")
    return done(row)
