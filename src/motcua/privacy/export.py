"""Everything that is held of a person as one ZIP: a JSON for programs and people, and her files beside it.

It is put together while she takes it and is kept nowhere: nothing has to be guarded or erased afterwards.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import Actor
from motcua.notices import actions as telling
from motcua.notices import queries as notices
from motcua.people import queries as people
from motcua.privacy import queries
from motcua.registers import queries as registers

LOOKS_MOST = 5000


def held(actor: Actor, at: datetime) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """What is held of the person behind `actor`: the document, and her files as (name in the ZIP, stored file)."""
    account = queries.accounts.account_by_id(actor.account_id)
    known = people.party_by_id(actor.party_id) if actor.party_id else None
    link = people.link_of(actor.account_id) if actor.account_id else None
    records = [dossiers.record.record_of(row) for row in dossiers.mine(actor, limit=queries.OWN_MOST)]
    files = [file for _document, found in records for file in found]
    document = {
        "made_at": at,
        "account": {"login_name": account.login_name, "name": account.display_name} if account else None,
        "person": people.plain_facts(known) if known else None,
        "declared": dict(link.declared) if link else None,
        "dossiers": [document for document, _files in records],
        "looks": [
            {"at": look.at, "offices": look.offices, "purpose": look.why, "about": look.about}
            for look in queries.looks(actor, "vi", limit=LOOKS_MOST)
        ],
        "notices": [
            {"kind": each.kind, "at": each.at, "read_at": each.read_at, "about": each.params}
            for each in notices.notices_for(telling.own_holders(actor), limit=LOOKS_MOST)
        ],
        "requests": [
            {"kind": each.kind, "sent_at": each.sent_at, "text": each.text, "answer": each.answer}
            for each in queries.mine(actor, limit=LOOKS_MOST)
        ],
        **(_remembered(actor.party_id, at, files) if actor.party_id else {}),
        **queries.parts_of(actor),
    }
    return document, files


def _remembered(party: int, at: datetime, files: list[tuple[str, Any]]) -> dict[str, Any]:
    """What the city remembers of a person: the papers of her store, the facts in registers, what she agreed to. Adds
    to `files` those that no dossier of hers brings along."""
    names = {file.pk: name for name, file in files}
    papers = []
    for number, each in enumerate(registers.store_of(party, at), 1):
        row = each.row
        if row.file is not None and row.file.pk not in names:
            names[row.file.pk] = f"kho/{number:03d}-{row.file.name}"
            files.append((names[row.file.pk], row.file))
        papers.append(
            {
                "id": row.public_id,
                "origin": row.origin,
                "name": row.name,
                "number": row.number,
                "kinds": [kind.id for kind in each.kinds],
                "procedure": row.procedure,
                "dossier": row.dossier,
                "at": row.at,
                "valid_to": each.valid_to,
                "ended_at": row.ended_at,
                "file": names[row.file.pk] if row.file else None,
                "sha256": row.file.sha256 if row.file else None,
            }
        )
    return {"papers": papers, "facts": _facts(party, at), "consents": _consents(party)}


def _facts(party: int, at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": fact.id,
            "register": fact.register.id if fact.register else fact.name.vi,
            "values": {field.id: value for field, value in fact.fields},
            "valid_from": fact.valid_from,
            "valid_to": fact.valid_to,
            "ended_at": fact.ended_at,
            "disputed_at": fact.disputed_at,
            # the paper is named only where it is her own: a spouse's entry rests on the other's
            "paper": fact.holding.public_id if fact.holding.party_id == party else None,
            "sha256": fact.digest,
        }
        for fact in registers.facts_of(party, at)
    ]


def _consents(party: int) -> list[dict[str, Any]]:
    return [
        {
            "dossier": said.dossier,
            "paper": said.key,
            "kind": said.kind,
            "state": said.state,
            "basis": said.basis,
            "words": said.words,
            "text_version": said.text_version,
            "at": said.at,
            "channel": said.channel,
            "withdrawn_at": said.withdrawn_at,
        }
        for said in registers.consents_of(party, limit=LOOKS_MOST)
    ]
