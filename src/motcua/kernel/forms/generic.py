"""A sound general declaration for every procedure that has no declaration of its own.

The common ids, the same in every declaration of the house, hand-written or general:

- section `applicant`: `applicant_kind` (self | behalf | organisation), `full_name`, `personal_number`,
`birth_on`,
  `sex` (male | female), `phone`, `email`, `address`
- section `delivery`: `result_delivery` (portal | counter | post), `delivery_address`
- section `commitment`: `commitment` (a consent)

The general declaration adds, where they fit: in `applicant` the fields `organisation_name`,
`organisation_tax_code`; section `represented` (whom the applicant acts for): `represented_full_name`,
`represented_personal_number`, `represented_birth_on`; section `request`: `request_content`, `fee_cases`,
`paper_cases` (keys of the fees and papers whose described case applies: see `motcua.kernel.money.fee_lines`
and `required_papers`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from motcua.kernel.forms.papers import CASES_FIELD as PAPER_CASES
from motcua.kernel.forms.papers import case_of, paper_key
from motcua.kernel.money import CASES_FIELD as FEE_CASES

ORGANISATIONS = frozenset(("to_chuc", "doanh_nghiep", "ho_kinh_doanh", "hop_tac_xa"))
_PERSONS = frozenset(("cong_dan_viet_nam", "nguoi_viet_nam_dinh_cu_o_nuoc_ngoai", "nguoi_nuoc_ngoai"))
_WITHOUT_PERSONAL_NUMBER = frozenset(("nguoi_nuoc_ngoai", "nguoi_viet_nam_dinh_cu_o_nuoc_ngoai"))
_IS_ORGANISATION = "applicant_kind is organisation"
_LABEL_LENGTH = 300

Data = dict[str, Any]


def generic_declaration(procedure: Mapping[str, Any]) -> Data:
    """The data of a declaration for a procedure of a pack, good for `declaration_from_data`.

    Asks who applies, what is wanted, how the result is to come, and a commitment. Total: a pack with half its
    keys missing still gives a declaration that can be filled in.
    """
    applicants = frozenset(str(each) for each in _list(procedure.get("applicants")))
    name = str(procedure.get("short_name_vi") or procedure.get("name_vi") or "thủ tục này").strip()
    name_en = str(procedure.get("name_en") or "").strip()
    sections = [
        _applicant(applicants),
        *([_represented()] if applicants & _PERSONS or not applicants else []),
        _request(procedure, name, name_en),
        _delivery(procedure),
        _commitment(),
    ]
    return {
        "id": f"generic-{procedure.get('slug') or procedure.get('id') or 'procedure'}",
        "title": _text(f"Tờ khai: {name}", f"Declaration: {name_en}" if name_en else ""),
        "generic": True,
        "sections": sections,
        "sources": [str(source) for source in _list(procedure.get("sources"))],
        "unverified": ["sections: tờ khai chung, chưa theo mẫu riêng của thủ tục"],
    }


def _applicant(applicants: frozenset[str]) -> Data:
    organisations = bool(applicants & ORGANISATIONS)
    persons = bool(applicants & _PERSONS) or not organisations
    has_number = not applicants & _WITHOUT_PERSONAL_NUMBER
    fields = [
        _applicant_kind(persons=persons, organisations=organisations),
        *(_organisation_fields() if organisations else []),
        _field(
            "full_name",
            "name",
            "Họ và tên của bạn",
            "Your full name",
            prefill="applicant.full_name",
            help=_text("Ghi như trên thẻ căn cước.", "As on your identity card."),
        ),
        _field(
            "personal_number",
            "personal_number",
            "Số định danh cá nhân (12 số)",
            "Personal number (12 digits)",
            required=has_number,
            sensitivity="sensitive",
            prefill="applicant.personal_number",
            help=_text(
                "12 số in trên mặt trước thẻ căn cước.", "The 12 digits on the front of your identity card."
            )
            if has_number
            else _text(
                "12 số trên thẻ căn cước. Người chưa có số này thì để trống.",
                "The 12 digits on the identity card. Leave it empty if you have none.",
            ),
        ),
        _field(
            "birth_on",
            "date",
            "Ngày sinh của bạn",
            "Your date of birth",
            prefill="applicant.birth_on",
            max="today",
        ),
        _field("sex", "choice", "Giới tính", "Sex", prefill="applicant.sex", options=_SEXES),
        _field(
            "phone",
            "phone",
            "Số điện thoại",
            "Telephone number",
            prefill="applicant.phone",
            help=_text("Để báo cho bạn khi hồ sơ có tin mới.", "To tell you when something happens."),
        ),
        _field(
            "email",
            "email",
            "Thư điện tử (nếu có)",
            "E-mail (if you have one)",
            required=False,
            prefill="applicant.email",
        ),
        _field(
            "address",
            "address",
            "Nơi bạn đang ở",
            "Where you live",
            prefill="applicant.address",
            help=_text(
                "Chọn phường, xã rồi ghi số nhà, đường, thôn, tổ dân phố.",
                "Choose the ward or commune, then house number and street or hamlet.",
            ),
        ),
    ]
    return {"id": "applicant", "title": _text("Người nộp hồ sơ", "The person filing"), "fields": fields}


def _applicant_kind(*, persons: bool, organisations: bool) -> Data:
    options = []
    if persons:
        options.append(_option("self", "Cho chính tôi", "For myself"))
        options.append(_option("behalf", "Thay cho người khác", "For somebody else"))
    if organisations:
        options.append(
            _option(
                "organisation",
                "Cho tổ chức, doanh nghiệp, hộ kinh doanh",
                "For an organisation or a business",
            )
        )
    return _field(
        "applicant_kind",
        "choice",
        "Bạn làm thủ tục này cho ai?",
        "Who are you filing for?",
        sensitivity="open",
        options=options,
    )


def _organisation_fields() -> list[Data]:
    return [
        _field(
            "organisation_name",
            "text",
            "Tên tổ chức, doanh nghiệp, hộ kinh doanh",
            "Name of the organisation",
            when=_IS_ORGANISATION,
            sensitivity="open",
            prefill="organisation.name",
            min=2,
            max=300,
        ),
        _field(
            "organisation_tax_code",
            "tax_code",
            "Mã số thuế hoặc mã số đăng ký",
            "Tax or registration number",
            required=False,
            when=_IS_ORGANISATION,
            sensitivity="open",
            prefill="organisation.tax_code",
            help=_text("Tổ chức chưa có mã số thì để trống.", "Leave it empty if the organisation has none."),
        ),
    ]


def _represented() -> Data:
    return {
        "id": "represented",
        "title": _text("Người mà bạn làm thay", "The person you act for"),
        "when": "applicant_kind is behalf",
        "fields": [
            _field("represented_full_name", "name", "Họ và tên người đó", "Full name"),
            _field(
                "represented_personal_number",
                "personal_number",
                "Số định danh cá nhân của người đó",
                "Personal number",
                required=False,
                sensitivity="sensitive",
                help=_text("Chưa có thì để trống.", "Leave it empty if there is none."),
            ),
            _field("represented_birth_on", "date", "Ngày sinh của người đó", "Date of birth", max="today"),
        ],
    }


def _request(procedure: Mapping[str, Any], name: str, name_en: str) -> Data:
    fields = [
        _field(
            "request_content",
            "long_text",
            "Bạn đề nghị giải quyết việc gì?",
            "What do you ask for?",
            max=3000,
            help=_text(
                f"Thủ tục: {name}. Ghi ngắn gọn việc bạn cần, những điều cơ quan phải biết để giải quyết.",
                f"Procedure: {name_en or name}. Say briefly what you need and what the agency has to know.",
            ),
        )
    ]
    fees = _described(procedure.get("fees"), lambda row, place: str(row.get("key") or f"fee-{place + 1}"))
    if len(fees) > 1:
        fields.append(
            _field(
                FEE_CASES,
                "choices",
                "Phí, lệ phí của bạn thuộc trường hợp nào?",
                "Which cases of the fee are yours?",
                sensitivity="open",
                options=fees,
                required=False,
                help=_text(
                    "Chọn các dòng đúng với bạn. Không rõ thì để trống, cán bộ sẽ giúp bạn.",
                    "Choose the lines that fit. If you are not sure leave them; an officer will help.",
                ),
            )
        )
    papers = _described(procedure.get("required_documents"), paper_key, case_of)
    if papers:
        fields.append(
            _field(
                PAPER_CASES,
                "choices",
                "Trường hợp nào sau đây đúng với bạn?",
                "Which of these cases are yours?",
                required=False,
                options=papers,
                help=_text(
                    "Mỗi trường hợp cần thêm một giấy tờ. Không trường hợp nào đúng thì để trống.",
                    "Each case needs one more paper. Leave it empty if none fits.",
                ),
            )
        )
    return {"id": "request", "title": _text("Nội dung đề nghị", "What you ask for"), "fields": fields}


def _described(rows: Any, key_of: Any, words: Callable[[str], str] = str.strip) -> list[Data]:
    """The rows whose case is told in words only, as options to choose from, each case once; rows with a condition
    decide by themselves. `words` takes the case out of what is told.
    """
    cases: dict[str, tuple[str, list[Mapping[str, Any]]]] = {}
    for place, row in enumerate(_list(rows)):
        if not isinstance(row, Mapping) or row.get("when") or isinstance(row.get("required"), bool | str):
            continue
        # A paper that is only shown is asked for at the counter, by the officer who misses it.
        if row.get("type") == "present_only":
            continue
        case = words(str(row.get("condition") or ""))
        key = key_of(row, place)
        if case and key not in [known for known, _rows in cases.values()]:
            cases.setdefault(case, (key, []))[1].append(row)
    return [_case_option(case, key, found) for case, (key, found) in cases.items()]


def _case_option(case: str, key: str, rows: Sequence[Mapping[str, Any]]) -> Data:
    """One case with the papers it needs; its value is the key of the first of them."""
    names, names_en = (
        [name for row in rows if (name := str(row.get(field) or "").strip())]
        for field in ("name_vi", "name_en")
    )
    label = f"{case} (cần: {'; '.join(names)})" if names else case
    case_en = str(rows[0].get("condition_en") or "").strip()
    label_en = f"{case_en} (needs: {'; '.join(names_en)})" if case_en and names_en else case_en
    return _option(key, _short(label), _short(label_en))


def _delivery(procedure: Mapping[str, Any]) -> Data:
    result = procedure.get("result")
    name = str(result.get("name_vi") or "").strip() if isinstance(result, Mapping) else ""
    options = [
        _option("portal", "Bản điện tử trên cổng này", "Electronically, on this portal"),
        _option("counter", "Bản giấy, nhận tại bộ phận một cửa", "On paper, at the one-stop counter"),
        _option("post", "Bản giấy, gửi qua bưu điện", "On paper, by post"),
    ]
    return {
        "id": "delivery",
        "title": _text("Nhận kết quả", "How to receive the result"),
        "fields": [
            _field(
                "result_delivery",
                "choice",
                "Bạn muốn nhận kết quả bằng cách nào?",
                "How do you want the result?",
                sensitivity="open",
                options=options,
                **({"help": _text(f"Kết quả: {_short(name)}.", "")} if name else {}),
            ),
            _field(
                "delivery_address",
                "address",
                "Địa chỉ nhận qua bưu điện",
                "Postal address",
                when="result_delivery is post",
                prefill="applicant.address",
            ),
        ],
    }


def _commitment() -> Data:
    return {
        "id": "commitment",
        "title": _text("Cam đoan", "Commitment"),
        "fields": [
            _field(
                "commitment",
                "consent",
                "Tôi cam đoan những điều khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp "
                "luật về lời khai "
                "của mình.",
                "I declare that what I have stated is true and that I answer for it before the law.",
                sensitivity="open",
            )
        ],
    }


def _text(vi: str, en: str) -> Data:
    return {"vi": vi, "en": en} if en else {"vi": vi}


def _option(value: str, vi: str, en: str) -> Data:
    return {"value": value, "label": _text(vi, en)}


def _field(field_id: str, kind: str, vi: str, en: str, **more: Any) -> Data:
    return {
        "id": field_id,
        "type": kind,
        "label": _text(vi, en),
        "required": True,
        "sensitivity": "personal",
        **more,
    }


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def _short(text: str) -> str:
    return text if len(text) <= _LABEL_LENGTH else text[: _LABEL_LENGTH - 1].rstrip() + "…"


_SEXES = [_option("male", "Nam", "Male"), _option("female", "Nữ", "Female")]
