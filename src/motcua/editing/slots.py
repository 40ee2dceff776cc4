"""What can be filled in of each part of a draft: the boxes of its pages, from a document's values and back to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.editing.rules.places import Place, at
from motcua.foundation.packs.schema import common, procedures
from motcua.foundation.ui.controls import control
from motcua.kernel import forms
from motcua.kernel.text import nfc

OMIT: Any = object()  # the key goes away
Options = Iterable[tuple[str, Any]]


@dataclass(frozen=True)
class Slot:
    """One box. `key` is the place below the row (`label.vi`); `kind` says what stands in it; `empty` what an empty box
    means: omit (no key), null, or text (the empty text stays, and the check tells that it lacks)."""

    key: str
    label: Any
    kind: str = "text"
    options: tuple[tuple[str, Any], ...] = ()
    empty: str = "omit"
    help: Any = ""
    new: Any = None  # what stands in a new row

    @property
    def name(self) -> str:
        return self.key.replace(".", "-")

    @property
    def place(self) -> Place:
        return tuple(self.key.split("."))


def words(values: Iterable[str], said: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Options in the order of the packs, in the words of the page."""
    return tuple((value, said.get(value, value)) for value in values)


LEVELS = {
    "commune": _("Cấp xã"), "province": _("Cấp tỉnh"), "both": _("Cấp xã và cấp tỉnh"),
    "district-before-2025": _("Cấp huyện (trước 01/7/2025)"), "ministry": _("Bộ, ngành"), "other": _("Khác"),
}  # fmt: skip
CHANNELS = {
    "in_person": _("Trực tiếp"), "online": _("Trực tuyến"), "post": _("Bưu chính"), "phone": _("Điện thoại"),
}  # fmt: skip
APPLICANTS = {
    "cong_dan_viet_nam": _("Công dân Việt Nam"),
    "nguoi_viet_nam_dinh_cu_o_nuoc_ngoai": _("Người Việt Nam định cư ở nước ngoài"),
    "nguoi_nuoc_ngoai": _("Người nước ngoài"), "doanh_nghiep": _("Doanh nghiệp"), "to_chuc": _("Tổ chức"),
    "ho_kinh_doanh": _("Hộ kinh doanh"), "hop_tac_xa": _("Hợp tác xã"),
}  # fmt: skip
UNITS = {
    "working_days": _("ngày làm việc"), "calendar_days": _("ngày"), "working_hours": _("giờ làm việc"),
    "months": _("tháng"), "same_day": _("ngay trong ngày"),
}  # fmt: skip
ONLINE = {"full": _("Toàn trình"), "partial": _("Một phần"), "none": _("Không trực tuyến")}
STAGES = {
    "applicant": _("Người nộp"), "reception": _("Bộ phận một cửa"), "processing": _("Xử lý"), "signing": _("Ký"),
    "external": _("Cơ quan khác"),
}  # fmt: skip
PAPER_TYPES = {
    "original": _("Bản chính"), "certified_copy": _("Bản sao chứng thực"), "copy": _("Bản sao"),
    "present_only": _("Chỉ xuất trình"), "electronic": _("Bản điện tử"),
}  # fmt: skip
RESULTS = {
    "account": _("Tài khoản"), "admission": _("Tiếp nhận học"), "card": _("Thẻ"), "certificate": _("Giấy chứng nhận"),
    "certified_copy": _("Bản sao chứng thực"), "certified_document": _("Văn bản chứng thực"),
    "contract": _("Hợp đồng"), "data_update": _("Cập nhật dữ liệu"), "decision": _("Quyết định"),
    "document": _("Văn bản"), "extract": _("Trích lục"), "licence": _("Giấy phép"), "minutes": _("Biên bản"),
    "notice": _("Thông báo"), "payment": _("Khoản chi trả"),
}  # fmt: skip
MONEY = {"fee": _("Phí"), "duty": _("Lệ phí")}
PER = {"dossier": _("mỗi hồ sơ"), "copy": _("mỗi bản"), "page": _("mỗi trang"), "item": _("mỗi đơn vị")}
SET_BY = {"council": _("Hội đồng nhân dân cấp tỉnh"), "ministry": _("Bộ Tài chính")}
TYPES = {
    "text": _("Chữ ngắn"), "long_text": _("Đoạn văn"), "name": _("Họ và tên"), "personal_number": _("Số định danh"),
    "date": _("Ngày"), "number": _("Số"), "money": _("Số tiền"), "area": _("Diện tích"), "yes_no": _("Có hoặc không"),
    "choice": _("Chọn một"), "choices": _("Chọn nhiều"), "phone": _("Điện thoại"), "email": _("Thư điện tử"),
    "address": _("Địa chỉ"), "agency": _("Cơ quan"), "tax_code": _("Mã số thuế"), "rows": _("Nhiều dòng"),
    "consent": _("Cam đoan"), "note": _("Lời dẫn"),
}  # fmt: skip
SENSITIVITIES = {"open": _("Công khai"), "personal": _("Cá nhân"), "sensitive": _("Nhạy cảm")}
FACTS = {
    "applicant.full_name": _("Họ tên người nộp"), "applicant.personal_number": _("Số định danh người nộp"),
    "applicant.birth_on": _("Ngày sinh người nộp"), "applicant.sex": _("Giới tính người nộp"),
    "applicant.phone": _("Điện thoại người nộp"), "applicant.email": _("Thư điện tử người nộp"),
    "applicant.address": _("Nơi ở người nộp"), "applicant.ethnicity": _("Dân tộc người nộp"),
    "applicant.nationality": _("Quốc tịch người nộp"), "organisation.name": _("Tên tổ chức"),
    "organisation.tax_code": _("Mã số thuế tổ chức"),
}  # fmt: skip

