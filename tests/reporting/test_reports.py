"""Form II.06a from real dossiers: what it counts, that it closes and stays closed, that a correction is a new
version."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.foundation.canonical import digest
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.reporting import actions, building, queries
from motcua.reporting.errors import (
    FormerNotClosed,
    NoSuchReport,
    NothingCorrected,
    PeriodNotOver,
    PeriodWrong,
    ReasonMissing,
)
from motcua.reporting.models import Report, ReportMember
from tests.dossiers import factories as make
from tests.reporting import life
from tests.reporting.life import CLOSING, LABELS, close
from tests.support.city import COMMITTEE, OTHER_COMMITTEE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SAID = "Bổ sung hồ sơ nhập muộn từ quầy mất mạng."


def total(label, agency=COMMITTEE, version=None, kind="report"):
    from motcua.agencies import queries as agencies

    found = queries.sheet(agencies.by_code(agency), label, kind, version=version)
    return {int(name[1:]): number for name, number in found.content["total"].items()}, found


def test_one_period_counts_everybody_once(city):
    life.first_period(city)
    figures, found = total("2026-10")
    # received 6 of which 5 now (1 at the counter), 1 from before; early 1, stopped 1, withdrawn 1 in column 7
    assert figures[3] == 7 and (figures[4], figures[5], figures[6]) == (5, 1, 1)
    assert figures[7] == 3 and figures[11] == 4
    assert found.report is None and found.is_good
    assert found.content["notes"] | {"no_limit": 0} == {
        "withdrawn": 1, "stopped": 1, "no_limit": 0, "handed_on": 0, "late_entries": 0,
    }  # fmt: skip
    lines = {(line["level"], line["sector"]) for line in found.content["lines"]}
    assert len(lines) >= 3
    assert {level for level, _sector in lines} == {"commune"}


def test_three_months_follow_each_other_and_a_correction_makes_a_new_version(city):
    lived = life.first_period(city)
    first = close(LABELS[0], CLOSING[0])
    assert (first["version"], first["good"]) == (1, True)
    life.second_period(city, lived)
    second = close(LABELS[1], CLOSING[1])
    assert second["good"]
    october, _ = total(LABELS[0])
    november, found = total(LABELS[1])
    assert november[6] == october[11] == 4
    assert (november[4], november[5]) == (1, 0)
    # late 1 (the slow one), handed on 1; the older one, the walk-in and the new one go on
    assert november[10] >= 1 and november[7] == 2 and november[11] == 3
    assert found.content["notes"]["handed_on"] == 1
    assert found.is_good

    # a dossier of October that was entered only in December: found, corrected with a reason, the old one stays
    make.in_process(city, at=life.OCTOBER + timedelta(days=1))
    assert queries.has_drifted(found.office, Report.objects.get(label=LABELS[0]), total(LABELS[0])[1].period)
    with pytest.raises(ReasonMissing):
        close(LABELS[0], CLOSING[2])
    fixed = close(LABELS[0], CLOSING[2], reason=SAID)
    assert fixed["version"] == 2
    corrected, sheet = total(LABELS[0])
    assert corrected[4] == october[4] + 1 and corrected[11] == october[11] + 1
    assert sheet.content["reason"] == SAID and sheet.content["corrects"] == first["hash"]
    old, old_sheet = total(LABELS[0], version=1)
    assert old == october and old_sheet.report.hash == first["hash"]

    # now November's column 6 is not October's column 11 any more, and says so until it is corrected too
    _figures, stale = total(LABELS[1])
    assert {c.name for c in stale.checks if not c.holds} == {"6=11 before"}
    assert close(LABELS[1], CLOSING[2], reason=SAID)["good"]
    assert total(LABELS[1])[0][6] == corrected[11]
    make.in_process(city, at=life.DECEMBER)
    assert close(LABELS[2], CLOSING[2])["good"]
    december, found = total(LABELS[2])
    assert december[6] == total(LABELS[1])[0][11]
    assert found.is_good
    assert list(queries.report_differences()) == []
    assert not [f for f in verify().findings if f.chain.startswith("report:")]


def test_the_other_ward_receives_what_was_handed_to_it(city):
    lived = life.first_period(city)
    close(LABELS[0], CLOSING[0], agency=OTHER_COMMITTEE)
    life.second_period(city, lived)
    figures, found = total(LABELS[1], agency=OTHER_COMMITTEE)
    assert figures[3] == figures[4] == figures[11] == 1
    assert found.content["notes"]["late_entries"] == 1


def test_the_province_neither_loses_nor_doubles_what_its_wards_hand_over(city):
    lived = life.first_period(city)
    close(LABELS[0], CLOSING[0], agency="qn-ubnd")
    life.second_period(city, lived)
    before, _ = total(LABELS[0], agency="qn-ubnd")
    after, found = total(LABELS[1], agency="qn-ubnd")
    assert after[6] == before[11]
    assert found.content["notes"]["handed_on"] == 0
    assert after[3] == after[6] + 1


def test_what_was_late_at_the_end_of_a_period_stays_late_in_it(city):
    """Its clock pauses afterwards for a tax: at the end of the period the dossier was overdue."""
    from motcua.dossiers import actions as dossiers

    dossier = make.in_process(city, at=life.SEPTEMBER, procedure=make.BUSINESS)
    before, _ = total(LABELS[0])
    assert before[13] == 1
    later = CLOSING[0] + timedelta(days=1)
    dossiers.ask_payment(city.act("processor", later), dossier=dossier, reason="Nộp thuế thu nhập cá nhân")
    assert make.get(dossier).clock_state == "paused"
    assert total(LABELS[0])[0] == before


def test_a_handed_on_dossier_stays_in_the_closed_report_when_it_is_built_anew(city):
    lived = life.first_period(city)
    close(LABELS[0], CLOSING[0])
    life.second_period(city, lived)
    _figures, found = total(LABELS[0])
    assert not queries.has_drifted(found.office, found.report, found.period)


def test_what_refuses_to_close(city):
    life.first_period(city)
    with pytest.raises(PeriodNotOver):
        close(LABELS[0], CLOSING[0] - timedelta(days=2))
    with pytest.raises(NoSuchReport):
        close(LABELS[0], CLOSING[0], agency="nowhere")
    for label in ("2026-13", "tháng mười", ""):
        with pytest.raises(PeriodWrong):
            close(label, CLOSING[0])
    with pytest.raises(PeriodWrong):
        close(LABELS[0], CLOSING[0], kind="week")
    close(LABELS[0], CLOSING[0])
    with pytest.raises(NothingCorrected):
        close(LABELS[0], CLOSING[1], reason=SAID)
    with pytest.raises(FormerNotClosed):
        close(LABELS[2], CLOSING[2])
    assert Report.objects.count() == 1


def test_who_may_close_and_read(city):
    life.first_period(city)
    args = {"agency": COMMITTEE, "label": LABELS[0], "kind": "report"}
    for who in ("citizen", "receptionist", "processor", "signer", "clerk", "admin", "other_leader", "helper"):
        with pytest.raises((NoSuchReport, Forbidden)):
            actions.close(city.act(who, CLOSING[0]), **args)
    actions.close(city.act("leader", CLOSING[0]), **args)
    for who, sees in (("leader", 1), ("head", 1), ("province_leader", 1), ("other_leader", 0), ("admin", 0)):
        assert queries.visible_to(city.actor(who, CLOSING[0])).count() == sees, who


def test_the_same_act_twice_closes_once(city):
    life.first_period(city)
    act = city.act("leader", CLOSING[0], act_id="close-once-0001")
    args = {"agency": COMMITTEE, "label": LABELS[0], "kind": "report"}
    assert actions.close(act, **args)["version"] == actions.close(act, **args)["version"] == 1
    assert Report.objects.count() == 1


def test_a_calendar_month_is_another_report(city):
    life.first_period(city)
    close(LABELS[0], CLOSING[1], kind="calendar")
    figures, found = total("2026-10", kind="calendar")
    assert (found.period.first.day, found.period.last.day) == (1, 31)
    assert figures[6] == 1


def test_nothing_in_a_report_names_a_person_and_its_hash_is_its_own(city):
    life.first_period(city)
    made = close(LABELS[0], CLOSING[0])
    report = Report.objects.get()
    assert digest(report.content) == report.hash == made["hash"]
    assert "Nguyễn" not in str(report.content)
    line = JournalLine.objects.get(verb="report.closed")
    assert line.chain == report.subject and line.facts["hash"] == report.hash


@pytest.mark.parametrize("change", ["content", "member", "gone"])
def test_a_changed_report_is_found(city, change):
    life.first_period(city)
    close(LABELS[0], CLOSING[0])
    report = Report.objects.get()
    if change == "content":
        report.content["total"]["c10"] = 99
        Report.objects.filter(pk=report.pk).update(content=report.content)
    elif change == "member":
        ReportMember.objects.filter(exit=8).update(exit=9)
    else:
        ReportMember.objects.filter(exit=8).delete()
    assert len(list(queries.report_differences())) == 1


def test_every_figure_opens_its_own_dossiers(city):
    life.first_period(city)
    for closed in (False, True):
        if closed:
            close(LABELS[0], CLOSING[0])
        _figures, found = total(LABELS[0])
        leader = city.actor("leader", CLOSING[0])
        rows = [*found.content["lines"], {**found.content["total"], "level": "", "sector": ""}]
        for line in rows:
            for column in range(3, 14):
                page, place = queries.behind(
                    found, leader, level=line["level"], sector=line["sector"], column=column, limit=50
                )
                assert len(page) == line[f"c{column}"] and place is None
                assert all(dossier is not None for _pk, dossier in page)


def test_pages_of_a_figure_follow_each_other(city):
    life.first_period(city)
    close(LABELS[0], CLOSING[0])
    _figures, found = total(LABELS[0])
    leader, seen, after = city.actor("leader", CLOSING[0]), [], 0
    while after is not None:
        page, after = queries.behind(found, leader, level="", sector="", column=3, limit=3, after=after or 0)
        seen += [pk for pk, _dossier in page]
    assert len(seen) == len(set(seen)) == 7


def test_building_costs_the_same_statements_for_more_dossiers(city, monkeypatch):
    for module in ("motcua.agencies.directory", "motcua.foundation.packs.shelf"):
        monkeypatch.setattr(
            f"{module}.FRESH_SECONDS", 3600.0
        )  # looking again is counted by the clock, not by rows
    from motcua.agencies import queries as agencies

    office = agencies.by_code(COMMITTEE)
    period, _doubts = queries.period_of(LABELS[0], "report")
    make.in_process(city, at=life.OCTOBER)
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            building.build(office, period)
        costs.append(len(found))
        for _more in range(3):
            make.in_process(city, at=life.OCTOBER)
    assert costs[0] == costs[1] <= 12
