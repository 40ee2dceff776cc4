"""Canaries: dossiers and people of the small city whose names and numbers nobody else bears, planted by real actions.

Each dossier has marks of its own, so that a page that shows one tells whose it let out. Who may see which is written
down here by hand, from the law and the design, and not read from the code that is judged.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps

from motcua.accounts import actions as accounts
from motcua.agencies import queries as agencies
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier
from motcua.foundation.access import seen
from motcua.kernel.text import fold
from motcua.people import actions as people
from motcua.people import queries as people_queries
from motcua.registers.models import Holding
from tests.dossiers import factories as make
from tests.support.city import CENTRE, COMMITTEE, OTHER_CENTRE, OTHER_COMMITTEE, City

# The one who applies: known to the registry of people, which desks may search (each look is logged).
PERSON = {"full_name": "Tước Kim Hoàng Anh", "personal_number": "022196007777", "phone": "0987654399"}
ASK = {"items": [{"text": "Bổ sung giấy chứng sinh bản gốc"}], "reason": "Thiếu giấy chứng sinh của trẻ"}

FLOWERS = ("Hồng", "Cúc", "Đào", "Mai", "Trúc", "Sen", "Quỳnh")  # no one begins like another

OWNER, DESK = {"citizen"}, {"receptionist", "clerk"}
LEADS = {"head", "leader", "province_leader"}
UNIT = {"processor", "head"}
SEES = {
    "draft": OWNER,
    "submitted": OWNER | DESK,
    "refused": OWNER | DESK | LEADS,
    "in_process": OWNER | DESK | UNIT | LEADS,
    "ready": OWNER | DESK | UNIT | LEADS | {"signer"},
    "helped": {"helper"},  # a draft that a helper fills in; the farmer has no account
    "elsewhere": {
        "other_citizen",
        "other_receptionist",
        "other_processor",
        "other_leader",
        "province_leader",
    },
    "petition": {"clerk", *LEADS},  # who answers it; its sender has no account, only the reference
}
# What each may do with a dossier of her own agency, as the journal calls it. Everybody else may do nothing.
DRAFTING = {"dossier.draft_saved", "dossier.agency_chosen", "dossier.paper_added", "dossier.paper_removed"}
# What ends a dossier, or brings its result, ends what others still do for it.
WITH_THE_END = {"dossier.task_ended"}
APPLICANT = (
    DRAFTING
    | WITH_THE_END
    | {
        "dossier.submit",
        "dossier.discard",
        "dossier.answer",
        "dossier.withdraw",
        "dossier.rate",
    }
)
RECEPTION = WITH_THE_END | {
    "dossier.receive", "dossier.ask_at_door", "dossier.refuse", "dossier.transfer", "dossier.hand_over",
    "dossier.cash_taken", "dossier.refunded", "dossier.answer", "dossier.withdraw", "dossier.draft_saved",
    "dossier.paper_added", "dossier.paper_removed", "dossier.paper_digitised", "dossier.scan_value_accepted",
}  # fmt: skip
PROCESS = WITH_THE_END | {
    "dossier.take", "dossier.advance", "dossier.ask_supplement", "dossier.ask_payment", "dossier.confirm_payment",
    "dossier.extend", "dossier.forward", "dossier.draft_result", "dossier.take_over_result", "dossier.stop",
    "dossier.task_consulted", "dossier.task_recalled", "dossier.task_asked_again", "dossier.paper_digitised",
}  # fmt: skip
# Whoever works on a dossier writes beside it; who was only asked about it does not.
BESIDE = {
    "dossier.note_written", "dossier.note_edited", "dossier.note_withdrawn", "dossier.label_on", "dossier.label_off",
}  # fmt: skip
# Who was asked about the dossier in process sees the question, not the dossier; she alone answers.
ASKED = {"other_processor"}
ANSWERS = {"dossier.task_taken", "dossier.task_answered", "dossier.task_declined"}
MAY_WRITE = {
    "citizen": APPLICANT,
    "receptionist": RECEPTION | BESIDE,
    "clerk": RECEPTION | BESIDE,
    "processor": PROCESS | BESIDE,
    "head": PROCESS | BESIDE | {"dossier.assign"},
    "leader": BESIDE | {"dossier.assign", "dossier.forward"},
    "province_leader": BESIDE,
    "signer": WITH_THE_END | BESIDE | {"dossier.approve", "dossier.send_back"},
    "helper": DRAFTING
    | {
        "dossier.submit",
        "dossier.discard",
        "dossier.consent_asked",
        "dossier.consented",
        "dossier.consent_void",
        "dossier.consent_code_wrong",
        "dossier.help_ended",
    },
    "other_citizen": APPLICANT,
    "other_receptionist": RECEPTION | BESIDE,
    "other_leader": BESIDE,
}

# The registry of people and the intake at a counter serve every desk of the province (no boundaries, NĐ 118/2025).
REGISTRY_PAGES = ("people/", "counter/tiep-nhan/", "counter/chung-thuc/", "counter/tim/", "account/all/")
REGISTRY_DESKS = {
    "receptionist", "clerk", "processor", "head", "admin", "other_receptionist", "other_processor",
}  # fmt: skip


@dataclass(frozen=True)
class Canary:
    """A planted dossier and the marks that only those who see it may read."""

    name: str
    public_id: str
    reference: str
    code: str
    marks: tuple[str, ...]
    letters: tuple[str, ...] = ()
    papers: tuple[int, ...] = ()


@dataclass
class Planted:
    """Everything planted, and the objects whose ids stand in addresses."""

    dossiers: list[Canary]
    party: str
    person_marks: tuple[str, ...]
    difference: str
    visit: str
    held: str
    held_mark: str
    file: str
    petition: str
    petition_marks: tuple[str, ...]
    ids: dict[str, list[Any]] = field(default_factory=dict)

    def leaks(self, text: str) -> set[str]:
        """The names of the canaries whose marks stand in an answer; "person", "held" for the others."""
        words = fold(_unescaped(text))
        found = {c.name for c in self.dossiers if any(mark in words for mark in c.marks)}
        found |= {"person"} if any(mark in words for mark in self.person_marks) else set()
        found |= {"petition"} if any(mark in words for mark in self.petition_marks) else set()
        return found | ({"held"} if self.held_mark in words else set())


def _unescaped(text: str) -> str:
    try:
        return text + json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


def _answers(number: int, at: datetime) -> tuple[dict[str, Any], tuple[str, ...]]:
    child, father = f"Vẹt Bạch Yến {FLOWERS[number]}", f"02209300770{number}"
    given = {**make.birth_answers(at), **PERSON, "child_full_name": child, "father_personal_number": father}
    return given, (fold(child), father)


def plant(city: City, at: datetime = make.AT) -> Planted:
    """Plant a dossier in every state that somebody else may see, and what stands beside them, at the moment `at`."""
    brought = [
        _through(city, at, 0, "draft", "citizen", CENTRE, ()),
        _through(city, at, 1, "submitted", "citizen", CENTRE, ("submit",)),
        _through(city, at, 2, "refused", "citizen", CENTRE, ("submit", "refuse")),
        _through(city, at, 3, "in_process", "citizen", CENTRE, ("submit", "receive", "transfer")),
        _through(city, at, 4, "ready", "citizen", CENTRE, ("submit", "receive", "transfer", "finish")),
        _helped(city, at, 5),
        _through(city, at, 6, "elsewhere", "other_citizen", OTHER_CENTRE, ("submit",)),
    ]
    party = people_queries.by_number(PERSON["personal_number"])
    otherwise = {**PERSON, "full_name": "Tước Kim Hoàng Ánh"}
    people.find_or_create(city.act("receptionist", at), facts=otherwise, source="declared")
    differences = people_queries.differences(party.id)
    held_mark = "Cú Mèo Đêm Khuya"
    held = accounts.hold_post(
        city.act("citizen", at),
        account=city.accounts["citizen"].public_id,
        path="/ho-so/",
        fields={"note": [held_mark]},
        files=[],
    )
    planted = Planted(
        dossiers=brought,
        party=party.public_id,
        person_marks=tuple(fold(PERSON[name]) for name in ("full_name", "personal_number", "phone")),
        difference=differences[0].public_id if differences else "0" * 26,
        visit=_visit(city, at),
        held=held["held"],
        held_mark=fold(held_mark),
        file=make.a_file(city, at=at, name="canary.pdf"),
        petition=_petition(at),
        petition_marks=tuple(fold(PETITION[name]) for name in ("name", "phone", "text")),
    )
    planted.ids = {
        "accounts": [city.accounts["citizen"].public_id, city.accounts["receptionist"].public_id],
        "positions": [agencies.positions_of(city.accounts["processor"].pk)[0].public_id],
        "offices": [city.office(CENTRE).public_id],
        **_beside(city, at, brought),
        **_own_data(city, at, next(c.public_id for c in brought if c.name == "in_process")),
        "procedure_drafts": _procedure_draft(city, at),
        "holdings": list(Holding.objects.values_list("public_id", flat=True)),
        "scans": _scanned(city, at, next(c for c in brought if c.name == "in_process")),
        "tasks": _asked(city, at, next(c.public_id for c in brought if c.name == "in_process")),
    }
    return planted


def _beside(city: City, at: datetime, brought: list[Canary]) -> dict[str, list[str]]:
    """A note that names the child, and a label, on the dossier in process; none where this program has no notes."""
    if not apps.is_installed("motcua.notes"):
        return {"notes": ["0" * 26], "labels": ["0" * 26]}
    from motcua.notes import actions as notes

    canary = next(c for c in brought if c.name == "in_process")
    act = city.act("processor", at)
    said = f"Đối chiếu số {canary.marks[1]} với giấy tờ gốc."
    note = notes.write(act, dossier=canary.public_id, text=said)["note"]
    label = notes.make_label(city.act("head", at), agency=COMMITTEE, name="Canh", colour="ink")["label"]
    notes.put_on(city.act("processor", at), dossier=canary.public_id, label=label)
    return {"notes": [note], "labels": [label]}


def _own_data(city: City, at: datetime, dossier: str) -> dict[str, list[Any]]:
    """A look at the citizen's dossier, and what she asks about her data; none where this program does not stand so
    high."""
    if not apps.is_installed("motcua.privacy"):
        return {"looks": [1], "data_requests": ["0" * 26]}
    from motcua.foundation.models import AccessEntry
    from motcua.privacy import actions as privacy

    subject = Dossier.objects.get(public_id=dossier).subject
    seen(city.actor("processor", at), at=at, purpose="process", page="planted", subjects=[subject])
    asked = privacy.ask(city.act("citizen", at), kind="correct", text="Xin sửa số nhà trong địa chỉ của tôi.")
    return {"looks": [AccessEntry.objects.get(page="planted").pk], "data_requests": [asked["request"]]}


def _scanned(city: City, at: datetime, canary: Canary) -> list[str]:
    """A scan that names the child, waiting to be looked at; none where this program does not stand so high."""
    if not apps.is_installed("motcua.digitising"):
        return ["0" * 26]
    from motcua.digitising import actions as digitising
    from motcua.digitising.models import Proposal, Scan
    from motcua.files import actions as files
    from tests.files.factories import picture, upload

    act = city.act("receptionist", at)
    file = files.keep(act.part("scan"), upload(picture("PNG"), "canary.png"))["file"]
    scan = digitising.begin(act, dossier=canary.public_id, files=[file], name=f"Giấy của {canary.marks[1]}")[
        "scan"
    ]
    Scan.objects.filter(public_id=scan).update(state="made")
    value = {"value": json.dumps(canary.marks[1]), "read": canary.marks[1]}
    row = Scan.objects.get(public_id=scan)
    Proposal.objects.create(
        scan=row, field="father_personal_number", confidence=90, page=0, box=[1, 1, 9, 9], **value
    )
    return [scan]


def _asked(city: City, at: datetime, dossier: str) -> list[str]:
    """A question to another commune about the dossier; none where this program does not stand so high."""
    if not apps.is_installed("motcua.cooperation"):
        return []
    from motcua.cooperation import actions as cooperation

    task = cooperation.consult(
        city.act("processor", at),
        dossier=dossier,
        agency=OTHER_COMMITTEE,
        question="Đề nghị xác minh nơi cư trú của cha, mẹ trẻ.",
        until=at.date().isoformat(),
    )
    return [task["task"]]


def _through(
    city: City, at: datetime, number: int, name: str, owner: str, centre: str, moves: tuple[str, ...]
) -> Canary:
    made = actions.start_draft(city.act(owner, at), procedure="birth-registration", agency=centre)
    dossier = made["dossier"]
    answers, marks = _answers(number, at)
    actions.save_answers(city.act(owner, at), dossier=dossier, answers=answers)
    file = make.a_file(city, owner, at=at, name=f"{name}.pdf")
    key = queries.declared_view_of(Dossier.objects.get(public_id=dossier)).papers[0].key
    actions.add_paper(city.act(owner, at), dossier=dossier, key=key, file=file)
    if "submit" in moves:
        actions.submit(city.act(owner, at), dossier=dossier)
    if "refuse" in moves:
        actions.refuse(city.act("receptionist", at), dossier=dossier, reason="Hồ sơ không thuộc thẩm quyền")
    if "receive" in moves:
        actions.receive(city.act("receptionist", at), dossier=dossier)
    if "transfer" in moves:
        actions.transfer(city.act("receptionist", at), dossier=dossier)
    if "finish" in moves:
        make.to_last_step(city, dossier, at)
        actions.take_over_result(city.act("processor", at), dossier=dossier, number="15/GKS")
    return _canary(name, dossier, marks)


def _helped(city: City, at: datetime, number: int) -> Canary:
    answers, marks = _answers(number, at)
    made = actions.start_helping(
        city.act("helper", at), procedure="birth-registration", person_name="Cò Trắng Đồng Xa", phone="0911222333",
        agency=CENTRE,
    )  # fmt: skip
    actions.save_answers(city.act("helper", at), dossier=made["dossier"], answers=answers)
    return _canary("helped", made["dossier"], (*marks, fold("Cò Trắng Đồng Xa")))


def _canary(name: str, public_id: str, marks: tuple[str, ...]) -> Canary:
    row = Dossier.objects.get(public_id=public_id)
    return Canary(
        name,
        public_id,
        row.reference,
        row.code or "",
        marks,
        tuple(letter.public_id for letter in queries.letters_of(row)),
        tuple(paper.pk for paper in queries.papers_of(row)),
    )


PETITION = {
    "name": "Sáo Sậu Kêu Xuân",
    "phone": "0977555311",
    "text": "Con đường đến quầy toàn bướm vàng và phải chờ quá lâu.",
}


def _petition(at: datetime) -> str:
    """A petition that nobody has looked at yet; "" where this program takes none."""
    if not apps.is_installed("motcua.reporting"):
        return ""
    from motcua.foundation.actors import ANONYMOUS
    from motcua.foundation.acts import new_act
    from motcua.reporting import actions as reporting

    sent = reporting.send(new_act(ANONYMOUS, at=at, purpose="petition"), agency=CENTRE, **PETITION)
    return str(apps.get_model("reporting", "Petition").objects.get(reference=sent["reference"]).public_id)


def _procedure_draft(city: City, at: datetime) -> list[str]:
    """A procedure that an administrator is writing; [] where this program has no editor."""
    if not apps.is_installed("motcua.editing"):
        return []
    from motcua.editing import actions as editing

    return [editing.start_from_catalogue(city.act("admin", at), procedure="birth-registration")["draft"]]


def _visit(city: City, at: datetime) -> str:
    """A visit that the receptionist opened for the person; "" where this program has no counter."""
    if not apps.is_installed("motcua.counter"):
        return ""
    from motcua.counter import actions as counter

    return counter.open_visit(city.act("receptionist", at), agency=CENTRE, facts=PERSON)["visit"]


def soon_after(at: datetime) -> datetime:
    """When the walk begins: within the hour that a visit lasts."""
    return at + timedelta(minutes=5)
