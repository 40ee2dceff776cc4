"""A room calls down and announces up (docs/map.md). An import cycle cannot exist while this holds."""

import pytest
from django.apps import apps

from motcua.config import paths
from motcua.floors import FLOORS, ROOMS, floor_of
from tests.support import imports

pytestmark = pytest.mark.kernel


def test_no_room_calls_up_or_across():
    assert imports.floor_problems(imports.all_imports(paths.PACKAGE)) == []


def test_every_folder_stands_on_a_floor():
    folders = {path.parent.name for path in paths.PACKAGE.glob("*/__init__.py")}
    assert folders - {"config"} == set(ROOMS)


def test_tables_point_down():
    """A foreign key is an import in disguise."""
    problems = []
    for model in apps.get_models():
        room = model._meta.app_label
        for field in model._meta.get_fields():
            if room in ROOMS and field.concrete and field.is_relation and field.related_model:
                target = field.related_model._meta.app_label
                if target in ROOMS and target != room and floor_of(target) >= floor_of(room):
                    problems.append(f"{model._meta.label}.{field.name} points up to {target}.")
    assert problems == []


@pytest.mark.parametrize(
    ("file", "line", "sentence"),
    [
        ("agencies/views.py", "from motcua.portal import queries", "agencies/views.py:1 calls up to portal."),
        ("agencies/views.py", "import motcua.dossiers.queries", "agencies/views.py:1 calls up to dossiers."),
        (
            "portal/views.py",
            "from ..counter.queries import x",
            "portal/views.py:1 reaches across to counter,",
        ),
        ("dossiers/rules.py", "from motcua.config import settings", "dossiers/rules.py:1 imports config."),
        ("weather/rules.py", "from motcua.kernel import text", "weather/rules.py:1 is in weather,"),
        (
            "files/actions.py",
            "def f():\n    from motcua.dossiers import rules",
            "files/actions.py:2 calls up to dossiers.",
        ),
    ],
)
def test_a_planted_call_is_found(tmp_path, file, line, sentence):
    path = tmp_path / file
    path.parent.mkdir()
    path.write_text(line)
    problems = imports.floor_problems(imports.all_imports(tmp_path))
    assert [problem[: len(sentence)] for problem in problems] == [sentence]


def test_calling_down_and_type_hints_are_fine(tmp_path):
    path = tmp_path / "dossiers" / "actions.py"
    path.parent.mkdir()
    path.write_text(
        "from typing import TYPE_CHECKING\nfrom motcua.agencies import queries\nfrom . import rules\n"
        "if TYPE_CHECKING:\n    from motcua.portal import queries as above\n"
    )
    assert imports.floor_problems(imports.all_imports(tmp_path)) == []


def test_no_room_stands_on_two_floors():
    assert len(ROOMS) == len(set(ROOMS)) == sum(len(floor) for floor in FLOORS)
