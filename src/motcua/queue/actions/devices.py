"""Devices: who keeps an agency hands out a link, and closes the device when it is lost or replaced."""

from __future__ import annotations

from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.kernel.text import clean_text
from motcua.queue import queries
from motcua.queue.errors import DeviceIncomplete, DeviceUnknown
from motcua.queue.models import Device
from motcua.queue.rules import KIOSK, SCREEN

NAME_MIN, NAME_MAX = 2, 60
TOKEN_MIN = 24


@action("queue.open_device")
def open_device(act: Act, *, agency: str, kind: str, name: str, token: str, prints: bool = False) -> dict:
    """Let a kiosk or screen of an agency (its code) in by a random `token` that the face made; only its hash is kept.

    Raises NoSuchPlace, DeviceIncomplete.
    """
    office = queries.place(act.actor, "keep", agency, local_date(act.at))
    said = " ".join(clean_text(name).split())
    if kind not in (KIOSK, SCREEN) or not NAME_MIN <= len(said) <= NAME_MAX or len(token) < TOKEN_MIN:
        raise DeviceIncomplete()
    row = Device.objects.create(
        agency_id=office.id,
        kind=kind,
        name=said,
        token_hash=queries.token_hash(token),
        prints=prints and kind == KIOSK,
        opened_at=act.at,
    )
    record(act, "device.opened", row.subject, facts={"agency": office.id, "kind": kind, "prints": row.prints})
    return {"device": row.public_id, "kind": kind}


@action("queue.close_device")
def close_device(act: Act, *, device: str) -> dict:
    """Its link opens nothing any more. Raises DeviceUnknown."""
    rows = queries.devices_visible_to(act.actor).select_for_update().filter(closed_at=None)
    row = rows.filter(public_id=device).first() if device.isalnum() else None
    if row is None:
        raise DeviceUnknown()
    row.closed_at = act.at
    row.save(update_fields=["closed_at"])
    record(act, "device.closed", row.subject)
    return {"device": row.public_id}
