"""What changed in a draft's form since its writer last knew it, as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from motcua.dossiers import queries as dossiers
from motcua.kernel.text import Bilingual

# (what, how) -> the sentence around the name
SENTENCES = {
    ("question", "added"): gettext_lazy("Câu hỏi mới: {name}"),
    ("question", "removed"): gettext_lazy("Không hỏi nữa: {name}"),
    ("question", "changed"): gettext_lazy("Câu hỏi đã đổi: {name}"),
    ("paper", "added"): gettext_lazy("Giấy tờ mới: {name}"),
    ("paper", "removed"): gettext_lazy("Không cần nữa: {name}"),
    ("paper", "changed"): gettext_lazy("Giấy tờ đã đổi: {name}"),
    ("fee", "added"): gettext_lazy("Khoản thu mới: {name}"),
    ("fee", "removed"): gettext_lazy("Không thu nữa: {name}"),
    ("fee", "changed"): gettext_lazy("Mức thu đã đổi: {name}"),
    ("limit", "changed"): gettext_lazy("{name} đã đổi"),
}
PARTS = {
    "words": pgettext_lazy("điều đã đổi", "cách hỏi"),
    "type": pgettext_lazy("điều đã đổi", "loại"),
    "options": pgettext_lazy("điều đã đổi", "các lựa chọn"),
    "required": pgettext_lazy("điều đã đổi", "bắt buộc hay không"),
    "when": pgettext_lazy("điều đã đổi", "ai phải trả lời, nộp"),
    "bounds": pgettext_lazy("điều đã đổi", "giới hạn"),
    "quantity": pgettext_lazy("điều đã đổi", "số lượng"),
}


@dataclass(frozen=True)
class Told:
    """One change: its sentence, what exactly changed, and the old and new value where they are short."""

    text: str
    detail: str
    lang: str


def told(dossier: Any, language: str) -> list[Told]:
    """What to tell on the page of a draft that went over to a newer version; [] when there is nothing, or she has seen
    it. One query."""
    return [_sentence(change, language) for change in dossiers.changes_for_applicant(dossier)]


def _sentence(change: Any, language: str) -> Told:
    name = change.name or Bilingual("–")
    text = str(SENTENCES[change.what, change.how]).format(name=name.say(language))
    before, after = change.before.say(language), change.after.say(language)
    if before and after:
        detail = _("trước: {before}; nay: {after}").format(before=before, after=after)
    elif before or after:
        detail = before or after
    else:
        detail = ", ".join(str(PARTS[part]) for part in change.parts)
    return Told(text, detail, name.lang(language))
