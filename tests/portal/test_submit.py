"""Looking over, handing in once and completely, within its budget, and what is told afterwards."""

import re

import pytest

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.foundation.models import JournalLine
from tests.dossiers import factories as make
from tests.portal.factories import without_papers
from tests.portal.pages import again, hidden, send, text
from tests.portal.statements import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(city, at):
    """Complete but for the commitment, which is given with the submission."""
    return make.draft(city, at=at, commitment=None)


def check(draft):
    return f"/ho-so/{draft}/khai/xem-lai/"


def done(draft):
    return f"/ho-so/{draft}/khai/da-nop/"


def state(draft):
    return Dossier.objects.get(public_id=draft).business_state


def test_every_answer_is_shown_with_its_way_to_change_it(browse, draft):
    page = browse("citizen").get(check(draft))
    said, body = text(page), page.content.decode()
    assert "Bản nháp, chưa nộp." in said
    assert f"/ho-so/{draft}/khai/muc/applicant/?back=check#f-full_name" in body
    assert "hẹn trả" in said
    assert "Vì sao là ngày này?" in said
    assert "Tôi cam đoan" in said


def test_a_changed_answer_leads_back_to_the_last_look(browse, draft):
    address = f"/ho-so/{draft}/khai/muc/copies/?back=check"
    client = browse("citizen")
    page = client.get(address)
    assert hidden(page)["back"] == "check"
    answer = client.post(address, {**hidden(page), "copies_wanted": "no"})
    assert answer.url == check(draft), text(answer)


def test_the_commitment_is_demanded_and_kept_with_the_submission(browse, draft):
    client = browse("citizen")
    refused = send(client, check(draft))
    refused = again(refused)
    assert 'href="#f-commitment"' in refused.content.decode()
    assert state(draft) == "draft"
    sent = send(client, check(draft), commitment="yes")
    assert sent.url == done(draft)
    assert state(draft) == "submitted"
    row = Dossier.objects.get(public_id=draft)
    assert row.answers["commitment"] is True


def test_only_consents_travel_with_the_submission(browse, draft):
    send(browse("citizen"), check(draft), commitment="yes", full_name="yes", child_full_name="yes")
    from motcua.dossiers import queries

    assert queries.answers_of(Dossier.objects.get(public_id=draft))["child_full_name"] != "yes"


def test_what_is_missing_leads_to_its_page(browse, city, at):
    draft = make.draft(city, at=at, child_full_name=None, birth_proof="paper")
    client = browse("citizen")
    page = client.get(check(draft))
    assert "Chưa nộp được" in text(page)
    refused = client.post(check(draft), {**hidden(page), "commitment": "yes"})
    refused = again(refused)
    assert (
        f"/ho-so/{draft}/khai/muc/child/?back=check&amp;xem=1#f-child_full_name" in refused.content.decode()
    )
    assert state(draft) == "draft"


def test_a_missing_paper_leads_to_the_papers(browse, city, at):
    draft = without_papers(city, at, birth_proof="paper")
    client = browse("citizen")
    refused = again(client.post(check(draft), {**hidden(client.get(check(draft))), "commitment": "yes"}))
    assert f"/ho-so/{draft}/khai/giay-to/#giay-birth-notice" in refused.content.decode()
    assert "Thiếu giấy tờ" in text(refused)


def test_after_the_submission_the_reference_stands_large_with_what_comes_next(browse, draft):
    client = browse("citizen")
    send(client, check(draft), commitment="yes")
    page = client.get(done(draft))
    said, body = text(page), page.content.decode()
    reference = Dossier.objects.get(public_id=draft).reference
    assert reference in said
    assert "<svg" in body and 'role="img"' in body
    for words in ("Đã nộp hồ sơ", "Tiếp theo", "Bạn nhận kết quả", "Bạn được báo bằng cách nào?"):
        assert words in said


def test_the_done_page_of_a_draft_leads_back_to_it(browse, draft):
    assert browse("citizen").get(done(draft)).url == f"/ho-so/{draft}/khai/"


def test_sent_twice_it_is_one_submission_with_the_same_page(browse, draft):
    client = browse("citizen")
    form = {**hidden(client.get(check(draft))), "commitment": "yes"}
    first, second = client.post(check(draft), form), client.post(check(draft), form)
    assert first.url == second.url == done(draft)
    assert JournalLine.objects.filter(chain=f"dossier:{draft}", verb="dossier.submit").count() == 1


def test_sent_again_from_an_old_page_it_shows_what_was_filed(browse, draft):
    client = browse("citizen")
    old = {**hidden(client.get(check(draft))), "commitment": "yes"}
    send(client, check(draft), commitment="yes")
    again = client.post(check(draft), {**old, "act_id": "another"})
    assert again.url == f"/ho-so/{draft}/"


def test_two_windows_the_second_is_told_that_something_changed(browse, draft, city, at):
    client = browse("citizen")
    form = {**hidden(client.get(check(draft))), "commitment": "yes"}
    actions.save_answers(
        city.act("citizen", at), dossier=draft, answers={"child_full_name": "Lê An"}, section="child"
    )
    refused = client.post(check(draft), form)
    assert "thay đổi" in text(again(refused))
    assert state(draft) == "draft"


@pytest.mark.django_db(transaction=True)
def test_a_submission_costs_at_most_twenty_statements_and_one_commit(browse, draft):
    client = browse("citizen")
    form = {**hidden(client.get(check(draft))), "commitment": "yes"}
    with statements() as told:
        answer = client.post(check(draft), form)
    assert answer.url == done(draft), text(answer)
    assert told.commits == 1
    assert len(told.work) <= 20, "\n".join(told.work)


def test_a_script_in_a_name_is_text(browse, city, at):
    name = "<script>alert(1)</script>"
    draft = make.draft(city, at=at, birth_facility=name)
    client = browse("citizen")
    for page in (client.get(check(draft)), client.get(f"/ho-so/{draft}/khai/muc/birth_place/")):
        body = page.content.decode()
        assert name not in body
        assert re.search(r"&lt;script&gt;alert\(1\)&lt;/script&gt;", body)


def test_too_many_submissions_are_asked_to_wait(browse, city, at, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_submit_per_minute": 1})
    client = browse("citizen")
    answers = [send(client, check(make.draft(city, at=at)), commitment="yes") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 429]
    assert "Bạn thao tác quá nhanh" in text(answers[1])
