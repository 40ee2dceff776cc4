"""Which papers does this person need?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.kernel.conditions import Condition, parse
from motcua.kernel.text import Bilingual, slug

PAPER_TYPES = ("original", "certified_copy", "copy", "present_only", "electronic")
# The generic declaration asks which of the described cases apply; the answer holds keys of papers.
CASES_FIELD = "paper_cases"

_ALWAYS = Bilingual("Ai làm thủ tục này cũng cần.", "Everybody who files this needs it.")
_OPTIONAL = Bilingual("Không bắt buộc. Có thì nộp kèm.", "Not required. Add it if you have it.")
_BECAUSE = Bilingual("Cần vì {}.", "Needed because {}.")
_APPLIES = Bilingual("Bạn có thể cần, vì {}.", "You may need it, because {}.")
_ONLY_IF = Bilingual("Chỉ bắt buộc nếu {}.", "Required only if {}.")
_CASE_CHOSEN = Bilingual("Cần vì bạn đã chọn trường hợp: {}", "Needed because you chose this case: {}")
_CASE = Bilingual("Tùy trường hợp: {}", "It depends on the case: {}")


@dataclass(frozen=True)
class PaperNeed:
    """A paper of this dossier. `why` is a sentence; `condition` the pack's own words about the case, if any.

    `reusable_from` names the register that may make the paper unnecessary; `source` is the legal source.
    """

    key: str
    name: Bilingual
    type: str
    quantity: int
    required: bool
    why: Bilingual
    condition: Bilingual = Bilingual("")
    reusable_from: str | None = None
    source: str | None = None


def paper_key(paper: Mapping[str, Any], place: int = 0) -> str:
    """The key of a paper row: its own, else made from its name."""
    return str(
        paper.get("key") or slug(str(paper.get("name_vi") or ""))[:60].strip("-") or f"paper-{place + 1}"
    )


def required_papers(
    papers: Iterable[Mapping[str, Any]],
    answers: Mapping[str, Any],
    today: date,
    labels: Mapping[str, Any] | None = None,
) -> list[PaperNeed]:
    """The papers that concern these answers, required or optional, and why.

    A paper whose `when` is false is left out. `required` is a flag or a condition and true when absent; but a
    paper that only describes its case in words (`condition`, without `when`) is optional until the person
    says that the case applies. `answers` should be those of asked fields (`asked_answers`) and may hold names
    from outside the form, such as `channel`; `labels` are those of the declaration. Raises `ConditionError`
    for a condition that cannot be read, which the check of packs keeps away.
    """
    needs = []
    for place, paper in enumerate(papers):
        when = _condition(paper.get("when"))
        if when is None or when.holds(answers, today):
            needs.append(_need(paper, paper_key(paper, place), when, answers, today, labels or {}))
    return needs


def _need(
    paper: Mapping[str, Any],
    key: str,
    when: Condition | None,
    answers: Mapping[str, Any],
    today: date,
    labels: Mapping[str, Any],
) -> PaperNeed:
    case = Bilingual(str(paper.get("condition") or ""), str(paper.get("condition_en") or ""))
    required, why = _judged(paper, key, when, case, answers, today, labels)
    return PaperNeed(
        key=key,
        name=Bilingual(str(paper.get("name_vi") or key), str(paper.get("name_en") or "")),
        type=str(paper.get("type") or "copy"),
        quantity=paper["quantity"] if isinstance(paper.get("quantity"), int) else 1,
        required=required,
        why=why,
        condition=case,
        reusable_from=paper.get("reusable_from"),
        source=paper.get("source"),
    )


def _judged(
    paper: Mapping[str, Any],
    key: str,
    when: Condition | None,
    case: Bilingual,
    answers: Mapping[str, Any],
    today: date,
    labels: Mapping[str, Any],
) -> tuple[bool, Bilingual]:
    asked = paper.get("required")
    if isinstance(asked, str):
        condition = _condition(asked)
        if condition is not None and condition.holds(answers, today):
            return True, _said(_BECAUSE, (condition,), labels)
        return False, _said(_ONLY_IF, (condition,), labels) if condition is not None else _OPTIONAL
    if asked is False:
        if case:
            return False, _with(_CASE, case)
        return False, _said(_APPLIES, (when,), labels) if when is not None else _OPTIONAL
    if when is not None:
        return True, _said(_BECAUSE, (when,), labels)
    if case and asked is None:
        chosen = answers.get(CASES_FIELD)
        applies = isinstance(chosen, list | tuple) and key in chosen
        return applies, _with(_CASE_CHOSEN if applies else _CASE, case)
    return True, _ALWAYS


def _condition(text: Any) -> Condition | None:
    if isinstance(text, Condition):
        return text
    if not isinstance(text, str) or not text.strip():
        return None
    return parse(text)


def _said(template: Bilingual, conditions: Sequence[Condition], labels: Mapping[str, Any]) -> Bilingual:
    return Bilingual(
        template.vi.format(conditions[0].sentence(labels, "vi")),
        template.en.format(conditions[0].sentence(labels, "en")),
    )


def _with(template: Bilingual, text: Bilingual) -> Bilingual:
    return Bilingual(_sentence(template.vi.format(text.vi)), _sentence(template.en.format(text.say("en"))))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "…", "!", "?")) else f"{text}."
