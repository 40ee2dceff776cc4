"""A closed dossier with a person's marks in every place that keeps something of it, and a look at all that is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection

from motcua.agencies import queries as agencies
from motcua.cooperation import actions as cooperation
from motcua.dossiers import actions as dossiers
from motcua.files import actions as files
from motcua.foundation.access import seen
from motcua.foundation.crypto import blind, unseal
from motcua.foundation.models import JournalPersonal
from motcua.foundation.packs import store
from motcua.kernel.text import fold
from motcua.notes import actions as notes
from motcua.notices import actions as notices
from motcua.papers import actions as papers
from motcua.papers import queries as paper_reads
from motcua.people import actions as people
from motcua.reporting import actions as reporting
from motcua.reporting.models import Petition
from motcua.retention import actions
from tests.dossiers import factories as make
from tests.files.factories import PDF
from tests.support.city import CENTRE, COMMITTEE, OTHER_COMMITTEE, City

AT = make.AT
LATER = datetime(2037, 1, 5, 2, 0, tzinfo=UTC)  # ten years after the end of 2026
LICENCE = "licence-here"  # like a business registration, but its result writes nothing into a register
REASON = "Hết thời hạn lưu trữ theo danh mục của cơ quan."
NAME, NUMBER, PHONE = "Sơn Ca Hót Vyễn", "022196006666", "0987006611"
HOME = "Ngõ Chim Khuyên 77"
PERSON = {"full_name": NAME, "personal_number": NUMBER, "phone": PHONE}
SAID = "Bà Chào Mào Đỏ Mũ"  # what people wrote of her in their own words
MARKS = tuple(fold(text) for text in (NAME, NUMBER, PHONE, HOME, SAID))


def answers(at: datetime = AT) -> dict[str, Any]:
    given = {**make.complete(make.BUSINESS, at), **PERSON}
    return {**given, "address": {**make.PERSON["address"], "detail": HOME}}


def filed(city: City, *, at: datetime = AT, procedure: str = LICENCE) -> str:
    """A draft full of marks, with a file of its own content."""
    if procedure == LICENCE and store.current("procedures", LICENCE, at) is None:
        make.publish_like(LICENCE)
    made = dossiers.start_draft(city.act("citizen", at), procedure=procedure, agency=CENTRE)
    dossiers.save_answers(city.act("citizen", at), dossier=made["dossier"], answers=answers(at))
    upload = files.from_bytes(PDF + b"% of her own", f"{SAID}.pdf")
    kept = files.keep(city.act("citizen", at), upload)["file"]
    dossiers.add_paper(city.act("citizen", at), dossier=made["dossier"], key="other", file=kept)
    make.add_needed_papers(city, made["dossier"], at=at)
    return made["dossier"]


def lived(city: City, procedure: str = LICENCE) -> str:
    """Filed, asked about, noted on, complained about, answered, returned, rated; returns its public id."""
    dossier = filed(city, procedure=procedure)
    dossiers.submit(city.act("citizen", AT), dossier=dossier)
    for verb in (dossiers.receive, dossiers.transfer):
        verb(city.act("receptionist", AT), dossier=dossier)
    processor = city.act("processor", AT)
    asked = cooperation.consult(
        processor.part("ask"), dossier=dossier, agency=OTHER_COMMITTEE, question=f"{SAID} ở đâu?",
        until=(AT + timedelta(days=3)).date().isoformat(),
    )  # fmt: skip
    cooperation.take(city.act("other_processor", AT), task=asked["task"])
    cooperation.answer(
        city.act("other_processor", AT), task=asked["task"], number="3/TL", note=f"{SAID} ở {HOME}."
    )
    notes.write(processor.part("note"), dossier=dossier, text=f"Đã gọi {SAID} số {PHONE}.")
    dossiers.ask_supplement(
        processor.part("more"), dossier=dossier, items=[{"text": f"{SAID} bổ sung ảnh"}], reason=make.REASON
    )
    dossiers.answer(city.act("citizen", AT), dossier=dossier)
    make.to_last_step(city, dossier, AT)
    dossiers.draft_result(processor.part("draft"), dossier=dossier, outcome="granted", note=f"Cho {SAID}")
    dossiers.approve(city.act("signer", AT), dossier=dossier, number="15/HKD")
    about = next(iter(paper_reads.missing(make.get(dossier))))
    papers.make(make.new_act(make.system("w"), at=AT, purpose="t"), dossier=dossier, about=about)
    if make.get(dossier).finance_state == make.rules.Finance.DUE:
        dossiers.record_cash(city.act("clerk", AT), dossier=dossier, receipt_number="BL-1")
    dossiers.hand_over(city.act("receptionist", AT), dossier=dossier)
    dossiers.rate(city.act("citizen", AT), dossier=dossier, stars=4, comment=f"Cảm ơn, {SAID}")
    beside(city, dossier)
    return dossier


def beside(city: City, dossier: str) -> None:
    """What is kept of it elsewhere: the log of readers, notices, a text to her phone, a name said otherwise."""
    row, act = make.get(dossier), city.act("receptionist", AT)
    seen(act.actor, at=AT, purpose="other", page="search", subjects=[row.subject], reason=f"Tìm {SAID}")
    notices.send_text(to=PHONE, text=f"Chào {NAME}", purpose="t", subject=row.subject, seq=90, at=AT)
    notices.tell(["account:1"], kind="t", subject=row.subject, seq=91, at=AT, params={"code": row.code})
    people.find_or_create(act, facts={**PERSON, "full_name": f"{NAME} Xưa"})


def petition(city: City, dossier: str, *, ended: bool = True) -> str:
    """Something said about the dossier; its public id."""
    sent = reporting.send(
        make.new_act(make.system("web"), at=AT, purpose="t"), agency=CENTRE, name=NAME, phone=PHONE,
        text=f"{SAID} chờ quá lâu, mong được trả lời sớm.", dossier_code=make.get(dossier).code,
    )  # fmt: skip
    row = Petition.objects.get(reference=sent["reference"])
    if ended:
        reporting.accept(city.act("clerk", AT), petition=row.public_id)
        reporting.answer(city.act("clerk", AT), petition=row.public_id, answer=f"Đã xin lỗi {SAID}, cảm ơn.")
    return row.public_id


def listed(city: City, *dossiers: str, reason: str = REASON) -> str:
    """A list of these dossiers, proposed by the clerk; its public id."""
    act = city.act("clerk", LATER)
    return actions.propose(
        act, agency=agencies.by_code(COMMITTEE).id, dossiers_chosen=list(dossiers), reason=reason
    )["list"]


def everything_kept() -> str:
    """All that stands in the tables, sealed values opened, folded as a search would."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label != "foundation.PackVersion":
            found += [str(values) for values in model._base_manager.values_list()]
    found += [str(unseal(one.value, f"journal.{one.name}")) for one in JournalPersonal.objects.all()]
    return fold("\n".join(found))


def marks_kept() -> list[str]:
    """The marks, and the keyed look-ups of number and phone, that stand anywhere in the tables."""
    text = everything_kept()
    blinds = [fold(blind("personal_number", NUMBER)), fold(blind("phone", PHONE))]
    return [mark for mark in (*MARKS, *blinds) if mark in text]


def pages() -> bytes:
    """SQLite's pages as they would lie on the disk, with what they keep of rows that are gone."""
    connection.ensure_connection()
    return connection.connection.serialize()
