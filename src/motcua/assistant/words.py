"""Words of the assistant: codes of the packs as they stand within a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PAPER_TYPES = {
    "original": gettext_lazy("bản chính"),
    "certified_copy": gettext_lazy("bản sao có chứng thực"),
    "copy": gettext_lazy("bản chụp"),
    "electronic": gettext_lazy("bản điện tử"),
}
APPLICANTS = {
    "cong_dan_viet_nam": gettext_lazy("công dân Việt Nam"),
    "nguoi_viet_nam_dinh_cu_o_nuoc_ngoai": gettext_lazy("người Việt Nam định cư ở nước ngoài"),
    "nguoi_nuoc_ngoai": gettext_lazy("người nước ngoài"),
    "doanh_nghiep": gettext_lazy("doanh nghiệp"),
    "to_chuc": gettext_lazy("tổ chức"),
    "ho_kinh_doanh": gettext_lazy("hộ kinh doanh"),
    "hop_tac_xa": gettext_lazy("hợp tác xã"),
}
MONEY = {"fee": gettext_lazy("Phí"), "duty": gettext_lazy("Lệ phí")}
CHANNELS = {
    "online": gettext_lazy("trực tuyến"),
    "in_person": gettext_lazy("trực tiếp"),
    "post": gettext_lazy("qua bưu điện"),
    "phone": gettext_lazy("qua điện thoại"),
}
_PER = {
    "copy": gettext_lazy(" một bản"),
    "page": gettext_lazy(" một trang"),
    "item": gettext_lazy(" một mục"),
    "person": gettext_lazy(" một người"),
}
_DAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def paper(kind: str, quantity: int) -> str:
    """ "1 bản chính", "chỉ xuất trình, không phải nộp"."""
    if kind == "present_only":
        return _("chỉ xuất trình, không phải nộp")
    return f"{quantity} {PAPER_TYPES.get(kind, kind)}"


def per(unit: str) -> str:
    """ " một bản", "" for a whole dossier."""
    return str(_PER.get(unit, ""))


def hours(sessions: Mapping[int, Any], language: str) -> str:
    """ "thứ Hai – thứ Sáu 07:00–11:30, 13:30–17:00": days with the same sessions together; "" for none."""
    told: list[tuple[list[int], str]] = []
    for day in sorted(sessions):
        said = ", ".join(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in sessions[day])
        if not said:
            continue
        if told and told[-1][1] == said and told[-1][0][-1] == day - 1:
            told[-1][0].append(day)
        else:
            told.append(([day], said))
    names = _DAYS.get(language, _DAYS["vi"])
    parts = [
        f"{names[days[0]]} – {names[days[-1]]} {said}" if len(days) > 1 else f"{names[days[0]]} {said}"
        for days, said in told
    ]
    return "; ".join(parts)
