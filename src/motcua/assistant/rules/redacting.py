"""What is taken out of a question before anything keeps it: whatever says who somebody is or where she lives.

Plain text in, plain text out: each thing found becomes a word in brackets that says what it was. Rather too much is
taken than too little: a question without its number can still be understood. What the law calls things by (codes of
procedures, numbers of decrees, sums of money) stays.

Legal ground: Law on personal data protection 91/2025/QH15, not more and not longer than the purpose needs (its
articles were not read in their own words).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.kernel.text import clean_text

NUMBER, NAME, EMAIL, DAY, PLACE, PLATE, CODE = (
    "[số]", "[tên]", "[email]", "[ngày]", "[địa chỉ]", "[biển số]", "[mã hồ sơ]",
)  # fmt: skip
MARKS = (NUMBER, NAME, EMAIL, DAY, PLACE, PLATE, CODE)


def _words(text: str, between: str = " ") -> frozenset[str]:
    return frozenset(text.split(between))


DIGITS_LEAST = 8  # a telephone number has nine or more, a date without signs eight; sums and years have fewer
CUED_LEAST = 4  # after “số tài khoản”, “CCCD đuôi”: fewer say nothing

Span = tuple[int, int, str]


@dataclass(frozen=True)
class Redacted:
    """The text that may be kept, and how many things were taken out."""

    text: str
    found: int


def redact(text: str) -> Redacted:
    """The text without numbers of persons, telephones, accounts, plates, e-mail, days, house addresses, dossier codes
    and names. Redacting a redacted text changes nothing."""
    said = unicodedata.normalize("NFC", clean_text(unicodedata.normalize("NFKC", text)))
    spans: list[Span] = []
    found = 0
    for finder in _FINDERS:
        spans = list(finder(said, _plain(said)))
        for start, end, mark in sorted(spans, reverse=True):
            said, found = said[:start] + mark + said[end:], found + 1
    return Redacted(said, found)


def bare(text: str) -> str:
    """A redacted text without its marks: what it is about, whoever asks."""
    for mark in MARKS:
        text = text.replace(mark, " ")
    return " ".join(text.split())


def shown(text: str) -> str:
    """A redacted text as its writer sees it again, in any language: what was taken out is three dots."""
    for mark in MARKS:
        text = text.replace(mark, "•••")
    return text


def _plain(text: str) -> str:
    """Lower case without marks, each character where it was."""
    return "".join(_plain_char(char) for char in text)


def _plain_char(char: str) -> str:
    bare = unicodedata.normalize("NFD", char)[:1].lower()[:1] or char
    return "d" if bare == "đ" else bare


def _of(pattern: re.Pattern[str], mark: str, group: int = 0) -> Iterator:
    def find(said: str, plain: str) -> Iterator[Span]:
        for match in pattern.finditer(plain):
            yield (*match.span(group), mark)

    return find  # type: ignore[return-value]


# E-mail, also as it is read out --------------------------------------------------------------------------------------

_AT = r"(?:\s?@\s?|\s?[\[(]\s?(?:at|a cong)\s?[\])]\s?|\s(?:at|a cong|a moc)\s)"
_DOT = r"(?:\s?\.\s?|\s(?:dot|cham)\s|\s?[\[(]\s?(?:dot|cham)\s?[\])]\s?)"
_EMAIL = re.compile(
    rf"[a-z0-9._%+\-]+{_AT}[a-z0-9\-]+(?:{_DOT}[a-z0-9\-]+)*{_DOT}(?:com|vn|net|org|edu|gov|info)\b|[a-z0-9._%+\-]+@[a-z0-9.\-]+"
)

# Codes of dossiers, and what follows one by our own unguessable references -------------------------------------------

_DOSSIER = re.compile(
    r"\b[a-z0-9]{3}(?:\.[a-z0-9]+){0,8}\s?[-‐-—]\s?\d{6}\s?[-‐-—]\s?\d{3,7}\b"
    r"|\b(?=[a-z‐-—-]*\d)[0-9a-z]{4}(?:[-‐-—][0-9a-z]{4}){3}\b|\b(?=[a-z]*\d)(?=\d*[a-z])[0-9a-hjkmnp-tv-z]{26}\b"
)

# Plates: 29A-123.45, 30k1 12345, 14 H1 - 1234, LD/NG -----------------------------------------------------------------

_PLATE = re.compile(
    r"(?<![\w.])\d{2}\s?-?\s?(?:[a-z]{1,2}|[a-z]\d)\s?[-. ]\s?(?:\d{3}[. ]?\d{2}|\d{4})(?![\w])"
    r"|(?<![\w.])\d{2}[a-z]{1,2}\d?(?:\d{5}|\d{3}\.\d{2})(?!\w)"
)
_HOUR = re.compile(r"\d{2}\s?[hg]\s")  # 14h 1234

# Days ----------------------------------------------------------------------------------------------------------------

_MONTHS = r"(?:1[0-2]|0?[1-9]|gieng|chap|mot|hai|ba|tu|nam|sau|bay|tam|chin|muoi(?: mot| hai)?)"
_DAY = re.compile(
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])\s?[/.\-]\s?(?:0?[1-9]|1[0-2])\s?[/.\-]\s?(?:(?:19|20)\d{2}|\d{2})(?![\d/])"
    r"|(?<!\d)(?:19|20)\d{2}\s?[/.\-]\s?(?:0?[1-9]|1[0-2])\s?[/.\-]\s?(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?:\bngay\s+)?(?:mung\s+)?\b\d{{1,2}}\s+thang\s+{_MONTHS}\s*,?\s*(?:nam\s+)?(?:19|20)\d{{2}}\b"
)
_BORN = re.compile(
    r"\b(?:sinh|ns|dob|date of birth|born)(?:\s+(?:ngay|vao|on))*[\s:]*"
    rf"(\d{{1,2}}(?:\s?[/.\-]\s?\d{{1,2}}|\s+thang\s+{_MONTHS}))(?!\d)"
)

# Numbers, in digits and in words -------------------------------------------------------------------------------------

_DIGIT_WORDS = _words(
    "không ko một mốt hai ba bốn tư năm lăm sáu bảy bẩy tám chín mười mươi zero one two three four five six "
    "seven eight nine oh double"
)
_JOINING_WORDS = _words("linh lẻ trăm")  # hai trăm linh ba
_PLAIN_DIGITS = frozenset(map(_plain, _DIGIT_WORDS))
_PLAIN_JOINING = frozenset(map(_plain, _JOINING_WORDS))
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_GAP = re.compile(r"[\s.,\-‐-—_/·•()*|:;+]{0,3}")
_PROCEDURE = re.compile(r"(?<![\d.])\d\.\d{6}(?:\.000\.00\.00\.h\d{2})?(?![\d])(?!\s?[.\-]\s?\d)")
_MONEY = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*|[1-9]\d{0,8}")
_OF_MONEY = re.compile(r"\s?(?:dong(?!\s+(?:thoi|y|bao|nai|thap)\b)|d|vnd|nghin|ngan|trieu|ty|k|tr)\b")
_OF_LONG_MONEY = re.compile(r"\s?(?:dong(?!\s+(?:thoi|y|bao|nai|thap)\b)|vnd)\b")  # "123456789 k" is no sum
_CUED = re.compile(
    r"\b(?:cccd|cmnd|cmt|can cuoc|chung minh|dinh danh|ho chieu|passport|ma so thue|mst|bhxh|bhyt|stk|tai khoan|"
    r"account|so the|visa|atm|sdt|dt|dien thoai|phone|zalo|goi so|so may|di dong|hotline|otp|ma pin|mat khau)"
    r"(?:[\s:.,#\-]*(?:cua|toi|em|la|so|cu|moi|duoi|cuoi|ngan hang|[a-z]{2,12}bank|is|no|number|minh|con|chau)){0,4}"
    rf"[\s:.,#\-]*([a-z]?\d(?:[\s.\-]?\d){{{CUED_LEAST - 1},24}})(?![\w])"
)
_PAPER = re.compile(r"\b[a-z]{1,2}\s?\d{6,8}\b")  # passports and serials of land papers: B1234567, CS 123456


def _numbers(said: str, plain: str) -> Iterator[Span]:
    kept = [match.span() for match in _PROCEDURE.finditer(plain)]
    for start, end, digits in _runs(said, plain):
        inside = [(a, b) for a, b in kept if start <= a and b <= end]
        if inside and digits - 7 * len(inside) < DIGITS_LEAST:
            continue
        if digits >= DIGITS_LEAST and not _is_money(plain, start, end):
            yield start, end, NUMBER


def _is_money(plain: str, start: int, end: int) -> bool:
    """“15.000.000 đồng” and “hai trăm … đồng”; never what begins with a nought."""
    written = plain[start:end]
    unit = _OF_LONG_MONEY if written.isdigit() else _OF_MONEY
    if not unit.match(plain, end):
        return False
    return bool(_MONEY.fullmatch(written)) or not any(char.isdigit() for char in written)


def _runs(said: str, plain: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, how many digits) of each longest run of digits and words for digits with little between them."""
    start = end = digits = 0
    for match in _TOKEN.finditer(plain):
        worth = _worth(said[slice(*match.span())].lower(), touching=digits > 0 and match.start() == end)
        joined = digits > 0 and bool(_GAP.fullmatch(plain, end, match.start()))
        if worth is None or not joined:
            if digits:
                yield _with_sign(plain, start), end, digits
            digits = 0
            if not worth:  # no digit, or a word that only joins digits
                continue
            start = match.start()
        end, digits = match.end(), digits + (worth or 0)
    if digits:
        yield _with_sign(plain, start), end, digits