_SOURCE = Slot(
    "source", _("Căn cứ, nguồn"), "long", help=_("Điều khoản của văn bản, hoặc địa chỉ nơi đã đọc.")
)
_DOUBT = Slot("unverified", _("Chưa đối chiếu với văn bản"), "doubt", new=True)
_VI_EN = (Slot("name_vi", _("Tên"), empty="text"), Slot("name_en", _("Tên tiếng Anh")))

GENERAL: tuple[tuple[Any, tuple[Slot, ...]], ...] = (
    (_("Tên"), (
        Slot("name_vi", _("Tên đầy đủ theo quyết định công bố"), "long", empty="text"),
        Slot("short_name_vi", _("Tên ngắn người dân quen gọi"), empty="text"),
        Slot("name_en", _("Tên tiếng Anh"), empty="text"),
        Slot("id", _("Mã định danh trong hệ thống"), "code", empty="text",
             help=_("Chữ thường không dấu, nối bằng gạch. Không đổi được sau lần công bố đầu.")),
        Slot("code", _("Mã thủ tục quốc gia"), "code", empty="null", help=_("Ví dụ 1.001193. Để trống nếu chưa có.")),
        Slot("publishing_decision", _("Quyết định công bố")),
    )),
    (_("Ai làm, ai giải quyết"), (
        Slot("field_vi", _("Lĩnh vực"), "sector", empty="text"),
        Slot("level", _("Cấp giải quyết"), "select", words(common.LEVELS, LEVELS)),
        Slot("responsible_agency_type", _("Cơ quan có thẩm quyền"), "agency_type", empty="text"),
        Slot("applicants", _("Ai được nộp"), "checks", words(procedures.APPLICANTS, APPLICANTS)),
        Slot("channels", _("Nộp bằng cách nào"), "checks", words(common.CHANNELS, CHANNELS)),
        Slot("online_level", _("Mức độ trực tuyến"), "select", words(("full", "partial", "none"), ONLINE)),
        Slot("owner.system", _("Hệ thống giữ kết quả"), "system", empty="text"),
        Slot("status", _("Tình trạng"), "select",
             (("active", _("Đang thực hiện")), ("historical", _("Đã hết hiệu lực")))),
    )),
    (_("Thời hạn giải quyết"), (
        Slot("time_limit.value", _("Số"), "whole", empty="null"),
        Slot("time_limit.unit", _("Tính bằng"), "select", words(procedures.UNITS, UNITS)),
        Slot("time_limit.notes", _("Ghi chú về thời hạn"), "long", empty="null"),
    )),
    (_("Kết quả"), (
        Slot("result.name_vi", _("Tên kết quả"), empty="text"),
        Slot("result.name_en", _("Tên tiếng Anh của kết quả")),
        Slot("result.type", _("Loại kết quả"), "select", words(procedures.RESULT_TYPES, RESULTS)),
    )),
    (_("Căn cứ pháp lý"), (
        Slot("legal_basis", _("Văn bản"), "lines", empty="list", help=_("Mỗi dòng một số hiệu, ví dụ 123/2015/NĐ-CP.")),
        Slot("sources", _("Nguồn đã đọc"), "lines", empty="list", help=_("Mỗi dòng một nguồn.")),
        Slot("unverified", _("Điều chưa đối chiếu với văn bản"), "lines", empty="list",
             help=_("Mỗi dòng một điều. Căn cứ mới thêm tự vào đây; đối chiếu xong thì xóa dòng.")),
        Slot("common_mistakes", _("Lỗi người dân hay gặp"), "lines", help=_("Mỗi dòng một lỗi.")),
        Slot("related_codes", _("Mã thủ tục liên quan"), "lines", help=_("Mỗi dòng một mã.")),
        Slot("notes", _("Ghi chú"), "long"),
    )),
)  # fmt: skip
TITLE = (
    Slot("title.vi", _("Tiêu đề tờ khai"), empty="text"),
    Slot("title.en", _("Tiêu đề tiếng Anh"), empty="text"),
)
SECTION = (
    Slot("title.vi", _("Tên phần"), empty="text"),
    Slot("title.en", _("Tên tiếng Anh"), empty="text"),
    Slot("id", _("Mã của phần"), "code", empty="text", help=_("Chữ thường không dấu, nối bằng gạch dưới.")),
    Slot("help.vi", _("Lời dẫn")),
    Slot("help.en", _("Lời dẫn tiếng Anh")),
    Slot("when", _("Chỉ hỏi khi"), "condition"),
)
_COLUMN = (
    Slot("label.vi", _("Câu hỏi"), empty="text"),
    Slot("label.en", _("Câu hỏi tiếng Anh"), empty="text"),
    Slot("id", _("Mã của câu hỏi"), "code", empty="text", help=_("Chữ thường không dấu, nối bằng gạch dưới.")),
    Slot("type", _("Loại câu trả lời"), "select", words(forms.TYPES, TYPES), new="text"),
    Slot("required", _("Bắt buộc"), "required", new=True),
    Slot("help.vi", _("Giải thích thêm")),
    Slot("help.en", _("Giải thích tiếng Anh")),
    Slot("options", _("Các lựa chọn"), "options",
         help=_("Mỗi dòng: mã | tiếng Việt | tiếng Anh. Chỉ cho “chọn một”, “chọn nhiều”.")),
    Slot("min", _("Nhỏ nhất, sớm nhất, ít nhất"), "bound",
         help=_("Số, ngày, “today”, “today-60” hoặc mã câu hỏi khác.")),
    Slot("max", _("Lớn nhất, muộn nhất, nhiều nhất"), "bound"),
    Slot("pattern", _("Mẫu chữ (biểu thức chính quy)"), "code"),
    Slot("sensitivity", _("Độ nhạy cảm"), "select", words(forms.SENSITIVITIES, SENSITIVITIES), new="personal"),
)  # fmt: skip
COLUMN = (*_COLUMN, Slot("when", _("Chỉ hỏi khi"), "condition"))
FIELD = (
    *_COLUMN,
    Slot("prefill", _("Điền sẵn từ"), "select", words(forms.FACTS, FACTS)),
    Slot("when", _("Chỉ hỏi khi"), "condition"),
    Slot("check", _("Câu trả lời phải thỏa"), "condition"),
    Slot("message.vi", _("Lời báo khi không thỏa")),
    Slot("message.en", _("Lời báo tiếng Anh")),
    Slot("source", _("Căn cứ, nguồn")),
    Slot("unverified", _("Chưa đối chiếu với văn bản"), "doubt"),
)
PAPER = (
    *_VI_EN,
    Slot("key", _("Mã của giấy tờ"), "code", empty="text", help=_("Chữ thường không dấu, nối bằng gạch.")),
    Slot("type", _("Nộp dạng nào"), "select", words(procedures.PAPER_TYPES, PAPER_TYPES), new="original"),
    Slot("quantity", _("Số lượng"), "whole", empty="text", new=1),
    Slot("required", _("Bắt buộc"), "required"),
    Slot("when", _("Chỉ cần khi"), "condition"),
    Slot("condition", _("Trường hợp, bằng lời"), "long", empty="null"),
    Slot("form_code", _("Mẫu số"), empty="null"),
    Slot(
        "reusable_from",
        _("Có thể lấy từ"),
        empty="null",
        help=_("Cơ sở dữ liệu đã có giấy này thì không phải nộp."),
    ),
    _SOURCE,
    _DOUBT,
)
FEE = (
    Slot("name_vi", _("Tên khoản thu")),
    Slot("name_en", _("Tên tiếng Anh")),
    Slot("key", _("Mã của khoản thu"), "code", empty="text", help=_("Chữ thường không dấu, nối bằng gạch.")),
    Slot("money", _("Phí hay lệ phí"), "select", words(("fee", "duty"), MONEY), new="duty"),
    Slot("amount_vnd", _("Mức thu (đồng)"), "money", empty="null",
         help=_("Để trống nếu do nơi khác quy định và chưa biết.")),
    Slot("online_amount", _("Mức thu khi nộp trực tuyến (đồng)"), "money", empty="null"),
    Slot("per", _("Tính theo"), "select", words(procedures.PER, PER), new="dossier"),
    Slot("set_by", _("Ai quy định mức"), "select", words(("council", "ministry"), SET_BY), empty="null"),
    Slot("when", _("Chỉ thu khi"), "condition"),
    Slot("condition", _("Trường hợp, bằng lời"), "long", empty="null"),
    Slot("source", _("Căn cứ, nguồn"), "long", empty="null"),
    _DOUBT,
)  # fmt: skip
STEP = (
    Slot("action_vi", _("Làm gì"), "long", empty="text"),
    Slot("action_en", _("Làm gì, tiếng Anh")),
    Slot("key", _("Mã của bước"), "code", empty="text", help=_("Chữ thường không dấu, nối bằng gạch.")),
    Slot("stage", _("Giai đoạn"), "select", words(procedures.STAGES, STAGES), new="processing"),
    Slot("role", _("Ai làm"), "role", empty="text", help=_("Viết như pháp luật gọi, ví dụ lanh_dao_ubnd_cap_xa.")),
    Slot("time_share", _("Phần thời hạn (từ 0 đến 1)"), "decimal", empty="text", new=0,
         help=_("Tổng các bước bằng 1.")),
    Slot("optional", _("Không phải hồ sơ nào cũng qua bước này"), "truth"),
    _DOUBT,
)  # fmt: skip
ROWS: Mapping[str, tuple[Slot, ...]] = {
    "sections": SECTION, "fields": FIELD, "columns": COLUMN, "required_documents": PAPER, "papers": PAPER, "fees": FEE,
    "steps": STEP,
}  # fmt: skip


