"""Runs the commands of a page of the docs as a reader would, in one shell from top to bottom.

A block marked `sh` holds commands; a block marked `json` or `text` right below it is what they print. There `…` stands
for what differs each time: within a line for a part of it, alone on a line for any lines. No block below: they print
nothing.
"""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(\w*)\n(.*?)^```\n", re.DOTALL | re.MULTILINE)
MARK = "--- end of the block at line"
SECONDS_MOST = 300


@dataclass(frozen=True)
class Block:
    """Commands of a page: the line they begin at, and what the page says they print."""

    line: int
    commands: str
    printed: str = ""


def blocks(page: str) -> list[Block]:
    """The commands of a page, in order. Raises ValueError for printed lines that belong to no commands."""
    found: list[Block] = []
    end = -1
    for fence in FENCE.finditer(page):
        kind, inside = fence.groups()
        line = page.count("\n", 0, fence.start()) + 2
        if kind == "sh":
            found.append(Block(line, inside))
        elif kind in ("json", "text") and found and not page[end : fence.start()].strip():
            found[-1] = Block(found[-1].line, found[-1].commands, inside)
        else:
            raise ValueError(f"line {line}: no commands stand above these lines")
        end = fence.end()
    return found


def run(commands: list[Block], folder: Path, environment: dict[str, str]) -> dict[int, str]:
    """What each block printed, by its line; those after one that failed are not there."""
    script = ["set -euo pipefail", "exec 2>&1"]
    for block in commands:
        script += [block.commands, f"printf '\\n%s\\n' '{MARK} {block.line}'"]
    file = folder / "page.sh"
    file.write_text("\n".join(script), "utf-8")
    done = subprocess.run(
        ["bash", str(file)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS_MOST,
    )
    parts = re.split(rf"^{MARK} (\d+)\n", done.stdout, flags=re.MULTILINE)
    printed = {int(line): text for text, line in zip(parts[0::2], parts[1::2], strict=False)}
    if done.returncode:
        broken = next(block.line for block in commands if block.line not in printed)
        printed[broken] = f"{parts[-1]}\n(ended with {done.returncode}; nothing after it was run)"
    return printed


def fits(said: str, printed: str) -> bool:
    """True when what was printed is what the page says."""
    return re.fullmatch(_pattern(said), printed.strip()) is not None


def _pattern(said: str) -> str:
    lines = []
    for line in said.strip().split("\n"):
        alone = line.strip() == "…"
        lines.append(r"(?:[^\n]*\n)*?" if alone else re.escape(line).replace("…", r"[^\n]*?") + r"\n")
    return "".join(lines).removesuffix(r"\n")
