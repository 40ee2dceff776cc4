"""Cutting a line of a form at its blanks: what is asked, with which unit, which choices, which notes. No Django."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from motcua.editing.docx.marks import BLANK, BOX, DAY
from motcua.kernel.text import fold, words

TEXT, WHOLE_DAY, CHOICE = "text", "day", "choice"
_MARKS = re.compile(f"([{BLANK}{DAY}{BOX}])")
_BULLET = re.compile(
    r"^\s*(?:[-–—+*•●○▪■➢]\s*|(?:[IVX]{1,4}|[A-Z]|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3})[.)]\s*(?=\D)|[a-zđ][.)]\s+"
    r"|[0-9]{1,2}\.[0-9]{1,2}\s+|[0-9]{1,2}\s*[-–]\s+)+"
)
_NOTE = re.compile(r"\s*[(\[]\s*([0-9]{1,2}|\*{1,3})\s*[)\]]")
_PARENTHESES = re.compile(r"\s*\(([^()]{2,300})\)")
_UNIT = re.compile(
    r"^\s*\(?\s*(m2|m²|m3|cm|km|ha|m|đồng/năm|đồng/tháng|đồng|vnđ|vnd|triệu đồng|tháng|bản|người|tầng|năm|ngày|"
    r"tuổi|lao động|%|kg|tấn|kva|kw)(?![\w/])\s*\)?[\s.,;]*",
    re.IGNORECASE,
)
_INNER = re.compile(r":\s+(?=[A-ZĐÀ-ỸƠƯĂÂÊÔ])")
_OPTIONAL = re.compile(r"neu co|neu biet|neu nho|khong bat buoc|truong hop co")
_NEEDED = re.compile(r"\bbat buoc\b")

# Words of the parts of an address: a run of such blanks is one address.
_PLACE_WORDS = frozenset(
    [
        "so",
        "nha",
        "can",
        "ho",
        "duong",
        "pho",
        "ngo",
        "ngach",
        "hem",
        "kiet",
        "to",
        "dan",
        "xom",
        "ap",
        "thon",
        "lang",
        "ban",
        "buon",
        "khu",
        "phuong",
        "xa",
        "dac",
        "thi",
        "tran",
        "quan",
        "huyen",
        "tinh",
        "thanh",
        "truc",
        "thuoc",
        "trung",
        "uong",
        "tai",
        "cap",
        "va",
        "hoac",
        "toa",
        "doi",
        "khoi",
    ]
)
_PLACE_HEADS = frozenset(
    [
        "nha",
        "duong",
        "pho",
        "ngo",
        "ngach",
        "hem",
        "thon",
        "xom",
        "ap",
        "phuong",
        "xa",
        "huyen",
        "quan",
        "tinh",
        "thanh",
        "tai",
        "to",
    ]
)


@dataclass(frozen=True)
class Asked:
    """One thing the form asks, as its line says it."""

    label: str
    kind: str = TEXT
    hint: str = ""
    notes: tuple[str, ...] = ()
    unit: str = ""
    options: tuple[str, ...] = ()
    more: tuple[int, ...] = ()  # options behind which something is to be written
    optional: bool | None = None  # True "(nếu có)", False "(bắt buộc)", None: the form does not say

    @property
    def is_place(self) -> bool:
        """Whether this is only a part of an address: "phường/xã", "số nhà, đường"."""
        found = words(self.label)
        return bool(found) and set(found) <= _PLACE_WORDS and bool(set(found) & _PLACE_HEADS)


def without_bullet(text: str) -> str:
    """The line without its number or bullet."""
    return _BULLET.sub("", text).strip()


def bullet(text: str) -> str:
    """Its number or bullet, "" for none."""
    found = _BULLET.match(text)
    return found.group().strip() if found else ""


def described(text: str, kind: str = TEXT, unit: str = "") -> Asked:
    """A label as it is written, taken apart: notes, hint, unit, whether an answer may be missing."""
    notes = tuple(found.group(1) for found in _NOTE.finditer(text))
    text = _NOTE.sub("", text)
    hints = [found.group(1).strip() for found in _PARENTHESES.finditer(text)]
    label = _PARENTHESES.sub("", without_bullet(text)).strip(" :;,.-–…")
    told = fold(" ".join(hints) + " " + label)
    optional = True if _OPTIONAL.search(told) else (False if _NEEDED.search(told) or "*" in notes else None)
    kept = "; ".join(hint for hint in hints if not _OPTIONAL.fullmatch(fold(hint)))
    found_unit = next((u.group(1) for hint in hints if (u := _UNIT.fullmatch(hint))), "")
    return Asked(" ".join(label.split()), kind, kept, notes, unit or found_unit, optional=optional)


def cut(text: str) -> list[Asked]:
    """What a line asks, in its order; a label "" belongs to the line before it. [] for a line without blanks."""
    pieces = _MARKS.split(without_bullet(text))
    if len(pieces) == 1:
        return []
    found: list[Asked] = []
    current, place = pieces[0], 1
    while place < len(pieces):
        mark, after = pieces[place], pieces[place + 1]
        if mark == BOX:
            place, current = _choices(current, pieces, place, found)
            continue
        unit = _UNIT.match(after)
        found += _labelled(current, WHOLE_DAY if mark == DAY else TEXT, unit.group(1) if unit else "")
        current = after[unit.end() :] if unit else after
        current = current.lstrip(" ,;.)")
        place += 2
    return _with_tail(found, current)


def _labelled(text: str, kind: str, unit: str) -> list[Asked]:
    """Usually one; "Giới tính: Dân tộc: …" asks two things, the first with no room left for it."""
    text = text.strip()
    parts = _INNER.split(text)
    last = parts[-1]
    if ":" in last.rstrip(" :"):  # "Địa chỉ liên hệ: số nhà …"
        head, _colon, tail = last.rstrip(" :").rpartition(":")
        if described(tail).is_place:
            parts = [*parts[:-1], head, tail]
    return [described(part) for part in parts[:-1] if described(part).label] + [
        described(parts[-1], kind, unit)
    ]


def _choices(current: str, pieces: list[str], place: int, found: list[Asked]) -> tuple[int, str]:
    """Read a run of boxes from `place` on; where to go on, and with which text."""
    end = place
    while end + 2 < len(pieces) and pieces[end + 2] == BOX:
        end += 2
    between = [pieces[at + 1] for at in range(place, end, 2)]
    tail = pieces[end + 1]
    head, colon, option = _head(current)
    more: tuple[int, ...] = ()
    if option.strip():  # "Giới tính: Nam ☐ Nữ ☐"
        options, rest = [option, *between], tail
    else:  # "☐ Nam ☐ Nữ"
        last, rest = tail, ""
        followed = end + 2 < len(pieces)
        if followed and ":" in tail and not fold(tail).startswith("khac"):
            split = re.match(r"\s*(.+?)\s+([A-ZĐÀ-Ỹ][^:]*:.*)$", tail)
            last, rest = (split.group(1), split.group(2)) if split else (tail, "")
        elif followed:
            more = (len(between),)
            end += 2
            rest = pieces[end + 1]
        options = [*between, last]
    cleaned = tuple(_option(one) for one in options)
    kept = [at for at, one in enumerate(cleaned) if one]
    more = tuple(kept.index(at) for at in more if at in kept)
    label = described(head if colon else "")
    found.append(replace(label, kind=CHOICE, options=tuple(cleaned[at] for at in kept), more=more))
    return end + 2, rest


def _head(text: str) -> tuple[str, str, str]:
    for sign in (":", "?"):
        head, colon, option = text.rpartition(sign)
        if colon:
            return (head + ("?" if sign == "?" else ""), colon, option)
    return "", "", text


def _option(text: str) -> str:
    return " ".join(_NOTE.sub("", text).split()).strip(" ,;:./-–")


def _with_tail(found: list[Asked], tail: str) -> list[Asked]:
    """Words behind the last blank explain it: "… m (trong đó ghi rõ …)"."""
    told = described(tail)
    said = "; ".join(part for part in (told.hint, told.label) if part)
    if found and said and len(said) > 2 and found[-1].kind != CHOICE:
        last = found[-1]
        optional = last.optional if last.optional is not None else told.optional
        hint = "; ".join(part for part in (last.hint, said) if part)
        found[-1] = replace(last, hint=hint, notes=(*last.notes, *told.notes), optional=optional)
    return found
