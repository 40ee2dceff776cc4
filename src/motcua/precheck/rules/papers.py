"""One paper as it was handed in: can it be read, is it the one asked for, is it still valid, does it say the same?

A machine misreads: what it is not sure of is a hint or nothing, never an accusation. What was written as text (a PDF of
a program) is taken at its word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.kernel.identifiers import personal_number_problem
from motcua.kernel.text import Bilingual, fold, words
from motcua.precheck.rules import days, names, titles
from motcua.precheck.rules.findings import HINT, LIKELY, Finding, Kind
from motcua.precheck.rules.pack import Looks, Prechecks
from motcua.registers.rules import add_months

WRITTEN, READ, ABSENT = "written", "read", "absent"
# Calibrated on papers set, blurred, darkened and cut by bench/precheck.py; see docs/decisions.
INK_LEAST = 0.0008  # of a page: below it nothing is written
WORDS_LEAST = 8  # surely read words from which a page has been read
WORDS_WELL = 15  # and from which what is not found is probably not there
READ_LEAST = 0.45  # of the words that were seen
CLEARLY = 0.7  # of the words of a page that has few
LONG_LEAST = 700  # pixels of the long side: an A4 sheet at 60 dots an inch
DARK, FAINT, BLURRED = 70, 9, 16.0  # of a page whose words were not read: why
CUT_LINES, CUT_SURELY = 2, 3
# Where no words tell (a drawing, no reader here) only what is plain to see: light, pixels, sharpness.
PLAIN = (45, 450, 6.0)
SURE, WELL = 80, 86  # percent
NEAR_DAYS = 366  # a day farther from the declared one is about something else

Row = tuple[str, int]


@dataclass(frozen=True)
class Page:
    """A page that was looked at: its rows with their confidence, its measures (see `digitising`)."""

    how: str
    rows: tuple[Row, ...]
    words: int
    sure: int
    long: int
    light: int
    contrast: int
    sharp: float
    ink: float
    rim: int = 0
    file: int = 0  # the one it is a page of
    number: int = 1  # from 1, within that file


@dataclass(frozen=True)
class Expected:
    """An answer that should stand on the paper too."""

    field: str
    section: str
    label: Bilingual
    type: str
    value: Any


@dataclass(frozen=True)
class Seen:
    """What was handed in for a paper, all its files together: `pages` of those that were looked at, `unread` how many
    nobody has looked at yet, `broken` those that cannot be opened, `unseen` (file, pages it has) those with more pages
    than are looked at. `said`: field → (value, percent, place in `pages`) by labels that stand on it.
    """

    key: str
    name: Bilingual
    pages: tuple[Page, ...] = ()
    unread: int = 0
    broken: tuple[int, ...] = ()
    unseen: tuple[tuple[int, int], ...] = ()
    looks: Looks | None = None
    months: int | None = None
    months_source: str = ""
    said: Mapping[str, tuple[Any, int, int]] = field(default_factory=dict)


def paper_findings(
    seen: Seen,
    expected: Sequence[Expected],
    others: Sequence[str],
    pack: Prechecks,
    day: date,
    known: Collection[date] = (),
) -> list[Finding]:
    """What is wrong with a paper that was looked at. `expected` are answers that it shows, `others` the names of
    everybody in the declaration, `known` the days it names, `day` the one by which it is judged."""
    found = [_of(seen, Kind.UNREADABLE, LIKELY, "not_opened", file=file) for file in seen.broken]
    found += _legible(seen)
    poor = any(each.severity == LIKELY for each in found)
    if poor or seen.unread or not any(_is_read(page) for page in seen.pages):
        return found
    other = _other_paper(seen, pack)
    if other is not None:
        return [*found, other]
    expiry = _expired(seen, pack, day)
    found += [expiry] if expiry else []
    its_own = {begin for _page, _at, begin in _issue_days(seen, pack)}
    found += [each for one in expected if (each := _differs(seen, one, others, its_own.union(known)))]
    return found


def _of(
    seen: Seen, kind: Kind, severity: str, code: str, *, at: Page | None = None, file: int = 0, **more: Any
) -> Finding:
    field_, section, source = more.pop("field", ""), more.pop("section", ""), more.pop("source", "")
    return Finding(
        kind, severity, code, seen.key, at.file if at else file, at.number if at else 0, field_, section, source,
        {"name": seen.name, **more},
    )  # fmt: skip


def _is_read(page: Page) -> bool:
    return page.how in (WRITTEN, READ) and page.sure >= WORDS_LEAST


# Can it be read? -----------------------------------------------------------------------------------------------------


def _legible(seen: Seen) -> Iterator[Finding]:
    pages = seen.pages
    blank = [page.ink < INK_LEAST and page.sure < 3 and page.light >= DARK for page in pages]
    for page, is_blank in zip(pages, blank, strict=True):
        if page.how == WRITTEN:
            continue
        if is_blank:  # the back of a sheet is empty beside a page that is not
            if all(blank):
                yield _of(seen, Kind.EMPTY, LIKELY, "empty", at=page)
                return
            continue
        code, severity = _why_unreadable(page, seen.looks, seen.name)
        if code:
            yield _of(seen, Kind.UNREADABLE, severity, code, at=page)
        elif page.rim >= CUT_LINES and seen.looks is not None and not seen.looks.drawn:
            severity = LIKELY if page.rim >= CUT_SURELY else HINT
            yield _of(seen, Kind.UNREADABLE, severity, "cut", at=page)
    for file, count in seen.unseen:
        shown = sum(page.file == file for page in pages)
        yield _of(seen, Kind.UNREADABLE, HINT, "not_all_read", file=file, count=count, shown=shown)


# Papers that the pack does not describe and that are pictures by their name.
_PICTURE = re.compile(r"\b(anh|ban ve|so do|ban do|mat bang|bieu tuong|phoi canh)\b")


def _why_unreadable(page: Page, looks: Looks | None, name: Bilingual) -> tuple[str, str]:
    """(why a page cannot be read: dark | small | blurred | faint | unreadable, how sure); ("", "") for one that can."""
    words_tell = not looks.drawn if looks is not None else not _PICTURE.search(fold(name.vi))
    if page.how == READ:
        least = min(WORDS_LEAST, max(2, page.words))  # a page may say little, clearly
        share = READ_LEAST if page.words >= WORDS_LEAST else CLEARLY
        if page.sure >= least and page.sure >= share * page.words:
            return "", ""
        if words_tell and looks is not None:
            return _poor(page), LIKELY
    light, long, sharp = PLAIN
    plain = (
        "dark" if page.light < light
        else "small" if page.long < long
        else "blurred" if page.sharp < sharp
        else ""
    )  # fmt: skip
    if plain:
        return plain, HINT if plain == "blurred" else LIKELY
    return (
        (_poor(page) if page.how == READ else "unreadable", HINT)
        if words_tell and page.how != ABSENT
        else ("", "")
    )


def _poor(page: Page) -> str:
    if page.light < DARK:
        return "dark"
    if page.long < LONG_LEAST:
        return "small"
    if page.sharp < BLURRED:
        return "faint" if page.contrast < FAINT else "blurred"
    return "unreadable"


# Is it the one? ------------------------------------------------------------------------------------------------------


def _other_paper(seen: Seen, pack: Prechecks) -> Finding | None:
    """Another paper where its title says so: one that we know stands on top, and none of those asked for anywhere.

    In this order: looking for a misread title is what costs, and most papers have no other one on top.
    """
    if seen.looks is None or not seen.looks.titles or not seen.pages:
        return None
    page = seen.pages[0]
    if not _is_read(page) or page.sure < WORDS_WELL:
        return None
    others = [title for title, owner in pack.titles if owner != seen.looks.id]
    read = titles.on_top(page.rows, others)
    if not read or titles.stands([each.rows for each in seen.pages], seen.looks.titles):
        return None
    return _of(seen, Kind.WRONG_PAPER, LIKELY, "other_paper", at=page, read=read[:120])


# Is it still valid? --------------------------------------------------------------------------------------------------


def _expired(seen: Seen, pack: Prechecks, day: date) -> Finding | None:
    if seen.looks is not None and seen.looks.any_age:
        return None
    for page in seen.pages:
        rows = [text for text, _sure in page.rows]
        for at, last in days.after_label(rows, pack.valid_until):
            if _of_a_card(seen, rows, at):
                continue
            if last >= day:
                return None
            severity = LIKELY if _sure_of(page, at) else HINT
            return _of(seen, Kind.EXPIRED, severity, "over", at=page, until=last)
    issued = _issued(seen, pack, day)
    if issued is None:
        return None
    page, at, begin = issued
    months = seen.months or days.months_told([text for each in seen.pages for text, _sure in each.rows])
    last = add_months(begin, months) if months else None
    if last is None or last >= day:
        return None
    severity = LIKELY if _sure_of(page, at) else HINT
    return _of(
        seen, Kind.EXPIRED, severity, "too_old", at=page, issued=begin, until=last, months=months,
        source=seen.months_source if seen.months else "",
    )  # fmt: skip


def _issued(seen: Seen, pack: Prechecks, day: date) -> tuple[Page, int, date] | None:
    """(page, row, day) on which a paper was issued: as its labels or the line above the signature say."""
    past = [
        one
        for one in _issue_days(seen, pack)
        if one[2] <= day and not _of_a_card(seen, [text for text, _sure in one[0].rows], one[1])
    ]
    return max(past, key=lambda one: one[2], default=None)


def _issue_days(seen: Seen, pack: Prechecks) -> list[tuple[Page, int, date]]:
    told = []
    for page in seen.pages:
        rows = [text for text, _sure in page.rows]
        found = [*days.signed_days(rows), *days.after_label(rows, pack.issued)]
        told += [(page, at, begin) for at, begin in found]
    return told


def _of_a_card(seen: Seen, rows: Sequence[str], at: int) -> bool:
    """Whether a row tells of somebody's identity paper, which another paper names: its days are not this one's."""
    own = (fold(seen.name.vi), *(seen.looks.titles if seen.looks is not None else ()))
    return not any(days.names_a_card(each) for each in own) and days.tells_of_a_card(rows, at)


def _sure_of(page: Page, row: int) -> bool:
    return page.how == WRITTEN or page.rows[row][1] >= 65


# Does it say the same? -----------------------------------------------------------------------------------------------


def _differs(seen: Seen, one: Expected, others: Sequence[str], known: Collection[date]) -> Finding | None:
    written = all(page.how == WRITTEN for page in seen.pages)
    match one.type:
        case "name":
            return _other_name(seen, one, others, written)
        case "personal_number":
            return _other_number(seen, one, written)
        case "date":
            return _other_day(seen, one, written, known)
        case "text":
            return _other_text(seen, one, written)
    return None


def between_papers(
    papers: Sequence[Seen], labels: Mapping[str, tuple[str, Bilingual, str]], answered: Collection[str]
) -> list[Finding]:
    """Where two papers say different things of what the declaration does not answer. `labels`: field → (section, label,
    type) of what papers show."""
    found, first = [], dict[str, Seen]()
    for seen in papers:
        for name, (value, sure, place) in seen.said.items():
            if name in answered or name not in labels or sure < SURE:
                continue
            other = first.setdefault(name, seen)
            told = other.said[name][0]
            section, label, kind = labels[name]
            same = names.same_name(str(value), str(told)) if kind == "name" else value == told
            if other is not seen and not same:
                found.append(
                    _of(
                        seen, Kind.DIFFERS, HINT, "papers_differ", at=seen.pages[place], field=name, section=section,
                        label=label, read=value, value=told, other=other.name, type=kind,
                    )
                )  # fmt: skip
    return found


def _said(
    seen: Seen, one: Expected, severity: str, read: str, at: Page | None, code: str = "differs"
) -> Finding:
    return _of(
        seen, Kind.DIFFERS, severity, code, at=at, field=one.field, section=one.section,
        label=one.label, read=read, value=one.value, type=one.type,
    )  # fmt: skip


def _other_name(seen: Seen, one: Expected, others: Sequence[str], written: bool) -> Finding | None:
    best, at = names.Near(names.NONE), None
    order = (names.SAME, names.TONES, names.NEAR, names.NONE)
    for page in seen.pages:
        near = names.nearest(str(one.value), page.rows, others)
        if order.index(near.how) < order.index(best.how):
            best, at = near, page
    if best.how == names.SAME:
        return None
    if best.how in (names.TONES, names.NEAR):
        if written:
            return _said(seen, one, LIKELY, best.read, at)
        if best.how == names.TONES:
            return None  # marks are what a machine misreads first
        if names.is_misread(best.read):
            return None
        return _said(seen, one, HINT, best.read, at) if best.confidence >= SURE else None
    said = seen.said.get(one.field)
    if said is not None and fold(str(one.value)).startswith(fold(str(said[0]))):
        return None  # the beginning of it: the line was broken
    if said is not None and not any(names.same_name(str(said[0]), other) for other in others):
        sure = written or said[1] >= 70
        return _said(seen, one, LIKELY if sure else HINT, str(said[0]), seen.pages[said[2]])
    if max((page.sure for page in seen.pages), default=0) < WORDS_WELL:
        return None
    well = written or (_mean(seen) >= SURE and not _half_read(seen, str(one.value)))
    if not well:
        return None
    near = next((name for page in seen.pages if (name := names.alike(str(one.value), page.rows, others))), "")
    code = "not_there_but" if near else "not_there"
    return _said(seen, one, LIKELY if written else HINT, near, None, code)


_DIGIT = re.compile(r"\d")


def _half_read(seen: Seen, name: str) -> bool:
    """Whether the name may be there, misread: its last word in a row that was read unsurely, or all of its words but
    the first in one row."""
    rest = words(name)[1:]
    for page in seen.pages:
        for text, sure in page.rows:
            found = words(_DIGIT.sub(" ", text))
            if (rest[-1:] == [word for word in found if word in rest[-1:]][:1] and sure < WELL) or (
                len(rest) > 1 and set(rest) <= set(found)
            ):
                return True
    return False


def _mean(seen: Seen) -> float:
    rows = [sure for page in seen.pages for _text, sure in page.rows]
    return sum(rows) / len(rows) if rows else 0.0


_DIGITS = re.compile(r"(?<![\d.])\d(?:[ .]?\d){11}(?![.]?\d)")


def _is_a_number(told: Any) -> bool:
    """Whether it can be somebody's: the code of a province comes first, and all of them begin with 0."""
    return str(told).startswith("0") and not personal_number_problem(str(told))


