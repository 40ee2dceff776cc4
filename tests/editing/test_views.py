"""The pages of the editor: the whole way of a draft, two writers, conditions, the preview."""

import io
import re
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from motcua.editing import queries
from motcua.editing.models import Draft
from motcua.foundation.packs.reader import read_data
from tests.accounts.browser import sign_in
from tests.dossiers import factories as dossiers
from tests.dossiers.factories import AT
from tests.editing import factories as make
from tests.editing.factories import BIRTH
from tests.support.moment import set_clock
from tests.support.officers import client_of

pytestmark = pytest.mark.slow

FIRST = "declaration.sections.0.fields.1"


@pytest.fixture
def admin(city, monkeypatch):
    set_clock(monkeypatch, AT)
    for name in ("tests.accounts.browser", "tests.accounts.factories", "tests.support.officers"):
        monkeypatch.setattr(f"{name}.now", lambda: AT)
    return client_of(city.accounts["admin"])


@pytest.fixture
def draft(city, admin):
    return make.begun(city)


def at(name, draft, *args):
    return reverse(f"editing:{name}", args=[draft.public_id, *args])


def body(answer):
    return answer.content.decode()


def boxes(page):
    """What a browser would send of the first form that has a `seen`."""
    form = next(part for part in page.split("<form")[1:] if 'name="seen"' in part).split("</form>")[0]
    inputs = [
        tag
        for tag in re.findall(r"<input[^>]*>", form)
        if "checked" in tag or not re.search("radio|checkbox", tag)
    ]
    found = dict(pair for tag in inputs for pair in re.findall(r'name="([\w-]+)"[^>]*value="([^"]*)"', tag))
    areas = re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>([^<]*)</textarea>', form)
    picked = re.findall(
        r'<select[^>]*name="([\w-]+)"(?:(?!</select>).)*?value="([^"]*)"[^>]*selected', form, re.S
    )
    return {**found, **dict(areas), **dict(picked)}


def test_from_the_list_to_a_label_changed_proved_and_published(city, admin):
    page = body(admin.get(reverse("editing:list"), {"q": "khai sinh"}))
    assert "Soạn bản mới" in page
    made = admin.post(reverse("editing:begin"), {"do": "catalogue", "slug": BIRTH})
    draft = Draft.objects.get()
    assert made.url == at("show", draft)
    sent = boxes(body(admin.get(at("row", draft, FIRST))))
    assert sent["label-vi"] == "Họ và tên của bạn"
    assert admin.post(at("row", draft, FIRST), {**sent, "label-vi": "Họ tên người khai"}).status_code == 302
    told = queries.revisions_of(Draft.objects.get())[0].touched
    assert told == f"{FIRST}.label.vi"
    assert "Họ tên người khai" in body(admin.get(at("preview", draft)))
    page = body(admin.get(at("difference", draft)))
    assert "Câu hỏi đã đổi: Họ tên người khai" in page and "Họ và tên của bạn" in page
    assert admin.post(at("prove", draft), {"seen": 2}).url == at("proof", draft)
    assert "Không có lỗi" in body(admin.get(at("proof", draft)))
    page = body(admin.get(at("show", draft)))
    assert "Gửi để công bố" in page and 'value="publish"' not in page
    admin.post(at("publish", draft), {"seen": 2, "do": "publish"})
    assert Draft.objects.get().state == "open"
    admin.post(at("publish", draft), {"seen": 2, "do": "offer"})
    second = client_of(city.accounts[make.appoint_second(city)])
    assert 'value="publish"' in body(second.get(at("show", draft)))
    second.post(
        at("publish", draft), {"seen": 2, "do": "publish", "over": draft.base_id, "valid_from": "31/31/2027"}
    )
    assert Draft.objects.get().state == "offered"
    second.post(at("publish", draft), {"seen": 2, "do": "publish", "over": draft.base_id})
    assert Draft.objects.get().state == "published"
    assert "Đã công bố" in body(admin.get(at("show", draft)))
    citizen = Client()
    sign_in(citizen, city.accounts["citizen"])
    assert "Họ tên người khai" in body(citizen.get(f"/ho-so/{dossiers.draft(city)}/khai/muc/applicant/"))


