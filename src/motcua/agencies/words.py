"""What kinds, roles and successions are called on a page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ROLE_WORDS = {
    "receptionist": _("Tiếp nhận và trả kết quả"),
    "processor": _("Xử lý hồ sơ"),
    "head": _("Phụ trách đơn vị xử lý"),
    "signer": _("Ký kết quả"),
    "clerk": _("Văn thư"),
    "leader": _("Lãnh đạo theo dõi"),
    "operator": _("Tổng đài viên"),
    "administrator": _("Quản trị"),
    "helper": _("Nộp hộ người dân"),
}

KIND_WORDS = {
    "province": _("Ủy ban nhân dân cấp tỉnh"),
    "department": _("Sở, ngành"),
    "district": _("Ủy ban nhân dân cấp huyện (trước 01/7/2025)"),
    "commune": _("Ủy ban nhân dân cấp xã"),
    "centre": _("Bộ phận một cửa"),
    "police": _("Công an"),
    "military": _("Quân sự"),
    "land_registration": _("Đăng ký đất đai"),
    "tax": _("Thuế"),
    "social_insurance": _("Bảo hiểm xã hội"),
    "power": _("Điện lực"),
    "ministry": _("Bộ, cơ quan trung ương"),
}

SUCCESSION_WORDS = {
    "merge": _("nhập vào"),
    "split": _("tách ra"),
    "part": _("một phần chuyển sang"),
    "rename": _("đổi tên thành"),
    "transfer": _("chuyển thẩm quyền sang"),
}


# The fields of an agency as the pages call them: where a source is still to be compared, and where one changed.
FIELD_WORDS = {
    "code": _("mã trong hệ thống"),
    "name_vi": _("tên"),
    "name_en": _("tên tiếng Anh"),
    "kind": _("loại cơ quan"),
    "level": _("cấp"),
    "function": _("chức năng"),
    "parent": _("cơ quan cấp trên"),
    "parent_id": _("cơ quan cấp trên"),
    "area": _("địa bàn"),
    "area_code": _("địa bàn"),
    "serves": _("nơi phục vụ"),
    "identification_code": _("mã định danh điện tử"),
    "dossier_code": _("mã dùng trong mã hồ sơ"),
    "calendar": _("lịch làm việc"),
    "hours": _("giờ làm việc"),
    "address": _("địa chỉ"),
    "address_vi": _("địa chỉ"),
    "receives": _("việc tiếp nhận hồ sơ"),
    "valid_from": _("ngày bắt đầu hoạt động"),
    "valid_to": _("ngày kết thúc hoạt động"),
    "*": _("toàn bộ mục này"),
}


def field_words(name: str) -> str:
    """A field of an agency in the reader's language; "thông tin khác" for one that nobody has named."""
    return str(FIELD_WORDS.get(name, _("thông tin khác")))


def role_words(role: str) -> str:
    """A role in the reader's language."""
    return str(ROLE_WORDS.get(role, role))


def kind_words(kind: str) -> str:
    """A kind of agency in the reader's language."""
    return str(KIND_WORDS.get(kind, kind))
