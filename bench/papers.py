"""What a receipt costs as a PDF, beside typst itself; and whether long books fill the memory.

    python bench/papers.py [--rounds 200] [--json]
    DATABASE_URL=postgres://… python bench/papers.py       # an empty database

In one process, in turns: typst alone with all it needs laid ready (the files, the fonts), and ours from the filled
form to the bytes that are kept (record, code to scan, attachment). No two receipts are alike, so that neither side
finds what the other has set. Told besides: the whole act of the worker (reading, setting, storing, the journal's line),
and the register of a busy day again and again. Exit 0 when the median of ours is at most 1.25 times typst's own and the
books grow the process by at most 64 MB once it has set two; else 1.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HERE / "src"), str(HERE)]
TIMES_MOST, GROWTH_MOST_MB = 1.25, 64.0
BOOK_ROWS, BOOKS = 300, 8
ACTS, WARM = 12, 10


def set_up() -> Any:
    """Django and the small city, in the installation of MOTCUA_VAR and DATABASE_URL."""
    from motcua.config import cli

    cli.set_up_django()
    from django.core.management import call_command

    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    from tests.support.city import city

    return city()


def receipts(city: Any, many: int) -> list[tuple[Any, Any]]:
    """As many dossiers, received one after another, each with its receipt."""
    from datetime import timedelta

    from motcua.dossiers import queries as dossiers
    from tests.dossiers import factories as make

    found = []
    for place in range(many):
        row = make.get(make.received(city, at=make.AT + timedelta(seconds=place)))
        found.append((row, next(each for each in dossiers.letters_of(row) if each.kind == "receipt")))
    return found


def unlike(row: Any, letter: Any, place: int) -> Any:
    """The filled form of a receipt like no other: every line of it, and the address that its code holds."""
    from motcua.dossiers import queries as dossiers

    row.reference = f"{place:04d}{row.reference[4:]}"
    sheet = dossiers.letter_sheet(row, letter)
    lines = tuple(replace(line, text=f"{line.text} {place}") for line in sheet.rows)
    return replace(sheet, rows=lines, number=f"{place}/{sheet.number}")


def in_turns(row: Any, letter: Any, rounds: int, first: int = 0) -> tuple[list[float], list[float]]:
    """Seconds of typst alone and of ours, for receipts in turn."""
    import typst

    from motcua.papers import queries
    from motcua.papers.typesetting import STANDARDS, _fonts, files_of

    alone, ours = [], []
    for place in range(first, first + 2 * rounds):
        sheet = unlike(row, letter, place)
        if place % 2:
            begun = time.perf_counter()
            record, layout = queries.record_at(sheet, letter.at, row)
            queries.set_pdf(record, layout)
            ours.append(time.perf_counter() - begun)
            continue
        record, layout = queries.record_at(sheet, letter.at, row)
        files = files_of(record, layout)
        begun = time.perf_counter()
        typst.compile(
            files, font_paths=_fonts(), ignore_system_fonts=True, format="pdf", pdf_standards=STANDARDS,
            timestamp=int(record.issued_at.timestamp()),
        )  # fmt: skip
        alone.append(time.perf_counter() - begun)
    return alone, ours


def whole_acts(cases: list[tuple[Any, Any]]) -> list[float]:
    """Seconds of the worker's whole act for each receipt."""
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.papers import actions

    taken = []
    for row, letter in cases:
        act = new_act(system("bench"), at=letter.at, purpose="papers", act_id=f"bench/{letter.public_id}")
        begun = time.perf_counter()
        actions.make(act, dossier=row.public_id, about=letter.public_id)
        taken.append(time.perf_counter() - begun)
    return taken


def held_mb() -> float:
    """The memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def books(cases: list[tuple[Any, Any]]) -> tuple[list[float], float]:
    """Seconds of a register of `BOOK_ROWS` rows each time, and by how many MB the process grew after the second."""
    from motcua.dossiers import queries as dossiers
    from motcua.papers import queries

    desk, at = cases[0][0].received_by_id, cases[0][1].at
    day = dossiers.register_sheet(desk, [cases[0][0]], at.date(), at=at, officer="Nguyễn Văn Mẫu")
    taken, before = [], 0.0
    for book in range(BOOKS):
        rows = tuple(
            tuple(f"{cell} {book}.{row}" if cell else "" for cell in day.table[0]) for row in range(BOOK_ROWS)
        )
        begun = time.perf_counter()
        queries.live_pdf(replace(day, table=rows), at)
        taken.append(time.perf_counter() - begun)
        if book == 1:
            before = held_mb()
    return taken, held_mb() - before


def measure(rounds: int) -> dict[str, float]:
    """Every figure, in milliseconds and megabytes."""
    city = set_up()
    cases = receipts(city, ACTS)
    acts = whole_acts(cases)
    in_turns(*cases[0], WARM)  # fonts and layouts are read once in the life of a process
    alone, ours = in_turns(*cases[0], rounds, first=2 * WARM)
    pages, grown = books(cases)
    own, made = statistics.median(alone), statistics.median(ours)
    return {
        "typst_alone_ms": round(own * 1000, 2),
        "receipt_ms": round(made * 1000, 2),
        "times": round(made / own, 3),
        "whole_act_ms": round(statistics.median(acts) * 1000, 2),
        f"register_of_{BOOK_ROWS}_ms": round(statistics.median(pages) * 1000, 1),
        "books_grew_mb": round(grown, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="motcua-papers-") as folder:
        os.environ["MOTCUA_VAR"] = folder
        found = measure(args.rounds)
    if args.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name.replace('_', ' ')}: {value:,}")
    return 0 if found["times"] <= TIMES_MOST and found["books_grew_mb"] <= GROWTH_MOST_MB else 1


if __name__ == "__main__":
    raise SystemExit(main())
