"""Packs in the database: YAML comes in as a draft, a difference is shown, a person publishes.

    load(act, ["national", "quang-ninh-ha-long"])     # drafts where a document differs from what is in force
    differences("procedures", "birth-registration")   # [(path, published, draft), …]
    publish(act, kind="procedures", key="birth-registration")
    current("procedures", "birth-registration", at)   # Version, from memory (see `shelf`)

A published version is never changed again; its successor ends it. A procedure carries its declaration and all
else inside (`assemble`), so that one hash pins everything a dossier is judged by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from motcua.foundation.acts import Act, action
from motcua.foundation.canonical import digest
from motcua.foundation.errors import Forbidden
from motcua.foundation.events import Event
from motcua.foundation.events import publish as announce
from motcua.foundation.journal import record
from motcua.foundation.journal.verify import register_subjects
from motcua.foundation.models import PackVersion
from motcua.foundation.packs.assemble import assemble, plain_body
from motcua.foundation.packs.compare import Difference, compare
from motcua.foundation.packs.refusals import DraftChanged, NameTooLong, NoDraft, NothingPublished, TooEarly
from motcua.foundation.packs.shelf import (
    Version,
    by_hash,
    current,
    current_all,
    forget,
    history,
    published_now,
    revision,
    version,
    warm,
)
from motcua.foundation.time import local

__all__ = [
    "PackPublished", "PackWithdrawn", "Version", "by_hash", "current", "current_all", "differences",
    "discard", "draft", "draft_bodies", "drafts", "forget", "history", "load", "publish", "publish_all",
    "register_follower", "revision", "take_in", "version", "warm", "withdraw",
]  # fmt: skip

DESK = "desk"  # the layer of a document that was drafted in the browser, not in a file
SUBJECT_MAX = 100  # characters of a journal chain's name

_State = PackVersion.State
_Follower = Callable[[Act, list[Version]], None]
_followers: dict[str, list[_Follower]] = {}


@dataclass(frozen=True)
class PackPublished(Event):
    """A document was published: its place, its version's primary key and its hash."""

    kind: str
    key: str
    version: int
    hash: str


@dataclass(frozen=True)
class PackWithdrawn(Event):
    """A document ended without a successor."""

    kind: str
    key: str
    version: int


def register_follower(kind: str, follower: _Follower) -> None:
    """A room that keeps a projection of published documents brings it up to date within the publication.

    `follower(act, versions)` is called once an act with the versions of `kind` published or withdrawn by it.
    """
    known = _followers.setdefault(kind, [])
    if follower not in known:
        known.append(follower)


register_subjects("pack", lambda: (f"{v.kind}/{v.key}" for v in _published_rows()))


def _published_rows() -> Iterable[PackVersion]:
    rows = PackVersion.objects.exclude(state=_State.DRAFT).order_by("kind", "key")
    return rows.only("kind", "key").distinct()


def _may(act: Act) -> None:
    """Packs are law for everybody: only administrators and the installation itself change them."""
    if act.actor.kind != "system" and not act.actor.has_role("administrator"):
        raise Forbidden()


def _subject(kind: str, key: str) -> str:
    subject = f"pack:{kind}/{key}"
    if len(subject) > SUBJECT_MAX:
        raise NameTooLong(kind=kind, key=key, most=SUBJECT_MAX - len("pack:") - 1)
    return subject


# What comes in ------------------------------------------------------------------------------------------


def load(
    act: Act, layers: Iterable[str], *, packs_dir: Path | None = None, replace_desk: bool = False
) -> dict:
    """Resolve the files of `layers` (lowest first) and take them in as drafts; see `take_in` for the answer.

    The files are read before the transaction opens. Raises what the reader refuses when a pack has problems.
    """
    from motcua.foundation.packs import documents_of

    found = documents_of(list(layers), packs_dir)
    return take_in(act, documents=assemble(found), replace_desk=replace_desk)


