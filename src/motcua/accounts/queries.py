"""Reading accounts: by their ids, by login name, by token; lists for administrators."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, Case, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Cast, Substr

from motcua.accounts import rules, second_step
from motcua.accounts.models import Account, ApiToken, HeldPost, RecoveryCode, SignInGuard
from motcua.accounts.words import event_words
from motcua.foundation import crypto
from motcua.foundation.models import JournalLine
from motcua.foundation.rows import the_one
from motcua.kernel.text import fold


def public_ids() -> Iterator[str]:
    """The public id of every account; each must have a chain in the journal."""
    return Account.objects.values_list("public_id", flat=True).iterator()


def account(public_id: str) -> Account | None:
    """The account with this public id, or None."""
    return the_one(Account.objects.filter(public_id=public_id))


def account_by_id(account_id: int | None) -> Account | None:
    """The account with this primary key, or None."""
    return the_one(Account.objects.filter(pk=account_id)) if account_id else None


def account_by_login(text: str) -> Account | None:
    """The account with this login name in any spelling of it, or None."""
    name = rules.login_name(text)
    return the_one(Account.objects.filter(login_name=name)) if name else None


def labels(account_ids: Iterable[int]) -> dict[int, str]:
    """Account id → display name, in one query."""
    return dict(Account.objects.filter(pk__in=set(account_ids)).values_list("pk", "display_name"))


def name_columns(column: str) -> dict[str, Any]:
    """`by_name` as a column of another query: the display name of the account that the actor key ("account:7") in its
    `column` names, null for any other key. `by_account`, the number in it, comes along."""
    number = Cast(Substr(column, len("account:") + 1), BigIntegerField())
    return {
        "by_account": Case(When(**{f"{column}__startswith": "account:"}, then=number)),
        "by_name": Subquery(Account.objects.filter(pk=OuterRef("by_account")).values("display_name")[:1]),
    }


@dataclass(frozen=True)
class Held:
    """A position in words, as the room that keeps positions tells it: `href` leads to the agency."""

    role: str
    agency: str
    href: str
    since: datetime
    until: datetime | None


PositionsSource = Callable[[Collection[int], datetime], Mapping[int, list[Held]]]
_positions_sources: list[PositionsSource] = []


def register_positions_source(source: PositionsSource) -> None:
    """The room that knows who sits where tells what accounts hold at a moment; called at start-up."""
    if source not in _positions_sources:
        _positions_sources.append(source)


def positions_of_accounts(account_ids: Collection[int], at: datetime) -> dict[int, list[Held]]:
    """What each of these accounts holds at the aware moment `at`, in the language of the page."""
    found: dict[int, list[Held]] = {}
    for source in _positions_sources:
        for account_id, held in source(account_ids, at).items():
            found.setdefault(account_id, []).extend(held)
    return found


def find_accounts(text: str = "", *, kind: str = "", limit: int = 50, skip: int = 0) -> list[Account]:
    """Accounts whose login name or display name holds the words of `text`; at most `limit` after the first `skip`,
    officers first."""
    rows = Account.objects.order_by("-kind", "login_name")
    if kind:
        rows = rows.filter(kind=kind)
    wanted = fold(text)
    if not wanted:
        return list(rows[skip : skip + limit])
    if exact := rules.login_name(text):
        found = list(rows.filter(login_name=exact))
        if found:
            return found[skip:]
    # Accounts of officers are few (thousands); the folded comparison happens here, bounded.
    pool = rows.filter(~Q(kind=rules.Kind.CITIZEN)) if not kind else rows
    fitting = [a for a in pool[:5000] if wanted in fold(a.display_name) or wanted in a.login_name]
    return fitting[skip : skip + limit]


def guard_key(login_name: str) -> str:
    """Under which key the failures of a login name are counted; the name itself is not kept."""
    return crypto.blind("login", login_name)


def tries(login_name: str) -> rules.Tries:
    """The failures counted for a login name, whether an account has it or not."""
    row = SignInGuard.objects.filter(name_blind=guard_key(login_name)).first()
    return rules.Tries(row.count, row.last_at, row.locked_until) if row else rules.Tries()


@dataclass(frozen=True)
class TokenHolder:
    """Whose token it is and what it may be used for."""

    account_id: int
    label: str
    scopes: frozenset[str]
    kind: str
    language: str


def secret_hash(raw: str) -> str:
    """The hash a token is kept as. The secret has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(raw.encode()).hexdigest()


def token_holder(raw: str, *, at: datetime) -> TokenHolder | None:
    """Whose token `raw` is, if it is one, neither revoked nor expired, and its account is in use; else None."""
    if not raw.startswith(rules.TOKEN_PREFIX) or len(raw) > 200:
        return None
    row = (
        ApiToken.objects.select_related("account")
        .filter(secret_hash=secret_hash(raw), revoked_at__isnull=True, account__is_active=True)
        .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at))
        .first()
    )
    if row is None:
        return None
    held_by = row.account
    return TokenHolder(
        held_by.pk, row.label or held_by.display_name, frozenset(row.scopes), held_by.kind, held_by.language
    )


def tokens_of(account_id: int | None = None) -> QuerySet[ApiToken]:
    """The tokens of an account (of all, when none is given), newest first."""
    rows = ApiToken.objects.select_related("account").order_by("-created_at", "-pk")
    return rows if account_id is None else rows.filter(account_id=account_id)


def held_post(public_id: str, account_id: int, *, at: datetime) -> HeldPost | None:
    """A held form of this account that is still kept, or None."""
    return HeldPost.objects.filter(public_id=public_id, account_id=account_id, expires_at__gt=at).first()


@dataclass(frozen=True)
class AccountEvent:
    """Something that happened to an account: the journal's verb and when (aware)."""

    verb: str
    at: datetime

    @property
    def words(self) -> str:
        return event_words(self.verb)


def recent_events(public_id: str, *, limit: int = 10) -> list[AccountEvent]:
    """The last lines of an account's chain, newest first, so that its owner notices what was not her doing."""
    lines = JournalLine.objects.filter(chain=f"account:{public_id}").order_by("-seq")
    return [AccountEvent(verb, at) for verb, at in lines.values_list("verb", "at")[:limit]]


def recovery_codes_left(account_id: int) -> int:
    """How many recovery codes are still unused."""
    return RecoveryCode.objects.filter(account_id=account_id, used_at__isnull=True).count()


def simulated_code(public_id: str, at: datetime) -> str:
    """What the authenticator of an account would show at the aware moment `at`; in simulations only.

    Raises PermissionError where real people are served: nobody but the account's owner has that telephone.
    """
    if not settings.MOTCUA.simulation:
        raise PermissionError("codes are shown in simulations only")
    return second_step.present_code(Account.objects.get(public_id=public_id), at)
