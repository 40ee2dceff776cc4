"""Following without signing in: progress only, no names, the same words and cost for what does not exist."""

import pytest

from motcua.dossiers.models import Dossier
from tests.dossiers import factories as make
from tests.portal.pages import text
from tests.portal.statements import statements

pytestmark = pytest.mark.django_db
CANARY = "Hoàng Ca Na Ri"


@pytest.fixture
def dossier(city, at):
    return Dossier.objects.get(
        public_id=make.in_process(
            city, at=make.AT, full_name=CANARY, child_full_name=CANARY, mother_full_name=CANARY
        )
    )


def test_the_reference_shows_progress(browse, dossier):
    said = text(browse().get("/tra-cuu/", {"ma": dossier.reference}))
    for words in (
        "Đăng ký khai sinh",
        "Đang giải quyết",
        "Ủy ban nhân dân phường Bãi Cháy",
        "Hẹn trả",
        "05/10/2026",
    ):
        assert words in said


@pytest.mark.parametrize("spelling", [str.lower, lambda s: s.replace("-", " "), lambda s: s.replace("-", "")])
def test_a_reference_may_be_typed_as_people_type(browse, dossier, spelling):
    assert browse().get("/tra-cuu/", {"ma": spelling(dossier.reference)}).status_code == 200


def test_the_legal_code_tells_less(browse, dossier):
    said = text(browse().get("/tra-cuu/", {"ma": dossier.code}))
    assert "Đang giải quyết" in said
    assert "Đăng ký khai sinh" not in said


def test_no_name_is_shown(browse, dossier, city):
    for code in (dossier.reference, dossier.code):
        body = browse().get("/tra-cuu/", {"ma": code}).content.decode()
        assert CANARY not in body
        for account in city.accounts.values():
            assert account.display_name not in body


def test_a_draft_is_not_there(browse, city, at):
    draft = Dossier.objects.get(public_id=make.draft(city, at=at))
    assert browse().get("/tra-cuu/", {"ma": draft.reference}).status_code == 404


def test_unknown_and_malformed_codes_get_the_same_words_and_the_same_questions(browse, dossier):
    client = browse()
    client.get("/tra-cuu/", {"ma": dossier.reference})  # what a process keeps in memory is read once
    counts, words = [], []
    for code in (
        dossier.reference,
        "0000-0000-0000-0000",
        "H49.TN06673-261005-9999",
        "x",
        "' OR 1=1 --",
        "<b>",
    ):
        with statements() as told:
            page = client.get("/tra-cuu/", {"ma": code})
        counts.append(len(told.work))
        words.append("Chưa tìm thấy hồ sơ có mã này" in text(page))
    assert words == [False, True, True, True, True, True]
    assert counts[0] == counts[1] == counts[2], counts


def test_too_many_look_ups_are_asked_to_wait(browse, dossier, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_track_per_minute": 2})
    codes = [browse().get("/tra-cuu/", {"ma": "x"}).status_code for _ in range(3)]
    assert codes == [404, 404, 429]


def test_the_way_there_is_one_field(browse):
    assert "Mã tra cứu hoặc mã hồ sơ" in text(browse().get("/tra-cuu/"))


@pytest.mark.parametrize("state", ["submitted", "received", "in_process", "drafted", "ready", "returned"])
def test_every_state_has_its_words(browse, city, at, state):
    dossier = Dossier.objects.get(public_id=getattr(make, state)(city))
    for lang in ("vi", "en"):
        client = browse()
        client.cookies["django_language"] = lang
        page = client.get("/tra-cuu/", {"ma": dossier.reference})
        assert page.status_code == 200
        assert "{" not in text(page)
