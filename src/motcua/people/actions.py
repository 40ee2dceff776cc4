"""Changes to people: finding or making a party, correcting, settling differences, merging, linking accounts.

Personal values stand in the journal only as sealed, erasable values; facts name fields, never contents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from motcua.accounts import queries as accounts
from motcua.foundation.access import forget_reasons
from motcua.foundation.acts import Act, action
from motcua.foundation.crypto import blind, blinds
from motcua.foundation.events import publish
from motcua.foundation.journal import erase_personal, record
from motcua.foundation.time import local_date
from motcua.kernel.identifiers import parse_card_qr
from motcua.people import errors, events, queries, rules
from motcua.people.models import AccountParty, Difference, Party, PartyWord
from motcua.people.words import sentence

REINDEXED = 200  # parties in one transaction


def _demand_officer(act: Act) -> None:
    if act.actor.kind != "system" and not act.actor.has_role(*rules.DESK):
        raise errors.NotForYou()


def _clean(act: Act, facts: Mapping[str, Any], kind: str, *, partial: bool = False) -> rules.Facts:
    cleaned = rules.clean(facts, kind=kind)
    found = rules.problems(cleaned, kind=kind, today=local_date(act.at))
    if partial:
        found = [(field, code) for field, code in found if field in cleaned]
    if found:
        raise errors.BadFacts(
            [{"field": field, "code": code, "message": sentence(code)} for field, code in found]
        )
    return cleaned


def _locked(public_id: str) -> Party:
    party = Party.objects.select_for_update().filter(public_id=public_id).first()
    if party is None:
        raise errors.NoSuchParty()
    if party.merged_into_id is not None:
        return Party.objects.select_for_update().get(pk=party.merged_into_id)
    return party


def _subject(party: Party) -> str:
    return f"party:{party.public_id}"


# Values into columns ---------------------------------------------------------------------------------------------


def _set(party: Party, values: rules.Facts) -> list[str]:
    """Put cleaned values into the row, with their indexes; returns the columns that changed."""
    changed = []
    for field, value in values.items():
        if field == "tax_code":
            secret = len(value) == 12
            party.tax_code, party.personal_number = ("", value) if secret else (value, "")
            party.tax_key = blind("tax_code", value) if value else None
            changed += ["tax_code", "tax_key", "personal_number"]
            continue
        setattr(party, field, value)
        changed.append(field)
        if field == "personal_number":
            party.number_blind = blind("personal_number", value) if value else None
            changed.append("number_blind")
        elif field == "phone":
            party.phone_blind = blind("phone", value) if value else ""
            changed.append("phone_blind")
    return changed


def _save(act: Act, party: Party, columns: list[str]) -> None:
    party.updated_at = act.at
    party.save(update_fields=[*dict.fromkeys(columns), "updated_at"])


def _add_words(party: Party) -> None:
    found, whole = rules.name_words(party.full_name)
    rows = [PartyWord(party=party, word=word) for word in found]
    PartyWord.objects.bulk_create([*rows, PartyWord(party=party, word=whole, whole=1)])


# Finding or making -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """The party that facts are about: whether it is new, the fields that contradict what is known, and doubts."""

    party_id: int
    public_id: str
    created: bool
    differences: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@action("people.find_or_create")
def find_or_create(
    act: Act, *, facts: dict[str, Any], source: str = "declared", kind: str = "resident"
) -> dict:
    """The party these facts are about: the same personal number (or tax code) is the same party, else a new one.

    `facts` as in `rules.FIELDS`; `source` is declared, card or verified. What is empty is filled in as
    `rules.compare` allows; what differs is kept as an open difference and never overwrites. Without a number a new
    party is made. Within another action use `find_or_create_within`.

    Returns {"party": public id, "party_id", "created", "differences": fields, "doubts": codes}. Raises BadFacts.
    """
    found = find_or_create_within(act, facts, source=source, kind=kind)
    return {
        "party": found.public_id,
        "party_id": found.party_id,
        "created": found.created,
        "differences": list(found.differences),
        "doubts": list(found.doubts),
    }


def find_or_create_within(
    act: Act, facts: Mapping[str, Any], *, source: str = "declared", kind: str = "resident"
) -> Found:
    """`find_or_create` as part of a running action. Raises BadFacts; ValueError for an unknown source."""
    if source not in rules.SOURCES:
        raise ValueError(f"no such source: {source}")
    said = _clean(act, facts, kind)
    party = _find(said, kind)
    if party is None:
        party, created = _create_or_find(act, said, source, kind)
        if created:
            return Found(party.pk, party.public_id, True, (), tuple(rules.doubts(said)))
    differing = _meet(act, party, said, source)
    return Found(party.pk, party.public_id, False, differing, tuple(rules.doubts(said)))


def find_or_create_from_answers(act: Act, answers: Mapping[str, Any]) -> Found:
    """The applicant named in a declaration's answers, person or organisation; call it within an action.

    Values that cannot be are left out (see `rules.from_answers`). Raises BadFacts when there is no name.
    """
    kind, facts = rules.from_answers(answers)
    return find_or_create_within(act, facts, source="declared", kind=kind)


def find_or_create_from_card(act: Act, qr: str) -> Found:
    """The person on a scanned identity card; call it within an action. Raises CardProblem, BadFacts."""
    return find_or_create_within(act, rules.from_card(parse_card_qr(qr)), source="card")


def _find(said: rules.Facts, kind: str) -> Party | None:
    rows = Party.objects.select_for_update().filter(merged_into__isnull=True)
    if kind == Party.Kind.ORGANISATION:
        known = "tax_code" in said
        return rows.filter(tax_key__in=blinds("tax_code", said["tax_code"])).first() if known else None
    if "personal_number" not in said:
        return None
    return rows.filter(number_blind__in=blinds("personal_number", said["personal_number"])).first()


def _create_or_find(act: Act, said: rules.Facts, source: str, kind: str) -> tuple[Party, bool]:
    party = Party(kind=kind, provenance=source, created_at=act.at, updated_at=act.at)
    _set(party, said)
    try:
        with transaction.atomic():
            party.save(force_insert=True)
    except IntegrityError:
        # Somebody else made the party of this number at the same moment.
        found = _find(said, kind)
        if found is None:
            raise
        return found, False
    _add_words(party)
    record(
        act, "party.created", _subject(party), facts={"kind": kind, "source": source, "fields": sorted(said)}
    )
    return party, True


def _meet(act: Act, party: Party, said: rules.Facts, source: str) -> tuple[str, ...]:
    fill, differing = rules.compare(queries.known_facts(party), said, source)
    columns = _set(party, fill)
    if not differing and rules.stronger(party.provenance, source) != party.provenance:
        party.provenance = source
        columns.append("provenance")
    if columns:
        _save(act, party, columns)
        record(act, "party.completed", _subject(party), facts={"source": source, "fields": sorted(fill)})
    if differing:
        _keep_differences(act, party, differing, source)
    return tuple(sorted(differing))


def _keep_differences(act: Act, party: Party, differing: rules.Facts, source: str) -> None:
    standing = Difference.objects.filter(party=party, settled_at__isnull=True)
    known = {(d.field, d.said, d.source) for d in standing}
    fresh = [
        Difference(party=party, field=field, said=value, source=source, said_at=act.at)
        for field, value in differing.items()
        if (field, value, source) not in known
    ]
    if fresh:
        Difference.objects.bulk_create(fresh)
        facts = {"source": source, "fields": sorted(d.field for d in fresh)}
        record(act, "party.said_differently", _subject(party), facts=facts)


# Correcting --------------------------------------------------------------------------------------------------------


@action("people.correct")
def correct(act: Act, *, party: str, changes: dict[str, Any], reason: str = "") -> dict:
    """Put right what an officer has seen to be wrong; every value before and after stays in the journal, sealed.

    An empty value clears a field (not the name). A phone that is known changes only in the hands of a one-stop and with
    the ground for it, for consent to assisted filing goes by it. Returns {"party", "changed": fields}. Raises
    NoSuchParty, BadFacts, PhoneNotProven, NumberBelongsToAnother, NotForYou.
    """
    _demand_officer(act)
    held = _locked(party)
    said = _clean(act, changes, held.kind, partial=True)
    cleared = [name for name in changes if name in rules.FIELDS and name not in said and name != "full_name"]
    values = {**said, **dict.fromkeys(cleared, "")}
    _demand_proof_of_phone(act, held, values, reason)
    return {"party": held.public_id, "changed": _correct(act, held, values, reason)}


def _demand_proof_of_phone(act: Act, party: Party, values: rules.Facts, reason: str) -> None:
    if not party.phone or values.get("phone", party.phone) == party.phone:
        return
    at_one_stop = act.actor.kind == "system" or act.actor.has_role(*rules.ONE_STOP)
    if not at_one_stop or not reason.strip():
        problem = {"field": "phone", "code": "phone", "message": str(errors.PhoneNotProven.message)}
        raise errors.PhoneNotProven([problem])


def _correct(act: Act, party: Party, values: rules.Facts, reason: str) -> list[str]:
    known = queries.known_facts(party)
    values = {name: value for name, value in values.items() if known.get(name, "") != value}
    if not values:
        return []
    personal = {f"{name}.before": _said(known.get(name, "")) for name in values}
    personal |= {f"{name}.after": _said(value) for name, value in values.items()}
    columns = _set(party, values)
    try:
        with transaction.atomic():
            _save(act, party, columns)
    except IntegrityError:
        raise errors.NumberBelongsToAnother() from None
    if "full_name" in values:
        PartyWord.objects.filter(party=party).delete()
        _add_words(party)
    if reason:
        personal["reason"] = reason[
            :200
        ]  # officers write names and illnesses into reasons: sealed, and erasable
    facts = {"fields": sorted(values)}
    line = record(act, "party.corrected", _subject(party), facts=facts, personal=personal)
    publish(act, events.PartyCorrected(party.public_id, party.pk), line)
    return sorted(values)


def _said(value: Any) -> str:
    return rules.address_text(value) if isinstance(value, Mapping) else str(value)


@action("people.settle_difference")
def settle_difference(act: Act, *, difference: str, accept: bool) -> dict:
    """Decide a difference: accept what was said (it becomes what is known), or keep what is known.

    Returns {"party", "changed"}. Raises NoSuchDifference, NumberBelongsToAnother, NotForYou.
    """
    _demand_officer(act)
    row = Difference.objects.select_for_update().filter(public_id=difference, settled_at__isnull=True).first()
    if row is None:
        raise errors.NoSuchDifference()
    party = Party.objects.select_for_update().get(pk=row.party_id)
    changed = _correct(act, party, {row.field: row.said}, "difference") if accept else []
    row.settled_at, row.settled_as = act.at, "accepted" if accept else "kept"
    row.save(update_fields=["settled_at", "settled_as"])
    record(act, "party.difference_settled", _subject(party), facts={"field": row.field, "as": row.settled_as})
    return {"party": party.public_id, "changed": changed}


@action("people.merge")
def merge(act: Act, *, party: str, into: str) -> dict:
    """Two records are one person: `party` answers as `into` from now on; nothing is deleted but its name words.

    Raises NoSuchParty, NotTheSame (different numbers or kinds), NotForYou.
    """
    _demand_officer(act)
    kept, dropped = _locked(into), _locked(party)
    if kept.pk == dropped.pk or kept.kind != dropped.kind:
        raise errors.NotTheSame()
    numbers = {row.personal_number or row.tax_code for row in (kept, dropped)} - {""}
    if len(numbers) > 1:
        raise errors.NotTheSame()
    fill, differing = rules.compare(
        queries.known_facts(kept), queries.known_facts(dropped), dropped.provenance
    )
    # The number moves, so that the index still finds one party by it.
    Party.objects.filter(pk=dropped.pk).update(
        merged_into=kept, number_blind=None, tax_key=None, phone_blind=""
    )
    Party.objects.filter(merged_into=dropped).update(merged_into=kept)
    PartyWord.objects.filter(party=dropped).delete()
    AccountParty.objects.filter(party=dropped).update(party=kept)
    if fill:
        _save(act, kept, _set(kept, fill))
    if differing:
        _keep_differences(act, kept, differing, dropped.provenance)
    record(act, "party.merged_away", _subject(dropped), facts={"into": kept.public_id})
    facts = {"from": dropped.public_id, "fields": sorted(fill)}
    line = record(act, "party.merged", _subject(kept), facts=facts)
    publish(act, events.PartiesMerged(kept.public_id, dropped.pk, kept.pk), line)
    return {"party": kept.public_id, "party_id": kept.pk}


@action("people.erase_words")
def erase_words(act: Act, *, party: str) -> dict:
    """Forget the words a party is found by; the record itself stays as long as archiving law wants it."""
    _demand_officer(act)
    held = _locked(party)
    erased = PartyWord.objects.filter(party=held).delete()[0]
    record(act, "party.words_erased", _subject(held), facts={"words": erased})
    return {"party": held.public_id, "erased": erased}


@action("people.reindex")
def reindex(act: Act, *, after: int = 0) -> dict:
    """Bring the look-up indexes of a batch of parties to the active index key, beginning behind the key `after`.

    Returns {moved, twice: public ids of records whose number another record has by now, next: where to go on, None at
    the end}. Raises NotForYou for everybody but the installation itself.
    """
    if act.actor.kind != "system":
        raise errors.NotForYou()
    rows = list(Party.objects.select_for_update().filter(pk__gt=after).order_by("pk")[:REINDEXED])
    moved, twice = 0, []
    for row in rows:
        fresh = {
            "number_blind": row.number_blind and blind("personal_number", row.personal_number),
            "tax_key": row.tax_key and blind("tax_code", row.tax_code or row.personal_number),
            "phone_blind": row.phone_blind and blind("phone", row.phone),
        }
        if all(getattr(row, name) == value for name, value in fresh.items()):
            continue
        try:
            with transaction.atomic():
                moved += Party.objects.filter(pk=row.pk).update(**fresh)
        except IntegrityError:
            twice.append(row.public_id)
    return {"moved": moved, "twice": twice, "next": rows[-1].pk if len(rows) == REINDEXED else None}


# Forgetting --------------------------------------------------------------------------------------------------------


def forget_unused(act: Act, party_ids: Iterable[int]) -> int:
    """Forget those of these people to whom nothing refers any more: no dossier, no account, no other record.

    Within the action that erased the last of what they were known for. With each go the records that proved to be the
    same person, words and look-ups. Their chains stay, without a personal value. Returns how many people.
    """
    gone = 0
    for party in Party.objects.select_for_update().filter(pk__in=sorted(set(party_ids))).order_by("pk"):
        same = [party, *Party.objects.filter(merged_into=party)]
        if party.merged_into_id is not None or _referred_to([row.pk for row in same]):
            continue
        for row in reversed(same):
            record(act, "party.forgotten", _subject(row))
            erase_personal(_subject(row))
            forget_reasons(_subject(row))
            row.delete()
        gone += 1
    return gone


def _referred_to(ids: list[int]) -> bool:
    """Whether any table beside a party's own words, differences and former records holds a key to one of these."""
    own = (Party, PartyWord, Difference)
    for field in Party._meta.get_fields(include_hidden=True):
        model = getattr(field, "related_model", None)
        if not (field.auto_created and not field.concrete and field.is_relation) or model in (None, *own):
            continue
        name = field.field.name  # type: ignore[union-attr]
        if model._default_manager.filter(**{f"{name}__in": ids}).exists():
            return True
    return False


