"""Who proposes, who decides, what is held back: pages and command included."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.agencies import queries as agencies
from motcua.config import cli
from motcua.dossiers.models import Dossier
from motcua.foundation import worker
from motcua.foundation.models import JournalLine, Task
from motcua.retention import actions, errors, queries
from motcua.retention.models import Destruction, DestructionItem
from tests.dossiers import factories as make
from tests.support.city import COMMITTEE, OTHER_COMMITTEE
from tests.support.moment import set_clock
from tests.support.officers import client_of

from . import factories as f
from .factories import AT, LATER, REASON
from .test_erasing import platform

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NUMBER = "12/QĐ-UBND"


def over(city) -> str:
    """A closed dossier, by the shortest way."""
    dossier = make.received(city, procedure=make.BUSINESS)
    make.actions.withdraw(city.act("citizen", AT), dossier=dossier)
    return dossier


def propose(city, dossier: str, *, by="clerk", at=LATER, agency=COMMITTEE, reason=REASON):
    office = agencies.by_code(agency).id
    return actions.propose(city.act(by, at), agency=office, dossiers_chosen=[dossier], reason=reason)["list"]


@pytest.mark.sqlite
def test_who_may_propose_what_and_when(city):
    dossier = over(city)
    for by in ("processor", "leader", "citizen"):
        with pytest.raises(errors.NotForYou):
            propose(city, dossier, by=by)
    day_before = LATER.replace(month=1, day=1) - timedelta(days=1)
    for wrong in ({"at": day_before}, {"agency": OTHER_COMMITTEE}):
        with pytest.raises(errors.NotDue):
            propose(city, dossier, **wrong)
    with pytest.raises(errors.NotDue):  # for ever: civil status
        propose(city, make.in_state(city, make.S.WITHDRAWN, procedure=make.BIRTH))
    with pytest.raises(errors.ReasonNeeded):
        propose(city, dossier, reason="hết hạn")
    with pytest.raises(errors.NothingChosen):
        actions.propose(city.act("clerk", LATER), agency=1, dossiers_chosen=[], reason=REASON)
    assert propose(city, dossier, by="admin")
    with pytest.raises(errors.NotDue):  # on a list already
        propose(city, dossier)


def test_what_is_destroyed_is_decided_by_two(city):
    destruction = propose(city, over(city))
    with pytest.raises(errors.NotForYou):
        actions.confirm(city.act("clerk", LATER), destruction=destruction, number=NUMBER)
    for by in ("other_leader", "processor", "citizen"):
        with pytest.raises(errors.ListNotFound):
            actions.confirm(city.act(by, LATER), destruction=destruction, number=NUMBER)
    with pytest.raises(errors.NumberNeeded):
        actions.confirm(city.act("leader", LATER), destruction=destruction, number=" ")
    Destruction.objects.update(proposed_by=city.accounts["leader"])
    with pytest.raises(errors.SamePerson):
        actions.confirm(city.act("leader", LATER), destruction=destruction, number=NUMBER)
    assert actions.carry_out_all(platform()) == {}  # nothing is decided
    actions.confirm(city.act("head", LATER), destruction=destruction, number=NUMBER)
    assert Task.objects.filter(name="retention.carry_out", key=destruction).exists()
    worker.do_named("retention.carry_out")
    assert Task.objects.get(name="retention.destroy").args == {"item": DestructionItem.objects.get().pk}
    with pytest.raises(errors.AlreadyDecided):
        actions.refuse(city.act("head", LATER), destruction=destruction, reason=REASON)
    assert actions.carry_out_all(platform()) == {"destroyed": 1}
    verbs = JournalLine.objects.filter(chain=f"destruction:{destruction}").order_by("seq")
    assert [line.verb for line in verbs] == [f"destruction.{v}" for v in ("proposed", "confirmed", "done")]


@pytest.mark.sqlite
def test_what_is_not_destroyed_is_due_again(city):
    dossier = over(city)
    actions.refuse(city.act("leader", LATER), destruction=propose(city, dossier), reason=REASON)
    assert [one.ended.public_id for one in queries.due(LATER.date(), None)] == [dossier]
    assert propose(city, dossier)


@pytest.mark.parametrize("why", ["complaint", "legal_hold"])
def test_what_is_held_back_is_never_destroyed(city, why):
    dossier = over(city)

    def hold_back():
        if why == "complaint":
            petition = f.petition(city, dossier, ended=False)
            f.reporting.accept(city.act("clerk", AT), petition=petition)
            return ""
        return actions.hold(city.act("leader", LATER), dossier=dossier, reason=REASON)["hold"]

    destruction = propose(city, dossier)
    actions.confirm(city.act("leader", LATER), destruction=destruction, number=NUMBER)
    hold = hold_back()  # it comes after the decision, and in time
    assert actions.carry_out_all(platform()) == {"kept": 1}
    assert DestructionItem.objects.get().why == why
    assert [one.held for one in queries.due(LATER.date(), None)] == [why]
    with pytest.raises(errors.HeldBack):
        propose(city, dossier)
    assert Dossier.objects.get(public_id=dossier).erased_at is None
    if hold:
        with pytest.raises(errors.HoldNotFound):
            actions.let_go(city.act("other_leader", LATER), hold=hold)
        actions.let_go(city.act("leader", LATER), hold=hold)
        assert propose(city, dossier)


@pytest.fixture
def at(monkeypatch):
    set_clock(monkeypatch, LATER)
    for name in ("tests.accounts.browser", "tests.accounts.factories", "tests.support.officers"):
        monkeypatch.setattr(f"{name}.now", lambda: LATER)


@pytest.mark.sqlite
def test_the_pages_from_the_list_to_the_printed_record(city, at, django_assert_max_num_queries):
    dossier = over(city)
    code, office = make.get(dossier).code, agencies.by_code(COMMITTEE).id
    clerk, leader = client_of(city.accounts["clerk"]), client_of(city.accounts["leader"])
    board = reverse("retention:board")
    with django_assert_max_num_queries(35):
        page = clerk.get(board).content.decode()
    assert code in page and "Lập danh mục hủy" in page and "chưa đối chiếu" in page
    assert "Lập danh mục hủy" not in leader.get(board).content.decode()
    said = {"act_id": "p-1", "agency": office, "dossier": dossier, "reason": "ngắn"}
    assert "Chưa nêu lý do" in clerk.post(reverse("retention:propose"), said, follow=True).content.decode()
    said |= {"act_id": "p-2", "reason": REASON}
    page = clerk.post(reverse("retention:propose"), said, follow=True).content.decode()
    assert "Chờ quyết định" in page and "Số, ký hiệu quyết định" not in page
    row = Destruction.objects.get()
    address = reverse("retention:list", args=[row.public_id])
    assert "Số, ký hiệu quyết định" in leader.get(address).content.decode()
    confirm = reverse("retention:decide", args=[row.public_id, "confirm"])
    assert clerk.post(confirm, {"number": NUMBER}).status_code == 403
    leader.post(confirm, {"act_id": "c-1", "number": NUMBER})
    actions.carry_out_all(platform())
    page = leader.get(address).content.decode()
    assert "Đã hủy xong" in page and NUMBER in page
    printed = leader.get(reverse("retention:print", args=[row.public_id])).content.decode()
    assert "BIÊN BẢN TIÊU HỦY" in printed and code in printed and NUMBER in printed
    stranger = client_of(city.accounts["other_leader"])
    assert stranger.get(address).status_code == 404
    assert stranger.get(reverse("retention:decide", args=[row.public_id, "x"])).status_code == 405
    assert leader.post(reverse("retention:decide", args=[row.public_id, "burn"])).status_code == 404


@pytest.mark.sqlite
def test_holding_back_and_letting_go_by_page(city, at):
    dossier, clerk = over(city), client_of(city.accounts["clerk"])
    address = reverse("retention:hold")
    assert "Chưa chọn" in clerk.post(address, {"act_id": "h-0"}, follow=True).content.decode()
    said = {"act_id": "h-1", "dossier": dossier, "reason": REASON}
    page = clerk.post(address, said, follow=True).content.decode()
    assert "Đang giữ lại" in page and "có lệnh giữ hồ sơ" in page
    hold = queries.holds(city.actor("clerk", LATER))[0].public_id
    page = clerk.post(
        reverse("retention:let_go", args=[hold]), {"act_id": "l-1"}, follow=True
    ).content.decode()
    assert "Đang giữ lại" not in page


def told(capsys, *arguments: str) -> dict:
    assert cli.main(["retention", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_tells_what_is_due_and_does_what_is_decided(city, at, capsys):
    actions.confirm(city.act("leader", LATER), destruction=propose(city, over(city)), number=NUMBER)
    f.filed(city)
    due = told(capsys, "due")
    assert (due["drafts"], due["dossiers"], due["decided"]) == (1, 1, 1)
    assert due["by_agency"][0]["name"] == agencies.by_code(COMMITTEE).name()
    assert told(capsys, "run", "--dry-run") == due
    done = told(capsys, "run")
    assert (done["drafts"], done["destroyed"], done["kept"]) == (1, 1, 0)
    due = told(capsys, "due")
    assert (due["drafts"], due["dossiers"], due["decided"]) == (0, 0, 0)
