"""One example of every paper: on the command line, and for administrators before anything is published."""

import json
from pathlib import Path

import jsonschema_rs
import pytest

from motcua.config.cli import main
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.packs import documents_of, store
from motcua.papers import queries
from motcua.papers.typesetting import signature_places
from tests.papers import pdf

pytestmark = pytest.mark.django_db
TOP = Path(__file__).parents[2]
LETTERS = {
    "mau-01-receipt", "mau-02-supplement-request", "mau-03-refusal", "mau-04-apology", "mau-05-stop-notice",
    "mau-06-control-slip", "mau-07-register", "giay-handover-list",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.sqlite
def test_the_command_writes_one_of_each_in_our_letters_only(tmp_path, capsys):
    folder = tmp_path / "samples"
    assert main(["papers", "samples", str(folder), "--layer", "national", "--unsigned", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["faults"] == []
    names = {path.stem for path in folder.glob("*.pdf")}
    assert names > LETTERS and len(names - LETTERS) == 12
    shown = (TOP / "docs/papers.md").read_text("utf-8")
    assert all(f"(images/papers/{name}.png)" in shown for name in names), "docs/papers.md shows every paper"
    assert json.loads((folder / "record-1.schema.json").read_text("utf-8")) == queries.schema()
    for path in folder.glob("*.pdf"):
        assert pdf.fonts(path) == {"Tinos"}, path.name
        jsonschema_rs.validate(queries.schema(), pdf.attached(path, tmp_path))
    across = pdf.facts(folder / "mau-07-register.pdf")
    assert across["Page size"].startswith("841.89 x 595.276 pts (A4)") and across["Tagged"] == "yes"
    assert "GIẤY KHAI SINH" in pdf.text(folder / "ket-qua-birth-registration.pdf")


@pytest.mark.slow
@pytest.mark.sqlite
def test_examples_are_signed_and_hold_under_the_roots_beside_them(tmp_path, capsys):
    signed = {
        "ket-qua-birth-registration": ["signer-1", "signer-1-seal"],  # the head, then the agency's seal
        "mau-01-receipt": ["receptionist-2"],  # the place of the person who hands in stays empty
    }
    wanted = [f"--only={name}" for name in signed]
    assert main(["papers", "samples", str(tmp_path), "--layer", "national", *wanted]) == 0
    assert main(["papers", "samples", str(tmp_path), "--layer", "national", "--only=receipt"]) == 2
    assert "mau-01-receipt" in capsys.readouterr().err
    assert {path.stem for path in tmp_path.glob("*.pdf")} == set(signed)
    for name, fields in signed.items():
        checked = [str(tmp_path / f"{name}.pdf"), "--roots", str(tmp_path / "roots"), "--offline", "--json"]
        assert main(["verify", *checked]) == 0
        report = json.loads(capsys.readouterr().out)
        assert [each["field"] for each in report["signatures"]] == fields
        assert {each["level"] for each in report["signatures"]} == {"B-LT"}


@pytest.mark.kernel
def test_a_signature_stands_in_its_place_upright_and_across():
    documents: dict[str, dict] = {}
    for row in store.assemble(documents_of(["national"])):
        documents.setdefault(row["kind"], {})[row["key"]] = row["body"]
    for kind, key, size in (
        ("letters", "register", (842, 595)),
        ("results", "birth-registration", (595, 842)),
    ):
        shown = queries.sample(kind, key, documents)
        for place in signature_places(shown.record, shown.layout):
            left, low, right, high = place.box
            assert 0 < left < right < size[0] and 0 < low < high < size[1] and place.page == 0
            assert right - left > 150 and high - low > 60 and place.name


def test_an_administrator_sees_a_paper_in_force_and_as_drafted(browse, city, at):
    admin = browse("admin")
    listed = admin.get("/papers/").content.decode()
    assert "Giấy phép xây dựng" in listed and "/papers/letters/receipt/" in listed
    page = admin.get("/papers/results/house-building-permit/")
    assert page.status_code == 200 and "site_address" in page.content.decode()
    first = admin.get("/papers/results/house-building-permit/anh/1/")
    assert first["Content-Type"] == "image/png" and first.content.startswith(b"\x89PNG")
    assert admin.get("/papers/results/house-building-permit/anh/9/").status_code == 404
    assert admin.get("/papers/letters/receipt/pdf/").content.startswith(b"%PDF-1.7")
    assert admin.get("/papers/letters/nothing/").status_code == 404
    form = queries.documents_at(at)["letters"]["receipt"]
    draft(at, "letters", {**form, "title": {"vi": "Giấy tiếp nhận đã sửa", "en": "Changed"}})
    assert "Giấy tiếp nhận đã sửa" not in admin.get("/papers/letters/receipt/").content.decode()
    assert "Giấy tiếp nhận đã sửa" in admin.get("/papers/letters/receipt/?ban=nhap").content.decode()


def test_a_faulty_layout_is_told_in_words_and_harms_nothing_in_force(browse, city, at):
    body = queries.documents_at(at)["papers"]["one-stop"]
    draft(at, "papers", {**body, "layout": "#let x = (\n"})
    admin = browse("admin")
    told = admin.get("/papers/letters/receipt/?ban=nhap").content.decode()
    assert "Bố cục “one-stop” có lỗi" in told
    assert admin.get("/papers/letters/receipt/pdf/?ban=nhap").status_code == 422
    assert admin.get("/papers/letters/receipt/pdf/").status_code == 200


@pytest.mark.parametrize(
    "layout",
    [
        '#read("/etc/hostname")',
        '#read("../../secret")',
        '#import "@preview/cetz:0.3.0": *',
        '#image("record.json")',
    ],
)
def test_a_layout_reaches_nothing_but_its_record(browse, city, at, layout):
    body = queries.documents_at(at)["papers"]["one-stop"]
    draft(at, "papers", {**body, "layout": layout})
    assert browse("admin").get("/papers/letters/receipt/pdf/?ban=nhap").status_code == 422


def test_only_administrators_see_examples_and_everybody_the_schema(browse, city, at, client):
    assert browse("receptionist").get("/papers/").status_code == 403
    assert client.get("/papers/record-1.schema.json").json() == queries.schema()


def draft(at, kind, body):
    act = new_act(system("tests"), at=at, purpose="a draft")
    store.draft(act, kind=kind, key=body["id"], body=body)
