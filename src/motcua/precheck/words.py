"""Findings in the reader's language: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.kernel import forms
from motcua.kernel.text import Bilingual
from motcua.precheck import rules

KINDS: dict[str, Any] = {
    "missing": _("Còn thiếu"),
    "wrong_answer": _("Khai chưa đúng"),
    "wrong_office": _("Nơi nộp"),
    "unreadable": _("Khó đọc"),
    "empty": _("Trang trắng"),
    "wrong_paper": _("Có thể nhầm giấy"),
    "expired": pgettext_lazy("precheck", "Hết hạn"),
    "differs": _("Không khớp"),
}
SEVERITIES: dict[str, Any] = {
    "blocks": pgettext_lazy("precheck", "Phải sửa mới nộp được"),
    "likely": pgettext_lazy("precheck", "Nên sửa trước khi nộp"),
    "hint": pgettext_lazy("precheck", "Nên xem lại"),
}
TONES = {"blocks": "wrong", "likely": "warn", "hint": "rest"}

# code → (what is wrong, what to do)
SAID: dict[str, tuple[Any, Any]] = {
    "answer_missing": (_("Mục “{label}” chưa khai."), _("Mở phần khai và điền mục này.")),
    "answer_wrong": (_("Mục “{label}”: {problem}"), _("Mở phần khai và sửa mục này.")),
    "paper_missing": (
        _("Chưa có “{name}”. {why}"),
        _("Tải tệp lên, hoặc chụp bằng điện thoại cho đủ bốn góc."),
    ),
    "paper_offered": (
        _("Chưa có “{name}”, nhưng thành phố đang giữ: {held}."),
        _("Đồng ý dùng lại ở trang giấy tờ là không phải nộp, hoặc tải bản của bạn lên."),
    ),
    "office_not_chosen": (_("Chưa chọn nơi nộp hồ sơ."), _("Chọn một bộ phận một cửa.")),
    "office_takes_none": (
        _("Nơi nộp đã chọn hiện không nhận hồ sơ."),
        _("Chọn một bộ phận một cửa khác."),
    ),
    "door_closed": (
        _("Thủ tục này hiện không nhận hồ sơ qua cửa này."),
        _("Xem trang thủ tục để biết nơi nhận hồ sơ đang mở."),
    ),
    "nobody_decides": (
        _("Ở địa bàn của nơi nộp đã chọn không có cơ quan giải quyết thủ tục này."),
        _("Chọn bộ phận một cửa ở xã, phường nơi việc này được giải quyết."),
    ),
    "nobody_decides_there": (
        _("Ở địa bàn của nơi nộp đã chọn không có cơ quan giải quyết thủ tục này; ở {commune} là {right}."),
        _("Đổi nơi nộp sang {one_stop}."),
    ),
    "other_agency": (
        _("Hồ sơ này do {right} giải quyết, theo {words} ({commune}); nơi nộp đã chọn thuộc {agency}."),
        _("Đổi nơi nộp sang {one_stop}. Nơi khác trong tỉnh vẫn nhận nhưng phải chuyển đi, nên chậm hơn."),
    ),
    "other_province": (
        _("Việc này thuộc cơ quan ở {words} ({commune}), không nằm trong tỉnh, thành phố này."),
        _("Kiểm tra lại địa chỉ đã khai; nếu đúng, nộp ở tỉnh, thành phố đó."),
    ),
    "not_opened": (
        _("Không mở được tệp của “{name}”: hỏng, có mật khẩu, hoặc trang quá lớn."),
        _("Chụp hoặc quét lại rồi tải lên tệp mới."),
    ),
    "not_all_read": (
        _("“{name}” có {count} trang, mới soát {shown} trang đầu."),
        _("Tự xem lại các trang sau trước khi nộp."),
    ),
    "empty": (_("Trang này của “{name}” không có gì trên đó."), _("Kiểm tra lại, rồi chụp hoặc quét lại.")),
    "dark": (
        _("Ảnh của “{name}” quá tối nên không đọc được."),
        _("Chụp lại ở nơi đủ sáng, không để bóng tay che giấy."),
    ),
    "faint": (
        _("Ảnh của “{name}” quá nhạt nên không đọc được."),
        _("Chụp hoặc quét lại cho chữ đậm, rõ."),
    ),
    "blurred": (
        _("Ảnh của “{name}” bị nhòe nên không đọc được."),
        _("Giữ yên máy, chạm vào chữ để lấy nét, rồi chụp lại."),
    ),
    "small": (
        _("Ảnh của “{name}” quá nhỏ nên không đọc được."),
        _("Chụp lại gần hơn, giấy đầy khung hình; không gửi ảnh chụp màn hình thu nhỏ."),
    ),
    "unreadable": (
        _("Chưa đọc được chữ trên “{name}”."),
        _("Chụp lại thẳng, đủ sáng, rõ nét; nếu bạn đọc rõ thì vẫn nộp được."),
    ),
    "cut": (
        _("Ảnh của “{name}” bị cắt mất lề: nhiều dòng chữ chạm mép ảnh."),
        _("Chụp lại cho đủ bốn góc của giấy."),
    ),
    "other_paper": (
        _("Mục này cần “{name}”, nhưng trên giấy ghi “{read}”."),
        _("Xem có tải nhầm giấy không, rồi thay bằng đúng giấy được yêu cầu."),
    ),
    "over": (
        _("“{name}” có giá trị đến {until}, nay đã hết hạn."),
        _("Xin cấp lại hoặc đổi giấy còn hạn rồi nộp."),
    ),
    "too_old": (
        _("“{name}” cấp ngày {issued}, chỉ có giá trị {months} tháng, đến {until}."),
        _("Xin cấp giấy mới rồi nộp."),
    ),
    "differs": (
        _("“{label}” khai là “{value}”, còn trên “{name}” ghi “{read}”."),
        _("So lại với giấy: sửa tờ khai nếu khai nhầm; giấy ghi sai thì hỏi nơi cấp giấy."),
    ),
    "not_there_but": (
        _("“{label}” khai là “{value}”, không thấy trên “{name}”; gần giống nhất trên giấy là “{read}”."),
        _("So lại với giấy: sửa tờ khai nếu khai nhầm; giấy ghi sai thì hỏi nơi cấp giấy."),
    ),
    "papers_differ": (
        _("“{label}”: trên “{name}” ghi “{read}”, còn trên “{other}” ghi “{value}”."),
        _("So lại hai giấy; giấy nào ghi sai thì hỏi nơi cấp giấy đó."),
    ),
    "not_there": (
        _("“{label}” khai là “{value}”, không thấy trên “{name}”."),
        _("Xem có tải nhầm giấy của người khác không, và tên đã khai có đúng không."),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A finding as a page shows it."""

    finding: rules.Finding
    kind: str
    severity: str
    tone: str
    text: str
    to_do: str

    @property
    def source(self) -> str:
        return self.finding.source


def tell(finding: rules.Finding, language: str) -> Told:
    """The finding in "vi" or "en"."""
    with translation.override(language):
        what, to_do = SAID[finding.code]
        facts = _Facts({name: _say(name, value, finding, language) for name, value in finding.facts.items()})
        return Told(
            finding,
            str(KINDS[finding.kind]),
            str(SEVERITIES[finding.severity]),
            TONES[finding.severity],
            " ".join(str(what).format_map(facts).split()),
            _todo(finding, str(to_do), facts),
        )


def _todo(finding: rules.Finding, text: str, facts: Mapping[str, str]) -> str:
    if "{one_stop}" in text and not facts["one_stop"]:
        text = str(SAID["nobody_decides"][1])
    return text.format_map(facts)


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


def _say(name: str, value: Any, finding: rules.Finding, language: str) -> str:
    if isinstance(value, Bilingual):
        return value.say(language)
    if isinstance(value, forms.FieldProblem):
        return forms.problem_text(value, finding.facts["declaration"], language)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = str(value)
    if name in ("value", "read") and finding.facts.get("type") == "date" and len(text) == 10:
        return f"{text[8:]}/{text[5:7]}/{text[:4]}" if text[4] == "-" else text
    return text
