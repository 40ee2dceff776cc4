"""Reading people: by number, phone, tax code, name. Whoever shows what is read here logs it (`foundation.access`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from motcua.accounts import queries as accounts
from motcua.accounts.rules import login_kind
from motcua.foundation.actors import Actor
from motcua.foundation.crypto import blinds
from motcua.foundation.rows import the_one
from motcua.kernel.identifiers import normal_phone, normal_tax_code, personal_number_problem
from motcua.kernel.identifiers.personal import bare_digits
from motcua.kernel.text import title_name, words
from motcua.people import rules
from motcua.people.models import AccountParty, Difference, Party, PartyWord

SHOWN_MAX = 50
RARE = 2000  # how far a word is counted to see which of several is the rarest


@dataclass(frozen=True)
class PartyView:
    """Everything known about a party. `birth_on` is an ISO date or a year; `provenance` declared|card|verified.

    `address` is a text or {commune_code, detail}, `address_text` always one line.
    """

    id: int
    public_id: str
    kind: str
    full_name: str
    personal_number: str
    birth_on: str
    sex: str
    ethnicity: str
    nationality: str
    phone: str
    email: str
    address: Any
    tax_code: str
    provenance: str

    @property
    def subject(self) -> str:
        """Its name in the journal and the access log."""
        return f"party:{self.public_id}"

    @property
    def address_text(self) -> str:
        return rules.address_text(self.address)


@dataclass(frozen=True)
class PartyLine:
    """A party in a list: the name, the year of birth, the ends of numbers. Enough to choose, too little to collect."""

    id: int
    public_id: str
    kind: str
    full_name: str
    birth_year: str
    number: str
    phone: str
    tax_code: str
    provenance: str

    @property
    def subject(self) -> str:
        return f"party:{self.public_id}"


def public_ids() -> Iterator[str]:
    """The public id of every party; each must have a chain in the journal."""
    return Party.objects.values_list("public_id", flat=True).iterator()


def known_facts(row: Party) -> rules.Facts:
    """What the row holds, by the names of `rules.FIELDS`; what is empty is left out.

    The tax code of a household business is its owner's personal number: sealed there, told as tax code.
    """
    told = {name: getattr(row, name) for name in rules.FIELDS}
    if row.kind == Party.Kind.ORGANISATION:
        told["tax_code"] = row.tax_code or row.personal_number
        told["personal_number"] = ""
    return {name: value for name, value in told.items() if value}


def view(row: Party) -> PartyView:
    """The row as others may know it."""
    told = dict.fromkeys(rules.FIELDS, "") | known_facts(row)
    return PartyView(id=row.pk, public_id=row.public_id, kind=row.kind, provenance=row.provenance, **told)


def plain_facts(known: PartyView) -> rules.Facts:
    """The facts of a view, by the names of `rules.FIELDS`; what is empty is left out."""
    return {name: value for name in rules.FIELDS if (value := getattr(known, name))}


def _line(row: Party) -> PartyLine:
    return PartyLine(
        id=row.pk,
        public_id=row.public_id,
        kind=row.kind,
        full_name=row.full_name,
        birth_year=rules.birth_year(row.birth_on),
        number=rules.masked_number(row.personal_number),
        phone=rules.masked_phone(row.phone),
        tax_code=row.tax_code,
        provenance=row.provenance,
    )


def _living() -> QuerySet[Party]:
    return Party.objects.filter(merged_into__isnull=True)


def party(public_id: str) -> PartyView | None:
    """The party with this public id; after a merge, the one it became. None when there is none."""
    row = Party.objects.select_related("merged_into").filter(public_id=public_id).first()
    return view(row.merged_into or row) if row else None


def party_by_id(party_id: int) -> PartyView | None:
    """The party with this id; after a merge, the one it became. None when there is none."""
    row = Party.objects.select_related("merged_into").filter(pk=party_id).first()
    return view(row.merged_into or row) if row else None


def lines(party_ids: Iterable[int]) -> dict[int, PartyLine]:
    """Party id → its line for a list, in one query."""
    return {row.pk: _line(row) for row in Party.objects.filter(pk__in=set(party_ids))}


def full_names(party_ids: Iterable[int]) -> dict[int, str]:
    """Party id → full name, in one query and without opening anything sealed."""
    return dict(Party.objects.filter(pk__in=set(party_ids)).values_list("pk", "full_name"))


# Looking up --------------------------------------------------------------------------------------------------


def _numbered(number: str) -> QuerySet[Party]:
    return _living().filter(number_blind__in=blinds("personal_number", bare_digits(number)))


def _taxed(code: str) -> QuerySet[Party]:
    return _living().filter(tax_key__in=blinds("tax_code", code))


def by_number(text: str) -> PartyView | None:
    """The resident with this personal number (however it is spaced), or None."""
    if personal_number_problem(text):
        return None
    row = _numbered(text).first()
    return view(row) if row else None


def by_tax_code(text: str) -> PartyView | None:
    """The organisation with this tax code, or None."""
    code = normal_tax_code(text)
    row = _taxed(code).first() if code else None
    return view(row) if row else None


def by_phone(text: str, *, limit: int = SHOWN_MAX) -> list[PartyLine]:
    """The parties with this phone number (families share one), by id; at most `limit`."""
    phone = normal_phone(text)
    if not phone:
        return []
    rows = _living().filter(phone_blind__in=blinds("phone", phone)).exclude(phone_blind="").order_by("pk")
    return [_line(row) for row in rows[: min(limit, SHOWN_MAX)]]


def by_name(text: str, *, limit: int = SHOWN_MAX) -> list[PartyLine]:
    """The parties whose name holds every word typed, tones or not, the last word perhaps unfinished; at most `limit`.

    Names that begin as typed come first. The work is bounded: the rarest word leads the way through the index.
    """
    limit = min(limit, SHOWN_MAX)
    typed = words(text)[: rules.WORDS_MAX]
    if len("".join(typed)) < 2:
        return []
    begun = _beginning("".join(typed), whole=1).order_by("word", "party_id")
    found = list(dict.fromkeys(begun.values_list("party_id", flat=True)[:limit]))
    if len(found) < limit:
        found += [id_ for id_ in _holding(typed, limit) if id_ not in set(found)]
    rows = {row.pk: row for row in _living().filter(pk__in=found[:limit])}
    return [_line(rows[id_]) for id_ in found[:limit] if id_ in rows]


def _beginning(prefix: str, *, whole: int = 0) -> QuerySet[PartyWord]:
    return PartyWord.objects.filter(whole=whole, word__gte=prefix, word__lte=rules.prefix_end(prefix))


def _holding(typed: list[str], limit: int) -> list[int]:
    """The ids of parties with all finished words and one that begins with the last."""
    *finished, last = dict.fromkeys(typed)
    each = [PartyWord.objects.filter(whole=0, word=word) for word in finished] + [_beginning(last)]
    sizes = [rows[:RARE].count() for rows in each] if len(each) > 1 else [0]
    leading = sizes.index(min(sizes))
    rows = each[leading]
    for place, other in enumerate(each):
        if place != leading:
            rows = rows.filter(Exists(other.filter(party=OuterRef("party"))))
    return list(
        dict.fromkeys(rows.order_by("word", "-party_id").values_list("party_id", flat=True)[: 2 * limit])
    )


def search(text: str, *, limit: int = SHOWN_MAX) -> list[PartyLine]:
    """What an officer types into one box: a personal number, a phone, a tax code, or a name."""
    if not personal_number_problem(text):
        return [_line(row) for row in (_numbered(text) | _taxed(bare_digits(text)))[:limit]]
    if normal_phone(text):
        return by_phone(text, limit=limit)
    if code := normal_tax_code(text):
        return [_line(row) for row in _taxed(code)[:limit]]
    return by_name(text, limit=limit)


# Differences ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DifferenceView:
    """Something said that does not fit what is known: the field, both values, who said it (declared|card|verified)."""

    public_id: str
    field: str
    known: str
    said: str
    source: str
    said_at: datetime


def has_differences(party: Any) -> Exists:
    """Whether there are open differences about a party, as a column to annotate rows with; `party` is an expression
    (`OuterRef("applicant_id")`)."""
    return Exists(Difference.objects.filter(party_id=party, settled_at__isnull=True))


def differences(party_id: int) -> list[DifferenceView]:
    """The open differences about a party, oldest first."""
    found = (
        Difference.objects.filter(party_id=party_id, settled_at__isnull=True)
        .select_related("party")
        .order_by("pk")
    )
    return [
        DifferenceView(
            d.public_id, d.field, str(known_facts(d.party).get(d.field, "")), str(d.said), d.source, d.said_at
        )
        for d in found
    ]


# Grounds for opening a record ------------------------------------------------------------------------------------

# What an officer names as being at hand -> its name in the access log, or None. Rooms above add theirs at start-up.
AtHand = Callable[[Actor, str, PartyView, datetime], "str | None"]
_at_hand: list[AtHand] = []


def register_at_hand(check: AtHand) -> AtHand:
    """A room that knows work about people says whether what an officer names is hers to work on, and this person's."""
    _at_hand.append(check)
    return check


