"""The cast: officers with their positions, citizens with accounts; made by the real actions before the month begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from motcua.accounts import actions as accounts
from motcua.accounts import queries as account_queries
from motcua.agencies import actions as agency_actions
from motcua.agencies import queries as agencies
from motcua.foundation.actors import Actor, actor_for_account, system
from motcua.foundation.acts import Act, new_act
from motcua.issuing import actions as issuing
from motcua.kernel.text import fold
from motcua.people import actions as registry
from motcua.simulation import people

PASSWORD = "Mot-Cua-Thu-Nghiem-2026"  # noqa: S105  printed by the demo; every account of a simulation shares it
PIN = "246810"  # of the signing keys that the demo shows
COMMITTEE = "Ủy ban nhân dân"
# role -> (word of the sign-in name, Vietnamese name of the role, how many at one office)
AT_CENTRE = {"receptionist": ("tiepnhan", "Tiếp nhận", 2), "clerk": ("vanthu", "Văn thư", 1)}
AT_OFFICE = {
    "processor": ("xuly", "Xử lý hồ sơ", 3),
    "head": ("truongphong", "Trưởng bộ phận", 1),
    "signer": ("lanhdaoky", "Lãnh đạo ký", 1),
    "leader": ("lanhdao", "Lãnh đạo theo dõi", 1),
}


@dataclass
class Cast:
    """Who can act: accounts by (role, agency id) and citizens by number; actors are made once."""

    by_role: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    logins: dict[int, dict[str, str]] = field(default_factory=dict)
    actors: dict[int, Actor] = field(default_factory=dict)
    to_show: list[int] = field(default_factory=list)

    def actor(self, account_id: int, at: datetime) -> Actor:
        """The actor of an account; positions do not change during the month, so it is asked for once."""
        if account_id not in self.actors:
            self.actors[account_id] = actor_for_account(
                account_id, at=at, label=self.logins.get(account_id, {}).get("name", "")
            )
        return self.actors[account_id]

    def shown(self) -> list[dict[str, str]]:
        """The accounts that a newcomer may use, one for every role, with the password they share."""
        return [{**self.logins[account_id], "password": PASSWORD} for account_id in self.to_show]

    def someone(self, rng: Random, role: str, agency_id: int) -> int:
        """One of those who hold `role` there. Raises LookupError when the cast has nobody."""
        found = self.by_role.get((role, agency_id))
        if not found:
            raise LookupError(f"nobody is {role} at {agency_id}")
        return rng.choice(found)


def act_of(cast: Cast, account_id: int, at: datetime, act_id: str, purpose: str, channel: str = "web") -> Act:
    return new_act(cast.actor(account_id, at), at=at, purpose=purpose, act_id=act_id, channel=channel)


def _system(at: datetime, act_id: str) -> Act:
    return new_act(system("simulation"), at=at, purpose="MÔ PHỎNG", act_id=act_id)


def hire(rng: Random, at: datetime, *, centres: Iterable[int], offices: Iterable[int], top: int) -> Cast:
    """Accounts and positions at one-stops, competent offices and the top (leader, administrator), before the month."""
    cast = Cast()
    encoded = accounts.encoded_password(PASSWORD, _system(at, "sim/password"))
    for office_id in sorted(set(centres)):
        for role, (word, title, count) in AT_CENTRE.items():
            for number in range(count):
                _hire_one(cast, rng, at, encoded, office_id, role, word, title, number)
        _hire_one(cast, rng, at, encoded, office_id, "helper", "totso", "Tổ công nghệ số cộng đồng", 0)
    for office_id in sorted(set(offices)):
        for role, (word, title, count) in AT_OFFICE.items():
            for number in range(count):
                _hire_one(cast, rng, at, encoded, office_id, role, word, title, number)
    _hire_one(cast, rng, at, encoded, top, "leader", "lanhdao", "Lãnh đạo tỉnh", 0)
    _hire_one(cast, rng, at, encoded, top, "administrator", "quantri", "Quản trị hệ thống", 0)
    _hire_one(cast, Random(top + 1), at, encoded, top, "operator", "tongdai", "Tổng đài viên 1022", 0)  # noqa: S311
    # Who drafts a procedure does not publish it. Her name takes nothing from the luck of the month.
    _hire_one(cast, Random(top), at, encoded, top, "administrator", "quantri", "Quản trị hệ thống thứ hai", 1)  # noqa: S311
    return cast


def _hire_one(
    cast: Cast,
    rng: Random,
    at: datetime,
    encoded: str,
    office_id: int,
    role: str,
    word: str,
    title: str,
    number: int,
) -> None:
    office = agencies.office(office_id)
    place = fold(office.code).replace("qn-", "").replace("-centre", "").replace("-", "")
    suffix = "" if number == 0 else str(number + 1)
    login = f"{word}{suffix}.{place}"
    name = people.name(rng, rng.choice(("male", "female")))
    key = f"sim/hire/{login}"
    made = accounts.create_account(
        _system(at, key), login_name=login, display_name=name, kind="officer", password=encoded
    )
    agency_actions.appoint(
        _system(at, f"{key}/position"), account=made["account"], agency=office.public_id, role=role
    )
    cast.by_role.setdefault((role, office_id), []).append(made["account_id"])
    cast.logins[made["account_id"]] = {
        "login_name": login,
        "name": name,
        "role": role,
        "role_vi": title,
        "agency": office.code,
        "agency_vi": office.name_vi,
        "account": made["account"],
    }


def equip(cast: Cast, signer: int, office_id: int, at: datetime) -> None:
    """Let an office sign electronically: a decision and a trial key for its signer, a clerk with its seal; both keys
    open by `PIN`. Nothing of the month's luck is used, and nobody of the month signs by key."""
    office = agencies.office(office_id)
    _hire_one(cast, Random(office_id), at, _encoded(at), office_id, "clerk", "dongdau", "Văn thư đóng dấu", 0)  # noqa: S311
    clerk = cast.by_role["clerk", office_id][-1]
    body = COMMITTEE if office.name_vi.startswith(COMMITTEE) else ""
    key = f"sim/sign/{office.code}"
    issuing.grant_authority(
        _system(at, key),
        agency=office.public_id,
        account=signer,
        capacity="tm" if body else "head",
        body=body,
        own_title="Chủ tịch" if body else "Giám đốc",
    )
    for account, seal in ((signer, ""), (clerk, office.public_id)):
        actor = actor_for_account(account, at=at, label=cast.logins[account]["name"])
        act = new_act(actor, at=at, purpose="MÔ PHỎNG", act_id=f"{key}/{'seal' if seal else 'own'}")
        issuing.trial_key(act, secret=PIN, agency=seal)
        cast.logins[account]["pin"] = PIN
    enrol(cast, clerk, at)
    cast.to_show.append(clerk)


