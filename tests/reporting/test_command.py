"""`motcua report`: shows, closes, corrects and proves; 0 good, 1 a finding, 2 wrong usage."""

from __future__ import annotations

import json

import pytest

from motcua.config import cli
from motcua.reporting.models import Report, ReportMember
from tests.reporting import life

pytestmark = pytest.mark.django_db
ARGS = ["report", "ii06a", "--agency", "qn-bai-chay", "--period", "2026-10"]


@pytest.fixture(autouse=True)
def _month_is_over(monkeypatch):
    monkeypatch.setattr("motcua.foundation.time.now", lambda: life.CLOSING[0])


def test_show_close_correct_verify(city, capsys):
    life.first_period(city)
    assert cli.main([*ARGS, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["closed"] is False and shown["content"]["total"]["c3"] == 7
    assert cli.main([*ARGS, "--close"]) == 0
    out = capsys.readouterr().out
    assert Report.objects.get().hash in out and "Tổng" in out
    assert cli.main([*ARGS, "--close"]) == 2
    assert "lý do" in capsys.readouterr().err
    assert cli.main([*ARGS, "--close", "--reason", "Sửa lại cho đúng hồ sơ"]) == 1
    assert "không có gì để sửa" in capsys.readouterr().err
    assert cli.main(["report", "verify"]) == 0
    ReportMember.objects.filter(exit=8).delete()
    capsys.readouterr()
    assert cli.main(["report", "verify", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["good"] is False


def test_wrong_usage(city, capsys):
    assert cli.main(["report", "ii06a", "--agency", "nowhere", "--period", "2026-10"]) == 2
    assert cli.main(["report", "ii06a", "--agency", "qn-bai-chay", "--period", "2026-13"]) == 2
    assert cli.main([*ARGS[:5], "2026-12", "--close"][:7]) in (1, 2)
    for args in (["report"], ["report", "ii06a"], ["report", "weather"]):
        with pytest.raises(SystemExit) as left:
            cli.main(args)
        assert left.value.code == 2
    assert not Report.objects.exists()
