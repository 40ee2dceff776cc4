"""A paper belongs to its dossier: whoever scanned it for somebody reads it no more once the help has ended."""

import pytest

from tests.api.conftest import MOMENT, Machine
from tests.api.test_desk import PDF
from tests.dossiers import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(city, monkeypatch):
    import motcua.config.api  # noqa: F401  the source of tokens
    from tests.support.moment import set_clock

    set_clock(monkeypatch, MOMENT)
    return {name: Machine(city, name) for name in ("helper", "citizen", "other_citizen")}


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"var": tmp_path, "disk_reserve_mb": 0})


def draft(machine):
    made = machine.post("/dossiers", {"procedure": "birth-registration", "agency": "qn-bai-chay-centre"})
    assert made.status_code == 201, made.content
    return made.json()["dossier"]


def scan(machine):
    return machine.file(PDF, "Giấy chứng sinh.pdf").json()["file"]


def attach(machine, dossier, file):
    return machine.post(f"/dossiers/{dossier}/papers", {"key": "other", "file": file})


def test_a_file_is_read_by_its_uploader_only_until_it_lies_in_a_dossier(people):
    citizen = people["citizen"]
    file = scan(citizen)
    assert citizen.get(f"/files/{file}").status_code == 200
    dossier = draft(citizen)
    paper = attach(citizen, dossier, file).json()["paper"]
    assert citizen.get(f"/files/{file}").status_code == 404
    assert citizen.get(f"/files/{file}/content").status_code == 404
    assert citizen.get(f"/dossiers/{dossier}/papers/{paper}/content").status_code == 200


def test_a_helper_brings_no_paper_back_into_her_own_hands(people, city):
    helper = people["helper"]
    helped = helper.post(
        "/dossiers/assisted",
        {"procedure": "birth-registration", "person_name": "Bà Cụ", "agency": "qn-bai-chay-centre"},
    ).json()["dossier"]
    file = scan(helper)
    assert attach(helper, helped, file).status_code == 201
    from motcua.dossiers import actions
    from motcua.dossiers.models import Assistance, Dossier

    row = Dossier.objects.get(public_id=helped)
    Assistance.objects.filter(dossier=row).update(ended_at=factories.AT)
    actions.base.write_rights(row)
    own = draft(helper)
    assert attach(helper, own, file).status_code == 422
    assert helper.get(f"/files/{file}/content").status_code == 404


def test_one_file_serves_two_dossiers_of_the_same_person(people):
    citizen = people["citizen"]
    file = scan(citizen)
    assert attach(citizen, draft(citizen), file).status_code == 201
    assert attach(citizen, draft(citizen), file).status_code == 201


def test_answers_to_a_token_are_kept_by_no_cache(people):
    answer = people["citizen"].get("/dossiers")
    assert answer.headers["Cache-Control"] == "private, no-store"
