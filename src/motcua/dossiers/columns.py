"""What a list of dossiers may show as columns of a file: how it stands, and what was declared. Part of `queries`.

The values of one row never ask the database: rows come read with their relations. Whose dossier it is, and what was
declared in it, follow the page of the dossier: initials for who only leads and has stated no purpose, and nothing of
the declaration for her, nor for an officer on a dossier of her own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers import desk_words, rules
from motcua.dossiers.deadlines import process_steps, time_left, view_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.permits import at_work, only_leads
from motcua.foundation.actors import Actor
from motcua.foundation.tables import Column
from motcua.kernel import forms
from motcua.kernel.conditions import as_date
from motcua.kernel.text import Bilingual
from motcua.people.rules import masked

ANSWER = "answer."


@dataclass
class Reader:
    """Who reads a file, at which aware moment, in which language; `purpose` is why she looks at names, if she only
    leads."""

    actor: Actor
    at: datetime
    language: str
    purpose: str = ""

    def named(self, dossier: Dossier) -> bool:
        return bool(self.purpose) or not only_leads(self.actor, dossier)

    def opens(self, dossier: Dossier) -> bool:
        """Whether she may read what was declared in it."""
        return self.named(dossier) and at_work(self.actor, dossier)

    @cached_property
    def places(self) -> Callable[[str, str], str | None]:
        known: dict[tuple[str, str], str | None] = {}

        def name(kind: str, code: str) -> str | None:
            if (kind, code) not in known:
                found = agencies.area(code) if kind == "commune" else agencies.by_code(code)
                known[kind, code] = found.name(self.language) if found else None
            return known[kind, code]

        return name


Value = Callable[[Dossier, Reader], Any]
Prepare = Callable[[Sequence[Dossier], Reader], None]


@dataclass(frozen=True)
class Choice:
    """A column that may be chosen: its key, its head, its kind, and what stands in it for a dossier."""

    key: str
    title: Any
    kind: str
    value: Value
    usual: bool = False  # stands in the file unless somebody chose otherwise
    prepare: Prepare | None = None  # reads what it needs for a block of dossiers at once, before their rows

    def column(self, language: str) -> Column:
        title = self.title.say(language) if isinstance(self.title, Bilingual) else str(self.title)
        return Column(self.key, title, self.kind)


def _owner(dossier: Dossier, reader: Reader) -> str:
    if dossier.applicant is not None:
        name = dossier.applicant.full_name
    elif "answers" in dossier.get_deferred_fields():
        return ""  # a list that reads no declarations: whom nobody received yet has no name in it
    else:
        name = str(forms.merge(dossier.answers, dossier.answers_sealed or {}).get("full_name") or "")
    return name if reader.named(dossier) else masked(name)


def _procedure(dossier: Dossier, reader: Reader) -> str:
    return view_of(dossier).name.say(reader.language)


def _step(dossier: Dossier, reader: Reader) -> str:
    steps = process_steps(dossier) if dossier.business_state == rules.State.IN_PROCESS else ()
    return steps[dossier.step].text.say(reader.language) if dossier.step < len(steps) else ""


def _office(name: str) -> Value:
    def value(dossier: Dossier, reader: Reader) -> str:
        office = getattr(dossier, name)
        return (
            (office.name_en if reader.language == "en" and office.name_en else office.name_vi)
            if office
            else ""
        )

    return value


def _left(dossier: Dossier, reader: Reader) -> int | None:
    """Working days left, below nought when late; None where no limit runs."""
    if dossier.resolved_at or dossier.closed_at:
        return None
    left = time_left(dossier, reader.at)
    return None if left.state in ("none", "paused") else left.working_days


def _of(name: str) -> Value:
    return lambda dossier, _reader: getattr(dossier, name)


def _said(names: dict[str, Any], name: str) -> Value:
    return lambda dossier, _reader: str(names.get(getattr(dossier, name), ""))


CHOICES: tuple[Choice, ...] = (
    Choice("code", _("Mã hồ sơ"), "text", lambda d, _r: d.code or "", True),
    Choice("reference", _("Mã tra cứu"), "text", _of("reference")),
    Choice("procedure", _("Thủ tục"), "text", _procedure, True),
    Choice("applicant", _("Người nộp"), "text", _owner, True),
    Choice("state", _("Trạng thái"), "text", _said(desk_words.STATES, "business_state"), True),
    Choice("step", _("Bước"), "text", _step, True),
    Choice(
        "officer",
        _("Người xử lý"),
        "text",
        lambda d, _r: d.assigned_to.display_name if d.assigned_to_id else "",
        True,
    ),
    Choice("received_by", _("Nơi tiếp nhận"), "text", _office("received_by")),
    Choice("competent_agency", _("Cơ quan giải quyết"), "text", _office("competent_agency"), True),
    Choice("channel", _("Cách nộp"), "text", _said(desk_words.CHANNELS, "channel")),
    Choice("submitted_at", _("Nộp lúc"), "moment", _of("submitted_at")),
    Choice("received_at", _("Tiếp nhận lúc"), "moment", _of("received_at"), True),
    Choice("transferred_at", _("Chuyển lúc"), "moment", _of("transferred_at")),
    Choice("due_on", _("Hẹn trả ngày"), "date", _of("due_on"), True),
    Choice("first_due_on", _("Hẹn lần đầu"), "date", _of("first_due_on")),
    Choice("due_provisional", _("Ngày hẹn tạm tính"), "text", _of("due_provisional")),
    Choice("days_left", _("Còn lại (ngày làm việc)"), "number", _left, True),
    Choice("resolved_at", _("Có kết quả lúc"), "moment", _of("resolved_at"), True),
    Choice("outcome", pgettext_lazy("cột", "Kết quả"), "text", _said(desk_words.OUTCOMES, "outcome")),
    Choice("result_number", _("Số kết quả"), "text", _of("result_number")),
    Choice("returned_at", _("Trả kết quả lúc"), "moment", _of("returned_at")),
    Choice("finance", _("Phí, lệ phí"), "text", _said(desk_words.FINANCE, "finance_state")),
)
_BY_KEY = {choice.key: choice for choice in CHOICES}
_further: dict[str, Choice] = {}
USUAL = tuple(choice.key for choice in CHOICES if choice.usual)


def register(choice: Choice) -> None:
    """Offer a column that a room above keeps beside its dossiers; called at start-up."""
    _further[choice.key] = choice


def column_choices(slug: str = "") -> list[Choice]:
    """The columns that a list may show; with `slug` (all its dossiers are of this procedure) its questions too."""
    return [*CHOICES, *_further.values(), *(_questions(slug) if slug else ())]


def _questions(slug: str) -> list[Choice]:
    """A column for each question that any version of the procedure asks; the newest version's words stand above it."""
    found: dict[str, Choice] = {}
    for view in catalogue.versions(slug):
        for section in view.declaration.sections:
            for field in section.fields:
                if field.type != "note" and field.id not in found:
                    found[field.id] = Choice(ANSWER + field.id, field.label, _kind(field), _answer(field))
    return list(found.values())


