"""The kernel is plain Python without a clock, and so is every room's rules.py: an inspector can read them."""

import pytest

from motcua.config import paths
from motcua.floors import DOORS, OPEN_ROOMS, ROOMS
from tests.support import imports

pytestmark = pytest.mark.kernel

PLAIN_LIBRARIES = [
    "filetype",  # a table of the first bytes of file types, no more
    "asn1crypto", "pyhanko", "pyhanko_certvalidator",  # bytes of a PDF and its certificates in, a judgement out
    "cryptography",  # a public key, bytes and a signature in, yes or no out
]  # fmt: skip


def rules_files(package):
    """Yield the files that hold decisions: rules.py, or the folder rules/, of every room but the kernel."""
    for path in imports.python_files(package):
        parts = path.relative_to(package).with_suffix("").parts
        if parts[0] != "kernel" and len(parts) > 1 and parts[1] == "rules":
            yield path


def test_the_kernel_needs_only_the_standard_library():
    found = [item for item in imports.all_imports(paths.PACKAGE) if item.room == "kernel"]
    assert imports.strangers(found, ["motcua.kernel"]) == []


def test_rules_know_neither_django_nor_tables():
    problems = []
    for path in rules_files(paths.PACKAGE):
        room = path.relative_to(paths.PACKAGE).parts[0]
        below = [f"motcua.{name}.rules" for name in ROOMS if name not in OPEN_ROOMS]
        allowed = [f"motcua.{room}.rules", "motcua.kernel", *PLAIN_LIBRARIES, *below]
        problems += imports.strangers(imports.imports_of(path, paths.PACKAGE), allowed)
    assert problems == []


def test_kernel_and_rules_never_read_the_clock():
    files = [*(paths.PACKAGE / "kernel").rglob("*.py"), *rules_files(paths.PACKAGE)]
    assert [problem for path in files for problem in imports.clock_reads(path, paths.PACKAGE)] == []


def test_a_planted_stranger_and_a_planted_clock_are_found(tmp_path):
    path = tmp_path / "kernel" / "money.py"
    path.parent.mkdir()
    path.write_text("from django.db import models\nfrom datetime import date\nDAY = date.today()\n")
    found = imports.all_imports(tmp_path)
    assert imports.strangers(found, ["motcua.kernel"]) == [
        "kernel/money.py:1 imports django.db.models. This part is plain Python; hand the value in."
    ]
    assert imports.clock_reads(path, tmp_path) == [
        "kernel/money.py:3 reads the clock. Take the time as an argument."
    ]


def test_rules_are_a_door():
    assert "rules" in DOORS
