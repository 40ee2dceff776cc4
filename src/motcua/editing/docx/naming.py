"""Giving what a form asks its id, type and words: first as other declarations do, else by the words of the label.
No Django."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from motcua.editing.docx import wording
from motcua.editing.docx.lines import CHOICE, WHOLE_DAY, Asked
from motcua.editing.docx.reading import ROWS, SENTENCE_WORDS, Item
from motcua.editing.docx.vocabulary import Known, Vocabulary
from motcua.kernel.forms import COLUMN_TYPES
from motcua.kernel.text import fold, nfc, slug, words

Data = dict[str, Any]
ID_LENGTH = 40
LABEL_LENGTH = 300
ABOUT_WORDS = 8  # a longer heading is a sentence, which no label begins with
_VAGUE = re.compile(r"^(tong so|ten|so|so luong|khac|ghi ro|cu the|ngay|thoi gian|dien tich|noi dung)$")
_FROM = ("sensitivity", "pattern", "min", "max")


@dataclass
class Named:
    """A field of the declaration, and what is doubtful about it: (code, facts)."""

    field: Data
    person: str | None = None
    concept: wording.Concept | None = None
    doubts: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    english: bool = False
    asks_need: bool = True  # the form does not say whether an answer is needed


class Naming:
    """Names fields one after the other: whom they speak of goes on from line to line."""

    def __init__(self, vocabulary: Vocabulary, title: str) -> None:
        self.vocabulary = vocabulary
        self.title = title
        self.person: str | None = ""  # None: a thing, such as a business or a building
        self.part_person: str | None = ""
        self.last = ""

    def heading(self, title: str) -> None:
        """A heading or lead sentence may turn to somebody else."""
        found = wording.person(title) if title else ""
        if found is not None and not wording.STATED.search(fold(title)):
            self.person = wording.subject(self.title) if found == "subject" else found
        elif wording.THING.search(fold(title)):
            self.person = None
        self.part_person = self.person

    def name(self, item: Item, part: str) -> Named:
        """The field for one item of a part with a heading."""
        asked = item.asked
        if item.begins:
            self.person = self.part_person
        about = part if part and len(words(part)) <= ABOUT_WORDS else self.last
        if _VAGUE.match(fold(asked.label)) and about and fold(about) != fold(asked.label):
            asked = replace(asked, label=f"{about}: {asked.label[:1].lower()}{asked.label[1:]}")
        self.last = asked.label
        if asked.kind == ROWS:
            return self._rows(item, asked)
        made = self._by_concept(asked) or self._by_known(asked) or self._by_words(asked, item)
        self._finish(made, asked)
        if not item.room:
            made.doubts.append(("no_room", {}))
        return made

    def _by_concept(self, asked: Asked) -> Named | None:
        concept = wording.concept(asked.label)
        if concept is None:
            return None
        told = wording.person(asked.label)
        if concept.suffix == "full_name":
            # a name begins what is said of a person; without one it is the same as before
            self.person = told if told is not None else self.person
        person = told if told is not None else self.person
        if concept.suffix not in _PERSONAL:
            if concept.suffix == "tax_code" and self.person == "":
                person = ""
            known = self._by_known(asked, concept.type) if concept.suffix != "personal_tax_code" else None
            if known is not None:
                known.concept = concept
                return known
            person = told or ""
        english = wording.PEOPLE_EN[person or ""]
        made: Data = {
            "id": f"{person}_{concept.suffix}" if person else concept.suffix,
            "type": concept.type,
            "label": {"vi": _label(asked.label), "en": concept.en + (f" of {english}" if person else "")},
            "sensitivity": concept.sensitivity,
        }
        named = Named(made, person, concept, english=True)
        if concept.type == "choice":
            self._choices(named, asked, concept.suffix)
        if concept.doubt:
            named.doubts.append((concept.doubt, {}))
        if concept.suffix == "birth_on":
            made["max"] = "today"
            if fold(asked.label) == "nam sinh":
                named.doubts.append(("year_only", {}))
        if person == "" and concept.fact and concept.suffix in _APPLICANTS:
            made["prefill"] = concept.fact
        if person == "subject":
            named.doubts.append(("person", {"person": wording.PEOPLE_VI[person]}))
        return named

    def _choices(self, named: Named, asked: Asked, suffix: str) -> None:
        if asked.options:
            named.field["options"] = options(asked.options, self.vocabulary.options.get(suffix, []))
        elif suffix in self.vocabulary.options:
            named.field["options"] = [dict(one) for one in self.vocabulary.options[suffix]]
        else:
            named.field["type"] = "text"

    def _by_known(self, asked: Asked, kind: str = "") -> Named | None:
        if asked.kind == CHOICE:
            types: tuple[str, ...] = ("choice", "choices", "yes_no")
        else:
            types = (kind,) if kind else ()
        known = self.vocabulary.find(asked.label, types)
        if known is not None and asked.kind != CHOICE and known.field["type"] in ("yes_no", "choices"):
            return None  # a line to write on asks for more than yes or no
        if known is None or (asked.kind == WHOLE_DAY and known.field["type"] != "date"):
            return None
        if known.field["type"] == "rows" or (asked.kind == CHOICE and known.field["type"] != _kind_of(asked)):
            return None
        return self._of_known(known, asked)

    def _of_known(self, known: Known, asked: Asked) -> Named:
        name = str(known.field["id"])
        if known.person:  # asked of somebody else there: pupil_birth_place becomes child_birth_place
            name = (
                f"{self.person}_{name[len(known.person) + 1 :]}"
                if self.person
                else name[len(known.person) + 1 :]
            )
        made: Data = {"id": name, "type": known.field["type"]}
        made["label"] = {"vi": _label(asked.label), "en": str(known.field["label"]["en"])}
        made |= {key: known.field[key] for key in _FROM if key in known.field}
        if not _portable(made):
            made = {key: value for key, value in made.items() if key not in ("min", "max")}
        if str(known.field.get("prefill", "")).startswith("organisation."):
            made["prefill"] = known.field["prefill"]
        named = Named(made, english=True)
        if made["type"] in ("choice", "choices"):
            given = [dict(one) for one in known.field.get("options") or ()]
            made["options"] = options(asked.options, given) if asked.options else given
            if not asked.options:
                named.doubts.append(("options_borrowed", {"declaration": known.declaration}))
        return named

    def _by_words(self, asked: Asked, item: Item) -> Named:
        told, own = fold(asked.label), fold(item.asked.label)
        unit = asked.unit.lower()
        kind = next(
            (name for name, pattern in wording.TYPES if pattern.search(told) or pattern.search(own)), ""
        )
        kind = wording.UNITS.get(unit, kind) if unit else kind
        doubts: list[tuple[str, dict[str, str]]] = []
        if asked.kind == CHOICE and not asked.options:
            kind = "text"
            doubts.append(("no_options", {}))
        elif asked.kind == CHOICE:
            kind = _kind_of(asked)
        elif asked.kind == WHOLE_DAY:
            kind = "date"
        elif "danh dau" in fold(asked.hint):
            kind = "yes_no"
        elif unit and unit not in wording.UNITS:
            kind = "text"
            doubts.append(("decimal", {"unit": asked.unit}))
        elif unit.startswith("triệu") or unit == "ha":
            doubts.append(("thousands" if unit != "ha" else "decimal", {"unit": asked.unit}))
        elif not kind:
            kind = "long_text" if item.lines >= 3 else "text"
            if kind == "text":
                doubts.append(("type", {}))
        if len(words(asked.label)) > SENTENCE_WORDS:
            doubts.append(("sentence", {}))
        made: Data = {
            "id": made_id(asked.label),
            "type": kind,
            "label": {"vi": _label(asked.label), "en": _label(asked.label)},
            "sensitivity": "sensitive" if wording.SENSITIVE.search(told) else "personal",
        }
        if kind in ("choice", "choices"):
            made["options"] = options(asked.options, [])
            if kind == "choice" and not re.search(r"mot trong|chon mot|chi chon", fold(asked.hint)):
                doubts.append(("one_or_many", {}))
        return Named(made, doubts=doubts)

    def _finish(self, named: Named, asked: Asked) -> None:
        made = named.field
        named.asks_need = asked.optional is None
        made["required"] = asked.optional is False
        unit = asked.unit
        if unit and made["type"] not in ("date",) and fold(unit) not in fold(made["label"]["vi"]):
            made["label"] = {lang: f"{text} ({unit})" for lang, text in made["label"].items()}

    def _rows(self, item: Item, asked: Asked) -> Named:
        columns: list[Data] = []
        taken: set[str] = set()
        english = True
        inside = Naming(self.vocabulary, self.title)
        for one in item.columns:
            inside.person = ""
            made = inside._by_concept(one) or inside._by_known(one) or inside._by_words(one, item)
            inside._finish(made, one)
            column = {key: value for key, value in made.field.items() if key not in ("prefill", "max", "min")}
            column["id"] = unique(_COLUMNS.get(column["id"], column["id"]), taken)
            if column["type"] not in COLUMN_TYPES:
                column["type"] = "text"
            english = english and made.english
            columns.append(column)
        known = self.vocabulary.find(asked.label, ("rows",))
        name = str(known.field["id"]) if known else made_id(asked.label)
        label = {
            "vi": _label(asked.label),
            "en": str(known.field["label"]["en"]) if known else _label(asked.label),
        }
        field_ = {
            "id": name,
            "type": "rows",
            "label": label,
            "required": asked.optional is False,
            "columns": columns,
        }
        named = Named(field_, english=english and known is not None, asks_need=asked.optional is None)
        if item.fixed:
            named.doubts.append(("fixed_rows", {"rows": ", ".join(item.fixed)[:200]}))
        return named


# Ends of ids that belong to a person: they follow the person the form speaks of.
_PERSONAL = frozenset(
    [
        "full_name",
        "birth_on",
        "personal_number",
        "sex",
        "ethnicity",
        "nationality",
        "religion",
        "hometown",
        "phone",
        "email",
        "permanent_address",
        "stay_address",
        "address",
        "occupation",
        "position",
    ]
)
_APPLICANTS = frozenset(
    ["full_name", "birth_on", "personal_number", "sex", "phone", "email", "address", "ethnicity"]
)
_COLUMNS = {"full_name": "name"}  # how the rows of the house call it


def _kind_of(asked: Asked) -> str:
    told = {fold(option) for option in asked.options}
    if len(asked.options) == 1 or (len(told) == 2 and told & wording.YES and told & wording.NO):
        return "yes_no"
    said = fold(asked.hint + " " + asked.label)
    several = re.search(r"nhieu|cac o\b|mot hoac", said) and not re.search(r"mot trong|chi chon", said)
    return "choices" if several else "choice"


def _portable(made: Data) -> bool:
    """Whether limits mean the same elsewhere: the id of another field does not."""
    return all(
        not isinstance(made.get(key), str) or str(made[key]).startswith("today") for key in ("min", "max")
    )


def options(given: tuple[str, ...], known: list[Data]) -> list[Data]:
    """Options with the values that the house uses for the same words."""
    by_words = {fold(str(one["label"]["vi"])): one for one in known}
    taken: set[str] = set()
    made = []
    for text in given:
        found = by_words.get(fold(text))
        value = unique(str(found["value"]) if found else made_id(text), taken)
        label = dict(found["label"]) if found else {"vi": _label(text), "en": _label(text)}
        made.append({"value": value, "label": label})
    return made


def _label(text: str) -> str:
    text = nfc(text).strip()
    return (text[:1].upper() + text[1:])[:LABEL_LENGTH] or "–"


def made_id(text: str) -> str:
    """An id out of words, in plain letters; never longer than it can be read."""
    found = slug(text).replace("-", "_")[:ID_LENGTH].rstrip("_")
    return found if found[:1].isalpha() else f"o_{found}".rstrip("_")


def unique(name: str, taken: set[str]) -> str:
    """The name, with a number where it is taken already; it is taken then."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    taken.add(found)
    return found
