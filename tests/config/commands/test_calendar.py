"""`motcua calendar replay`: what a corrected calendar moves is listed first, written on request, and then agrees."""

import json

import pytest

from motcua.agencies import queries as agencies
from motcua.config import cli
from motcua.dossiers import actions
from motcua.foundation import policy, worker
from motcua.foundation.models import JournalLine
from motcua.notices import queries as notices
from tests.dossiers import factories as make
from tests.dossiers.test_clock_rows import correct_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected(city, monkeypatch):
    """Two open dossiers and an ended one; then 7/10 becomes a day off, and nobody has replayed it yet."""
    ready = make.ready(city, procedure=make.BUSINESS)
    taken = make.in_process(city, procedure=make.BUSINESS)
    actions.take(city.act("processor", make.AT), dossier=taken)
    waiting = make.asked(city, procedure=make.BUSINESS)
    worker.drain()
    monkeypatch.setattr("motcua.dossiers.tasks.recount", lambda **_said: None)
    correct_calendar("2026-10-07")
    agencies.forget()
    return {"ready": ready, "taken": taken, "waiting": waiting}


def test_it_lists_before_and_after_and_writes_nothing(corrected, capsys):
    row = make.get(corrected["taken"])
    assert cli.main(["calendar", "replay", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["applied"] is False
    assert told["moved"] == [
        {
            "dossier": corrected["taken"],
            "code": row.code,
            "before": "2026-10-08",
            "after": "2026-10-09",
            "provisional": False,
        }
    ]
    assert make.get(corrected["taken"]).due_on.isoformat() == "2026-10-08"
    assert cli.main(["calendar", "replay"]) == 1
    assert f"{row.code}  08/10/2026 → 09/10/2026" in capsys.readouterr().out


def test_applied_each_has_its_line_and_tells_applicant_and_officer(corrected, capsys):
    assert cli.main(["calendar", "replay", "--apply"]) == 0
    capsys.readouterr()
    row = make.get(corrected["taken"])
    assert (row.due_on.isoformat(), row.first_due_on.isoformat()) == ("2026-10-09", "2026-10-08")
    line = JournalLine.objects.get(chain=row.subject, verb="dossier.recounted")
    assert (line.facts["before"], line.facts["after"]) == ("2026-10-08", "2026-10-09")
    worker.drain()
    for holder in (f"account:{row.filer_id}", f"account:{row.assigned_to_id}", f"party:{row.applicant_id}"):
        (told,) = [n for n in notices.notices_for([holder]) if n.kind == "dossier.due_moved_calendar"]
        assert (told.params["before"], told.params["due_on"]) == ("2026-10-08", "2026-10-09")
    assert cli.main(["calendar", "replay", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"moved": [], "applied": False, "written": 0}
    assert list(policy.differences()) == []
