"""The applicant takes the proof along that what was done on her dossier stands in the sealed journal."""

from __future__ import annotations

import json

import pytest

from motcua.dossiers.models import Letter
from motcua.foundation.models import AccessEntry
from motcua.portal.views.proof import below
from motcua.sealing import actions, copies
from tests.dossiers import factories as make
from tests.portal.pages import text
from tests.sealing.verifier import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def _receipt(dossier):
    letter = Letter.objects.select_related("dossier").get(dossier__public_id=dossier, kind="receipt")
    return letter.dossier, letter


def test_the_applicant_takes_the_proof_of_her_dossier_along(browse, city, at, tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "place", lambda: tmp_path / "roots.txt")
    dossier = make.drafted(city)
    address = f"/ho-so/{dossier}/bang-chung/"
    hers = browse("citizen")
    assert "Tải bằng chứng niêm phong" in text(hers.get(f"/ho-so/{dossier}/"))
    waiting = hers.get(address).json()
    assert below(*_receipt(dossier)) is None
    assert {entry["seal"] for entry in waiting["lines"]} == {None}

    actions.all_sealed(at)
    assert browse("other_citizen").get(address).status_code == 404
    assert browse("processor").get(address).status_code == 404
    assert browse().get(address).status_code == 302
    answer = hers.get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="bang-chung.json"'
    proof = answer.json()
    shown = {entry["line"]["verb"] for entry in proof["lines"] if "line" in entry}
    assert {"dossier.submit", "dossier.receive"} <= shown and "draft_result" not in json.dumps(proof)
    assert AccessEntry.objects.filter(page__contains="proof").count() == 2, "each time is told to “who saw”"

    whole, letter = _receipt(dossier)
    printed = below(whole, letter)
    paper = hers.get(f"/ho-so/{dossier}/phieu/{letter.public_id}/")
    assert printed["key"] in text(paper) and paper.content.decode().count('class="qr"') == 2
    desk = Desk(tmp_path)
    code, said = desk.run("proof", desk.put("scanned.txt", printed["text"]), trust=printed["key"])
    assert code == 0 and "dossier.receive" in said and letter.number in said, said
    code, said = desk.run("proof", desk.put("bang-chung.json", proof))
    assert code == 0 and "(không kèm nội dung)" in said, said
    code, said = desk.run("proof", desk.put("waiting.json", {**waiting, "keys": proof["keys"]}))
    assert (code, "no line is sealed yet" in said) == (1, True)
