"""The sentences for problems and doubts about people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.kernel.identifiers import WORDS

FIELD_LABELS = {
    "full_name": _("Họ và tên"),
    "personal_number": _("Số định danh cá nhân"),
    "birth_on": _("Ngày sinh"),
    "sex": _("Giới tính"),
    "ethnicity": _("Dân tộc"),
    "nationality": _("Quốc tịch"),
    "tax_code": _("Mã số thuế"),
    "phone": _("Số điện thoại"),
    "email": _("Thư điện tử"),
    "address": _("Nơi cư trú"),
}

_OWN: dict[str, Any] = {
    "name_empty": _("Chưa có họ tên. Bạn nhập họ tên như trên thẻ căn cước."),
    "name_wrong": _("Họ tên quá dài hoặc có chữ số. Bạn nhập như trên thẻ căn cước."),
    "email_wrong": _("Địa chỉ thư điện tử chưa đúng. Ví dụ: an@vidu.vn."),
    "sex_wrong": _("Giới tính chưa đúng. Bạn chọn Nam, Nữ hoặc Khác."),
    "birth_wrong": _("Ngày sinh chưa đúng. Bạn nhập ngày/tháng/năm, hoặc chỉ năm sinh nếu không rõ ngày."),
    "birth_year_differs": _("Năm sinh không khớp với số định danh. Hãy so lại với thẻ căn cước."),
    "sex_differs": _("Giới tính không khớp với số định danh. Hãy so lại với thẻ căn cước."),
}


def sentence(code: str) -> str:
    """What a problem or doubt is called, in the reader's language."""
    if code in _OWN:
        return str(_OWN[code])
    return WORDS[code].say((get_language() or "vi")[:2]) if code in WORDS else code


def label(field: str) -> str:
    """What a field is called, in the reader's language."""
    return str(FIELD_LABELS.get(field, field))


_SOURCES = {
    "declared": _("tự khai, chưa đối chiếu"),
    "card": _("đã đối chiếu thẻ căn cước"),
    "verified": _("đã xác minh với cơ sở dữ liệu"),
}


def source_words(source: str) -> str:
    """How well something is proven, in the reader's language."""
    return str(_SOURCES.get(source, source))
