"""Writing the draft: the standard parts of every declaration, the parts of the form, what is doubtful. No Django."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from motcua.editing.docx import wording
from motcua.editing.docx.doubts import Doubt
from motcua.editing.docx.lines import CHOICE
from motcua.editing.docx.naming import ABOUT_WORDS, Named, Naming, made_id, unique
from motcua.editing.docx.reading import FormRead, Item, Part
from motcua.editing.docx.vocabulary import Vocabulary
from motcua.editing.errors import NothingAsked
from motcua.kernel.conditions.parse import RESERVED
from motcua.kernel.forms import CONTEXT, generic_declaration
from motcua.kernel.text import slug, words

Data = dict[str, Any]
STANDARD = ("applicant", "represented", "delivery", "commitment")
HELP_LENGTH = 1500
SHORT_WORDS = 2  # a label of so few words makes no better id than the concept's
SHOWN_LINES = 12  # of those left out, in one sentence


@dataclass
class FormDraft:
    """What became of a form: a declaration as packs have it, papers, doubts, and the lines that ask nothing."""

    title: str
    form_code: str
    declaration: Data
    papers: list[Data]
    doubts: list[Doubt]
    left_out: list[tuple[int, str, str]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)  # (words of the form, id in the draft)

    def fields(self) -> list[Data]:
        """All fields of the declaration."""
        return [one for section in self.declaration["sections"] for one in section["fields"]]

    def to_data(self, lang: str = "vi") -> Data:
        """Plain data for `--json`."""
        return {
            "title": self.title, "form_code": self.form_code, "declaration": self.declaration, "papers": self.papers,
            "doubts": [doubt.to_data(lang) for doubt in self.doubts],
            "left_out": [{"line": place, "text": text, "why": why} for place, text, why in self.left_out],
        }  # fmt: skip


def draft_of(form: FormRead, name: str, vocabulary: Vocabulary, procedure: Data) -> FormDraft:
    """The draft of a form that was read. Raises NothingAsked."""
    if not any(part.items for part in form.parts):
        raise NothingAsked(name=name)
    return _Writer(form, vocabulary, procedure).write()


class _Writer:
    def __init__(self, form: FormRead, vocabulary: Vocabulary, procedure: Data) -> None:
        self.form, self.vocabulary, self.procedure = form, vocabulary, procedure
        generic = generic_declaration({"name_vi": form.title or "thủ tục này", **procedure})
        self.standard = {
            section["id"]: section for section in generic["sections"] if section["id"] in STANDARD
        }
        self.sections: list[Data] = [self.standard["applicant"]]
        self.doubts: list[Doubt] = []
        self.asked: list[tuple[str, str]] = []
        self.taken = {one["id"] for section in self.standard.values() for one in section["fields"]}
        self.taken |= RESERVED | CONTEXT.keys()
        self.section_ids = set(STANDARD)
        self.met: set[str] = set()  # standard questions that the form asks too
        self.open_needs: dict[str, int] = {}
        self.no_english: dict[str, int] = {}

    def write(self) -> FormDraft:
        naming = Naming(self.vocabulary, self.form.title)
        for part in self.form.parts:
            naming.heading(part.title)
            self._part(part, naming)
        self._commitment()
        for name in STANDARD[1:]:
            if name in self.standard:
                self.sections.append(self.standard[name])
        if "represented" in self.standard:  # asked right after the person filing, as everywhere in the house
            self.sections.insert(1, self.sections.pop(self.sections.index(self.standard["represented"])))
        papers = self._papers()
        title = self.form.title.capitalize() if self.form.title.isupper() else self.form.title
        declaration = {
            "id": slug(title)[:60].strip("-") or "to-khai",
            "title": {"vi": title or "Tờ khai", "en": title or "Declaration"},
            "sections": self.sections,
            "unverified": ["sections: đọc từ biểu mẫu giấy, chưa có người kiểm tra"],
        }
        self._whole(papers)
        return FormDraft(
            title, self.form.code, declaration, papers, self._placed(), self.form.left_out, self.asked
        )

    # Parts ------------------------------------------------------------------------------------------------

    def _part(self, part: Part, naming: Naming) -> None:
        section: Data | None = None
        for item in part.items:
            before = naming.person
            named = naming.name(item, part.title)
            if self._is_standard(named, naming):
                self._meet(named, item)
                continue
            turned = (
                named.concept is not None and named.concept.suffix == "full_name" and naming.person != before
            )
            if section is None or turned:
                section = self._section(part, naming.person)
            self._field(section, named, item)

    def _is_standard(self, named: Named, naming: Naming) -> bool:
        """Whether the standard part "the person filing" asks this already."""
        known = {one["id"] for one in self.standard["applicant"]["fields"]}
        return (
            named.person == "" and named.concept is not None and named.field["id"] in known
            and named.field["id"] not in self.met
        ) or (named.field["id"] in known and named.field.get("prefill", "").startswith("organisation.")
              and named.field["id"] not in self.met)  # fmt: skip

    def _meet(self, named: Named, item: Item) -> None:
        self.met.add(named.field["id"])
        self.asked.append((item.asked.label, named.field["id"]))
        for code, facts in named.doubts:
            if code not in ("no_room", "year_only"):
                self._doubt(f"@{named.field['id']}", code, item, facts)

    def _section(self, part: Part, person: str | None) -> Data:
        if person and (
            len(words(part.title)) > ABOUT_WORDS or not part.title or wording.person(part.title) is None
        ):
            title = {"vi": f"Về {wording.PEOPLE_VI[person]}", "en": f"About {wording.PEOPLE_EN[person]}"}
            name = person
        elif part.title:
            title, name = {"vi": _title(part.title), "en": _title(part.title)}, made_id(part.title)
        else:
            title, name = {"vi": "Nội dung khai", "en": "What is declared"}, "content"
        section: Data = {"id": unique(name, self.section_ids), "title": title, "fields": []}
        if title["vi"] == title["en"]:
            self.no_english[section["id"]] = 1
        self.sections.append(section)
        return section

    def _field(self, section: Data, named: Named, item: Item) -> None:
        made = named.field
        if made["id"] in self.taken and named.concept is not None:
            same = any(one["label"]["vi"] == made["label"]["vi"] for one in section["fields"])
            if same:
                named.doubts.append(("same_twice", {}))
            elif len(words(item.asked.label)) > SHORT_WORDS:
                made["id"] = made_id(item.asked.label)
        made["id"] = unique(made["id"], self.taken)
        told = self._help(item)
        if told:
            made["help"] = {"vi": told, "en": told}
        section["fields"].append(_ordered(made))
        self.asked.append((item.asked.label, made["id"]))
        for code, facts in named.doubts:
            self._doubt(f"@{made['id']}", code, item, facts)
        self.open_needs[section["id"]] = self.open_needs.get(section["id"], 0) + named.asks_need
        self.no_english[section["id"]] = self.no_english.get(section["id"], 0) + (not named.english)
        if item.asked.kind == CHOICE and item.asked.more and made["type"] == "choice":
            self._more(section, made, item)

    def _more(self, section: Data, made: Data, item: Item) -> None:
        """ "☐ Khác: …": what is written there is asked when the box is chosen."""
        for at in item.asked.more[:5]:
            option = made["options"][at]
            told = option["label"]["vi"]
            field_ = {
                "id": unique(made_id(f"{made['id']} {told}"), self.taken), "type": "text",
                "label": {"vi": f"{told}: ghi rõ", "en": f"{told}: please specify"}, "required": False,
                "when": f"{made['id']} is {option['value']}", "sensitivity": made["sensitivity"],
            }  # fmt: skip
            section["fields"].append(field_)

    def _help(self, item: Item) -> str:
        hints = [item.asked.hint, *(self.form.notes.get(mark, "") for mark in item.asked.notes)]
        return " ".join(_sentence(hint) for hint in hints if hint)[:HELP_LENGTH]

    def _commitment(self) -> None:
        if not self.form.statements:
            return
        said = " ".join(_sentence(text) for text, _place in self.form.statements)[:1000]
        section = self.standard["commitment"]
        for one in section["fields"]:
            if one["id"] == "commitment":
                one["label"] = {"vi": said, "en": one["label"]["en"]}
        self.no_english["commitment"] = 1

    # Papers and what the whole lacks ------------------------------------------------------------------------

    def _papers(self) -> list[Data]:
        taken: set[str] = set()
        return [
            {"key": unique(slug(name)[:60].strip("-") or "giay-to", taken), "name_vi": name[:600], "type": "copy",
             "quantity": 1, "unverified": True}
            for name, _place in self.form.papers[:40]
        ]  # fmt: skip

    def _whole(self, papers: list[Data]) -> None:
        if not self.form.title:
            self.doubts.append(Doubt("name_vi", "no_title"))
        if papers:
            quote, at = self.form.papers[0]
            self.doubts.append(Doubt("required_documents", "paper_type", quote[:80], at))
        else:
            self.doubts.append(Doubt("required_documents", "no_papers"))
        self.doubts.append(Doubt("steps", "steps"))
        missing = [
            one["label"]["vi"] for one in self.standard["applicant"]["fields"]
            if one["id"] not in self.met and one["id"] != "applicant_kind"
        ]  # fmt: skip
        if missing:
            facts = (("labels", "; ".join(missing)),)
            self.doubts.append(Doubt("#applicant", "standard_added", facts=facts))
        for name, count in self.open_needs.items():
            if count:
                self.doubts.append(Doubt(f"#{name}", "required", facts=(("count", str(count)),)))
        if foreign := sum(self.no_english.values()):
            self.doubts.append(Doubt("declaration", "english", facts=(("count", str(foreign)),)))
        self._told_of("left_out", ("text", "office"))
        self._told_of("agreement", ("agreement",))

    def _told_of(self, code: str, reasons: tuple[str, ...]) -> None:
        lines = [text for _place, text, why in self.form.left_out if why in reasons]
        if lines:
            shown = "; ".join(f"“{text[:60]}”" for text in lines[:SHOWN_LINES])
            facts = (("count", str(len(lines))), ("lines", shown))
            self.doubts.append(Doubt("declaration", code, facts=facts))

    def _doubt(self, place: str, code: str, item: Item, facts: dict[str, str]) -> None:
        self.doubts.append(Doubt(place, code, item.quote, item.place, tuple(sorted(facts.items()))))

    def _placed(self) -> list[Doubt]:
        """Ids become places once all sections stand; in the order of the document."""
        places: dict[str, str] = {}
        for number, section in enumerate(self.sections):
            places[f"#{section['id']}"] = f"declaration.sections.{number}"
            for inside, one in enumerate(section["fields"]):
                places[f"@{one['id']}"] = f"declaration.sections.{number}.fields.{inside}"
        placed = []
        for one in self.doubts:
            about = {"@": "field", "#": "section"}.get(one.place[0], "")
            more = {about: one.place[1:]} if about else {}
            placed.append(replace(one, place=places.get(one.place, one.place), **more))
        return sorted(placed, key=lambda d: _order(d.place))


def _order(place: str) -> tuple:
    parts = place.split(".")
    return (
        parts[0] != "declaration",
        *((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts[1:]),
    )


def _ordered(made: Data) -> Data:
    keys = ("id", "type", "label", "help", "required", "when", "options", "min", "max", "pattern", "columns",
            "sensitivity", "prefill")  # fmt: skip
    return {key: made[key] for key in keys if key in made}


def _title(text: str) -> str:
    return (text.capitalize() if text.isupper() else text[:1].upper() + text[1:])[:200]


def _sentence(text: str) -> str:
    text = text.strip(" ;,")
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", ":", "…")) else f"{text}."
