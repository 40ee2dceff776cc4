"""Reading a condition text.

    condition  = both { "or" both }              both = one { "and" one }              one = [ "not" ] one |
    atom atom       = "always" | "never" | "(" condition ")"
               | name "is" ( "given" | "empty" ) | term [ "not" ] "in" "[" value { "," value } "]"
               | term ( "is" | "is not" | "=" | "!=" ) value | term ( "<" | "<=" | ">" | ">=" ) ( value | name
               )
    term       = name | "today" | age(name) | days_since(name) | count(name)
    value      = number | "text" | option_key | 2026-07-01 | true | false | today | today-60 | field(name) |
    function

After `is`, `=`, `!=` and inside lists a bare word is an option key; to compare two fields there, write
`field(other)`. After `<`, `<=`, `>`, `>=` a bare word is a field, because option keys have no order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from motcua.kernel.conditions.errors import ConditionError
from motcua.kernel.conditions.tree import (
    FUNCTIONS,
    ORDERINGS,
    All,
    Always,
    Any,
    Call,
    Compare,
    Condition,
    Given,
    Name,
    Never,
    Not,
    OneOf,
    Term,
    Today,
    Value,
)
from motcua.kernel.text import nfc

LENGTH_MAX = 4000
DEPTH_MAX = 60
RESERVED = frozenset(
    (
        "and",
        "or",
        "not",
        "is",
        "in",
        "given",
        "empty",
        "always",
        "never",
        "true",
        "false",
        "today",
        "field",
        *FUNCTIONS,
    )
)
BARE_WORD = re.compile(r"[^\W\d]\w*(?:[.-]\w+)*")
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\w))
    |(?P<number>-?[0-9]+(?:\.[0-9]+)?(?![\w.]))
    |(?P<text>"(?:[^"\\]|\\["\\])*")
    |(?P<today>today(?:\s*[+-]\s*[0-9]{1,6})?(?![\w.]))
    |(?P<word>[^\W\d]\w*(?:[.-]\w+)*)
    |(?P<sign><=|>=|!=|[<>=()\[\],])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int

    def __str__(self) -> str:
        return (
            "the end"
            if self.kind == "end"
            else f'"{self.text[:60]}"'
            if self.kind != "text"
            else self.text[:60]
        )


def parse(text: str) -> Condition:
    """The condition that a text says. Raises `ConditionError` with place, found and allowed."""
    if not isinstance(text, str):
        raise ConditionError(repr(text)[:100], 0, type(text).__name__, "a text")
    if len(text) > LENGTH_MAX:
        raise ConditionError(text, LENGTH_MAX, f"{len(text)} characters", f"at most {LENGTH_MAX}")
    return _parsed(text)


@lru_cache(maxsize=8192)
def _parsed(text: str) -> Condition:
    # The same few hundred texts of the packs are read over and over.
    return _Reader(nfc(text)).whole()


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise ConditionError(
                text, position, repr(text[position]), "a name, a value, a comparison or a bracket"
            )
        if match.lastgroup != "space":
            found.append(_Token(str(match.lastgroup), match.group(), position))
        position = match.end()
    return [*found, _Token("end", "", len(text))]


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def whole(self) -> Condition:
        condition = self.any_of()
        if self.next.kind != "end":
            raise self.wrong("and, or, or the end")
        return condition

    def any_of(self) -> Condition:
        return self._joined("or", self.all_of, Any)

    def all_of(self) -> Condition:
        return self._joined("and", self.one, All)

    def _joined(self, word, read, join) -> Condition:
        parts = [read()]
        while self.take_word(word):
            parts.append(read())
        return parts[0] if len(parts) == 1 else join(tuple(parts))

    def one(self) -> Condition:
        self.depth += 1
        if self.depth > DEPTH_MAX:
            raise self.wrong(f"at most {DEPTH_MAX} conditions inside each other")
        try:
            return Not(self.one()) if self.take_word("not") else self.atom()
        finally:
            self.depth -= 1

    def atom(self) -> Condition:
        if self.take_word("always"):
            return Always()
        if self.take_word("never"):
            return Never()
        if self.take_sign("("):
            inside = self.any_of()
            self.need_sign(")")
            return inside
        return self.comparison()

    def comparison(self) -> Condition:
        left = self.left_term()
        if self.take_word("is"):
            return self.after_is(left)
        if self.take_word("in"):
            return OneOf(left, self.list_of_values())
        if self.take_word("not"):
            if not self.take_word("in"):
                raise self.wrong("in")
            # A missing answer is not "not in" anything: every comparison with it is false.
            return All((_known(left, self), Not(OneOf(left, self.list_of_values()))))
        if self.next.kind == "sign" and self.next.text in ("=", "!=", *ORDERINGS):
            op = self.advance().text
            return Compare(left, op, self.right_term(names=op in ORDERINGS))
        raise self.wrong("is, in, =, !=, <, <=, > or >=")

    def after_is(self, left: Term) -> Condition:
        if isinstance(left, Name):
            if self.take_word("given"):
                return Given(left.name)
            if self.take_word("empty"):
                return Not(Given(left.name))
        op = "!=" if self.take_word("not") else "="
        return Compare(left, op, self.right_term(names=False))

    def left_term(self) -> Term:
        token = self.next
        if token.kind == "today":
            return _today(self.advance().text)
        if token.kind == "word" and token.text in FUNCTIONS:
            return self.call()
        if token.kind == "word" and token.text not in RESERVED:
            return Name(self.advance().text)
        raise self.wrong(
            "a field, today, age(field), days_since(field), count(field), always, never, not or ("
        )

    def call(self) -> Call:
        function = self.advance().text
        self.need_sign("(")
        name = self.field_name()
        self.need_sign(")")
        return Call(function, name)

    def field_name(self) -> str:
        if self.next.kind != "word" or self.next.text in RESERVED:
            raise self.wrong("a field")
        return self.advance().text

    def right_term(self, *, names: bool) -> Term:
        token = self.next
        if token.kind == "word" and token.text in FUNCTIONS:
            return self.call()
        if token.kind == "word" and token.text == "field":
            self.advance()
            self.need_sign("(")
            name = self.field_name()
            self.need_sign(")")
            return Name(name)
        if token.kind == "today":
            return _today(self.advance().text)
        if names and token.kind == "word" and token.text not in RESERVED:
            return Name(self.advance().text)
        return self.value()

    def value(self) -> Value:
        token = self.next
        if token.kind == "word" and token.text in ("true", "false"):
            return Value(self.advance().text == "true")
        if token.kind == "word" and token.text not in RESERVED:
            return Value(self.advance().text)
        if token.kind == "text":
            return Value(re.sub(r"\\(.)", r"\1", self.advance().text[1:-1]))
        if token.kind == "number":
            self.advance()
            return Value(float(token.text) if "." in token.text else int(token.text))
        if token.kind == "date":
            return Value(self.day())
        raise self.wrong('an option key, a "text", a number, a date such as 2026-07-01, true, false or today')

    def day(self) -> date:
        try:
            day = date.fromisoformat(self.next.text)
        except ValueError:
            raise self.wrong("a day that exists, such as 2026-07-01") from None
        self.advance()
        return day

    def list_of_values(self) -> tuple[Value, ...]:
        self.need_sign("[")
        values = [self.value()]
        while self.take_sign(","):
            values.append(self.value())
        self.need_sign("]")
        return tuple(values)

    def advance(self) -> _Token:
        token = self.next
        self.at += 1
        return token

    def take_word(self, word: str) -> bool:
        return self._take("word", word)

    def take_sign(self, sign: str) -> bool:
        return self._take("sign", sign)

    def _take(self, kind: str, text: str) -> bool:
        taken = self.next.kind == kind and self.next.text == text
        self.at += taken
        return taken

    def need_sign(self, sign: str) -> None:
        if not self.take_sign(sign):
            raise self.wrong(sign)

    def wrong(self, allowed: str) -> ConditionError:
        return ConditionError(self.text, self.next.position, str(self.next), allowed)


def _known(left: Term, reader: _Reader) -> Condition:
    if isinstance(left, Name | Call):
        return Given(left.name)
    raise reader.wrong("a field before not in")


def _today(text: str) -> Today:
    days = "".join(text[len("today") :].split())
    return Today(int(days) if days else 0)
