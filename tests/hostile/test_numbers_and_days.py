"""Days that never were, money below nothing, numbers without end: refused where they stand, nothing written."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.models import FeeLine
from motcua.foundation.errors import Invalid
from tests.dossiers import factories as make
from tests.portal.pages import send, text
from tests.support.city import CENTRE

pytestmark = pytest.mark.django_db
NEVER = ["2026-02-31", "31/02/2026", "0001-01-01", "9999-12-31", "2026-13-01", "1700-01-01", "2999-01-01", "hôm qua", "٢٠٢٦-٠١-٠١"]


@pytest.mark.parametrize("day", NEVER)
def test_a_day_of_birth_that_cannot_be_is_refused(city, at, machine, untouched, day):
    citizen = machine("citizen")
    draft = make.draft(city, at=at)
    answers = {**make.birth_answers(at), "child_birth_on": day}
    citizen.call("patch", f"/dossiers/{draft}/answers", {"answers": answers})
    with untouched():
        answer = citizen.post(f"/dossiers/{draft}/moves", {"verb": "submit"})
    assert answer.status_code == 422
    assert "child_birth_on" in {problem["field"] for problem in answer.json()["problems"]}


@pytest.mark.parametrize("typed", ["31/02/2026", "00/00/0000", "1/1/1", "31-12-9999", "99/99/9999", "abc", "29/02/2025"])
def test_a_day_typed_on_the_page_is_refused_beside_its_field(city, at, browse, typed):
    draft = make.draft(city, at=at)
    page = send(browse("citizen"), f"/ho-so/{draft}/khai/muc/child/", child_birth_on=typed)
    assert page.status_code == 422
    assert 'href="#f-child_birth_on"' in page.content.decode()


@pytest.mark.parametrize("until", ["2026-02-31", "0001-01-01", "9999-12-31", "2020-01-01", "2026-10-05", 20261201, None, ""])
def test_a_new_date_that_cannot_be_promised(city, at, machine, untouched, until):
    dossier = make.in_process(city, at=at, procedure="house-building-permit", **_answers("house-building-permit"))
    officer = machine("processor")
    body = {"verb": "extend", "until": until, "reason": "Chờ ý kiến của cơ quan phòng cháy."}
    with untouched():
        answer = officer.post(f"/dossiers/{dossier}/moves", body)
    assert answer.status_code in (409, 422)
    assert answer.json()["title"]


def _answers(procedure):
    return make.answers_for(procedure)


@pytest.mark.parametrize("amount", [-1, -15000, 1.5, "15000", True, 2**40, 10**30, None, {}, []])
def test_money_is_a_whole_number_of_dong_from_zero(city, at, machine, untouched, amount):
    dossier, desk = _with_fee(city, at), machine("receptionist")
    with untouched():
        answer = desk.post(
            f"/dossiers/{dossier}/moves", {"verb": "record_cash", "receipt_number": "BL-1", "amounts": {"fee": amount}}
        )
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["message"]


def _with_fee(city, at):
    from motcua.dossiers.models import Dossier

    dossier = make.received(city, at=at)
    row = Dossier.objects.get(public_id=dossier)
    FeeLine.objects.get_or_create(
        dossier=row, key="fee", defaults={"name": "Phí", "money": "fee", "normal": None, "payable": None}
    )
    Dossier.objects.filter(pk=row.pk).update(finance_state="unknown")
    return dossier


@pytest.mark.parametrize("amount", [-1, 10**12, 1.5, "x"])
def test_the_action_itself_takes_no_money_that_is_none(city, at, untouched, amount):
    """Whatever face calls it: a counter, a program, a batch."""
    dossier = _with_fee(city, at)
    with untouched(), pytest.raises(Invalid):
        actions.record_cash(
            city.act("receptionist", at), dossier=dossier, receipt_number="BL-1", amounts={"fee": amount}
        )


@pytest.mark.parametrize("typed", ["-15000", "1e9", "15.000.000.000.000.000", "mười lăm nghìn", "0x10", "NaN", "∞"])
def test_money_typed_at_the_counter(city, at, browse, untouched, typed):
    dossier, client = _with_fee(city, at), browse("receptionist")
    page = client.get(f"/counter/ho-so/{dossier}/?viec=record_cash")
    from tests.counter.pages import field

    known = {name: field(page, name) for name in ("act_id", "revision", "seen_at")}
    with untouched():
        answer = client.post(
            f"/counter/ho-so/{dossier}/viec/record_cash/", {**known, "receipt_number": "BL-1", "amount-fee": typed}
        )
    assert answer.status_code == 422
    assert "đồng" in text(answer)


@pytest.mark.parametrize(
    "raw",
    ["NaN", "Infinity", "-Infinity", "1e400", "9" * 400, "-" + "9" * 60, "1" + "0" * 5000, "9007199254740993"],
)
def test_a_number_that_is_not_kept_exactly_is_refused(city, at, machine, untouched, raw):
    draft, citizen = make.draft(city, at=at), machine("citizen")
    body = '{"answers": {"copies": %s}}' % raw
    with untouched():
        answer = citizen.call("patch", f"/dossiers/{draft}/answers", body)
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"]


@pytest.mark.parametrize("quantity", [0, -1, 1000, 10**12, 1.0, "1"])
def test_so_many_papers_nobody_brings(city, at, machine, untouched, quantity):
    dossier, desk = make.submitted(city, at=at), machine("receptionist")
    papers = [{"key": "other", "quantity": quantity}]
    with untouched():
        answer = desk.post(f"/dossiers/{dossier}/papers/handed-over", {"papers": papers})
    assert answer.status_code == 422


@pytest.mark.parametrize("query", ["limit=0", "limit=-1", "limit=1e3", "limit=99999999999999999999", "limit=", "limit=ba"])
def test_so_long_a_page_is_not_given(machine, query):
    assert machine("citizen").call("get", f"/dossiers?{query}").status_code == 422


@pytest.mark.parametrize("paper", ["0", "999999999999999999999999", "-1", "1.5", "１"])
def test_a_paper_with_an_impossible_number(city, at, machine, browse, paper):
    dossier = make.submitted(city, at=at)
    assert machine("citizen").get(f"/dossiers/{dossier}/papers/{paper}/content").status_code == 404
    assert browse("citizen").get(f"/ho-so/{dossier}/tep/{paper}/").status_code == 404


def test_a_walk_in_with_impossible_answers_leaves_nothing(machine, untouched, at):
    desk = machine("receptionist")
    body = {"procedure": "birth-registration", "agency": CENTRE}
    for answers in (
        {},
        {"full_name": ["Lan"]},
        {"full_name": {"x": {}}, "child_birth_on": 5, "address": "x"},
        {**make.birth_answers(at), "child_birth_on": "2026-02-31"},
        {str(n): n for n in range(500)},
    ):
        with untouched():
            answer = desk.post("/dossiers/walk-in", {**body, "answers": answers})
        assert answer.status_code == 422, answer.content
        assert answer.json()["problems"]
