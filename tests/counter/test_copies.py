"""Certified copies: one page, one act, the fee by pages, straight to the signer where the officer may."""

import pytest

from motcua.agencies import actions as agencies
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier
from motcua.foundation import policy
from tests.counter.pages import CARD, field, visit, words
from tests.support.city import COMMITTEE

pytestmark = pytest.mark.django_db
HERE = "/counter/chung-thuc/"


def form(client, **changes) -> dict:
    page = client.get(HERE)
    return {
        "act_id": field(page, "act_id"),
        "full_name": "Nguyễn Thị Lan",
        "documents-0-title": "Bằng tốt nghiệp",
        "documents-0-pages": "3",
        "documents-0-copies": "2",
        "do": "send",
        **changes,
    }


def last() -> Dossier:
    return Dossier.objects.latest("pk")


def test_copies_are_taken_in_by_one_act_and_wait_in_the_unit(desk):
    answer = desk().post(HERE, form(desk()), follow=True)
    row = last()
    assert row.business_state == "in_process"
    assert row.code in words(answer) and "10.000 đồng" in words(answer)  # 2 × (2.000 + 2.000 + 1.000)
    assert [paper.form for paper in dossiers.papers_of(row)] == ["present_only"]
    assert list(policy.differences()) == []


def test_an_officer_of_both_offices_lays_them_before_the_signer(desk, city, at):
    agencies.appoint(
        city.act("admin", at),
        account=city.accounts["receptionist"].public_id,
        agency=city.office(COMMITTEE).public_id,
        role="processor",
    )
    desk().post(HERE, form(desk()))
    row = last()
    assert row.business_state == "result_drafted"
    assert row.public_id in desk("signer").get("/counter/").content.decode()
    assert list(policy.differences()) == []


def test_the_fee_is_told_while_the_rows_are_typed(desk):
    said = form(desk(), do="") | {
        "documents-1-title": "Căn cước",
        "documents-1-pages": "2",
        "documents-1-copies": "1",
    }
    fragment = desk().post(HERE, said, headers={"X-Fragment": "1"})
    assert "14.000 đồng" in words(fragment)
    assert not Dossier.objects.exists()


def test_the_fee_counts_pages_and_copies_before_the_paper_is_named(desk):
    said = {"documents-0-title": "", "documents-0-pages": "3", "documents-0-copies": "2"}
    fragment = desk().post(HERE, said, headers={"X-Fragment": "1"})
    assert "10.000 đồng" in words(fragment)  # 2 x 2.000 and 1 x 1.000, twice
    assert "data-live" in desk().get(HERE).content.decode()


def test_a_card_fills_the_name_and_proves_the_person(desk):
    page = desk().post(HERE, {"card": CARD, "do": "card"})
    assert 'value="Nguyễn Thị Lan"' in page.content.decode()
    said = form(desk(), personal_number="022196001234", birth_on="1996-08-20", sex="female", card_text=CARD)
    desk().post(HERE, said)
    assert last().applicant.provenance == "card"


def test_a_name_typed_over_a_scanned_card_is_not_proved(desk):
    desk().post(HERE, form(desk(), full_name="Trần Văn Bình", card_text=CARD))
    assert (last().applicant.full_name, last().applicant.provenance) == ("Trần Văn Bình", "declared")


def test_cash_is_noted_at_once(desk):
    desk().post(HERE, form(desk(), cash="1", **{"cash--receipt_number": "BL-9"}))
    assert last().finance_state == "paid"


def test_twice_sent_is_taken_in_once(desk):
    said = form(desk())
    assert desk().post(HERE, said).url == desk().post(HERE, said).url
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"documents-0-title": ""}, "ít nhất một giấy tờ"),
        ({"documents-0-copies": "0"}, "Số bản"),
        ({"documents-0-pages": "many"}, "Số trang"),
        ({"full_name": ""}, "Họ và tên"),
        ({"cash": "1"}, "Nhập số biên lai"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(desk, changes, said):
    answer = desk().post(HERE, form(desk(), **changes))
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Dossier.objects.exists()


def test_a_rubbish_card_is_told(desk):
    answer = desk().post(HERE, {"card": "xin chao", "do": "card"})
    assert answer.status_code == 422 and "thẻ căn cước" in words(answer)


def test_copies_belong_to_the_visit_they_began_in(desk):
    where = visit(desk())
    here = desk().get(f"{where}certified-copy-from-original/")
    page = desk().get(here.url)
    assert 'value="Nguyễn Thị Lan"' in page.content.decode()
    luot = field(page, "luot")
    answer = desk().post(HERE, form(desk(), luot=luot, personal_number="022196001234"), follow=True)
    assert last().code in words(answer) and "Đang phục vụ" in words(answer)
    assert last().applicant.provenance == "card"
