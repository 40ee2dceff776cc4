"""Invented values for the gallery: enough to see every component at work, in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.foundation.time import TZ


def at(day: int, hour: int = 9, minute: int = 5) -> datetime:
    """A moment of November 2026, on the wall clock of Viet Nam."""
    return datetime(2026, 11, day, hour, minute, tzinfo=TZ)


@dataclass(frozen=True)
class Sample:
    """Stands in for a field of `kernel.forms`: the gallery shows the look, not the rules."""

    id: str
    type: str
    label: dict[str, str]
    help: dict[str, str] | None = None
    required: bool = True
    options: tuple[dict[str, Any], ...] = ()
    min: int | None = None
    max: int | None = None
    prefill: str | None = None
    columns: tuple[Sample, ...] = field(default_factory=tuple)


def two(vi: str, en: str = "") -> dict[str, str]:
    """A pack's text; without English it shows how a Vietnamese text is marked on an English page."""
    return {"vi": vi, "en": en} if en else {"vi": vi}


def option(value: str, vi: str, en: str = "") -> dict[str, Any]:
    return {"value": value, "label": two(vi, en)}


CHILD = (
    Sample("name", "name", two("Họ, chữ đệm, tên của trẻ", "Full name of the child")),
    Sample("born_on", "date", two("Ngày sinh", "Date of birth")),
)
FIELDS: list[tuple[Sample, Any]] = [
    (
        Sample(
            "full_name",
            "name",
            two("Họ, chữ đệm, tên", "Full name"),
            two("Viết như trong thẻ căn cước", "As on the ID card"),
        ),
        "Nguyễn Thị Lụa",
    ),
    (Sample("number", "personal_number", two("Số định danh cá nhân", "Personal number")), "038190001234"),
    (Sample("born_on", "date", two("Ngày sinh", "Date of birth")), "1990-05-14"),
    (Sample("phone", "phone", two("Số điện thoại", "Telephone")), "0912 345 678"),
    (
        Sample(
            "sex",
            "choice",
            two("Giới tính", "Sex"),
            options=(option("female", "Nữ", "Female"), option("male", "Nam", "Male")),
        ),
        "female",
    ),
    (
        Sample(
            "insured",
            "yes_no",
            two("Trẻ đã có thẻ bảo hiểm y tế chưa?", "Does the child have health insurance?"),
        ),
        False,
    ),
    (
        Sample(
            "copies",
            "choices",
            two("Bạn muốn nhận thêm gì?", "What else would you like?"),
            required=False,
            options=(
                option("extract", "Bản sao trích lục", "Certified extract"),
                option("post", "Nhận qua bưu điện"),
            ),
        ),
        ["extract"],
    ),
    (Sample("area", "area", two("Diện tích xây dựng (m²)", "Floor area (m²)")), 82.5),
    (Sample("capital", "money", two("Vốn kinh doanh", "Capital")), 150000000),
    (
        Sample("home", "address", two("Nơi thường trú", "Permanent address")),
        {"commune_code": "06676", "detail": "Số 12, tổ 3"},
    ),
    (Sample("reason", "long_text", two("Lý do đề nghị", "Reason"), required=False), ""),
    (
        Sample("children", "rows", two("Con", "Child"), columns=CHILD, min=1, max=5),
        [{"name": "Trần Minh An", "born_on": "2026-11-02"}],
    ),
    (
        Sample(
            "hint",
            "note",
            two(
                "Trẻ được đặt tên theo phong tục, không quá dài và không dùng số.",
                "Names follow custom, are not too long and use no digits.",
            ),
        ),
        None,
    ),
    (
        Sample(
            "agree",
            "consent",
            two(
                "Tôi đồng ý cho cán bộ hỗ trợ nộp hộ hồ sơ này",
                "I agree that the helper files this dossier for me",
            ),
        ),
        False,
    ),
]
COMMUNES = [
    ("06673", "Phường Bãi Cháy"),
    ("06676", "Phường Hồng Gai"),
    ("06679", "Phường Hà Lầm"),
    ("06682", "Phường Tuần Châu"),
    ("06685", "Phường Cao Xanh"),
    ("06688", "Phường Hà Tu"),
    ("06691", "Phường Việt Hưng"),
    ("06694", "Xã Thống Nhất"),
]
PROBLEMS = {
    "bad_name": "Nhập họ và tên. Viết như trong thẻ căn cước.",
    "bad_date": "Ngày 31/02/2026 không có trong lịch. Hãy xem lại ngày trên giấy chứng sinh.",
    "bad_sex": "Chọn giới tính của trẻ.",
}
TASKS = [
    {"title": "Người đi đăng ký", "href": "#a", "state": "done"},
    {"title": "Trẻ được đăng ký", "href": "#b", "state": "fix", "hint": "Ngày sinh chưa đúng"},
    {"title": "Cha, mẹ của trẻ", "href": "#c", "state": "todo"},
    {"title": "Giấy tờ kèm theo", "href": "#d", "state": "todo", "hint": "2 giấy, chụp bằng điện thoại được"},
    {"title": "Xem lại và gửi", "state": "waiting", "hint": "Làm xong bốn phần trên trước"},
]
SUMMARY = [
    {"label": "Thủ tục", "value": "Đăng ký khai sinh"},
    {"label": "Người yêu cầu", "value": "Nguyễn Thị Lụa", "href": "#a"},
    {"label": "Số định danh", "value": "038190001234", "href": "#a"},
    {
        "label": "Nơi nhận kết quả",
        "value": "Bộ phận một cửa phường Bãi Cháy\nSố 18, đường Hạ Long",
        "href": "#b",
    },
]
TIMELINE = [
    {"what": "Bạn đã nộp hồ sơ", "who": "Nguyễn Thị Lụa", "at": at(20, 16, 10)},
    {
        "what": "Bộ phận một cửa đã tiếp nhận",
        "who": "Bộ phận một cửa phường Bãi Cháy",
        "at": at(23, 8, 2),
        "note": "Hồ sơ đủ giấy tờ. Thời hạn tính từ hôm nay.",
    },
    {
        "what": "Cán bộ hộ tịch đang kiểm tra",
        "who": "Phòng Tư pháp – Hộ tịch",
        "at": at(23, 9, 40),
        "state": "now",
    },
    {
        "what": "Lãnh đạo ký giấy khai sinh",
        "who": "UBND phường Bãi Cháy",
        "when": "dự kiến 25/11/2026",
        "state": "next",
    },
    {"what": "Bạn nhận kết quả", "when": "hẹn 25/11/2026", "state": "next"},
]
COLUMNS = [
    {"key": "code", "label": "Mã hồ sơ", "href": "?sort=code"},
    {"key": "procedure", "label": "Thủ tục"},
    {"key": "owner", "label": "Người nộp"},
    {"key": "due", "label": "Hẹn trả", "href": "?sort=-due", "sorted": "ascending"},
    {"key": "fee", "label": "Phí, lệ phí", "number": True},
]
ROWS = [
    {
        "code": "H49.06673-261120-0011",
        "procedure": "Đăng ký khai sinh",
        "owner": "Nguyễn Thị Lụa",
        "due": "25/11/2026",
        "fee": 0,
        "href": "#1",
    },
    {
        "code": "H49.06673-261120-0012",
        "procedure": "Chứng thực bản sao từ bản chính",
        "owner": "Trần Văn Hậu",
        "due": "20/11/2026",
        "fee": 12000,
        "href": "#2",
    },
    {
        "code": "H49.06673-261119-0048",
        "procedure": "Đăng ký hộ kinh doanh",
        "owner": "Phạm Thị Quỳnh Nga",
        "due": "24/11/2026",
        "fee": 100000,
        "href": "#3",
    },
]
BARS = [
    {"label": "Phường Bãi Cháy", "value": 1284, "href": "#1"},
    {"label": "Phường Hồng Gai", "value": 1102, "href": "#2"},
    {"label": "Phường Hà Lầm", "value": 640, "href": "#3"},
    {"label": "Phường Tuần Châu", "value": 97, "href": "#4", "state": "late"},
    {"label": "Xã Thống Nhất", "value": None},
]


