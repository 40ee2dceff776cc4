"""What had pages only, by programs: forecasts, petitions, reorganisations; the same to the same people."""

from __future__ import annotations

import pytest

from motcua.forecast import queries as forecasts
from motcua.foundation.models import AccessEntry
from motcua.reporting.models import Petition
from tests.dossiers import factories as make
from tests.forecast.test_pages import BROKEN, learnt
from tests.reorganisation import factories as wards
from tests.reorganisation.test_ambiguous import declare_elsewhere
from tests.reporting.test_petitions import ANSWER, SAID

pytestmark = pytest.mark.django_db
NOTHING = {"on": None, "word": None, "alike": None, "n": None}


def good(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_officers_read_the_forecast_and_its_ground_citizens_the_day_while_it_holds(machine, city, clock):
    dossier = make.in_process(city, procedure=make.BUSINESS)
    address = f"/dossiers/{dossier}/forecast"
    officer, citizen = machine("processor"), machine("citizen")
    forecasts.forget()
    assert good(officer.get(address)) == NOTHING
    learnt(clock)
    told = good(officer.get(address))
    assert (told["on"], told["word"], told["alike"], told["n"]) == ("2026-10-07", "in_time", "all", 400)
    assert good(citizen.get(address)) == {**NOTHING, "on": "2026-10-07"}
    learnt(clock, whole=BROKEN)
    assert good(citizen.get(address)) == NOTHING and good(officer.get(address))["on"] == "2026-10-07"
    assert machine("other_citizen").get(address).status_code == 404
    forecasts.forget()


def test_a_petition_is_sent_answered_published_and_followed(machine, city, clock):
    nobody, clerk = machine(), machine("clerk")
    sent = good(nobody.post("/petitions", SAID), 201)
    short = nobody.post("/petitions", {**SAID, "text": "Chậm"})
    assert short.status_code == 422 and short.json()["problems"][0]["field"] == "text"
    (waits,) = good(clerk.get("/petitions/waiting"))["items"]
    assert waits["reference"] == sent["reference"] and SAID["name"] not in str(waits)
    own = f"/petitions/{waits['id']}"
    assert good(clerk.get(own))["phone"] == SAID["phone"]
    assert AccessEntry.objects.filter(page="api:petition").count() == 1
    for name in ("citizen", "processor"):
        assert machine(name).get("/petitions/waiting").status_code == 403
        assert machine(name).post(f"{own}/moves", {"verb": "accept"}).status_code == 403
    assert machine("other_leader").get(own).status_code == 404
    assert good(clerk.post(f"{own}/moves", {"verb": "accept"}))["state"] == "accepted"
    assert good(clerk.post(f"{own}/moves", {"verb": "answer", "answer": ANSWER}))["state"] == "answered"
    followed = good(nobody.get(f"/petitions/followed/{sent['reference']}"))
    assert (followed["state"], followed["answer"]) == ("answered", ANSWER)
    assert SAID["name"] not in str(followed) and nobody.get("/petitions/followed/X").status_code == 404
    assert good(nobody.get("/petitions"))["items"] == []
    publish = {"verb": "publish", "text": SAID["text"], "answer": ANSWER}
    assert clerk.post(f"{own}/moves", publish).status_code == 422
    good(clerk.post(f"{own}/moves", {**publish, "agreed": True}))
    (public,) = good(nobody.get("/petitions"))["items"]
    assert public["answer"] == ANSWER and public["on_time"] is True
    assert SAID["name"] not in str(public) and SAID["phone"] not in str(public)
    assert Petition.objects.count() == 1


def test_administrators_read_what_a_reorganisation_would_do_and_nothing_is_written(machine, city, clock):
    unclear = make.in_process(city)
    declare_elsewhere(unclear, wards.WARD)
    wards.publish(split=True)
    admin = machine("admin")
    (row,) = good(admin.get("/reorganisations"))["items"]
    assert (row["key"], row["state"], row["on"]) == (wards.KEY, "planned", wards.ON)
    told = good(admin.get(f"/reorganisations/{wards.KEY}/preview"))
    assert [each["dossier"] for each in told["ambiguous"]] == [unclear]
    assert set(told["ambiguous"][0]["options"]) == {"qn-ha-lam", "qn-hong-gai"}
    assert {each["agency"]: each["dossiers"] for each in told["agencies"]} == {"qn-bai-chay": 1}
    assert {each["login_name"] for each in told["positions"]} >= {"processor", "receptionist"}
    assert good(admin.get("/reorganisations"))["items"][0]["state"] == "planned"
    assert admin.get("/reorganisations/none/preview").status_code == 404
    assert machine("leader").get("/reorganisations").status_code == 403


def test_who_only_leads_says_why_before_a_dossier_opens(machine, city, clock):
    dossier = make.in_process(city, procedure=make.BUSINESS)
    leader, citizen = machine("leader"), machine("citizen")
    listed = next(one for one in good(leader.get("/dossiers"))["items"] if one["id"] == dossier)
    assert (
        listed["applicant"] is None and good(machine("processor").get("/dossiers"))["items"][0]["applicant"]
    )
    for headers in ({}, {"X-Purpose": "curious"}):
        refused = leader.client.get(f"/api/v1/dossiers/{dossier}", headers={**leader.headers, **headers})
        assert (refused.status_code, refused.json()["code"]) == (403, "dossiers.purpose_needed")
    said = {**leader.headers, "X-Purpose": "complaint"}
    opened = leader.client.get(f"/api/v1/dossiers/{dossier}", headers=said).json()
    assert opened["applicant"]["name"] == make.PERSON["full_name"]
    assert good(citizen.get(f"/dossiers/{dossier}/looks"))["items"][0]["purpose"] == "lead.complaint"
