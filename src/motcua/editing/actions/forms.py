"""Beginning a draft with a paper form: what the form asks becomes the declaration, what it does not say a doubt."""

from __future__ import annotations

from typing import Any, BinaryIO

from motcua.catalogue import queries as catalogue
from motcua.editing.actions.begin import listed_document
from motcua.editing.actions.write import allowed, start_draft
from motcua.editing.document import blank, declaration_of
from motcua.editing.docx import Doubt, FormDraft, Vocabulary, alike, read_form
from motcua.editing.inheriting import document_of
from motcua.editing.standing import Standing
from motcua.foundation.acts import Act
from motcua.foundation.held import Held
from motcua.foundation.packs import store
from motcua.kernel.text import one_line

# A general frame of the work, as most procedures of one office go; the decision that publishes the procedure says more.
STEPS = (
    ("nguoi-nop", "applicant", "nguoi_nop", "Khai tờ khai và nộp giấy tờ", 0),
    ("tiep-nhan", "reception", "can_bo_mot_cua", "Kiểm tra hồ sơ, tiếp nhận và hẹn ngày trả", 0.1),
    ("xu-ly", "processing", "cong_chuc_chuyen_mon", "Thẩm tra hồ sơ, dự thảo kết quả", 0.6),
    ("ky", "signing", "lanh_dao", "Ký kết quả", 0.2),
    ("tra-ket-qua", "reception", "can_bo_mot_cua", "Vào sổ và trả kết quả", 0.1),
)  # fmt: skip


def start_from_form(act: Act, *, source: BinaryIO, name: str, slug: str = "") -> dict:
    """Begin a draft with a .docx form; `name` is that of the file, `slug` its procedure ("" for a new one).

    The file is read and forgotten. Answers as `start_draft`, with {doubts, fields: how many}. Raises Forbidden,
    ProcedureNotFound, the refusals of `errors`, and as `start_draft`.
    """
    allowed(act.actor)
    shown = one_line(name)[-80:] or "?"
    base, document, origin = None, {}, "docx"
    if slug:
        procedure = catalogue.by_slug(slug)
        version = store.current("procedures", procedure.slug, act.at)
        if version is None:
            document, origin = listed_document(procedure), "listed"
        else:
            document, origin, base = (
                document_of(version.body, Standing(act.at).beside),
                "published",
                version.pk,
            )
    form = read_form(source, shown, vocabulary(), document)
    told = _with_form(document or blank(form.title or shown), form, shown)
    doubts = [doubt.to_data() for doubt in _doubts(document, form)]
    made = start_draft(act, document=told, origin=origin, doubts=doubts, base=base)
    return {**made, "doubts": len(doubts), "fields": len(form.fields())}


def _doubts(document: dict[str, Any], form: FormDraft) -> list[Doubt]:
    """The doubts of the reader without what a known procedure says already, and what the two do not say alike."""
    settled = {"no_title"} if document else set()
    settled |= {"no_papers", "paper_type"} if document.get("required_documents") else set()
    settled |= {"steps"} if document.get("steps") else set()
    found = [doubt for doubt in form.doubts if doubt.code not in settled]
    if form.title and document and not alike(form.title, str(document.get("name_vi") or "")):
        found.insert(0, Doubt("name_vi", "other_form", facts=(("title", form.title),)))
    if (former := declaration_of(document)) is not None:
        asked = sum(len(section.get("fields") or ()) for section in former.get("sections") or ())
        found.insert(0, Doubt("declaration", "replaced", facts=(("count", str(asked)),)))
    return found


def vocabulary() -> Vocabulary:
    """What the declarations in force ask, learnt once after each publication."""
    return _learnt.at(store.revision())


def _learn() -> Vocabulary:
    bodies = [version.body for version in store.current_all("procedures")]
    return Vocabulary.of(inside for body in bodies if (inside := declaration_of(body)))


_learnt = Held(_learn)


def _with_form(document: dict[str, Any], form: FormDraft, name: str) -> dict[str, Any]:
    key = str(document.get("id"))
    title = {**form.declaration["title"]}
    after = {**document, "declaration": {**form.declaration, "id": key, "title": title}}
    if form.papers and not document.get("required_documents"):
        after["required_documents"] = form.papers
    if not document.get("steps"):
        keys = ("key", "stage", "role", "action_vi", "time_share")
        after["steps"] = [
            {**dict(zip(keys, row, strict=True)), "order": order} for order, row in enumerate(STEPS, 1)
        ]
        after["unverified"] = [*(document.get("unverified") or ()), "steps"]
    source = f"Biểu mẫu giấy {form.form_code}: {name}" if form.form_code else f"Biểu mẫu giấy: {name}"
    after["sources"] = [*(document.get("sources") or ()), source]
    return after
