"""Dossiers for tests, brought to any state by the real actions."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from motcua.catalogue import queries as catalogue
from motcua.dossiers import actions, queries, rules
from motcua.dossiers.models import Dossier
from motcua.files import actions as files
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.packs import store
from motcua.foundation.time import local_date
from tests.files.factories import PDF
from tests.support.city import CENTRE, City

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)  # Monday, 09:00 in Viet Nam
CASES = Path(__file__).parents[1] / "packs" / "cases"
BIRTH, BUSINESS, PERMIT = "birth-registration", "household-business-registration", "house-building-permit"
ALLOWANCE, LAND, COPIES = (
    "monthly-social-allowance",
    "land-certificate-reissue",
    "certified-copy-from-original",
)
OURS = "birth-registration-here"  # a birth whose result is signed here: see `publish_ours`
REASON = "Giấy tờ bị mờ nên chưa đối chiếu được."
ITEMS = [{"text": "Bổ sung bản chụp rõ nét của giấy tờ."}]
S = rules.State


def answers_for(procedure: str, case: str = "") -> dict[str, Any]:
    """Complete answers of one of the written cases (the first one); its "today" is 2026-11-21."""
    return next(copy.deepcopy(one["answers"]) for one in _cases(procedure) if case in ("", one["id"]))


@cache
def _cases(procedure: str) -> list[dict[str, Any]]:
    return yaml.safe_load((CASES / f"{procedure}.yaml").read_text("utf-8"))["cases"]


PERSON = {
    "applicant_kind": "self",
    "full_name": "Nguyễn Thị Lan",
    "personal_number": "022196001234",
    "birth_on": "1996-08-20",
    "sex": "female",
    "phone": "0912345678",
    "address": {"commune_code": "06673", "detail": "Số 12 đường Hạ Long"},
    "content": "Đề nghị giải quyết",
    "result_delivery": "counter",
    "commitment": True,
}
ALCOHOL = {**PERSON, "content": "Đề nghị cấp giấy phép"}


def complete(procedure: str, at: datetime = AT) -> dict[str, Any]:
    """Answers with which `procedure` can be submitted at `at`."""
    if procedure in (BIRTH, OURS):
        return birth_answers(at)
    return answers_for(procedure) if (CASES / f"{procedure}.yaml").is_file() else dict(PERSON)


def birth_answers(at: datetime) -> dict[str, Any]:
    """The usual birth, three weeks before `at`."""
    born = (at - timedelta(days=19)).date().isoformat()
    told = (at - timedelta(days=18)).date().isoformat()
    return {**answers_for(BIRTH), "child_birth_on": born, "birth_notice_on": told}


def get(dossier: str) -> Dossier:
    """The row as it is now."""
    return Dossier.objects.get(public_id=dossier)


# To each state ------------------------------------------------------------------------------------------------


def draft(city: City, procedure: str = BIRTH, *, by: str = "citizen", at: datetime = AT, **answers) -> str:
    """A filled-in draft with the papers it must bring; returns its public id."""
    made = actions.start_draft(city.act(by, at), procedure=procedure, agency=CENTRE)
    filled = {**complete(procedure, at), **answers}
    actions.save_answers(city.act(by, at), dossier=made["dossier"], answers=filled)
    add_needed_papers(city, made["dossier"], by=by, at=at)
    return made["dossier"]


def add_needed_papers(city: City, dossier: str, *, by: str = "citizen", at: datetime = AT) -> None:
    """Upload a small PDF for each paper that this case must bring."""
    row = get(dossier)
    view = queries.declared_view_of(row)
    needed = queries.papers_needed(view, queries.answers_of(row), local_date(at), channel=row.channel)
    for need in needed:
        if queries.must_upload(need):
            file = a_file(city, by, at=at, name=f"{need.key}.pdf")
            actions.add_paper(city.act(by, at), dossier=dossier, key=need.key, file=file)


def submitted(city: City, *, at: datetime = AT, **more) -> str:
    dossier = draft(city, at=at, **more)
    actions.submit(city.act(more.get("by", "citizen"), at), dossier=dossier)
    return dossier


def received(city: City, *, at: datetime = AT, **more) -> str:
    dossier = submitted(city, at=at, **more)
    actions.receive(city.act("receptionist", at), dossier=dossier)
    return dossier


def in_process(city: City, *, at: datetime = AT, **more) -> str:
    dossier = received(city, at=at, **more)
    actions.transfer(city.act("receptionist", at), dossier=dossier)
    return dossier


def asked(city: City, *, at: datetime = AT, **more) -> str:
    dossier = in_process(city, at=at, **more)
    actions.ask_supplement(city.act("processor", at), dossier=dossier, items=ITEMS, reason=REASON)
    return dossier


def drafted(city: City, *, at: datetime = AT, outcome: str = "granted", note: str = "", **more) -> str:
    """With the signer; a birth as in `publish_ours`, unless `procedure` says otherwise."""
    if "procedure" not in more:
        more["procedure"] = publish_ours()
    dossier = in_process(city, at=at, **more)
    to_last_step(city, dossier, at)
    actions.draft_result(city.act("processor", at), dossier=dossier, outcome=outcome, note=note)
    return dossier


def to_last_step(city: City, dossier: str, at: datetime) -> None:
    """Work through the processing steps until only the signature is left."""
    for _ in range(queries.steps_before_signing(dossier)):
        actions.advance(city.act("processor", at), dossier=dossier)


def ready(city: City, *, at: datetime = AT, **more) -> str:
    """Waits to be handed over; where another system makes the result, it came from there."""
    procedure = more.get("procedure", OURS)
    if procedure != OURS and not catalogue.view_for(procedure, at).owner.issues_result:
        dossier = in_process(city, at=at, **more)
        to_last_step(city, dossier, at)
        actions.take_over_result(city.act("processor", at), dossier=dossier, number="15/GKS")
        return dossier
    dossier = drafted(city, at=at, **more)
    actions.approve(city.act("signer", at), dossier=dossier, number="15/GKS")
    return dossier


def returned(city: City, *, at: datetime = AT, **more) -> str:
    dossier = ready(city, at=at, **more)
    if get(dossier).finance_state == rules.Finance.DUE:
        actions.record_cash(city.act("clerk", at), dossier=dossier, receipt_number="BL-1")
    actions.hand_over(city.act("receptionist", at), dossier=dossier)
    return dossier


def in_state(city: City, state: rules.State, *, at: datetime = AT, procedure: str = BUSINESS) -> str:
    """A dossier of `procedure` in any state of its life, by the shortest way."""
    if state in _WAYS:
        return _WAYS[state](city, at=at, procedure=procedure)
    if state is S.DOOR_SUPPLEMENT:
        dossier = submitted(city, at=at, procedure=procedure)
        actions.ask_at_door(city.act("receptionist", at), dossier=dossier, items=ITEMS, reason=REASON)
    elif state is S.REFUSED:
        dossier = submitted(city, at=at, procedure=procedure)
        actions.refuse(city.act("receptionist", at), dossier=dossier, reason=REASON)
    elif state is S.AWAITING_PAYMENT:
        dossier = in_process(city, at=at, procedure=procedure)
        actions.ask_payment(city.act("processor", at), dossier=dossier, reason="Nộp thuế thu nhập cá nhân")
    elif state is S.WITHDRAWN:
        dossier = in_process(city, at=at, procedure=procedure)
        actions.withdraw(city.act("citizen", at), dossier=dossier)
    else:
        dossier = in_process(city, at=at, procedure=procedure)
        actions.stop(
            city.act("processor", at), dossier=dossier, reason="Có quyết định tạm đình chỉ của tòa án"
        )
    return dossier


_WAYS = {
    S.DRAFT: draft, S.SUBMITTED: submitted, S.RECEIVED: received, S.IN_PROCESS: in_process, S.SUPPLEMENT: asked,
    S.RESULT_DRAFTED: drafted, S.RESULT_READY: ready, S.RETURNED: returned,
}  # fmt: skip


# Around them --------------------------------------------------------------------------------------------------


def a_file(city: City, by: str = "citizen", *, at: datetime = AT, name: str = "giay.pdf") -> str:
    """A stored PDF of that account; returns its public id."""
    return files.keep(city.act(by, at), files.from_bytes(PDF, name))["file"]


def walk_in(city: City, procedure: str = BUSINESS, *, at: datetime = AT, **more) -> dict:
    """Somebody at the counter with everything she needs, taken in by one act; answers what the act answers."""
    answers = more.pop("answers", None) or complete(procedure, at)
    return actions.take_in(
        city.act(more.pop("by", "receptionist"), at),
        procedure=procedure,
        agency=CENTRE,
        answers=answers,
        papers=more.pop("papers", []),
        **more,
    )


def publish_ours() -> str:
    """A birth registration whose result is made here, not by the ministry's system; its slug. Published once."""
    if store.current("procedures", OURS, AT) is None:
        owner = {**catalogue.view_for(BIRTH, AT).body["owner"], "system": "platform", "issues_result": True}
        publish_like(OURS, BIRTH, owner=owner)
    return OURS


def publish_like(slug: str, model: str = BUSINESS, *, at: datetime | None = None, **changes: Any) -> str:
    """Publish a procedure `slug` with the document of `model`, changed; in force from `at` (None: for all times)."""
    body = copy.deepcopy(dict(catalogue.view_for(model, AT).body))
    body.update(changes)
    if slug != model:
        body.update({"id": slug, "slug": slug, "code": None})
    documents = [{"kind": "procedures", "key": slug, "body": body, "layers": ["national"]}]
    store.take_in(new_act(system("tests"), at=at or AT, purpose="test"), documents=documents)
    store.publish(
        new_act(system("tests"), at=at or AT, purpose="test"), kind="procedures", key=slug, valid_from=at
    )
    return slug
