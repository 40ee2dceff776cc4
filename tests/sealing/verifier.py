"""The independent verifier as a stranger uses it: a file by itself, fed with files."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
from pathlib import Path
from typing import Any

from motcua.sealing import queries


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("verify_journal_alone", queries.VERIFIER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


alone = _load()


def told(*arguments: str) -> tuple[int, str]:
    """What the verifier says, and with which code it ends."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = alone.main(list(arguments))
    return code, said.getvalue()


class Desk:
    """A folder with what the verifier reads; `key` is the thumbprint that somebody trusts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = queries.keys()[0]["kid"]

    def put(self, name: str, data: Any) -> str:
        path = self.folder / name
        path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), "utf-8")
        return str(path)

    def keep_roots(self) -> None:
        """What a stranger downloaded and keeps."""
        self.roots = self.put("roots.json", queries.roots())

    def lines(self) -> tuple[int, str]:
        """What the verifier says of the journal as it stands now, against the roots that were kept."""
        given = self.put("lines.jsonl", "".join(f"{text}\n" for text in queries.sealed_lines()))
        return self.run("lines", given, "--roots", self.roots)

    def run(self, *arguments: str, trust: str = "") -> tuple[int, str]:
        return told(*arguments, "--trust", trust or self.key)
