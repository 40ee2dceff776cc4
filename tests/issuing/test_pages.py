"""Keys, decisions, the register, and what a signer sees before she signs; signing many from the list."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.issuing import actions, errors, queries
from motcua.issuing.models import Authority, Issued, Key
from motcua.signing import actions as signing_actions
from tests.counter.conftest import at, desk  # noqa: F401  fixtures
from tests.dossiers import factories as make
from tests.issuing.conftest import AT, PIN
from tests.portal.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KEYS, DECISIONS = "/issuing/khoa/", "/issuing/tham-quyen/"


def p12(authority, name, password=PIN, **more):
    holder = {"name": name, "agency": "Ủy ban nhân dân phường Bãi Cháy", **more}
    return signing_actions.issue_trial_key("government", holder, at=make.AT, password=password)[0]


def test_a_key_is_registered_by_who_can_open_it_and_bears_her_name(city, desk, authority):  # noqa: F811
    own = p12(authority, "ĐỖ CHỦ TỊCH")

    def sent(content, secret=PIN, kind="file"):
        said = {"kind": kind, "secret": secret, "agency": "", "file": SimpleUploadedFile("k.p12", content)}
        return desk("signer").post(KEYS, said)

    assert "Không mở được khóa" in text(sent(own, "sai"))
    assert "mang tên “Người Khác”" in text(sent(p12(authority, "Người Khác")))
    assert sent(b"rubbish").status_code == 422 and not Key.objects.exists()
    assert sent(own).status_code == 302
    said = text(desk("signer").get(KEYS))
    assert "Đỗ Chủ Tịch" in said and "MÔ PHỎNG" in said
    row = Key.objects.get()
    assert PIN not in str(row.place) and row.account == city.accounts["signer"]
    desk("signer").post(f"{KEYS}{row.public_id}/thoi-dung/")
    assert "Chưa đăng ký khóa nào" in text(desk("signer").get(KEYS))


def test_a_seal_is_registered_by_the_clerk_of_its_agency_alone(city, authority, committee, decided):
    with pytest.raises(errors.NotYours):
        actions.trial_key(city.act("signer", AT), secret=PIN, agency=committee.public_id)
    actions.trial_key(city.act("clerk", AT), secret=PIN, agency=committee.public_id)
    assert queries.means_of(city.actor("clerk", AT), AT).seals[0].holder == committee.name_vi
    assert Client().get(KEYS).status_code == 302  # to the sign-in


def test_decisions_are_noted_by_who_administers_and_complete(city, desk, committee):  # noqa: F811
    signer = f"{city.accounts['signer'].pk}:{committee.public_id}"
    wanted = {"signer": signer, "capacity": "tuq", "own_title": "Trưởng phòng", "head_title": "Chủ tịch"}
    refused = desk("admin").post(DECISIONS, wanted)
    assert refused.status_code == 422 and not Authority.objects.exists()
    said = {**wanted, "decision": "12/UQ-UBND", "valid_to": "31/12/2026", "procedures": "birth-registration"}
    for wrong in ({"procedures": "khong-co"}, {"valid_to": "31/13/2026"}, {"valid_from": "hôm nay"}):
        assert desk("admin").post(DECISIONS, {**said, **wrong}).status_code == 422
    assert not Authority.objects.exists()
    assert desk("admin").post(DECISIONS, said).status_code == 302
    shown = text(desk("admin").get(DECISIONS))
    assert "TUQ. CHỦ TỊCH" in shown and "12/UQ-UBND" in shown and "chưa đối chiếu" in shown
    row = Authority.objects.get()
    assert (row.procedures, row.valid_to.isoformat()) == ("birth-registration", "2026-12-31")
    desk("admin").post(f"{DECISIONS}{row.public_id}/ket-thuc/")
    assert Authority.objects.get().ended_at is not None
    with pytest.raises(errors.NotASigner):
        actions.grant_authority(
            city.act("admin", AT), agency=committee.public_id, account=city.accounts["processor"].pk,
            capacity="head", own_title="Giám đốc",
        )  # fmt: skip


def test_many_are_signed_from_the_list_and_the_register_tells_them(city, desk, keys):  # noqa: F811
    found = [make.drafted(city, procedure=make.BUSINESS) for _each in range(2)]
    picked = [f"{dossier}:{make.get(dossier).revision}" for dossier in found]
    asked = desk("signer").post("/counter/lam/", {"verb": "sign", "pick": picked}, follow=True)
    page = text(asked)
    assert "Mã PIN của khóa" in page and "Khóa ký" in page
    said = {"verb": "sign", "sure": "1", "pick": picked, "key": keys["signer"], "act_id": "lo-1"}
    wrong = text(
        desk("signer").post("/counter/lam/", {**said, "secret": "000000", "act_id": "lo-0"}, follow=True)
    )
    assert wrong.count("Không mở được khóa") == 2 and not Issued.objects.exists()
    told = text(desk("signer").post("/counter/lam/", {**said, "secret": PIN}, follow=True))
    assert "Đã ký số kết quả" in told and Issued.objects.count() == 2
    sealing = [f"{dossier}:{make.get(dossier).revision}" for dossier in found]
    done = desk("clerk").post(
        "/counter/lam/",
        {"verb": "seal", "sure": "1", "pick": sealing, "key": keys["seal"], "secret": PIN, "act_id": "lo-2"},
        follow=True,
    )
    assert "Đã cấp số, đóng dấu" in text(done)
    register = text(desk("clerk").get("/issuing/so-van-ban/"))
    assert "01/GCN-UBND" in register and "02/GCN-UBND" in register and "Đỗ Chủ Tịch" in register


def test_the_signer_sees_the_paper_as_it_will_be(city, desk, keys, waiting):  # noqa: F811
    picture = desk("signer").get(f"/issuing/ban-trinh/{waiting}/1/")
    assert picture["Content-Type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert desk("signer").get(f"/issuing/ban-trinh/{waiting}/9/").status_code == 404
    assert desk("processor").get(f"/issuing/ban-trinh/{waiting}/1/").status_code == 403
    page = text(desk("signer").get(f"/counter/ho-so/{waiting}/"))
    assert "TM. ỦY BAN NHÂN DÂN · CHỦ TỊCH" in page and "Trả lại để sửa" in page


def test_who_has_no_key_signs_on_paper_as_before(city, desk, decided, waiting):  # noqa: F811
    page = text(desk("signer").get(f"/counter/ho-so/{waiting}/"))
    assert "Ký số kết quả" not in page and "Ký kết quả" in page
