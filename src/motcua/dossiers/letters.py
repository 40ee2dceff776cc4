"""Letters as they are printed: the rows of the pack's form, filled from the dossier and the letter's own content.

A form is a list of rows, at most one table, a closing and signatures (`packs/national/letters`). A value that is not
known leaves out its row. Legal papers are in Vietnamese whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.catalogue.rules import ProcedureView
from motcua.dossiers.models import Dossier, FeeLine, Letter, Paper
from motcua.dossiers.sheets import (
    HALF,
    NOTE,
    STRONG,
    Row,
    Sheet,
    day_vi,
    in_vietnamese,
    moment_vi,
    place_date,
    short_derivation,
    upper_name,
)
from motcua.dossiers.words import state_name
from motcua.foundation.packs import store as packs
from motcua.foundation.time import local_date
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
HEADING = ("agency.name", "letter.number", "letter.issued_on", "dossier.qr")  # the heading says it: no row
CODES = ("dossier.code", "dossier.reference")
_WEIGHT = {
    "dossier.code": STRONG,
    "dossier.reference": STRONG,
    "due_at": STRONG,
    "new_due_on": STRONG,
    "answer_by": STRONG,
    "due_derivation": NOTE,
    "submitted_by.phone": HALF,
    "submitted_by.email": HALF,
    "sets": HALF,
    "limit": HALF,
}
_ENDED_BY = {
    "withdrawn": "Yêu cầu của người nộp hồ sơ",
    "stopped": "Quyết định của cơ quan giải quyết",
}
_SIGNED = {
    "issuer": "competent",
    "signatures": [{"role": "signer", "label": {"vi": "Thủ trưởng cơ quan"}}],
}
_SLIP_ROWS = 5  # a slip is gone on with by hand
# Two letters that the seven legal forms do not have; told as plainly as those.
_OWN_FORMS: dict[str, dict[str, Any]] = {
    "denial": {
        **_SIGNED,
        "title": {"vi": "Thông báo kết quả giải quyết: không đồng ý"},
        "basis": "Nghị định 61/2018/NĐ-CP điều 19 khoản 8",
        "intro": {"vi": "Hồ sơ dưới đây không đủ điều kiện giải quyết. Lý do được nêu rõ để ông, bà biết."},
        "closing": {
            "vi": "Không đồng ý với kết quả này, ông, bà có quyền khiếu nại theo quy định của pháp luật."
        },
    },
    "payment-request": {
        **_SIGNED,
        "title": {"vi": "Thông báo thực hiện nghĩa vụ tài chính"},
        "intro": {
            "vi": "Để được giải quyết tiếp, đề nghị ông, bà thực hiện nghĩa vụ tài chính nêu dưới đây."
        },
        "closing": {"vi": "Thời gian chờ thực hiện nghĩa vụ tài chính không tính vào thời hạn giải quyết."},
    },
}
_OWN_ROWS = (
    ("letter.number", "Số"),
    ("owner.name", "Kính gửi"),
    ("owner.address", "Địa chỉ"),
    ("dossier.code", "Mã hồ sơ"),
    ("dossier.reference", "Mã tra cứu"),
    ("dossier.procedure", "Về việc"),
    ("reason", "Nội dung, lý do"),
    ("recipients", "Nơi nhận"),
)


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
    signer: str = ""  # the one who issued it, where she held the right to sign for the agency
    moves: Sequence[Mapping[str, str]] = ()  # rows of the control slip
    offices: tuple[int | None, int | None] = (None, None)  # competent and desk when it was issued

    @property
    def competent_id(self) -> int | None:
        return self.offices[0] or self.dossier.competent_agency_id

    @property
    def desk_id(self) -> int | None:
        return self.offices[1] or self.dossier.desk_now_id


def lookup_url(reference: str) -> str:
    """The address that the QR code of a letter holds: tracking by reference."""
    return f"{settings.MOTCUA.base_url}/tra-cuu/?ma={reference}"


def sheet(source: Source) -> Sheet:
    """The letter as it is printed, by the form in force when it was issued."""
    letter = source.letter
    with translation.override("vi"):
        form = form_of(letter.kind, letter.at)
        names = {row["field"] for row in form["rows"]}
        values = values_of(source)
        if "submitted_by.address" in names and values["owner.address"] == values["submitted_by.address"]:
            values["owner.address"] = ""  # the owner filed it: her address is told once
    return lay(
        form,
        values,
        kind=letter.kind,
        head=head_of(_issuer(form, source), letter.at),
        number=letter.number if "letter.number" in names else "",
        about="" if "dossier.procedure" in names else values["dossier.procedure"],
        table=_table(form, source) or None,
        signed=lambda role: _signed_by(role, source, values),
        lookup=lookup_url(source.dossier.reference),
        reference=source.dossier.reference,
    )


@dataclass(frozen=True)
class Head:
    """What stands above a paper: the agency, the one above it, where and on which day."""

    agency: str
    upper_agency: str
    agency_code: str
    place_date: str


def head_of(office: Office | None, at: datetime) -> Head:
    """The heading of what `office` issues at the aware moment `at`."""
    if office is None:
        return Head("", "", "", place_date(None, at))
    code = office.identification_code or office.code
    return Head(office.name_vi, upper_name(office), code, place_date(office, at))


def lay(
    form: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    kind: str,
    head: Head,
    signed: Callable[[str], str],
    number: str = "",
    about: str = "",
    table: Iterable[Mapping[str, str]] | None = None,
    heading: Sequence[str] = HEADING,
    lookup: str = "",
    reference: str = "",
) -> Sheet:
    """A form of the packs with its values; what is not known leaves out its row. Asks no database.

    `table` are the rows of its table by column, None for no table; `heading` names what has no row because the
    heading says it; `signed` gives the name of who signs in a role.
    """
    with translation.override("vi"):
        rows = {
            spec["field"]: row
            for spec in form.get("rows") or ()
            if (row := row_of(spec, values, heading=heading))
        }
        columns = _columns(form) if table is not None else {}
    names = {spec["field"] for spec in form.get("rows") or ()}
    signatures = form.get("signatures") or ()
    return Sheet(
        kind=kind,
        title=in_vietnamese(form["title"]),
        about=about,
        form_no=str(form.get("form_no") or ""),
        basis=str(form.get("basis") or ""),
        number=number,
        agency=head.agency,
        upper_agency=head.upper_agency,
        place_date=head.place_date,
        small=form.get("paper") == "A5",
        intro=in_vietnamese(form.get("intro")),
        rows=tuple(row for name, row in rows.items() if name not in (*CODES, "recipients")),
        codes=tuple(rows[name] for name in CODES if name in rows),
        table_title=in_vietnamese((form.get("table") or {}).get("title")) if table is not None else "",
        keys=tuple(columns),
        columns=tuple(columns.values()),
        table=tuple(tuple(row.get(name, "") for name in columns) for row in table or ()),
        closing=in_vietnamese(form.get("closing")),
        signatures=tuple((in_vietnamese(each["label"]), signed(each["role"])) for each in signatures),
        recipients=recipients_of(values) if "recipients" in names else (),
        lookup=lookup,
        reference=reference,
        unverified=tuple(str(mark) for mark in form.get("unverified") or ()),
        roles=tuple(str(each["role"]) for each in signatures),
        agency_code=head.agency_code,
    )


def _issuer(form: Mapping[str, Any], source: Source) -> Office | None:
    """Whose heading it bears: the competent agency's where the form says so, else that of the desk."""
    if form.get("issuer") == "competent" and source.competent_id:
        return agencies.office(source.competent_id)
    return agencies.office(source.desk_id) if source.desk_id else None