def _encoded(at: datetime) -> str:
    return accounts.encoded_password(PASSWORD, _system(at, "sim/password"))


def enlist(cast: Cast, at: datetime, encoded: str, person: people.Person) -> int:
    """An account for a citizen who files online; she says who she is, which proves nothing."""
    key = f"sim/citizen/{person.login}"
    made = accounts.create_account(
        _system(at, key),
        login_name=person.login,
        display_name=person.full_name,
        kind="citizen",
        password=encoded,
    )
    cast.logins[made["account_id"]] = {
        "login_name": person.login,
        "name": person.full_name,
        "role": "citizen",
        "role_vi": "Người dân",
        "account": made["account"],
    }
    return made["account_id"]


def prove(cast: Cast, account_id: int, at: datetime, person: people.Person) -> None:
    """A citizen was at the counter with her card: her account speaks for her from then on, and opens her store."""
    known = {name: value for name, value in person.facts.items() if name != "address"}
    found = registry.find_or_create(_system(at, "sim/known"), facts=known, source="card")
    account = cast.logins[account_id]["account"]
    registry.link_account(_system(at, "sim/known/link"), account=account, party=found["party"])


def enrol(cast: Cast, account_id: int, at: datetime) -> None:
    """Give an officer an authenticator; a simulation shows its codes, so that a newcomer can sign in at once."""
    account = cast.logins[account_id]["account"]
    if account_queries.account(account).totp_confirmed_at is not None:
        return  # done before the simulation was started again
    accounts.begin_totp(_system(at, f"sim/totp/{account_id}"), account=account)
    code = account_queries.simulated_code(account, at)
    accounts.confirm_totp(
        _system(at, f"sim/totp/{account_id}/confirm"), account=account, code=code, recovery_hashes=[]
    )
