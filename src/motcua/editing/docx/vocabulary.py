"""The words of the declarations that there are: one vocabulary, so that a new one asks as the others do. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.editing.docx import wording
from motcua.kernel.text import fold, toned_words, words

# Words that tell nothing about what is asked: politeness, whose it is, question words.
_FILLERS = frozenset(
    [
        "cua",
        "ban",
        "nay",
        "co",
        "khong",
        "la",
        "gi",
        "nao",
        "may",
        "bao",
        "nhieu",
        "hay",
        "cac",
        "cua",
        "duoc",
        "cho",
        "tai",
        "va",
        "hoac",
        "thi",
    ]
)
# Words that the names of most forms and procedures have.
_OFFICIAL = frozenset("to khai don de nghi giay phieu ban thu tuc dang ky cap mau thong bao".split())  # noqa: SIM905
ALIKE = 0.72  # share of words that two labels have in common (Dice) from which they ask the same
_ALIKE_INSIDE = 0.6  # … when all words of the shorter one stand in the longer
_WORDS_LEAST = 3  # of a label that stands within another one

Data = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """A question of a declaration, and the words it is told by."""

    declaration: str
    field: Mapping[str, Any]
    core: frozenset[str]
    toned: frozenset[str]
    person: str = ""  # the beginning of its id that names a person: mother_birth_on


@dataclass
class Vocabulary:
    """What can be asked, learnt from declarations. Empty, only the general concepts are known."""

    known: list[Known] = field(default_factory=list)
    options: dict[str, list[Data]] = field(
        default_factory=dict
    )  # by the end of the id: sex, ethnicity, nationality

    @classmethod
    def of(cls, declarations: Iterable[Mapping[str, Any]]) -> Vocabulary:
        """Learn from declaration documents, in the order of their ids, so that the same packs teach the same."""
        made = cls()
        for document in sorted(declarations, key=lambda one: str(one.get("id"))):
            fields = [
                one for section in document.get("sections") or () for one in section.get("fields") or ()
            ]
            ids = [str(one["id"]) for one in fields]
            people = [name.removesuffix("_full_name") for name in ids if name.endswith("_full_name")]
            for one in fields:
                person = next((who for who in people if str(one["id"]).startswith(f"{who}_")), "")
                made._learn(str(document.get("id")), one, person)
        return made

    def _learn(self, declaration: str, one: Mapping[str, Any], person: str) -> None:
        for suffix in ("sex", "ethnicity", "nationality"):
            if str(one["id"]).split("_")[-1] == suffix and one.get("options"):
                self.options.setdefault(suffix, [dict(option) for option in one["options"]])
        if one["type"] in ("note", "consent"):
            return
        label = str((one.get("label") or {}).get("vi") or "")
        self.known.append(Known(declaration, one, *cores(label), person))

    def find(self, label: str, types: Iterable[str] = ()) -> Known | None:
        """The question that asks the same as a label of a form, None for none; of `types` only, when given."""
        core, toned = cores(label)
        wanted = frozenset(types)
        best: tuple[float, float] = (0.0, 0.0)
        found = None
        for one in self.known:
            if wanted and one.field["type"] not in wanted:
                continue
            score = _alike(core, one.core)
            rank = (score, _dice(toned, one.toned))
            if score and rank > best:
                best, found = rank, one
        return found


def cores(label: str) -> tuple[frozenset[str], frozenset[str]]:
    """The telling words of a label, folded and with their tones; what stands in brackets explains and is left out."""
    bare = label
    while "(" in bare and ")" in bare[bare.index("(") :]:
        start = bare.index("(")
        bare = bare[:start] + bare[bare.index(")", start) + 1 :]
    told = wording.concept(bare)
    folded = [word for word in words(bare) if word not in _FILLERS]
    toned = [word for word in toned_words(bare) if fold(word).rstrip("0123456789") not in _FILLERS]
    if told is not None and told.suffix == "full_name":
        folded = ["ho", "ten", *(w for w in folded if w not in ("ho", "chu", "dem", "ten"))]
    return frozenset(folded), frozenset(toned)


def alike(title: str, name: str) -> bool:
    """Whether a form's title may be that of a procedure: they share a telling word besides those that all have."""
    told, called = (cores(text)[0] - _OFFICIAL for text in (title, name))
    return not told or not called or len(told & called) >= min(2, len(told), len(called))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    score = _dice(one, other)
    shorter = one if len(one) <= len(other) else other
    inside = len(shorter) >= _WORDS_LEAST and shorter <= (other if shorter is one else one)
    return score if score >= (_ALIKE_INSIDE if inside else ALIKE) else 0.0
