"""What pyproject.toml declares and what the locks pin are the same packages."""

import re
import tomllib

import pytest

from motcua.config import paths

pytestmark = pytest.mark.kernel
FOLDER = paths.CHECKOUT / "requirements"


def floors(name):
    """Return the requirement lines of one .in file, without comments and includes."""
    lines = (FOLDER / f"{name}.in").read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith(("#", "-r"))}


def pinned(name):
    """Return the package names of one lock."""
    return set(
        re.findall(r"^([a-z0-9][\w.-]*)==", (FOLDER / f"{name}.lock").read_text("utf-8"), re.MULTILINE)
    )


def package(line):
    return re.split(r"[\[<>=~ ]", line)[0].lower()


def test_the_project_declares_what_the_locks_pin():
    project = tomllib.loads((paths.CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(project["dependencies"]) == floors("base")
    for extra in ("postgres", "token", "embeddings"):
        assert set(project["optional-dependencies"][extra]) == floors(extra)


@pytest.mark.parametrize("name", ["base", "postgres", "token", "embeddings", "dev"])
def test_every_requirement_is_pinned_with_hashes(name):
    text = (FOLDER / f"{name}.lock").read_text("utf-8")
    assert {package(line) for line in floors(name)} <= pinned(name)
    for entry in re.split(r"\n(?=[a-z0-9])", text.strip()):
        assert "--hash=sha256:" in entry, f"{entry.splitlines()[0]} has no hash"


def test_a_smaller_lock_is_part_of_a_larger():
    def lines(name):
        return {line for line in (FOLDER / f"{name}.lock").read_text("utf-8").splitlines() if "==" in line}

    assert lines("base") <= lines("postgres") & lines("token") & lines("embeddings")
    assert lines("postgres") | lines("token") <= lines("dev")
