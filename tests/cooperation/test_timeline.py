"""What the citizen reads: who is being waited for, since when, until when; her due date stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from motcua.cooperation import actions
from tests.cooperation.factories import AT
from tests.dossiers import factories as make
from tests.portal.pages import text
from tests.portal.statements import statements

pytestmark = pytest.mark.django_db
THURSDAY = datetime(
    2026, 10, 8, 3, 0, tzinfo=UTC
)  # 10:00 in Viet Nam, after the tasks' limit of Wednesday 17:00


@pytest.fixture
def dossier(joint):
    """Registered on Monday at 10:00; police and insurance have until the closing of Wednesday 7 October."""
    made = joint.transferred()
    at = AT + timedelta(hours=1)
    actions.answer(joint.act("processor", at), task=joint.task(made, "birth").public_id, number="15/KS")
    return made


def test_her_page_says_who_is_being_waited_for_since_when_and_until_when(joint, dossier, it_is, browse):
    it_is(AT + timedelta(hours=2))
    page = text(browse("citizen").get(f"/ho-so/{dossier}/"))
    assert (
        "Đang chờ Công an phường Bãi Cháy (Đăng ký thường trú cho trẻ) "
        "từ 10:00 ngày 05/10/2026 đến 17:00 ngày 07/10/2026." in page
    )
    assert "Bảo hiểm xã hội cơ sở khu vực Hạ Long (Cấp thẻ bảo hiểm y tế cho trẻ)" in page
    assert "Đã xong: Đăng ký khai sinh, lấy số định danh" in page
    assert "Công an phường Bãi Cháy làm tiếp khi việc trước đã xong" in page


def test_a_late_agency_is_named_and_the_promised_day_stays(joint, dossier, it_is, browse):
    due = make.get(dossier).due_on
    it_is(THURSDAY)
    page = text(browse("citizen").get(f"/ho-so/{dossier}/"))
    assert (
        "cơ quan này phải xong trước 17:00 ngày 07/10/2026, nay đã quá hạn. Ngày hẹn trả của hồ sơ không đổi."
        in page
    )
    assert f"{due:%d/%m/%Y}" in page
    assert make.get(dossier).due_on == due


def test_whoever_has_the_reference_reads_it_whoever_has_the_code_does_not(joint, dossier, it_is, browse):
    it_is(THURSDAY)
    row = make.get(dossier)
    by_reference = text(browse().get("/tra-cuu/", {"ma": row.reference}))
    by_code = text(browse().get("/tra-cuu/", {"ma": row.code}))
    assert "Công an phường Bãi Cháy" in by_reference
    assert "Công an phường Bãi Cháy" not in by_code


def test_her_page_costs_little(joint, dossier, it_is, browse):
    it_is(THURSDAY)
    client = browse("citizen")
    client.get(f"/ho-so/{dossier}/")
    with statements() as told:
        assert client.get(f"/ho-so/{dossier}/").status_code == 200
    assert len(told.work) <= 12, "\n".join(told.work)