def _worth(token: str, *, touching: bool) -> int | None:
    if token.isdigit():
        return len(token)
    if touching and token in ("o", "l", "i"):  # 09O1 234 567
        return 1
    if token in _DIGIT_WORDS or (token == _plain(token) and token in _PLAIN_DIGITS):
        return 1
    return 0 if token in _JOINING_WORDS or token in _PLAIN_JOINING else None


def _with_sign(plain: str, start: int) -> int:
    while start and plain[start - 1] in "+(":
        start -= 1
    return start


def _plates(said: str, plain: str) -> Iterator[Span]:
    for match in _PLATE.finditer(plain):
        if not _HOUR.match(match.group()):
            yield (*match.span(), PLATE)


# Where somebody lives ------------------------------------------------------------------------------------------------

_STREET = (
    r"(?:ngo|ngach|hem|kiet|duong|pho|dai lo|quoc lo|tinh lo|lo|to|thon|xom|ap|khu|toa|chung cu|can ho|tang"
    r"|phong)"
)
_UNTIL = (
    r"(?=\s*(?:[,;.?!\n]|$|\b(?:phuong|xa|thi tran|quan|huyen|thi xa|thanh pho|tp|tinh|thi|muon|can|lam|nop|xin|co"
    r"|de)\b))"
)
_HOUSE = r"\d+[a-z]?(?:\s?[/\-]\s?\d+[a-z]?)*"
_REST = rf"\b[^,;.?!\n]{{0,40}}?{_UNTIL}"
_HOUSES = (
    # số nhà 12/3, ngõ 45 đường Lê Lợi
    re.compile(rf"\b(?:so nha|nha so|sn)\s*:?\s*{_HOUSE}(?:[\s,]+{_STREET}{_REST})*"),
    re.compile(rf"\bso\s+{_HOUSE}[\s,]+{_STREET}\b(?!\s+day){_REST}"),
    re.compile(rf"\b(?:ngo|ngach|hem|kiet)\s+{_HOUSE}(?:[\s,]+(?:duong|pho){_REST})?"),
    re.compile(
        r"\b(?:can ho|can|phong)\s+(?:so\s+)?[a-z]?\d{3,5}[a-z]?\b.{0,6}(?:toa|chung cu)\b[^,;.?!\n]{0,30}"
    ),
)
_BARE_HOUSE = re.compile(r"(?<![\w.])\d+[a-z]?(?:/\d+[a-z]?)*\s+(?:duong|pho)\s+(?=\S)")


