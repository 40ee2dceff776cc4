"""In the background: what a dossier's move issued is made into a file."""

from __future__ import annotations

from motcua.dossiers import queries as dossiers
from motcua.dossiers.events import DossierMoved
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.events import Delivered, handles
from motcua.foundation.time import now
from motcua.foundation.work import enqueue, task
from motcua.papers import actions, queries, rules
from motcua.papers.errors import LayoutFaulty


@handles(DossierMoved, name="papers.dossier_moved", only=lambda event: event.verb in rules.ISSUING)
def dossier_moved(event: DossierMoved, delivery: Delivered) -> None:
    """A move that issues something: its papers are made next; those of long ago when somebody asks for them."""
    if rules.at_once(delivery.at, now()):
        enqueue("papers.make_missing", key=f"{event.dossier}/{delivery.seq}", dossier=event.dossier)


@task("papers.make_missing")
def make_missing(*, dossier: str) -> None:
    """Make every paper of a dossier that is issued and not yet a file. One that cannot be made does not keep the
    others waiting: it is a task of its own, tried again and seen among those that failed."""
    row = dossiers.whole(dossier)
    for about in queries.missing(row) if row is not None else ():
        try:
            _make(dossier, about)
        except LayoutFaulty:
            enqueue("papers.make_one", key=f"{dossier}/{about}", dossier=dossier, about=about)


@task("papers.make_one")
def make_one(*, dossier: str, about: str) -> None:
    """Make one paper of a dossier, if it is still missing. Raises LayoutFaulty."""
    row = dossiers.whole(dossier)
    if row is not None and about in queries.missing(row):
        _make(dossier, about)


def _make(dossier: str, about: str) -> None:
    act = new_act(
        system("worker"),
        at=now(),
        purpose="papers",
        act_id=f"paper/{dossier}/{about}",
        channel="task",
    )
    actions.make(act, dossier=dossier, about=about)
