"""The same thing twice, two people at one thing, a screen left alone in the middle: once, one of them, nothing lost."""

import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import connections

from motcua.dossiers.models import Dossier, Serial
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import ActRecord, JournalLine
from motcua.foundation.policy import differences
from tests.accounts.browser import hidden as hidden_fields
from tests.accounts.browser import leave_alone, sign_in
from tests.accounts.factories import PASSWORD as _OTHER
from tests.dossiers import factories as make
from tests.portal.pages import hidden, text
from tests.support.city import CENTRE, PASSWORD

pytestmark = pytest.mark.slow

HELD = (
    "foundation.ActRecord",
    "foundation.JournalLine",
    "foundation.JournalHead",
)  # that a form was held, is told
NEW = {"procedure": "birth-registration", "agency": CENTRE}


def at_once(*calls):
    """Do all of these in threads of their own, begun together; their answers in order."""
    answers, barrier = [None] * len(calls), threading.Barrier(len(calls))

    def run(place, call):
        try:
            barrier.wait(10)
            answers[place] = call()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert None not in answers, "somebody got no answer"
    return answers


def sound():
    """The journal holds, and what lists read equals the rule."""
    report = verify()
    assert report.good, report.findings[:3]
    assert list(differences()) == []


@pytest.mark.django_db(transaction=True)
def test_two_officers_move_the_same_dossier_at_once(city, machine):
    """One of them wins; the other is told that it changed, and may look again. Four times, to meet the moment."""
    one, other = machine("receptionist"), machine("clerk")
    for number in range(1, 5):
        dossier = make.submitted(city)
        revision = Dossier.objects.get(public_id=dossier).revision
        move = {"verb": "receive", "revision": revision}
        refusal = {"verb": "refuse", "revision": revision, "reason": "Không thuộc thẩm quyền của nơi này."}
        answers = at_once(
            lambda move=move, dossier=dossier: one.post(f"/dossiers/{dossier}/moves", move),
            lambda refusal=refusal, dossier=dossier: other.post(f"/dossiers/{dossier}/moves", refusal),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409], number
        refused = next(answer for answer in answers if answer.status_code == 409).json()
        assert refused["code"] in ("dossiers.changed_meanwhile", "dossiers.move_not_allowed")
        row = Dossier.objects.get(public_id=dossier)
        assert row.revision == revision + 1
        lines = JournalLine.objects.filter(chain=row.subject, verb__in=("dossier.receive", "dossier.refuse"))
        assert lines.count() == 1
    sound()