def test_the_second_of_two_writers_sees_what_changed_and_keeps_her_words(city, admin, draft):
    sent = boxes(body(admin.get(at("row", draft, FIRST))))
    make.saved(city, draft, ("name_en",), "Birth, registered")
    answer = admin.post(at("row", draft, FIRST), {**sent, "label-vi": "Tên bạn"})
    page = body(answer)
    assert answer.status_code == 409 and "Quản Trị vừa lưu" in page
    assert "Birth, registered" in page and 'value="Tên bạn"' in page
    again = boxes(page)
    assert again["seen"] == "2"
    assert admin.post(at("row", draft, FIRST), again).status_code == 302
    document = queries.document_of(Draft.objects.get())
    assert document["name_en"] == "Birth, registered"
    assert document["declaration"]["sections"][0]["fields"][1]["label"]["vi"] == "Tên bạn"


def test_rows_are_added_moved_and_taken_away_and_the_check_says_what_is_wrong(admin, draft):
    new = {
        "action_vi": "Thẩm tra thực địa",
        "stage": "processing",
        "role": "can_bo_mot_cua_cap_xa",
        "time_share": "0,2",
    }
    assert admin.post(at("row", draft, "steps.new"), {**new, "seen": 1}).status_code == 302
    document = queries.document_of(Draft.objects.get())
    assert document["steps"][-1]["key"] == "tham-tra-thuc-dia" and document["steps"][-1]["order"] == 7
    page = body(admin.get(at("part", draft, "steps")))
    assert "Thẩm tra thực địa" in page and "tổng time_share của các bước phải bằng 1" in page
    admin.post(at("arrange", draft), {"do": "up", "at": "steps.6", "seen": 2})
    document = queries.document_of(Draft.objects.get())
    assert [s["order"] for s in document["steps"]] == [1, 2, 3, 4, 5, 6, 7]
    assert document["steps"][5]["action_vi"] == "Thẩm tra thực địa"
    admin.post(at("arrange", draft), {"do": "remove", "at": "steps.5", "seen": 3})
    assert "cần sửa" not in body(admin.get(at("part", draft, "steps")))
    wrong = boxes(body(admin.get(at("row", draft, "steps.1"))))
    page = body(admin.post(at("row", draft, "steps.1"), {**wrong, "time_share": "một nửa"}))
    assert "Đây phải là số" in page and "một nửa" in page
    assert admin.get(at("row", draft, "steps.99")).status_code == 404


def test_a_condition_is_chosen_as_rows_and_written_in_its_language(admin, draft):
    place = "declaration.sections.2.when"
    page = body(admin.get(at("condition", draft, place)))
    assert "Không có điều kiện" in page
    rows = {"joined": "and", "subject-0": "applicant_kind", "seen": 1}
    page = body(admin.post(at("condition", draft, place), {**rows, "go": "1"}))
    assert 'name="op-0"' in page
    page = body(admin.post(at("condition", draft, place), {**rows, "op-0": "=", "go": "1"}))
    assert "Tôi làm thay theo ủy quyền" in page
    page = body(admin.post(at("condition", draft, place), {**rows, "op-0": "=", "save": "1"}))
    assert "Chọn hoặc ghi giá trị" in page
    done = admin.post(at("condition", draft, place), {**rows, "op-0": "=", "value-0": "behalf", "save": "1"})
    assert done.url == at("row", draft, "declaration.sections.2")
    document = queries.document_of(Draft.objects.get())
    assert document["declaration"]["sections"][2]["when"] == "applicant_kind is behalf"
    page = body(admin.get(done.url))
    assert "“Bạn làm thủ tục này cho ai?” là “Tôi làm thay theo ủy quyền”" in page
    page = body(
        admin.post(at("condition", draft, place), {"source": "applicant_kind ist x", "text": "1", "seen": 2})
    )
    assert "điều kiện sai ở ký tự" in page
    page = body(
        admin.post(at("condition", draft, place), {"source": "gone is given", "text": "1", "seen": 2})
    )
    assert "điều kiện hỏi “gone”" in page
    rich = "applicant_kind is behalf and (sex is male or email is given)"
    admin.post(at("condition", draft, place), {"source": rich, "text": "1", "seen": 2})
    assert "nhiều tầng" in body(admin.get(at("condition", draft, place)))
    admin.post(at("condition", draft, place), {"drop": "1", "seen": 3})
    assert "when" not in queries.document_of(Draft.objects.get())["declaration"]["sections"][2]