WORK = [
    {
        "code": "H49.06673-261118-0007",
        "procedure": "Đăng ký khai tử",
        "owner": "Lê Văn Đạt",
        "state": "late",
        "days": -1,
        "of": 3,
        "step": "Chờ bạn kiểm tra",
    },
    {
        "code": "H49.06673-261120-0012",
        "procedure": "Chứng thực bản sao từ bản chính",
        "owner": "Trần Văn Hậu",
        "state": "soon",
        "days": 0,
        "of": 1,
        "step": "Chờ bạn kiểm tra",
    },
    {
        "code": "H49.06673-261119-0048",
        "procedure": "Đăng ký thành lập hộ kinh doanh",
        "owner": "Phạm Thị Quỳnh Nga",
        "state": "soon",
        "days": 1,
        "of": 3,
        "step": "Dự thảo kết quả",
    },
    {
        "code": "H49.06673-261120-0011",
        "procedure": "Đăng ký khai sinh",
        "owner": "Nguyễn Thị Lụa",
        "state": "on_time",
        "days": 2,
        "of": 3,
        "step": "Chờ bạn kiểm tra",
    },
    {
        "code": "H49.06673-261112-0031",
        "procedure": "Cấp giấy phép xây dựng nhà ở riêng lẻ",
        "owner": "Hoàng Đình Phúc",
        "state": "paused",
        "days": None,
        "of": 15,
        "step": "Chờ bổ sung",
    },
    {
        "code": "H49.06673-261102-0002",
        "procedure": "Trợ cấp xã hội hằng tháng",
        "owner": "Bùi Thị Én",
        "state": "on_time",
        "days": 9,
        "of": 22,
        "step": "Lấy ý kiến",
    },
]


def gallery_facts() -> dict[str, Any]:
    """Everything the gallery's templates show."""
    return {
        "fields": FIELDS,
        "communes": COMMUNES,
        "problems": PROBLEMS,
        "tasks": TASKS,
        "summary": SUMMARY,
        "timeline": TIMELINE,
        "columns": COLUMNS,
        "rows": ROWS,
        "bars": BARS,
        "work": WORK,
        "now": at(21, 16, 10),
        "sexes": (("female", "Nữ"), ("male", "Nam")),
        "yes_no": (("yes", "Có"), ("no", "Không")),
        "files": [
            {
                "name": "giay-chung-sinh.jpg",
                "size": 2_480_000,
                "href": "#f",
                "remove": {"name": "_drop", "value": "1"},
            }
        ],
        "tabs": [
            {"label": "Chờ tôi", "href": "#1", "count": 12, "current": True},
            {"label": "Sắp đến hạn", "href": "#2", "count": 4, "state": "soon"},
            {"label": "Quá hạn", "href": "#3", "count": 1, "state": "late"},
            {"label": "Đã xong", "href": "#4"},
        ],
        "named": {"vi": "Đăng ký khai sinh"},
        "sheet": {
            "upper_agency": "Ủy ban nhân dân tỉnh Quảng Ninh",
            "agency": "Trung tâm phục vụ hành chính công phường Bãi Cháy",
            "number": "H49.06673-261123-0011/TNHS",
            "place_date": "Bãi Cháy, ngày 23 tháng 11 năm 2026",
            "title": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        },
    }
