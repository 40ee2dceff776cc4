"""Papers for print: every letter of a dossier, the control slip, the register of a day, the handover list."""

import pytest

from motcua.dossiers import queries as dossiers
from tests.counter.pages import get, words
from tests.dossiers import factories as make

pytestmark = pytest.mark.django_db


def test_the_receipt_says_what_the_law_wants(desk, city):
    dossier = make.received(city)
    receipt = dossiers.letters_of(get(dossier))[0]
    told = words(desk().get(f"/counter/ho-so/{dossier}/in/{receipt.public_id}/"))
    for fact in (
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        get(dossier).code,
        "Nguyễn Thị Lan",
        "MÔ PHỎNG",
        "Mẫu số 01",
    ):
        assert fact in told, fact


def test_the_control_slip_has_a_row_for_each_hand(desk, city):
    dossier = make.ready(city)
    told = words(desk("processor").get(f"/counter/ho-so/{dossier}/in/phieu-kiem-soat/"))
    assert "Phiếu kiểm soát" in told and "Trần Hộ Tịch" in told and "15/GKS" in told


def test_the_register_of_a_day(desk, city):
    first, second = make.received(city), make.returned(city)
    told = words(desk().get("/counter/so/theo-doi/", {"ngay": "05/10/2026"}))
    assert get(first).code in told and get(second).code in told and "Sổ theo dõi hồ sơ" in told
    assert "Không có hồ sơ nào" in words(desk().get("/counter/so/theo-doi/", {"ngay": "04/10/2026"}))
    assert desk().get("/counter/so/theo-doi/", {"ngay": "rubbish", "agency": "x"}).status_code == 200


def test_the_handover_list_of_what_was_picked(desk, city):
    first, second = make.in_process(city), make.in_process(city)
    told = words(desk().post("/counter/so/ban-giao/", {"pick": [f"{first}:3", second, "nonsense"]}))
    assert get(first).code in told and get(second).code in told and "Phiếu bàn giao" in told
    assert desk().post("/counter/so/ban-giao/", {}).status_code == 422
    assert get(first).code in words(desk().get("/counter/so/ban-giao/", {"ngay": "05/10/2026"}))


def test_foreign_letters_and_books_stay_closed(desk, city):
    dossier = make.received(city)
    receipt = dossiers.letters_of(get(dossier))[0]
    other = make.received(city)
    assert desk().get(f"/counter/ho-so/{other}/in/{receipt.public_id}/").status_code == 404
    assert (
        desk("other_receptionist").get(f"/counter/ho-so/{dossier}/in/{receipt.public_id}/").status_code == 404
    )
    assert get(dossier).code not in words(
        desk("other_receptionist").get("/counter/so/theo-doi/", {"ngay": "05/10/2026"})
    )
    answer = desk("other_receptionist").post("/counter/so/ban-giao/", {"pick": [dossier]})
    assert answer.status_code == 422 and get(dossier).code not in words(answer)
    assert desk("processor").get("/counter/so/").status_code == 403
