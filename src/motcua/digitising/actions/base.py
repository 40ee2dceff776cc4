"""What the acts on scans share: find and lock, ask the policy, demand a state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from motcua.digitising import rules, words
from motcua.digitising.errors import MayNotDigitise, ScanBusy, ScanNotFound
from motcua.digitising.models import Scan, ScanPage
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound, OwnDossier
from motcua.files import actions as files
from motcua.foundation.acts import Act
from motcua.foundation.errors import Forbidden


def dossier_of(act: Act, public_id: str) -> Any:
    """The dossier, under lock, for somebody who may scan for it. Raises DossierNotFound, OwnDossier, MayNotDigitise."""
    row = dossiers.visible_to(act.actor).filter(public_id=public_id).first()
    if row is None:
        raise DossierNotFound()
    if not dossiers.may_digitise(act.actor, row):
        raise OwnDossier() if dossiers.is_own(act.actor, row) else MayNotDigitise()
    dossiers.under_lock(row.pk)
    return row


def locked(act: Act, public_id: str, among: Iterable[rules.State]) -> Scan:
    """The scan under lock, in one of these states, with its dossier. Raises ScanNotFound, ScanBusy and as above."""
    known = Scan.objects.select_related("dossier").filter(public_id=public_id).first()
    if known is None:
        raise ScanNotFound()
    dossier_of(act, known.dossier.public_id)
    row = Scan.objects.select_for_update().get(pk=known.pk)
    if row.state == rules.State.DROPPED:
        raise ScanNotFound()
    if row.state not in among:
        raise ScanBusy(state=words.state_word(row.state))
    return row


def in_making(act: Act, public_id: str, run: int) -> Scan | None:
    """For the worker: the scan under lock while this run is still wanted, else None. Raises Forbidden to others."""
    if act.actor.kind != "system":
        raise Forbidden()
    rows = Scan.objects.select_for_update().filter(public_id=public_id, run=run, state=rules.State.MAKING)
    return rows.first()


def let_go(act: Act, scan: Scan) -> None:
    """Forget the uploads, pictures and words a scan was made from; its PDF stays."""
    pages = ScanPage.objects.filter(scan=scan)
    ids = {each for pair in pages.values_list("file", "picture") for each in pair if each is not None}
    pages.update(file=None, picture=None, words="")
    files.drop_unused(act, ids)


def done(scan: Scan, **more: Any) -> dict:
    """What every act answers."""
    return {"scan": scan.public_id, "dossier": scan.dossier.public_id, "state": str(scan.state), **more}
