"""Messages of the pages: collect (`make messages`), compile, and tell what lacks an English translation.

Vietnamese is the language of the message ids, so only `locale/en` exists. Babel reads and writes the files;
no gettext programs are needed. `python -m motcua.config.messages compile|collect|check`.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from . import paths

CREATED = datetime(2026, 11, 21, tzinfo=UTC)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True)
class Found:
    """One message in the code: where it stands, its id (or singular and plural), its context."""

    file: str
    line: int
    id: str | tuple[str, str]
    context: str | None


def rooms(package: Path = paths.PACKAGE) -> list[Path]:
    """Return the room folders (config among them), by name."""
    return sorted(folder for folder in package.iterdir() if (folder / "__init__.py").is_file())


def po_file(room: Path) -> Path:
    """Return where the English messages of a room stand."""
    return room / "locale" / "en" / "LC_MESSAGES" / "django.po"


def found_in(room: Path) -> Iterator[Found]:
    """Yield every message in the Python files and templates of a room."""
    for path in sorted(room.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield from _from_python(path.read_text("utf-8"), path, room.parent)
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            yield from _from_template(path.read_text("utf-8"), path, room.parent)


def _from_python(text: str, path: Path, base: Path) -> Iterator[Found]:
    for line, messages, _, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        yield Found(str(path.relative_to(base)), line, _id(messages), context)


def _from_template(text: str, path: Path, base: Path) -> Iterator[Found]:
    """Django turns a template into lines of `gettext(...)`; the lines keep their numbers."""
    from django.utils.translation.template import templatize

    yield from _from_python(templatize(text, origin=str(path)), path, base)


def _id(messages: str | tuple[str, ...]) -> str | tuple[str, str]:
    if isinstance(messages, str):
        return messages
    return (messages[0], messages[1]) if len(messages) > 1 else messages[0]


def read(path: Path) -> Catalog:
    """Read one .po file; an absent one is an empty catalogue."""
    if not path.is_file():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def missing(package: Path = paths.PACKAGE) -> list[str]:
    """Return a sentence for every message without its English: `portal/views.py:12: “…” has no English.`

    A message used in two rooms may be translated in either.
    """
    catalogues = [read(po_file(room)) for room in rooms(package)]
    return [
        f"{found.file}:{found.line}: “{_first(found.id)}” has no English."
        for room in rooms(package)
        for found in found_in(room)
        if _first(found.id) and not any(_translated(catalogue, found) for catalogue in catalogues)
    ]


def _first(message: str | Sequence[str]) -> str:
    return message if isinstance(message, str) else message[0]


def _translated(catalogue: Catalog, found: Found) -> bool:
    message = catalogue.get(_first(found.id), found.context)
    return message is not None and not message.fuzzy and _whole(message)


def _whole(message: Message) -> bool:
    texts = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(texts)


_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)[^{}]*\}")


def wrong_placeholders(package: Path = paths.PACKAGE) -> list[str]:
    """Return a sentence for every translation that loses or invents a placeholder."""
    problems = []
    for room in rooms(package):
        for message in read(po_file(room)):
            texts = message.string if isinstance(message.string, list | tuple) else (message.string,)
            wanted = {
                match.group() for match in _PLACEHOLDER.finditer(_first(message.id) if message.id else "")
            }
            for text in filter(None, texts if message.id else ()):
                if {match.group() for match in _PLACEHOLDER.finditer(text)} != wanted:
                    problems.append(
                        f"{room.name}: “{_first(message.id)}” and “{text}” differ in their placeholders."
                    )
    return problems


def collect(package: Path = paths.PACKAGE) -> int:
    """Write the messages found in the code into each room's .po; returns how many lack their English.

    Translations are kept, and taken over from other rooms where a room has none of its own yet.
    """
    known = {room: read(po_file(room)) for room in rooms(package)}
    count = 0
    for room, before in known.items():
        # a fixed date: a new one each time would be a difference, and a conflict, in every file
        after = Catalog(locale="en", project="Một Cửa", fuzzy=False, creation_date=CREATED)
        after.header_comment = f"# English messages of {room.name}."
        for found in found_in(room):
            if _first(found.id):
                old = next((c.get(_first(found.id), found.context) for c in (before, *known.values())
                            if _translated(c, found)), None)  # fmt: skip
                after.add(
                    found.id, old.string if old else "", [(found.file, found.line)], context=found.context
                )
        if len(after):
            _write(po_file(room), after)
            count += sum(1 for message in after if message.id and not _whole(message))
    return count


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, sort_by_file=True, include_lineno=False)


def compile_all(package: Path = paths.PACKAGE) -> int:
    """Compile every .po that is newer than its .mo, whatever its language. Returns how many were compiled."""
    count = 0
    for path in sorted(package.glob("*/locale/*/LC_MESSAGES/*.po")):
        target = path.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        draft = target.with_suffix(".mo.new")
        with path.open("rb") as source, draft.open("wb") as file:
            write_mo(file, read_po(source, locale=path.parent.parent.name))
        draft.replace(target)
        count += 1
    return count


def _print(lines: Iterable[str]) -> int:
    lines = list(lines)
    for line in lines:
        print(line)
    return 1 if lines else 0


def main(arguments: list[str]) -> int:
    """`compile`, `collect` or `check`; returns the exit code."""
    match arguments:
        case ["compile"]:
            print(f"{compile_all()} compiled")
            return 0
        case ["collect"]:
            print(f"{collect()} without English")
            return 0
        case ["check"]:
            return _print([*missing(), *wrong_placeholders()])
        case _:
            print("usage: python -m motcua.config.messages compile|collect|check", file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