def slots_for(place: Place) -> tuple[tuple[Any, tuple[Slot, ...]], ...] | None:
    """The groups of boxes for what stands at a place, None where no page edits it."""
    if not place:
        return GENERAL
    if place == ("declaration",):
        return (("", TITLE),)
    lists = [part for part in place if isinstance(part, str)]
    found = ROWS.get(lists[-1]) if isinstance(place[-1], int) or place[-1] == "new" else None
    if found is None and place[-1] == "new":
        found = ROWS.get(lists[-2]) if len(lists) > 1 else None
    return None if found is None else (("", found),)


# From values to boxes ---------------------------------------------------------------------------------------


def draw(
    slot: Slot, row: Any, *, problem: str = "", typed: str | None = None, options: Options | None = None
) -> dict:
    """The facts of the box for what stands in a row; `typed` stands in it again where it could not be read."""
    value = at(row, slot.place) if row is not None else slot.new
    given = {"help": slot.help, "problem": problem or None, "required": True}
    match slot.kind:
        case "long" | "lines" | "options":
            text = typed if typed is not None else _text(slot, value)
            return control("textarea", slot.name, slot.label, value=text, rows=_lines(text), **given)
        case "select" | "sector" | "system" | "agency_type" | "role":
            offered = list(slot.options if options is None else options)
            if isinstance(value, str) and value and value not in {str(key) for key, _label in offered}:
                offered.append((value, value))
            return control("select", slot.name, slot.label, options=offered, value=typed or value, **given)
        case "checks":
            return control(
                "checkboxes", slot.name, slot.label, options=slot.options, value=value or [], **given
            )
        case "truth":
            return control("checkbox", slot.name, slot.label, value=value is True, **given)
        case "doubt":
            lines = "\n".join(value) if isinstance(value, list) else ""
            more = {"help": _("Mỗi dòng một điều; có thể để trống."), "rows": _lines(lines)}
            marked = value not in (None, False, [])
            return {
                "doubt": True,
                "mark": control("checkbox", slot.name, slot.label, value=marked, **given),
                "lines": control(
                    "textarea", f"{slot.name}-lines", _("Điều chưa đối chiếu"), value=lines, required=False, **more
                ),
            }  # fmt: skip
        case "required":
            offered = [("yes", _("Bắt buộc")), ("no", _("Không bắt buộc"))]
            offered += [("condition", _("Theo điều kiện"))] if isinstance(value, str) else []
            now = "condition" if isinstance(value, str) else {True: "yes", False: "no"}.get(value, "")
            return control("radios", slot.name, slot.label, options=offered, value=now, inline=True, **given)
    kinds = {"whole": "number", "decimal": "number", "money": "money"}
    shown = typed if typed is not None else value
    kind = kinds.get(slot.kind, "text")
    attrs = {"autocapitalize": "none", "spellcheck": "false"} if slot.kind == "code" else {}
    return control(kind, slot.name, slot.label, value="" if shown is None else shown, attrs=attrs, **given)


