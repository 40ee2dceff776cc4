"""A case filed by a citizen as far as the check: draft, answers, papers in their pictures, looked at, looked over."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

from motcua.dossiers import actions as dossiers
from motcua.files import actions as files
from motcua.foundation import worker
from motcua.precheck import actions, queries
from tests.precheck import made
from tests.precheck.cases import Case, Planted
from tests.support.city import City


def content_of(case: Case, key: str, number: int, *, written: float) -> tuple[bytes, str]:
    """(bytes, ending) of a paper: with the chance `written` a PDF of a program, else a scan or a photograph."""
    chance = random.Random(f"{case.procedure}/{key}/{number}")  # noqa: S311
    layout, letters = chance.choice(case.layouts), made.LETTERS[number % len(made.LETTERS)]
    pdf = made.pdf(case.sheets[key], layout, letters)
    if chance.random() < written:
        return pdf, "pdf"
    return chance.choice(made.GOOD)(pdf, number), "jpg"


def spoilt(case: Case, key: str, number: int, how: int) -> tuple[bytes, str]:
    chance = random.Random(f"{key}/{number}")  # noqa: S311
    pdf = made.pdf(case.sheets[key], chance.choice(case.layouts), made.LETTERS[number % len(made.LETTERS)])
    return made.SPOILT[how](pdf, number), "jpg"


def filed(
    city: City, one: Case | Planted, number: int, at: datetime, *, written: float = 0.4, by: str = "citizen"
) -> str:
    """The draft with its papers, each looked at; its public id."""
    case = one.case if isinstance(one, Planted) else one
    draft = dossiers.start_draft(city.act(by, at), procedure=case.procedure, agency=case.centre)["dossier"]
    dossiers.save_answers(city.act(by, at), dossier=draft, answers=case.answers)
    for key in case.sheets:
        if isinstance(one, Planted) and one.spoil is not None and key == one.paper:
            content, ending = spoilt(case, key, number, one.spoil)
        else:
            content, ending = content_of(case, key, number, written=written)
        kept = files.keep(city.act(by, at), files.from_bytes(content, f"{key}.{ending}"))
        dossiers.add_paper(city.act(by, at), dossier=draft, key=key, file=kept["file"])
    actions.ask(city.act(by, at), dossier=draft)
    worker.drain()
    return draft


def looked_over(city: City, draft: str, at: datetime, by: str = "citizen") -> Any:
    """What the check says of it."""
    actor = city.actor(by, at)
    return queries.look_over(actor, queries.of_filer(actor, draft), at)


def found(one: Planted, overlook: Any) -> bool:
    """Whether the planted fault was told: of its kind, about its paper."""
    kinds = {"unreadable": ("unreadable", "empty")}.get(one.kind, (one.kind,))
    return any(f.kind in kinds and (not one.paper or f.paper == one.paper) for f in overlook.findings)
