"""Nothing public goes unnamed in the docs, and nothing in the docs leads nowhere."""

import pytest

from motcua.config import cli, paths, reference
from motcua.floors import FLOORS
from tests.support import docs

TOP = paths.CHECKOUT
pytestmark = pytest.mark.kernel


def test_the_map_names_every_room_on_its_floor():
    assert docs.unnamed_rooms((TOP / "docs/map.md").read_text("utf-8"), FLOORS) == []


def test_every_command_is_in_the_reference():
    text = (TOP / "docs/reference/command-line.md").read_text("utf-8")
    missing = [module.NAME for module in cli.command_modules() if f"## `motcua {module.NAME}`" not in text]
    assert missing == []


@pytest.mark.parametrize("name", reference.pages())
def test_the_reference_is_fresh(name):
    path = TOP / name
    assert path.is_file(), f"{name} is missing; run make reference"
    assert path.read_text("utf-8") == reference.pages()[name](), f"{name} is stale; run make reference"


def test_links_lead_somewhere():
    assert docs.broken_links(TOP) == []


def test_places_in_the_docs_are_there():
    assert docs.lost_places(TOP) == []


def test_make_commands_in_the_docs_exist():
    assert docs.unknown_make_commands(TOP) == []


def test_the_glossary_uses_the_names_of_the_code():
    code = "\n".join(path.read_text("utf-8") for path in paths.PACKAGE.rglob("*.py"))
    assert docs.unknown_words((TOP / "docs/glossary.md").read_text("utf-8"), code) == []


def test_decisions_are_dated_and_whole():
    assert docs.crooked_decisions(TOP / "docs/decisions") == []


def test_planted_gaps_are_found(tmp_path):
    (tmp_path / "docs" / "decisions").mkdir(parents=True)
    (tmp_path / "Makefile").write_text("test: ## all\n")
    (tmp_path / "docs" / "map.md").write_text(
        "See [nothing](nowhere.md), `src/motcua/weather/`, `make coffee`, `make test`.\n"
    )
    (tmp_path / "docs" / "decisions" / "2026-11-21-half.md").write_text(
        "**Context.** x\n\n## Decision\n\n**Consequences.** y\n"
    )
    (tmp_path / "docs" / "decisions" / "later.md").write_text("")
    assert docs.broken_links(tmp_path) == ["docs/map.md links to nowhere.md, which is not there."]
    assert docs.lost_places(tmp_path) == ["docs/map.md names src/motcua/weather/, which is not there."]
    assert docs.unknown_make_commands(tmp_path) == [
        "docs/map.md says `make coffee`, which the Makefile does not have."
    ]
    assert docs.crooked_decisions(tmp_path / "docs" / "decisions") == [
        "2026-11-21-half.md lacks **Alternatives.**",
        "later.md is not named by its date.",
    ]
    table = "| 1 | `kernel` | plain Python: clock, conditions |\n| 3 | `foundation` | knows Django, no business |\n"
    assert docs.unnamed_rooms(table, (("kernel",), ("foundation",), ("portal",))) == [
        "docs/map.md puts foundation on floor 3; it stands on 2.",
        "docs/map.md does not say what portal is for.",
    ]
    words = "| Tiếng Việt | English | In code | Not |\n|---|---|---|---|\n"
    words += "| hồ sơ | dossier | `Dossier` | |\n| cửa | door | `Gate` | |\n"
    assert docs.unknown_words(words, "class Dossier: ...") == [
        "docs/glossary.md: cửa is `Gate`, a name that the code does not use."
    ]