def _houses(said: str, plain: str) -> Iterator[Span]:
    taken: list[Span] = []
    for pattern in _HOUSES:
        for match in pattern.finditer(plain):
            if not _meets(taken, *match.span()):
                taken.append((*match.span(), PLACE))
    for match in _BARE_HOUSE.finditer(plain):  # 12 Đường Lê Lợi: only where a name follows
        words = list(_names_in(said, match.end(), most=4))
        if words and not _meets(taken, match.start(), words[-1][1]):
            taken.append((match.start(), words[-1][1], PLACE))
    yield from taken


def _meets(taken: list[Span], start: int, end: int) -> bool:
    return any(start < b and a < end for a, b, _mark in taken)


# Names of people -----------------------------------------------------------------------------------------------------

SURNAMES = _words(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh "
    "lâm phùng mai tô tạ hà lưu lương thái châu cao tống quách quan kiều nghiêm thạch lã mạc âu bạch thân "
    "khuất hứa giang diệp triệu lại ma nông bế ninh tăng uông vi lò lù chử hầu kim sầm thiều ung tiêu giàng "
    "vàng sùng hạng thào vừ lường quàng cầm cà lèo đàm đồng trà tôn văn viên khổng khương lục mã nhữ phó phí "
    "tưởng vòng"
)
_PLAIN_SURNAMES = frozenset(_plain(name) for name in SURNAMES)
# common words when typed without tones: they begin a name only after “tên là”
_ALSO_WORDS = _words(
    "lam la to do ho mai be lo ma vi ha cao lai quan than thai van vang ca cam dong phi pho tra sung truong tang trieu"
)
_PLACE_NAMES = _words(
    "dang ky|luong huu|bac ninh|bac giang|bac kan|bac lieu|ba ria|ba dinh|ba vi|chi linh|anh son|co to|con dao|"
    "ha noi|ha nam|ha tinh|ha giang|ha long|ha dong|cao bang|thai binh|thai nguyen|lam dong|lai chau|ninh binh|"
    "ninh thuan|ho chi|mai chau|mai son|kim son|kim thanh|chau doc|chau thanh|dong nai|dong thap|vi thanh|"
    "vi xuyen|le thuy|vu thu|duong minh|tra vinh|tra my|phu tho|van don|van phong|van giang|giang thanh|"
    "hoang sa|hoang mai|cao lanh|phan thiet|phan rang|do luong|do son|quan ly|kim boi|thach ha|thach that|"
    "luong son|nong cong|nong thon|nong nghiep|giang vo|dinh hoa|quan doi|quang tri|quang nam|quang ninh|"
    "quang ngai|quang binh|ca mau|chau phi|chau au",
    "|",
)
_MIDDLE = _words("van thi duc huu dinh ngoc minh thanh quang xuan cong thu kim quoc hoai tuan bich my hong")
_STOP = _words(
    "o sinh muon can so nam la va thi xin hoi da dang nop lam co cccd cmnd sdt khong bao nay duoc phai ve cho "
    "tai tu den o toi em anh chi ong ba con chau nha que quan ngay dien thoai ky gi ai nao the giay ho khau "
    "moi bi thuoc sn ns hay de may dc ko hk va voi cua vo chong bo me ten ho"
)
_PLACES = _words("phuong xa quan huyen tinh pho duong tran thon ap khu xom ngo truong cho cau ho dao song")
_STRONG = re.compile(
    r"\b(?:ho\s+(?:va\s+)?ten|ten)"
    r"(?:\s+(?:toi|em|con|chau|be|minh|day du|khai sinh|vo|chong|me|bo|cha|ong|ba|anh|chi))*"
    r"(?:\s+la|\s*:)\s*|\b(?:toi|con|chau|be|em|minh|vo|chong|me|bo|cha|anh|chi|ong|ba)(?:\s+(?:toi|em|chau|minh|trai|gai))?"
    r"\s+ten(?:\s+la|\s*:)?\s+|\b(?:my name is|named)\s+"
)
_WEAK = re.compile(
    r"\b(?:ong|ba|anh|chi|em|co|chu|bac|chau|be|con|vo|chong|me|bo|cha|toi la|em la|minh la|mr|mrs|ms)"
    r"(?:\s+(?:toi|em|minh|trai|gai|la))?\s+(?=\S)"
)
_CALLED = _words("ông bà anh chị em cô chú bác cháu bé con vợ chồng mẹ bố cha tôi mình")
_WORD = re.compile(r"[^\W\d_]+")
_SURE_SURNAMES = _words("nguyen tran le pham huynh hoang phan vu vo bui ngo trinh dinh doan phung")
_SURE = re.compile(r"\b([^\W\d_]+)\s+(van|thi)\s+(?=[^\W\d_])")


