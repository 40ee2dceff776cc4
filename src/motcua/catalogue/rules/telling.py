"""A change between two versions as a sentence for an applicant, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.catalogue.rules.changes import Change
from motcua.kernel.text import Bilingual

# (what, how) -> the sentence around the name
SENTENCES = {
    ("question", "added"): Bilingual("Câu hỏi mới: {name}", "New question: {name}"),
    ("question", "removed"): Bilingual("Không hỏi nữa: {name}", "No longer asked: {name}"),
    ("question", "changed"): Bilingual("Câu hỏi đã đổi: {name}", "Question changed: {name}"),
    ("paper", "added"): Bilingual("Giấy tờ mới: {name}", "New paper: {name}"),
    ("paper", "removed"): Bilingual("Không cần nữa: {name}", "No longer needed: {name}"),
    ("paper", "changed"): Bilingual("Giấy tờ đã đổi: {name}", "Paper changed: {name}"),
    ("fee", "added"): Bilingual("Khoản thu mới: {name}", "New charge: {name}"),
    ("fee", "removed"): Bilingual("Không thu nữa: {name}", "No longer charged: {name}"),
    ("fee", "changed"): Bilingual("Mức thu đã đổi: {name}", "Charge changed: {name}"),
    ("limit", "changed"): Bilingual("{name} đã đổi", "{name} changed"),
}
PARTS = {
    "words": Bilingual("cách hỏi", "wording"),
    "type": Bilingual("loại", "kind"),
    "options": Bilingual("các lựa chọn", "choices"),
    "required": Bilingual("bắt buộc hay không", "whether it is required"),
    "when": Bilingual("ai phải trả lời, nộp", "who has to answer or bring it"),
    "bounds": Bilingual("giới hạn", "bounds"),
    "quantity": Bilingual("số lượng", "number"),
}
BOTH = Bilingual("trước: {before}; nay: {after}", "before: {before}; now: {after}")


@dataclass(frozen=True)
class Told:
    """One change: its sentence, what exactly changed, and the language in which its name stands."""

    text: str
    detail: str
    lang: str


def told(change: Change, language: str) -> Told:
    """A change in words; `detail` is the old and new value where they are short, else what of it changed."""
    name = change.name or Bilingual("–")
    text = SENTENCES[change.what, change.how].say(language).format(name=name.say(language))
    before, after = change.before.say(language), change.after.say(language)
    if before and after:
        detail = BOTH.say(language).format(before=before, after=after)
    elif before or after:
        detail = before or after
    else:
        detail = ", ".join(PARTS[part].say(language) for part in change.parts)
    return Told(text, detail, name.lang(language))
