"""Rehearsing on dossiers that were lived: what is told, what is refused, and that nothing changes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from motcua.config import cli
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier, FeeLine
from motcua.rehearsal.change import ChangeWrong, read_change
from motcua.rehearsal.laws import Laws
from motcua.rehearsal.queries import rehearse
from tests.dossiers import factories as make
from tests.portal.statements import statements
from tests.support import city as small_city
from tests.support.kept import kept
from tests.support.lived import UNTIL, live

SINCE = UNTIL - timedelta(days=90)
RESIDENCE, COPIES = "permanent-residence-registration", "certified-copy-from-original"
HALVED = f"procedures:\n  {RESIDENCE}:\n    time_limit: {{value: 3, unit: working_days}}\n"


@pytest.fixture
def change(tmp_path):
    """`change(yaml)`: the rehearsal of a file with this text over the last 90 days, as data."""

    def rehearsed(text: str) -> dict:
        return rehearse(read_change(written(tmp_path, text)), since=SINCE, until=UNTIL).to_data()

    return rehearsed


def written(folder, text: str):
    file = folder / "change.yaml"
    file.write_text(text, "utf-8")
    return file


@pytest.fixture
def months(db, _nothing_remembered):
    return kept("rehearsal: two months", lambda: live(small_city.city(), count=240, days=60, until=UNTIL))


def test_halving_a_limit_tells_who_would_have_been_late_and_by_how_much(months, change):
    told = change(HALVED)
    assert told["dossiers"] == months.dossiers and told["unlike_record"] == told["left_out"] == 0
    count = Dossier.objects.filter(procedure__slug=RESIDENCE).count()
    assert told["due"] == {"earlier": count, "later": 0, "same": months.dossiers - count, "none": 0}
    assert told["late"]["newly"] == len(told["newly_late"]) > count / 3
    for row in told["newly_late"]:
        assert row["procedure"] == RESIDENCE and row["due_after"] < row["due_before"]
        dossier = Dossier.objects.get(public_id=row["dossier"])
        assert dossier.due_at is None or dossier.resolved_at is None or dossier.resolved_at <= dossier.due_at
        assert row["late_minutes"] > 0
    assert told["late"]["after"] == told["late"]["before"] + told["late"]["newly"]
    worst = told["newly_late"][0]
    assert worst["late_minutes"] == max(row["late_minutes"] for row in told["newly_late"])


def test_nothing_in_the_installation_changes(months, change):
    with statements() as asked:
        change(HALVED)
    assert {sql.split(" ")[0] for sql in asked.work} == {"SELECT"}


def test_no_column_that_holds_something_of_a_person_is_read(months, change):
    with statements() as asked:
        change(HALVED)
    read = " ".join(asked.work)
    for column in ("answers", "applicant_id", "filer_id", "note", "people_", "outcome_reason", "content"):
        assert column not in read, column


def test_a_day_off_that_was_not_one(months, change):
    told = change("calendars: {vn: {add_days_off: [2026-10-20]}}\n")
    assert told["due"]["later"] > 0 == told["due"]["earlier"]
    undone = change("calendars: {vn: {drop_days_off: [2026-09-01, 2026-09-02]}}\n")
    assert undone["due"]["later"] == 0


def test_fewer_people_lengthen_queues_between_two_bounds(months, change):
    told = change('staffing: {"*": 0.5}\n')
    late = told["late"]
    assert late["before"] < late["after"] <= late["after_at_most"]
    for agency in told["agencies"].values():
        assert agency["queue"]["after"]["mean"] >= agency["queue"]["before"]["mean"]
    untouched = change("staffing: {qn-bai-chay: 1}\n")
    assert untouched["late"]["newly"] == 0 and untouched["late"]["after_at_most"] == late["before"]


def test_a_dated_value_may_be_rehearsed_for_all_procedures(months, tmp_path):
    text = (
        "values:\n  on-supplement:\n    values:\n      2018-06-21: {value: pause, source: diễn tập}\n"
        "      2025-07-01: {value: pause, source: diễn tập}\n"
    )
    laws = Laws(read_change(written(tmp_path, text)))
    history = next(dossiers.histories(SINCE, UNTIL))
    place = (history.version, history.agency, history.received_at, None)
    assert (laws.before(*place).rules.on_supplement, laws.after(*place).rules.on_supplement) == (
        "restart",
        "pause",
    )
    assert laws.before(*place).calendar is laws.after(*place).calendar


def test_fees_are_told_where_they_change_and_are_certain(city, change):
    at = UNTIL - timedelta(days=3, hours=4)
    for _ in range(2):
        make.walk_in(city, COPIES, at=at)
    other = make.walk_in(city, COPIES, at=at)["dossier"]
    paid = FeeLine.objects.filter(payable__gt=0).values_list("payable", flat=True).first()
    FeeLine.objects.filter(dossier__public_id=other, payable=paid).update(payable=paid + 1)
    view = dossiers.view_of(Dossier.objects.first())
    key = view.fee_rows[0]["key"]
    place = f"  {view.declaration_data['id']}:\n    fees:\n    - {{key: {key}, remove: true}}\n"
    told = change(f"declarations:\n{place}")["fees"]
    assert (told["dossiers"], told["changed"], told["uncertain"]) == (2, 2, 1)
    assert told["after"] < told["before"] and told["by_procedure"] == {COPIES: told["after"] - told["before"]}


def test_a_folder_like_a_layer_is_read_too(months, tmp_path):
    (tmp_path / "procedures").mkdir()
    limit = "time_limit: {value: 3, unit: working_days}\n"
    body = f"id: {RESIDENCE}\noverrides: national/procedures/{RESIDENCE}\n{limit}"
    (tmp_path / "procedures" / f"{RESIDENCE}.yaml").write_text(body)
    (tmp_path / "staffing.yaml").write_text("qn-bai-chay: 0.9\n")
    (tmp_path / "pack.yaml").write_text("id: trial\n")
    change = read_change(tmp_path)
    assert change.told() == {"documents": [f"procedures/{RESIDENCE}"], "staffing": {"qn-bai-chay": 0.9}}
    assert rehearse(change, since=SINCE, until=UNTIL).late


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing is changed"),
        ("procedure: {}", "unknown key “procedure”"),
        ("procedures: [1]", "not a group of keys"),
        ("procedures: {no-such-thing: {level: commune}}", "no document of this name"),
        (f"procedures: {{{RESIDENCE}: {{time_limit: {{value: 3, unit: weeks}}}}}}", "is one of working_days"),
        (f"procedures: {{{RESIDENCE}: {{time_limits: {{value: 3}}}}}}", "did you mean “time_limit”"),
        (f"procedures: {{{RESIDENCE}: {{clock: {{on_supplement: forget}}}}}}", "one of restart, pause"),
        ("staffing: {qn-bai-chay: 0}", "a number from"),
        ("staffing: {nowhere: 0.5}", "no agency"),
        ("calendars: {vn: {add_days_off: monday}}", "ISO days"),
        ("values: {on-supplement: {value: pause}}", "value: found the unknown key"),
        ("procedures: {a: [", "change.yaml:"),
    ],
)
def test_a_change_that_means_nothing_is_refused_in_a_sentence(months, change, text, said):
    with pytest.raises(ChangeWrong) as told:
        change(text)
    assert said in told.value.en and told.value.vi


def test_the_command(months, tmp_path, capsys):
    file = str(written(tmp_path, HALVED))
    until = ["--until", "2026-11-21T17:00"]
    assert cli.main(["rehearse", "--change", file, "--last", "90d", "--json", *until]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["late"]["newly"] > 3
    assert cli.main(["rehearse", "--change", file, "--most", "2", *until]) == 1
    out = capsys.readouterr().out
    assert (
        out.count("-registration   2026") == 2
        and told["newly_late"][0]["dossier"] in out
        and "hồ sơ nữa / more" in out
    )
    longer = str(written(tmp_path, HALVED.replace("value: 3", "value: 30")))
    assert cli.main(["rehearse", "--change", longer, *until]) == 0
    for wrong in (["--last", "3 months"], ["--until", "x"], ["--most", "-1"]):
        assert cli.main(["rehearse", "--change", file, *wrong]) == 2
    assert cli.main(["rehearse", "--change", str(tmp_path / "none")]) == 2
    assert "there is no such file" in capsys.readouterr().err


@pytest.mark.sqlite
@pytest.mark.slow
def test_seven_and_a_half_thousand_take_less_than_a_minute(city, change):
    import time

    months = live(city, count=7600, days=90, until=UNTIL)
    begun = time.process_time()  # a busy machine is slow, not wrong
    told = change(HALVED)
    assert time.process_time() - begun < 60
    assert told["dossiers"] == months.dossiers >= 7500 and told["late"]["newly"] > 500
