"""What changed for the applicant from one version of a procedure to another: questions, papers, fees, the limit.

Plain comparison of two documents; the words around it are the pages'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from motcua.catalogue.rules.parts import Fee, Paper
from motcua.catalogue.rules.view import ProcedureView
from motcua.kernel import clock, forms
from motcua.kernel.money import dong
from motcua.kernel.text import Bilingual

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
QUESTION, PAPER, FEE, LIMIT = "question", "paper", "fee", "limit"
# What of a question or a paper may change: attribute of its object -> the name under which it is told.
_QUESTION = {
    "label": "words", "help": "words", "type": "type", "options": "options", "columns": "options",
    "required": "required", "when": "when", "min": "bounds", "max": "bounds", "pattern": "bounds",
    "check": "bounds",
}  # fmt: skip
_PAPER = {
    "name": "words", "condition": "when", "type": "type", "quantity": "quantity", "required": "required",
    "when": "when", "accept": "type", "max_mb": "bounds",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise now. `what` is a question, paper, fee or the limit, `how` added, removed or changed.

    `parts` names what of it changed; `before` and `after` are the old and new value where there is a short one.
    """

    what: str
    how: str
    name: Bilingual
    parts: tuple[str, ...] = ()
    before: Bilingual = Bilingual("")
    after: Bilingual = Bilingual("")


def changes(old: ProcedureView, new: ProcedureView) -> tuple[Change, ...]:
    """Everything that is otherwise for an applicant in `new` than in `old`: limit, questions, papers, fees in turn."""
    if old.hash and old.hash == new.hash:
        return ()
    return (*_limit(old, new), *_questions(old, new), *_papers(old, new), *_fees(old, new))


def _limit(old: ProcedureView, new: ProcedureView) -> Iterator[Change]:
    if old.limit != new.limit:
        name = Bilingual("Thời hạn giải quyết", "Time limit")
        yield Change(LIMIT, CHANGED, name, before=_said_limit(old), after=_said_limit(new))


def _said_limit(view: ProcedureView) -> Bilingual:
    return Bilingual(clock.say_limit(view.limit, "vi"), clock.say_limit(view.limit, "en"))


def _questions(old: ProcedureView, new: ProcedureView) -> Iterator[Change]:
    before = {one.id: _asked(old, one) for one in old.declaration.fields if one.type != "note"}
    after = {one.id: _asked(new, one) for one in new.declaration.fields if one.type != "note"}
    yield from _compared(QUESTION, before, after, lambda one: one.label, _QUESTION)


def _asked(view: ProcedureView, one: forms.Field) -> forms.Field:
    """The question with the condition of its section told as its own: for whom it is asked is what counts."""
    section = view.declaration.section_of(one.id)
    both = tuple(each for each in (section.when if section else None, one.when) if each is not None)
    return replace(one, when=both or None)  # type: ignore[arg-type]  compared, never evaluated


def _papers(old: ProcedureView, new: ProcedureView) -> Iterator[Change]:
    before, after = ({paper.key: paper for paper in view.papers} for view in (old, new))
    yield from _compared(PAPER, before, after, lambda paper: paper.name, _PAPER)


def _compared(
    what: str,
    before: dict[str, Any],
    after: dict[str, Any],
    named: Callable[[Any], Bilingual],
    attributes: dict[str, str],
) -> Iterator[Change]:
    for key, one in after.items():
        if key not in before:
            yield Change(what, ADDED, named(one))
        elif parts := _parts(before[key], one, attributes):
            yield Change(what, CHANGED, named(one), parts)
    for key, one in before.items():
        if key not in after:
            yield Change(what, REMOVED, named(one))


def _parts(old: forms.Field | Paper, new: forms.Field | Paper, attributes: dict[str, str]) -> tuple[str, ...]:
    differing = (told for name, told in attributes.items() if getattr(old, name) != getattr(new, name))
    return tuple(dict.fromkeys(differing))


def _fees(old: ProcedureView, new: ProcedureView) -> Iterator[Change]:
    before, after = ({fee.key: fee for fee in view.fees} for view in (old, new))
    for key in _keys(after, before):
        one, other = before.get(key), after.get(key)
        shown = other or one
        if one is None or other is None or _charge(one) != _charge(other):
            how = ADDED if one is None else REMOVED if other is None else CHANGED
            yield Change(FEE, how, shown.name, before=_amounts(one), after=_amounts(other))


def _keys(*tables: Iterable[str]) -> Sequence[str]:
    return list(dict.fromkeys(key for table in tables for key in table))


def _charge(fee: Fee) -> tuple:
    return fee.amount, fee.online_amount, fee.when, fee.per


def _amounts(fee: Fee | None) -> Bilingual:
    """The amount, and the one for an online filing where it differs; "" where the pack knows none."""
    if fee is None or fee.amount is None:
        return Bilingual("")
    if fee.online_amount is None or fee.online_amount == fee.amount:
        return Bilingual(dong(fee.amount), dong(fee.amount, "en"))
    return Bilingual(
        f"{dong(fee.amount)}, nộp trực tuyến {dong(fee.online_amount)}",
        f"{dong(fee.amount, 'en')}, online {dong(fee.online_amount, 'en')}",
    )
