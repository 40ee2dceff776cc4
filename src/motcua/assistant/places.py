"""The wards and communes that a question names, and those that a district which is no more was parted into.

Most districts gave their name to one of the new wards: "quận Cầu Giấy" is not Phường Cầu Giấy, but any of the wards
that came of it. Part of the door `queries`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from motcua.agencies import queries as agencies
from motcua.agencies.rules import AreaView
from motcua.assistant.rules.normal import ANY_TONE, terms, toned_terms
from motcua.assistant.rules.normal import Asked as Question
from motcua.foundation.packs import store

LONGEST = 5  # words of a name
BEFORE_PLACE = frozenset(("phuong", "xa", "thi", "tran", "o", "tai", "ve", "khu", "tp", "pho", "tinh"))
# What a district was called, by the kinds of the packs; toneless "quan" and "tp" may be other words before no district.
_DISTRICT_WORDS: dict[tuple[str, ...], frozenset[str]] = {
    ("quan",): frozenset({"urban_district"}),
    ("huyen",): frozenset({"rural_district"}),
    ("thi", "xa"): frozenset({"town"}),
    ("thanh", "pho"): frozenset({"city"}),
    ("tp",): frozenset({"city"}),
}
_NO_MORE = frozenset(
    {("quan",), ("huyen",), ("thi", "xa")}
)  # whatever follows these, it is no commune of today
_KINDS = (
    "Phường ", "Xã ", "Thị trấn ", "Đặc khu ", "Thành phố ", "Tỉnh ", "Quận ", "Huyện ", "Thị xã ",
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """What a question names: communes of today, all of one name; or the communes of a former district."""

    communes: tuple[AreaView, ...] = ()
    of_district: bool = False
    begin: int = 0
    end: int = 0

    @property
    def only(self) -> str:
        """The code of the one commune that is meant, "" for none or several."""
        return self.communes[0].code if len(self.communes) == 1 and not self.of_district else ""


def named(question: Question, day: date, *, anywhere: bool = False) -> Named:
    """The communes that a question names: after "phường", "xã", "ở", … or, `anywhere`, standing alone; where it names
    none, those of the former district that it names."""
    district = _district(question, day)
    taken = range(district.begin, district.end)
    names = _communes(day)
    for begin, end in _spans(question):
        led = begin > 0 and question.folded[begin - 1] in BEFORE_PLACE
        if not (led or anywhere) or begin in taken or end - 1 in taken or _after(question, begin) in _NO_MORE:
            continue
        found = [
            each
            for each in names.get(question.folded[begin:end], ())
            if _sounds(each.name_vi, question, begin, end)
        ]
        if found:
            return Named(tuple(_narrowed(found, question, day)), False, begin, end)
    return district


def is_all_it_says(question: Question, found: Named) -> bool:
    """Whether a question is hardly more than the name of a place."""
    rest = (*question.folded[: found.begin], *question.folded[found.end :])
    return sum(word not in BEFORE_PLACE and word not in _AROUND for word in rest) == 0


_AROUND = frozenset(
    [
        "toi",
        "em",
        "minh",
        "chau",
        "nha",
        "dang",
        "song",
        "cu",
        "tru",
        "thuong",
        "tam",
        "da",
        "a",
        "nhe",
        "la",
        "quan",
        "huyen",
        "thanh",
        "day",
        "nam",
    ]
)


def _spans(question: Question) -> Iterator[tuple[int, int]]:
    """Where a name may stand, the longest first."""
    words = len(question.folded)
    for length in range(min(LONGEST, words), 0, -1):
        for begin in range(words - length + 1):
            yield begin, begin + length


def _after(question: Question, begin: int) -> tuple[str, ...]:
    """The word for a district that stands before a place in the question, () for none."""
    for words in _DISTRICT_WORDS:
        if begin >= len(words) and question.folded[begin - len(words) : begin] == words:
            toned = question.toned[begin - 1] if question.toned else ANY_TONE
            return words if words != ("quan",) or toned in (ANY_TONE, toned_terms("quận")[0]) else ()
    return ()


def _district(question: Question, day: date) -> Named:
    """The communes of a former district that is named as one."""
    led = [(begin, end, words) for begin, end in _spans(question) if (words := _after(question, begin))]
    former = _former(day) if led else {}
    for begin, end, words in led:
        for kind, name, communes in former.get(question.folded[begin:end], ()):
            if kind in _DISTRICT_WORDS[words] and _sounds(name, question, begin, end):
                return Named(communes, True, begin, end)
    return Named()


def _sounds(name: str, question: Question, begin: int, end: int) -> bool:
    """Whether a name has the tones that were typed: "làng Vạn Phúc" is not in Phường Láng."""
    if not question.toned:
        return True
    pairs = zip(question.toned[begin:end], toned_terms(bare(name)), strict=True)
    return all(said in (meant, ANY_TONE) for said, meant in pairs)


def _narrowed(found: list[AreaView], question: Question, day: date) -> list[AreaView]:
    """Of several of one name those in the province that is named too."""
    if len(found) == 1:
        return found
    line = question.line
    kept = [
        each
        for each in found
        if any(
            f" {' '.join(terms(bare(area.name_vi)))} " in line
            for code in agencies.area_chain(each.code, day)
            if code != each.code and (area := agencies.area(code, day)) is not None
        )
    ]
    return kept or found


def _communes(day: date) -> dict[tuple[str, ...], list[AreaView]]:
    found: dict[tuple[str, ...], list[AreaView]] = {}
    for area in agencies.communes(day):
        found.setdefault(tuple(terms(bare(area.name_vi))), []).append(area)
    return found


Former = dict[tuple[str, ...], list[tuple[str, str, tuple[AreaView, ...]]]]


def _former(day: date) -> Former:
    """Former districts by the words of their names: (kind, name, the communes that came of it)."""
    rows = [row for version in store.current_all("areas") for row in version.body.get("areas") or ()]
    came_of: dict[str, list[AreaView]] = {}
    for row in rows:
        area = agencies.area(row["code"], day) if row.get("former_districts") else None
        for code in row.get("former_districts") or ():
            if area is not None and area.valid_on(day):
                came_of.setdefault(code, []).append(area)
    found: Former = {}
    kinds = frozenset().union(*_DISTRICT_WORDS.values())
    for row in rows:
        ended = row.get("valid_to")
        if row["kind"] in kinds and ended and str(ended) < day.isoformat() and row["code"] in came_of:
            name = row["name_vi"]
            communes = tuple(sorted(came_of[row["code"]], key=lambda area: bare(area.name_vi) != bare(name)))
            found.setdefault(tuple(terms(bare(name))), []).append((row["kind"], name, communes))
    return found


def bare(name: str) -> str:
    """A name without what it is: "Phường Hà Tu" is "Hà Tu"."""
    lowered = name.lower()
    return next((name[len(kind) :] for kind in _KINDS if lowered.startswith(kind.lower())), name)