def at_hand(actor: Actor, named: str, known: PartyView, at: datetime) -> str | None:
    """The name of the work at hand ("dossier:<id>") for which `actor` opens this record; None when it is none."""
    return next((found for check in _at_hand if (found := check(actor, named, known, at))), None)


# Accounts ------------------------------------------------------------------------------------------------------


def held_by(account_id: int, at: datetime) -> tuple[frozenset[tuple[str, int]], frozenset[str], int | None]:
    """The party an account is proved to speak for, as holder key `party:<id>`: one query. A holder source.

    A link that is only declared holds nothing: else whoever types a number would see what is filed under it. Nor does
    the link of an officer: it keeps her from her own dossiers and opens none.
    """
    holds_nothing = (AccountParty.How.DECLARED, AccountParty.How.OFFICER)
    rows = AccountParty.objects.filter(account_id=account_id).exclude(how__in=holds_nothing)
    party_id = the_one(rows.values_list("party_id", flat=True))
    holders = frozenset({f"party:{party_id}"}) if party_id is not None else frozenset()
    return frozenset(), holders, party_id


@dataclass(frozen=True)
class Oneself:
    """Which person an account is, as far as anybody knows: her party, if a link proves it, and her personal number or
    "", if it is known or she declared it. For conflicts of interest alone: it opens nothing."""

    party: int | None = None
    number: str = ""


