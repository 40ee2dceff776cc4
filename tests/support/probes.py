"""The requests that people make all day, ready to be measured on archives of any size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.foundation.api import SCOPES, register_token_source
from motcua.operations import actions as operations
from tests.accounts.browser import sign_in
from tests.support.city import PASSWORD, City
from tests.support.officers import client_of
from tests.support.scale import Archive


@dataclass(frozen=True)
class Probe:
    """One request and how many statements it may ask the database, everything but BEGIN, COMMIT and SAVEPOINT."""

    name: str
    ask: Callable[[], object]
    statements_most: int


class Site:
    """The city with a browser or a program for those who ask."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.browsers: dict[str, Client] = {}
        register_token_source(self._token)

    def _token(self, token: str):
        account = self.city.accounts.get(token)
        return (account.pk, account.display_name, frozenset(SCOPES)) if account else None

    def _browser(self, who: str) -> Client:
        if who not in self.browsers:
            if who == "citizen":
                self.browsers[who] = Client()
                sign_in(self.browsers[who], self.city.accounts[who], PASSWORD)
            else:
                self.browsers[who] = client_of(self.city.accounts[who])
        return self.browsers[who]

    def page(self, who: str, address: str, **form: str) -> Callable[[], str]:
        browser = self._browser(who)

        def ask() -> str:
            answer = browser.post(address, form) if form else browser.get(address)
            found = answer.status_code == 200 or (
                answer.status_code == 302 and "/ho-so/" in answer.headers["Location"]
            )
            assert found, (address, answer.status_code)  # the one dossier of a code is opened at once
            return answer.content.decode()

        return ask

    def call(self, who: str, address: str) -> Callable[[], dict]:
        client = Client(headers={"Authorization": f"Bearer {who}"})

        def ask() -> dict:
            answer = client.get(f"/api/v1{address}")
            assert answer.status_code == 200, (address, answer.content)
            return answer.json()

        return ask


def probes(archive: Archive) -> list[Probe]:
    """The requests, with dossiers of this archive in their addresses."""
    site = Site(archive.city)
    open_one = Dossier.objects.get(pk=archive.in_process.dossier.pk)
    own = Dossier.objects.filter(filer=archive.city.accounts["citizen"]).order_by("-pk")[0]
    return [
        Probe("worklist of the unit", site.page("processor", "/counter/?tab=unit"), 8),
        Probe("worklist of one's own", site.page("processor", "/counter/"), 8),
        Probe(
            "dossier page at the desk", site.page("processor", f"/counter/ho-so/{open_one.public_id}/"), 12
        ),
        Probe("dossier page of the citizen", site.page("citizen", f"/ho-so/{own.public_id}/"), 12),
        Probe("my dossiers", site.page("citizen", "/ho-so/"), 12),
        Probe("search by code", site.page("processor", "/counter/tim/", q=open_one.code), 12),
        Probe("tracking by reference", site.page("citizen", f"/tra-cuu/?ma={own.reference}"), 12),
        Probe("API: list of an office", site.call("processor", "/dossiers?limit=50"), 12),
        Probe("API: list of a citizen", site.call("citizen", "/dossiers?limit=50"), 12),
        Probe("API: worklist", site.call("processor", "/dossiers/worklist?desk=process&limit=50"), 12),
        Probe("API: one dossier", site.call("processor", f"/dossiers/{open_one.public_id}"), 12),
        Probe("figures of the leader", site.page("leader", "/operations/"), 12),
        Probe("figures by procedure", site.page("leader", "/operations/by/procedure/?p=month"), 12),
        Probe("the late list", site.page("leader", "/operations/rows/late/?p=month"), 12),
        Probe("the overdue list", site.page("leader", "/operations/rows/overdue/"), 12),
        Probe("received this month", site.page("province_leader", "/operations/rows/received/?p=month"), 12),
    ]


def count_figures(archive: Archive) -> None:
    """Bring the daily figures up to the copies, which no handler heard of."""
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act

    operations.rebuild(new_act(system("tests"), at=archive.at, purpose="copied"))
