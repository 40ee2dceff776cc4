"""Form 06, form 07 and the handover list as PDF: as things stand when they are asked for, and kept nowhere."""

import jsonschema_rs
import pytest

from motcua.dossiers.models import Dossier
from motcua.papers.models import IssuedPaper
from motcua.papers.record import schema
from tests.dossiers import factories as make
from tests.papers import pdf
from tests.support.city import COMMITTEE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
A4_ACROSS = "841.89 x 595.276 pts (A4)"
DAY = {"ngay": "05/10/2026"}


def read(answer, folder) -> tuple[dict, str, str]:
    """What is attached, the words and the size of a PDF that a page answers with, after it is found whole."""
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    path = folder / "paper.pdf"
    path.write_bytes(answer.content)
    record, facts = pdf.attached(path, folder), pdf.facts(path)
    jsonschema_rs.validate(schema(), record)
    assert pdf.fonts(path) == {"Tinos"} and facts["Tagged"] == "yes"
    return record, pdf.text(path), facts["Page size"]


def test_the_control_slip_has_a_row_for_each_hand(browse, city, at, tmp_path):
    dossier = make.ready(city)
    page = f"/counter/ho-so/{dossier}/in/phieu-kiem-soat/"
    officer = browse("processor")
    assert f'href="{page}pdf/"' in officer.get(page).content.decode()
    record, words, _size = read(officer.get(f"{page}pdf/"), tmp_path)
    assert (record["form_no"], record["dossier"]["code"]) == ("06", make.get(dossier).code)
    takers = [
        row[[c["name"] for c in record["table"]["columns"]].index("given_to")]
        for row in record["table"]["rows"]
    ]
    assert "Trần Hộ Tịch" in takers and "Trần Hộ Tịch" in words and "15/GKS" in words
    assert browse("other_receptionist").get(f"{page}pdf/").status_code == 404
    assert not IssuedPaper.objects.filter(kind="control-slip").exists()


def test_the_register_and_a_handover_for_each_unit(browse, city, at, tmp_path, monkeypatch):
    near, far = make.get(make.in_process(city)), make.get(make.in_process(city))
    Dossier.objects.filter(pk=far.pk).update(competent_agency_id=city.office("qn-ubnd").id)
    desk, other = browse("receptionist"), browse("other_receptionist")
    page = desk.get("/counter/so/theo-doi/", DAY).content.decode()
    assert 'action="/counter/so/theo-doi/pdf/"' in page and 'name="ngay" value="05/10/2026"' in page
    record, words, size = read(desk.get("/counter/so/theo-doi/pdf/", DAY), tmp_path)
    assert (record["form_no"], record["dossier"], size) == ("07", None, A4_ACROSS)
    assert len(record["table"]["rows"]) == 2 and near.code in words and far.code in words
    record, words, _size = read(other.get("/counter/so/theo-doi/pdf/", DAY), tmp_path)
    assert record["table"]["rows"] == [] and "Không có hồ sơ nào" in words

    picked = {"pick": [near.public_id, far.public_id]}
    page = desk.post("/counter/so/ban-giao/", picked).content.decode()
    assert f'name="pick" value="{far.public_id}"' in page and 'name="phieu" value="2"' in page
    taken = [read(desk.get("/counter/so/ban-giao/pdf/", {**DAY, "phieu": n}), tmp_path) for n in (1, 2)]
    taken.append(read(desk.post("/counter/so/ban-giao/pdf/", {**picked, "phieu": "2"}), tmp_path))
    for (record, words, size), dossier, unit in zip(
        taken, (near, far, far), (COMMITTEE, "qn-ubnd", "qn-ubnd"), strict=True
    ):
        assert size == A4_ACROSS and dossier.code in words and city.office(unit).name_vi in words
        assert len(record["table"]["rows"]) == 1
    for wrong in ("0", "3", "x", "²"):
        assert desk.get("/counter/so/ban-giao/pdf/", {**DAY, "phieu": wrong}).status_code == 404
    assert other.post("/counter/so/ban-giao/pdf/", picked).status_code == 422
    assert browse("citizen").get("/counter/so/theo-doi/pdf/", DAY).status_code == 403
    monkeypatch.setattr("motcua.papers.rules.ROWS_MAX", 1)
    refused = desk.get("/counter/so/theo-doi/pdf/", DAY)
    assert refused.status_code == 422 and "Sổ này có 2 dòng" in refused.content.decode()