def _lines(text: str) -> int:
    return min(max(2, text.count("\n") + 1 + len(text) // 90), 16)


def _text(slot: Slot, value: Any) -> str:
    if slot.kind == "lines":
        return "\n".join(str(one) for one in value) if isinstance(value, list) else ""
    if slot.kind == "options":
        rows = value if isinstance(value, list) else []
        return "\n".join(_option_line(row) for row in rows if isinstance(row, dict))
    return value if isinstance(value, str) else ""


def _option_line(row: dict[str, Any]) -> str:
    label = row.get("label")
    label = label if isinstance(label, dict) else {}
    return " | ".join(str(part or "") for part in (row.get("value"), label.get("vi"), label.get("en")))


# From boxes to values ----------------------------------------------------------------------------------------


def read(slot: Slot, posted: Any, row: Any) -> tuple[Any, Any]:
    """(the value for the document or OMIT, a sentence about what cannot be read or None).

    A box that says what stands in the row leaves it as it is, to the letter.
    """
    holder = at(row, slot.place[:-1])
    there = isinstance(holder, dict) and slot.place[-1] in holder
    before = at(row, slot.place) if there else OMIT
    if slot.kind == "condition":
        return before, None
    value, problem = _READERS.get(slot.kind, _read_text)(slot, posted, before)
    if row is not None and not there and value in (None, "", []):
        return OMIT, problem
    return (
        before if there and value == before and value is not True and value is not False else value
    ), problem


def changes_for(
    place: Place, slots: Iterable[Slot], posted: Any, row: Any
) -> tuple[list[dict], dict[str, Any]]:
    """(the changes that a sent form makes at a place, sentences by box of what cannot be read)."""
    made, problems = [], {}
    for slot in slots:
        value, problem = read(slot, posted, row)
        if problem is not None:
            problems[slot.name] = problem
        elif value is OMIT:
            made.append({"do": "unset", "at": [*place, *slot.place]})
        else:
            made.append({"do": "set", "at": [*place, *slot.place], "value": value})
    return made, problems


def _read_checks(slot: Slot, posted: Any, before: Any) -> tuple[Any, Any]:
    sent = set(posted.getlist(slot.name))
    kept = [key for key in before if key in sent] if isinstance(before, list) else []
    return [*kept, *(key for key, _label in slot.options if key in sent and key not in kept)], None


def _read_truth(slot: Slot, posted: Any, before: Any) -> tuple[Any, Any]:
    return (True if slot.name in posted else False if before is False else OMIT), None


def _read_doubt(slot: Slot, posted: Any, before: Any) -> tuple[Any, Any]:
    lines = _split(posted.get(f"{slot.name}-lines", ""))
    off = before if before is False or before == [] else OMIT
    return (lines or (True if slot.name in posted else off)), None


def _read_required(slot: Slot, posted: Any, before: Any) -> tuple[Any, Any]:
    return {"yes": True, "no": False, "condition": before}.get(posted.get(slot.name, ""), before), None


def _read_lines(slot: Slot, posted: Any, before: Any) -> tuple[Any, Any]:
    return (_split(posted.get(slot.name, "")) or ([] if slot.empty == "list" or before == [] else OMIT)), None


def _read_text(slot: Slot, posted: Any, before: Any) -> tuple[Any, Any]:
    text = nfc(posted.get(slot.name, "")).strip().replace("\r\n", "\n")
    if not text:
        return (before if before is None else {"null": None, "text": ""}.get(slot.empty, OMIT)), None
    if slot.kind == "options":
        return _options(text, before)
    if slot.kind in ("whole", "money", "decimal"):
        return _number(slot.kind, text)
    if slot.kind == "bound" and re.fullmatch(r"-?[0-9]{1,12}([.,][0-9]{1,6})?", text):
        return _number("decimal", text)
    return text, None


_READERS = {
    "checks": _read_checks, "truth": _read_truth, "doubt": _read_doubt, "required": _read_required,
    "lines": _read_lines,
}  # fmt: skip


def _split(text: str) -> list[str]:
    return [line for line in (nfc(one).strip() for one in text.splitlines()) if line]


def _number(kind: str, text: str) -> tuple[Any, Any]:
    plain = text.replace(" ", "").replace(".", "") if kind == "money" else text.replace(",", ".")
    if re.fullmatch(r"-?[0-9]{1,13}", plain):
        return int(plain), None
    if kind == "decimal" and re.fullmatch(r"-?[0-9]{1,12}\.[0-9]{1,6}", plain):
        number = float(plain)
        return (int(number) if number.is_integer() else number), None
    return OMIT, _("Đây phải là số đồng, ví dụ 15.000.") if kind == "money" else _(
        "Đây phải là số, ví dụ 15."
    )


def _options(text: str, before: Any) -> tuple[Any, Any]:
    known = (
        {row.get("value"): row for row in before if isinstance(row, dict)} if isinstance(before, list) else {}
    )
    rows = []
    for line in _split(text):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) not in (2, 3):
            said = gettext("Dòng “{line}” chưa đúng dạng: mã | tiếng Việt | tiếng Anh.")
            return OMIT, said.format(line=line[:60])
        label = {"vi": parts[1], **({"en": parts[2]} if len(parts) == 3 and parts[2] else {})}
        rows.append({**known.get(parts[0], {}), "value": parts[0], "label": label})
    return rows, None
