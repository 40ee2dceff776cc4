"""What accounts hold, in words, for the pages of the room below that lists accounts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language

from motcua.accounts.queries import Held
from motcua.agencies import queries
from motcua.agencies.words import role_words


def held_in_words(account_ids: Collection[int], at: datetime) -> dict[int, list[Held]]:
    """The positions that these accounts hold at the aware moment `at`, each with its agency, in one query."""
    language = (get_language() or "vi")[:2]
    found: dict[int, list[Held]] = {}
    for view in queries.positions_held(account_ids, at):
        office = queries.office(view.agency_id)
        if office is not None:
            found.setdefault(view.account_id, []).append(
                Held(
                    role=role_words(view.role),
                    agency=office.name(language),
                    href=reverse("agencies:agency", args=[office.public_id]),
                    since=view.starts_at,
                    until=view.ends_at,
                )
            )
    return found
