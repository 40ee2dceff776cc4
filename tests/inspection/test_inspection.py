"""A mandate: who grants it, what it opens, how it ends; samples that anybody can repeat; exports that verify."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from motcua.accounts import actions as accounts
from motcua.accounts.models import Account
from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries as dossier_queries
from motcua.dossiers.models import Dossier
from motcua.foundation.access import seen
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import AccessEntry, JournalLine
from motcua.foundation.time import local_date
from motcua.inspection import actions, errors, queries, rules
from motcua.inspection.models import Mandate, Sample
from motcua.sealing import actions as sealing
from motcua.sealing import copies
from tests.dossiers import factories as make
from tests.sealing.verifier import alone
from tests.support.city import COMMITTEE, PASSWORD
from tests.support.moment import set_clock
from tests.support.officers import client_of

AT = make.AT + timedelta(hours=1)
TODAY = local_date(AT)
MANDATE = {
    "agency": COMMITTEE,
    "inspector": "thanhtra",
    "number": "07/QĐ-TTr",
    "first": TODAY,
    "last": TODAY + timedelta(days=9),
    "reason": "Thanh tra việc giải quyết thủ tục hành chính.",
}


@pytest.fixture
def town(city, monkeypatch, tmp_path):
    """The city with an inspector, who holds no position; the clock stands an hour after the dossiers."""
    monkeypatch.setattr(copies, "place", lambda: tmp_path / "roots.txt")
    at_the_clock(monkeypatch, AT)
    act = make.new_act(make.system("tests"), at=AT, purpose="test")
    accounts.create_account(
        act, login_name="thanhtra", display_name="Đinh Thanh Tra", kind="officer",
        password=accounts.encoded_password(PASSWORD, act),
    )  # fmt: skip
    city.accounts["inspector"] = Account.objects.get(login_name="thanhtra")
    return city


def at_the_clock(monkeypatch, at):
    set_clock(monkeypatch, at)
    for name in ("tests.accounts.browser", "tests.accounts.factories", "tests.support.officers"):
        monkeypatch.setattr(f"{name}.now", lambda: at)


def granted(town) -> str:
    mandate = actions.propose(town.act("admin", AT), **MANDATE)["mandate"]
    actions.grant(town.act("leader", AT), mandate=mandate)
    return mandate


@pytest.mark.kernel
@given(
    some.sets(some.text(some.sampled_from("0123456789ABC"), min_size=1), max_size=30),
    some.text(),
    some.integers(1, 9),
)
def test_the_same_seed_draws_the_same_sample(ids, seed, size):
    found = rules.drawn(ids, seed, size)
    assert found == rules.drawn(sorted(ids, reverse=True), seed, size)
    assert len(found) == min(size, len(ids)) and set(found) <= ids
    rest = [hashlib.sha256(f"{seed}|{one}".encode()).hexdigest() for one in ids - set(found)]
    last = hashlib.sha256(f"{seed}|{found[-1]}".encode()).hexdigest() if found else ""
    assert all(other > last for other in rest)


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("day", "is_granted", "ended", "opens"),
    [(1, True, False, True), (9, True, False, True), (10, True, False, False), (0, True, False, False),
     (5, False, False, False), (5, True, True, False)],
)  # fmt: skip
def test_when_a_mandate_stands(day, is_granted, ended, opens):
    begin = date(2026, 10, 1)
    first, last = begin, begin + timedelta(days=8)
    on = begin + timedelta(days=day - 1)
    assert rules.stands(on, first, last, granted=is_granted, ended=ended) is opens


@pytest.mark.django_db
def test_two_people_open_the_door_and_one_shuts_it(town):
    for wrong in (
        {"inspector": "citizen"},
        {"number": ""},
        {"reason": "vì"},
        {"last": TODAY + timedelta(days=200)},
    ):
        with pytest.raises(errors.MandateWrong):
            actions.propose(town.act("admin", AT), **{**MANDATE, **wrong})
    with pytest.raises(errors.NotYours):
        actions.propose(town.act("leader", AT), **MANDATE)
    mandate = actions.propose(town.act("admin", AT), **MANDATE)["mandate"]
    with pytest.raises(errors.NoMandate):
        queries.standing(town.actor("inspector", AT), mandate, AT)
    for who in ("admin", "other_leader", "inspector", "processor"):
        with pytest.raises(errors.NotYours):
            actions.grant(town.act(who, AT), mandate=mandate)
    actions.grant(town.act("leader", AT), mandate=mandate)
    with pytest.raises(errors.AlreadyDecided):
        actions.grant(town.act("leader", AT), mandate=mandate)
    assert queries.standing(town.actor("inspector", AT), mandate, AT).number == "07/QĐ-TTr"
    with pytest.raises(errors.NoMandate):  # nobody else, whatever her position
        queries.standing(town.actor("leader", AT), mandate, AT)
    with pytest.raises(errors.NoMandate):
        queries.standing(town.actor("inspector", AT), mandate, AT + timedelta(days=10))
    actions.end(town.act("head", AT), mandate=mandate)
    with pytest.raises(errors.NoMandate):
        queries.standing(town.actor("inspector", AT), mandate, AT)
    assert verify().good


@pytest.mark.sqlite
@pytest.mark.django_db
def test_while_it_stands_nothing_of_the_agency_is_destroyed(town):
    dossier = make.get(make.in_process(town))
    assert dossier_queries.held([dossier.pk]) == {}
    granted(town)
    assert dossier_queries.held([dossier.pk]) == {dossier.pk: "inspection"}


@pytest.mark.django_db
def test_what_was_decided_otherwise_and_who_opened_records(town):
    extended, plain = make.in_process(town), make.in_process(town)
    dossiers.assign(town.act("head", AT), dossier=extended, account=town.accounts["processor"].pk)
    subject = make.get(plain).subject
    for who, purpose in (
        ("leader", "lead.overdue"),
        ("processor", "process"),
        ("other_leader", "lead.overdue"),
    ):
        seen(town.actor(who, AT), at=AT, purpose=purpose, page="t", subjects=[subject])
    row = Mandate.objects.get(public_id=granted(town))
    ids = queries.population(row, TODAY, TODAY)
    assert set(ids) == {extended, plain}
    assert [(one.dossier, one.verb) for one in queries.overrides(ids)] == [(extended, "dossier.assign")]
    opened = queries.opened_for_a_purpose(row, TODAY, TODAY)
    assert [one.actor for one in opened] == [f"account:{town.accounts['leader'].pk}"]
    assert queries.calendars_changed(TODAY, TODAY) == []


@pytest.mark.sqlite
@pytest.mark.django_db
def test_the_inspectors_room_from_the_sample_to_a_verified_export(town, monkeypatch, tmp_path):
    inside = make.in_process(town)
    elsewhere = make.draft(town)
    mandate, inspector = granted(town), client_of(town.accounts["inspector"])
    board = inspector.get(reverse("inspection:board")).content.decode()
    assert "Vào xem" in board and "Lập cuộc thanh tra" not in board
    assert "Rút mẫu ngẫu nhiên" in inspector.get(reverse("inspection:room", args=[mandate])).content.decode()
    said = {"act_id": "d-1", "seed": "2026", "first": TODAY, "last": TODAY, "size": "5"}
    draw = reverse("inspection:draw", args=[mandate])
    assert "Mẫu cần" in inspector.post(draw, {**said, "size": "0"}, follow=True).content.decode()
    page = inspector.post(draw, {**said, "act_id": "d-2"}, follow=True).content.decode()
    assert make.get(inside).code in page
    assert Sample.objects.get().dossiers == rules.drawn([inside], "2026", 5)
    assert make.get(inside).code is not None
    listed = inspector.get(reverse("inspection:overrides", args=[mandate])).content.decode()
    assert "Lịch và giờ làm việc" in listed

    sealing.all_sealed(AT)
    before = Dossier.objects.filter(public_id=inside).values().get()
    answer = inspector.post(reverse("inspection:export", args=[mandate, inside]), {"act_id": "x-1"})
    whole = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    told = json.loads(whole.read("ho-so.json"))
    assert told["answers"]["full_name"] == make.birth_answers(AT)["full_name"] and told["steps"]
    for row in whole.read("SHA256SUMS").decode().splitlines():
        digest, name = row.split("  ", 1)
        assert hashlib.sha256(whole.read(name)).hexdigest() == digest
    line = JournalLine.objects.filter(chain=f"dossier:{inside}").latest("seq")
    assert line.verb == "dossier.inspected"
    assert line.facts["sha256"] == hashlib.sha256(whole.read("ho-so.json")).hexdigest()
    (tmp_path / "proof.json").write_bytes(whole.read("bang-chung.json"))
    key = json.loads(whole.read("bang-chung.json"))["keys"][0]["kid"]
    assert alone.main(["proof", str(tmp_path / "proof.json"), "--trust", key]) == 0
    damaged = json.loads(whole.read("bang-chung.json"))
    damaged["lines"][0]["line"]["actor"] = "account:0"
    (tmp_path / "proof.json").write_text(json.dumps(damaged))
    assert alone.main(["proof", str(tmp_path / "proof.json"), "--trust", key]) == 1

    assert Dossier.objects.filter(public_id=inside).values().get() == before  # nothing of it was changed
    assert AccessEntry.objects.get(page="inspection.export").purpose == "lead.inspection"
    export = reverse("inspection:export", args=[mandate, elsewhere])
    assert inspector.post(export).status_code == 403  # a draft is nobody's to inspect
    leader = client_of(town.accounts["leader"])
    assert leader.get(reverse("inspection:room", args=[mandate])).status_code == 403
    later = AT + timedelta(days=10)
    at_the_clock(monkeypatch, later)
    again = client_of(town.accounts["inspector"])
    for name in ("room", "overrides"):
        assert again.get(reverse(f"inspection:{name}", args=[mandate])).status_code == 403
    assert again.post(reverse("inspection:export", args=[mandate, inside])).status_code == 403


@pytest.mark.sqlite
@pytest.mark.django_db
def test_mandates_by_page(town):
    admin, leader = client_of(town.accounts["admin"]), client_of(town.accounts["leader"])
    board, propose = reverse("inspection:board"), reverse("inspection:propose")
    assert "còn thiếu" in admin.post(propose, {**MANDATE, "first": "x"}, follow=True).content.decode()
    assert "một người khác" in admin.post(propose, MANDATE, follow=True).content.decode()
    row = Mandate.objects.get()
    assert (
        "Cho phép" in leader.get(board).content.decode() and leader.post(propose, MANDATE).status_code == 403
    )
    decide = reverse("inspection:decide", args=[row.public_id, "grant"])
    assert admin.post(decide).status_code == 403  # she proposed it
    assert "Đang hiệu lực" in leader.post(decide, {"act_id": "g"}, follow=True).content.decode()
    stranger = client_of(town.accounts["other_leader"])
    assert stranger.post(reverse("inspection:decide", args=[row.public_id, "end"])).status_code == 404
    ended = leader.post(
        reverse("inspection:decide", args=[row.public_id, "end"]), {"act_id": "e"}, follow=True
    )
    assert "Đã chấm dứt" in ended.content.decode()


@pytest.mark.sqlite
@pytest.mark.django_db
def test_what_others_open_pushes_nothing_out_and_what_is_cut_is_told(town, monkeypatch):
    extended = make.in_process(town)
    dossiers.assign(town.act("head", AT), dossier=extended, account=town.accounts["processor"].pk)
    dossiers.assign(town.act("head", AT), dossier=extended, account=town.accounts["head"].pk)
    subject = [make.get(extended).subject]
    for minute in range(2):
        at = AT - timedelta(minutes=minute + 30)
        seen(town.actor("leader", AT), at=at, purpose="lead.overdue", page="t", subjects=subject)
    monkeypatch.setattr(queries, "SHOWN_MAX", 2)
    for minute in range(30):  # elsewhere, and later: ten times what is shown
        at = AT - timedelta(seconds=minute)
        seen(town.actor("other_leader", AT), at=at, purpose="lead.overdue", page="t", subjects=subject)
    mandate, inspector = granted(town), client_of(town.accounts["inspector"])
    row = Mandate.objects.get(public_id=mandate)
    opened = queries.opened_for_a_purpose(row, TODAY, TODAY)
    assert [one.actor for one in opened] == [f"account:{town.accounts['leader'].pk}"] * 2
    page, cut = reverse("inspection:overrides", args=[mandate]), "Chưa phải tất cả"
    days = {"from": TODAY.isoformat(), "to": TODAY.isoformat()}
    assert cut not in inspector.get(page, days).content.decode()
    monkeypatch.setattr(queries, "SHOWN_MAX", 1)
    said = inspector.get(page, days).content.decode()
    assert said.count(cut) == 2 and said.count("Phân công lại") == 1
    monkeypatch.setattr(queries, "SHOWN_MAX", 200)
    assert (
        cut in inspector.get(page, {**days, "from": "2020-01-01"}).content.decode()
    )  # too many days to go through
    monkeypatch.setattr("motcua.inspection.views.POPULATION_MOST", 0)
    assert cut in inspector.get(page, days).content.decode()


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    "days", [("9999-12-31", "9999-12-31"), ("0001-01-01", "0001-01-02"), ("0001-01-01", "")]
)
def test_days_beyond_every_clock_are_answered(town, days):
    mandate, inspector = granted(town), client_of(town.accounts["inspector"])
    page = reverse("inspection:overrides", args=[mandate])
    assert inspector.get(page, {"from": days[0], "to": days[1]}).status_code == 200
    said = {"act_id": "d-1", "seed": "2026", "first": days[0], "last": days[1], "size": "5"}
    answer = inspector.post(reverse("inspection:draw", args=[mandate]), said, follow=True)
    assert answer.status_code == 200