# Accounts ----------------------------------------------------------------------------------------------------------


def _account_id(public_id: str) -> int:
    found = get_user_model().objects.filter(public_id=public_id).values_list("pk", flat=True).first()
    if found is None:
        raise errors.NoSuchAccount()
    return found


@action("people.declare_self")
def declare_self(act: Act, *, account: str, facts: dict[str, Any]) -> dict:
    """An account says who it is. This fills forms and proves nothing: no party's dossiers open by it.

    Raises BadFacts, NoSuchAccount, NotForYou (for another account), AlreadyLinked (proven: an officer corrects).
    """
    account_id = _account_id(account)
    if act.actor.kind != "system" and act.actor.account_id != account_id:
        raise errors.NotForYou()
    said = _clean(act, facts, rules.RESIDENT)
    link = AccountParty.objects.select_for_update().filter(account_id=account_id).first()
    if link is not None and link.how != AccountParty.How.DECLARED:
        raise errors.AlreadyLinked()
    values = {"how": AccountParty.How.DECLARED, "declared": said, "linked_at": act.at}
    AccountParty.objects.update_or_create(account_id=account_id, defaults=values)
    record(act, "account.declared_self", f"account:{account}", facts={"fields": sorted(said)})
    return {"account": account, "doubts": rules.doubts(said)}