@action("packs.load")
def take_in(act: Act, *, documents: list[dict], replace_desk: bool = False) -> dict:
    """Lay resolved documents ({kind, key, body, layers}) beside what is published; draft where they differ.

    Returns {"new", "changed": names drafted; "unchanged": count; "kept": names whose draft from the browser
    was left alone; "gone": names in force that no file knows any more}. Nothing published is touched.
    """
    _may(act)
    standing = {(v.kind, v.key): v for v in _latest()}
    waiting = {(d.kind, d.key): d for d in PackVersion.objects.filter(state=_State.DRAFT).defer("body")}
    answer: dict[str, Any] = {"new": [], "changed": [], "unchanged": 0, "kept": [], "gone": []}
    fresh, stale = [], []
    for document in documents:
        name = (document["kind"], document["key"])
        _subject(*name)
        old = waiting.get(name)
        if old is not None and old.layers == [DESK] and not replace_desk:
            answer["kept"].append("/".join(name))
            continue
        hash_ = digest(document["body"])
        if name in standing and standing[name].hash == hash_:
            answer["unchanged"] += 1
            stale += [old.pk] if old is not None else []
            continue
        answer["changed" if name in standing else "new"].append("/".join(name))
        if old is None or old.hash != hash_:
            stale += [old.pk] if old is not None else []
            fresh.append(_draft_row(*name, hash_, document["body"], document.get("layers", [])))
    PackVersion.objects.filter(pk__in=stale).delete()
    PackVersion.objects.bulk_create(fresh, batch_size=100)
    known = {(d["kind"], d["key"]) for d in documents}
    answer["gone"] = sorted("/".join(n) for n, v in standing.items() if n not in known and v.layers != [DESK])
    counts = {name: len(found) if isinstance(found, list) else found for name, found in answer.items()}
    record(act, "packs.loaded", "pack:load", facts=counts)
    return answer


def _latest() -> Iterable[PackVersion]:
    """The open-ended version of each name, without its body."""
    return PackVersion.objects.filter(state=_State.PUBLISHED, valid_to__isnull=True).defer("body")


def _draft_row(kind: str, key: str, hash_: str, body: dict, layers: list[str]) -> PackVersion:
    return PackVersion(kind=kind, key=key, hash=hash_, body=body, layers=layers, state=_State.DRAFT)


@action("packs.draft")
def draft(act: Act, *, kind: str, key: str, body: dict) -> dict:
    """Keep a document that a person wrote in the browser as the one draft of its name."""
    _may(act)
    subject, clean = _subject(kind, key), plain_body(body)
    PackVersion.objects.filter(kind=kind, key=key, state=_State.DRAFT).delete()
    row = _draft_row(kind, key, digest(clean), clean, [DESK])
    row.save(force_insert=True)
    record(act, "pack.drafted", subject, facts={"hash": row.hash})
    return {"kind": kind, "key": key, "hash": row.hash}


@action("packs.discard")
def discard(act: Act, *, kind: str, key: str) -> dict:
    """Throw a draft away; what is published stays. Raises NoDraft."""
    _may(act)
    row = _the_draft(kind, key)
    record(act, "pack.draft_discarded", _subject(kind, key), facts={"hash": row.hash})
    row.delete()
    return {"kind": kind, "key": key}


# What a person looks at -----------------------------------------------------------------------------------


def drafts() -> list[dict]:
    """Every waiting draft: {kind, key, hash, layers, new: nothing is published under this name yet}."""
    published = set(_latest().values_list("kind", "key"))
    rows = PackVersion.objects.filter(state=_State.DRAFT).order_by("kind", "key")
    found = rows.values("kind", "key", "hash", "layers")
    return [{**draft, "new": (draft["kind"], draft["key"]) not in published} for draft in found]


def draft_bodies(kinds: Iterable[str]) -> dict[tuple[str, str], dict]:
    """The contents of the waiting drafts of some kinds, by kind and key."""
    rows = PackVersion.objects.filter(state=_State.DRAFT, kind__in=list(kinds))
    return {(kind, key): body for kind, key, body in rows.values_list("kind", "key", "body")}


def differences(kind: str, key: str) -> list[Difference]:
    """[(path, published, draft)] between the latest published version (nothing, if none) and the draft.

    Raises NoDraft.
    """
    row = _the_draft(kind, key, lock=False)
    published = _latest().defer(None).filter(kind=kind, key=key).first()
    return compare(published.body if published else {}, row.body)


def _the_draft(kind: str, key: str, *, lock: bool = True) -> PackVersion:
    rows = PackVersion.objects.select_for_update() if lock else PackVersion.objects
    row = rows.filter(kind=kind, key=key, state=_State.DRAFT).first()
    if row is None:
        raise NoDraft(kind=kind, key=key)
    return row


# Publishing -----------------------------------------------------------------------------------------------


