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

LOOKS_MOST = 5000


def held(actor: Actor, at: datetime) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """What is held of the person behind `actor`: the document, and her files as (name in the ZIP, stored file)."""
    account = queries.accounts.account_by_id(actor.account_id)
    known = people.party_by_id(actor.party_id) if actor.party_id else None
    link = people.link_of(actor.account_id) if actor.account_id else None
    records = [dossiers.record.record_of(row) for row in dossiers.mine(actor, limit=queries.OWN_MOST)]
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
        **queries.parts_of(actor),
    }
    return document, [file for _document, found in records for file in found]
