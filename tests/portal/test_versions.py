"""A draft whose procedure got a new version: its page tells once what changed, and it is still filled in."""

from datetime import timedelta

import pytest

from motcua.dossiers.models import VersionMove
from tests.dossiers import factories as make
from tests.dossiers.test_versions import BASE, FIVE, begin, follow, publish, question
from tests.portal.pages import hidden, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(city, at):
    publish(make.AT - timedelta(days=5))
    made = begin(city)
    fee = {"key": "le-phi", "money": "duty", "amount_vnd": 50000, "per": "dossier", "set_by": "ministry",
           "online_amount": None, "condition": None, "name_vi": "Lệ phí", "source": "thử"}  # fmt: skip
    paper = {
        "key": "giay-moi",
        "name_vi": "Giấy xác nhận mới",
        "type": "copy",
        "quantity": 1,
        "required": True,
    }
    publish(
        make.AT + timedelta(minutes=10),
        fields=[*BASE[:1], BASE[2], question("phone", "phone")],
        papers=[paper],
        fees=[fee],
        time_limit=FIVE,
    )
    follow(made, make.AT + timedelta(minutes=20))
    return made


def test_it_tells_what_changed_until_she_has_seen_it(browse, draft):
    page = browse("citizen").get(f"/ho-so/{draft}/khai/")
    told = text(page)
    assert "Thủ tục vừa có phiên bản mới" in told
    assert "Thời hạn giải quyết đã đổi" in told and "trước: 10 ngày làm việc; nay: 5 ngày làm việc" in told
    assert "Câu hỏi mới: Câu phone" in told and "Không hỏi nữa: Câu reason" in told
    assert "Giấy tờ mới: Giấy xác nhận mới" in told
    assert "Khoản thu mới: Lệ phí" in told and "50.000" in told
    answer = browse("citizen").post(
        f"/ho-so/{draft}/khai/da-xem-thay-doi/", {"act_id": hidden(page)["act_id"]}
    )
    assert answer.status_code == 302
    assert "Thủ tục vừa có phiên bản mới" not in text(browse("citizen").get(f"/ho-so/{draft}/khai/"))
    assert VersionMove.objects.get().seen_at is not None


def test_nobody_else_marks_it_seen(browse, draft):
    for who in ("other_citizen", "processor"):
        answer = browse(who).post(f"/ho-so/{draft}/khai/da-xem-thay-doi/", {})
        assert answer.status_code in (403, 404)
    assert VersionMove.objects.get().seen_at is None
