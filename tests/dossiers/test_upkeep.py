"""Dossiers follow what changes below them: positions that end, records that prove to be one person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.agencies import actions as agency_actions
from motcua.agencies import queries as agencies
from motcua.dossiers import actions, errors, queries, tasks
from motcua.foundation import policy, worker
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.people import actions as people
from tests.support.city import COMMITTEE

from . import factories as make
from .factories import AT, BUSINESS, S, get

pytestmark = pytest.mark.django_db


def robot():
    return new_act(system("worker"), at=AT, purpose="test")


def leave(city, who: str) -> None:
    for position in agencies.positions_of(city.accounts[who].pk):
        agency_actions.end_position(city.act("admin", AT), position=position.public_id)


class TestAnOfficerLeaves:
    def test_her_desk_goes_back_to_the_pool(self, city):
        mine, ended = make.in_process(city, procedure=BUSINESS), make.in_process(city, procedure=BUSINESS)
        for dossier in (mine, ended):
            actions.take(city.act("processor", AT), dossier=dossier)
        actions.stop(city.act("processor", AT), dossier=ended, reason=make.REASON)
        leave(city, "processor")
        assert queries.visible_to(city.actor("processor", AT + timedelta(seconds=1))).get().public_id == mine
        worker.drain()
        row = get(mine)
        assert row.assigned_to_id is None
        assert not queries.visible_to(city.actor("processor", AT + timedelta(seconds=1))).exists()
        pool = f"office:{city.office(COMMITTEE).id}:process"
        assert [item.dossier.public_id for item in queries.worklist(pool)] == [mine]
        line = JournalLine.objects.get(chain=f"dossier:{mine}", verb="dossier.released")
        assert line.facts["account"] == city.accounts["processor"].pk
        assert list(policy.differences()) == []
        assert verify().good

    def test_who_still_processes_there_keeps_it(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        actions.take(city.act("head", AT), dossier=dossier)
        agency_actions.appoint(
            city.act("admin", AT),
            account=city.accounts["head"].public_id,
            agency=city.office(COMMITTEE).public_id,
            role="processor",
        )
        position = next(p for p in agencies.positions_of(city.accounts["head"].pk) if p.role == "head")
        agency_actions.end_position(city.act("admin", AT), position=position.public_id)
        worker.drain()
        assert get(dossier).assigned_to_id == city.accounts["head"].pk

    def test_many_are_released_in_short_runs(self, city, monkeypatch):
        monkeypatch.setattr(tasks, "BATCH", 2)
        dossiers = [make.in_process(city, procedure=BUSINESS) for _ in range(5)]
        for dossier in dossiers:
            actions.take(city.act("processor", AT), dossier=dossier)
        leave(city, "processor")
        worker.drain()
        assert [get(dossier).assigned_to_id for dossier in dossiers] == [None] * 5

    def test_a_position_that_ended_by_itself_is_seen_at_night(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        actions.take(city.act("processor", AT), dossier=dossier)
        (position,) = agencies.positions_of(city.accounts["processor"].pk)
        agency_actions.end_position(city.act("admin", AT), position=position.public_id, on=AT.date())
        tasks.release_ended()
        worker.drain()
        assert get(dossier).assigned_to_id is None


class TestTwoRecordsAreOnePerson:
    def test_her_dossiers_follow(self, city, monkeypatch):
        monkeypatch.setattr(tasks, "BATCH", 2)
        dossiers = [make.received(city, procedure=BUSINESS) for _ in range(3)]
        former = get(dossiers[0]).applicant
        kept = people.find_or_create(city.act("receptionist", AT), facts={"full_name": former.full_name})
        account = city.accounts["other_citizen"].public_id
        people.link_account(city.act("receptionist", AT), account=account, party=kept["party"])
        people.merge(city.act("receptionist", AT), party=former.public_id, into=kept["party"])
        worker.drain()
        assert {get(dossier).applicant_id for dossier in dossiers} == {kept["party_id"]}
        assert len(queries.mine(city.actor("other_citizen", AT))) == 3
        assert list(policy.differences()) == []


class TestNobodyElse:
    @pytest.mark.parametrize("verb", ["release", "end_help", "recount"])
    def test_does_what_the_platform_does(self, city, verb):
        dossier = make.in_process(city, procedure=BUSINESS)
        for who in ("admin", "head", "citizen"):
            with pytest.raises(errors.NotYours):
                getattr(actions, verb)(city.act(who, AT), dossier=dossier)

    def test_and_what_needs_nothing_changes_nothing(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        before = get(dossier).revision
        assert actions.release(robot(), dossier=dossier)["released"] is False
        assert actions.end_help(robot(), dossier=dossier)["ended"] is False
        assert actions.recount(robot(), dossier=dossier)["changed"] is False
        assert actions.follow_person(robot(), dossier=dossier, former=-1, party=-2)["followed"] is False
        assert get(dossier).revision == before
        with pytest.raises(errors.DossierNotFound):
            actions.release(robot(), dossier="0" * 26)

    def test_ended_dossiers_are_not_counted_anew(self, city):
        assert actions.recount(robot(), dossier=make.in_state(city, S.RESULT_READY))["changed"] is False
