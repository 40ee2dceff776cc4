"""What a change does to fees: both sums from the same answers, computed where a fee changes and dropped at once.

Only the answers that a fee needs are taken out of a dossier (how many pages, which case), never who it is about. Where
the sum by the rules of its version is not the one that stands in the dossier, it is counted as uncertain, not guessed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import ProcedureView
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import History
from motcua.foundation.time import local_date
from motcua.kernel.conditions import Condition, ConditionError, parse
from motcua.kernel.money import CASES_FIELD
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
        versions = {history.version for history in held.values()}
        for version in sorted(versions):
            keys = [key for key, history in held.items() if history.version == version]
            names = needed(catalogue.view_of(version)) | needed(self.laws.view(version))
            for key, answers in dossiers.answers_named(keys, names):
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


def needed(view: ProcedureView) -> set[str]:
    """The names of the answers that the fees of a procedure rest on: what they ask and count, and what decides whether
    that is asked at all."""
    fields = {field.id: field for field in view.declaration.fields}
    waiting = [CASES_FIELD, *(str(row["count"]) for row in view.fee_rows if row.get("count"))]
    for row in view.fee_rows:
        if row.get("when"):
            waiting += parse(str(row["when"])).names()
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found or name not in fields:
            continue
        found.add(name)
        when = fields[name].when
        waiting += when.names() if isinstance(when, Condition) else ()
        waiting += [
            n for s in view.declaration.sections if name in {f.id for f in s.fields} for n in _asked(s)
        ]
    return found


def _asked(section: Any) -> frozenset[str]:
    when = getattr(section, "when", None)
    return when.names() if isinstance(when, Condition) else frozenset()
