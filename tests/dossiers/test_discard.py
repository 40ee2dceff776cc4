"""A draft that is thrown away is gone: answers, papers, files, rights; its chain says that it was."""

from __future__ import annotations

import pytest

from motcua.dossiers import actions, errors, queries
from motcua.dossiers.models import Assistance, Dossier, DossierGrant, Paper
from motcua.files import queries as files
from motcua.files.errors import FileNotFound
from motcua.files.models import StoredFile
from motcua.foundation import policy
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine, JournalPersonal
from tests.support.city import CENTRE

from . import factories as make
from .factories import AT, BIRTH, S, get

pytestmark = pytest.mark.django_db


def with_paper(city) -> tuple[str, str]:
    """A draft with a paper; their public ids."""
    dossier, file = make.draft(city), make.a_file(city, name="them.pdf")
    actions.add_paper(city.act("citizen", AT), dossier=dossier, key="other", file=file)
    return dossier, file


def test_nothing_of_it_is_kept_but_that_it_was(city):
    dossier, file = with_paper(city)
    done = actions.discard(city.act("citizen", AT), dossier=dossier)
    assert (done["dossier"], done["state"]) == (dossier, "discarded")
    assert not Dossier.objects.exists() and not Paper.objects.exists() and not DossierGrant.objects.exists()
    with pytest.raises(FileNotFound):
        files.stored(file)
    line = JournalLine.objects.filter(chain=f"dossier:{dossier}").latest("seq")
    assert (line.verb, line.facts["before"]) == ("dossier.discard", "draft")
    assert verify().good
    assert list(policy.differences()) == []


def test_a_file_that_lies_in_another_dossier_stays(city):
    dossier, file = with_paper(city)
    other = make.draft(city)
    actions.add_paper(city.act("citizen", AT), dossier=other, key="other", file=file)
    actions.discard(city.act("citizen", AT), dossier=dossier)
    assert files.stored(file).public_id == file
    actions.discard(city.act("citizen", AT), dossier=other)
    assert not StoredFile.objects.filter(public_id=file).exists()


def test_twice_is_once(city):
    dossier = make.draft(city)
    act = city.act("citizen", AT, act_id="discard-once")
    first = actions.discard(act, dossier=dossier)
    assert actions.discard(act, dossier=dossier) == {**first, "replayed": True}
    with pytest.raises(errors.DossierNotFound):
        actions.discard(city.act("citizen", AT), dossier=dossier)


@pytest.mark.parametrize("state", [state for state in S if state is not S.DRAFT])
def test_what_was_handed_in_is_withdrawn_never_thrown_away(city, state):
    dossier = make.in_state(city, state)
    with pytest.raises(errors.MoveNotAllowed):
        actions.discard(city.act("citizen", AT), dossier=dossier)
    assert get(dossier).business_state == state


def test_it_is_for_whoever_drafts_it(city):
    dossier = make.draft(city)
    for who in ("other_citizen", "receptionist", "leader", "admin"):
        with pytest.raises(errors.DossierNotFound):
            actions.discard(city.act(who, AT), dossier=dossier)
    with pytest.raises(errors.ChangedMeanwhile):
        actions.discard(city.act("citizen", AT), dossier=dossier, revision=99)
    assert "discard" in queries.allowed_verbs(city.actor("citizen", AT), get(dossier))


def test_a_helper_gives_up_what_she_began_and_names_nobody_in_the_journal(city):
    made = actions.start_helping(
        city.act("helper", AT), procedure=BIRTH, person_name="Cò Trắng Đồng Xa", agency=CENTRE
    )
    slip = make.a_file(city, "helper")
    actions.hand_in_slip(city.act("helper", AT), dossier=made["dossier"], file=slip)
    assert JournalPersonal.objects.filter(name="person").exists()
    actions.discard(city.act("helper", AT), dossier=made["dossier"])
    assert not Assistance.objects.exists() and not StoredFile.objects.filter(public_id=slip).exists()
    assert not JournalPersonal.objects.filter(line__chain=f"dossier:{made['dossier']}").exists()
    report = verify()
    assert report.good and report.erased_values == 1
