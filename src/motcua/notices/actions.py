"""Putting notices and messages in. Called within the act's transaction or by a handler; both bear repetition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from motcua.accounts import queries as accounts
from motcua.foundation.actors import Actor
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.models import JournalLine
from motcua.kernel.text import without_marks
from motcua.notices.models import Message, Notice


def tell(holders: Iterable[str], *, kind: str, subject: str, seq: int, at: datetime, params: dict) -> None:
    """One notice for each holder about one journal line; the same line told twice is told once."""
    Notice.objects.bulk_create(
        [
            Notice(holder=h, kind=kind, subject=subject, seq=seq, params=params, at=at)
            for h in sorted(set(holders))
        ],
        ignore_conflicts=True,
    )


def send_text(
    *,
    to: str,
    text: str,
    purpose: str,
    subject: str,
    seq: int,
    at: datetime,
    valid_minutes: int | None = None,
) -> None:
    """A message to a phone. Marks are left off: a toned text costs two messages (UCS-2), a plain one costs one."""
    Message.objects.bulk_create(
        [
            Message(
                to=to,
                text=without_marks(text),
                purpose=purpose,
                subject=subject,
                seq=seq,
                at=at,
                valid_until=at + timedelta(minutes=valid_minutes) if valid_minutes else None,
            )
        ],
        ignore_conflicts=True,
    )


def send_code(act: Act, *, line: JournalLine, phone: str, code: str, purpose: str, minutes: int) -> None:
    """A one-time code in words that say what reading it out means."""
    text = (
        f"Mã đồng ý nộp hồ sơ: {code}. Chỉ đọc mã này cho người đang giúp bạn nộp hồ sơ, nếu bạn đồng ý. "
        f"Mã có hiệu lực {minutes} phút."
    )
    send_text(
        to=phone,
        text=text,
        purpose=purpose,
        subject=line.chain,
        seq=line.seq,
        at=act.at,
        valid_minutes=minutes,
    )


def forget(act: Act, subject: str) -> int:
    """What was told about a subject that is erased goes, texts to phones too; within that act. Returns how many."""
    told = Notice.objects.filter(subject=subject).delete()[0]
    return told + Message.objects.filter(subject=subject).delete()[0]


def own_holders(actor: Actor) -> list[str]:
    """The holder keys whose notices are the actor's own: her account's and her person's."""
    return sorted(holder for holder in actor.holders if holder.startswith(("account:", "party:")))


@action("notices.mark_read")
def mark_read(act: Act) -> dict:
    """Everything told to the actor so far has been seen. Answers {read: how many were new}.

    One line in the chain of her account, when something was new: that somebody was told, and since when she knows,
    decides about limits for answering.
    """
    new = Notice.objects.filter(holder__in=own_holders(act.actor), read_at=None)
    newest = new.order_by("-pk").values_list("public_id", flat=True).first()
    read = new.update(read_at=act.at) if newest else 0
    account = accounts.account_by_id(act.actor.account_id) if read and act.actor.account_id else None
    if account is not None:
        facts = {"read": read, "newest": newest}
        record(act, "account.notices_read", f"account:{account.public_id}", facts=facts)
    return {"read": read}
