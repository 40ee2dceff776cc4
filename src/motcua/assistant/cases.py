"""Whose case is it: what she has said already, and what must still be asked before the papers, the fee and the office
are those of her case. Only fields of the declaration that decide something are asked, at most three, one at a time.

Part of the door `queries`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from motcua.agencies import queries as agencies
from motcua.agencies.rules import AreaView
from motcua.assistant.knowledge import Knowledge
from motcua.assistant.rules import Asked, Choice, Context, Source
from motcua.assistant.rules.normal import Asked as Question
from motcua.assistant.rules.normal import terms
from motcua.assistant.telling import Case
from motcua.kernel import forms
from motcua.kernel.conditions import Call, Compare, Condition, Value
from motcua.kernel.forms import Field

QUESTIONS_MOST = 3
OPTIONS_MOST = 8  # a longer list is no question for a talk
PLACE = "place"
PROCEDURE = "procedure"
SKIP = "?"  # the value of "I do not know"
YES, NO = "yes", "no"
BEFORE_PLACE = frozenset(
    ("phuong", "xa", "thi", "tran", "o", "tai", "ve", "khu", "quan", "huyen", "tp", "pho", "tinh")
)


# What she has said -------------------------------------------------------------------------------------------------


def said(knowledge: Knowledge, question: Question, context: Context, slug: str) -> dict[str, Any]:
    """The answers to questions of the declaration of `slug` that the question's own words give."""
    view = knowledge.views.get(slug)
    if view is None:
        return {}
    found: dict[str, Any] = {}
    covered: dict[str, int] = {}
    for heard in knowledge.cases.heard(question):
        word = heard.means
        if word.procedure not in ("", slug) or covered.get(word.field, 0) >= heard.words:
            continue
        entry = view.declaration.by_id.get(word.field)
        if entry is not None and _fits(entry[1], word.value):
            found[word.field] = word.value
            covered[word.field] = heard.words
    return found


def _fits(field: Field, value: Any) -> bool:
    if field.type == "yes_no":
        return isinstance(value, bool)
    return field.option(value) is not None


def picked(case: Case, context: Context, value: str) -> Context | None:
    """The context after a choice was picked in answer to what was asked; None where it answers nothing that was."""
    key = context.asked
    if not key:
        return None
    if value == SKIP:
        return _with(context, skipped=(*context.skipped, key))
    if key == PLACE:
        return _with(context, area=value) if agencies.area(value, case.day) is not None else None
    known = answer(case, key, value)
    return None if known is None else _with(context, answers={**context.answers, key: known})


def _with(context: Context, **changes: Any) -> Context:
    data = context.to_data() | {"asked": ""}
    data |= {name: list(value) if isinstance(value, tuple) else value for name, value in changes.items()}
    return Context.from_data(data)


def answer(case: Case, key: str, value: str) -> Any:
    """The value of a declaration's field (or of a question on days passed) for a choice; None for none of them."""
    field_id, days = _since(key)
    entry = case.view.declaration.by_id.get(field_id)
    if entry is None:
        return None
    if days is not None or entry[1].type == "yes_no":
        return {YES: True, NO: False}.get(value)
    option = entry[1].option(value)
    return option.value if option else None


def typed(case: Case, context: Context, question: Question) -> str:
    """The choice that typed words name, in answer to what was asked; "" for none."""
    asked = question_for(case, context.asked)
    if asked is None:
        return ""
    folded = " ".join(question.folded)
    if any(folded.startswith(each) for each in ("khong biet", "khong ro", "chua biet", "chua ro", "bo qua")):
        return SKIP
    if asked.kind == PLACE:
        found = places(question, case.day, anywhere=True)
        return found[0].code if len(found) == 1 else ""
    values = {choice.value for choice in asked.options}
    if {YES, NO} <= values:
        if question.folded[:1] in (("khong",), ("chua",), ("ko",), ("no",)):
            return NO
        if question.folded[:1] in (("co",), ("roi",), ("da",), ("dung",), ("vang",), ("yes",), ("u",)):
            return YES
    spoken = set(question.folded)
    scored = [(len(spoken & set(terms(choice.label))), choice.value) for choice in asked.options]
    best = max(scored, default=(0, ""))
    alone = sum(score == best[0] for score, _value in scored) == 1
    return best[1] if best[0] >= 1 and alone and len(spoken) <= 12 else ""


def places(question: Question, day: date, *, anywhere: bool = False) -> list[AreaView]:
    """The wards and communes that a question names: after "phường", "xã", "ở", … or, `anywhere`, standing alone."""
    names = _communes(day)
    words = question.folded
    for length in range(min(5, len(words)), 0, -1):
        for begin in range(len(words) - length + 1):
            led = begin > 0 and words[begin - 1] in BEFORE_PLACE
            if not led and not anywhere:
                continue
            found = names.get(" ".join(words[begin : begin + length]))
            if found:
                return _narrowed(found, question, day)
    return []


def _narrowed(found: list[AreaView], question: Question, day: date) -> list[AreaView]:
    """Of several of one name those in the province that is named too."""
    if len(found) == 1:
        return found
    line = question.line
    kept = [
        each
        for each in found
        if any(
            f" {' '.join(terms(_bare(area.name_vi)))} " in line
            for code in agencies.area_chain(each.code, day)
            if (area := agencies.area(code, day)) is not None
        )
    ]
    return kept or found


def _communes(day: date) -> dict[str, list[AreaView]]:
    found: dict[str, list[AreaView]] = {}
    for area in agencies.communes(day):
        found.setdefault(" ".join(terms(_bare(area.name_vi))), []).append(area)
    return found