def test_a_finding_opens_in_the_preview_and_the_test_dossiers_come_as_files(city, admin, draft):
    never = "applicant_kind is behalf and applicant_kind is self"
    place = ("declaration", "sections", 2, "fields", 1, "when")
    make.saved(city, draft, place, never)
    admin.post(at("prove", draft), {"seen": 2})
    page = body(admin.get(at("proof", draft)))
    assert at("condition", draft, ".".join(map(str, place))) in page
    page = body(admin.get(at("preview", draft), {"thu": 1}))
    assert "Xem thử" in page and "Hồ sơ thử 1" in page
    case = queries.proof_of(Draft.objects.get()).coverage["dossiers"][0]
    assert case["answers"]["full_name"] in page
    with zipfile.ZipFile(
        io.BytesIO(admin.get(at("download", draft, "test-dossiers.zip")).content)
    ) as archive:
        assert len(archive.namelist()) == len(queries.proof_of(Draft.objects.get()).coverage["dossiers"])
    assert admin.get(at("download", draft, "test-dossiers.json")).json()["procedure"] == BIRTH
    with zipfile.ZipFile(io.BytesIO(admin.get(at("download", draft, "yaml.zip")).content)) as archive:
        said = read_data(archive.read(f"declarations/{BIRTH}.yaml").decode())
    assert said["sections"][2]["fields"][1]["when"] == never


def test_the_preview_asks_as_the_citizen_is_asked_and_keeps_nothing(admin, draft):
    page = body(admin.get(at("preview", draft)))
    hidden = dict(re.findall(r'<input type="hidden" name="(_\w+)" value="([^"]*)"', page))
    answer = admin.post(
        at("preview", draft), {**hidden, "_asked": ["applicant_kind", "full_name"], "full_name": ""}
    )
    assert "Bạn chưa điền “Họ và tên của bạn”" in body(answer)
    last = admin.get(at("preview", draft), {"phan": "check"})
    assert "Tiền và thời gian" in body(last) and "Giấy khai sinh" not in Draft.objects.get().name
    assert Draft.objects.get().revision == 1


def test_new_legal_grounds_are_marked_until_somebody_takes_the_mark_away(admin, draft):
    sent = boxes(body(admin.get(at("general", draft))))
    sent["legal_basis"] += "\n99/2026/NĐ-CP"
    document = queries.document_of(draft)
    more = {"applicants": document["applicants"], "channels": document["channels"]}
    assert admin.post(at("general", draft), {**sent, **more}).status_code == 302
    document = queries.document_of(Draft.objects.get())
    assert (
        document["legal_basis"][-1] == "99/2026/NĐ-CP"
        and "legal_basis: 99/2026/NĐ-CP" in document["unverified"]
    )
    assert "legal_basis: 99/2026/NĐ-CP" in body(admin.get(at("show", draft)))


def test_what_has_no_boxes_is_edited_as_yaml(admin, draft):
    text = "clock:\n  on_payment: run\n  source: Điều 3\n"
    admin.post(at("raw", draft, "clock"), {"seen": 1, "text": text})
    assert queries.document_of(Draft.objects.get())["clock"]["on_payment"] == "run"
    assert "không đọc được YAML" in body(admin.post(at("raw", draft, "clock"), {"seen": 2, "text": "a: ["}))
    admin.post(at("raw", draft, "clock"), {"seen": 2, "text": "clock: {on_payment: walk}"})
    assert "chỉ được ghi" in body(admin.get(at("raw", draft, "clock")))


def test_pages_cost_few_queries_and_are_for_administrators(city, admin, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        admin.get(at("show", draft))
    with django_assert_max_num_queries(14):
        admin.get(at("form", draft))
    leader = client_of(city.accounts["province_leader"])
    assert leader.get(at("show", draft)).status_code == 403
    assert leader.post(reverse("editing:begin"), {"do": "blank", "name": "x"}).status_code == 403
