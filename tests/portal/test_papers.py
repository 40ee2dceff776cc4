"""Handing papers in: from a file or the camera, kept at once, removable, refused in a sentence."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers import actions
from motcua.dossiers.models import Paper
from tests.files.factories import PDF, picture
from tests.portal.factories import without_papers
from tests.portal.pages import again, send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(city, at):
    return without_papers(city, at, birth_proof="paper")


def place(draft):
    return f"/ho-so/{draft}/khai/giay-to/"


def upload(name="giay.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def needed(browse, draft):
    return re.findall(r'id="giay-([\w-]+)" aria', browse("citizen").get(place(draft)).content.decode())


def test_only_the_papers_of_this_case_are_asked_each_with_why(browse, draft):
    said = text(browse("citizen").get(place(draft)))
    assert needed(browse, draft) == ["birth-notice"]
    assert "Cần vì" in said
    assert "Biên bản về việc trẻ bị bỏ rơi" not in said
    assert "Mang theo khi đến nhận kết quả" in said


def test_a_picture_from_the_camera_is_kept_with_name_and_size(browse, draft):
    client = browse("citizen")
    done = send(
        client, place(draft), paper="birth-notice", **{"paper-birth-notice": upload("anh.jpg", picture())}
    )
    assert done.url == f"{place(draft)}#giay-birth-notice"
    said = text(client.get(place(draft)))
    assert "anh.jpg" in said
    assert "Đã có" in said
    row = Paper.objects.get()
    shown = client.get(f"/ho-so/{draft}/tep/{row.pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Content-Disposition"].startswith("inline")


def test_several_pictures_of_one_paper(browse, draft):
    files = [upload("truoc.jpg", picture()), upload("sau.jpg", picture(size=(70, 40)))]
    send(browse("citizen"), place(draft), paper="birth-notice", **{"paper-birth-notice": files})
    assert Paper.objects.count() == 2


def test_the_same_sending_twice_keeps_one(browse, draft):
    client = browse("citizen")
    for _ in range(2):
        client.post(place(draft), {"paper": "birth-notice", "act_id": "x", "paper-birth-notice": upload()})
    assert Paper.objects.count() == 1


def test_a_paper_can_be_taken_out_again(browse, draft):
    client = browse("citizen")
    send(client, place(draft), paper="birth-notice", **{"paper-birth-notice": upload()})
    client.post(place(draft), {"_drop": str(Paper.objects.get().pk)})
    assert Paper.objects.get().removed_at is not None
    assert "Cần nộp" in text(client.get(place(draft)))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("trong.pdf", b"", "rỗng"),
        ("trang.html", b"<html><script>alert(1)</script></html>", "không phải loại được nhận"),
        ("ma.exe", b"MZ\x90\x00" + b"\0" * 200, "không phải loại được nhận"),
        ("gia.pdf", b"khong phai pdf", "không phải loại được nhận"),
    ],
)
def test_what_is_no_paper_is_refused_beside_its_field(browse, draft, name, content, sentence):
    refused = send(
        browse("citizen"), place(draft), paper="birth-notice", **{"paper-birth-notice": upload(name, content)}
    )
    refused = again(refused)
    assert sentence in text(refused)
    assert 'href="#f-paper-birth-notice"' in refused.content.decode()
    assert not Paper.objects.exists()


def test_a_file_over_the_limit_is_refused_with_a_clear_sentence(browse, draft, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"upload_file_mb": 1})
    large = upload("lon.pdf", PDF + b"\0" * (1024 * 1024 + 1))
    refused = send(browse("citizen"), place(draft), paper="birth-notice", **{"paper-birth-notice": large})
    refused = again(refused)
    assert "lớn hơn mức cho phép là 1 MB" in text(refused)
    assert not Paper.objects.exists()


def test_a_giant_request_is_refused_before_anything_is_stored(browse, draft, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"upload_request_mb": 1})
    giant = upload("lon.pdf", PDF + b"\0" * (2 * 1024 * 1024))
    client = browse("citizen")
    giant = client.post(place(draft), {"paper": "birth-notice", "act_id": "x", "paper-birth-notice": giant})
    assert giant.status_code == 413
    assert "MB" in text(giant)
    assert not Paper.objects.exists()


def test_nothing_chosen_is_said(browse, draft):
    refused = again(send(browse("citizen"), place(draft), paper="birth-notice"))
    assert "Chưa có tệp nào được chọn" in text(refused)


def test_a_paper_the_procedure_does_not_know_is_refused(browse, draft):
    refused = browse("citizen").post(place(draft), {"paper": "no-such", "paper-no-such": upload()})
    refused = again(refused)
    assert not Paper.objects.exists()


def test_others_cannot_look_at_a_paper(browse, draft, city, at):
    send(browse("citizen"), place(draft), paper="birth-notice", **{"paper-birth-notice": upload()})
    address = f"/ho-so/{draft}/tep/{Paper.objects.get().pk}/"
    assert browse("other_citizen").get(address).status_code == 404
    assert browse().get(address).status_code == 302


def test_papers_of_a_filed_dossier_stay(browse, draft, city, at):
    client = browse("citizen")
    send(client, place(draft), paper="birth-notice", **{"paper-birth-notice": upload()})
    actions.submit(city.act("citizen", at), dossier=draft)
    assert client.get(place(draft)).url == f"/ho-so/{draft}/"
    client.post(place(draft), {"_drop": str(Paper.objects.get().pk)})
    assert Paper.objects.get().removed_at is None


def test_a_generic_declaration_says_each_case_once_and_counts_only_what_was_done(browse, city, at):
    from motcua.catalogue import queries as catalogue
    from motcua.dossiers import actions, queries
    from motcua.dossiers.models import Dossier
    from tests.support.city import CENTRE

    view = next(
        view
        for view in catalogue.views(at)
        if view.coverage == "generic"
        and view.is_fileable(at.date(), "online")
        and any(paper.condition for paper in view.papers)
    )
    made = actions.start_draft(city.act("citizen", at), procedure=view.slug, agency=CENTRE)["dossier"]
    client = browse("citizen")
    assert "Đã xong 0 trên" in text(client.get(f"/ho-so/{made}/khai/"))
    said = text(client.get(f"/ho-so/{made}/khai/giay-to/"))
    case = next(paper.condition.vi.rstrip(" .") for paper in view.papers if paper.condition)
    assert said.count(case) == 1
    declaration = queries.declared_view_of(Dossier.objects.get(public_id=made)).declaration
    section = next(part for part in declaration.sections if len(part.fields) > 2)
    field = next(one for one in section.fields if one.type == "name" and one.when is None)
    actions.save_answers(city.act("citizen", at), dossier=made, answers={field.id: "Lan"}, section=section.id)
    assert "Đang làm" in text(client.get(f"/ho-so/{made}/khai/"))
