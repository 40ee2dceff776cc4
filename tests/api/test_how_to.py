"""Every command of docs/how-to/use-the-api.md, run by a shell against a site of its own, prints what the page says.

The site is a real one: `motcua demo`, then `motcua serve`, on SQLite (on PostgreSQL the crash test serves one).
"""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from motcua.config.paths import CHECKOUT
from motcua.config.supervisor import own_command
from tests.crash.site import Site, until
from tests.support import processes, shell_docs

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
PAGE = CHECKOUT / "docs/how-to/use-the-api.md"
TEXT = PAGE.read_text("utf-8")
BLOCKS = shell_docs.blocks(TEXT)
SITE = "127.0.0.1:8000"  # as the page has it


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A demonstration, small and served, in an installation of its own."""
    folder = tmp_path_factory.mktemp("installation")
    with processes.own_database("how_to") as database, (folder / "said.log").open("ab") as log:
        given = {"MOTCUA_VAR": str(folder), **({"DATABASE_URL": database} if database else {})}
        made = processes.run("demo", "--no-serve", "--dossiers=5", "--days=1", **given)
        assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
        served = Site(processes.environment(**given), processes.free_port(), [], log)
        served.serve()
        try:
            until(served.healthy, "the site never answered")
            yield served
        finally:
            served.end()


@pytest.fixture(scope="module")
def printed(site, tmp_path_factory):
    """What each block of the page printed, by its line."""
    if shutil.which("curl") is None:
        pytest.skip("no curl here: apt install curl")
    folder = tmp_path_factory.mktemp("reader")
    here = [
        shell_docs.Block(b.line, b.commands.replace(SITE, f"127.0.0.1:{site.port}"), b.printed)
        for b in BLOCKS
    ]
    return shell_docs.run(here, folder, {**site.environment, **_reader(folder)})


def _reader(folder: Path) -> dict[str, str]:
    """`motcua` and `python3` on the path as the page calls them, and no proxy between the reader and this machine."""
    programs = folder / "bin"
    programs.mkdir()
    command = " ".join(f"'{part}'" for part in own_command())
    for name, line in (("motcua", command), ("python3", f"'{sys.executable}'")):
        (programs / name).write_text(f'#!/bin/sh\nexec {line} "$@"\n')
        (programs / name).chmod(0o755)
    return {"PATH": f"{programs}:{os.environ['PATH']}", "NO_PROXY": "*", "no_proxy": "*"}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"line{block.line}")
def test_the_commands_print_what_the_page_says(block, printed):
    assert block.line in printed, "a block before it failed"
    told = printed[block.line]
    assert shell_docs.fits(block.printed, told), f"{PAGE.name}:{block.line} printed\n{told}"


def test_the_page_reaches_for_this_machine_only():
    addresses = re.findall(r"https?://[^/\s\"']+", "".join(block.commands for block in BLOCKS))
    assert set(addresses) == {f"http://{SITE}"}
    assert len(BLOCKS) > 15


def test_planted_differences_are_found(tmp_path):
    page = (
        "```sh\necho one\n```\n```text\none\n```\n\n```sh\necho two; false\n```\n\n```sh\necho three\n```\n"
    )
    found = shell_docs.blocks(page)
    told = shell_docs.run(found, tmp_path, dict(os.environ))
    assert [block.line for block in found] == [2, 9, 13]
    assert shell_docs.fits(found[0].printed, told[2])
    assert not shell_docs.fits(found[1].printed, told[9])
    assert "ended with 1" in told[9]
    assert 13 not in told
    with pytest.raises(ValueError, match="line 2: no commands"):
        shell_docs.blocks("```json\n{}\n```\n")


@pytest.mark.parametrize(
    ("said", "printed", "good"),
    [
        ('{\n  "a": "…",\n  …\n}', '{\n  "a": "x",\n  "b": 1,\n  "c": 2\n}', True),
        ('{\n  "a": "…"\n}', '{\n  "a": "x",\n  "b": 1\n}', False),
        ("H49.…", "H49.1\nH50", False),
        ("", "\n", True),
        ("", "something", False),
    ],
)
def test_what_the_dots_stand_for(said, printed, good):
    assert shell_docs.fits(said, printed) is good
