"""One line in each of many chains by one act: the same lines as `record` writes, in a handful of statements.

For acts that concern thousands of subjects at once (a reorganisation). No personal values: those go one by one.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from motcua.foundation.acts import Act
from motcua.foundation.journal.write import next_line
from motcua.foundation.models import JournalHead, JournalLine
from motcua.foundation.time import now

BATCH = 500


def record_many(act: Act, verb: str, entries: Sequence[tuple[str, dict]]) -> list[JournalLine]:
    """Add a line with `facts` to the chain of each subject; `entries` are (subject, facts), each subject once.

    Returns the lines in the order of `entries`. Raises RuntimeError outside a transaction, ValueError for a subject
    named twice: its second line would follow a head that is not written yet.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a journal line is written in the transaction of its change")
    subjects = [subject for subject, _facts in entries]
    if len(set(subjects)) != len(subjects):
        raise ValueError("a subject stands once in a batch of journal lines")
    heads = _heads(subjects)
    moment = now()
    lines = [
        next_line(act, verb, subject, heads.get(subject), at=moment, facts=facts, personal={})
        for subject, facts in entries
    ]
    JournalLine.objects.bulk_create(lines, batch_size=BATCH)
    JournalHead.objects.bulk_create(
        [JournalHead(chain=line.chain, count=line.seq, hash=line.hash) for line in lines],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["chain"],
        update_fields=["count", "hash"],
    )
    return lines


def _heads(subjects: Sequence[str]) -> dict[str, JournalHead]:
    """The heads of these chains under lock, taken in one order so that two batches never wait for each other."""
    found: dict[str, JournalHead] = {}
    for first in range(0, len(subjects), BATCH):
        some = sorted(subjects)[first : first + BATCH]
        rows = JournalHead.objects.select_for_update().filter(chain__in=some).order_by("chain")
        found.update((head.chain, head) for head in rows)
    return found