def recipients_of(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Nơi nhận, as letters end (Decree 30/2020, Annex I)."""
    return tuple(each for each in ("Như trên", values["agency.name"], "Lưu: VT, hồ sơ") if each)


def form_of(kind: str, at: datetime) -> Mapping[str, Any]:
    """The form of a letter as the pack in force at `at` has it, else our own."""
    version = packs.current("letters", kind, at)
    if version is not None:
        return version.body
    own = _OWN_FORMS.get(kind) or {"title": {"vi": "Thông báo"}}
    rows = [{"field": name, "label": {"vi": label}} for name, label in _OWN_ROWS]
    return {"paper": "A4", "rows": rows, **own}


def row_of(
    spec: Mapping[str, Any], values: Mapping[str, Any], *, heading: Sequence[str] = HEADING
) -> Row | None:
    """A row of a form with its value, None without one; what stands in `heading` already has no row."""
    label, name = in_vietnamese(spec.get("label")), spec["field"]
    value = values.get(name)
    if not value or name in heading:
        return None
    weight = _WEIGHT.get(name, "")
    if isinstance(value, (list, tuple)):
        if len(value) > 1:
            return Row(label, items=tuple(str(each) for each in value), weight=weight, name=name)
        value = value[0]
    return Row(label, str(value), weight=weight, name=name)


def _signed_by(role: str, source: Source, values: Mapping[str, Any]) -> str:
    if role == "submitter":
        return str(values.get("submitted_by.name") or "")
    return source.signer if role == "signer" else source.officer


def values_of(source: Source) -> dict[str, Any]:
    """The names that the forms of the packs use, with what is known of them, in Vietnamese."""
    dossier, letter, view = source.dossier, source.letter, source.view
    content = letter.content if isinstance(letter.content, Mapping) else {}
    names = agencies.names([i for i in (source.desk_id, source.competent_id) if i])
    return {
        "agency.name": names.get(source.desk_id or 0, ""),
        "competent.name": names.get(source.competent_id or 0, ""),
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
        "reason_kind": _ENDED_BY.get(str(content.get("kind")), ""),
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
    derivation = short_derivation(told.lines, source.view.limit) if told else ""
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


def _columns(form: Mapping[str, Any]) -> dict[str, str]:
    """The columns of the form's table: their names, each with its heading."""
    columns = (form.get("table") or {}).get("columns") or ()
    return {column["field"]: in_vietnamese(column["label"]) for column in columns}


def _table(form: Mapping[str, Any], source: Source) -> list[Mapping[str, str]]:
    """The one table a form may carry for a single dossier: its papers, its fees, or its moves."""
    makers = {"papers": _paper_rows, "fees": _fee_rows, "moves": _move_rows}
    return makers.get(str((form.get("table") or {}).get("source")), lambda _source: [])(source)


def _move_rows(source: Source) -> list[Mapping[str, str]]:
    """What is recorded, and while the dossier is under way empty rows: the next hands write and sign in them."""
    under_way = not (source.dossier.resolved_at or source.dossier.closed_at)
    empty = max(_SLIP_ROWS - len(source.moves), 1) if under_way else 0
    return [*source.moves, *[{}] * empty]


def _paper_rows(source: Source) -> list[dict[str, str]]:
    rows = []
    for place, paper in enumerate(source.papers, 1):
        shown = " (đã xuất trình, không nộp lại)" if paper.form == "present_only" else ""
        row = {"number": str(place), "name": paper.name + shown, "key": paper.key}
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
