"""What is drafted and not signed is the desks' own affair, also when the applicant is an officer somewhere."""

from datetime import timedelta
from importlib import import_module

import pytest

from tests.api.conftest import Machine
from tests.dossiers import factories
from tests.support.moment import set_clock
from tests.support.officers import client_of

pytestmark = pytest.mark.django_db
MOMENT = factories.AT + timedelta(days=1, hours=1)


@pytest.fixture
def drafted(city, monkeypatch):
    """A dossier filed by a processor of another ward for herself; its denial is drafted, not signed."""
    import_module("motcua.config.urls")
    import_module("motcua.config.api")
    set_clock(monkeypatch, MOMENT)
    for name in ("tests.accounts.browser.now", "tests.accounts.factories.now", "tests.support.officers.now"):
        monkeypatch.setattr(name, lambda: MOMENT)
    return factories.drafted(
        city, by="other_processor", outcome="denied", note="Chưa đủ điều kiện theo quy định."
    )


def test_an_officer_sees_her_own_filing_as_citizens_do(drafted, city):
    client = client_of(city.accounts["other_processor"])
    page = f"/counter/ho-so/{drafted}"
    assert client.get(f"{page}/").url == f"/ho-so/{drafted}/"
    assert client.get(f"/ho-so/{drafted}/").status_code == 200
    for beneath in ("ket-qua", "nhat-ky", "in/phieu-kiem-soat", "han"):
        assert client.get(f"{page}/{beneath}/").status_code == 404
    assert client_of(city.accounts["processor"]).get(f"{page}/nhat-ky/").status_code == 200


def test_the_program_of_an_applicant_is_told_no_outcome_before(drafted, city):
    applicant, officer = Machine(city, "other_processor"), Machine(city, "processor")
    path = f"/dossiers/{drafted}"
    assert applicant.get(path).json()["outcome"] == ""
    assert officer.get(path).json()["outcome"] == "denied"
    assert applicant.get(f"{path}/result").status_code == 404
