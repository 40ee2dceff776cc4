"""A second administrator, and drafts begun."""

from motcua.agencies import actions as agencies
from motcua.editing import actions
from motcua.editing.models import Draft
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from tests.dossiers.factories import AT

BIRTH = "birth-registration"
SECOND = "province_leader"


def appoint_second(city) -> str:
    """Make another officer of the province an administrator too; returns the name of the account."""
    act = new_act(system("tests"), at=AT, purpose="test")
    account, office = city.accounts[SECOND], city.office("qn-ubnd").public_id
    agencies.appoint(act, account=account.public_id, agency=office, role="administrator")
    return SECOND


def set_(place, value):
    """The change that puts a value at a place."""
    return [{"do": "set", "at": list(place), "value": value}]


def begun(city, slug=BIRTH) -> Draft:
    """A draft of the next version of a published procedure."""
    made = actions.start_from_catalogue(city.act("admin", AT), procedure=slug)
    return Draft.objects.get(public_id=made["draft"])


def saved(city, draft: Draft, place, value) -> Draft:
    """The draft with one more change."""
    act = city.act("admin", AT)
    actions.save(act, draft=draft.public_id, seen=draft.revision, changes=set_(place, value))
    draft.refresh_from_db()
    return draft
