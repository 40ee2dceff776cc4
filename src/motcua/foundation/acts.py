"""Acts: every change is one function, one transaction, one act id.

    @action("dossiers.receive")
    def receive(act: Act, *, dossier: str) -> dict: ...

The decorator opens the transaction, answers a repeated act id with the first result, refuses the same id with
another body, and stores the result, all in the transaction of the change.
"""

from __future__ import annotations

import functools
import random
import secrets
import time as machine_time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, OperationalError, transaction

from motcua.foundation.actors import Actor
from motcua.foundation.canonical import digest
from motcua.foundation.crypto import blind, blinds
from motcua.foundation.errors import ActMismatch, Busy, Refusal
from motcua.foundation.models import ActRecord

ATTEMPTS = 4  # a deadlock or a lost race is tried again this often before the person is told


@dataclass(frozen=True)
class Made:
    """A value of an act that is no part of what was asked, and is made anew at each sending: a signature has its own
    time stamp each time. Two sendings that differ in it alone are the same act."""

    value: Any


@dataclass(frozen=True)
class Act:
    """Who does it, when by the law (aware), under which id, for which purpose, through which channel."""

    actor: Actor
    at: datetime
    act_id: str
    purpose: str
    channel: str = "web"

    def part(self, name: str) -> Act:
        """The act of one item of a batch: its id follows from the batch's, so that the batch repeats safely."""
        return replace(self, act_id=f"{self.act_id}/{name}"[:100])


def new_act(
    actor: Actor, *, at: datetime, purpose: str, act_id: str | None = None, channel: str = "web"
) -> Act:
    """An act at the aware legal time `at`; without `act_id` (a form's hidden field, an idempotency key) a new one.

    Raises ValueError for a naive time.
    """
    if at.tzinfo is None:
        raise ValueError("an act needs an aware time")
    return Act(actor, at, (act_id or secrets.token_urlsafe(18))[:100], purpose, channel)


def _earlier(act: Act, verb: str, body: str) -> dict | None:
    # plain values and no order: this runs with every act, and building a row object costs more than reading it
    rows = ActRecord.objects.filter(caller=act.actor.key, act_id=act.act_id).values_list(
        "verb", "body_hash", "result"
    )
    for known_verb, known_hash, result in rows[:1]:
        if known_verb != verb or known_hash not in blinds("act", body):
            raise ActMismatch()
        return {**result, "replayed": True}
    return None


def _said(verb: str, kwargs: dict) -> str:
    return digest([verb, {name: value for name, value in kwargs.items() if not isinstance(value, Made)}])


def answered(act: Act, performed: Callable[..., dict], **kwargs: Any) -> dict | None:
    """The answer that this very act was given before, None where it is new; for what costs much to make in vain.

    Raises ActMismatch.
    """
    verb = performed.verb  # type: ignore[attr-defined]
    return _earlier(act, verb, _said(verb, kwargs))


def _perform(body: Callable[..., dict], act: Act, verb: str, kwargs: dict) -> dict:
    said = _said(verb, kwargs)
    with transaction.atomic():
        done = _earlier(act, verb, said)
        if done is not None:
            return done
        result = body(act, **kwargs) or {}
        # Keyed: a body may be little more than a phone number, which a plain hash would tell to whoever tries them all.
        ActRecord.objects.create(
            caller=act.actor.key,
            act_id=act.act_id,
            verb=verb,
            body_hash=blind("act", said),
            result=result,
            at=act.at,
        )
    return {**result, "replayed": False}


def action(verb: str) -> Callable[[Callable[..., dict]], Callable[..., dict]]:
    """Make a function an action named `verb`. Its keyword arguments must have a canonical form.

    The undecorated function stays reachable as `.inside`, for an action composed of others within one transaction.
    Raises ActMismatch (same id, other body), Busy (the database stayed locked), and whatever the body refuses.
    """

    def decorate(body: Callable[..., dict]) -> Callable[..., dict]:
        @functools.wraps(body)
        def perform(act: Act, **kwargs: Any) -> dict:
            for attempt in range(ATTEMPTS):
                try:
                    return _perform(body, act, verb, kwargs)
                except Refusal:
                    # A double click on PostgreSQL: this one waited for the lock of the first and then found the
                    # thing done. The first one's answer is the answer.
                    if (done := _earlier(act, verb, _said(verb, kwargs))) is not None:
                        return done
                    raise
                except (OperationalError, IntegrityError) as problem:
                    # A race lost (unique key, deadlock, lock wait): the transaction is gone whole, so try again.
                    # Inside an outer transaction nothing can be retried here.
                    if transaction.get_connection().in_atomic_block:
                        raise
                    if attempt == ATTEMPTS - 1:
                        if isinstance(problem, OperationalError):
                            raise Busy() from problem
                        raise
                    machine_time.sleep(random.uniform(0.01, 0.05) * (attempt + 1))  # noqa: S311
            raise AssertionError("unreachable")

        perform.verb = verb  # type: ignore[attr-defined]
        perform.inside = body  # type: ignore[attr-defined]
        return perform

    return decorate
