"""Walking through a form, line by line: parts, what they ask, papers to hand in, what is promised. No Django.

Lines that ask the citizen nothing (heads, addressees, signatures, what an agency writes) are kept as left out, with
the reason, so that a reader can see that nothing was lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from motcua.editing.docx import wording
from motcua.editing.docx.grids import Characters, Repeated, read_grid
from motcua.editing.docx.lines import CHOICE, TEXT, Asked, bullet, cut, described, without_bullet
from motcua.editing.docx.marks import BLANK, BOX, DAY
from motcua.editing.docx.opening import FormText, Line
from motcua.kernel.text import fold, words

ROWS = "rows"
SENTENCE_WORDS = 24  # a label longer than this is a sentence with holes
QUOTE = 140
_NOTE_LINE = re.compile(r"^[(\[]?\s*([0-9]{1,2}|\*{1,3})\s*[)\]\.:]\s*(.+)$")
_ROMAN = re.compile(r"^(?:[IVX]{1,4}|[A-H]|PHẦN [IVX0-9]+|Phần [IVX0-9]+|MỤC [IVX0-9]+)[.):\s]")


@dataclass
class Item:
    """One thing asked, where it stands, and how much room the form leaves."""

    asked: Asked
    place: int
    quote: str
    lines: int = 1
    room: bool = True
    begins: bool = False  # first on a line with a bullet: it speaks of whom its part is about
    columns: tuple[Asked, ...] = ()
    fixed: tuple[str, ...] = ()


@dataclass
class Part:
    """A part of the form under its heading ("" for what comes first)."""

    title: str
    place: int
    depth: int = 0  # of its number: 1 for "2.", 2 for "5.4."
    items: list[Item] = field(default_factory=list)


@dataclass
class FormRead:
    """What a form asks, in its order."""

    title: str = ""
    title_place: int = 0
    code: str = ""
    parts: list[Part] = field(default_factory=list)
    papers: list[tuple[str, int]] = field(default_factory=list)
    statements: list[tuple[str, int]] = field(default_factory=list)
    left_out: list[tuple[int, str, str]] = field(default_factory=list)  # place, text, why
    notes: dict[str, str] = field(default_factory=dict)


Block = Line | Repeated | Characters


def read_blocks(text: FormText) -> FormRead:
    """What the lines and tables of a form ask."""
    blocks: list[Block] = []
    for block in text.blocks:
        blocks += [block] if isinstance(block, Line) else read_grid(block)
    return _Walk(blocks, dict(text.notes)).read()


class _Walk:
    """One way through a form. `at` is the block that is looked at."""

    def __init__(self, blocks: list[Block], notes: dict[str, str]) -> None:
        self.blocks = blocks
        self.form = FormRead(parts=[Part("", 0)], notes=notes)
        self.at = 0
        self.mode = "ask"  # ask | state | papers | office | notes
        self.lead: tuple[str, int] | None = None  # a line that ends with a colon and waits for what follows
        self.signed = False

    def read(self) -> FormRead:
        while self.at < len(self.blocks):
            block = self.blocks[self.at]
            if isinstance(block, Repeated):
                self._rows(block)
            elif isinstance(block, Characters):
                self._characters(block)
            else:
                self._line(block)
            self.at += 1
        self._drop_lead()
        self.form.parts = [part for part in self.form.parts if part.items]
        return self.form

    # Lines ------------------------------------------------------------------------------------------------

    def _line(self, line: Line) -> None:
        told = fold(line.text)
        steps: tuple[Callable[[Line, str], bool], ...] = (
            self._note, self._formal, self._title, self._signature, self._office, self._paper, self._statement,
            self._blank_only, self._question, self._heading,
        )  # fmt: skip
        if not any(step(line, told) for step in steps):
            self._leave(line, "text")

    def _leave(self, line: Line, why: str) -> None:
        self.form.left_out.append((line.place, line.text, why))

    def _note(self, line: Line, told: str) -> bool:
        if self.mode == "notes" or (line.text.startswith("(") and (found := _NOTE_LINE.match(line.text))):
            found = _NOTE_LINE.match(line.text)
            if found and not _marks(line.text):
                self.form.notes.setdefault(found.group(1), found.group(2).strip())
                return True
            if self.mode == "notes":
                self._leave(line, "note")
                return True
        if wording.NOTES.match(told) and not _marks(line.text):
            self.mode = "notes"
            self._leave(line, "note")
            return True
        return False

    def _formal(self, line: Line, told: str) -> bool:
        if (
            wording.NATION.search(told)
            or not words(told.replace(BLANK, "").replace(DAY, ""))
            and not _marks(line.text)
        ):
            self._leave(line, "head")
            return True
        if not self.form.title and not _marks(line.text) and (found := wording.FORM_CODE.match(told)):
            if found.group().startswith(("mau", "(mau", "ct")) and not self.form.code:
                self.form.code = re.split(r"\s*[(,;]|\s+[Bb]an hành|\s+[Kk]èm theo", line.text.strip("() "))[
                    0
                ]
            self._leave(line, "head")
            return True
        if wording.ADDRESSED.match(told):
            self._leave(line, "addressed")
            return True
        return False

    def _title(self, line: Line, told: str) -> bool:
        form = self.form
        if form.parts[-1].items or len(form.parts) > 1 or _marks(line.text):
            return False
        loud = line.text.upper() == line.text and any(char.isalpha() for char in line.text)
        going_on = (
            form.title and form.title_place in (line.place, line.place - 1) and (loud or told.startswith("("))
        )
        if going_on:
            form.title_place = line.place
            form.title += "" if told.startswith("(") else f" {line.text}"
            return True
        if not form.title and wording.TITLE.match(told) and (loud or line.bold or line.centred):
            form.title, form.title_place = line.text, line.place
            return True
        if not form.title and loud and len(words(told)) > 1:
            self._leave(line, "head")
            return True
        return False

    def _signature(self, line: Line, told: str) -> bool:
        following = self.blocks[self.at + 1] if self.at + 1 < len(self.blocks) else None
        signs_next = isinstance(following, Line) and wording.SIGNED.search(fold(following.text)) is not None
        unmarked = not _marks(line.text)
        if wording.SIGNED.search(told) or (unmarked and signs_next and len(words(told)) <= 14):
            signed_here = wording.SIGNED.search(told) and "(" in told
            self.signed = self.signed or bool(signed_here)
        elif unmarked and line.text.upper() == line.text and wording.SIGNER.match(told):
            self.signed = True
        else:
            return False
        self._drop_lead()
        self._leave(line, "agreement" if wording.AGREED.match(told) else "signature")
        self.mode = "ask" if self.mode in ("state", "papers") else self.mode
        return True

    def _office(self, line: Line, told: str) -> bool:
        if wording.OFFICE.match(told):
            self.mode = "office"
        elif self.mode == "office" and _ROMAN.match(line.text) and line.bold:
            self.mode = "ask"
        if self.mode != "office":
            return False
        self._leave(line, "office")
        return True

    def _statement(self, line: Line, told: str) -> bool:
        begins = wording.STATED.search(fold(without_bullet(line.text))) and not line.text.count(BOX)
        if not begins and not (self.mode == "state" and not _marks(line.text)):
            return False
        if not begins and _is_heading(line) and not bullet(line.text).startswith(("-", "+", "*")):
            self.mode = "ask"
            return False
        self._drop_lead()
        self.mode = "state"
        said = re.sub(r"^Cam (kết|đoan):\s*", "", without_bullet(line.text))
        if len(words(said)) > 2:
            self.form.statements.append((said, line.place))
        else:
            self._leave(line, "heading")
        return True

    def _paper(self, line: Line, told: str) -> bool:
        bare = fold(without_bullet(line.text))
        if wording.PAPERS.search(bare) and _marks(line.text) <= {BLANK} and len(cut(line.text)) <= 1:
            self._drop_lead()
            self.mode = "papers"
            self._leave(line, "papers")
            return True
        if self.mode != "papers" or wording.STATED.search(bare):
            return False
        name = without_bullet(line.text).strip(f" {BLANK}{BOX}.;,:")
        if bullet(line.text) or BOX in line.text or not name:
            if words(name):
                self.form.papers.append((name, line.place))
            else:
                self._leave(line, "papers")
            return True
        self.mode = "ask"
        return False

    def _blank_only(self, line: Line, told: str) -> bool:
        if words(line.text.replace(BLANK, "").replace(DAY, "")) or BOX in line.text:
            return False
        if self.lead is not None:
            label, place = self.lead
            self.lead = None
            self._ask(described(label), place, label)
        elif self.part.items and not self.signed:
            self.part.items[-1].lines += 1
        else:
            self._leave(line, "signature")
        return True

    def _question(self, line: Line, told: str) -> bool:
        found = cut(line.text)
        if not found:
            return False
        self.mode = "ask"
        if self.signed:  # what is asked after the signature belongs to nothing before it
            self.form.parts.append(Part("", line.place))
            self.signed = False
        for number, asked in enumerate(found):
            if asked.kind == CHOICE and not asked.label:
                self._options(asked, line)
            elif not asked.label or wording.TWICE.match(fold(asked.label)):
                if asked.label:
                    self._leave(line, "twice")
            elif asked.is_place:
                self._address(asked, line)
            else:
                self._drop_lead()
                item = self._ask(asked, line.place, line.text)
                item.begins = number == 0 and bool(bullet(line.text))
        return True

    def _heading(self, line: Line, told: str) -> bool:
        """No blank: a heading, the lead of what follows, or a question that leaves no room."""
        ends = line.text.rstrip().endswith(":") or re.search(r":\s*\([^()]*\)$", line.text) is not None
        self._drop_lead()
        label = described(line.text).label
        if ends and self._leads():
            if line.bold and bullet(line.text):
                self.form.parts.append(Part(label, line.place, _depth(line.text)))
            self.lead = (line.text, line.place)
            return True
        concept = wording.concept(label) if ends else None
        if concept is not None and not _is_numbered(line) and len(words(label)) <= 8:
            self._ask(described(line.text), line.place, line.text, room=False)
            return True
        if _is_heading(line) or (ends and len(words(label)) > 6):
            self.form.parts.append(Part(label, line.place, _depth(line.text)))
            self.signed = False
            return True
        if ends and words(label) and self.form.title:
            self._ask(described(line.text), line.place, line.text, room=False)
            return True
        return False

    def _leads(self) -> bool:
        """Whether what follows belongs to this line: a table, boxes, lines to write on, parts of an address."""
        following = self.blocks[self.at + 1] if self.at + 1 < len(self.blocks) else None
        if not isinstance(following, Line):
            return following is not None
        if not words(following.text.replace(BLANK, "").replace(DAY, "")) and _marks(following.text):
            return True
        first = next(iter(cut(following.text)), None)
        return first is not None and ((first.kind == CHOICE and not first.label) or first.is_place)

    # What is asked ----------------------------------------------------------------------------------------

    @property
    def part(self) -> Part:
        return self.form.parts[-1]

    def _ask(self, asked: Asked, place: int, quote: str, *, room: bool = True) -> Item:
        item = Item(asked, place, quote[:QUOTE], room=room)
        self.part.items.append(item)
        return item

    def _drop_lead(self) -> None:
        """A lead that nothing followed is a heading."""
        if self.lead is not None:
            self.form.parts.append(Part(described(self.lead[0]).label, self.lead[1], _depth(self.lead[0])))
            self.lead = None

    def _options(self, asked: Asked, line: Line) -> None:
        """Boxes without a label: choices of the line above, or more choices of the same question."""
        last = self.part.items[-1] if self.part.items else None
        if self.lead is not None:
            text, place = self.lead
            self.lead = None
            label = described(text)
            self._ask(
                replace(
                    asked, label=label.label, hint=label.hint, notes=label.notes, optional=label.optional
                ),
                place,
                text,
            )
        elif last is not None and last.asked.kind == CHOICE and last.place >= line.place - 3:
            more = tuple(at + len(last.asked.options) for at in asked.more)
            last.asked = replace(
                last.asked, options=last.asked.options + asked.options, more=last.asked.more + more
            )
        elif len(asked.options) == 1 or not self.part.title:
            self._ask(replace(asked, label=asked.options[0] if asked.options else ""), line.place, line.text)
        else:
            self._ask(replace(asked, label=self.part.title), line.place, line.text)

    def _address(self, asked: Asked, line: Line) -> None:
        """A part of an address: of the one being told, of the line above, or of one that the form names before."""
        if self.lead is not None:
            text, place = self.lead
            self.lead = None
            self._ask(described(text), place, text).lines = 0
        for item in reversed(self.part.items[-5:]):
            told = wording.concept(item.asked.label)
            if told is not None and told.type == "address":
                item.room = True
                return
        item = self._ask(replace(asked, label=self.part.title or "Địa chỉ"), line.place, line.text)
        if wording.concept(item.asked.label) is None:
            item.asked = replace(item.asked, label="Địa chỉ")

    def _rows(self, block: Repeated) -> None:
        label = described(self.lead[0]) if self.lead else Asked(self.part.title or "Danh sách")
        place = self.lead[1] if self.lead else block.place
        quote = self.lead[0] if self.lead else " | ".join(block.columns)
        self.lead = None
        columns = tuple(described(name) for name in block.columns)
        asked = tuple(one for one in columns if one.label and not wording.ORDER.match(fold(one.label)))
        if not asked or self.mode == "office":
            return
        item = self._ask(replace(label, kind=ROWS), place, quote)
        item.columns, item.fixed = asked, block.fixed

    def _characters(self, block: Characters) -> None:
        if block.label:
            self._drop_lead()
            self._ask(described(block.label), block.place, block.label)
        elif self.lead is not None:
            text, place = self.lead
            self.lead = None
            self._ask(described(text), place, text)


def _marks(text: str) -> set[str]:
    return set(text) & {BLANK, BOX, DAY}


def _depth(text: str) -> int:
    return len(re.findall("[0-9]+", bullet(text)))


def _is_numbered(line: Line) -> bool:
    return bool(re.match(r"^\s*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]|[IVX]{1,4}[.)])\s*\D", line.text)) or (
        line.bold and bool(bullet(line.text))
    )


def _is_heading(line: Line) -> bool:
    loud = line.text.upper() == line.text and len(words(line.text)) > 1
    return len(words(line.text)) <= 40 and (
        _is_numbered(line) or bool(_ROMAN.match(line.text)) or line.bold or loud
    )


__all__ = ["ROWS", "TEXT", "FormRead", "Item", "Part", "read_blocks"]
