"""A paper form is chosen in the browser, and the editor opens with a draft and what to look at."""

import io

import pytest
from django.urls import reverse

from motcua.catalogue import actions as catalogue_actions
from motcua.catalogue import queries as catalogue
from motcua.editing import actions, board, errors, queries
from motcua.editing.models import Draft
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.errors import Forbidden
from motcua.kernel.forms import declaration_from_data
from tests.dossiers.factories import AT
from tests.support.paper_forms import birth, building

CODE = "9.000777"


def upload(raw: bytes, name: str = "to-khai.docx") -> io.BytesIO:
    file = io.BytesIO(raw)
    file.name = name
    return file


def begun(city, **more) -> Draft:
    act = city.act("admin", AT)
    source = upload(more.pop("raw", birth()))
    return Draft.objects.get(
        public_id=actions.start_from_form(act, source=source, name=source.name, **more)["draft"]
    )


def test_a_form_opens_in_the_editor_with_its_doubts(city, desk):
    client = desk("admin")
    address = reverse("editing:docx")
    assert 'accept=".docx"' in client.get(address).content.decode()
    answer = client.post(address, {"form": upload(birth()), "act_id": "form-1"}, follow=True)
    shown = answer.content.decode()
    assert answer.status_code == 200 and "Tờ khai đăng ký khai sinh" in shown
    draft = Draft.objects.get()
    assert (draft.origin, draft.key) == ("docx", "to-khai-dang-ky-khai-sinh")
    document = queries.document_of(draft)
    asked = sum(len(section["fields"]) for section in document["declaration"]["sections"])
    assert "Mẫu chỉ hỏi năm sinh" in shown and f"Đã đọc biểu mẫu: {asked} câu hỏi" in shown
    declaration_from_data(document["declaration"])
    assert document["sources"] == ["Biểu mẫu giấy: to-khai.docx"] and "steps" in document["unverified"]
    again = client.post(address, {"form": upload(birth()), "act_id": "form-1"})
    assert again.status_code == 302 and Draft.objects.count() == 1


def test_doubts_move_with_what_they_are_about_and_are_settled(city, desk):
    draft = begun(city)
    client = desk("admin")
    sections = queries.document_of(draft)["declaration"]["sections"]
    number = next(n for n, section in enumerate(sections) if section["id"] == "mother")
    before = reverse("editing:row", args=[draft.public_id, f"declaration.sections.{number}.fields.1"])
    assert "Mẫu chỉ hỏi năm sinh" in client.get(before).content.decode()
    change = [{"do": "move", "at": ["declaration", "sections", number], "by": -1}]
    actions.save(city.act("admin", AT), draft=draft.public_id, seen=1, changes=change)
    place = f"declaration.sections.{number - 1}.fields.1"
    after = reverse("editing:row", args=[draft.public_id, place])
    assert "Mẫu chỉ hỏi năm sinh" in client.get(after).content.decode()
    assert "Mẫu chỉ hỏi năm sinh" not in client.get(before).content.decode()
    settle = reverse("editing:settle", args=[draft.public_id])
    given = {"doubt": "year_only:mother_birth_on", "back": place, "act_id": "settle-1"}
    assert "Mẫu chỉ hỏi năm sinh" not in client.post(settle, given, follow=True).content.decode()
    assert (
        "năm sinh" in client.get(reverse("editing:show", args=[draft.public_id])).content.decode()
    )  # the father's


def test_a_refused_file_says_what_to_do_beside_the_box(city, desk):
    old = upload(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cu.doc")
    answer = desk("admin").post(reverse("editing:docx"), {"form": old, "act_id": "form-2"})
    assert answer.status_code == 422 and "Lưu thành" in answer.content.decode()
    none = desk("admin").post(reverse("editing:docx"), {"act_id": "form-3"})
    assert none.status_code == 422 and not Draft.objects.exists()


def test_a_form_of_a_listed_procedure_keeps_its_code_and_name(city):
    act = new_act(system("tests"), at=AT, purpose="test")
    row = {"code": CODE, "name_vi": "Thủ tục cấp giấy phép thử", "issued_by": "Bộ", "executed_by": "UBND cấp xã",
           "field_vi": "Hộ tịch"}  # fmt: skip
    catalogue_actions.import_listed(act, rows=[row])
    draft = begun(city, raw=building(), slug=catalogue.by_code(CODE).slug)
    document = queries.document_of(draft)
    assert (document["code"], document["name_vi"]) == (CODE, "Thủ tục cấp giấy phép thử")
    assert [paper["name_vi"] for paper in document["required_documents"]][1] == "Bản vẽ thiết kế xây dựng"
    assert document["steps"][0]["stage"] == "applicant" and draft.doubts[0]["text"]
    row = board.one(catalogue.by_code(CODE).pk, AT)
    assert (row.draft, row.next) == (draft.public_id, "draft")


def test_a_form_of_a_published_procedure_begins_its_next_version(city):
    draft = begun(city, slug="birth-registration")
    assert (draft.origin, draft.key) == ("published", "birth-registration") and draft.base_id
    document = queries.document_of(draft)
    assert len(document["steps"]) == 6 and document["declaration"]["id"] == "birth-registration"
    assert "mother_full_name" in str(document["declaration"])
    told = [doubt["code"] for doubt in draft.doubts]
    assert told[0] == "replaced" and not {"steps", "no_papers", "other_form"} & set(told)
    with pytest.raises(errors.BeingEdited):
        begun(city, slug="birth-registration")


def test_the_form_of_another_procedure_is_told(city):
    told = begun(city, raw=building(), slug="birth-registration").doubts
    assert "other_form" in {doubt["code"] for doubt in told}


def test_only_who_configures_may(city, desk):
    assert desk("head").get(reverse("editing:docx")).status_code == 403
    with pytest.raises(Forbidden):
        actions.start_from_form(city.act("head", AT), source=upload(birth()), name="a.docx")
