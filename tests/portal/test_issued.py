"""Where the QR code of a paper leads: what was issued, whether the paper in hand is that, the proofs."""

import hashlib
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.config import paths
from motcua.files import queries as files
from motcua.foundation import worker
from motcua.papers import queries as papers
from motcua.sealing import actions, copies
from motcua.standing import actions as standing
from tests.dossiers import factories as make
from tests.portal.pages import text
from tests.portal.statements import statements
from tests.sealing.verifier import Desk

pytestmark = pytest.mark.django_db
ADDRESS = "/tra-cuu/giay/"
SCRIPT = paths.PACKAGE / "portal" / "static" / "portal" / "compare.js"


@pytest.fixture
def granted(city, at, tmp_path, monkeypatch):
    """A granted dossier whose receipt is a file and sealed."""
    monkeypatch.setattr(copies, "place", lambda: tmp_path / "roots.txt")
    dossier = make.get(make.ready(city))
    worker.drain()
    actions.all_sealed(at)
    return dossier


def sent(browser, dossier, content):
    given = {"file": SimpleUploadedFile("giay.pdf", content, "application/pdf")} if content else {}
    return browser.post(f"{ADDRESS}?ma={dossier.reference}", given)


def test_the_code_on_a_paper_leads_to_the_papers_without_a_name(browse, granted):
    stranger = browse()
    assert (
        f'href="{ADDRESS}?ma={granted.reference}"'
        in stranger.get("/tra-cuu/", {"ma": granted.reference}).content.decode()
    )
    [row] = [each for each in papers.files_issued(granted) if each.kind == "receipt"]
    with statements() as asked:
        page = text(stranger.get(ADDRESS, {"ma": granted.reference}))
    assert len(asked.work) <= 16, asked.sql
    for words in ("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", row.sha256, "Đã niêm phong: số 1", granted.code):
        assert words in page, words
    assert "Nguyễn Thị Lan" not in page
    for guess in (granted.code, "", "TC-0000-0000-0000"):
        assert stranger.get(ADDRESS, {"ma": guess}).status_code == 404


def test_the_file_in_hand_is_compared(browse, granted):
    [row] = [each for each in papers.files_issued(granted) if each.kind == "receipt"]
    content = papers.file_of(granted, row.about)
    whole = b"".join(files.file_response(content).streaming_content)
    assert "Đúng là tệp đã cấp" in text(sent(browse(), granted, whole))
    assert "Không phải tệp nào đã cấp" in text(sent(browse(), granted, whole + b" "))
    empty = sent(browse(), granted, b"")
    assert empty.status_code == 422 and "Chọn tệp bạn đang giữ" in text(empty)


def test_the_proof_travels_beside_the_paper(browse, granted, tmp_path):
    [row] = [each for each in papers.files_issued(granted) if each.kind == "receipt"]
    given = {"ma": granted.reference, "giay": row.public_id}
    answer = browse().get(f"{ADDRESS}bang-chung.json", given)
    proof = answer.json()
    assert proof["lines"][0]["line"]["facts"]["sha256"] == row.sha256
    assert "Nguyễn Thị Lan" not in json.dumps(proof, ensure_ascii=False)
    desk = Desk(tmp_path)
    (tmp_path / "paper.pdf").write_bytes(b"another")
    code, said = desk.run("proof", desk.put("bang-chung.json", proof))
    assert code == 0 and row.sha256 in said, said
    assert browse().get(f"{ADDRESS}bang-chung.json", {**given, "giay": "khac"}).status_code == 404


def test_a_withdrawn_result_is_said_to_be_so(browse, city, granted, at):
    stranger = browse()
    standing.withdraw_result(
        city.act("signer", at),
        dossier=granted.public_id,
        decision="21/QĐ",
        decided_on=at.date(),
        reason="mistake",
    )
    page = text(stranger.get(ADDRESS, {"ma": granted.reference}))
    assert "Kết quả không còn hiệu lực" in page and "21/QĐ" in page
    assert "Kết quả không còn hiệu lực" in text(browse("citizen").get(f"/ho-so/{granted.public_id}/"))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(databases=[])
def test_with_scripts_the_file_stays_in_the_browser(chromium, tmp_path):
    page = chromium.new_context(offline=True).new_page()
    page.goto(f"file://{tmp_path}")  # where the browser offers its cryptography
    digest = hashlib.sha256(b"%PDF").hexdigest()
    page.set_content(
        f'<section><h2>Giấy A</h2><code data-sha256="{digest}"></code></section><form data-compare data-same="Đúng" '
        'data-other="Khác"><input type="file"><p data-compare-here hidden></p><p data-compare-said></p><button>'
    )
    page.add_script_tag(content=SCRIPT.read_text("utf-8"))
    for content, said in ((b"%PDF", "Đúng: Giấy A"), (b"%PDF ", "Khác")):
        (tmp_path / "a.pdf").write_bytes(content)
        page.set_input_files("input", str(tmp_path / "a.pdf"))
        page.click("button")
        page.wait_for_function(
            "text => document.querySelector('[data-compare-said]').textContent === text", arg=said
        )
