"""What is told is told once; that it was read has its line."""

from __future__ import annotations

import pytest

from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.notices import actions, queries
from tests.dossiers.factories import AT

pytestmark = pytest.mark.django_db


def told(city, *holders: str, seq: int = 1) -> None:
    actions.tell(holders, kind="dossier.receive", subject="dossier:X", seq=seq, at=AT, params={})


def lines() -> list[JournalLine]:
    return list(JournalLine.objects.filter(verb="account.notices_read").order_by("pk"))


def test_reading_what_is_new_has_a_line_in_the_chain_of_the_account(city):
    account = city.accounts["citizen"]
    told(city, f"account:{account.pk}")
    told(city, f"account:{account.pk}", seq=2)
    assert actions.mark_read(city.act("citizen", AT)) == {"read": 2, "replayed": False}
    (line,) = lines()
    assert (line.chain, line.facts["read"]) == (f"account:{account.public_id}", 2)
    newest = queries.notices_for([f"account:{account.pk}"])[0]
    assert (line.facts["newest"], newest.read_at) == (newest.public_id, AT)
    assert verify().good


def test_where_nothing_is_new_there_is_nothing_to_write(city):
    told(city, f"account:{city.accounts['other_citizen'].pk}", "party:77")
    assert actions.mark_read(city.act("citizen", AT))["read"] == 0
    assert lines() == []
    assert queries.unread_count(["party:77"]) == 1


def test_a_second_click_is_the_first_ones_answer(city):
    told(city, f"account:{city.accounts['citizen'].pk}")
    act = city.act("citizen", AT, act_id="read-once")
    first = actions.mark_read(act)
    told(city, f"account:{city.accounts['citizen'].pk}", seq=2)
    assert actions.mark_read(act) == {**first, "replayed": True}
    assert len(lines()) == 1
