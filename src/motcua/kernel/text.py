"""Vietnamese text: one form, folding, sorting, slugs and texts in two languages.

People type "dang ky", "ĐĂNG KÝ" and "đăng ký" and mean the same; two programs may encode "ý" as one code
point or as two. Whatever enters the platform is brought to NFC once (`nfc`), searched through its folded form
(`fold`) and sorted through `sort_key_vi`, so that no answer depends on the database's own idea of letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("vi", "en")

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_CODES = {letter: f"{code:02d}" for code, letter in enumerate(_ALPHABET, start=11)}
_DIGIT_CODES = {digit: f"{code:02d}" for code, digit in enumerate("0123456789", start=1)}
_SPACE_CODE = "00"
# The dictionary order of tones: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTER_MARKS = {"\u0306", "\u0302", "\u031b"}

# Legacy fonts and programs write the Icelandic eth for đ, and nobody sees the difference. In Vietnamese đ only begins
# a word, in Icelandic ð never does: so Guðrún, who registers her marriage here, keeps her name.
_ETH = re.compile(r"(?<![^\W_])[ðÐ]")
_AS_VIETNAMESE = {"ð": "đ", "Ð": "Đ"}

_WORD = re.compile(r"[^\W_]+")
_NAME_PART = re.compile(r"[^\s'’\-.]+")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in Vietnamese and English. An empty English text falls back to the Vietnamese one.

    Use `text.say("en")`, `text.vi` / `text.en` in templates, or `text["vi"]`. `text.lang("en")` tells in
    which language `say` really answers, so that a page can mark the fallback with `lang="vi"`.
    """

    vi: str
    en: str = ""

    def say(self, lang: str) -> str:
        """The text in `lang` ("vi" or "en"), else in Vietnamese."""
        return self.en if lang == "en" and self.en else self.vi

    def lang(self, lang: str) -> str:
        """The language in which `say(lang)` answers."""
        return "en" if lang == "en" and self.en else "vi"

    def __getitem__(self, lang: str) -> str:
        # Templates look here first; for anything but a language they must go on to the attributes.
        if lang not in LANGUAGES:
            raise KeyError(lang)
        return self.say(lang)

    def get(self, lang: str, default: str = "") -> str:
        """The text as `say` gives it, else `default`; for readers who think of a mapping."""
        return self.say(lang) or default

    def __str__(self) -> str:
        return self.vi

    def __bool__(self) -> bool:
        return bool(self.vi or self.en)

    def to_data(self) -> dict[str, str]:
        """`{"vi": ..., "en": ...}`; the English key only when there is an English text."""
        return {"vi": self.vi, "en": self.en} if self.en else {"vi": self.vi}

    @classmethod
    def of(cls, value: object) -> Bilingual:
        """A `Bilingual` from a mapping with vi and en, a plain (Vietnamese) text, or another `Bilingual`."""
        if isinstance(value, Bilingual):
            return value
        if isinstance(value, Mapping):
            return cls(nfc(str(value.get("vi") or "")), nfc(str(value.get("en") or "")))
        return cls(nfc(str(value or "")))


def nfc(text: str) -> str:
    """The composed Unicode form (NFC), which is the only one we store; ð that begins a word is meant as đ."""
    composed = unicodedata.normalize("NFC", text)
    if "ð" in composed or "Ð" in composed:
        return _ETH.sub(lambda found: _AS_VIETNAMESE[found[0]], composed)
    return composed


# The marks of Latin letters, and where other marks (Unicode category Mn) may stand: no text of ours reaches there.
_MARKS, _STRANGE = re.compile("[\u0300-\u036f]+"), re.compile("[\u0483-\u1fff\u20d0-\U0010ffff]")


_PLAIN_D = str.maketrans("đĐðÐ", "dDdD")