def _kind(field: forms.Field) -> str:
    return {"date": "date", "number": "number", "money": "number", "area": "number"}.get(field.type, "text")


_AS_TYPED = ("text", "name", "personal_number", "tax_code", "email", "long_text")


def _answer(field: forms.Field) -> Value:
    is_number, as_typed, key = _kind(field) == "number", field.type in _AS_TYPED, field.id

    def value(dossier: Dossier, reader: Reader) -> Any:
        said = _declared(dossier, reader).get(key)
        if said is None or (as_typed and isinstance(said, str)):
            return said
        if field.type == "date" and isinstance(said, str):
            return as_date(said) or said
        if is_number and isinstance(said, int | float) and not isinstance(said, bool):
            return said
        return forms.say(field, said, reader.language, reader.places)

    return value


def _declared(dossier: Dossier, reader: Reader) -> dict[str, Any]:
    """Its answers, opened once for all columns of the row; nothing where she may not read them."""
    kept = dossier.__dict__.get("_declared_for_file")
    if kept is None:
        opened = forms.merge(dossier.answers, dossier.answers_sealed or {}) if reader.opens(dossier) else {}
        kept = dossier.__dict__["_declared_for_file"] = opened
    return kept


def chosen(keys: Iterable[str], slug: str = "") -> list[Choice]:
    """The columns with these keys, in their order, each once; unknown ones are left out, none at all: the usual."""
    known = {choice.key: choice for choice in column_choices(slug)}
    return [known[key] for key in dict.fromkeys(keys) if key in known] or [_BY_KEY[key] for key in USUAL]


def prepare(choices: Sequence[Choice], block: Sequence[Dossier], reader: Reader) -> None:
    """Read what these columns need for a block of dossiers: one statement for each column that asks."""
    for choice in choices:
        if choice.prepare is not None and block:
            choice.prepare(block, reader)


def row_of(choices: Sequence[Choice], dossier: Dossier, reader: Reader) -> list[Any]:
    """The values of one dossier in these columns."""
    return [choice.value(dossier, reader) for choice in choices]
