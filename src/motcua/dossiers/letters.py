"""Letters as they are printed: the rows of the pack's form, filled from the dossier and the letter's own content.

A form is a list of rows, at most one table, a closing and signatures (`packs/national/letters`). A value that is not
known leaves out its row. Legal papers are in Vietnamese whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.catalogue.rules import ProcedureView
from motcua.dossiers.models import Dossier, FeeLine, Letter, Paper
from motcua.dossiers.words import state_name
from motcua.foundation.packs import store as packs
from motcua.foundation.time import local, local_date
from motcua.kernel import clock, forms
from motcua.kernel.money import dong

ISSUED_TO_APPLICANT = (
    "receipt",
    "supplement-request",
    "refusal",
    "apology",
    "stop-notice",
    "denial",
    "payment-request",
)
CHANNELS = {
    "online": "Trực tuyến",
    "api": "Trực tuyến",
    "assisted": "Trực tuyến, có người giúp",
    "counter": "Trực tiếp tại bộ phận một cửa",
    "post": "Qua bưu chính",
}
DELIVERY = {"counter": "Tại bộ phận một cửa", "post": "Qua bưu chính", "portal": "Trực tuyến"}
_FORMS = {
    "original": "originals",
    "certified_copy": "certified_copies",
    "copy": "copies",
    "electronic": "electronic",
    "present_only": "note",  # shown and given back: counted in no column
}
# Two letters that the seven legal forms do not have; told as plainly as those.
_OWN_FORMS: dict[str, dict[str, Any]] = {
    "denial": {
        "title": {"vi": "Thông báo kết quả giải quyết: không đồng ý"},
        "basis": "Nghị định 61/2018/NĐ-CP điều 19 khoản 8",
        "intro": {"vi": "Hồ sơ dưới đây không đủ điều kiện giải quyết. Lý do được nêu rõ để ông, bà biết."},
        "closing": {
            "vi": "Không đồng ý với kết quả này, ông, bà có quyền khiếu nại theo quy định của pháp luật."
        },
    },
    "payment-request": {
        "title": {"vi": "Thông báo thực hiện nghĩa vụ tài chính"},
        "intro": {
            "vi": "Để được giải quyết tiếp, đề nghị ông, bà thực hiện nghĩa vụ tài chính nêu dưới đây."
        },
        "closing": {"vi": "Thời gian chờ thực hiện nghĩa vụ tài chính không tính vào thời hạn giải quyết."},
    },
}
_OWN_ROWS = (
    ("agency.name", "Nơi gửi"),
    ("letter.issued_on", "Ngày"),
    ("dossier.code", "Mã hồ sơ"),
    ("dossier.reference", "Mã tra cứu"),
    ("owner.name", "Kính gửi"),
    ("dossier.procedure", "Về việc"),
    ("reason", "Nội dung, lý do"),
)


@dataclass(frozen=True)
class Row:
    """A label and its text; `items` where it is a numbered list, `qr` where it is drawn as a code."""

    label: str
    text: str = ""
    items: tuple[str, ...] = ()
    qr: str = ""


@dataclass(frozen=True)
class Sheet:
    """A printed letter, everything in words."""

    kind: str
    title: str
    about: str
    form_no: str
    basis: str
    number: str
    agency: str
    upper_agency: str
    place_date: str
    small: bool
    intro: str
    rows: tuple[Row, ...]
    table_title: str = ""
    columns: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    closing: str = ""
    signatures: tuple[tuple[str, str], ...] = ()
    lookup: str = ""
    reference: str = ""
    unverified: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Source:
    """What a letter is filled from: read once by the caller, so that printing asks the database nothing more."""

    dossier: Dossier
    letter: Letter
    view: ProcedureView
    answers: Mapping[str, Any]
    papers: Sequence[Paper] = ()
    fees: Sequence[FeeLine] = ()
    deadline: clock.Deadline | None = None
    officer: str = ""
    moves: Sequence[Mapping[str, str]] = ()  # rows of the control slip


def lookup_url(reference: str) -> str:
    """The address that the QR code of a letter holds: tracking by reference."""
    return f"{settings.MOTCUA.base_url}/tra-cuu/?ma={reference}"


def sheet(source: Source) -> Sheet:
    """The letter as it is printed, by the form in force when it was issued."""
    letter = source.letter
    with translation.override("vi"):
        form = form_of(letter.kind, letter.at)
        values = _values(source)
        rows = tuple(row for spec in form["rows"] if (row := _row(spec, values)))
        columns, table = _table(form.get("table"), source)
    office = agencies.office(source.dossier.received_by_id) if source.dossier.received_by_id else None
    above = agencies.office(office.parent_id) if office and office.parent_id else None
    return Sheet(
        kind=letter.kind,
        title=in_vietnamese(form["title"]),
        about=values.get("dossier.procedure", ""),
        form_no=str(form.get("form_no") or ""),
        basis=str(form.get("basis") or ""),
        number=letter.number,
        agency=office.name_vi if office else "",
        upper_agency=above.name_vi if above else "",
        place_date=place_date(office, letter.at),
        small=form.get("paper") == "A5",
        intro=in_vietnamese(form.get("intro")),
        rows=rows,
        table_title=in_vietnamese((form.get("table") or {}).get("title")),
        columns=columns,
        table=table,
        closing=in_vietnamese(form.get("closing")),
        signatures=tuple(
            (in_vietnamese(each["label"]), _signed_by(each["role"], source, values))
            for each in form.get("signatures") or ()
        ),
        lookup=lookup_url(source.dossier.reference),
        reference=source.dossier.reference,
        unverified=tuple(str(mark) for mark in form.get("unverified") or ()),
    )


def in_vietnamese(text: Any) -> str:
    """The Vietnamese of a {vi, en} text of a pack."""
    return str((text or {}).get("vi") or "") if isinstance(text, Mapping) else str(text or "")


def form_of(kind: str, at: datetime) -> Mapping[str, Any]:
    """The form of a letter as the pack in force at `at` has it, else our own."""
    version = packs.current("letters", kind, at)
    if version is not None:
        return version.body
    own = _OWN_FORMS.get(kind) or {"title": {"vi": "Thông báo"}}
    rows = [{"field": name, "label": {"vi": label}} for name, label in _OWN_ROWS]
    return {"paper": "A5", "rows": rows, **own}


def _row(spec: Mapping[str, Any], values: Mapping[str, Any]) -> Row | None:
    label, value = in_vietnamese(spec.get("label")), values.get(spec["field"])
    if not value:
        return None
    if spec["field"] == "dossier.qr":
        return None  # drawn once, at the foot of the sheet
    if isinstance(value, (list, tuple)):
        return Row(label, items=tuple(str(each) for each in value))
    return Row(label, str(value))


def _signed_by(role: str, source: Source, values: Mapping[str, Any]) -> str:
    return str(values.get("submitted_by.name") or "") if role == "submitter" else source.officer


def place_date(office: Office | None, at: datetime) -> str:
    """Where and on which day a paper is issued: "Bãi Cháy, ngày 05 tháng 10 năm 2026"."""
    day = local_date(at)
    area = agencies.area(office.area_code, day) if office and office.area_code else None
    words = f"ngày {day:%d} tháng {day:%m} năm {day:%Y}"
    return f"{area.name_vi.partition(' ')[2] or area.name_vi}, {words}" if area else words.capitalize()


def moment_vi(at: datetime | str | None) -> str:
    """16:10 ngày 21/11/2026; empty for no moment."""
    if not at:
        return ""
    there = local(datetime.fromisoformat(at) if isinstance(at, str) else at)
    return f"{there:%H:%M} ngày {there:%d/%m/%Y}"


def day_vi(day: date | str | None) -> str:
    """21/11/2026; empty for no day."""
    if not day:
        return ""
    day = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return f"{day:%d/%m/%Y}"


def _values(source: Source) -> dict[str, Any]:
    """The names that the forms of the packs use, with what is known of them, in Vietnamese."""
    dossier, letter, view = source.dossier, source.letter, source.view
    content = letter.content if isinstance(letter.content, Mapping) else {}
    names = agencies.names([i for i in (dossier.received_by_id, dossier.competent_agency_id) if i])
    return {
        "agency.name": names.get(dossier.received_by_id, ""),
        "competent.name": names.get(dossier.competent_agency_id, ""),
        "letter.number": letter.number,
        "letter.issued_at": moment_vi(letter.at),
        "letter.issued_on": day_vi(local_date(letter.at)),
        "dossier.code": dossier.code or "",
        "dossier.reference": dossier.reference,
        "dossier.procedure": view.legal_name.vi,
        "dossier.procedure_code": view.code or "",
        "dossier.sector": view.sector,
        "dossier.channel": CHANNELS.get(dossier.channel, ""),
        "dossier.state": state_name(dossier.business_state),
        "dossier.stage": state_name(content["stage"]) if content.get("stage") else "",
        "dossier.lookup_url": lookup_url(dossier.reference),
        **people_of(source.answers),
        **_times(source, content),
        "payment.mode": [_fee_said(line) for line in source.fees] or "Không phải nộp",
        "payment.total": _payment(source.fees),
        "delivery.mode": DELIVERY.get(str(source.answers.get("result_delivery")), ""),
        "delivery.address": address_text(source.answers.get("delivery_address")),
        "payment.settlement": _paid(source.fees),
        "sets": "01",
        "items": [str(item.get("text") or "") for item in content.get("items") or ()],
        "reason": str(content.get("reason") or ""),
        "reason_law": str(content.get("law") or ""),
        "answer_by": day_vi(content.get("answer_by")),
        "guiding_officer.name": str(content.get("by") or source.officer),
        "officer.name": source.officer,
        "result.name": view.result_name.vi,
        "papers": [paper.name for paper in source.papers],
    }


def people_of(answers: Mapping[str, Any]) -> dict[str, str]:
    """Who filed and whose dossier it is, by the common fields of every declaration."""
    filed = {
        "name": answers.get("full_name"),
        "personal_number": answers.get("personal_number"),
        "phone": answers.get("phone"),
        "email": answers.get("email"),
        "address": address_text(answers.get("address")),
    }
    owner = {
        "name": answers.get("represented_full_name") or answers.get("organisation_name") or filed["name"],
        "address": address_text(answers.get("represented_address") or answers.get("organisation_address"))
        or filed["address"],
        "phone": answers.get("represented_phone") or filed["phone"],
        "personal_number": answers.get("represented_personal_number") or filed["personal_number"],
        "tax_code": answers.get("organisation_tax_code"),
    }
    told = {f"submitted_by.{name}": str(value or "") for name, value in filed.items()}
    return told | {f"owner.{name}": str(value or "") for name, value in owner.items()}


def address_text(value: Any) -> str:
    """An address answer in one line; the commune by its name where it is known."""
    if not isinstance(value, Mapping):
        return str(value or "")
    code = str(value.get("commune_code") or "")
    area = agencies.area(code) if code and code != forms.ELSEWHERE else None
    place = area.name_vi if area else ("" if code == forms.ELSEWHERE else code)
    return ", ".join(part for part in (str(value.get("detail") or ""), place) if part)


def _times(source: Source, content: Mapping[str, Any]) -> dict[str, Any]:
    dossier, told = source.dossier, source.deadline
    promised = content.get("promised") if source.letter.kind == "receipt" else None
    due = moment_vi(promised) if promised else moment_vi(dossier.due_at)
    derivation = "; ".join(clock.say(line, "vi") for line in told.lines) if told else ""
    return {
        "received_at": moment_vi(dossier.received_at),
        "due_at": f"{due} (tạm tính)" if due and told and told.provisional else due,
        "due_derivation": derivation,
        "limit": clock.say_limit(source.view.limit, "vi") if source.view.limit.is_fixed else "",
        "original_due_on": day_vi(content.get("promised")) if source.letter.kind == "apology" else "",
        "new_due_on": day_vi(content.get("new")),
    }


def _payment(fees: Sequence[FeeLine]) -> str:
    if not fees:
        return "Không phải nộp"
    if any(line.payable is None for line in fees):
        return "Theo mức của địa phương, thông báo khi thu"
    total = sum(line.payable or 0 for line in fees)
    if not total:
        return "Không phải nộp"
    return dong(total) + (
        " (đã thu)" if all(line.paid_at for line in fees if line.payable) else " (chưa thu)"
    )


def _fee_said(line: FeeLine) -> str:
    """A line of what is paid, those of 0 đồng too: what it is normally, and by which text it is less."""
    if line.payable is None:
        return f"{line.name}: theo mức của địa phương, thông báo khi thu"
    said = f"{line.name}: {dong(line.payable)}"
    if line.normal is not None and line.normal != line.payable:
        said += f" (mức thường {dong(line.normal)}; {line.legal_reason})"
    if line.refunded_at:
        return f"{said}, đã hoàn lại"
    return f"{said}, đã thu" if line.paid_at else said


def _paid(fees: Sequence[FeeLine]) -> str:
    paid = sum(line.payable or 0 for line in fees if line.paid_at)
    back = sum(line.payable or 0 for line in fees if line.refunded_at)
    return (dong(paid) + (f", đã hoàn lại {dong(back)}" if back else "")) if paid else ""


def _table(
    spec: Mapping[str, Any] | None, source: Source
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The one table a form may carry for a single dossier: its papers, its fees, or its moves."""
    makers = {"papers": _paper_rows, "fees": _fee_rows, "moves": lambda slip: list(slip.moves)}
    rows = makers.get(str((spec or {}).get("source")), lambda _source: [])(source)
    if not spec or not rows:
        return (), ()
    columns = spec["columns"]
    return tuple(in_vietnamese(column["label"]) for column in columns), tuple(
        tuple(row.get(column["field"], "") for column in columns) for row in rows
    )


def _paper_rows(source: Source) -> list[dict[str, str]]:
    rows = []
    for place, paper in enumerate(source.papers, 1):
        row = {"number": str(place), "name": paper.name, "key": paper.key}
        row[_FORMS.get(paper.form, "copies")] = f"{paper.quantity:02d}"
        rows.append(row)
    return rows


def _fee_rows(source: Source) -> list[dict[str, str]]:
    return [
        {
            "number": str(place),
            "name": line.name,
            "amount": dong(line.normal) if line.normal is not None else "",
            "payable": dong(line.payable) if line.payable is not None else "",
            "reason": line.legal_reason,
        }
        for place, line in enumerate(source.fees, 1)
    ]
