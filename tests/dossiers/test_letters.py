"""Letters as they are printed: by the pack's forms, from what was known when they were issued."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier
from motcua.foundation.time import TZ
from tests.support.city import CENTRE, COMMITTEE

from . import factories as make
from .factories import AT, BIRTH, BUSINESS, S, get

pytestmark = pytest.mark.django_db
WHY = "Ngành nghề đăng ký thuộc danh mục cấm kinh doanh."


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def sheet(dossier: str, kind: str):
    row = get(dossier)
    letter = next(letter for letter in reversed(queries.letters_of(row)) if letter.kind == kind)
    return queries.letter_sheet(row, letter)


def rows(printed) -> dict[str, object]:
    return {row.label: row.text or row.items for row in (*printed.codes, *printed.rows)}


def handovers(city, *dossiers: str, at=AT, **more):
    office = city.office(CENTRE).id
    return queries.handover_sheets(office, [get(each) for each in dossiers], at=at, officer="Lê", **more)


class TestTheReceipt:
    def test_names_who_what_when_and_why_that_day(self, city):
        dossier = make.received(city, procedure=BUSINESS, at=at("2026-11-20T16:10"))
        printed = sheet(dossier, "receipt")
        said = rows(printed)
        assert (printed.form_no, printed.title) == ("01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
        assert said["Mã hồ sơ"] == get(dossier).code
        assert said["Mã tra cứu"] == get(dossier).reference
        assert said["Nhận hồ sơ lúc"] == "16:10 ngày 20/11/2026"
        assert said["Hẹn trả kết quả lúc"] == "17:00 ngày 26/11/2026 (tạm tính)"
        assert said["Vì sao là ngày này"] == (
            "3 ngày làm việc từ 23/11 (Bộ luật Dân sự 2015 Điều 147 khoản 2); nghỉ 24/11"
        )
        assert said["Chủ hồ sơ"] == make.complete(BUSINESS)["full_name"]
        assert get(dossier).reference in printed.lookup
        assert not printed.small

    def test_promises_what_it_promised_whatever_comes_later(self, city):
        dossier = make.asked(city, procedure=BUSINESS)
        actions.add_paper(
            city.act("citizen", AT + timedelta(days=3)),
            dossier=dossier,
            key="other",
            file=make.a_file(city, at=AT + timedelta(days=3)),
            name="Giấy bổ sung",
        )
        actions.answer(city.act("citizen", AT + timedelta(days=3)), dossier=dossier)
        printed = sheet(dossier, "receipt")
        assert rows(printed)["Hẹn trả kết quả lúc"] == "17:00 ngày 08/10/2026"
        assert "Giấy bổ sung" not in str(printed.table)

    def test_lists_papers_in_the_column_of_their_kind(self, city):
        papers = [
            {"key": "identity-copy", "form": "certified_copy", "quantity": 2},
            {"key": "other", "form": "original", "name": "Hợp đồng thuê nhà"},
        ]
        dossier = make.walk_in(city, papers=papers)["dossier"]
        printed = sheet(dossier, "receipt")
        assert printed.columns == (
            "STT",
            "Tên giấy tờ",
            "Bản chính",
            "Bản sao chứng thực",
            "Bản chụp",
            "Bản điện tử",
        )
        assert [row[2:] for row in printed.table] == [("", "02", "", ""), ("01", "", "", "")]

    def test_prints_every_fee_the_free_ones_too_with_their_ground(self, city):
        rule = {
            "percent": 100, "channel": "online", "set_by": "ministry",
            "values": {"2026-01-01": {"value": True, "source": "Nghị quyết 12/2026/NQ-HĐND"}},
        }  # fmt: skip
        make.publish_like(BIRTH, BIRTH, at=AT - timedelta(days=1), fee_rules={"zero": rule})
        dossier = make.received(city, procedure=BIRTH)
        fees = rows(sheet(dossier, "receipt"))["Phí, lệ phí"]
        (copies,) = [line for line in fees if "bản sao trích lục" in line]
        assert copies == (
            "Phí bản sao trích lục khai sinh: 0 đồng (mức thường 24.000 đồng; Nghị quyết 12/2026/NQ-HĐND)"
        )

    def test_says_how_the_result_comes(self, city):
        row = rows(sheet(make.received(city, procedure=BUSINESS), "receipt"))
        assert row["Cách nhận kết quả"] in ("Tại bộ phận một cửa", "Qua bưu chính", "Trực tuyến")

    def test_is_in_vietnamese_for_everybody(self, city):
        dossier = make.received(city, procedure=BUSINESS)
        with translation.override("en"):
            assert sheet(dossier, "receipt").title.startswith("Giấy tiếp nhận")


class TestOtherLetters:
    def test_a_request_lists_what_to_supply_why_and_until_when(self, city):
        dossier = make.in_process(city, procedure=make.PERMIT)
        items = [{"text": "Bản vẽ mặt cắt móng"}, {"text": "Cam kết an toàn công trình liền kề"}]
        reason, law = "Bản vẽ chưa đủ chữ ký", "Nghị định 217/2026/NĐ-CP"
        actions.ask_supplement(
            city.act("processor", AT), dossier=dossier, items=items, reason=reason, law=law
        )
        said = rows(sheet(dossier, "supplement-request"))
        assert said["Cần bổ sung, hoàn thiện"] == (
            "Bản vẽ mặt cắt móng",
            "Cam kết an toàn công trình liền kề",
        )
        assert (said["Lý do"], said["Đề nghị trả lời trước"]) == (reason, "07/10/2026")
        assert said["Người hướng dẫn"] == city.accounts["processor"].display_name

    def test_a_refusal_gives_its_reason(self, city):
        printed = sheet(make.in_state(city, S.REFUSED), "refusal")
        assert printed.form_no == "03"
        assert make.REASON in rows(printed).values()

    def test_an_apology_names_both_days(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        why = "Cần xác minh thêm tại thực địa"
        actions.extend(city.act("processor", AT), dossier=dossier, until="2026-10-17", reason=why)
        said = rows(sheet(dossier, "apology"))
        assert (said["Ngày đã hẹn trả"], said["Ngày hẹn trả mới"]) == ("08/10/2026", "19/10/2026")
        assert said["Lý do chưa giải quyết xong"] == why
        assert said["Cơ quan chịu trách nhiệm giải quyết"] == city.office(COMMITTEE).name_vi

    def test_a_stop_notice_says_how_far_it_had_come_and_what_was_paid(self, city):
        dossier = make.in_process(city, procedure=BIRTH)
        actions.record_cash(city.act("clerk", AT), dossier=dossier, receipt_number="BL-1")
        actions.withdraw(city.act("citizen", AT), dossier=dossier, reason="Tôi nộp lại ở nơi khác")
        said = rows(sheet(dossier, "stop-notice"))
        assert said["Đã giải quyết đến bước"] == "Đang giải quyết"
        assert said["Phí, lệ phí đã nộp"] == "24.000 đồng"
        actions.record_refund(
            city.act("clerk", AT), dossier=dossier, receipt_number="PC-1", reason="Chưa làm việc gì"
        )
        assert (
            rows(sheet(dossier, "stop-notice"))["Phí, lệ phí đã nộp"]
            == "24.000 đồng, đã hoàn lại 24.000 đồng"
        )

    def test_a_denial_tells_its_reason_and_the_right_to_complain(self, city):
        dossier = make.ready(city, procedure=BUSINESS, outcome="denied", note=WHY)
        printed = sheet(dossier, "denial")
        assert WHY in rows(printed).values()
        assert "khiếu nại" in printed.closing

    def test_a_payment_request_says_that_the_wait_does_not_count(self, city):
        printed = sheet(make.in_state(city, S.AWAITING_PAYMENT), "payment-request")
        assert "không tính vào thời hạn" in printed.closing

    def test_a_remark_between_officers_is_no_letter_to_her(self, city):
        dossier = make.drafted(city, procedure=BUSINESS)
        actions.send_back(city.act("signer", AT), dossier=dossier, remark="Sửa lại tên người đề nghị.")
        kinds = [letter.kind for letter in queries.letters_of(get(dossier))]
        assert kinds == ["receipt", "remark"]
        assert "remark" not in queries.ISSUED_TO_APPLICANT


class TestWhoSpeaks:
    def test_a_letter_of_the_competent_agency_bears_its_heading_and_no_foreign_name(self, city):
        dossier = make.in_process(city, procedure=BIRTH)
        actions.withdraw(city.act("citizen", AT), dossier=dossier, reason="Tôi nộp lại ở nơi khác")
        printed = sheet(dossier, "stop-notice")
        assert (printed.agency, printed.upper_agency) == (city.office(COMMITTEE).name_vi, "")
        assert printed.signatures == (
            ("Thủ trưởng cơ quan", ""),
        )  # she withdrew it; she does not sign for it
        assert printed.recipients[1] == city.office(CENTRE).name_vi
        assert rows(printed)["Dừng theo"] == "Yêu cầu của người nộp hồ sơ"

    def test_who_signed_a_denial_is_named(self, city):
        printed = sheet(make.ready(city, procedure=BUSINESS, outcome="denied", note=WHY), "denial")
        assert printed.signatures == (("Thủ trưởng cơ quan", city.accounts["signer"].display_name),)

    def test_the_receipt_is_the_desks(self, city):
        printed = sheet(make.received(city), "receipt")
        assert printed.agency == city.office(CENTRE).name_vi
        assert printed.upper_agency == city.office(COMMITTEE).name_vi


class TestBooks:
    def test_a_slip_under_way_has_room_for_the_next_hands(self, city):
        under_way = queries.control_slip(get(make.in_process(city)), at=AT, officer="Lê")
        assert under_way.table[-1] == ("",) * len(under_way.columns)
        done = queries.control_slip(get(make.ready(city)), at=AT, officer="Lê")
        assert any(done.table[-1])

    def test_the_control_slip_tells_who_gave_it_to_whom(self, city):
        dossier = make.ready(city, procedure=BUSINESS)
        printed = queries.control_slip(get(dossier), at=AT, officer="Lê Thị Một Cửa")
        assert printed.form_no == "06"
        givers = [row[0] for row in printed.table]
        assert givers[0] == city.office(CENTRE).name_vi
        assert givers[1] == city.accounts["processor"].display_name
        assert printed.table[-1][5] == "Trước hạn"

    def test_the_register_has_one_row_for_each_dossier_of_the_day(self, city):
        one, two = make.received(city, procedure=BUSINESS), make.in_process(city, procedure=BIRTH)
        make.received(city, procedure=BUSINESS, at=AT + timedelta(days=1))
        office = city.office(CENTRE).id
        received = queries.received_on(office, AT.date())
        printed = queries.register_sheet(office, received, AT.date(), at=AT, officer="Lê")
        assert [row[1] for row in printed.table] == [get(one).code, get(two).code]
        passed_on = dict(zip(printed.columns, printed.table[1], strict=True))["Chuyển đến, ngày"]
        assert passed_on == "UBND phường Bãi Cháy, 09:00 ngày 05/10/2026"
        assert dict(zip(printed.columns, printed.table[0], strict=True))["Chuyển đến, ngày"] == ""

    def test_the_handover_list_marks_money_and_post(self, city):
        dossier = make.ready(city, procedure=BIRTH)
        (printed,) = handovers(city, dossier)
        row = dict(zip(printed.columns, printed.table[0], strict=True))
        assert (row["Thu phí (X)"], row["Kết quả"]) == ("X", "Đồng ý")
        assert (
            rows(printed)["Bên giao"] == city.office(COMMITTEE).name_vi
        )  # the result comes back to the desk
        assert dict(printed.signatures) == {"Bên giao": "", "Bên nhận": "Lê"}

    def test_dossiers_for_different_units_are_on_different_slips(self, city):
        near, far = make.in_process(city, procedure=BIRTH), make.in_process(city, procedure=BUSINESS)
        other = city.office("qn-ubnd").id
        Dossier.objects.filter(public_id=far).update(competent_agency_id=other)
        one, two = handovers(city, near, far)
        assert (len(one.table), len(two.table)) == (1, 1)
        assert rows(one)["Bên nhận"] == city.office(COMMITTEE).name_vi
        assert rows(two)["Bên nhận"] == city.office("qn-ubnd").name_vi

    def test_a_handover_says_when_it_was_not_when_it_is_printed(self, city):
        early, late = make.in_process(city), make.in_process(city, at=AT + timedelta(hours=2))
        office = city.office(CENTRE).id
        (printed,) = handovers(city, early, late, at=AT + timedelta(days=3))
        assert rows(printed)["Giao lúc"] == "từ 09:00 đến 11:00 ngày 05/10/2026"
        assert "ngày 05 tháng 10" in printed.place_date
        assert [row[printed.keys.index("given_at")] for row in printed.table] == ["09:00", "11:00"]
        assert [str(d) for d in queries.transferred_on(office, AT.date())] == [
            str(get(early)),
            str(get(late)),
        ]
        (printed,) = handovers(city, make.received(city), at=AT + timedelta(days=3))
        assert "……" in rows(printed)["Giao lúc"]  # not handed over yet: the hour is written by hand

    def test_a_slip_of_the_day_tells_of_the_going_out_whatever_came_later(self, city):
        dossier = make.ready(city, procedure=BIRTH)
        (printed,) = handovers(city, dossier, transfers=True)
        assert rows(printed)["Bên nhận"] == city.office(COMMITTEE).name_vi
        assert printed.table[0][printed.keys.index("outcome")] == ""


def test_a_letter_prints_as_a_plain_page_that_escapes_what_people_write(city):
    items = [{"text": "<script>alert(1)</script> bản gốc"}]
    dossier = make.submitted(city)
    actions.ask_at_door(city.act("receptionist", AT), dossier=dossier, items=items, reason=make.REASON)
    page = render_to_string("dossiers/letter.html", {"sheet": sheet(dossier, "supplement-request")})
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert get(dossier).reference in page


def test_letters_are_sealed_at_rest(city):
    from django.db import connection

    make.in_state(city, S.REFUSED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM dossiers_letter")
        assert "mờ" not in cursor.fetchone()[0]
