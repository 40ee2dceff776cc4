"""Signing and sealing one file: everything is checked and made before anything is written to the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import ChangedMeanwhile, MoveNotAllowed, NotYours, OwnDossier
from motcua.files import actions as files
from motcua.files import queries as stored
from motcua.foundation.actors import Actor
from motcua.foundation.errors import Refusal
from motcua.issuing import queries, rules
from motcua.issuing.errors import NoAuthority, NoPlace, NothingToSign, SecretNeeded
from motcua.issuing.models import Issued, Key
from motcua.papers import queries as papers
from motcua.papers import rules as paper_rules
from motcua.signing import actions as signing

PERSON, SEAL, NUMBER = "nguoi-ky", "co-quan", "so-van-ban"
NUMBER_TOLD = "Số, ký hiệu văn bản"


@dataclass(frozen=True)
class Prepared:
    """A result put before the signer: the file without her signature, and what it is bound to."""

    dossier: str
    revision: int
    code: str
    agency_id: int
    agency: str
    authority: rules.Given
    content: bytes
    box: tuple[float, float, float, float]
    page: int
    symbol: str
    layout_hash: str

    def look(self, name: str, at: datetime) -> Any:
        """How her signature shows itself."""
        return signing.look_of_person(name, self.agency, at=at, box=self.box, page=self.page)


@dataclass(frozen=True)
class Done:
    """A file signed or sealed, already on the disk: what `files.keep_stored` wants, and what it was made from."""

    content: dict[str, Any]
    prepared: Prepared | None = None


def where(kind: str, place: Mapping[str, Any]) -> dict[str, Any]:
    """The whole way to a key: what the row keeps, with what only the installation's settings may say: a library that is
    run as a program, the address of a service."""
    own = settings.MOTCUA
    if kind == "token":
        return {**place, "module": str(own.token_module or "")}
    if kind == "remote":
        return {**place, "address": own.remote_signing_url, "bearer": own.remote_signing_bearer}
    return dict(place)


def kinds() -> tuple[str, ...]:
    """Where keys may lie in this installation."""
    own = settings.MOTCUA
    more = (("token", own.token_module), ("remote", own.remote_signing_url))
    return ("file", *(kind for kind, there in more if there))


def open_key(row: Key, secret: str, code: str = "") -> Any:
    """The key behind its door; `code` is the one-time code of a remote service that sends one.

    Raises SecretNeeded, the refusals of the door.
    """
    if not secret:
        raise SecretNeeded([{"field": "secret", "message": str(SecretNeeded.message)}])
    given: Any = {"pin": secret, "otp": code} if row.kind == "remote" else secret
    return signing.open_door(row.kind, where(row.kind, row.place), given)


def send_code(row: Key, secret: str) -> bool:
    """Have the remote service send its one-time code; False where this key needs none. Raises the door's refusals."""
    return row.kind == "remote" and signing.send_code(where(row.kind, row.place), secret)


def stamps(door: Any, at: datetime) -> Any:
    """Who gives the time stamps of this installation. Raises NoTimeStamp."""
    return signing.stamps_for(door, at=at, address=settings.MOTCUA.tsa_url)


def demand(actor: Actor, dossier: Any, verb: str, revision: int | None) -> None:
    """What the act itself asks again under lock, asked before costly work.

    Raises OwnDossier, NotYours, MoveNotAllowed, ChangedMeanwhile.
    """
    if not dossiers.may(actor, dossier, verb):
        raise OwnDossier() if dossiers.by_office(actor, dossier, verb) else NotYours()
    if verb not in dossiers.allowed_verbs(actor, dossier, by_key=True):
        raise MoveNotAllowed(state=dossiers.state_name(dossier.business_state))
    if revision is not None and revision != dossier.revision:
        raise ChangedMeanwhile()


def prepare(
    actor: Actor, public_id: str, at: datetime, *, signer: str, revision: int | None = None
) -> Prepared:
    """The result of a dossier as a file with a place for her signature, under the decision that lets her sign.

    Raises DossierNotFound, what `demand` raises, NothingToSign, NoAuthority, NoPlace, LayoutFaulty.
    """
    found = dossiers.get_visible(actor, public_id)
    demand(actor, found, "sign", revision)
    if dossiers.form_to_sign(found, at) is None:
        raise NothingToSign()
    authority = queries.authority_on(actor, found, at)
    if authority is None:
        raise NoAuthority()
    capacity = "\n".join(rules.capacity_lines(authority))
    record, layout, symbol = queries.record_to_sign(found, at, signer=signer, capacity=capacity)
    content, places = papers.set_pdf(record, layout), papers.places_on(record, layout)
    hers = next((place for place in places if place.role == paper_rules.HEAD_SIGNS), None)
    number = next((place for place in places if place.role == paper_rules.NUMBER), None)
    if hers is None or (number is None and not record.number):
        raise NoPlace()
    if number is not None:
        content = signing.put_field(content, NUMBER, box=number.box, page=number.page, told=NUMBER_TOLD)
    return Prepared(
        dossier=public_id,
        revision=found.revision,
        code=found.code or found.reference,
        agency_id=found.competent_agency_id,
        agency=record.agency.name,
        authority=authority,
        content=content,
        box=hers.box,
        page=hers.page,
        symbol=symbol,
        layout_hash=layout.hash,
    )


def keep(content: bytes, name: str) -> dict[str, Any]:
    """Lay a signed file on the disk; the row that names it is written with the act."""
    return files.prepare(files.from_bytes(content, f"{name}.pdf"))


def sign(prepared: Prepared, door: Any, *, name: str, at: datetime) -> Done:
    """The personal signature, with all its checks (chain, validity, revocation). Raises what `sign_file` raises."""
    content = signing.sign_file(
        prepared.content, door, field=PERSON, at=at, stamps=stamps(door, at), level="B-LT",
        look=prepared.look(name, at),
    )  # fmt: skip
    return Done(keep(content, f"ket-qua-{prepared.code}"), prepared)


def seal(row: Issued, number: str, door: Any, *, name: str, at: datetime) -> Done:
    """The signed file with its number, and the agency's seal over it, to outlive the certificates (PAdES B-LTA)."""
    content = b"".join(stored.content(row.signed))
    if row.serial is not None:
        content = signing.fill_field(content, NUMBER, number)
    place: dict[str, Any] = row.place
    box: Sequence[float] = place["box"]
    look = signing.look_of_seal(name, box=(box[0], box[1], box[2], box[3]), page=int(place["page"]))
    sealed = signing.sign_file(
        content, door, field=SEAL, at=at, stamps=stamps(door, at), level="B-LTA", look=look
    )
    return Done(keep(sealed, f"ket-qua-{row.dossier.code or row.dossier.reference}"))


def sign_many(
    waiting: Sequence[Prepared], door: Any, *, name: str, at: datetime
) -> Iterator[tuple[Prepared, Done | Refusal]]:
    """The same for many by one key: what is wrong with one leaves the others alone.

    Raises at once, before anything is signed, what `signing.actions.sign_many` refuses of the key itself.
    """
    if not waiting:
        return
    known = {prepared.dossier: prepared for prepared in waiting}
    documents = (
        signing.Document(each.dossier, each.content, field=PERSON, look=each.look(name, at))
        for each in waiting
    )
    answers = signing.sign_many(documents, door, at=at, stamps=stamps(door, at), level="B-LT")
    for answer in answers:
        prepared = known[answer.id]
        if isinstance(answer, signing.Signed):
            yield prepared, Done(keep(answer.content, f"ket-qua-{prepared.code}"), prepared)
        else:
            yield prepared, answer.refusal
