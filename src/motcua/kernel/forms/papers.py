"""Which papers does this person need?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.kernel.conditions import Condition, parse
from motcua.kernel.text import Bilingual, fold, slug

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


# Folded words of what tells how to file, what need not be filed or how a paper must look: no case of a person.
_WAYS = (
    "nop", "in tu", "khai thac", "xuat trinh", "ghi", "neu", "theo huong dan", "theo quy dinh", "theo nhom",
    "theo luat", "mot trong", "ban chinh", "ban dien tu", "du lieu dien tu", "kem", "hoac", "cap chua qua",
    "cap khong qua", "con gia tri", "hai ben co the", "mang", "thu dien tu", "do uy ban", "do ubnd", "khong co thi",
    "chung cu", "tru", "khong phai nop", "khong phai chung thuc", "khong nop", "khong can", "khong bat buoc",
    "khong yeu cau", "chi khi khong", "chi khi csdl", "chi khi chua co", "chi nop", "chi xuat", "co quan tu", "mien",
    "gui",
    "neu ten", "co the phai", "giay to nuoc ngoai", "giay phep", "to chuc lap", "quy mo",
)  # fmt: skip
_NO_CASE = re.compile(rf"({'|'.join(_WAYS)})\b|.*(: (mau|tk|ban sao)|tra cuu)")
_TAX = re.compile(r"(khong phai )?nop thue")  # who pays which tax is somebody's case


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

    @property
    def beside(self) -> Bilingual:
        """What the pack says besides `why`: nothing where its words are the case that `why` tells already."""
        told = self.condition.vi
        return Bilingual("") if told.rstrip(".") in self.why.vi or case_of(told) else self.condition


def paper_key(paper: Mapping[str, Any], place: int = 0) -> str:
    """The key of a paper row: its own, else made from its name."""
    return str(
        paper.get("key") or slug(str(paper.get("name_vi") or ""))[:60].strip("-") or f"paper-{place + 1}"
    )


def case_of(condition: str) -> str:
    """The case of a person that a paper's or fee's words tell ("Trẻ bị bỏ rơi; nộp bản chính" tells "Trẻ bị bỏ rơi"),
    "" where they tell only how to file, what may be looked up, or how the paper must look.
    """
    parts = (part.strip() for part in condition.split(";"))
    return "; ".join(part for part in parts if part and _is_case(fold(part)))


def _is_case(part: str) -> bool:
    return _TAX.match(part) is not None or _NO_CASE.match(part) is None


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
    papers = list(papers)
    chosen = _chosen_cases(papers, answers)
    answers = {**answers, CASES_FIELD: chosen} if chosen else answers
    for place, paper in enumerate(papers):
        when = _condition(paper.get("when"))
        if when is None or when.holds(answers, today):
            needs.append(_need(paper, paper_key(paper, place), when, answers, today, labels or {}))
    return needs


def _chosen_cases(papers: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]) -> list[str]:
    """The keys of all papers whose case was chosen: a case is asked for once, whatever it needs."""
    said = answers.get(CASES_FIELD)
    if not isinstance(said, list | tuple):
        return []
    keys = [
        (paper_key(paper, place), case_of(str(paper.get("condition") or "")))
        for place, paper in enumerate(papers)
    ]
    cases = {case for key, case in keys if key in said and case}
    return [*said, *(key for key, case in keys if case in cases and key not in said)]


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
