"""A proven citizen and what the city comes to remember of her, by the real actions."""

from __future__ import annotations

from motcua.agencies import actions as agency_actions
from motcua.agencies import queries as agencies
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.people import actions as people
from tests.dossiers import factories as make
from tests.dossiers.factories import AT, BUSINESS, get
from tests.support.city import CENTRE, COMMITTEE, City

RESIDENCE = "permanent-residence-registration"
LAN = {
    "full_name": "Nguyễn Thị Lan",
    "personal_number": "022196001234",
    "birth_on": "1996-08-20",
    "sex": "female",
}
MINH = {"full_name": "Trần Văn Minh", "personal_number": "022093004567"}
HOME = {"commune_code": "06673", "detail": "Số 12 đường Hạ Long"}


def known(city: City, name: str = "citizen", facts: dict = LAN) -> str:
    """The account of `name` is proved to be a person with these facts; returns the party's public id."""
    found = people.find_or_create(city.act("receptionist", AT), facts=facts, source="card")
    account = city.accounts[name].public_id
    people.link_account(city.act("receptionist", AT), account=account, party=found["party"])
    return found["party"]


def resident(city: City, *, at=AT, **answers) -> str:
    """Her residence registered, the result taken over from the system that owns it."""
    filled = {"members": [], **answers}
    dossier = make.in_process(city, procedure=RESIDENCE, at=at, **filled)
    return decided(city, dossier, at=at, number="CT08-15")


def decided(city: City, dossier: str, *, at=AT, number: str = "15/KQ") -> str:
    """The dossier with a granted result, whoever makes it."""
    row = get(dossier)
    office = agencies.office(row.competent_agency_id)
    worker = "processor"
    if office.code != COMMITTEE:
        worker = "other_processor"
        if office.id not in city.actor(worker, at).agencies("processor"):
            act = new_act(system("tests"), at=at, purpose="a desk for the test")
            account = city.accounts[worker].public_id
            agency_actions.appoint(act, account=account, agency=office.public_id, role="processor")
    for _ in range(queries.steps_before_signing(dossier)):
        actions.advance(city.act(worker, at), dossier=dossier)
    if queries.view_of(row).owner.issues_result:
        actions.draft_result(city.act(worker, at), dossier=dossier)
        actions.approve(city.act("signer", at), dossier=dossier, number=number)
    else:
        actions.take_over_result(city.act(worker, at), dossier=dossier, number=number)
    return dossier


def business_draft(city: City, *, at=AT, by: str = "citizen") -> Dossier:
    made = actions.start_draft(city.act(by, at), procedure=BUSINESS, agency=CENTRE)
    return get(made["dossier"])
