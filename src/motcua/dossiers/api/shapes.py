"""What goes in and out, as schemas. Times are ISO 8601 with offset; days are Vietnamese days; money is whole đồng."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from motcua.dossiers import rules
from motcua.dossiers.actions.declare import PAPER_FORMS, QUANTITY_MAX
from motcua.foundation.api import Answers, In, IsoDay, Out, Problem, PublicId, Text

DONG_MAX = 2_000_000_000
Revision = Annotated[
    int | None,
    Field(ge=0, le=2**31 - 1, description="As last read; refused with 409 when it changed meanwhile."),
]
Slug, Code, Key = Text(120, 1), Text(80, 1), Text(80, 1)


class AgencyRef(Out):
    code: str
    name: str


class PersonRef(Out):
    id: str
    name: str


class DossierOut(Out):
    """A dossier as its caller may see it."""

    id: str
    reference: str
    code: str | None
    procedure: str
    state: str
    national_state: int | None
    finance_state: str
    delivery_state: str
    sync_state: str
    channel: str
    applicant: PersonRef | None
    assigned_to: PersonRef | None
    received_by: AgencyRef | None
    competent_agency: AgencyRef | None
    supported_by: AgencyRef | None
    started_at: datetime
    submitted_at: datetime | None
    received_at: datetime | None
    resolved_at: datetime | None
    returned_at: datetime | None
    closed_at: datetime | None
    due_on: date | None
    due_at: datetime | None
    first_due_on: date | None
    apology_by: date | None
    due_provisional: bool
    outcome: str
    result_number: str
    revision: int


class DossierPaper(Out):
    """A paper in the dossier. `file` is null when it was only handed over or shown."""

    paper: int
    key: str
    name: str
    form: str
    quantity: int
    file: str | None
    kind: str | None
    size: int | None
    added_at: datetime
    digitised: int


class ConsentOut(Out):
    """How the person agreed that somebody files for her: by a code to her `known` phone or to one the helper `typed`
    (`phone` is its end), or by a signed `slip`."""

    how: str
    phone: str
    at: datetime


class DossierDetail(DossierOut):
    consent: ConsentOut | None
    answers: dict[str, Any]
    papers: list[DossierPaper]
    allowed: list[str]
    result: bool


class DossierPage(Out):
    items: list[DossierOut]
    next: str | None


class WorkOut(Out):
    """A dossier in a worklist and why it is there."""

    dossier: DossierOut
    role: str
    reason: str
    waits: bool


class WorkPage(Out):
    items: list[WorkOut]
    next: str | None


class Found(Out):
    items: list[DossierOut]


class Search(In):
    text: Text(120, 1) = Field(
        description="A code, a reference, a serial of today, a name, a number or a phone."
    )

    model_config = {"json_schema_extra": {"examples": [{"text": "Nguyễn Thị Lan"}]}}


class NewDossier(In):
    procedure: Slug = Field(description="Slug of the procedure.")
    agency: Code | None = Field(None, description="Code of the one-stop that shall receive it.")

    model_config = {
        "json_schema_extra": {
            "examples": [{"procedure": "birth-registration", "agency": "qn-bai-chay-centre"}]
        }
    }


class AnswersIn(In):
    """With `section` only the answers of that section are replaced, else all."""

    answers: Answers
    section: Key | None = None
    revision: Revision = None

    model_config = {
        "json_schema_extra": {"examples": [{"answers": {"child_name": "Nguyễn Minh An"}, "section": "child"}]}
    }


class Saved(Out):
    """The dossier after saving, and how many fields still need work."""

    dossier: str
    reference: str
    state: str
    revision: int
    problems: int
    replayed: bool


class AgencyIn(In):
    agency: Code


class PaperIn(In):
    """A stored file as one of the papers that the procedure asks for (`key`), or as "other"."""

    key: Key
    file: PublicId
    name: Text(300) = ""

    model_config = {
        "json_schema_extra": {"examples": [{"key": "giay-chung-sinh", "file": "0123456789ABCDEFGHJKMNPQRS"}]}
    }


class HandedOver(In):
    """A paper that somebody brought to the counter: handed over, shown, or scanned into `file`."""

    key: Key
    form: Literal[PAPER_FORMS] = "original"  # type: ignore[valid-type]
    quantity: int = Field(1, ge=1, le=QUANTITY_MAX)
    file: PublicId | None = None
    name: Text(300) = ""


class PapersIn(In):
    papers: list[HandedOver] = Field(min_length=1, max_length=100)


class NeedOut(Out):
    key: str
    name: str
    type: str
    quantity: int
    required: bool
    upload: bool
    there: bool
    held: bool
    why: str


class FaultOut(Out):
    section: str
    field: str
    code: str
    message: str


class CheckOut(Out):
    """What still keeps a declaration from being filed."""

    ready: bool
    problems: list[FaultOut]
    papers: list[NeedOut]


class Item(In):
    text: Text(600, 1)
    paper: Key | None = None
    section: Key | None = None


class Move(In):
    """What the verbs need besides; each takes its own and refuses the others' (see docs/reference/api.md)."""

    revision: Revision = None
    consents: list[Key] | None = Field(None, max_length=20)
    reason: Text(1000) | None = None
    items: list[Item] | None = Field(None, max_length=50)
    papers: list[HandedOver] | None = Field(None, max_length=100)
    law: Text(200) | None = None
    note: Text(2000) | None = None
    step: Key | None = None
    remark: Text(1000) | None = None
    outcome: Literal["granted", "denied"] | None = None
    number: Text(60) | None = None
    file: PublicId | None = None
    until: IsoDay | None = None
    way: Literal["counter", "post", "portal"] | None = None
    tracking: Text(60) | None = None
    receiver: Text(200) | None = None
    authorised: bool | None = None
    receipt_number: Text(60) | None = None
    amounts: dict[Key, Annotated[int, Field(ge=0, le=DONG_MAX)]] | None = Field(None, max_length=50)
    account: PublicId | None = None
    agency: Code | None = None
    no_answer: bool | None = None
    stars: int | None = Field(None, ge=rules.RATING_MIN, le=rules.RATING_MAX)
    comment: Text(1000) | None = None