def oneself(account_id: int) -> Oneself:
    """The person behind an account; one query."""
    row = the_one(AccountParty.objects.select_related("party").filter(account_id=account_id))
    if row is None:
        return Oneself()
    return _oneself(row.party_id, row.party.personal_number if row.party else "", row.declared)


def oneself_columns(account_id: int) -> dict[str, Subquery]:
    """The same as columns to annotate rows of another query with, which then costs none of its own: `oneself_of`."""
    row = AccountParty.objects.filter(account_id=account_id)
    return {
        "oneself_party": Subquery(row.values("party_id")[:1]),
        "oneself_number": Subquery(row.values("party__personal_number")[:1]),
        "oneself_declared": Subquery(row.values("declared")[:1]),
    }


def oneself_of(row: Any) -> Oneself:
    """The person behind the account for which a row was annotated with `oneself_columns`."""
    return _oneself(row.oneself_party, row.oneself_number, row.oneself_declared)


def _oneself(party_id: int | None, number: str | None, declared: Any) -> Oneself:
    told = declared.get("personal_number") if isinstance(declared, dict) else ""
    return Oneself(party_id, str(number or told or ""))


@dataclass(frozen=True)
class Link:
    """Who an account speaks for and what proves it (declared|card|provider|officer); `declared` holds bare
    declarations."""

    how: str
    party: PartyView | None
    declared: rules.Facts
    linked_at: datetime

    @property
    def proven(self) -> bool:
        return self.how != AccountParty.How.DECLARED


def link_of(account_id: int) -> Link | None:
    """The link of an account, or None when nothing was ever said."""
    row = the_one(AccountParty.objects.select_related("party").filter(account_id=account_id))
    if row is None:
        return None
    return Link(row.how, view(row.party) if row.party else None, dict(row.declared or {}), row.linked_at)


@dataclass(frozen=True)
class LinkedAccount:
    """An account that is proved to speak for a party, or (`how` "officer") whose officer is this person."""

    public_id: str
    login_name: str
    display_name: str
    how: str
    linked_at: datetime


def accounts_of(party_id: int) -> list[LinkedAccount]:
    """The accounts that speak for a party, oldest link first."""
    rows = (
        AccountParty.objects.select_related("account").filter(party_id=party_id).order_by("linked_at", "pk")
    )
    return [
        LinkedAccount(r.account.public_id, r.account.login_name, r.account.display_name, r.how, r.linked_at)
        for r in rows
    ]


def facts_of(known: PartyView) -> rules.Facts:
    """What a form may be filled with for this party, keyed as `kernel.forms.FACTS`."""
    if known.kind == Party.Kind.ORGANISATION:
        told = {"organisation.name": known.full_name, "organisation.tax_code": known.tax_code}
        return {name: value for name, value in told.items() if value}
    names = [name for name in rules.FIELDS if name != "tax_code"]
    return {f"applicant.{name}": value for name in names if (value := getattr(known, name))}


def facts_for_prefill(party_id: int | None) -> rules.Facts:
    """`facts_of` the party with this id; {} for nobody."""
    known = party_by_id(party_id) if party_id else None
    return facts_of(known) if known else {}


def _facts_of_login(account: Any) -> rules.Facts:
    if account is None or account.kind != "citizen":
        return {}
    facts = {"applicant.full_name": title_name(account.display_name)}
    kind = login_kind(account.login_name)
    if kind in ("phone", "email"):
        facts[f"applicant.{kind}"] = account.login_name
    return facts


def facts_of_account(account_id: int) -> rules.Facts:
    """What a form may be filled with for the person behind an account.

    Proven: what is known of the party. Only declared: just what this account itself declared, never more. Before
    any declaration: the name and the phone or e-mail the account was made with.
    """
    link = link_of(account_id)
    if link is None:
        return _facts_of_login(accounts.account_by_id(account_id))
    if link.proven and link.party is not None:
        return facts_of(link.party)
    return {f"applicant.{name}": value for name, value in link.declared.items() if value}
