"""Days that never were, money below nothing, numbers without end: refused where they stand, nothing written."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.models import FeeLine
from motcua.foundation.errors import Invalid
from tests.counter.pages import field
from tests.dossiers import factories as make
from tests.portal.pages import again, send, text
from tests.support.city import CENTRE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NEVER = [
    "2026-02-31",
    "31/02/2026",
    "0001-01-01",
    "9999-12-31",
    "2026-13-01",
    "1700-01-01",
    "2999-01-01",
    "hôm qua",
    "٢٠٢٦-٠١-٠١",
]
TYPED = ["31/02/2026", "00/00/0000", "1/1/1", "31-12-9999", "99/99/9999", "abc", "29/02/2025"]
UNTIL = ["2026-02-31", "0001-01-01", "9999-12-31", "2020-01-01", "2026-10-05", 20261201, None, ""]
AMOUNTS = [-1, -15000, 1.5, "15000", True, 2**40, 10**30, None, {}, []]


def test_a_day_of_birth_that_cannot_be_is_refused(city, at, machine, untouched, subtests):
    citizen = machine("citizen")
    draft = make.draft(city, at=at)
    for day in NEVER:
        with subtests.test(day):
            answers = {**make.birth_answers(at), "child_birth_on": day}
            citizen.call("patch", f"/dossiers/{draft}/answers", {"answers": answers})
            with untouched():
                answer = citizen.post(f"/dossiers/{draft}/moves", {"verb": "submit"})
            assert answer.status_code == 422
            assert "child_birth_on" in {problem["field"] for problem in answer.json()["problems"]}


@pytest.mark.sqlite  # the page only; what programs send goes to both
def test_a_day_typed_on_the_page_is_refused_beside_its_field(city, at, browse, subtests):
    draft = make.draft(city, at=at)
    for typed in TYPED:
        with subtests.test(typed):
            page = again(send(browse("citizen"), f"/ho-so/{draft}/khai/muc/child/", child_birth_on=typed))
            assert 'href="#f-child_birth_on"' in page.content.decode()


def test_a_new_date_that_cannot_be_promised(city, at, machine, untouched, subtests):
    permit = "house-building-permit"
    dossier = make.in_process(city, at=at, procedure=permit, **make.answers_for(permit))
    officer = machine("processor")
    for until in UNTIL:
        body = {"verb": "extend", "until": until, "reason": "Chờ ý kiến của cơ quan phòng cháy."}
        with subtests.test(str(until)), untouched():
            answer = officer.post(f"/dossiers/{dossier}/moves", body)
            assert answer.status_code in (409, 422)
            assert answer.json()["title"]


def test_money_is_a_whole_number_of_dong_from_zero(city, at, machine, untouched, subtests):
    dossier, desk = _with_fee(city, at), machine("receptionist")
    for amount in AMOUNTS:
        body = {"verb": "record_cash", "receipt_number": "BL-1", "amounts": {"fee": amount}}
        with subtests.test(repr(amount)), untouched():
            answer = desk.post(f"/dossiers/{dossier}/moves", body)
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


def test_the_action_itself_takes_no_money_that_is_none(city, at, untouched, subtests):
    """Whatever face calls it: a counter, a program, a batch."""
    dossier = _with_fee(city, at)
    for amount in (-1, 10**12, 1.5, "x"):
        with subtests.test(repr(amount)), untouched(), pytest.raises(Invalid):
            actions.record_cash(
                city.act("receptionist", at), dossier=dossier, receipt_number="BL-1", amounts={"fee": amount}
            )


@pytest.mark.sqlite  # the page only; what programs send goes to both
def test_money_typed_at_the_counter(city, at, browse, untouched, subtests):
    dossier, client = _with_fee(city, at), browse("receptionist")
    page = client.get(f"/counter/ho-so/{dossier}/?viec=record_cash")
    form = {name: field(page, name) for name in ("act_id", "revision", "seen_at")} | {
        "receipt_number": "BL-1"
    }
    for typed in ("-15000", "1e9", "15.000.000.000.000.000", "mười lăm nghìn", "0x10", "NaN", "∞"):
        with subtests.test(typed), untouched():
            answer = client.post(f"/counter/ho-so/{dossier}/viec/record_cash/", {**form, "amount-fee": typed})
            assert answer.status_code == 422
            assert "đồng" in text(answer)


def test_a_number_that_is_not_kept_exactly_is_refused(city, at, machine, untouched, subtests):
    draft, citizen = make.draft(city, at=at), machine("citizen")
    endless = ["9" * 400, "-" + "9" * 60, "1" + "0" * 5000, "9007199254740993"]
    for raw in ["NaN", "Infinity", "-Infinity", "1e400", *endless]:
        with subtests.test(raw[:20]), untouched():
            body = f'{{"answers": {{"copies": {raw}}}}}'
            answer = citizen.call("patch", f"/dossiers/{draft}/answers", body)
            assert answer.status_code in (400, 422)
            assert answer.json()["detail"]


def test_so_many_papers_nobody_brings(city, at, machine, untouched, subtests):
    dossier, desk = make.submitted(city, at=at), machine("receptionist")
    for quantity in (0, -1, 1000, 10**12, 1.0, "1"):
        papers = [{"key": "other", "quantity": quantity}]
        with subtests.test(repr(quantity)), untouched():
            answer = desk.post(f"/dossiers/{dossier}/papers/handed-over", {"papers": papers})
            assert answer.status_code == 422


def test_so_long_a_page_is_not_given(machine):
    citizen = machine("citizen")
    for limit in ("0", "-1", "1e3", "9" * 20, "", "ba"):
        assert citizen.call("get", f"/dossiers?limit={limit}").status_code == 422, limit


def test_a_paper_with_an_impossible_number(city, at, machine, browse):
    dossier, citizen = make.submitted(city, at=at), machine("citizen")
    for paper in ("0", "9" * 24, "-1", "1.5", "１"):
        assert citizen.get(f"/dossiers/{dossier}/papers/{paper}/content").status_code == 404, paper
        assert browse("citizen").get(f"/ho-so/{dossier}/tep/{paper}/").status_code == 404, paper


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
