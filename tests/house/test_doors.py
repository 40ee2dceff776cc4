"""Neighbours come in by the doors: rules, actions, queries, events, errors. Tables stay inside."""

import pytest

from motcua.config import paths
from tests.support import imports

pytestmark = pytest.mark.kernel


def test_neighbours_use_the_doors():
    assert imports.door_problems(imports.all_imports(paths.PACKAGE)) == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("from motcua.agencies.models import Agency", "dossiers/actions.py:1 enters agencies by models."),
        ("from motcua.agencies import models", "dossiers/actions.py:1 enters agencies by models."),
        ("import motcua.people.forms", "dossiers/actions.py:1 enters people by forms."),
        ("from motcua.foundation.acts import _stored", "dossiers/actions.py:1 takes the private"),
    ],
)
def test_a_planted_break_in_is_found(tmp_path, line, sentence):
    path = tmp_path / "dossiers" / "actions.py"
    path.parent.mkdir()
    path.write_text(line)
    problems = imports.door_problems(imports.all_imports(tmp_path))
    assert [problem[: len(sentence)] for problem in problems] == [sentence]


def test_doors_and_tool_rooms_are_open(tmp_path):
    path = tmp_path / "dossiers" / "actions.py"
    path.parent.mkdir()
    path.write_text(
        "from motcua.agencies import queries, rules\nfrom motcua.agencies.actions.merge import merge\n"
        "from motcua.foundation.acts import action\nfrom motcua.kernel.clock import Calendar\n"
        "from .models import Dossier\n"
    )
    assert imports.door_problems(imports.all_imports(tmp_path)) == []
