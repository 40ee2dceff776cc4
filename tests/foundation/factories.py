"""Small things the foundation's tests need."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime

from motcua.foundation.actors import Actor
from motcua.foundation.acts import Act, action, new_act
from motcua.foundation.events import Event, publish
from motcua.foundation.journal import record

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@dataclass(frozen=True)
class ThingDone(Event):
    """An event of the tests."""

    thing: str


def an_act(*, key: str = "account:1", act_id: str | None = None, at: datetime = AT) -> Act:
    return new_act(
        Actor(key=key, kind="account"), at=at, purpose="test", act_id=act_id or f"act-{next(_numbers)}"
    )


@action("tests.do")
def do(act: Act, *, thing: str, fail: bool = False, secret: str = "") -> dict:
    line = record(
        act, "thing.done", f"thing:{thing}", facts={"n": 1}, personal={"name": secret} if secret else None
    )
    publish(act, ThingDone(thing=thing), line)
    if fail:
        raise RuntimeError("after everything was written")
    return {"thing": thing, "line": line.seq}
