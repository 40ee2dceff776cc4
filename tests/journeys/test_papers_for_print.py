"""Papers as they leave the printer: pages, fonts inside, the mark of a simulation, signatures beside rows."""

import re
import shutil
import subprocess
from datetime import timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers import queries as dossiers
from tests.dossiers import factories as make
from tests.dossiers.factories import S, get
from tests.support.city import COMMITTEE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MARK = "MÔ PHỎNG · Giấy này không có giá trị pháp lý"
OURS = re.compile(r"^[A-Z]{6}\+(Tinos|BeVietnamPro)-")
A4, A4_ACROSS = (595, 842), (842, 595)


@pytest.fixture
def printed(tmp_path):
    """Print the page that a window shows: `printed(page)` gives (pages, size in points, text of each page).

    The fonts and the mark are looked at on the way.
    """
    if not all(shutil.which(name) for name in ("pdfinfo", "pdffonts", "pdftotext")):
        pytest.skip("no poppler-utils here: apt install poppler-utils")
    file = str(tmp_path / "paper.pdf")

    def tell(*command) -> str:
        return subprocess.run([*command], capture_output=True, text=True, check=True, timeout=60).stdout

    def printer(page):
        page.pdf(path=file, prefer_css_page_size=True, print_background=True)
        told = tell("pdfinfo", file)
        size = tuple(
            round(float(part)) for part in re.search(r"Page size: +([\d.]+) x ([\d.]+)", told).groups()
        )
        for line in tell("pdffonts", file).splitlines()[2:]:
            name, *_kind, embedded, _subset, _unicode, _object, _id = line.split()
            assert OURS.match(name) and embedded == "yes", line
        texts = tell("pdftotext", "-layout", file, "-").split("\f")[:-1]
        texts = [re.sub(r"\s+", " ", text) for text in texts]
        assert len(texts) == int(re.search(r"Pages: +(\d+)", told)[1])
        assert all(MARK in text for text in texts), "a page without the mark of a simulation"
        return len(texts), size, texts

    return printer


def _letter_of(dossier, kind):
    (letter,) = [each for each in dossiers.letters_of(get(dossier)) if each.kind == kind]
    return f"/counter/ho-so/{dossier}/in/{letter.public_id}/"


def _apology(town):
    dossier = make.in_process(town, procedure=make.BUSINESS)
    reason = "Cần xác minh thêm tại thực địa"
    actions.extend(town.act("processor", make.AT), dossier=dossier, until="2026-10-17", reason=reason)
    return dossier


def _stopped(town):
    dossier = make.in_process(town, procedure=make.BIRTH)
    actions.withdraw(town.act("citizen", make.AT), dossier=dossier, reason="Tôi nộp lại ở nơi khác")
    return dossier


LETTERS = {
    "receipt": lambda town: make.received(town, procedure=make.BIRTH),
    "supplement-request": make.asked,
    "refusal": lambda town: make.in_state(town, S.REFUSED),
    "apology": _apology,
    "stop-notice": _stopped,
    "denial": lambda town: make.ready(town, outcome="denied", note="Không đủ điều kiện."),
    "payment-request": lambda town: make.in_state(town, S.AWAITING_PAYMENT),
}


def test_every_letter_is_one_page(desk, town, live_server, printed):
    cases = {kind: begin(town) for kind, begin in LETTERS.items()}
    page = desk("receptionist")
    for kind, dossier in cases.items():
        page.goto(live_server.url + _letter_of(dossier, kind))
        pages, size, texts = printed(page)
        assert (pages, size) == (1, A4), kind
        text = texts[0]
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
        assert get(dossier).reference in text


def test_the_control_slip_of_a_plain_dossier_is_one_page(desk, town, live_server, printed):
    dossier = make.in_process(town)
    page = desk("receptionist")
    page.goto(f"{live_server.url}/counter/ho-so/{dossier}/in/phieu-kiem-soat/")
    pages, size, (text,) = printed(page)
    assert (pages, size) == (1, A4)
    assert text.index("Giao, nhận hồ sơ") < text.index("Bên giao") < text.index("NGƯỜI LẬP PHIẾU")


def test_the_register_of_a_day_holds_a_dozen_on_a_page_and_repeats_its_head(desk, town, live_server, printed):
    for place in range(16):
        make.received(town, at=make.AT + timedelta(minutes=place))
    page = desk("receptionist")
    page.goto(f"{live_server.url}/counter/so/theo-doi/?ngay=05/10/2026")
    pages, size, texts = printed(page)
    assert (pages, size) == (2, A4_ACROSS)
    assert all("Chủ hồ sơ" in text for text in texts)
    last = texts[-1]
    assert re.search(r"NGƯỜI LẬP SỔ", last) and re.search(r"H49\.", last), "signatures stand beside rows"


def test_a_handover_has_a_page_for_each_receiving_unit(desk, town, live_server, printed):
    from motcua.dossiers.models import Dossier

    make.in_process(town)
    far = make.in_process(town)
    Dossier.objects.filter(public_id=far).update(competent_agency_id=town.office("qn-ubnd").id)
    page = desk("receptionist")
    page.goto(f"{live_server.url}/counter/so/ban-giao/?ngay=05/10/2026")
    pages, size, texts = printed(page)
    assert (pages, size) == (2, A4_ACROSS)
    for text, unit in zip(texts, (COMMITTEE, "qn-ubnd"), strict=True):
        assert f"Bên nhận {town.office(unit).name_vi}" in text
        assert "Giao lúc 09:00 ngày 05/10/2026" in text and "BÊN NHẬN" in text
