"""Interlinked procedures in the small city: published as they stand in the packs, with officers at every agency."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from motcua.accounts import actions as account_actions
from motcua.accounts import queries as accounts
from motcua.agencies import actions as agency_actions
from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.cooperation import queries
from motcua.cooperation.models import JointTask
from motcua.dossiers import actions as dossiers
from motcua.foundation.actors import actor_for_account, system
from motcua.foundation.acts import Act, new_act
from motcua.foundation.packs import documents_of, store
from tests.dossiers import factories as make
from tests.support.city import CENTRE, FOUNDED_AT, LAYERS, PASSWORD, City

AT = make.AT  # Monday 5 October 2026, 09:00 in Viet Nam
BIRTH = "birth-residence-insurance-interlinked"
DEATH = "death-residence-funeral-interlinked"
LAND = "land-transfer-registration"
POLICE, INSURANCE, TAX = "qn-bai-chay-police", "qn-bao-hiem-xa-hoi-co-so", "qn-thue-co-so"
REGISTRY = "qn-chi-nhanh-dat-dai"
# name -> [(role, agency)]: those who work where nobody of the small city does
OFFICERS = {
    "police": [("processor", POLICE)],
    "police_head": [("head", POLICE)],
    "insurer": [("processor", INSURANCE)],
    "taxman": [("processor", TAX)],
    "registrar": [("processor", REGISTRY)],
    "registry_signer": [("signer", REGISTRY)],
    "centre_head": [("head", CENTRE)],
    "other_police": [("processor", "qn-ha-lam-police")],
}


@cache
def _documents() -> list[dict[str, Any]]:
    return [
        document
        for document in store.assemble(documents_of(LAYERS))
        if document["kind"] == "procedures" and document["key"] in (BIRTH, DEATH, LAND)
    ]


def publish(*slugs: str) -> None:
    """Publish interlinked procedures from the packs; those of the small city are without them."""
    act = new_act(system("tests"), at=FOUNDED_AT, purpose="publish bundles")
    store.take_in(act, documents=[d for d in _documents() if d["key"] in slugs])
    store.publish_all(new_act(system("tests"), at=FOUNDED_AT, purpose="publish bundles"))


def hire(*names: str) -> dict[str, Any]:
    """Accounts and positions for `names` of OFFICERS."""
    act = new_act(system("tests"), at=FOUNDED_AT, purpose="hire")
    encoded = account_actions.encoded_password(PASSWORD, act)
    found = {}
    for name in names:
        made = account_actions.create_account(
            new_act(system("tests"), at=FOUNDED_AT, purpose="hire"),
            login_name=name.replace("_", "."),
            display_name=f"Cán bộ {name}",
            kind="officer",
            password=encoded,
        )
        for role, code in OFFICERS[name]:
            agency_actions.appoint(
                new_act(system("tests"), at=FOUNDED_AT, purpose="hire"),
                account=made["account"],
                agency=agencies.by_code(code).public_id,
                role=role,
            )
        found[name] = accounts.account(made["account"])
    return found


def said(procedure: str, at: datetime) -> dict[str, str]:
    """The days of a written case, moved so that it is filed at `at`."""
    event, told = ((at - timedelta(days=n)).date().isoformat() for n in (19, 18))
    if procedure == BIRTH:
        return {"child_birth_on": event, "birth_notice_on": told}
    if procedure == LAND:
        return {"contract_on": told}
    return {"death_on": told, "proof_on": told} if procedure == DEATH else {}


class Joint:
    """The small city with interlinked procedures and officers at the agencies that take part."""

    def __init__(self, city: City, *slugs: str) -> None:
        publish(*(slugs or (BIRTH,)))
        self.city = city
        self.accounts = {**city.accounts, **hire(*OFFICERS)}

    def act(self, name: str, at: datetime = AT, act_id: str | None = None) -> Act:
        return new_act(self.actor(name, at), at=at, purpose="test", act_id=act_id)

    def actor(self, name: str, at: datetime = AT):
        account = self.accounts[name]
        return actor_for_account(account.pk, at=at, label=account.display_name)

    def transferred(self, procedure: str = BIRTH, *, at: datetime = AT, **answers: Any) -> str:
        """A dossier of `procedure`, filed online, received and transferred at `at`; its public id."""
        dossier = make.submitted(self.city, at=at, procedure=procedure, **{**said(procedure, at), **answers})
        dossiers.receive(self.act("receptionist", at), dossier=dossier)
        dossiers.transfer(self.act("receptionist", at), dossier=dossier)
        return dossier

    def task(self, dossier: str, key: str = "") -> JointTask:
        """A task of the dossier by its key; without one its newest consultation."""
        rows = JointTask.objects.filter(dossier__public_id=dossier).select_related("dossier")
        return rows.get(key=key) if key else rows.filter(kind="consultation").latest("pk")

    def states(self, dossier: str) -> dict[str, str]:
        return {task.key: str(task.state) for task in queries.tasks_of(make.get(dossier).pk)}


def view(slug: str):
    return catalogue.view_for(slug, AT)