@pytest.mark.django_db(transaction=True)
def test_a_page_that_a_colleague_overtook_says_so(city, browse):
    dossier = make.submitted(city)
    revision = Dossier.objects.get(public_id=dossier).revision
    pages = [browse("receptionist"), browse("clerk")]
    form = {"revision": str(revision), "seen_at": make.AT.isoformat()}
    path = f"/counter/ho-so/{dossier}/viec/receive/"
    answers = at_once(
        *(lambda c=c, n=n: c.post(path, {**form, "act_id": f"act-{n}"}) for n, c in enumerate(pages))
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    late = next(answer for answer in answers if answer.status_code == 409)
    assert "Việc của bạn chưa được ghi" in text(late)
    sound()


@pytest.mark.django_db(transaction=True)
def test_eight_receptions_at_once_leave_no_gap_and_no_double_number(city, machine):
    callers = [machine(name) for name in ("receptionist", "clerk")] * 4
    dossiers = [make.submitted(city) for _ in callers]
    answers = at_once(
        *(
            lambda c=c, d=d: c.post(f"/dossiers/{d}/moves", {"verb": "receive"})
            for c, d in zip(callers, dossiers, strict=True)
        )
    )
    assert [answer.status_code for answer in answers] == [200] * 8
    serials = sorted(int(answer.json()["code"].rsplit("-", 1)[1]) for answer in answers)
    assert serials == list(range(1, 9))
    assert Serial.objects.get().last == 8
    sound()


@pytest.mark.django_db(transaction=True)
def test_the_same_sending_six_times_at_once_is_one_act(city, machine):
    citizen = machine("citizen")
    answers = at_once(*(lambda: citizen.post("/dossiers", NEW, key="six-times-01") for _ in range(6)))
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len({answer.json()["dossier"] for answer in answers}) == 1
    assert [answer.json()["replayed"] for answer in answers].count(False) == 1
    assert Dossier.objects.count() == 1
    assert ActRecord.objects.filter(act_id="six-times-01").count() == 1
    sound()


@pytest.mark.django_db
def test_a_double_click_files_once(city, at, browse):
    draft = make.draft(city, at=at)
    client, path = browse("citizen"), f"/ho-so/{draft}/khai/xem-lai/"
    form = {**hidden(client.get(path)), "commitment": "yes"}
    first, second = client.post(path, form), client.post(path, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url == f"/ho-so/{draft}/khai/da-nop/"
    submitted = JournalLine.objects.filter(verb="dossier.submit")
    assert submitted.count() == 1


@pytest.mark.django_db
def test_back_and_again_with_a_fresh_form_is_told(city, at, browse, untouched):
    draft = make.submitted(city, at=at)
    client = browse("citizen")
    with untouched():
        again = client.post(
            f"/ho-so/{draft}/khai/xem-lai/", {"act_id": "fresh-one-0001", "commitment": "yes"}
        )
    assert again.status_code in (302, 409)
    if again.status_code == 302:
        assert f"/ho-so/{draft}" in again.url


def password_of(city):
    """The city's people share one password."""
    assert _OTHER
    return PASSWORD


@pytest.mark.django_db
def test_a_screen_left_alone_in_the_middle_of_a_form_loses_nothing(city, at, browse, untouched):
    draft = make.draft(city, at=at)
    client, path = browse("citizen"), f"/ho-so/{draft}/khai/muc/child/"
    form = {**hidden(client.get(path)), "child_full_name": "Nguyễn Minh Châu", "later": "1"}
    leave_alone(client, 30)
    with untouched(*HELD):
        locked = client.post(path, form)
        page = client.get(locked.url)
    assert locked.url.startswith("/account/locked/")
    assert "chưa mất" in text(page)
    opened = client.post(
        "/account/locked/", {"password": password_of(city), "next": hidden_fields(page)["next"]}
    )
    kept = client.get(opened.url)
    fields = hidden_fields(kept)
    assert "Nguyễn Minh Châu" in fields.values()
    sent = client.post(path, hidden(kept, form=path))
    assert sent.status_code == 302
    assert _answers(draft)["child_full_name"] == "Nguyễn Minh Châu"


@pytest.mark.django_db
def test_a_session_that_ended_in_the_middle_of_a_form_loses_nothing(city, at, browse, untouched):
    draft = make.draft(city, at=at)
    client, path = browse("citizen"), f"/ho-so/{draft}/khai/muc/child/"
    form = {**hidden(client.get(path)), "child_full_name": "Nguyễn Minh Châu", "later": "1"}
    Session.objects.all().delete()
    with untouched(*HELD):
        ended = client.post(path, form)
    assert ended.url.startswith("/account/sign-in/")
    page = client.get(ended.url)
    back = sign_in(client, city.accounts["citizen"], password_of(city), next=hidden_fields(page)["next"])
    kept = client.get(back.url)
    assert client.post(path, hidden(kept, form=path)).status_code == 302
    assert _answers(draft)["child_full_name"] == "Nguyễn Minh Châu"


@pytest.mark.django_db
def test_an_officer_left_alone_moves_nothing_until_she_is_back(city, at, browse, untouched):
    dossier = make.submitted(city, at=at)
    client = browse("receptionist")
    page = client.get(f"/counter/ho-so/{dossier}/?viec=receive")
    form = hidden(page, form="viec/receive")
    leave_alone(client, 16)
    with untouched(*HELD):
        locked = client.post(f"/counter/ho-so/{dossier}/viec/receive/", form)
        assert client.get("/counter/").status_code == 302
    page = client.get(locked.url)
    opened = client.post(
        "/account/locked/", {"password": password_of(city), "next": hidden_fields(page)["next"]}
    )
    kept = client.get(opened.url)
    done = client.post(f"/counter/ho-so/{dossier}/viec/receive/", hidden(kept, form="viec/receive"))
    assert done.status_code == 302
    assert Dossier.objects.get(public_id=dossier).business_state == "received"


def _answers(public_id):
    from motcua.dossiers import queries

    return queries.answers_of(Dossier.objects.get(public_id=public_id))
