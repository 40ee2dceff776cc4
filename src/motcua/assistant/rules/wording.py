"""A sentence as a row of tokens, so that two wordings can be held against each other.

What may be worded otherwise stands here as closed lists: how numbers, amounts and dates are written, a few equal
expressions, words of courtesy. Everything else is content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from motcua.kernel.text import clean_text, nfc

Tokens = tuple[str, ...]

_TURNING = """
không chưa chẳng đừng cấm miễn trừ ngoại chỉ riêng phải cần nên được bị đủ có_thể nếu khi trường_hợp sẽ đã đang vẫn
ít_nhất tối_thiểu tối_đa nhiều_nhất trở_lên trở_xuống trên dưới hơn quá trước sau từ đến trong mỗi tất_cả mọi bất_kỳ
not no never without except unless only must need should may can cannot if when shall will already
least most more less over under before after from until each every all any exempt
"""
# Words that turn, bound or weaken what is said. None is ever added, dropped, moved or cut off by a comma.
POLARITY = frozenset(_TURNING.split())
CONDITIONS = frozenset({"nếu", "khi", "if", "when"})
FOCUS = frozenset({"chỉ", "riêng", "only", "cũng", "also"})

# Said alike on both sides: left is written as right. Longest first.
_EQUAL = {
    "thời gian giải quyết": "thời hạn giải quyết",
    "bao gồm": "gồm",
    "gồm có": "gồm",
    "ủy ban nhân dân": "ubnd",
    "hội đồng nhân dân": "hđnd",
    "bảo hiểm y tế": "bhyt",
    "bảo hiểm xã hội": "bhxh",
    "tính từ": "kể từ",
    "qua mạng": "trực tuyến",
    "online": "trực tuyến",
    "cần phải": "phải",
    "ở": "tại",
    "hay": "hoặc",
    "thời gian xử lý": "thời hạn giải quyết",
    "vnd": "đồng",
    "vnđ": "đồng",
    "dong": "đồng",
    "do not": "not",
    "don't": "not",
    "cannot": "can not",
    "located at": "at",
    "located in": "in",
    "includes": "include",
    # one token, so that a part of it is never taken for a word of its own
    "vui lòng": "vui_lòng",
    "có thể": "có_thể",
    "trường hợp": "trường_hợp",
    "ít nhất": "ít_nhất",
    "tối thiểu": "tối_thiểu",
    "tối đa": "tối_đa",
    "nhiều nhất": "nhiều_nhất",
    "trở lên": "trở_lên",
    "trở xuống": "trở_xuống",
    "tất cả": "tất_cả",
    "bất kỳ": "bất_kỳ",
    "bất kì": "bất_kỳ",
}
# Courtesy and small words that may come and go anywhere.
_LOOSE = frozenset({"bạn", "các", "những", "mà", "vui_lòng"})
_LOOSE_ENGLISH = frozenset({"the", "a", "an", "please", "you", "your"})  # "an" is half of "công an"
_OPENERS = (
    "dạ", "vâng", "dạ vâng", "dạ thưa", "dạ thưa bạn", "thưa bạn", "chào bạn", "xin chào", "xin chào bạn",
    "xin trả lời", "xin trả lời bạn", "xin thưa", "về câu hỏi này", "cụ thể", "cụ thể như sau", "sure", "of course",
    "certainly", "hello", "in short",
)  # fmt: skip
_CLOSERS = ("ạ", "nhé", "nha", "bạn nhé", "nhé bạn", "ạ bạn")
_IS = {":": "=", "là": "=", "is": "=", "are": "="}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_QUOTES = "\"'“”‘’«»"
_UNITS = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000}

_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)+%?(?!\w)|\w+(?:[./:\-]\w+)*%?|[^\w\s]")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+")
_AMOUNT_SIGN = re.compile(r"(?<=[0-9])\s*(?:đ|vnđ|vnd|₫)(?!\w)")
_IN_WORDS = re.compile(r"(?<![\w.,])([0-9]{1,3})(?:[.,]([0-9]{1,2}))?\s*(nghìn|ngàn|triệu|tỷ|tỉ)(?!\w)")
_DATE_SAID = re.compile(
    r"(?:(?:vào\s+)?ngày\s+)?([0-9]{1,2})\s+tháng\s+([0-9]{1,2})\s+năm\s+([0-9]{4})(?!\w)"
)
_DATE_ENGLISH = re.compile(rf"(?<!\w)(?:on\s+)?([0-9]{{1,2}})\s+({'|'.join(_MONTHS)})\s+([0-9]{{4}})(?!\w)")
_DATE = re.compile(r"(?<![\w/.-])(?:(?:vào\s+)?ngày\s+|on\s+)?([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?![\w/-])")
_CLOCK = re.compile(r"(?<![\w:])([0-9]{1,2})(?:h|:|\s+giờ\s+)([0-9]{2})(?:\s+phút)?(?![\w:])")
_NUMBER = re.compile(r"[0-9]")


def hides(text: str) -> bool:
    """Whether there is something in a text that nobody sees: control, direction, zero-width characters, other lines."""
    plain = nfc(text).strip()
    return clean_text(plain) != plain or any(char.isspace() and char not in " \xa0" for char in plain)


def is_number(token: str) -> bool:
    """Whether a token is a number, an amount, a date, an hour, or a code with digits in it."""
    return _NUMBER.search(token) is not None


def tokens_of(text: str, *, english: bool = False) -> Tokens:
    """The content of a sentence in its order: courtesy left out, numbers, dates and equal expressions in one form."""
    loose = _LOOSE | _LOOSE_ENGLISH if english else _LOOSE
    found = [_one_form(token) for token in _TOKEN.findall(_plain(text))]
    found = [token for token in found if token not in _QUOTES]
    found = _without_frame(_with_equals(found))
    found = [_IS.get(token, "," if token in ("thì", "then") else token) for token in found]
    return tuple(_tidy(token for token in found if token not in loose))


def _plain(text: str) -> str:
    """Lower case, with amounts, dates and hours written in one way."""
    plain = nfc(text).lower().strip()
    plain = _AMOUNT_SIGN.sub(" đồng", plain)
    plain = _IN_WORDS.sub(_amount, plain)
    plain = _DATE_SAID.sub(lambda m: _day(m[0], m[3], m[2], m[1]), plain)
    plain = _DATE_ENGLISH.sub(lambda m: _day(m[0], m[3], _MONTHS.index(m[2]) + 1, m[1]), plain)
    plain = _DATE.sub(lambda m: _day(m[0], m[3], m[2], m[1]), plain)
    return _CLOCK.sub(lambda m: f"{int(m[1])}:{m[2]}", plain)


def _amount(match: re.Match[str]) -> str:
    part = match[2] or ""
    return str(int(match[1] + part) * _UNITS[match[3]] // 10 ** len(part))


def _day(said: str, year: str, month: str | int, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return said


def _one_form(token: str) -> str:
    if _GROUPED.fullmatch(token):
        return token.replace(".", "").replace(",", "")
    if token in ("-", "–", "—"):
        return "–"
    ending = _SPELT.get(token[-2:])
    return token[:-2] + ending if ending else token


# "uỷ" and "ủy" are two schools of spelling, one word
_SPELT = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe",
    "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_EQUAL_ROWS = sorted(
    ((tuple(left.split()), tuple(right.split())) for left, right in _EQUAL.items()),
    key=lambda row: -len(row[0]),
)
_FRAME = sorted((tuple(said.split()) for said in _OPENERS), key=len, reverse=True)
_TAIL = sorted((tuple(said.split()) for said in _CLOSERS), key=len, reverse=True)


def _with_equals(tokens: list[str]) -> list[str]:
    """Equal expressions in one form; long ones first, and once, so that none is built out of another."""
    found: list[str] = []
    at = 0
    while at < len(tokens):
        for left, right in _EQUAL_ROWS:
            if tuple(tokens[at : at + len(left)]) == left:
                found += right
                at += len(left)
                break
        else:
            found.append(tokens[at])
            at += 1
    return found


def _without_frame(tokens: list[str]) -> list[str]:
    """Without words of courtesy before and behind, and without the stop at the end."""
    while opener := next((each for each in _FRAME if tuple(tokens[: len(each)]) == each), None):
        rest = tokens[len(opener) :]
        if rest and rest[0] not in (",", ":", ".", "!") and rest[0] != "bạn" and opener != ("dạ",):
            break  # it goes on: this was no courtesy
        while rest and rest[0] in (",", ":", ".", "!"):
            rest = rest[1:]
        tokens = rest
    while tokens and tokens[-1] in (".", "!", ","):
        tokens = tokens[:-1]
    while closer := next((each for each in _TAIL if tuple(tokens[-len(each) :]) == each), None):
        tokens = tokens[: -len(closer)]
        while tokens and tokens[-1] in (".", "!", ","):
            tokens = tokens[:-1]
    return tokens


def _tidy(tokens: Iterable[str]) -> list[str]:
    """No comma twice, none at the beginning, none before "và" and "and"."""
    found: list[str] = []
    for token in tokens:
        if found and found[-1] == "," and token in (",", "và", "and"):
            found.pop()
        if token != "," or found:
            found.append(token)
    return found
