"""Deciding what law and map leave open: one dossier, a rule for many, where the holder of a position goes on."""

from __future__ import annotations

from typing import Any

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.agencies import rules as agency_rules
from motcua.agencies.rules import Office
from motcua.dossiers import queries as dossiers
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.kernel.text import clean_text
from motcua.reorganisation import errors
from motcua.reorganisation.actions.base import subject
from motcua.reorganisation.models import Decision
from motcua.reorganisation.queries import Planner

KINDS = tuple(Decision.Kind.values)
REASON_LENGTH_MAX = 500
AREA_LENGTH_MAX = 60


@action("reorganisation.decide")
def decide(act: Act, *, key: str, decisions: list[dict]) -> dict:
    """Keep decisions, all or none. Each is one of

    {kind: dossier, dossier: public id or code, to, reason}
    {kind: rule, from, area?, procedure?, to, reason}: for what is ambiguous, nearest rule first
    {kind: position, from, login_name?, role?, to, reason}: of all holders, or of one; may stand several times

    `to` is the code of a successor (of any standing agency, for a position). A later decision replaces an earlier one
    on the same. Answers {decided}. Raises DecisionWrong (with its number), NotYours, NoSuchReorganisation.
    """
    planner = Planner(key, act.at)
    rows = [_row(act, planner, number, said) for number, said in enumerate(decisions, start=1)]
    for row in rows:
        same = Decision.objects.filter(
            reorganisation=key, kind=row.kind, replaced_at=None, dossier=row.dossier, account=row.account,
            from_code=row.from_code, area_code=row.area_code, procedure=row.procedure, role=row.role,
        )  # fmt: skip
        if row.kind == Decision.Kind.POSITION:
            same = same.filter(to_code=row.to_code)
        same.update(replaced_at=act.at)
        row.save(force_insert=True)
        facts = {
            "kind": row.kind, "dossier": row.dossier.public_id if row.dossier else None, "from": row.from_code,
            "area": row.area_code, "procedure": row.procedure, "role": row.role, "account": row.account_id,
            "to": row.to_code,
        }  # fmt: skip
        reason = {"reason": row.reason} if row.reason else None
        record(act, "reorganisation.decided", subject(key), facts=facts, personal=reason)
    return {"decided": len(rows)}


def _row(act: Act, planner: Planner, number: int, said: dict[str, Any]) -> Decision:
    def wrong(what: str) -> errors.DecisionWrong:
        return errors.DecisionWrong(number=number, what=what)

    if not isinstance(said, dict) or said.get("kind") not in KINDS:
        raise wrong("kind: dossier, rule, position")
    row = Decision(
        reorganisation=planner.law.key,
        kind=said["kind"],
        to_code=str(said.get("to") or ""),
        reason=clean_text(str(said.get("reason") or ""))[:REASON_LENGTH_MAX],
        decided_by=act.actor.key,
        decided_at=act.at,
    )
    if row.kind == Decision.Kind.DOSSIER:
        dossier = dossiers.by_id_or_code(str(said.get("dossier") or ""))
        outcome = planner.outcome(dossier) if dossier is not None else None
        if outcome is None:
            raise wrong(f"dossier {said.get('dossier')}")
        _demand_may(act, outcome.former)
        allowed = {option.code for option in planner.options(outcome.former, dossier)}
        if row.to_code not in allowed:
            raise wrong(f"to {row.to_code}: {', '.join(sorted(allowed))}")
        row.dossier = dossier
        return row
    former = agencies.by_code(str(said.get("from") or ""))
    if former is None or former.id not in planner.ended and former.id not in planner.leaving.procedures:
        raise wrong(f"from {said.get('from')}")
    _demand_may(act, former)
    row.from_code = former.code
    if row.kind == Decision.Kind.RULE:
        # the area as it was declared, known on the map or not: what is ambiguous is often a code nobody knows
        row.area_code, row.procedure = str(said.get("area") or ""), str(said.get("procedure") or "")
        if len(row.area_code) > AREA_LENGTH_MAX:
            raise wrong(f"area {row.area_code[:AREA_LENGTH_MAX]}…")
        allowed = {office.code for office in planner.successors(former)}
        if former.id in planner.ended and row.to_code not in allowed:
            raise wrong(f"to {row.to_code}: {', '.join(sorted(allowed))}")
        return row
    return _position(row, planner, said, wrong)


def _position(row: Decision, planner: Planner, said: dict[str, Any], wrong: Any) -> Decision:
    office = agencies.by_code(row.to_code)
    if office is None or not office.valid_on(planner.on) or office.id in planner.ended:
        raise wrong(f"to {row.to_code}")
    row.role = str(said.get("role") or "")
    if row.role and row.role not in agency_rules.ROLES:
        raise wrong(f"role {row.role}")
    if said.get("login_name"):
        row.account = accounts.account_by_login(str(said["login_name"]))
        if row.account is None:
            raise wrong(f"login_name {said['login_name']}")
    return row


def _demand_may(act: Act, former: Office) -> None:
    """An administrator of the agency that ends, of one above it, or at the province's top; the operator too."""
    if act.actor.kind == "system":
        return
    above = agencies.ancestors(former.id)
    roots = frozenset(o.id for o in agencies.offices(local_date(act.at), kind="province"))
    if not agency_rules.may_administer(act.actor.agencies("administrator"), former, above, roots):
        raise errors.NotYours()
