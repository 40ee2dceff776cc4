"""Once only: a paper that the city holds goes into the dossier with her consent, or on a recorded legal basis."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Any

from motcua.dossiers import queries
from motcua.dossiers.actions.base import done, lock
from motcua.dossiers.errors import MoveNotAllowed
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.remembering import by_law, granted, offers_for, told_of
from motcua.dossiers.words import state_name
from motcua.foundation.acts import Act, action
from motcua.foundation.time import local_date
from motcua.registers import actions as registers
from motcua.registers import queries as held
from motcua.registers.errors import NothingSaid, NotOffered
from motcua.registers.rules import HER_OWN_HAND, Offer

EDITABLE = ("draft", "door_supplement", "supplement")


def remember(act: Act, row: Dossier, number: str, file: int | None = None) -> dict[str, Any]:
    """Enter a granted result into the registers; answers what the journal line of the decision keeps of it. `file` is
    the key of the result's file where it is made only now."""
    row.result_number, row.result_file_id = number, file or row.result_file_id
    told = granted(row, act.at)
    entries = registers.enter_result(act, told) if told else []
    return {"registers": entries} if entries else {}


def compare_with_registers(act: Act, row: Dossier) -> None:
    """At reception: where the declaration contradicts a register, an officer decides."""
    if row.applicant_id is not None and (said := told_of(row)):
        registers.compare(act, row.public_id, row.applicant_id, said)


@action("dossiers.reuse_papers")
def reuse_papers(act: Act, *, dossier: str, papers: list[str]) -> dict:
    """She agrees that these papers of her case (keys) are taken from what the city holds. Answers {…, "reused"}.

    Raises DossierNotFound, NotYours, MoveNotAllowed, NotOffered (for one that the city cannot answer for her).
    """
    row, offers, demanded = _offered(act, dossier, papers)
    there = set(Paper.objects.filter(dossier=row, removed_at=None).values_list("key", flat=True))
    fresh = [key for key in dict.fromkeys(papers) if key not in there]
    for key in fresh:
        _attach(act, row, offers[key], demanded=key in demanded)
    return done(row, reused=fresh)


@action("dossiers.refuse_reuse")
def refuse_reuse(act: Act, *, dossier: str, papers: list[str]) -> dict:
    """She does not want these papers to be taken from what the city holds: they are asked for again, and what she
    agreed to before is taken back with its paper. Raises as `reuse_papers`.
    """
    row, offers, demanded = _offered(act, dossier, papers)
    with suppress(NothingSaid):
        _take_back(act, row, papers, _party(act))
    for key in dict.fromkeys(papers):
        _say(act, row, offers[key], agreed=False, demanded=key in demanded)
    return done(row)


@action("dossiers.withdraw_reuse")
def withdraw_reuse(act: Act, *, dossier: str, papers: list[str]) -> dict:
    """She takes her agreement back: the papers leave the dossier. In a draft they are asked for again; of a dossier
    under way the officer sees it and asks. What was already decided stands. Raises NothingSaid."""
    row = lock(act, dossier, "edit") if _is_editable(dossier) else _own(act, dossier)
    if row.resolved_at is not None or row.closed_at is not None:
        raise MoveNotAllowed(state=state_name(row.business_state))
    _take_back(act, row, papers, _party(act))
    return done(row)


def _take_back(act: Act, row: Dossier, keys: Iterable[str], party: int) -> None:
    """End what this person agreed to for these papers, and take the papers out. Raises NothingSaid."""
    for said in registers.withdraw(act, row.public_id, keys, party):
        for paper in Paper.objects.filter(dossier=row, key=said.key, removed_at=None):
            if _came_by(said, paper):
                paper.removed_at = act.at
                paper.save(update_fields=["removed_at"])