def _is_cue(word: str) -> bool:
    """“chị” or “chi”, but not the “Chí” of a place."""
    return word.lower() in _CALLED or word.lower() == _plain(word)


def _names_in(said: str, start: int, most: int = 5) -> Iterator[tuple[int, int]]:
    """The words with a capital that follow one another from `start`."""
    end = start
    for match in _WORD.finditer(said, start):
        gap = said[end : match.start()]
        if (
            most == 0
            or not match.group()[:1].isupper()
            or (gap.strip() and match.start() != start)
            or len(gap) > 2
        ):
            return
        yield match.span()
        end, most = match.end(), most - 1


def _low_name(said: str, plain: str, start: int, *, sure: bool) -> int:
    """Where a name in small letters ends that begins at `start`: a surname and what follows it; 0 for none."""
    words = []
    for match in _WORD.finditer(plain, start):
        gap = plain[words[-1].end() if words else start : match.start()]
        if gap.strip() or len(words) == 4 or (words and _ends_name(words, match.group())):
            break
        words.append(match)
    if len(words) < 2 or not _is_surname(said[slice(*words[0].span())]) or _is_known(*words[:2]):
        return 0
    first, second = words[0].group(), words[1].group()
    if not sure and (second not in _MIDDLE or first in _ALSO_WORDS):
        return 0
    return words[-1].end()


