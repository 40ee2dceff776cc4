"""A petition from the sender to the published answer, and what it does to the figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from motcua.agencies import queries as agencies
from motcua.foundation.actors import ANONYMOUS
from motcua.foundation.acts import new_act
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.reporting import actions, measuring, petitions, queries
from motcua.reporting.errors import (
    AlreadyRated,
    NotAgreed,
    PetitionIncomplete,
    PetitionMoved,
    PetitionNotFound,
)
from motcua.reporting.models import Petition
from motcua.reporting.rules.index766 import Share
from tests.dossiers import factories as make
from tests.support.city import CENTRE, COMMITTEE, OTHER_CENTRE

pytestmark = pytest.mark.django_db
AT = make.AT
SAID = {
    "agency": CENTRE,
    "name": "Bùi Thị Phản Ánh",
    "phone": "0987654321",
    "text": "Tôi là Bùi Thị Phản Ánh, 0987654321. Giấy chứng sinh phải nộp hai lần là thừa.",
    "procedure": make.BIRTH,
}
ANSWER = "Cảm ơn bạn. Từ nay giấy chứng sinh chỉ nộp một lần, cán bộ đã được nhắc."


def send(at=AT, **more) -> Petition:
    act = new_act(ANONYMOUS, at=at, purpose="petition")
    return Petition.objects.get(reference=actions.send(act, **{**SAID, **more})["reference"])


def do(city, verb, row, at=AT, who="clerk", **more):
    return getattr(actions, verb)(city.act(who, at), petition=row.public_id, **more)


def test_from_the_sender_to_the_published_answer(city):
    row = send()
    assert row.due_on == date(2026, 10, 12)
    do(city, "accept", row)
    do(city, "answer", row, at=AT + timedelta(days=2), answer=ANSWER)
    assert queries.followed(row.reference.lower()).answer == ANSWER
    assert list(queries.published()) == []
    with pytest.raises(NotAgreed):
        do(city, "publish", row, text=SAID["text"], answer=ANSWER, agreed=False)
    do(city, "publish", row, text=SAID["text"], answer=ANSWER, agreed=True)
    (public,) = queries.published()
    assert "Phản Ánh" not in public.public_text and "0987654321" not in public.public_text
    assert "hai lần là thừa" in public.public_text
    act = new_act(ANONYMOUS, at=AT, purpose="petition")
    actions.rate(act, reference=row.reference, satisfied=True)
    with pytest.raises(AlreadyRated):
        actions.rate(new_act(ANONYMOUS, at=AT, purpose="petition"), reference=row.reference, satisfied=False)
    assert not verify().findings


def test_the_sender_is_told_by_a_text_where_her_answer_is_and_nothing_of_it(city):
    from django.urls import reverse

    from motcua.notices.models import Message

    row = send()
    do(city, "accept", row)
    assert not Message.objects.exists()
    do(city, "answer", row, answer=ANSWER)
    other = send(phone="0900000000")
    do(city, "decline", other, why="complaint", answer=ANSWER)
    told = Message.objects.order_by("pk")
    assert [message.to for message in told] == [SAID["phone"], "0900000000"]
    assert f"{reverse('portal:petition_followed')}?ma={row.reference}" in told[0].text
    assert "hai lan" not in told[0].text and "mot lan" not in told[0].text and "Phan Anh," not in told[0].text


def test_name_telephone_and_text_are_sealed_and_in_no_journal(city):
    from django.db import connection

    row = send()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, text FROM reporting_petition")
        stored = " ".join(cursor.fetchone())
    assert "Phản Ánh" not in stored and "0987654321" not in stored
    lines = JournalLine.objects.filter(chain=row.subject)
    assert lines.count() == 1
    assert "Phản" not in str([line.facts for line in lines])


def test_what_is_missing_is_told_at_once(city):
    act = new_act(ANONYMOUS, at=AT, purpose="petition")
    with pytest.raises(PetitionIncomplete) as refused:
        actions.send(act, agency="nowhere", name="", phone="12", text="ngắn", procedure="nothing")
    fields = {problem["field"] for problem in refused.value.problems}
    assert fields == {"agency", "name", "phone", "text", "procedure"}
    assert not Petition.objects.exists()


def test_who_handles_it(city):
    row = send()
    for who in (
        "citizen",
        "receptionist",
        "processor",
        "signer",
        "admin",
        "helper",
        "other_leader",
        "other_processor",
    ):
        with pytest.raises(PetitionNotFound):
            do(city, "accept", row, who=who)
        assert not queries.petitions_visible_to(city.actor(who, AT)).exists()
    for who in ("clerk", "leader", "head", "province_leader"):
        assert queries.petitions_visible_to(city.actor(who, AT)).count() == 1, who


def test_it_ends_once(city):
    row = send()
    do(
        city,
        "decline",
        row,
        why="complaint",
        answer="Đây là khiếu nại; mời bạn gửi đơn đến ban tiếp công dân.",
    )
    for verb, more in (("accept", {}), ("answer", {"answer": ANSWER}), ("pass_on", {"agency": OTHER_CENTRE})):
        with pytest.raises(PetitionMoved):
            do(city, verb, row, **more)
    with pytest.raises(PetitionMoved):
        do(city, "publish", row, text="x", answer="y", agreed=True)
    other = send()
    with pytest.raises(PetitionIncomplete):
        do(city, "decline", other, why="weather", answer=ANSWER)
    with pytest.raises(PetitionIncomplete):
        do(city, "answer", other, answer="ngắn")


def test_passed_on_it_keeps_its_date_and_leaves_the_first_agency(city):
    row = send()
    do(city, "pass_on", row, agency=OTHER_CENTRE)
    assert Petition.objects.get().due_on == row.due_on
    assert not queries.petitions_visible_to(city.actor("clerk", AT)).exists()
    assert queries.petitions_visible_to(city.actor("other_leader", AT)).exists()


def test_a_dossier_it_names_is_tied_only_where_the_officer_sees_it(city):
    dossier = make.get(make.in_process(city))
    row = send(dossier_code=dossier.code)
    do(city, "accept", row, who="leader")
    assert Petition.objects.get().dossier_id == dossier.pk
    elsewhere = send(agency=OTHER_CENTRE, dossier_code=dossier.code)
    do(city, "accept", elsewhere, who="other_leader")
    assert Petition.objects.get(pk=elsewhere.pk).dossier_id is None


def test_petitions_count_in_the_index(city):
    dossier = make.get(make.in_process(city))
    office = agencies.by_code(COMMITTEE)
    period, _doubts = queries.period_of("2026-10", "calendar")

    def found():
        return measuring.measure(office, period, AT + timedelta(hours=1))

    nothing = found()
    assert nothing.shares["petitions-on-time"] == Share(0, 0)
    assert nothing.counts["content"] == 1
    scores = {p.component.key: p.score for g in nothing.groups for p in g.parts}
    assert scores["petitions-on-time"] == scores["petitions-satisfied"] == 6
    in_time, late = send(dossier_code=dossier.code), send()
    declined = send()
    do(city, "accept", in_time, who="leader")
    do(city, "answer", in_time, at=AT + timedelta(days=1), answer=ANSWER)
    do(city, "answer", late, at=AT + timedelta(days=20), answer=ANSWER)
    do(city, "decline", declined, why="abuse", answer=ANSWER)
    measured = found()
    assert measured.shares["petitions-on-time"] == Share(1, 2)
    assert measured.shares["petitions-satisfied"] == Share(0, 0, 2)
    scores = {p.component.key: p.score for g in measured.groups for p in g.parts}
    assert (scores["petitions-on-time"], scores["petitions-satisfied"]) == (3, 0)
    assert (measured.counts["content"], measured.counts["blamed"]) == (0, 1)
    rating = measuring.rating_2018(office, period, AT + timedelta(hours=1))
    assert rating[8] == (2, (2, 2))


def test_public_figures_are_counted_and_read_in_one_statement(city, django_assert_num_queries):
    make.ready(city, procedure=make.publish_ours())
    send()
    assert actions.count_public(AT + timedelta(hours=2)) == 2
    with django_assert_num_queries(1):
        found, counted_at = queries.figures("2026-10")
    by_code = {figure.office.code: figure for figure in found}
    assert counted_at == AT + timedelta(hours=2)
    assert by_code[COMMITTEE].counts["received"] == 1
    assert by_code[COMMITTEE].on_time_share is None
    assert by_code[CENTRE].counts["petitions"]["received"] == 1
    assert actions.count_public(AT + timedelta(hours=3)) == 2


def test_the_lists_are_light_and_paged(city, django_assert_num_queries):
    for number in range(3):
        send(at=AT + timedelta(days=number))
    clerk = city.actor("clerk", AT)
    with django_assert_num_queries(1):
        first = petitions.waiting(clerk, limit=2)
    rest = petitions.waiting(clerk, limit=2, after=(first[-1].due_on, first[-1].pk))
    assert len({row.pk for row in (*first, *rest)}) == 3
    assert "name" in first[0].get_deferred_fields()
