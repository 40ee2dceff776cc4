"""Beginning a draft from what is there already: a published procedure, a listed one, the files of a pack."""

from __future__ import annotations

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import LISTED
from motcua.editing.actions.write import allowed, start_draft
from motcua.editing.document import blank
from motcua.editing.errors import DocumentUnreadable
from motcua.editing.inheriting import document_of
from motcua.editing.standing import Standing
from motcua.editing.yamls import Unreadable, document_from
from motcua.foundation.acts import Act
from motcua.foundation.errors import NotFound
from motcua.foundation.packs import store
from motcua.kernel.text import slug


def start_blank(act: Act, *, name: str) -> dict:
    """Begin a procedure of which only the name is known. Raises as `start_draft`."""
    return start_draft(act, document=blank(name), origin="blank")


def start_from_catalogue(act: Act, *, procedure: str) -> dict:
    """Begin a new version of a published procedure, or the content of one that is only listed.

    Raises ProcedureNotFound, and as `start_draft`.
    """
    allowed(act.actor)
    known = catalogue.by_slug(procedure)
    if known.coverage == LISTED:
        document = blank(known.name_vi, _listed_key(known.short_name_vi, known.code or known.slug))
        document |= {
            "code": known.code,
            "short_name_vi": known.short_name_vi,
            "field_vi": known.sector.name_vi if known.sector else "",
            "responsible_agency_type": known.executed_by[:300],
        }
        return start_draft(act, document=document, origin="listed")
    version = store.current("procedures", known.slug, act.at)
    if version is None:
        raise NotFound()
    document = document_of(version.body, Standing(act.at).beside)
    return start_draft(act, document=document, origin="published", base=version.pk)


def _listed_key(name: str, code: str) -> str:
    """An id from the name of a listed procedure, with its code where another procedure bears the name; the row of the
    catalogue is found by the code."""
    key = slug(name)[:60].strip("-")
    return f"{key}-{slug(code)}"[:80].strip("-") if not key or store.history("procedures", key) else key


def start_from_files(act: Act, *, files: list[tuple[str, bytes]], language: str = "vi") -> dict:
    """Begin a draft with the YAML files of a pack, or the archive that the editor writes. Raises DocumentUnreadable,
    and as `start_draft`; a procedure that is published is followed by the draft as a new version."""
    allowed(act.actor)
    try:
        document = document_from(files)
    except Unreadable as problem:
        raise DocumentUnreadable(why=problem.en if language == "en" else problem.vi) from None
    known = store.current("procedures", str(document.get("id")), act.at)
    return start_draft(act, document=document, origin="yaml", base=known.pk if known else None)
