"""Whose case is it: what she has said already, and what must still be asked before the papers, the fee and the office
are those of her case. Only fields of the declaration that decide something are asked, at most three, one at a time.

Part of the door `queries`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from motcua.agencies import queries as agencies
from motcua.assistant import places, scripted
from motcua.assistant.knowledge import Knowledge
from motcua.assistant.rules import Asked, Choice, Context, Source
from motcua.assistant.rules.normal import Asked as Question
from motcua.assistant.rules.normal import terms, toned_terms
from motcua.assistant.rules.sureness import QUIET
from motcua.assistant.telling import Case
from motcua.kernel import forms
from motcua.kernel.conditions import Call, Compare, Condition, Value
from motcua.kernel.forms import Field

QUESTIONS_MOST = 3
OPTIONS_MOST = 8  # a longer list is no question for a talk
PLACES = 15  # a former district or city became thirteen communes at most
PLACE = "place"
PROCEDURE = "procedure"
SKIP = "?"  # the value of "I do not know"
YES, NO = "yes", "no"
_CLAUSE = re.compile(r"[,.;:?!]\s")
NOT = frozenset(toned_terms("không chưa chẳng chả"))
NOT_BARE = frozenset(terms("không chưa chẳng"))
PARTICLE_AFTER = frozenset(("duoc", "phai", "hay", "dung"))  # "được không, vợ tôi …": that "không" only asks
NOT_REACH = 2  # words before a cue within which "không" turns it round


# What she has said -------------------------------------------------------------------------------------------------


def said(knowledge: Knowledge, question: Question, context: Context, slug: str) -> dict[str, Any]:
    """The answers to questions of the declaration of `slug` that the question's own words give."""
    view = knowledge.views.get(slug)
    if view is None:
        return {}
    found: dict[str, Any] = {}
    covered: dict[str, int] = {}
    denied = _denied(question)
    for heard in knowledge.cases.heard(question):
        word = heard.means
        if not NOT_BARE & set(terms(heard.phrase)) and heard.begin in denied:
            continue  # "chưa có giấy chứng sinh" is no "có giấy chứng sinh"
        if word.procedure not in ("", slug) or covered.get(word.field, 0) >= heard.words:
            continue
        entry = view.declaration.by_id.get(word.field)
        if entry is not None and _fits(entry[1], word.value):
            found[word.field] = word.value
            covered[word.field] = heard.words
    return found


def _denied(question: Question) -> set[int]:
    """Where a cue would be turned round: the words that follow close upon a "không" of their own clause."""
    begins = _clauses(question)
    found: set[int] = set()
    for at, word in enumerate(question.folded):
        toned = question.toned[at] if question.toned else ""
        if word not in NOT_BARE or (toned and toned not in NOT):
            continue
        if at and question.folded[at - 1] in PARTICLE_AFTER:
            continue
        ends = min((begin for begin in begins if begin > at), default=len(question.folded))
        found |= set(range(at + 1, min(at + 1 + NOT_REACH, ends)))
    return found


def _clauses(question: Question) -> list[int]:
    """The places of the words that begin a clause; [] where words were mended, so that nobody can tell."""
    counts = [len(terms(part)) for part in _CLAUSE.split(question.text)]
    return list(accumulate(counts)) if sum(counts) == len(question.folded) else []


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
    if known is None:
        return None
    heard = tuple(each for each in context.heard if each != key)
    return _with(context, answers={**context.answers, key: known}, heard=heard)


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
    """The choice that typed words are and nothing else, in answer to what was asked; "" for none.

    Whoever types something new while a question stands must be heard, so only these are an answer: that she does not
    know, the number of a choice, a bare yes or no, (nearly) all words of one label.
    """
    asked = question_for(case, context.asked)
    if asked is None:
        return ""
    core = [word for word in question.folded if word not in _COURTESY] or list(question.folded)
    if len(core) <= SKIP_MOST and " ".join(core).startswith(_SKIPPING):
        return SKIP
    if asked.kind == PLACE:
        found = places.named(question, case.day, anywhere=True)
        return found.only if places.is_all_it_says(question, found) else ""
    number = [word for word in core if word.isdigit()]
    if len(number) == 1 and len(core) <= 3 and set(core) <= {*number, *_BEFORE_NUMBER}:
        at = int(number[0])
        return asked.options[at - 1].value if 1 <= at <= len(asked.options) else ""
    if {YES, NO} <= {choice.value for choice in asked.options} and (said := _yes_or_no(core)):
        return said
    return _labelled(asked, question)


_COURTESY = frozenset(
    ["toi", "em", "minh", "chau", "con", "anh", "chi", "ban", "ad", "a", "nhe", "nha", "thua"]
)
_SKIPPING = ("khong biet", "khong ro", "chua biet", "chua ro", "khong nho", "bo qua")
_BEFORE_NUMBER = frozenset(["so", "cau", "cai", "thu", "muc", "y", "lua", "chon"])
_YES = frozenset(["co", "roi", "da", "dung", "vang", "yes", "u", "uh", "ok", "phai", "vay", "the"])
_NO = frozenset(["khong", "chua", "chang", "no"])
_BESIDE_NO = frozenset(["co", "da", "vang", "dau", "phai", "dung", "thua"])
SKIP_MOST, YES_MOST = 4, 3
LABEL_SHARE = 0.75  # of the words that tell something: so many must be the label's, and the question's


def _yes_or_no(core: list[str]) -> str:
    if not core or len(core) > YES_MOST:
        return ""
    if set(core) <= _YES:
        return YES
    first = core[1:] if core[0] in ("da", "vang") else core  # "dạ không"
    if first and first[0] in _NO and set(first[1:]) <= _BESIDE_NO:
        return NO
    return ""


def _labelled(asked: Asked, question: Question) -> str:
    """The choice whose label was typed, whole or but for a word."""
    exact = [choice.value for choice in asked.options if tuple(terms(choice.label)) == question.folded]
    if len(exact) == 1:
        return exact[0]
    spoken = set(question.folded) - QUIET
    scored = []
    for choice in asked.options:
        label = set(terms(choice.label)) - QUIET
        if choice.value != SKIP and label and spoken:
            shared = len(spoken & label)
            scored.append((min(shared / len(label), shared / len(spoken)), choice.value))
    best = max(scored, default=(0.0, ""))
    alone = sum(score == best[0] for score, _value in scored) == 1
    return best[1] if best[0] >= LABEL_SHARE and alone else ""


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


def which_place(found: places.Named, day: date, language: str) -> Asked:
    """Which of the communes: of one name, or of the district that is no more."""
    options = []
    for area in found.communes[:PLACES]:
        around = [
            agencies.area(code, day) for code in agencies.area_chain(area.code, day) if code != area.code
        ]
        whole = ", ".join(each.name(language) for each in (area, *around) if each)
        options.append(Choice(area.code, area.name(language) if found.of_district else whole))
    told = scripted.sentence("former_district.0" if found.of_district else "which_place.0")
    return Asked(PLACE, told.text, "choice", (*options, Choice(SKIP, _("Tôi chưa biết"))))


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


def with_answers(context: Context, more: Mapping[str, Any], *, later: bool = True) -> Context:
    """The context with what was said added. What she says later counts more than what she said before (unless not
    `later`), but what she picked herself is overwritten by no words."""
    fixed = set(context.answers) - (set(context.heard) if later else set())
    new = {key: value for key, value in more.items() if key not in fixed}
    heard = tuple(dict.fromkeys((*context.heard, *new)))
    return _with(context, answers={**context.answers, **new}, heard=heard)