def _ends_name(words: list[re.Match[str]], word: str) -> bool:
    """Whether a word is no part of the name begun: “văn” and “thị” are, and so is what follows them."""
    if (len(words) == 1 and word in ("van", "thi")) or (
        len(words) == 2 and words[1].group() in ("van", "thi")
    ):
        return False
    return word in _STOP


def _is_loud(said: str) -> bool:
    """Whether all is written in capitals, so that they say nothing."""
    letters = [char for char in said if char.isalpha()]
    return len(letters) > 20 and sum(char.isupper() for char in letters) > 0.7 * len(letters)


def _is_sure(first: str, second: str) -> bool:
    """“Nguyễn Thị”, “nguyen van”; not “lại thì”, nor “giay to thi”."""
    if second.lower() in ("thị", "văn"):
        return _is_surname(first)
    return second.isascii() and first.lower() in _SURE_SURNAMES


def _is_surname(word: str) -> bool:
    """With its own marks, or without any: “Làm” is no “Lâm”."""
    low, plain = word.lower(), _plain(word)
    return low in SURNAMES or (low == plain and plain in _PLAIN_SURNAMES)


def _is_known(first: re.Match[str], second: re.Match[str]) -> bool:
    """“đăng ký”, and names of places that begin like a surname."""
    pair = (first.group(), second.group())
    return " ".join(pair) in _PLACE_NAMES


def _people(said: str, plain: str) -> Iterator[Span]:
    taken: list[Span] = []

    def take(start: int, end: int) -> None:
        if end > start and not _meets(taken, start, end) and "[" not in said[start:end]:
            taken.append((start, end, NAME))

    loud = _is_loud(said)
    for match in _STRONG.finditer(plain):
        big = [] if loud else list(_names_in(said, match.end()))
        take(match.end(), big[-1][1] if big else _low_name(said, plain, match.end(), sure=True))
    for match in _SURE.finditer(plain):
        if _is_sure(said[slice(*match.span(1))], said[slice(*match.span(2))]) and not _is_place(
            plain, match.start()
        ):
            take(match.start(), _sure_end(said, plain, match))
    for match in _WEAK.finditer(plain):
        if not _is_cue(said[match.start() : match.end()].split()[0]):
            continue
        big = [] if loud else list(_names_in(said, match.end()))
        first = plain[slice(*big[0])] if big else ""
        if (
            big
            and first not in _PLACES | _NO_NAMES
            and f"{match.group().strip()} {first}" not in _PLACE_NAMES
        ):
            take(match.end(), big[-1][1])
        elif not big:
            take(match.end(), _low_name(said, plain, match.end(), sure=False))
    for match in _WORD.finditer(
        said
    ):  # Nguyễn Hoàng Lan, wherever it stands, unless it is a ward or a street
        if not loud and match.group()[:1].isupper() and _is_surname(match.group()):
            big = list(_names_in(said, match.start()))
            names = [plain[slice(*span)] for span in big]
            least = 3 if names[0] in _ALSO_WORDS and match.group().isascii() else 2
            if (
                len(big) >= least
                and " ".join(names[:2]) not in _PLACE_NAMES
                and not _is_place(plain, match.start())
            ):
                take(match.start(), big[-1][1])
    yield from taken


_NO_NAMES = _words("viet ha nghe quang thanh ubnd cccd cmnd bhxh bhyt covid vneid")
_BEFORE = re.compile(r"([^\W\d_]+)\s*$")


def _is_place(plain: str, start: int) -> bool:
    before = _BEFORE.search(plain, max(0, start - 12), start)
    return bool(before) and before.group(1) in _PLACES


def _sure_end(said: str, plain: str, match: re.Match[str]) -> int:
    """Where “nguyen thi …” ends: after one or two given names."""
    big = list(_names_in(said, match.start()))
    if len(big) >= 3:
        return big[-1][1]
    return _low_name(said, plain, match.start(), sure=True)


_FINDERS = (
    _of(_EMAIL, EMAIL),
    _of(_DOSSIER, CODE),
    _of(_DAY, DAY),
    _of(_BORN, DAY, 1),
    _plates,
    _numbers,
    _of(_CUED, NUMBER, 1),
    _of(_PAPER, NUMBER),
    _houses,
    _people,
)
