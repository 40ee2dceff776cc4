"""What a change does to fees: both sums from the same answers, computed where a fee changes and dropped at once.

Only answers that are kept open are looked at; sealed ones, which are about a person, stay sealed. Where a fee rests on
one of them, the sum by today's rules is not the one that stands in the dossier: such dossiers are counted, not guessed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import History
from motcua.foundation.time import local_date
from motcua.kernel.conditions import ConditionError
from motcua.rehearsal.change import ChangeWrong
from motcua.rehearsal.laws import Laws

BATCH = 500


class Fees:
    """Sums of one rehearsal."""

    def __init__(self, laws: Laws) -> None:
        self.laws = laws
        self.waiting: dict[int, History] = {}
        self.before = self.after = self.counted = self.changed = self.uncertain = 0
        self.by_procedure: dict[str, int] = defaultdict(int)
        self._touched: dict[int, bool] = {}

    def note(self, history: History) -> None:
        """Count this dossier, if the change touches a fee of its procedure."""
        if self._touches(history.version):
            self.waiting[history.key] = history
            if len(self.waiting) >= BATCH:
                self._count()

    def told(self) -> dict[str, Any]:
        """The sums in đồng: over dossiers whose sum by today's rules is the one that stands in them."""
        self._count()
        return {
            "dossiers": self.counted,
            "before": self.before,
            "after": self.after,
            "changed": self.changed,
            "uncertain": self.uncertain,
            "by_procedure": dict(sorted(self.by_procedure.items())),
        }

    def _touches(self, version: int) -> bool:
        if version not in self._touched:
            was, would = catalogue.view_of(version), self.laws.view(version)
            self._touched[version] = was is not would and (
                was.fee_rows != would.fee_rows or was.body.get("fee_rules") != would.body.get("fee_rules")
            )
        return self._touched[version]

    def _count(self) -> None:
        held, self.waiting = self.waiting, {}
        standing = dossiers.sums_standing(held)
        for key, answers in dossiers.open_answers(held):
            self._one(held[key], answers, standing.get(key))

    def _one(self, history: History, answers: dict[str, Any], standing: int | None) -> None:
        was, would = catalogue.view_of(history.version), self.laws.view(history.version)
        day = local_date(history.submitted_at or history.received_at)
        try:
            before = dossiers.fees_shown(was, answers, day, history.channel)
            after = dossiers.fees_shown(would, answers, day, history.channel)
        except (ConditionError, ValueError, KeyError, TypeError) as problem:
            raise ChangeWrong(f"procedures/{was.slug}: fees", str(problem), str(problem)) from problem
        owed = sum(line.payable or 0 for line in before.owed if line.known)
        would_owe = sum(line.payable or 0 for line in after.owed if line.known)
        if standing != owed or any(not line.known for line in (*before.owed, *after.owed)):
            self.uncertain += 1
            return
        self.counted += 1
        self.before += owed
        self.after += would_owe
        self.changed += owed != would_owe
        self.by_procedure[was.slug] += would_owe - owed
