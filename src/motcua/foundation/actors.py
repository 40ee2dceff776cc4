"""Who acts: an account with the positions it holds now, a service, or the system itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

# A holder source answers, for an account and a moment: roles {(role, agency_id)}, holder keys, party id.
Sourced = tuple[frozenset[tuple[str, int]], frozenset[str], int | None]
HolderSource = Callable[[int, datetime], Sourced]

_sources: dict[HolderSource, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Actor:
    """The one who acts. `key` names the caller for act ids and the journal: `account:7`, `system:worker`.

    `roles` are (role, agency id) pairs held now; `holders` are the keys whose grant rows this actor may read
    (`account:7`, `party:3`, `office:12:reception`); `scopes` limits an API token, None means a person at a screen.
    """

    key: str
    kind: str = "anonymous"  # anonymous | account | system
    account_id: int | None = None
    party_id: int | None = None
    roles: frozenset[tuple[str, int]] = frozenset()
    holders: frozenset[str] = frozenset()
    archives: frozenset[str] = (
        frozenset()
    )  # keys whose grant rows open what is over, to read and never to act
    label: str = ""
    language: str = "vi"
    scopes: frozenset[str] | None = None
    extra: dict = field(default_factory=dict, compare=False, hash=False)

    @property
    def is_person(self) -> bool:
        return self.kind == "account"

    def has_role(self, *names: str, agency_id: int | None = None) -> bool:
        """True when one of `names` is held, at `agency_id` if given."""
        return any(role in names and agency_id in (None, at) for role, at in self.roles)

    def agencies(self, *names: str) -> frozenset[int]:
        """The agencies where one of the roles `names` (any role, when none is given) is held."""
        return frozenset(at for role, at in self.roles if not names or role in names)


ANONYMOUS = Actor(key="anonymous", kind="anonymous")


def system(name: str) -> Actor:
    """The platform itself acting, e.g. `system("worker")`; it holds nothing and is allowed what its verb allows."""
    return Actor(key=f"system:{name}", kind="system", label=name)


def register_holder_source(source: HolderSource, kinds: tuple[str, ...] = ()) -> HolderSource:
    """Rooms that know who holds what (agencies, people) add their answer here at start-up.

    `kinds` are the kinds of account it has an answer for (all when empty), so that a request asks no source in vain.
    """
    _sources[source] = kinds
    return source


ArchiveSource = Callable[[frozenset[str], datetime], frozenset[str]]
_archive_sources: list[ArchiveSource] = []


def register_archive_source(source: ArchiveSource) -> None:
    """Rooms that know whose closed work somebody goes on keeping (agencies) say so here at start-up: from the holder
    keys of an actor and the moment to the keys whose closed rows she reads."""
    if source not in _archive_sources:
        _archive_sources.append(source)


def actor_for_account(
    account_id: int,
    *,
    at: datetime,
    label: str = "",
    language: str = "vi",
    scopes: frozenset[str] | None = None,
    account_kind: str = "",
) -> Actor:
    """The actor of an account at the moment `at`, with everything the registered sources say it holds.

    With `account_kind` (citizen, officer, service) only the sources that know of such accounts are asked.
    """
    actor = Actor(
        key=f"account:{account_id}",
        kind="account",
        account_id=account_id,
        holders=frozenset({f"account:{account_id}"}),
        label=label,
        language=language,
        scopes=scopes,
    )
    for source, kinds in _sources.items():
        if account_kind and kinds and account_kind not in kinds:
            continue
        roles, holders, party_id = source(account_id, at)
        actor = replace(
            actor,
            roles=actor.roles | roles,
            holders=actor.holders | holders,
            party_id=party_id if party_id is not None else actor.party_id,
        )
    archives = (source(actor.holders, at) for source in _archive_sources)
    return replace(actor, archives=frozenset().union(*archives))
