"""What a dossier has issued, as its QR code leads to it: which paper, by whom, when, does it hold. No name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.kernel.text import Bilingual
from motcua.papers import queries as papers
from motcua.portal import words
from motcua.sealing import queries as sealing
from motcua.standing import queries as standing


@dataclass(frozen=True)
class Issued:
    """One paper. `chain` is where the journal tells of its file; `seal` the seal that covers that, None before."""

    key: str
    name: Any
    number: str
    agency: str
    at: datetime
    sha256: str
    chain: str
    is_result: bool
    seal: tuple[int, datetime] | None = None


def issued_of(dossier: Any, language: str) -> list[Issued]:
    """The papers of a dossier that are files, the result first, then the newest letter. Five queries."""
    numbers = {each.public_id: each.number for each in dossiers.letters_of(dossier)}
    desk, office = dossier.received_by_id, dossier.competent_agency_id or dossier.received_by_id
    names = agencies.names({each for each in (desk, office) if each}, language)
    view = dossiers.view_of(dossier)
    found = []
    if standing.has_result(dossier) and dossier.result_file is not None:
        file = dossier.result_file
        result = view.result_name
        found.append(
            Issued(
                "ket-qua", result, dossier.result_number, names.get(office, ""), dossier.resolved_at, file.sha256,
                f"file:{file.public_id}", True,
            )
        )  # fmt: skip
    for each in papers.files_issued(dossier):
        is_result = each.about == dossiers.RESULT
        if is_result and not standing.has_result(dossier):
            continue
        name = view.result_name if is_result else Bilingual(str(words.say(words.LETTERS, each.kind)))
        number = dossier.result_number if is_result else numbers.get(each.about, "")
        by = names.get(office if is_result else desk, "")
        row = Issued(
            each.public_id,
            name,
            number,
            by,
            each.issued_at,
            each.sha256,
            f"paper:{each.public_id}",
            is_result,
        )
        found.append(row)
    seals = sealing.seals_of([each.chain for each in found])
    told = [Issued(**{**vars(each), "seal": seals.get(each.chain)}) for each in found]
    return sorted(told, key=lambda each: (each.is_result, each.at), reverse=True)
