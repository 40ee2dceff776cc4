"""Looks over every file of the checkout for what must not stay: leaks, unfinished work, rooms that grew too big."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.support.imports import statements_of

TEXT = {
    ".py",
    ".md",
    ".html",
    ".txt",
    ".css",
    ".js",
    ".yaml",
    ".yml",
    ".toml",
    ".in",
    ".lock",
    ".po",
    ".csv",
    ".sh",
    "",
}
LINES_MOST = {".py": 500, ".html": 300, ".js": 500, ".css": 1200}
FUNCTION_LINES_MOST = 80

# Written in pieces, so that this file does not find itself.
LEAKS = {
    re.compile(
        "py" + r"pi\.org|python" + r"hosted|registry\.npm" + r"js|--(extra-)?index" + r"-url\b(?!\")"
    ): ("names a package registry"),
    re.compile(
        r"(?<![\w.:/}])/(?:ro" + "ot|ho" + "me|Us" + "ers|wo" + r"rk)/[\w.-]+"
    ): "names a folder of one machine",
}
UNFINISHED = {
    re.compile(r"\b(?:TO" + "DO|FIX" + "ME|HA" + r"CK)\b"): "says that something is unfinished",
    re.compile(r"raise NotImpl" + "ementedError"): "is a hole where code should be",
    re.compile(r"pytest\.mark\.(?:sk" + "ip|xf" + r"ail)\b"): "leaves a test out",
    re.compile(r"except (?:Base)?Exception:\s*pa" + r"ss\b"): "swallows an error",
}


def files(top: Path) -> list[Path]:
    """Return the files that belong to the checkout: known to git, or new and not ignored."""
    done = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=top, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return sorted(path for path in top.rglob("*") if path.is_file() and not _ignored(path, top))
    return sorted(path for line in done.stdout.splitlines() if (path := top / line).is_file())


def _ignored(path: Path, top: Path) -> bool:
    return any(part in {".venv", "var", ".git", "__pycache__"} for part in path.relative_to(top).parts)


def _is_others(path: Path) -> bool:
    """Code of others that we ship unchanged: its comments and sizes are theirs."""
    return "vendor" in path.parts and path.suffix == ".js"


def _texts(top: Path) -> Iterator[tuple[Path, str]]:
    for path in files(top):
        if path.suffix in TEXT and not _is_others(path):
            yield path, path.read_text("utf-8", errors="replace")


def marks(top: Path, patterns: dict[re.Pattern[str], str], only: str | None = None) -> list[str]:
    """Return a sentence for every place that one of the patterns finds."""
    problems = []
    for path, text in _texts(top):
        if only and path.suffix != only:
            continue
        for pattern, meaning in patterns.items():
            for found in pattern.finditer(text):
                line = text.count("\n", 0, found.start()) + 1
                problems.append(f"{path.relative_to(top).as_posix()}:{line} {meaning}: {found.group()}")
    return problems


def too_big(top: Path) -> list[str]:
    """Return a sentence for every file and function that outgrew a comfortable read."""
    problems = []
    for path, text in _texts(top):
        if "migrations" in path.parts or path.suffix not in LINES_MOST:
            continue
        name, count = path.relative_to(top).as_posix(), text.count("\n") + 1
        if count > LINES_MOST[path.suffix]:
            problems.append(f"{name} has {count} lines, {LINES_MOST[path.suffix]} at most. Make it a folder.")
        if path.suffix == ".py":
            problems += [f"{name}:{line} {function} has {lines} lines, {FUNCTION_LINES_MOST} at most."
                         for function, line, lines in _long_functions(text)]  # fmt: skip
    return problems


def _long_functions(text: str) -> Iterator[tuple[str, int, int]]:
    if text.count("\n") < FUNCTION_LINES_MOST:
        return
    left = [*statements_of(ast.parse(text))]
    while left:
        node = left.pop()
        left += statements_of(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES_MOST:
                yield node.name, node.lineno, lines
