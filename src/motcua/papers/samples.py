"""One example of each paper, with people who do not exist: to look at before a layout or a form is published.

Filled from the documents of the packs alone (letters, papers, results, and the declaration of a procedure), in force
or only drafted; asks no database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from motcua.dossiers import queries as dossiers
from motcua.foundation.time import TZ
from motcua.kernel import forms
from motcua.papers.errors import NoLayout
from motcua.papers.layouts import layout_for
from motcua.papers.record import About, PaperRecord, record_of
from motcua.papers.typesetting import Layout

Documents = Mapping[str, Mapping[str, Any]]  # kind → id → body
LETTERS, RESULTS = "letters", "results"
AT = datetime(2026, 10, 5, 9, 0, tzinfo=TZ)
CODE, REFERENCE = "H00.00.00-261005-0001", "MAU0-0000-0000"
PLACE = "Số 12, phố Mẫu, phường Mẫu"
HEAD = dossiers.Head(
    "Trung tâm Phục vụ hành chính công phường Mẫu",
    "Ủy ban nhân dân phường Mẫu",
    "H00.00.00",
    "Phường Mẫu, ngày 05 tháng 10 năm 2026",
)
OFFICE = dossiers.Head(HEAD.upper_agency, "", "H00.00", HEAD.place_date)
PERSON = {
    "name": "Nguyễn Thị Mẫu",
    "personal_number": "001196000000",
    "phone": "0900 000 000",
    "address": PLACE,
}
CONTEXT: dict[str, Any] = {
    **{f"{who}.{what}": text for who in ("submitted_by", "owner") for what, text in PERSON.items()},
    "submitted_by.email": "mau@example.vn",
    "agency.name": HEAD.agency,
    "competent.name": HEAD.upper_agency,
    "letter.number": "0001/MAU",
    "letter.issued_on": "05/10/2026",
    "dossier.code": CODE,
    "dossier.reference": REFERENCE,
    "dossier.procedure": "Thủ tục mẫu để xem trước giấy tờ",
    "dossier.stage": "Đang giải quyết",
    "sets": "01",
    "limit": "3 ngày làm việc",
    "received_at": "09:00 ngày 05/10/2026",
    "due_at": "17:00 ngày 08/10/2026",
    "due_derivation": "3 ngày làm việc từ 06/10 (Bộ luật Dân sự 2015 Điều 147 khoản 2)",
    "original_due_on": "08/10/2026",
    "new_due_on": "13/10/2026",
    "answer_by": "04/11/2026",
    "given_at": "09:30 ngày 05/10/2026",
    "payment.mode": "Lệ phí: 15.000 đồng, đã thu",
    "payment.settlement": "15.000 đồng, đã hoàn lại 15.000 đồng",
    "delivery.mode": "Qua bưu chính",
    "delivery.address": PLACE,
    "items": ["Bổ sung bản chụp rõ nét của giấy chứng sinh.", "Ghi rõ nơi cư trú của người cha."],
    "reason": "Lý do mẫu: giấy tờ bị mờ nên chưa đối chiếu được.",
    "reason_kind": "Yêu cầu của người nộp hồ sơ",
    "reason_law": "Nghị định 61/2018/NĐ-CP, Điều 17",
    "guiding_officer.name": "Trần Văn Mẫu",
    "officer.name": "Trần Văn Mẫu",
    "papers": ["Tờ khai", "Giấy chứng sinh"],
}
CELLS = {
    "name": "Giấy chứng sinh",
    "originals": "01",
    "content": "Thủ tục mẫu",
    "code": CODE,
    "given_by": HEAD.agency,
    "given_to": "Trần Văn Mẫu",
    "given_at": "09:30 ngày 05/10/2026",
    "received_at": "09:00 ngày 05/10/2026",
    "due_at": "17:00 ngày 08/10/2026",
    "transferred_at": "UBND phường Mẫu, 09:30 ngày 05/10/2026",
    "returned_at": "15:00 ngày 08/10/2026",
    "outcome": "Đúng hạn",
    "owner_name": PERSON["name"],
    "owner_address": PLACE,
    "owner_phone": PERSON["phone"],
    "channel": "Trực tiếp",
    "delivery_mode": "Bưu chính",
    "has_fee": "X",
    "by_post": "X",
}
IN_HEADING = ("agency.name", "letter.number", "letter.issued_on", "dossier.qr")
BOOKS = ("register", "handover-list")  # of many dossiers: no code to scan
SIGNS = {"submitter": PERSON["name"], "signer": "Lê Văn Ký"}


def names(documents: Documents) -> Iterator[tuple[str, str]]:
    """Every paper of which there can be an example: ("letters", id) and ("results", id), in the order of the forms."""
    letters = documents.get(LETTERS, {})
    for key in sorted(letters, key=lambda name: (letters[name].get("form_no") or "99", name)):
        yield LETTERS, key
    for key in sorted(documents.get(RESULTS, {})):
        yield RESULTS, key


def sample(
    kind: str, key: str, documents: Documents, *, base_url: str, simulated: bool = True
) -> tuple[PaperRecord, Layout]:
    """The example of one paper. Raises NoLayout, KeyError for a document that is not among them."""
    form = documents[kind][key]
    name = key if kind == LETTERS else str(form["layout"])
    layout = layout_for(name, documents.get("papers", {}))
    if layout is None:
        raise NoLayout(kind=name)
    values = CONTEXT if kind == LETTERS else {**CONTEXT, **_answers(documents, key)}
    sheet = dossiers.lay(
        form,
        values,
        kind=name,
        head=OFFICE if kind == RESULTS or form.get("issuer") == "competent" else HEAD,
        number="" if name in BOOKS else CONTEXT["letter.number"],
        table=_rows(form) if form.get("table") else None,
        heading=IN_HEADING if kind == LETTERS and name != "handover-list" else (),  # it says who gives
        signed=lambda role: SIGNS.get(role, "Trần Văn Mẫu"),
    )
    about = About(
        code=CODE,
        reference=REFERENCE,
        procedure=CONTEXT["dossier.procedure"],
        procedure_code="0.000000",
        tracking=f"{base_url}/tra-cuu/?ma={REFERENCE}",
    )
    record = record_of(
        sheet,
        issued_at=AT,
        layout=(layout.key, layout.hash),
        size=layout.size,
        across=layout.across,
        simulated=simulated,
        about=None if name in BOOKS else about,
    )
    return record, layout


def _rows(form: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{**CELLS, "number": str(place)} for place in range(1, 4)]


def _answers(documents: Documents, procedure: str) -> dict[str, Any]:
    """A plausible answer to every question of the procedure's declaration, in words."""
    found = documents.get("procedures", {}).get(procedure, {}).get("declaration")
    if not isinstance(found, Mapping):
        return {}
    declaration = forms.declaration_from_data(found)
    answers = {field.id: _answer(field) for field in declaration.fields}
    return dossiers.say_answers(declaration, answers, lambda kind, code: "phường Mẫu")


def _answer(field: forms.Field) -> Any:
    match field.type:
        case "choice":
            return field.options[0].value if field.options else None
        case "choices":
            return [option.value for option in field.options[:1]]
        case "rows":
            return [{column.id: _answer(column) for column in field.columns}]
        case "address":
            return {"commune_code": "00000", "detail": "Số 12, phố Mẫu"}
        case _:
            return _PLAIN.get(field.type, "Nội dung mẫu")


_PLAIN: dict[str, Any] = {
    "name": PERSON["name"],
    "personal_number": PERSON["personal_number"],
    "date": "1996-08-20",
    "phone": "0900000000",
    "email": "mau@example.vn",
    "tax_code": "0100000000",
    "number": 2,
    "area": 80,
    "money": 50_000_000,
    "yes_no": True,
    "consent": True,
    "note": None,
}
