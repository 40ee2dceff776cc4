"""Every change of the stored files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings

from motcua.files.intake import from_bytes, prepare
from motcua.files.models import StoredFile
from motcua.files.sealing import key_id_of, opened, sealed
from motcua.files.storage import clock, storage
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.work import enqueue

__all__ = [
    "discard_unused", "drop_unused", "from_bytes", "in_use", "keep", "keep_stored", "prepare", "register_references",
    "reseal_store", "sweep_store", "wipe",
]  # fmt: skip

UNUSED_AFTER = timedelta(hours=24)
WIPED_AFTER = timedelta(hours=1)  # longer than any upload takes from its bytes to its row
BATCH = 200

# name -> function giving those of the asked primary keys of StoredFile that something refers to without a foreign key
_references: dict[str, Callable[[list[int]], Iterable[int]]] = {}


def register_references(name: str, used: Callable[[list[int]], Iterable[int]]) -> None:
    """A room that names stored files otherwise than by a foreign key says which are in use. Keys are found anyway."""
    _references[name] = used


def keep(act: Act, upload: Any, *, accept: Iterable[str] | None = None, max_mb: int | None = None) -> dict:
    """Take an uploaded file in: bytes first, then the row, in one short transaction.

    Returns {file: public id, sha256, size, kind, replayed}. Raises the refusals of `errors`.
    """
    return keep_stored(act, content=prepare(upload, accept=accept, max_mb=max_mb))


@action("files.keep")
def keep_stored(act: Act, *, content: dict) -> dict:
    """The row for a content that `prepare` has stored. Within another action call `keep_stored.inside`.

    Returns {file: public id, id: primary key, sha256, size, kind}. `content` never comes from a caller outside.
    """
    row = StoredFile.objects.create(
        sha256=content["sha256"],
        size=content["size"],
        kind=content["kind"],
        name=content["name"],
        checked=bool(content.get("checked")),
        kept_by_id=act.actor.account_id,
        kept_at=act.at,
    )
    facts = {name: content[name] for name in ("sha256", "size", "kind")}
    record(act, "file.kept", f"file:{row.public_id}", facts=facts)
    return {"file": row.public_id, "id": row.pk, **facts}


@action("files.discard_unused")
def discard_unused(act: Act, *, after: int = 0) -> dict:
    """Forget a batch of files recorded more than a day before the act that nothing refers to, beginning behind the
    primary key `after`. Returns {discarded, next: where to go on, None at the end}."""
    rows = StoredFile.objects.filter(recorded_at__lt=act.at - UNUSED_AFTER, pk__gt=after).order_by("pk")[
        :BATCH
    ]
    found = {row.pk: row for row in rows}
    unused = sorted(found.keys() - _used(list(found)))
    for pk in unused:
        record(act, "file.discarded", f"file:{found[pk].public_id}", facts={"sha256": found[pk].sha256})
    StoredFile.objects.filter(pk__in=unused).delete()
    return {"discarded": len(unused), "next": max(found) if len(found) == BATCH else None}


def drop_unused(act: Act, ids: Iterable[int]) -> int:
    """Forget those of these files (primary keys) that nothing refers to any more, at once; call it within an action
    whose room has just let them go. The bytes go as soon as the act stands (`wipe`). Returns how many."""
    wanted = sorted(set(ids))
    unused = sorted(set(wanted) - _used(wanted))
    addresses = set()
    for file in StoredFile.objects.filter(pk__in=unused).order_by("pk"):
        record(act, "file.discarded", f"file:{file.public_id}", facts={"sha256": file.sha256})
        addresses.add(file.sha256)
    StoredFile.objects.filter(pk__in=unused).delete()
    for start in range(0, len(addresses), BATCH):
        batch = sorted(addresses)[start : start + BATCH]
        enqueue("files.wipe", key=f"{act.actor.key}/{act.act_id}"[:100] + f"/{start}", addresses=batch)
    return len(unused)


def wipe(addresses: Iterable[str]) -> list[str]:
    """Delete the bytes of contents that no file names any more, and that nobody handed in within the last hour.

    Returns those that have to wait: handed in just now, they may be about to be named again.
    """
    wanted, store = sorted(set(addresses)), storage()
    before = clock() - WIPED_AFTER.total_seconds()
    unnamed = sorted(set(wanted) - _named(wanted))
    return [address for address in unnamed if not store.drop(address, before)]


def in_use(file: StoredFile) -> bool:
    """Whether something refers to the file: from then on the room that does decides who may read it."""
    return bool(_used([file.pk]))


def _used(ids: list[int]) -> set[int]:
    used: set[int] = set()
    for field in StoredFile._meta.get_fields(include_hidden=True):
        if (
            field.auto_created
            and not field.concrete
            and field.is_relation
            and field.related_model is not None
        ):
            name = field.field.name  # type: ignore[union-attr]
            rows = field.related_model._default_manager.filter(**{f"{name}__in": ids})
            used.update(rows.values_list(name, flat=True))
    for ask in _references.values():
        used.update(ask(ids))
    return used


def sweep_store() -> dict:
    """Lay contents aside that no row names and nobody used for a day; drop what has lain aside for another day.

    Two steps, because an upload may find an old content at the very moment it is swept: laid aside, it is still
    found. Returns {laid_aside, dropped}.
    """
    store, moment = storage(), clock()
    before = moment - UNUSED_AFTER.total_seconds()
    idle = [address for address, used_at in store.addresses() if used_at < before]
    laid_aside = 0
    for start in range(0, len(idle), BATCH):
        batch = idle[start : start + BATCH]
        for address in set(batch) - _named(batch):
            store.let_go(address, moment)
            laid_aside += 1
    waiting = store.laid_aside()
    named = {
        address
        for start in range(0, len(waiting), BATCH)
        for address in _named(waiting[start : start + BATCH])
    }
    return {"laid_aside": laid_aside, "dropped": store.sweep(named, before)}


def reseal_store() -> int:
    """Seal anew, under the active data key, what an older key sealed; after it the older key may be taken away.

    Returns how many. A file is replaced in one step, so that whoever reads it meanwhile reads it whole.
    """
    store, active, moved = storage(), settings.MOTCUA.data_key_active, 0
    for address, _used_at in list(store.addresses()):
        with store.open(address) as source:
            if key_id_of(source) == active:
                continue
            source.seek(0)
            store.put(address, sealed(opened(source, address), address))
            moved += 1
    return moved


def _named(addresses: list[str]) -> set[str]:
    return set(StoredFile.objects.filter(sha256__in=addresses).values_list("sha256", flat=True))
