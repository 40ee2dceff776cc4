"""Every change of issuing: a result is signed, numbered, sealed. Keys and decisions: see `granting`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries as dossier_reads
from motcua.files import actions as files
from motcua.foundation.acts import Act, Made, action, answered
from motcua.foundation.errors import Refusal
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.issuing import making, queries, rules
from motcua.issuing.errors import BatchTooLarge, NoAuthority, NoKey, NotSigned, SymbolWrong
from motcua.issuing.granting import add_key, end_authority, grant_authority, trial_key, withdraw_key
from motcua.issuing.making import Done, Prepared
from motcua.issuing.models import Authority, Issued, Key, Series

__all__ = [
    "Outcome", "add_key", "ask_code", "end_authority", "erase", "grant_authority", "keep_sealed", "keep_signed",
    "seal_result",
    "sign_result", "sign_results", "take_number", "trial_key", "withdraw_key",
]  # fmt: skip


def sign_result(
    act: Act, *, dossier: str, key: str, secret: str, code: str = "", revision: int | None = None
) -> dict:
    """Sign the result of a dossier with one's own key, and thereby decide it; the seal comes next.

    `key` is the public id of the key, `secret` its PIN and `code` a one-time code of a remote service, which are kept
    nowhere. Everything is checked and made first;
    then the signed file and the move of the dossier are written in one transaction. Raises NoKey, what
    `making.prepare` raises, the refusals of the key door and of `signing.actions.sign_file`.
    """
    if (done := answered(act, keep_signed, dossier=dossier, key=key, revision=revision)) is not None:
        return done
    row = queries.key_row(act.actor, key)
    prepared = making.prepare(act.actor, dossier, act.at, signer=row.holder, revision=revision)
    door = making.open_key(row, secret, code)
    try:
        made = making.sign(prepared, door, name=row.holder, at=act.at)
    finally:
        door.close()
    return keep_signed(act, dossier=dossier, key=key, revision=revision, made=Made(made))


def ask_code(act: Act, *, key: str, secret: str) -> bool:
    """Have a remote service send the one-time code of one's key; False where it needs none. Nothing is written.

    Raises NoKey, the refusals of the key door.
    """
    own = Key.objects.filter(public_id=key, withdrawn_at=None).first()
    row = queries.key_row(act.actor, key, agency_id=own.agency_id if own is not None else None)
    return making.send_code(row, secret)


PORTION = 10


@dataclass(frozen=True)
class Outcome:
    """What became of one of many: "done" or "refused" with the sentence."""

    dossier: str
    code: str
    kind: str
    refusal: Refusal | None = None


def sign_results(
    act: Act, *, items: Sequence[tuple[str, int | None]], key: str, secret: str, code: str = ""
) -> list[Outcome]:
    """Sign many results in one act: the key is opened once, each document is bound to its dossier and checked by
    itself, and each is written in a transaction of its own, so that after a power cut each is signed once or not at
    all. What is more than `rules.BATCH_MAX` is refused one by one, and told. Raises NoKey and the refusals of the key
    door; then nothing is signed. Where the door or an authority fails after some are signed, the rest is told refused.
    """
    row = queries.key_row(act.actor, key)
    outcomes: dict[str, Outcome] = {}
    asked = items[: rules.BATCH_MAX]
    door = making.open_key(row, secret, code)
    try:
        # by a service far away under one authorisation; else a few at a time, so that a power cut costs little
        portion = len(asked) if row.kind == "remote" else PORTION
        for start in range(0, len(asked), portion or 1):
            _sign_portion(act, asked[start : start + portion], row, door, outcomes)
    except Refusal as refusal:
        if not any(each.kind == "done" for each in outcomes.values()):
            raise
        for public_id, _revision in asked:
            outcomes.setdefault(public_id, Outcome(public_id, "", "refused", refusal))
    finally:
        door.close()
    for public_id, _revision in items[rules.BATCH_MAX :]:
        outcomes.setdefault(public_id, Outcome(public_id, "", "refused", BatchTooLarge(most=rules.BATCH_MAX)))
    return [outcomes[public_id] for public_id, _revision in items]


def _sign_portion(
    act: Act, items: Sequence[tuple[str, int | None]], key: Key, door: Any, outcomes: dict[str, Outcome]
) -> None:
    """Sign a few; what became of each is in `outcomes` as soon as it is so."""
    waiting: list[Prepared] = []
    for public_id, revision in items:
        part = act.part(f"sign-{public_id}")
        try:
            done = answered(part, keep_signed, dossier=public_id, key=key.public_id, revision=revision)
            if done is not None:
                outcomes[public_id] = Outcome(public_id, done.get("code") or "", "done")
                continue
            waiting.append(making.prepare(act.actor, public_id, act.at, signer=key.holder, revision=revision))
        except Refusal as refusal:
            outcomes[public_id] = Outcome(public_id, "", "refused", refusal)
    asked = dict(items)
    for prepared, made in making.sign_many(waiting, door, name=key.holder, at=act.at):
        outcomes[prepared.dossier] = _kept(act, prepared, made, key.public_id, asked[prepared.dossier])


def _kept(act: Act, prepared: Prepared, made: Done | Refusal, key: str, revision: int | None) -> Outcome:
    if isinstance(made, Refusal):
        return Outcome(prepared.dossier, prepared.code, "refused", made)
    try:
        part = act.part(f"sign-{prepared.dossier}")
        keep_signed(part, dossier=prepared.dossier, key=key, revision=revision, made=Made(made))
    except Refusal as refusal:
        return Outcome(prepared.dossier, prepared.code, "refused", refusal)
    return Outcome(prepared.dossier, prepared.code, "done")


@action("issuing.sign")
def keep_signed(act: Act, *, dossier: str, key: str, revision: int | None, made: Made) -> dict:
    """Write what was signed: the dossier is decided, the file kept. `made` is a `making.Done` and never comes from a
    caller outside. Raises what the move refuses, NoAuthority and NoKey where either ended meanwhile."""
    done: Done = made.value
    prepared = done.prepared
    if prepared is None:
        raise NotSigned()
    answer = dossiers.sign.inside(act, dossier=dossier, revision=prepared.revision)
    authority = Authority.objects.filter(public_id=prepared.authority.id, ended_at=None).first()
    if authority is None:
        raise NoAuthority()
    own = Key.objects.filter(public_id=key, withdrawn_at=None, account_id=act.actor.account_id).first()
    if own is None:
        raise NoKey()
    kept = files.keep_stored.inside(act, content=done.content)
    row = Issued.objects.create(
        dossier=dossier_reads.whole(dossier),
        agency_id=prepared.agency_id,
        authority=authority,
        key=own,
        signed_by_id=act.actor.account_id,
        signed_at=act.at,
        signed_id=kept["id"],
        place={"box": list(prepared.box), "page": prepared.page},
        symbol=prepared.symbol,
        layout_hash=prepared.layout_hash,
    )
    facts = {
        "dossier": dossier, "sha256": kept["sha256"], "authority": authority.public_id,
        "capacity": authority.capacity, "key": own.public_id, "certificate": own.serial,
    }  # fmt: skip
    record(act, "issued.signed", f"issued:{row.public_id}", facts=facts)
    return {**answer, "issued": row.public_id, "sha256": kept["sha256"]}


def seal_result(
    act: Act,
    *,
    dossier: str,
    key: str,
    secret: str,
    code: str = "",
    symbol: str = "",
    revision: int | None = None,
) -> dict:
    """Give a signed result its number and the agency's seal; then it can be returned.

    The number is taken first, in an act of its own, and stays with this paper: where the seal fails, the next try has
    the same number, so that none is lost (NĐ 30/2020 art. 15). Raises NotSigned, NoKey, SymbolWrong, the refusals of
    the key door and of `sign_file`, what the move refuses.
    """
    said = {"dossier": dossier, "key": key, "symbol": symbol, "revision": revision}
    if (done := answered(act, keep_sealed, **said)) is not None:
        return done
    found = dossier_reads.get_visible(act.actor, dossier)
    making.demand(act.actor, found, "seal", revision)
    if queries.issued_of(found) is None:
        raise NotSigned()
    row = queries.key_row(act.actor, key, agency_id=found.competent_agency_id)
    door = making.open_key(row, secret, code)
    try:
        number = take_number(act.part("number"), dossier=dossier, symbol=symbol)["number"]
        issued = Issued.objects.select_related("signed", "dossier").get(dossier=found)
        made = making.seal(issued, number, door, name=row.holder, at=act.at)
    finally:
        door.close()
    return keep_sealed(act, **said, made=Made(made))


@action("issuing.number")
def take_number(act: Act, *, dossier: str, symbol: str) -> dict:
    """The number of a signed result: the next of its agency in this year, one sequence from 1 on 1 January; the one it
    has, where it has one or another system gave it. Raises NotSigned, SymbolWrong, what the move would refuse."""
    found = dossier_reads.get_visible(act.actor, dossier)
    making.demand(act.actor, found, "seal", None)
    row = (
        Issued.objects.select_for_update(of=("self",)).select_related("agency").filter(dossier=found).first()
    )
    if row is None:
        raise NotSigned()
    if row.number or found.result_number:
        return {"number": row.number or found.result_number}
    said = "".join(symbol.split()) or queries.proposed_symbol(row)
    if not rules.is_symbol(said):
        raise SymbolWrong([{"field": "symbol", "message": str(SymbolWrong.message)}])
    year = local_date(act.at).year
    series, _new = Series.objects.select_for_update().get_or_create(agency_id=row.agency_id, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    row.year, row.serial, row.symbol = year, series.last, said
    row.number = rules.number_text(series.last, said)
    row.save(update_fields=["year", "serial", "symbol", "number"])
    facts = {"dossier": dossier, "number": row.number, "agency": row.agency_id, "year": year}
    record(act, "issued.numbered", f"issued:{row.public_id}", facts=facts)
    return {"number": row.number}


@action("issuing.seal")
def keep_sealed(act: Act, *, dossier: str, key: str, symbol: str, revision: int | None, made: Made) -> dict:
    """Write what was sealed: the file is the dossier's result from now on. `made` never comes from a caller outside."""
    done: Done = made.value
    row = Issued.objects.select_for_update(of=("self",)).select_related("dossier").filter(
        dossier__public_id=dossier
    ).first()  # fmt: skip
    if row is None:
        raise NotSigned()
    own = queries.key_row(act.actor, key, agency_id=row.agency_id)
    kept = files.keep_stored.inside(act, content=done.content)
    number = row.number or row.dossier.result_number
    answer = dossiers.seal.inside(act, dossier=dossier, number=number, file=kept["id"], revision=revision)
    row.seal_key, row.sealed_by_id, row.sealed_at = own, act.actor.account_id, act.at
    row.sealed_id, row.number = kept["id"], number
    row.save(update_fields=["seal_key", "sealed_by", "sealed_at", "sealed", "number"])
    facts = {"dossier": dossier, "sha256": kept["sha256"], "number": number, "certificate": own.serial}
    record(act, "issued.sealed", f"issued:{row.public_id}", facts=facts)
    return {**answer, "issued": row.public_id, "number": number, "sha256": kept["sha256"]}


def erase(act: Act, dossier: Any) -> list[int]:
    """The signed and the sealed result go with their dossier, within the act that erases it; its number is not given
    out again (`Series`). The files that they let go."""
    rows = Issued.objects.filter(dossier=dossier)
    files_of = [pk for pair in rows.values_list("signed", "sealed") for pk in pair if pk is not None]
    for row in rows:
        record(act, "result.erased", f"issued:{row.public_id}")
    rows.delete()
    return files_of
