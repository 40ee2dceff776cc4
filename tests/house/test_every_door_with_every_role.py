"""Everybody knocks at every door: nobody sees or moves what is not theirs.

Dossiers and a person with unmistakable names and numbers are planted; then every address of the site and every
operation of the API is asked by every role, with values that would open it. New addresses are walked by themselves;
one whose parameter the walk does not know fails until it is told (tests/support/doors.py).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver, path

from motcua.foundation import policy
from motcua.foundation.api import SCOPES
from motcua.foundation.doors import public
from tests.support import canaries, doors
from tests.support import city as small_city
from tests.support.city import PASSWORD, PEOPLE
from tests.support.kept import kept
from tests.support.moment import set_clock
from tests.support.officers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EVERYBODY = ("anonymous", *PEOPLE)
# Everything with every role is asked on SQLite. What PostgreSQL could do otherwise are the statements that choose the
# dossiers of an owner, of a desk and of a unit; who holds no dossier is refused before any of them, or asks for none.
WHO_SEE_DOSSIERS = ("citizen", "receptionist", "processor")
WALKERS = EVERYBODY if connection.vendor == "sqlite" else WHO_SEE_DOSSIERS
# What is open to everybody is the same for everybody: some ask for all.
AT_OPEN_DOORS = ("anonymous", "other_citizen", "other_receptionist", "admin")
HIDDEN = (301, 302, 400, 401, 403, 404, 405, 409, 422)
ROLES = {name: {role for role, _agency in held} for name, (_kind, _shown, held) in PEOPLE.items()}


@pytest.fixture
def walk(db, _nothing_remembered, monkeypatch, settings):
    """The planted city a few minutes later, with a browser and a token for everybody."""
    import motcua.config.urls  # noqa: F401  a module read later would not know the hour

    town, planted = kept("house: canaries", _planted)
    at = canaries.soon_after(canaries.make.AT)
    set_clock(monkeypatch, at)
    for name in ("tests.accounts.browser", "tests.accounts.factories", "tests.support.officers"):
        monkeypatch.setattr(f"{name}.now", lambda: at)
    unlimited = {name: 10**6 for name in type(settings.MOTCUA).model_fields if name.endswith("_per_minute")}
    settings.MOTCUA = settings.MOTCUA.model_copy(update=unlimited)
    return Walk(town, planted, monkeypatch)


def _planted():
    town = small_city.city()
    return town, canaries.plant(town)


class Walk:
    def __init__(self, city, planted, monkeypatch) -> None:
        self.city, self.planted, self.door = city, planted, 0
        monkeypatch.setattr("motcua.foundation.api.tokens._token_source", self._token)

    def _token(self, token: str):
        name, _bar, scopes = token.partition("|")
        account = self.city.accounts.get(name)
        return (account.pk, account.display_name, frozenset(scopes.split(","))) if account else None

    def person(self, name: str) -> doors.Walker:
        if name == "anonymous":
            return doors.Walker(name)
        if PEOPLE[name][0] == "officer":
            return doors.Walker(name, client_of(self.city.accounts[name]))
        client = Client()
        client.post("/account/sign-in/", {"login_name": name, "password": PASSWORD})
        return doors.Walker(name, client)

    def program(self, name: str, *scopes: str) -> doors.Walker:
        return doors.Walker(name, token=f"{name}|{','.join(scopes)}" if name != "anonymous" else "")

    def turns(self, who: str, places: Iterator[doors.Place]) -> Iterator[doors.Place]:
        """The places to ask at a door: of dossiers every fourth, beginning with another one at the next door; of the
        verbs of a dossier every fourth too.

        Everybody begins elsewhere, so that together they ask three times and more for every dossier, and for every
        verb, at every door; and everybody asks for every dossier at a quarter of the doors. All
        verbs are tried by all without pages in tests/dossiers/test_rights_walk.py.
        """
        self.door += 1
        turn, asked = self.door + EVERYBODY.index(who), list(places)
        names = list(dict.fromkeys(place.dossier for place in asked))
        for number, place in enumerate(asked):
            step, every = (number, 4) if "verb>" in place.route else (0, min(4, len(names)))
            if not place.dossier or (names.index(place.dossier) + step + turn) % every == 0:
                yield place

    def ways(self, who: str, door) -> tuple[tuple[str, dict | None], ...]:
        """How to ask at a door: reading and sending. A door that is shut is before both: everybody tries one of them,
        and who stands next to her the other."""
        both = (("GET", None), ("POST", doors.FORM))
        return both[(self.door + EVERYBODY.index(who)) % 2 :][:1] if shut(who, door) else both

    def some(self, who: str, bodies: list) -> list:
        """What to send: all of a few, every third of many (verbs), beginning elsewhere for everybody."""
        first = (self.door + EVERYBODY.index(who)) % 3
        return bodies[first::3] if len(bodies) > 9 else bodies

    def judge(self, who: str, place: doors.Place, method: str, answer) -> list[str]:
        """What is wrong with an answer, in sentences."""
        status, where, text, written = answer
        told = f"{method} {place.address} as {who}"
        wrong = [f"{told}: {status}"] if status >= 500 else []
        wrong += [
            f"{told} shows {name}"
            for name in sorted(self.planted.leaks(text))
            if not self._may_read(who, name, place)
        ]
        if place.dossier and who not in canaries.SEES[place.dossier] and status not in HIDDEN:
            wrong.append(f"{told}: {status} on a dossier of others")
        return wrong + [
            f"{told} wrote {verb} on {chain}"
            for chain, verb in written
            if not self._may_write(who, chain, verb)
        ]

    def _may_read(self, who: str, name: str, place: doors.Place) -> bool:
        if name == "held":
            return who == "citizen"
        if name != "person":
            return who in canaries.SEES[name]
        of_the_registry = place.route.startswith(canaries.REGISTRY_PAGES) and who in canaries.REGISTRY_DESKS
        return of_the_registry or any(who in canaries.SEES[c.name] for c in self.planted.dossiers)

    def _may_write(self, who: str, chain: str, verb: str) -> bool:
        whose = next((c.name for c in self.planted.dossiers if chain == f"dossier:{c.public_id}"), None)
        if whose is None:
            return True
        if verb in canaries.ANSWERS:
            return whose == "in_process" and who in canaries.ASKED
        return who in canaries.SEES[whose] and verb in canaries.MAY_WRITE.get(who, set())


def shut(who: str, door) -> bool:
    """Whether the door lets this person in nowhere: it looks at her and at no address, so one address shows it."""
    if who == "anonymous":
        return door.kind != "public"
    return door.kind == "officers" and not ROLES[who] & set(door.roles)


def through_the_door(who: str, door, answer) -> str:
    """What is wrong with how a door treated somebody; "" when nothing is."""
    status, where = answer[0], answer[1]
    if door.kind == "public":
        return ""
    if who == "anonymous":
        closed = status in (401, 403, 405) or (status == 302 and where.startswith("/account/sign-in/"))
        return "" if closed else f"{status} for a stranger"
    if shut(who, door):
        return "" if status in (403, 405) else f"{status} for somebody without the role"
    return ""


@pytest.mark.parametrize("who", WALKERS)
def test_every_page(walk, who):
    before, walker, wrong, asked = doors.standing(walk.planted), walk.person(who), [], 0
    for route, door in doors.pages(get_resolver().url_patterns):
        if door.kind == "public" and who not in AT_OPEN_DOORS:
            continue
        places = list(walk.turns(who, doors.places(route, walk.planted)))
        if shut(who, door):
            places = [next(doors.places(route, walk.planted))]
        for place in places:
            for method, body in walk.ways(who, door):
                answer = walker.ask(method, place.address, body)
                asked += 1
                wrong += walk.judge(who, place, method, answer)
                refused = through_the_door(who, door, answer)
                wrong += [f"{method} {place.address} as {who}: {refused}"] if refused else []
    assert wrong == []
    assert asked > 150
    assert doors.standing(walk.planted) == before


@pytest.mark.parametrize("who", WALKERS)
def test_every_operation(walk, who):
    from motcua.config.api import api

    before, wrong = doors.standing(walk.planted), []
    walker = walk.program(who, *SCOPES)
    for method, route, scope, _operation in doors.operations(api):
        for place in walk.turns(who, doors.places(route, walk.planted)):
            for body in walk.some(who, doors.bodies(method, route, walk.planted)):
                answer = walker.ask(method, place.address, body)
                wrong += walk.judge(who, place, method, answer)
                if scope and who == "anonymous" and answer[0] != 401:
                    wrong.append(f"{method} {place.address}: {answer[0]} without a token")
    assert wrong == []
    assert doors.standing(walk.planted) == before


@pytest.mark.sqlite  # refused before any row is asked
def test_a_token_opens_its_own_scope_only(walk):
    from motcua.config.api import api

    for who in ("citizen", "processor"):
        walkers = {scope: walk.program(who, scope) for scope in SCOPES}
        for method, route, needed, _operation in doors.operations(api):
            place = next(doors.places(route, walk.planted))
            for scope, walker in walkers.items():
                if needed and scope != needed:
                    body = next(iter(doors.bodies(method, route, walk.planted)))
                    assert walker.ask(method, place.address, body)[0] == 403, (method, place.address, scope)


def test_what_lists_read_is_what_the_rule_says(walk):
    assert list(policy.differences()) == []


def test_the_walk_sees_what_it_should(walk):
    """The owner does find her canary, so that finding none elsewhere means something."""
    ready = next(c for c in walk.planted.dossiers if c.name == "ready")
    for who, address in (
        ("citizen", f"/ho-so/{ready.public_id}/"),
        ("processor", f"/counter/ho-so/{ready.public_id}/"),
    ):
        status, _where, text, _written = walk.person(who).ask("GET", address)
        assert status == 200
        assert "ready" in walk.planted.leaks(text), address
    text = walk.program("processor", *SCOPES).ask("GET", f"/api/v1/dossiers/{ready.public_id}")[2]
    assert "ready" in walk.planted.leaks(text)
    moved = walk.program("citizen", *SCOPES).ask(
        "POST", f"/api/v1/dossiers/{walk.planted.dossiers[1].public_id}/moves", {"verb": "withdraw"}
    )
    assert (moved[0], moved[3][0][1]) == (200, "dossier.withdraw")


def test_a_planted_leak_and_an_unknown_parameter_are_found(walk):
    from django.http import HttpResponse

    ready = next(c for c in walk.planted.dossiers if c.name == "ready")
    place = doors.Place("tra-cuu/", "/tra-cuu/")
    answer = (
        200,
        "",
        f"<p>{ready.marks[0].upper()}</p>",
        [(f"dossier:{ready.public_id}", "dossier.approve")],
    )
    assert walk.judge("other_citizen", place, "GET", answer) == [
        "GET /tra-cuu/ as other_citizen shows ready",
        f"GET /tra-cuu/ as other_citizen wrote dossier.approve on dossier:{ready.public_id}",
    ]
    planted = [path("weather/<slug:cloud>/", public("a test")(lambda request, cloud: HttpResponse()))]
    (route, _door), *_more = doors.pages(planted)
    with pytest.raises(doors.NoValue, match="for cloud"):
        list(doors.places(route, walk.planted))
