"""Codes that are guessed, forged, replayed or rubbish."""

import string

import pytest
from django.core import signing

from motcua.dossiers import actions
from motcua.dossiers.models import Assistance, Dossier
from motcua.foundation.api import cursor
from motcua.notices import queries as notices
from tests.dossiers import factories as make
from tests.portal.pages import again, text
from tests.support.city import CENTRE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

RUBBISH = [
    "",
    "   ",
    "xin chào",
    "https://example.com/",
    "|" * 500,
    "022196001234",
    "022196001234||||||",
    "022196001234||Nguyễn Thị Lan|31022096|Nữ|Hạ Long|01012022",
    "022196001234||Nguyễn Thị Lan|20081996|?|Hạ Long|01012022",
    "0221960012345||Nguyễn Thị Lan|20081996|Nữ|Hạ Long|01012022",
    "٠٢٢١٩٦٠٠١٢٣٤||Nguyễn Thị Lan|20081996|Nữ|Hạ Long|01012022",
    "022196001234||<script>alert(1)</script>|20081996|Nữ|Hạ Long|99999999",
    "022196001234||" + "A" * 3000 + "|20081996|Nữ|Hạ Long|01012022",
    "\x1b[31m022196001234\x07",
    "' OR 1=1 --|x|y|z|a|b|c",
    '{"number": "022196001234"}',
    "".join(chr(n) for n in range(0x250, 0x2B0)),
]


@pytest.mark.sqlite  # read before any row is asked
def test_a_card_with_rubbish_is_refused_with_the_reason(machine, browse, untouched, subtests):
    desk, client = machine("receptionist"), browse("receptionist")
    for rubbish in RUBBISH:
        with subtests.test(rubbish[:60]), untouched():
            answer = desk.post("/dossiers/card", {"qr": rubbish[:900]})
            page = client.post("/counter/tiep-nhan/", {"card": rubbish})
            assert answer.status_code == 422
            assert answer.json()["problems"][0]["message"]
            assert "<script>alert" not in page.content.decode()
            if rubbish.strip():
                assert page.status_code == 422
                assert "thẻ" in text(page) or "căn cước" in text(page).lower()


def test_guessing_tracking_references_is_slow_and_tells_nothing(
    city, at, browse, machine, settings, untouched
):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_track_per_minute": 5})
    dossier = Dossier.objects.get(public_id=make.submitted(city, at=at))
    stranger, program = browse(), machine()
    with untouched():
        pages = [stranger.get("/tra-cuu/", {"ma": f"AAAA-BBBB-CCCC-DD{n:02d}"}) for n in range(5)]
        told = program.get(f"/tracking/{dossier.reference}")
        late = stranger.get("/tra-cuu/", {"ma": dossier.reference})
    assert {page.status_code for page in pages} == {404}
    assert len({text(page).replace(page.wsgi_request.GET["ma"], "") for page in pages}) == 1
    assert (told.status_code, late.status_code) == (429, 429)
    assert "quá nhanh" in text(late)
    assert late.headers["Retry-After"]


def test_one_wrong_letter_of_a_reference_finds_nothing(city, at, browse):
    """The last symbol is a check: a slip of the finger is told before anything is looked up."""
    typed = Dossier.objects.get(public_id=make.submitted(city, at=at)).reference
    assert browse().get("/tra-cuu/", {"ma": typed}).status_code == 200
    for place in (0, 3, 8, 18):
        other = next(c for c in string.digits if c != typed[place])
        wrong = typed[:place] + other + typed[place + 1 :]
        assert browse().get("/tra-cuu/", {"ma": wrong}).status_code == 404, wrong


def test_a_draft_is_followed_by_nobody(city, at, browse, machine):
    draft = Dossier.objects.get(public_id=make.draft(city, at=at))
    assert browse().get("/tra-cuu/", {"ma": draft.reference}).status_code == 404
    assert machine().get(f"/tracking/{draft.reference}").status_code == 404


FORGED = [
    "x",
    "W10=",
    "WyJkb3NzaWVycyIsMV0:1abc:forged",
    "{}",
    "../../etc/passwd",
    "null",
    "A" * 400,
    "WyJkb3NzaWVycyIsOTk5XQ",
]


def test_a_forged_cursor_opens_no_list(machine, untouched, subtests):
    citizen, desk = machine("citizen"), machine("receptionist")
    for forged in FORGED:
        with subtests.test(forged[:40]), untouched():
            answers = [
                citizen.get("/dossiers", cursor=forged),
                desk.get("/dossiers/worklist", desk="reception", cursor=forged),
                machine().get("/procedures", cursor=forged),
                machine().get("/agencies", cursor=forged),
            ]
            assert {answer.status_code for answer in answers} == {422}
            assert {answer.json()["problems"][0]["field"] for answer in answers} == {"cursor"}


