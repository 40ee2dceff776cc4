"""What we say in a chat channel: written in the transaction of what it answers, sent by the worker.

A message that the channel may or may not have taken is sent again: said twice is better than not at all.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.foundation.work import enqueue
from motcua.helpline import rules
from motcua.helpline.models import ChannelToken, Guest, Heard, Outgoing
from motcua.helpline.zalo.offers import Channel, ChannelProblem

NAME = "zalo"
SENT_AT_ONCE = 50
KEPT = timedelta(hours=48)  # ids of messages: longer than the channel sends them again
GUESTS_KEPT = timedelta(days=30)  # who has not written since begins anew
log = structlog.get_logger(__name__)


def put_out(guest: str, user: str, text: str, key: str, at: datetime) -> None:
    """Put a text into the outbox, in as many messages as the channel needs. The same `key` again puts in nothing. Call
    it in the transaction of what is answered."""
    rows = [
        Outgoing(key=f"{key}:{number}"[:120], guest=guest, to=user, text=part, at=at, next_at=at)
        for number, part in enumerate(rules.parts(text), 1)
    ]
    if rows:
        Outgoing.objects.bulk_create(rows, ignore_conflicts=True)
        enqueue("helpline.send", key=rows[0].key)


def tell_guest(conversation: str, number: int, said: str, at: datetime) -> None:
    """What an officer wrote goes to the guest of the conversation, if there is one and she is owed an answer. Call it
    in the transaction of her act."""
    guest = Guest.objects.filter(conversation__public_id=conversation).filter(reach__isnull=False).first()
    if guest is not None:
        with override("vi"):
            text = _("Cán bộ trả lời: {text}").format(text=said)
        put_out(guest.key, guest.reach, text, f"turn:{conversation}:{number}", at)


def owe_nothing(conversation: str) -> None:
    """No person answers any more: the id of the guest is forgotten."""
    Guest.objects.filter(conversation__public_id=conversation).filter(reach__isnull=False).update(reach=None)


def send_waiting(channel: Channel, at: datetime) -> int:
    """Send what waits, to each guest in its order; returns how many were taken. Not in a transaction: it waits for the
    network. What fails is tried again later, and given up after some hours."""
    sent, held = 0, set()
    rows = Outgoing.objects.filter(state=Outgoing.State.WAITING).order_by("pk")
    for row in rows.filter(next_at__lte=at)[:SENT_AT_ONCE]:
        earlier = rows.filter(guest=row.guest, pk__lt=row.pk)
        if row.guest in held or earlier.exists():
            continue
        # A row is claimed by moving its next try: another worker that read it too finds it moved.
        wait = rules.try_again_after(row.tries + 1)
        claim = {"tries": row.tries + 1, "next_at": at + (wait or timedelta(0))}
        if not rows.filter(pk=row.pk, tries=row.tries).update(**claim):
            continue
        try:
            _send(channel, row, at)
        except ChannelProblem as problem:
            held.add(row.guest)
            log.warning("helpline.send", problem=problem.code, tries=row.tries + 1)
            if wait is None:
                Outgoing.objects.filter(pk=row.pk).update(state=Outgoing.State.FAILED, to="", text="")
            continue
        done = {"state": Outgoing.State.SENT, "to": "", "text": "", "sent_at": at}
        Outgoing.objects.filter(pk=row.pk).update(**done)
        sent += 1
    return sent


def next_try() -> datetime | None:
    """When the next message is due, None when none waits."""
    rows = Outgoing.objects.filter(state=Outgoing.State.WAITING).order_by("next_at")
    return rows.values_list("next_at", flat=True).first()


def _send(channel: Channel, row: Outgoing, at: datetime) -> None:
    try:
        channel.send(_access(channel, at), row.to, row.text)
    except ChannelProblem as problem:
        if problem.code != "token":
            raise
        channel.send(_access(channel, at, anew=True), row.to, row.text)


def _access(channel: Channel, at: datetime, *, anew: bool = False) -> str:
    """The token of the moment, renewed when it is over. Each renewal makes the one before worthless, so the new pair is
    kept before it is used."""
    known = ChannelToken.objects.filter(channel=NAME).first()
    if known and known.access and not anew and known.expires_at > at:
        return known.access
    refresh = known.refresh if known and known.refresh else settings.MOTCUA.zalo_refresh_token
    try:
        fresh = channel.renew(refresh)
    except ChannelProblem:
        again = ChannelToken.objects.filter(channel=NAME).first()
        if again and again.refresh and again.refresh != refresh:
            return again.access  # another worker renewed it meanwhile
        raise
    over = at + timedelta(seconds=max(60, fresh.seconds - 120))
    values = {"access": fresh.access, "refresh": fresh.refresh, "expires_at": over}
    ChannelToken.objects.update_or_create(channel=NAME, defaults=values)
    return fresh.access


def forget(at: datetime) -> None:
    """Forget ids of messages, guests who have not written for long, and what was sent. Call it in a transaction."""
    Heard.objects.filter(at__lt=at - KEPT).delete()
    Outgoing.objects.filter(at__lt=at - KEPT).exclude(state=Outgoing.State.WAITING).delete()
    Guest.objects.filter(conversation=None).filter(reach__isnull=False).update(
        reach=None
    )  # her conversation was erased
    Guest.objects.filter(last_at__lt=at - GUESTS_KEPT, reach__isnull=True).delete()
