"""Reads the docs as a newcomer would: do the names and links in them lead somewhere?"""

import re
from collections.abc import Iterable
from pathlib import Path

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
PLACE = re.compile(r"^(?:src|docs|tests|packs|scripts|requirements)/[\w./-]+$")
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)\b")
DECISION = re.compile(r"^\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.md$")
DECISION_PARTS = ("**Context.**", "**Decision.**", "**Consequences.**", "**Alternatives.**")


def pages(top: Path) -> list[Path]:
    """Return the pages of the docs and the two front pages."""
    return sorted([*(top / "docs").rglob("*.md"), *top.glob("*.md")])


def broken_links(top: Path) -> list[str]:
    """Return a sentence for every link to a file that is not there."""
    problems = []
    for page in pages(top):
        for target in LINK.findall(page.read_text("utf-8")):
            path = target.partition("#")[0]
            if (
                path
                and "://" not in path
                and not path.startswith("mailto:")
                and not (page.parent / path).exists()
            ):
                problems.append(f"{page.relative_to(top)} links to {target}, which is not there.")
    return problems


def lost_places(top: Path) -> list[str]:
    """Return a sentence for every path in backticks that is not there."""
    return [
        f"{page.relative_to(top)} names {name}, which is not there."
        for page in pages(top)
        for name in CODE.findall(page.read_text("utf-8"))
        if PLACE.match(name) and not (top / name).exists()
    ]


def unknown_make_commands(top: Path) -> list[str]:
    """Return a sentence for every `make something` in the docs that the Makefile does not have."""
    known = set(re.findall(r"^([a-z][a-z-]*):", (top / "Makefile").read_text("utf-8"), re.MULTILINE))
    return [
        f"{page.relative_to(top)} says `make {name}`, which the Makefile does not have."
        for page in pages(top)
        for code in CODE.findall(page.read_text("utf-8"))
        for name in MAKE.findall(code)
        if name not in known
    ]


def unnamed_rooms(map_text: str, floors: Iterable[Iterable[str]]) -> list[str]:
    """Return a sentence for every room that the table of floors does not name on its floor."""
    rows = dict(re.findall(r"^\| \d+ \| `(\w+)` \| (.*) \|$", map_text, re.MULTILINE))
    numbers = {
        name: int(number) for number, name in re.findall(r"^\| (\d+) \| `(\w+)` \|", map_text, re.MULTILINE)
    }
    problems = []
    for level, floor in enumerate(floors, start=1):
        for room in floor:
            if len(rows.get(room, "")) < 20:
                problems.append(f"docs/map.md does not say what {room} is for.")
            elif numbers[room] != level:
                problems.append(f"docs/map.md puts {room} on floor {numbers[room]}; it stands on {level}.")
    return problems


def unknown_words(glossary_text: str, code: str) -> list[str]:
    """Return a sentence for every name of the glossary that the code does not use."""
    problems, used = [], set(re.findall(r"\w+", code))
    for row in re.findall(r"^\| (?!Tiếng|---)(.+) \|$", glossary_text, re.MULTILINE):
        cells = [cell.strip() for cell in row.split("|")]
        for name in CODE.findall(cells[2]):
            if name not in used and not re.search(rf"\b{re.escape(name)}\b", code):
                problems.append(
                    f"docs/glossary.md: {cells[0]} is `{name}`, a name that the code does not use."
                )
    return problems


def crooked_decisions(folder: Path) -> list[str]:
    """Return a sentence for every decision without a dated name or one of its four parts."""
    problems = []
    for page in sorted(folder.glob("*")):
        if not DECISION.match(page.name):
            problems.append(f"{page.name} is not named by its date.")
            continue
        text = page.read_text("utf-8")
        problems += [f"{page.name} lacks {part}" for part in DECISION_PARTS if not _has_part(text, part)]
    return problems


def _has_part(text: str, part: str) -> bool:
    """A part is a bold word at the start of a paragraph, or a heading, in the singular or the plural."""
    word = part.strip("*.")
    return re.search(rf"^(?:\*\*|#+ ){word}s?\b", text, re.MULTILINE) is not None