def test_a_cursor_of_another_list_or_of_other_types_is_none(machine, city, at):
    make.submitted(city, at=at)
    citizen = machine("citizen")
    for wrong in (
        cursor("agencies", "a"),
        cursor("dossiers", "1"),
        cursor("dossiers"),
        cursor("dossiers", 1, 2),
        signing.dumps({"dossiers": 1}, salt="cursor"),
        signing.dumps("dossiers", salt="cursor"),
        signing.dumps(["dossiers", 1], salt="other"),
        signing.dumps(["dossiers", True], salt="cursor"),
    ):
        assert citizen.get("/dossiers", cursor=wrong).status_code == 422
    assert citizen.get("/dossiers", cursor=cursor("dossiers", 10**18)).status_code == 200


def test_an_act_id_of_somebody_else_is_not_hers(city, at, machine):
    """Ids of acts are unique per caller: knowing another's id neither repeats nor reveals her act."""
    mine, other = machine("citizen"), machine("other_citizen")
    first = mine.post("/dossiers", {"procedure": "birth-registration"}, key="lan-0001-abc").json()
    stolen = other.post("/dossiers", {"procedure": "birth-registration"}, key="lan-0001-abc").json()
    assert stolen["replayed"] is False
    assert stolen["dossier"] != first["dossier"]
    dossier = first["dossier"]
    answer = other.post(f"/dossiers/{dossier}/moves", {"verb": "withdraw"}, key="lan-0001-abc")
    assert answer.status_code in (404, 409)
    assert Dossier.objects.get(public_id=dossier).business_state == "draft"


def test_the_same_act_id_for_another_thing_is_told(city, at, machine, browse, untouched):
    citizen, client = machine("citizen"), browse("citizen")
    draft, second = make.draft(city, at=at), make.draft(city, at=at)
    assert citizen.post(f"/dossiers/{draft}/moves", {"verb": "submit"}, key="one-key-0001").status_code == 200
    with untouched():
        answer = citizen.post(f"/dossiers/{second}/moves", {"verb": "submit"}, key="one-key-0001")
        page = client.post(f"/ho-so/{second}/khai/xem-lai/", {"act_id": "one-key-0001", "commitment": "yes"})
    assert (answer.status_code, answer.json()["code"]) == (409, "act_mismatch")
    assert "Mã thao tác" in text(again(page))


def _helped(city, at):
    act = city.act("helper", at)
    made = actions.start_helping(act, procedure="birth-registration", person_name="Bàn Thị Mơ", agency=CENTRE)
    actions.ask_consent(city.act("helper", at), dossier=made["dossier"], phone="0912345678")
    said = notices.last_message(f"dossier:{made['dossier']}", "consent", at=at).text
    code = next(
        word.strip(".") for word in said.split() if word.strip(".").isdigit() and len(word.strip(".")) == 6
    )
    return made["dossier"], code


def test_a_consent_code_works_once_for_one_dossier_within_its_time(city, at, machine):
    helper = machine("helper")
    first, code = _helped(city, at)
    second, other_code = _helped(city, at)
    if code != other_code:
        wrong = helper.post(f"/dossiers/{second}/consent/confirm", {"code": code})
        assert wrong.json()["consented"] is False
    assert helper.post(f"/dossiers/{first}/consent/confirm", {"code": code}).json()["consented"] is True
    again = helper.post(f"/dossiers/{first}/consent/confirm", {"code": code})
    assert (
        again.status_code in (409, 422) or again.json()["consented"] is not True or again.json()["replayed"]
    )


def test_five_wrong_codes_end_it_even_for_the_right_one(city, at, machine, untouched):
    helper = machine("helper")
    dossier, code = _helped(city, at)
    for n in range(5):
        wrong = f"{(int(code) + n + 1) % 10**6:06d}"
        assert (
            helper.post(f"/dossiers/{dossier}/consent/confirm", {"code": wrong}).json()["consented"] is False
        )
    with untouched():
        answer = helper.post(f"/dossiers/{dossier}/consent/confirm", {"code": code})
    assert (answer.status_code, answer.json()["code"]) == (422, "dossiers.wrong_consent_code")
    assert Assistance.objects.get().consented_at is None


def test_nobody_confirms_for_another_helper(city, at, machine, untouched):
    dossier, code = _helped(city, at)
    stranger = machine("citizen")
    with untouched():
        assert stranger.post(f"/dossiers/{dossier}/consent/confirm", {"code": code}).status_code == 404


def test_what_is_no_consent_code_changes_at_most_the_count(city, at, machine):
    (dossier, _code), helper = _helped(city, at), machine("helper")
    for code in ("", "12345", "abcdef", "０１２３４５", "9" * 20, "' OR 1"):
        answer = helper.post(f"/dossiers/{dossier}/consent/confirm", {"code": code})
        assert answer.status_code == 422 or answer.json()["consented"] is False, code
        assert Assistance.objects.get().consented_at is None
