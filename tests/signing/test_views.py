"""The public page of verification, and the trial authority's addresses for machines."""

import pytest
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.signing import network, queries
from motcua.signing.rules import Question
from tests.portal.pages import text
from tests.signing.desk import AGENCY, AT, HANH, Desk, hours, small_pdf
from tests.support.moment import set_clock

pytestmark = pytest.mark.django_db
ADDRESS = "/kiem-tra-chu-ky/"
DER = serialization.Encoding.DER


@pytest.fixture
def house(desk, monkeypatch):
    """The installation at a fixed moment; its trial authority is the tests' own."""
    set_clock(monkeypatch, hours(1))
    monkeypatch.setattr(queries, "trial_authority", lambda tree, at: desk.authority)
    return desk


def sent(content, name="quyet-dinh.pdf"):
    return Client().post(ADDRESS, {"file": SimpleUploadedFile(name, content, "application/pdf")})


def test_the_page_tells_signer_agency_time_and_worth(house):
    said = text(sent(house.sign(small_pdf(), house.key(), level="B-LT")))
    for words in (
        "Chữ ký hợp lệ", HANH.name, AGENCY, "05-10-2026 10:00:00 +07:00", "Nội dung đúng như khi ký",
        "Không bị thu hồi tại thời điểm ký", "PAdES B-LT", "MÔ PHỎNG",
    ):  # fmt: skip
        assert words in said, words


def test_what_is_wrong_is_said_and_nothing_breaks(house):
    signed = house.sign(small_pdf(), house.key())
    assert "đừng dựa vào tệp này" in text(sent(signed.replace(b"BT ET", b"BT  T")))
    for content in (b"hello", b"%PDF-1.7", signed[:900]):
        answer = sent(content)
        assert answer.status_code == 200 and "Không hợp lệ" in text(answer)


def test_a_stranger_s_signature_is_not_known(house, tmp_path):
    other = Desk(tmp_path, "public")
    assert "Chưa xác định được" in text(sent(other.sign(small_pdf(), other.key())))


def test_no_file_and_a_large_file_are_refused_in_a_sentence(house, settings):
    assert Client().get(ADDRESS).status_code == 200
    empty = Client().post(ADDRESS, {})
    assert empty.status_code == 422 and "Chọn tệp PDF cần kiểm tra" in text(empty)
    most = settings.MOTCUA.upload_file_mb
    large = sent(b"%PDF-1.7" + bytes(most * 1024 * 1024))
    assert large.status_code in (413, 422) and f"{most} MB" in text(large)


def test_machines_get_lists_answers_and_stamps(house):
    client, where = Client(), "/signing/trial/government/"
    root = client.get(where + "root.crt").content
    assert x509.load_der_x509_certificate(root) == house.authority.root
    assert x509.load_der_x509_crl(client.get(where + "issuing.crl").content).is_signature_valid(
        house.authority.issuing.public_key()
    )
    key = house.key()
    question = Question(key.certificate, house.authority.issuing.public_bytes(DER))
    asked = network.ocsp_request(question)
    answer = client.post(where + "ocsp", asked, content_type="application/ocsp-request")
    assert answer["Content-Type"] == "application/ocsp-response"
    told = asn1_ocsp.OCSPResponse.load(answer.content).response_data["responses"][0]
    assert told["cert_status"].name == "good"

    wanted = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)},
        }
    ).dump()
    answer = client.post(where + "tsa", wanted, content_type="application/timestamp-query")
    assert answer["Content-Type"] == "application/timestamp-reply"
    stamped = tsp.TimeStampResp.load(answer.content)["time_stamp_token"]["content"]["encap_content_info"]
    assert stamped["content"].parsed["gen_time"].native == hours(1)


def test_outside_a_simulation_there_is_no_trial_authority(settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"simulation": False})
    assert Client().get("/signing/trial/government/root.crt").status_code == 404
    assert queries.trusted(at=AT)[0] == ()


def test_only_authorities_under_our_roots_are_asked_over_the_network(house, monkeypatch, tmp_path):
    """A certificate of a stranger names addresses of a stranger: nobody may send us there."""
    other, asked = Desk(tmp_path, "public"), []

    def ask(address, body, kind):
        asked.append(address)
        raise OSError("down")

    signed = other.sign(small_pdf(), other.key())
    queries.check(signed, at=hours(1), ask=ask)
    assert asked == []
    monkeypatch.setattr(queries, "trusted", lambda at: (other.roots, queries.Evidence()))
    report = queries.check(signed, at=hours(1), ask=ask)
    assert report.state == "unknown"
    assert asked and all(address.startswith("http://trial.invalid/") for address in asked)