@action("people.link_account")
def link_account(act: Act, *, account: str, party: str, how: str = "card") -> dict:
    """An officer has seen the card (`card`), or an identity provider says so (`provider`): the account speaks for it.

    Both are public ids. Nobody vouches for herself. The account of an officer speaks for no person, what she sees she
    sees by her position: her link (`officer`) only says who she is, and keeps her from her own dossiers.
    Raises NoSuchAccount, NoSuchParty, AlreadyLinked (to another party), NotForYou, OwnLink.
    """
    if how not in (AccountParty.How.CARD, AccountParty.How.PROVIDER):
        raise ValueError(f"no such proof: {how}")
    _demand_officer(act)
    account_id, held = _account_id(account), _locked(party)
    kind = accounts.account_by_id(account_id).kind
    if act.actor.account_id == account_id or kind == "service":
        raise errors.OwnLink()
    if kind == "officer":
        how = AccountParty.How.OFFICER
    link = AccountParty.objects.select_for_update().filter(account_id=account_id).first()
    if link is not None and link.party_id not in (None, held.pk):
        raise errors.AlreadyLinked()
    values = {"party": held, "how": how, "declared": "", "linked_at": act.at}
    AccountParty.objects.update_or_create(account_id=account_id, defaults=values)
    facts = {"account": account, "party": held.public_id, "how": how}
    line = record(act, "party.account_linked", _subject(held), facts=facts)
    record(act, "account.linked", f"account:{account}", facts=facts)
    publish(act, events.AccountLinked(held.public_id, held.pk, account_id), line)
    return {"account": account, "party": held.public_id}


@action("people.unlink_account")
def unlink_account(act: Act, *, account: str) -> dict:
    """The account no longer speaks for anybody; its holder's own dossiers stay with it. Raises NotForYou, OwnLink."""
    _demand_officer(act)
    account_id = _account_id(account)
    if act.actor.account_id == account_id:
        raise errors.OwnLink()
    rows = AccountParty.objects.select_for_update(of=("self",)).select_related("party")
    link = rows.filter(account_id=account_id).first()
    if link is None or link.party is None:
        return {"account": account}
    party = link.party
    link.delete()
    facts = {"account": account, "party": party.public_id}
    line = record(act, "party.account_unlinked", _subject(party), facts=facts)
    record(act, "account.unlinked", f"account:{account}", facts=facts)
    publish(act, events.AccountUnlinked(party.public_id, party.pk, account_id), line)
    return {"account": account}