@action("packs.publish")
def publish(
    act: Act, *, kind: str, key: str, valid_from: datetime | None = None, seen_hash: str | None = None
) -> dict:
    """Publish the draft of a name, in force from `valid_from` (aware; see `_publish` for None).

    `seen_hash` is the draft the person looked at. Raises NoDraft, DraftChanged, TooEarly, Forbidden.
    """
    _may(act)
    row = _the_draft(kind, key)
    if seen_hash is not None and seen_hash != row.hash:
        raise DraftChanged(kind=kind, key=key)
    (made,) = _publish(act, [row], valid_from)
    return {"version": made.pk, "number": made.number, "hash": made.hash}


@action("packs.publish_all")
def publish_all(act: Act, *, valid_from: datetime | None = None, kinds: list[str] | None = None) -> dict:
    """Publish every waiting draft (of `kinds`, when given) in one transaction. Raises TooEarly, Forbidden."""
    _may(act)
    rows = PackVersion.objects.select_for_update().filter(state=_State.DRAFT).defer("body")
    rows = rows.order_by("kind", "key")
    made = _publish(act, list(rows.filter(kind__in=kinds) if kinds else rows), valid_from)
    return {"published": len(made)}


def _publish(act: Act, rows: list[PackVersion], valid_from: datetime | None) -> list[Version]:
    """Turn drafts into versions. Without `valid_from` the first version of a name holds for all times before,
    since there is no other to judge them by, and a later one holds from the act on."""
    names = [(row.kind, row.key) for row in rows]
    numbers = _numbers(names)
    standing = {(v.kind, v.key): v for v in _latest()}
    made = []
    for row in rows:
        name = (row.kind, row.key)
        former = standing.get(name)
        row.valid_from = valid_from or (act.at if name in numbers else None)
        if former is not None:
            _end(former, row.valid_from or act.at)
        row.number, row.state = numbers.get(name, 0) + 1, _State.PUBLISHED
        row.published_at, row.published_by = act.at, act.actor.key
        row.save(update_fields=["valid_from", "number", "state", "published_at", "published_by"])
        facts = {"hash": row.hash, "number": row.number, "valid_from": row.valid_from, "layers": row.layers}
        line = record(act, "pack.published", _subject(*name), facts=facts)
        announce(act, PackPublished(row.kind, row.key, row.pk, row.hash), line)
        made.append(Version(row.pk, row.kind, row.key, row.hash, row.number, row.valid_from, None))
    _follow(act, made)
    return made


def _numbers(names: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    kinds = {kind for kind, _key in names}
    rows = PackVersion.objects.exclude(state=_State.DRAFT).filter(kind__in=kinds).order_by("number")
    return {(kind, key): number for kind, key, number in rows.values_list("kind", "key", "number")}


def _end(former: PackVersion, moment: datetime) -> None:
    if former.valid_from is not None and moment <= former.valid_from:
        since = f"{local(former.valid_from):%H:%M %d/%m/%Y}"
        raise TooEarly(kind=former.kind, key=former.key, since=since)
    PackVersion.objects.filter(pk=former.pk).update(valid_to=moment)


def _follow(act: Act, changed: list[Version]) -> None:
    published_now()
    for kind, followers in sorted(_followers.items()):
        mine = [v for v in changed if v.kind == kind]
        for follower in followers if mine else ():
            follower(act, mine)


@action("packs.withdraw")
def withdraw(act: Act, *, kind: str, key: str, valid_to: datetime | None = None) -> dict:
    """End a document without a successor, at `valid_to` (aware; None: at the act). Pinned dossiers keep it.

    A version that is not in force yet is taken back whole, and the one before it goes on.
    Raises NothingPublished, TooEarly, Forbidden.
    """
    _may(act)
    row = _latest().select_for_update().filter(kind=kind, key=key).first()
    if row is None:
        raise NothingPublished(kind=kind, key=key)
    never_began = row.valid_from is not None and act.at < row.valid_from
    moment = row.valid_from if never_began else valid_to or act.at
    if not never_began:
        _end(row, moment)
    PackVersion.objects.filter(pk=row.pk).update(state=_State.WITHDRAWN, valid_to=moment)
    if never_began:
        former = PackVersion.objects.filter(kind=kind, key=key, state=_State.PUBLISHED, valid_to=moment)
        former.update(valid_to=None)
    line = record(act, "pack.withdrawn", _subject(kind, key), facts={"hash": row.hash, "valid_to": moment})
    announce(act, PackWithdrawn(kind, key, row.pk), line)
    published_now()
    going_on = current(kind, key, act.at) if never_began else None
    ended = Version(row.pk, kind, key, row.hash, row.number, row.valid_from, moment, withdrawn=True)
    _follow(act, [going_on or ended])
    return {"version": row.pk}