def _other_number(seen: Seen, one: Expected, written: bool) -> Finding | None:
    wanted = str(one.value)
    best: tuple[int, str, Page, int] | None = None
    for page in seen.pages:
        for text, sure in page.rows:
            for match in _DIGITS.finditer(text):
                told = re.sub(r"\D", "", match[0])
                if told == wanted:
                    return None
                if not written and not _is_a_number(told):
                    continue  # no number of anybody: misread
                apart = sum(a != b for a, b in zip(told, wanted, strict=True))
                if apart <= 3 and (best is None or apart < best[0]):
                    best = (apart, told, page, sure)
    said = seen.said.get(one.field)
    if best is None and said is not None and str(said[0]) != wanted and (written or _is_a_number(said[0])):
        best = (12, str(said[0]), seen.pages[said[2]], said[1])
    if best is None:
        return None
    apart, told, at, sure = best
    if not written and (apart == 1 or sure < SURE):
        return _said(seen, one, HINT, told, at) if sure >= SURE else None
    return _said(seen, one, LIKELY, told, at)


def _other_day(seen: Seen, one: Expected, written: bool, known: Collection[date]) -> Finding | None:
    """The declared day is not on the paper: what stands behind its label, else a day near it that is none of those
    that the declaration or the paper itself explains."""
    try:
        wanted = date.fromisoformat(str(one.value))
    except ValueError:
        return None
    told: list[tuple[int, date, Page, int]] = []
    only_signed = False
    for page in seen.pages:
        rows = [text for text, _sure in page.rows]
        signed = {at for at, _day in days.signed_days(rows)}
        besides = " ".join(text for at, text in enumerate(rows) if at not in signed)
        if wanted in days.days_in(fold(besides)):
            return None
        only_signed |= wanted in days.days_in(fold(" ".join(rows)))
        for text, sure in page.rows:
            for day in days.days_in(fold(text)):
                apart = abs((day - wanted).days)
                if apart <= NEAR_DAYS and day not in known:
                    told.append((apart, day, page, sure))
    said = seen.said.get(one.field)
    if said is not None and str(said[0]) != wanted.isoformat():
        sure = written or said[1] >= SURE
        return _said(seen, one, LIKELY if sure else HINT, str(said[0]), seen.pages[said[2]])
    if not told:
        return None
    _apart, day, page, sure = min(told, key=lambda each: each[:2])
    if not written and sure < SURE:
        return None
    certain = written and not only_signed
    return _said(seen, one, LIKELY if certain else HINT, day.isoformat(), page)


def _other_text(seen: Seen, one: Expected, written: bool) -> Finding | None:
    """A number of a paper, which has letters and signs as well: only what stands behind its label is another one."""
    wanted = _bare(str(one.value))
    if len(wanted) < 3:
        return None
    if any(wanted in _bare(text) for page in seen.pages for text, _sure in page.rows):
        return None
    said = seen.said.get(one.field)
    if said is None or not any(char.isdigit() for char in str(said[0])):
        return None
    if not written and said[1] < 70:
        return None
    return _said(seen, one, HINT, str(said[0]), seen.pages[said[2]])


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))
