"""`motcua figures`: differences are told with exit 1, counting anew ends them."""

import json

import pytest

from motcua.config import cli
from motcua.foundation import worker
from motcua.operations.models import DailyFigure
from tests.dossiers import factories as make
from tests.support import processes

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(city):
    make.returned(city)
    worker.drain()


def test_what_the_worker_counted_is_equal(counted, capsys):
    assert cli.main(["figures", "check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"good": True, "differences": []}


def test_lost_figures_are_told_and_counted_anew(counted, capsys):
    rows = DailyFigure.objects.count()
    DailyFigure.objects.all().delete()
    assert cli.main(["figures", "check"]) == 1
    assert "the dossiers give 1" in capsys.readouterr().err
    assert cli.main(["figures", "rebuild", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["figures"] == rows
    assert cli.main(["figures", "check"]) == 0


@pytest.mark.slow
def test_an_empty_database_is_told_what_it_lacks(tmp_path):
    done = processes.run("figures", "check", MOTCUA_VAR=str(tmp_path))
    assert done.returncode == 1
    assert "motcua migrate" in done.stderr
    assert "Traceback" not in done.stderr
