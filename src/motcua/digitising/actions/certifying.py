"""A scan signed as a certified copy by the officer who compared it with the paper (NĐ 107/2021: the officer signs the
copy; NĐ 30/2020, art. 25 and Annex I: form of copy, agency and time at the top right of the first page)."""

from __future__ import annotations

from typing import Any

from motcua.digitising import certificates, rules
from motcua.digitising.actions.base import done, locked
from motcua.digitising.errors import AlreadyCertified, NotCertifiable, ScanNotTaken
from motcua.digitising.models import Scan
from motcua.dossiers import actions as dossiers
from motcua.files import actions as files
from motcua.files import queries as stored
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record


def certify(act: Act, *, scan: str, key: Any, agency: str) -> dict:
    """Sign the PDF of a scan that lies in the dossier with an opened `key`, in the name of `agency`; the signed file
    takes its place. Answers {…, sha256}.

    The signature is made outside any transaction. Raises ScanNotFound, ScanNotTaken, NotCertifiable, AlreadyCertified,
    and what `signing.actions.sign_file` refuses.
    """
    row = Scan.objects.select_related("made", "dossier").filter(public_id=scan).first()
    _demand(row)
    assert row is not None and row.made is not None  # noqa: S101  as demanded
    content = b"".join(stored.content(row.made))
    signed = certificates.signed(content, key, form=row.form, agency=agency, at=act.at)
    prepared = files.prepare(files.from_bytes(signed, row.made.name), accept=["pdf"])
    return keep_certified(act, scan=scan, content=prepared)


def _demand(row: Scan | None) -> None:
    if row is None or row.state != rules.State.TAKEN or row.made is None:
        raise ScanNotTaken()
    if row.certified_id is not None:
        raise AlreadyCertified()
    if row.form not in rules.COPY_FORMS:
        raise NotCertifiable()


@action("digitising.certify")
def keep_certified(act: Act, *, scan: str, content: dict) -> dict:
    """Lay the signed file where the unsigned one lay. `content` never comes from a caller outside."""
    row = locked(act, scan, (rules.State.TAKEN,))
    _demand(row)
    kept = files.keep_stored.inside(act, content=content)  # type: ignore[attr-defined]
    dossiers.put_scan(
        act,
        dossier=row.dossier.public_id,
        file=kept["id"],
        sha256=kept["sha256"],
        paper=row.paper_id,
        instead_of=row.made_id,
    )
    row.certified_id = kept["id"]
    row.save(update_fields=["certified"])
    record(act, "scan.certified", row.subject, facts={"sha256": kept["sha256"]})
    return done(row, sha256=kept["sha256"])
