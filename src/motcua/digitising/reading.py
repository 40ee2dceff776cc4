"""From words on a page to proposals for fields: labels found, the values behind them read by the type of the field.

Pure: words, a declaration and the name of the paper in, proposals out. A proposal says how sure it is and where it
stands; whether it is right is for a person to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from motcua.digitising import labels, rules
from motcua.digitising.ocr import Word
from motcua.dossiers.rules import proves_identity
from motcua.kernel import forms
from motcua.kernel.text import fold, title_name

ALIKE = 0.86  # how alike a label must be to what was read
WORD_ALIKE = 0.72  # and each of its longer words
GAP = 25.0  # thousandths of the page's width: more than that between two words is another column
VALUE_WORDS = 14
ROWS_MAX = 300  # rows of a page that are looked at

Row = list[Word]


@dataclass(frozen=True)
class Found:
    """A value for a field: as an answer, as it was read, percent, page from 0, box in thousandths of the page."""

    field: str
    value: Any
    read: str
    confidence: int
    page: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class _Label:
    """A label of a field, folded, with the words it has."""

    field: str
    text: str
    words: int


def rows_of(words: Iterable[Word]) -> list[Row]:
    """The words in rows as the eye sees them, from the top, each from the left: across the columns of a page."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda w: w.top + w.height / 2):
        middle = word.top + word.height / 2
        last = rows[-1] if rows else None
        if last is not None:
            centre = sum(w.top + w.height / 2 for w in last) / len(last)
            height = max(sorted(w.height for w in last)[len(last) // 2], 4.0)
            if abs(middle - centre) < 0.55 * height:
                last.append(word)
                continue
        rows.append([word])
    return [sorted(row, key=lambda w: w.left) for row in rows[:ROWS_MAX]]


def proposals(
    pages: Sequence[Iterable[Word]], declaration: forms.Declaration, asked: Iterable[str], paper: str
) -> list[Found]:
    """What these pages say for the fields that are `asked` (ids) of a declaration; at most one for each field.

    `paper` is the name of the paper: the same label means another field on another paper.
    """
    wanted = set(asked)
    fields = {one.id: one for one in declaration.fields if one.id in wanted and one.type in rules.PROPOSED}
    known = _labels_for(fields, paper)
    best: dict[str, Found] = {}
    for number, words in enumerate(pages):
        for found in _on_page(rows_of(words), number, fields, known, declaration):
            held = best.get(found.field)
            if held is None or found.confidence > held.confidence:
                best[found.field] = found
    return [best[name] for name in fields if name in best]


def _labels_for(fields: Mapping[str, forms.Field], paper: str) -> list[_Label]:
    """Longest first: “Họ, chữ đệm, tên người mẹ” is no “Họ, chữ đệm, tên”."""
    named = fold(paper)
    told: dict[str, set[str]] = {name: {one.label.vi} for name, one in fields.items()}
    tables = [labels.ANYWHERE, *(table for words, table in labels.PAPERS.items() if words in named)]
    for table in tables:
        for name in told.keys() & table.keys():
            told[name].update(table[name])
    if proves_identity(paper):
        for name, one in fields.items():
            whose, _dot, fact = str(one.prefill or "").partition(".")
            if whose == "applicant":
                told[name].update(labels.IDENTITY.get(fact, ()))
    found = {
        _Label(name, text, len(text.split()))
        for name in told
        for each in told[name]
        if (text := _plain(each))
    }
    return sorted(found, key=lambda label: (-len(label.text), label.field))


_ASIDE = re.compile(r"\([^)]*\)")
_NO_LETTER = re.compile(r"[^a-z0-9/]+")


def _plain(text: str) -> str:
    """A label as it is compared: folded, what stands in brackets and punctuation left out."""
    return " ".join(_NO_LETTER.sub(" ", fold(_ASIDE.sub(" ", text))).replace("/", " ").split())


def _on_page(
    rows: list[Row],
    page: int,
    fields: Mapping[str, forms.Field],
    known: list[_Label],
    declaration: forms.Declaration,
) -> Iterable[Found]:
    for at, row in enumerate(rows):
        taken = [False] * len(row)
        hits: list[tuple[int, int, float, list[_Label]]] = []
        plain = [_plain(word.text) for word in row]
        for label in known:
            hit = _find(label, row, plain, taken, [(a, b) for a, b, _s, _l in hits])
            if hit is None:
                continue
            start, end, alike = hit
            same = next((each for each in hits if each[:2] == (start, end)), None)
            if same is not None:
                same[3].append(label)
                continue
            taken[start:end] = [True] * (end - start)
            hits.append((start, end, alike, [label]))
        for start, end, alike, which in hits:
            following = min((s for s, _e, _a, _l in hits if s >= end), default=len(row))
            value = _behind(row, end, following) or _below(rows, at, row[start], row[end - 1])
            for label in which:
                found = _value(fields[label.field], value, alike, page, declaration)
                if found is not None:
                    yield found


def _find(
    label: _Label, row: Row, plain: list[str], taken: list[bool], spans: list[tuple[int, int]]
) -> tuple[int, int, float] | None:
    """Where a label stands in a row: at its beginning, behind a gap, or behind another label's value."""
    for start in range(len(row)):
        if start and not _begins(row, start):
            continue
        best: tuple[int, int, float] | None = None
        for length in (label.words, label.words + 1, label.words - 1):
            end = start + length
            if length < 1 or end > len(row):
                continue
            if any(taken[start:end]) and (start, end) not in spans:
                continue
            alike = _alike(label.text, " ".join(part for part in plain[start:end] if part))
            if alike >= ALIKE and (best is None or alike > best[2]):
                best = (start, end, alike)
        if best is not None and _ends(row, best[1] - 1, label):
            return best
    return None


def _begins(row: Row, at: int) -> bool:
    before = row[at - 1]
    numbered = at == 1 and re.fullmatch(r"\(?\d{1,2}[.)]*|[-•*]", before.text) is not None
    return (
        numbered or row[at].left - (before.left + before.width) > GAP or before.text.endswith((";", ".", ","))
    )


def _ends(row: Row, at: int, label: _Label) -> bool:
    """A label is closed by a colon or dots, or ends its row or column; a short one must be, or it is any word."""
    last = row[at]
    if last.text.endswith((":", "：", ".", "…")) or at + 1 == len(row):
        return True
    following = row[at + 1]
    if following.text[0] in ":.…" or following.left - (last.left + last.width) > GAP:
        return True
    return label.words >= 3


def _alike(wanted: str, read: str) -> float:
    """How alike, a word at a time: long words may differ by a letter or so, short ones tell labels apart (mẹ, cha)."""
    if wanted == read:
        return 1.0
    pairs = list(zip(wanted.split(), read.split(), strict=False))
    if len(wanted.split()) != len(read.split()):
        return 0.95 if wanted.replace(" ", "") == read.replace(" ", "") else 0.0
    each = [1.0 if a == b else _word_alike(a, b) for a, b in pairs]
    return sum(each) / len(each) if all(each) else 0.0


def _word_alike(wanted: str, read: str) -> float:
    if min(len(wanted), len(read)) < 4:
        return 0.0
    ratio = SequenceMatcher(None, wanted, read, autojunk=False).ratio()
    return ratio if ratio >= WORD_ALIKE else 0.0


def _behind(row: Row, start: int, end: int) -> Row:
    return [word for word in row[start:end] if _said(word.text)][:VALUE_WORDS]


def _below(rows: list[Row], at: int, first: Word, last: Word) -> Row:
    """The row under a label that has nothing behind it, as on identity cards."""
    if at + 1 >= len(rows):
        return []
    under = rows[at + 1]
    if under[0].top - (first.top + first.height) > 3 * max(first.height, 8):
        return []
    value: Row = []
    for word in under:
        if word.left + word.width < first.left - GAP / 2:
            continue
        if value and word.left - (value[-1].left + value[-1].width) > GAP:
            break
        if not value and word.left > last.left + last.width + 4 * GAP:
            break
        if _said(word.text):
            value.append(word)
    return value[:VALUE_WORDS]


_FILLING = re.compile(r"[.…·_:;,\-–—|]+")


def _said(text: str) -> bool:
    """Whether a word says something; dots to write on do not."""
    return _FILLING.fullmatch(text) is None


# Values --------------------------------------------------------------------------------------------------------------

_AS_DIGIT = str.maketrans(
    {"O": "0", "o": "0", "D": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"}
)
_DATE = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_DATE_IN_WORDS = re.compile(r"(?:ngay\s*)?(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})")
_AMOUNT = re.compile(r"\d[\d.,\s]*\d|\d")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LETTERS = re.compile(r"[^\W\d_][^\W\d_'’.-]*")


def _value(
    one: forms.Field, words: Row, alike: float, page: int, declaration: forms.Declaration
) -> Found | None:
    """What the words say for a field, when they can be an answer to it."""
    if not words:
        return None
    told, used = _told(one, words)
    if not told:
        return None
    answers, problems = forms.clean(declaration, {one.id: told})
    value = answers.get(one.id)
    if problems or value is None:
        return None
    part = words[:used]
    sure = sum(word.confidence * len(word.text) for word in part) / sum(len(word.text) for word in part)
    certainty = 0.85 if one.type == "text" else 1.0
    left, top = min(w.left for w in part), min(w.top for w in part)
    right, low = max(w.left + w.width for w in part), max(w.top + w.height for w in part)
    box = tuple(min(1000, max(0, round(side))) for side in (left, top, right - left, low - top))
    read = " ".join(word.text for word in part)
    return Found(one.id, value, read[:300], min(99, round(sure * alike * certainty)), page, box)  # type: ignore[arg-type]


def _told(one: forms.Field, words: Row) -> tuple[str, int]:
    """(the value as somebody would type it, how many of the words it takes)."""
    texts = [word.text for word in words]
    whole = " ".join(texts)
    match one.type:
        case "date":
            return _day(whole), len(words)
        case "personal_number":
            return _digits(texts, 12)
        case "tax_code":
            return _digits(texts, 10)
        case "phone":
            return _digits(texts, 10)
        case "number" | "money" | "area":
            amount = _AMOUNT.search(whole)
            return (amount[0].strip() if amount else ""), len(words)
        case "email":
            address = _MAIL.search(whole.replace(" ", ""))
            return (address[0] if address else ""), len(words)
        case "name":
            return _name(texts)
        case "choice":
            return _choice(one, texts)
    return whole.strip(" .,:;…"), len(words)


def _day(text: str) -> str:
    in_words = _DATE_IN_WORDS.search(fold(text))
    found = in_words or _DATE.search(" ".join(_digitised(part) for part in text.split()))
    return "/".join(found.groups()) if found else ""


def _digitised(text: str) -> str:
    """A word that is mostly digits with its look-alikes turned into digits."""
    return text.translate(_AS_DIGIT) if sum(char.isdigit() for char in text) * 2 >= len(text) else text


def _digits(texts: list[str], length: int) -> tuple[str, int]:
    found = ""
    for used, text in enumerate(texts, 1):
        part = re.sub(r"[\s.\-]", "", _digitised(text)).strip(",;:")
        if not part.isdigit():
            break
        found += part
        if len(found) >= length:
            return (found, used) if len(found) == length else ("", 0)
    return "", 0


def _name(texts: list[str]) -> tuple[str, int]:
    parts: list[str] = []
    for text in texts:
        part = text.strip(".,;:")
        if not _LETTERS.fullmatch(part) or not part[0].isupper():
            break
        parts.append(part)
        if text.endswith((",", ";", ".")):
            break
    if not 2 <= len(parts) <= 8:
        return "", 0
    name = " ".join(parts)
    return (title_name(name) if name.isupper() else name), len(parts)


def _choice(one: forms.Field, texts: list[str]) -> tuple[str, int]:
    """The option whose words stand there first; the longest of those that do."""
    best, used = "", 0
    for option in one.options:
        for said in (option.label.vi, option.label.en or ""):
            wanted = _plain(said).split()
            plain = [_plain(text) for text in texts[: len(wanted)]]
            if wanted and plain == wanted and len(wanted) > used:
                best, used = option.value, len(wanted)
    return best, used
