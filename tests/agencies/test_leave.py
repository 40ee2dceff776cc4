"""Who is away lets a colleague act for her, from one day to another; what is done then says for whom."""

from datetime import date, timedelta

import pytest

from motcua.agencies import actions as agencies
from motcua.agencies import errors, queries
from motcua.agencies.models import Position
from motcua.dossiers import actions as dossiers
from motcua.foundation.errors import Forbidden
from motcua.foundation.models import JournalLine
from tests.counter.pages import words
from tests.dossiers import factories as make
from tests.support.officers import client_of

pytestmark = pytest.mark.django_db
AT = make.AT
TODAY = date(2026, 10, 5)


def held(city, name, role) -> str:
    return Position.objects.get(account=city.accounts[name], role=role).public_id


def delegated(city, *, to="processor", from_on=TODAY, to_on=TODAY + timedelta(days=4), at=AT, **more):
    given = {"position": held(city, "signer", "signer"), "to": city.accounts[to].public_id}
    return agencies.delegate(city.act("signer", at), **{**given, "from_on": from_on, "to_on": to_on, **more})


def test_a_colleague_signs_while_the_signer_is_away_and_the_journal_says_for_whom(city):
    dossier = make.drafted(city)
    with pytest.raises(Forbidden):
        dossiers.approve(city.act("processor", AT), dossier=dossier, number="1")
    delegated(city, reason="Nghỉ phép")
    dossiers.approve(city.act("processor", AT), dossier=dossier, number="1")
    line = JournalLine.objects.filter(chain=f"dossier:{dossier}", verb="dossier.approve").get()
    assert city.accounts["signer"].public_id in str(line.facts)
    own = make.drafted(city)
    dossiers.approve(city.act("signer", AT), dossier=own, number="2")
    line = JournalLine.objects.filter(chain=f"dossier:{own}", verb="dossier.approve").get()
    assert city.accounts["signer"].public_id not in str(line.facts)


def test_it_holds_on_the_days_chosen_and_on_no_other(city):
    delegated(city, from_on=date(2026, 10, 6), to_on=date(2026, 10, 7))
    may = [city.actor("processor", AT + timedelta(days=n)).has_role("signer") for n in range(4)]
    assert may == [False, True, True, False]
    assert city.actor("signer", AT + timedelta(days=1)).has_role("signer")


def test_she_takes_it_back_at_once_and_it_ends_with_her_own_position(city):
    made = delegated(city)["position"]
    with pytest.raises(errors.NoSuchPosition):
        agencies.end_delegation(city.act("processor", AT), position=made)
    agencies.end_delegation(city.act("signer", AT), position=made)
    assert not city.actor("processor", AT).has_role("signer")
    delegated(city, at=AT + timedelta(minutes=1))
    later = AT + timedelta(hours=2)
    agencies.end_position(city.act("admin", later), position=held_by_herself(city))
    assert not city.actor("processor", later).has_role("signer")


def held_by_herself(city) -> str:
    return Position.objects.get(account=city.accounts["signer"], role="signer", acting_for=None).public_id


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"to": "signer"}, errors.OwnPosition),
        ({"to": "other_processor"}, errors.NotAColleague),
        ({"to": "citizen"}, errors.NotAColleague),
        ({"to_on": None}, errors.DelegationTooLong),
        ({"to_on": TODAY + timedelta(days=92)}, errors.DelegationTooLong),
        (
            {"from_on": TODAY - timedelta(days=9), "to_on": TODAY - timedelta(days=8)},
            errors.DatesInWrongOrder,
        ),
    ],
)
def test_what_is_refused_changes_nothing(city, more, refusal):
    before = Position.objects.count()
    with pytest.raises(refusal):
        delegated(city, **more)
    assert Position.objects.count() == before


def test_nobody_hands_on_what_is_not_hers(city):
    given = {"to": city.accounts["head"].public_id, "from_on": TODAY, "to_on": TODAY}
    with pytest.raises(errors.NoSuchPosition):
        agencies.delegate(city.act("processor", AT), position=held(city, "signer", "signer"), **given)
    with pytest.raises(errors.NotDelegable):
        agencies.delegate(city.act("admin", AT), position=held(city, "admin", "administrator"), **given)
    delegated(city)
    lent = Position.objects.get(account=city.accounts["processor"], role="signer").public_id
    with pytest.raises(errors.NotDelegable):
        agencies.delegate(city.act("processor", AT), position=lent, **given)
    with pytest.raises(errors.AlreadyHolds):
        delegated(city)


def test_a_lent_position_makes_nobody_a_colleague(city):
    delegated(city)
    assert queries.works_at(city.accounts["processor"].pk, city.office("qn-bai-chay").id, AT)
    names = [name for _id, name in queries.colleagues([city.office("qn-bai-chay").id], AT, but=0)]
    assert len(names) == len(set(names))


def test_the_page_lets_and_ends_and_tells_what_is_wrong(city, monkeypatch):
    from motcua.agencies import leave, views
    from motcua.foundation import forms

    client = client_of(city.accounts["signer"])
    for module in (leave, views, forms):
        monkeypatch.setattr(module, "now", lambda: AT)
    page = client.get("/agencies/leave/")
    assert "Trần Hộ Tịch" in words(page) and "Mai Nơi Khác" not in words(page)
    form = {
        "position": held(city, "signer", "signer"), "to": city.accounts["processor"].public_id,
        "from_on": "05/10/2026", "to_on": "32/10/2026", "act_id": "leave-act-1",
    }  # fmt: skip
    told = words(client.post("/agencies/leave/", form, follow=True))
    assert "Ngày chưa đúng. Ví dụ: 21/11/2026." in told
    told = words(
        client.post("/agencies/leave/", {**form, "to_on": "09/10/2026", "act_id": "leave-act-2"}, follow=True)
    )
    assert "Đã ủy quyền." in told
    made = Position.objects.get(acting_for=city.accounts["signer"]).public_id
    told = words(client.post(f"/agencies/leave/{made}/end/", {"act_id": "leave-act-3"}, follow=True))
    assert "Đã kết thúc ủy quyền." in told
    assert client_of(city.accounts["head"]).post(f"/agencies/leave/{made}/end/").status_code == 404