def _came_by(said: Any, paper: Paper) -> bool:
    """Whether a paper was laid in by this agreement: at the same moment, and with the file of what was agreed to, as
    long as that is there (she may have taken it out of her store)."""
    if (said.key, said.digitised, said.at) != (paper.key, paper.digitised, paper.added_at):
        return False
    holding = said.holding
    dropped = holding is not None and holding.ended_by == HER_OWN_HAND
    return dropped or (holding.file_id if holding else None) == paper.file_id


def let_go_stale(act: Act, row: Dossier, answers: dict) -> set[str]:
    """At submission and at an answer: take out what she agreed to and what the city would not offer for this
    declaration any more; whose matter it is and how long a paper is valid were asked only when she agreed. Answers the
    keys."""
    handed_in = local_date(row.submitted_at) if row.submitted_at else None
    slug = queries.declared_view_of(row).slug
    stale = held.no_longer_offered(row.public_id, slug, answers, act.at, handed_in)
    for said in stale:
        _take_back(act, row, [said.key], said.party_id)
    return {said.key for said in stale}


def _is_editable(dossier: str) -> bool:
    return Dossier.objects.filter(public_id=dossier, business_state__in=EDITABLE).exists()


def _own(act: Act, dossier: str) -> Dossier:
    """A dossier of hers that is no longer hers to edit, under lock. Raises DossierNotFound, NotYours."""
    return lock(act, dossier, "withdraw")


def _party(act: Act) -> int:
    return held.party_of(act.actor)


def _offered(act: Act, dossier: str, papers: Iterable[str]) -> tuple[Dossier, dict[str, Offer], set[str]]:
    """The dossier under lock, what the city can answer in it, and the papers that are demanded."""
    row = lock(act, dossier, "edit")
    if row.business_state not in EDITABLE:
        raise MoveNotAllowed(state=state_name(row.business_state))
    view, answers = queries.declared_view_of(row), queries.answers_of(row)
    needs = queries.papers_needed(view, answers, local_date(act.at), channel=row.channel)
    offers = offers_for(act.actor, row, needs, answers, act.at)
    if not set(papers) <= offers.keys():
        raise NotOffered()
    return row, offers, {need.key for need in needs if need.required}


def attach_by_law(
    act: Act, row: Dossier, needs: list, answers: dict, there: set[str], stale: Collection[str] = ()
) -> set[str]:
    """At submission: the papers of the case that the city looks up itself on a legal basis, unless she wanted to bring
    her own. They lie in the dossier from then on; answers their keys. Of what was `stale` the platform took back her
    yes, not she herself."""
    offers = offers_for(act.actor, row, [need for need in needs if need.key not in there], answers, act.at)
    if not any(offer.by_law for offer in offers.values()):
        return set()
    taken = by_law(offers, held.refused_keys(row.public_id) - set(stale))
    demanded = {need.key for need in needs if need.required}
    for key in sorted(taken):
        _attach(act, row, offers[key], demanded=key in demanded)
    return taken


def _say(act: Act, row: Dossier, offer: Offer, *, agreed: bool, demanded: bool) -> Any:
    return registers.say(
        act, row.public_id, offer, _party(act), agreed=agreed, channel=row.channel, demanded=demanded
    )


def _attach(act: Act, row: Dossier, offer: Offer, *, demanded: bool) -> None:
    said = _say(act, row, offer, agreed=True, demanded=demanded)
    known = queries.declared_view_of(row).paper(offer.key)
    request = queries.open_request(row) if row.submitted_at is not None else None
    Paper.objects.create(
        dossier=row,
        key=offer.key,
        name=(known.name.vi if known else offer.kind.name.vi)[:300],
        file_id=said.holding.file_id if said.holding else None,
        form="electronic",
        digitised=offer.digitised,
        added_at=act.at,
        added_by=act.actor.key,
        letter=request,
    )


def forget_reuse(act: Act, row: Dossier, paper: Paper) -> None:
    """A re-used paper was taken out of a draft: the agreement goes with it."""
    for said in held.reuses_of(row.public_id):
        if said.state == "given" and _came_by(said, paper):
            registers.withdraw(act, row.public_id, [paper.key], said.party_id)
