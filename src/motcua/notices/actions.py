"""Putting notices and messages in. Called within the act's transaction or by a handler; both bear repetition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from motcua.foundation.acts import Act
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


def mark_read(holders: Iterable[str], *, at: datetime) -> int:
    """Everything for these holders has been seen; answers how many were new."""
    return Notice.objects.filter(holder__in=list(holders), read_at=None).update(read_at=at)
