"""Who may see and do what on one dossier: the rules of `rules.py` asked for an actor. One policy for every door: pages,
API and batches ask here, actions ask here again under lock.

Nobody works on her own dossier (rule of the house; the law on conflicts of interest was not at hand to be quoted).
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from motcua.agencies import queries as agencies
from motcua.dossiers import rules
from motcua.dossiers.models import Assistance, Dossier
from motcua.foundation.actors import Actor
from motcua.kernel import forms
from motcua.people import queries as people
from motcua.people import rules as people_rules


def standing_of(dossier: Dossier, *, helper: int | None) -> rules.Standing:
    """The facts that decide who sees `dossier`; `helper` is the account of a helper whose help still lasts."""
    competent = dossier.competent_agency_id
    return rules.Standing(
        state=rules.State(dossier.business_state),
        filer=dossier.filer_id,
        helper=helper,
        applicant=dossier.applicant_id,
        received_by=dossier.desk_now_id,
        competent=competent,
        above=tuple(office.id for office in agencies.ancestors(competent)) if competent else (),
        assigned=dossier.assigned_to_id,
        due_at=dossier.due_at,
        submitted_at=dossier.submitted_at,
        transferred=dossier.transferred_at is not None,
        to_seal=dossier.delivery_state == rules.Delivery.TO_SEAL,
        erased=dossier.erased_at is not None,
    )


def helper_of(dossier: Dossier) -> int | None:
    """The account that helps with this draft, None when nobody does or the help has ended."""
    if dossier.channel != "assisted" or dossier.business_state != rules.State.DRAFT:
        return None
    return Assistance.objects.filter(dossier=dossier, ended_at=None).values_list("helper", flat=True).first()


def helps(actor: Actor, dossier: Dossier) -> bool:
    """True for the helper of an assisted draft, while the help lasts."""
    helper = helper_of(dossier)
    return helper is not None and helper == actor.account_id


def is_applicant(actor: Actor, dossier: Dossier) -> bool:
    """True for the account that filed it and for the person whose dossier it is."""
    return f"account:{dossier.filer_id}" in actor.holders or f"party:{dossier.applicant_id}" in actor.holders


def allowed_verbs(actor: Actor, dossier: Dossier, *, by_key: bool = False) -> list[str]:
    """The verbs that `actor` may do on `dossier` right now; one query for an officer, one for an assisted draft.

    `by_key`: also what is done with a signing key, by the room that has it.
    """
    hidden = frozenset() if by_key else rules.BY_KEY
    if dossier.delivery_state == rules.Delivery.TO_SEAL:
        hidden |= {"hand_over"}  # nothing to hand over yet
    verbs = rules.verbs_from(rules.State(dossier.business_state))
    return [verb for verb in verbs if verb not in hidden and may(actor, dossier, verb)]


def may(actor: Actor, dossier: Dossier, verb: str) -> bool:
    """Whether `actor` may do `verb` on `dossier` by position or as its applicant; the state is not looked at.

    An officer does nothing by her position on a dossier of her own.
    """
    if actor.kind == "system":
        return True
    if verb in rules.APPLICANT_VERBS and is_applicant(actor, dossier):
        return True
    if verb in rules.HELPER_VERBS and helps(actor, dossier):
        return True
    return by_office(actor, dossier, verb) and not is_own(actor, dossier)


def by_office(actor: Actor, dossier: Dossier, verb: str) -> bool:
    """Whether a position of `actor` carries `verb` on this dossier, whosesoever it is."""
    if verb in rules.ON_BEHALF_VERBS and dossier.business_state != rules.State.DRAFT:
        side, roles = rules.RECEIVING, ("reception",)
    else:
        side, roles = rules.MAY.get(verb, ("", ()))
    agency_id = _agency_at(dossier, side)
    return agency_id is not None and any(f"office:{agency_id}:{role}" in actor.holders for role in roles)


def _agency_at(dossier: Dossier, side: str) -> int | None:
    """The office that has it on this side of the counter now, after every reorganisation."""
    return dossier.desk_now_id if side == rules.RECEIVING else dossier.competent_agency_id


def is_own(actor: Actor, dossier: Dossier) -> bool:
    """Whether `dossier` is the actor's own: she filed it, it is her person's, or it names her personal number.

    Who an officer is says her account: the person it was linked to, or the number she declared herself. One query for
    an actor, however many dossiers are asked about; none after `get_visible`, which brings the answer along.
    """
    if actor.kind != "account" or actor.account_id is None:
        return False
    if is_applicant(actor, dossier):
        return True
    if "oneself" not in actor.extra:
        actor.extra["oneself"] = people.oneself(actor.account_id)
    return _is_about(actor.extra["oneself"], dossier)


def telling_oneself(rows: QuerySet[Any], limit: int, actor: Actor | None) -> list[Any]:
    """The first rows, and with them who `actor` is, so that `is_own` asks for nothing more (None: nobody will ask)."""
    if actor is None or actor.account_id is None or "oneself" in actor.extra:
        return list(rows[:limit])
    found = list(rows.annotate(**people.oneself_columns(actor.account_id))[:limit])
    if found:
        actor.extra["oneself"] = people.oneself_of(found[0])
    return found


def is_own_of(account_id: int, dossier: Dossier) -> bool:
    """`is_own` for an account that does not act itself: somebody to whom the dossier would be given."""
    return dossier.filer_id == account_id or _is_about(people.oneself(account_id), dossier)


def _is_about(who: people.Oneself, dossier: Dossier) -> bool:
    if dossier.applicant_id is not None and dossier.applicant_id == who.party:
        return True
    if not who.number:
        return False
    # before reception the person is known by what the declaration says; afterwards by the registry
    if dossier.received_at is not None:
        return dossier.applicant is not None and dossier.applicant.personal_number == who.number
    answers = forms.merge(dossier.answers, dossier.answers_sealed or {})
    _kind, said = people_rules.from_answers(answers)
    return said.get("personal_number") == who.number


def is_over(dossier: Dossier) -> bool:
    """Whether it has its result or has ended: what its agency left behind when it ends."""
    return dossier.resolved_at is not None or dossier.closed_at is not None


def _reads(actor: Actor, dossier: Dossier) -> frozenset[str]:
    """The keys by which `actor` reads it: her own; once it is over, those of agencies that hers took over from.

    They open it and carry no verb: `may` asks her own alone.
    """
    return actor.holders | actor.archives if actor.archives and is_over(dossier) else actor.holders


def sees_by_office(actor: Actor, dossier: Dossier) -> bool:
    """True for whoever sees `dossier` by an office of hers, not only as its applicant or helper. No query."""
    rights = rules.rights(standing_of(dossier, helper=None))
    keys = _reads(actor, dossier)
    return any(right.holder in keys and right.role not in rules.OWN_ROLES for right in rights)


def at_work(actor: Actor, dossier: Dossier) -> bool:
    """True for whoever sees `dossier` by an office of hers and has no part in it.

    The desks see drafts of results and notes between them; an officer who files for herself sees hers as a citizen
    does, wherever she sits.
    """
    return sees_by_office(actor, dossier) and not is_own(actor, dossier)


def may_settle(actor: Actor, dossier: Dossier) -> bool:
    """Whether `actor` decides differences between the declaration and what is known of its person: the receiving
    desk and the unit that works on it, nobody else, and nobody on her own dossier."""
    return not is_own(actor, dossier) and _holds(actor, dossier, rules.SETTLES)


def may_digitise(actor: Actor, dossier: Dossier) -> bool:
    """Whether `actor` puts scans of its papers into the dossier: the receiving desk and the unit that works on it, from
    the day it was handed in until it has ended, and nobody on her own."""
    handed_in = dossier.submitted_at is not None and dossier.closed_at is None
    return handed_in and not is_own(actor, dossier) and _holds(actor, dossier, rules.DIGITISES)


def has_in_hand(actor: Actor, dossier: Dossier) -> bool:
    """Whether `actor` works at one of the dossier's own desks: she receives, processes, numbers or signs it there.

    Whoever sees it from elsewhere (above, beside, later) is given papers of identity as marked copies. No query.
    """
    return _holds(actor, dossier, (*rules.DIGITISES, (rules.COMPETENT, "sign"), (rules.COMPETENT, "clerk")))


def _holds(actor: Actor, dossier: Dossier, places: tuple[tuple[str, str], ...]) -> bool:
    return any(f"office:{_agency_at(dossier, side)}:{role}" in actor.holders for side, role in places)


def only_leads(actor: Actor, dossier: Dossier) -> bool:
    """True for whoever sees `dossier` because she leads, and has no other part in it. No query."""
    if not any(holder.endswith(":lead") for holder in actor.holders):
        return False  # asked for every row of a list: most officers lead nobody
    found = rules.rights(standing_of(dossier, helper=None))
    keys = _reads(actor, dossier)
    return {right.role for right in found if right.holder in keys} == {"lead"}