class MoveOut(Out):
    """The dossier after the move; `state` is `discarded` for a draft that is gone. `replayed`: this act had been done
    before and was not done again."""

    dossier: str
    reference: str
    code: str | None
    state: str
    due_on: date | None
    finance: str
    revision: int
    replayed: bool
    letter: str | None = None
    paper: int | None = None
    differences: list[str] | None = None
    paid: int | None = None
    refunded: int | None = None
    consented: bool | None = None
    sent_to: str | None = None


class BatchResult(Out):
    """What became of one item: `done`, or the `problem` that it would have answered alone."""

    dossier: str
    done: MoveOut | None = None
    problem: Problem | None = None


class BatchOut(Out):
    results: list[BatchResult]
    done: int
    refused: int


class ClockOut(Out):
    """The due date and, line by line in the caller's language, why it is that day."""

    due_on: date | None
    due_at: datetime | None
    first_due_on: date | None
    provisional: bool
    state: str
    working_days_left: int | None
    derivation: list[str]


class LetterOut(Out):
    id: str
    kind: str
    number: str
    at: datetime
    answered_at: datetime | None
    content: dict[str, Any]


class Letters(Out):
    items: list[LetterOut]


class EventOut(Out):
    """`what` is a code: started, submitted, received, step_done, answered, resolved_granted, a kind of letter …"""

    at: datetime
    what: str
    detail: str


class Timeline(Out):
    items: list[EventOut]


class DossierFee(Out):
    """`payable` null: set elsewhere and not known here, never zero."""

    key: str
    name: str
    money: str
    quantity: int
    normal: int | None
    payable: int | None
    legal_reason: str
    paid_at: datetime | None
    receipt_number: str


class Fees(Out):
    state: str
    items: list[DossierFee]


class LookOut(Out):
    """A look at the dossier by somebody else: when, from which office, for which purpose. Never an officer's name."""

    at: datetime
    offices: list[str]
    purpose: str
    page: str


class Looks(Out):
    items: list[LookOut]
