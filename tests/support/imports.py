"""Reads the imports of the house without running it, for the house tests.

Imports inside `if TYPE_CHECKING:` do not count: they tie nothing together at run time.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from motcua.floors import DOORS, FLOORS, OPEN_ROOMS

ROOT = "motcua"


@dataclass(frozen=True)
class Import:
    """One imported name: where (`agencies/views.py`, line), by which room, and what (`motcua.portal.queries`)."""

    file: str
    line: int
    room: str
    target: str

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def target_room(self) -> str | None:
        parts = self.target.split(".")
        return parts[1] if parts[0] == ROOT and len(parts) > 1 else None


def python_files(package: Path) -> Iterator[Path]:
    """Yield the Python files of the house, config and migrations among them."""
    yield from sorted(package.rglob("*.py"))


def imports_of(path: Path, package: Path) -> Iterator[Import]:
    """Yield what one file imports, relative imports made absolute."""
    relative = path.relative_to(package)
    room = relative.parts[0] if len(relative.parts) > 1 else ""
    inside = (ROOT, *relative.with_suffix("").parts)
    for node in _running_nodes(ast.parse(path.read_text("utf-8"), str(path))):
        for target in _targets(node, inside):
            yield Import(relative.as_posix(), node.lineno, room, target)


def _targets(node: ast.AST, inside: tuple[str, ...]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = ".".join(inside[: len(inside) - node.level]) if node.level else ""
    start = ".".join(part for part in (base, node.module) if part)
    return [f"{start}.{alias.name}" for alias in node.names]


def _running_nodes(tree: ast.AST) -> Iterator[ast.stmt]:
    """Walk the tree, leaving out the bodies of `if TYPE_CHECKING:`."""
    for node in statements_of(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from _running_nodes(ast.Module(node.orelse, []))
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        yield from _running_nodes(node)


def statements_of(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements right inside a statement: no expression holds one, so none is looked into."""
    for name in ("body", "orelse", "finalbody"):
        inside = getattr(node, name, None)
        if isinstance(inside, list):
            yield from inside
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield from part.body


def all_imports(package: Path) -> list[Import]:
    """Return every import of every file of the house."""
    return [found for path in python_files(package) for found in imports_of(path, package)]


def floor_problems(found: Iterable[Import], floors: tuple[tuple[str, ...], ...] = FLOORS) -> list[str]:
    """Return a sentence for every import that goes up, across, or to the switchboard."""
    number = {room: level for level, floor in enumerate(floors) for room in floor}
    problems = []
    for item in found:
        target = item.target_room
        if item.room in ("", "config") or target in (None, item.room) or target not in (*number, "config"):
            continue
        if item.room not in number:
            problems.append(f"{item.where} is in {item.room}, which stands on no floor. Add it to floors.py.")
        elif target == "config":
            problems.append(f"{item.where} imports config. Read settings through django.conf.settings.")
        elif number[target] > number[item.room]:
            problems.append(
                f"{item.where} calls up to {target}. Publish an event, or move the shared rule down."
            )
        elif number[target] == number[item.room]:
            problems.append(f"{item.where} reaches across to {target}, on its own floor. Move one of them.")
    return problems


def door_problems(found: Iterable[Import]) -> list[str]:
    """Return a sentence for every import that enters another room elsewhere than by its doors."""
    problems = []
    for item in found:
        target = item.target_room
        if target in (None, item.room, "config", "floors", "__version__") or item.room in ("", "config"):
            continue
        parts = item.target.split(".")[2:]
        if target in OPEN_ROOMS:
            if any(part.startswith("_") for part in parts):
                problems.append(
                    f"{item.where} takes the private {item.target}. Make it public, or do without."
                )
        elif parts and parts[0] not in DOORS:
            problems.append(
                f"{item.where} enters {target} by {parts[0]}. The doors are {', '.join(DOORS)}; "
                f'refer to a table by name, "{target}.Table".'
            )
    return problems


def strangers(found: Iterable[Import], allowed: Iterable[str]) -> list[str]:
    """Return a sentence for every import that is neither the standard library nor in `allowed` (prefixes)."""
    prefixes = tuple(allowed)
    return [
        f"{item.where} imports {item.target}. This part is plain Python; hand the value in."
        for item in found
        if item.target.split(".")[0] not in sys.stdlib_module_names
        and not any(item.target == prefix or item.target.startswith(prefix + ".") for prefix in prefixes)
    ]


CLOCK_CALLS = {"now", "today", "utcnow", "localtime", "monotonic", "perf_counter"}
CLOCK_OWNERS = {"datetime", "date", "time", "timezone", "dt"}


def clock_reads(path: Path, package: Path) -> list[str]:
    """Return a sentence for every look at the machine's clock (`datetime.now()`, `date.today()`, `time.time()`)."""
    problems, text = [], path.read_text("utf-8")
    if not any(call in text for call in (*CLOCK_CALLS, "time.time")):
        return []
    for node in ast.walk(ast.parse(text, str(path))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        name = (
            owner.id
            if isinstance(owner, ast.Name)
            else owner.attr
            if isinstance(owner, ast.Attribute)
            else ""
        )
        is_clock = node.func.attr in CLOCK_CALLS or (name == "time" and node.func.attr == "time")
        if name in CLOCK_OWNERS and is_clock:
            where = f"{path.relative_to(package).as_posix()}:{node.lineno}"
            problems.append(f"{where} reads the clock. Take the time as an argument.")
    return problems