def _bare(name: str) -> str:
    """A name without what it is: "Phường Hà Tu" is "Hà Tu"."""
    for kind in (
        "Phường ",
        "Xã ",
        "Thị trấn ",
        "Đặc khu ",
        "Thành phố ",
        "Tỉnh ",
        "phường ",
        "xã ",
        "tỉnh ",
        "thành phố ",
    ):
        if name.startswith(kind):
            return name[len(kind) :]
    return name


# What must be asked ------------------------------------------------------------------------------------------------


def case_answers(case: Case, context: Context) -> dict[str, Any]:
    """The answers as conditions see them: what was said of days that passed stands for a day that far back."""
    found: dict[str, Any] = {}
    for key, value in context.answers.items():
        field_id, days = _since(key)
        if days is None:
            found[field_id] = value
        else:
            found[field_id] = (case.day - timedelta(days=days + 1 if value else max(days - 1, 0))).isoformat()
    return found


def prefill(context: Context) -> dict[str, Any]:
    """The answers that the declaration can be opened with: those that she gave as such."""
    return {key: value for key, value in context.answers.items() if _since(key)[1] is None}


def next_question(knowledge: Knowledge, case: Case, context: Context) -> Asked | None:
    """What to ask next, or None when nothing is left that decides anything, or enough was asked."""
    if context.asked_count >= QUESTIONS_MOST or case.view.status != "active":
        return None
    for key in _order(knowledge, case, context):
        asked = question_for(case, key)
        if asked is not None:
            return asked
    return None


def _order(knowledge: Knowledge, case: Case, context: Context) -> Iterator[str]:
    """The keys that may be asked, those that the editors put first in front."""
    done = {*context.answers, *context.skipped} | ({PLACE} if context.area else set())
    shown = forms.visible(case.view.declaration, dict(case.answers), case.day)
    deciding = _deciding(case)
    first = knowledge.questions.get(case.view.slug)
    usual = [PLACE, *deciding] if case.view.level in ("commune", "both") else list(deciding)
    wanted = [*first, *(key for key in deciding if key not in first)] if first else usual
    for key in dict.fromkeys(wanted):
        field_id = _since(key)[0]
        if key in done or (key != PLACE and field_id not in shown):
            continue
        if key == PLACE or key in deciding:
            yield key
        else:
            yield from (each for each in deciding if _since(each)[0] == key and each not in done)


def _deciding(case: Case) -> list[str]:
    """The fields on which a paper or a fee turns, and the days that a fee counts, in the order of the declaration."""
    conditions: list[Condition] = []
    for paper in case.view.papers:
        conditions += [each for each in (paper.when, paper.required) if isinstance(each, Condition)]
    conditions += [fee.when for fee in case.view.fees if isinstance(fee.when, Condition)]
    found = {name for condition in conditions for name in condition.names()}
    order = [field.id for field in case.view.declaration.fields if field.id in found]
    since: dict[str, str] = {}
    for condition in conditions:
        for node in condition.walk():
            if (
                not isinstance(node, Compare)
                or not isinstance(node.left, Call)
                or not isinstance(node.right, Value)
            ):
                continue
            if node.left.function == "days_since" and isinstance(node.right.value, int):
                since[node.left.name] = f"{node.left.name}>{node.right.value}"
    return [since.get(name, name) for name in order]


def _since(key: str) -> tuple[str, int | None]:
    """("child_birth_on", 60) of "child_birth_on>60", the question whether so many days have passed."""
    field_id, sign, days = key.partition(">")
    return field_id, int(days) if sign and days.isdigit() else None


def question_for(case: Case, key: str) -> Asked | None:
    """The question of a key in the reader's language; None for what cannot be asked in a talk."""
    if key == PLACE:
        return Asked(
            PLACE,
            _("Bạn làm ở phường, xã nào? Gõ tên phường, xã nơi bạn ở hoặc muốn nộp."),
            PLACE,
            (Choice(SKIP, _("Tôi chưa biết")),),
            case.source("level"),
        )
    field_id, days = _since(key)
    entry = case.view.declaration.by_id.get(field_id)
    if entry is None:
        return None
    field, language = entry[1], case.language
    skip = Choice(SKIP, _("Tôi không rõ"))
    source = case.source(f"declaration.{field.id}")
    if days is not None:
        told = _("{what}: từ ngày đó đến nay đã quá {days} ngày chưa?").format(
            what=field.label.say(language), days=days
        )
        not_yet, passed = (
            _("Chưa quá {days} ngày").format(days=days),
            _("Đã quá {days} ngày").format(days=days),
        )
        choices = (Choice(NO, not_yet), Choice(YES, passed), skip)
        return Asked(key, told, "choice", choices, source)
    if field.type == "yes_no":
        return Asked(
            key,
            field.label.say(language),
            "choice",
            (Choice(YES, _("Có")), Choice(NO, _("Không")), skip),
            source,
        )
    if field.type == "choice" and 2 <= len(field.options) <= OPTIONS_MOST:
        options = tuple(Choice(str(option.value), option.label.say(language)) for option in field.options)
        return Asked(key, field.label.say(language), "choice", (*options, skip), source)
    return None


def understood(case: Case, context: Context) -> Iterator[tuple[str, str, Source]]:
    """What the assistant took from her words, to be shown: (question, answer, field)."""
    for key, value in context.answers.items():
        asked = question_for(case, key)
        if asked is None or asked.source is None:
            continue
        wanted = {True: YES, False: NO}.get(value, str(value)) if isinstance(value, bool) else str(value)
        label = next((choice.label for choice in asked.options if choice.value == wanted), "")
        if label:
            yield asked.text, label, asked.source


def with_answers(context: Context, more: Mapping[str, Any]) -> Context:
    """The context with what was said added; what she picked herself is not overwritten by her earlier words."""
    return _with(context, answers={**more, **context.answers})