def _bare(decomposed: str) -> str:
    """A text in NFD without its marks."""
    bare = _MARKS.sub("", decomposed)
    if _STRANGE.search(bare):
        bare = "".join(char for char in bare if unicodedata.category(char) != "Mn")
    return bare


def fold(text: str) -> str:
    """The form to search by: lower case, without marks, đ (and ð) as d, single spaces; "Đăng  Ký" gives "dang ky"."""
    if text.isascii():
        return " ".join(text.lower().split())
    lowered = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower())
    return " ".join(_bare(lowered).replace("đ", "d").replace("ð", "d").split())


def without_marks(text: str) -> str:
    """The text in plain letters with its case kept, as short messages want it: "Đăng ký" gives "Dang ky"."""
    bare = _bare(unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare.translate(_PLAIN_D))


def words(text: str) -> list[str]:
    """The folded words of a text, without punctuation: "Giấy khai-sinh (bản sao)" gives giay khai sinh ban sao."""
    return _WORD.findall(fold(text))


def toned_words(text: str) -> list[str]:
    """The words in lower case with their marks, the tone moved to the end as a digit: "hòa" and "hoà" both
    give "hoa1".

    The place of the tone mark is a matter of spelling school, never of meaning.
    """
    return [_toned(word) for word in _WORD.findall(nfc(text).lower())]


def _toned(word: str) -> str:
    tone, letters = "", []
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append(char)
    return nfc("".join(letters)) + tone


def has_marks(text: str) -> bool:
    """Whether the text was typed with Vietnamese marks (đ counts as one)."""
    return fold(text) != " ".join(nfc(text).lower().split())


def sort_key_vi(text: str) -> str:
    """A key that sorts Vietnamese texts by letters (a ă â b c d đ e ê …), then by tones (ngang huyền hỏi ngã
    sắc nặng).

    The key holds digits only, so every database collation sorts it alike and it may be stored in a column.
    """
    letters: list[str] = []
    tones: list[str] = []
    for base, tone in _letters_with_tones(nfc(text).lower()):
        letters.append(base)
        tones.append(tone)
    return "".join(letters) + _SPACE_CODE * 2 + "".join(tones)


def _letters_with_tones(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for char in " ".join(_WORD.findall(text)):
        if char == " ":
            found.append((_SPACE_CODE, "0"))
            continue
        marks = unicodedata.normalize("NFD", char)
        letter = nfc(marks[0] + "".join(mark for mark in marks[1:] if mark in _LETTER_MARKS))
        code = _LETTER_CODES.get(letter) or _DIGIT_CODES.get(letter) or _LETTER_CODES.get(marks[0])
        if code:
            found.append((code, next((_TONES[mark] for mark in marks if mark in _TONES), "0")))
    return found


def slug(text: str) -> str:
    """An address part: "Đăng ký khai sinh" gives "dang-ky-khai-sinh". Empty when the text has no letter or digit."""
    return "-".join(part for part in re.split(r"[^a-z0-9]+", fold(text)) if part)


def title_name(name: str) -> str:
    """A person's name as it is written: "NGUYỄN THỊ  HOA" gives "Nguyễn Thị Hoa", "h'hen niê" gives "H'Hen Niê"."""
    single = " ".join(nfc(name).split())
    return _NAME_PART.sub(lambda part: nfc(part.group()[:1].upper() + part.group()[1:].lower()), single)


def one_line(text: str) -> str:
    """The text on one line: NFC, no control or direction characters, single spaces."""
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    """The text without characters that nobody types on purpose; line ends become "\\n", tabs stay.

    Control characters break prints, direction overrides make a name read as another one, and lone surrogates
    cannot be stored. Markup is left alone: it is text, and pages escape it.
    """
    unified = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    return nfc("".join(char for char in unified if char in "\n\t" or not _is_hidden(char)))


def _is_hidden(char: str) -> bool:
    # Cc control, Cf format (direction overrides, zero-width), Cs lone surrogate, Co private use, Cn not a
    # character.
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}
