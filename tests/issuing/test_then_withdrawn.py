"""A result signed and sealed, as whoever is shown it learns what it is worth, before and after it is withdrawn."""

import pytest
from django.test import Client

from motcua.files import queries as files
from motcua.foundation import worker
from motcua.issuing import actions
from motcua.sealing import actions as sealing
from motcua.sealing import copies
from motcua.signing.rules import attached_record
from motcua.standing import actions as standing
from motcua.standing import errors, queries
from tests.dossiers import factories as make
from tests.issuing.conftest import AT, PIN
from tests.portal.pages import text
from tests.support.moment import set_clock

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_the_clerk_withdraws_what_she_sealed(city, keys, waiting, monkeypatch, tmp_path):
    monkeypatch.setattr(copies, "place", lambda: tmp_path / "roots.txt")
    set_clock(monkeypatch, AT)
    told = {"decision": "21/QĐ-UBND", "decided_on": AT.date(), "reason": "unlawful"}
    actions.sign_result(city.act("signer", AT), dossier=waiting, key=keys["signer"], secret=PIN)
    with pytest.raises(errors.NoResult):  # it is not sealed yet: nothing was issued
        standing.withdraw_result(city.act("signer", AT), dossier=waiting, **told)
    actions.seal_result(city.act("clerk", AT), dossier=waiting, key=keys["seal"], secret=PIN)
    worker.drain()
    sealing.all_sealed(AT)
    row = make.get(waiting)
    page = text(Client().get("/tra-cuu/giay/", {"ma": row.reference}))
    for words in (row.result_file.sha256, "01/GCN-UBND", "Kết quả đang có hiệu lực", "Đã niêm phong"):
        assert words in page, words

    standing.withdraw_result(city.act("clerk", AT), dossier=waiting, **told)
    content = b"".join(files.content(row.result_file))
    found = queries.ruling_about(row.result_file.sha256, None)
    assert found.ended and found.sha256[0] == row.result_file.sha256
    # a copy that lost its last revision is another file; the record that it carries still names the dossier
    assert queries.ruling_about("00" * 32, attached_record(content)) == found
    assert "Kết quả không còn hiệu lực" in text(Client().get("/tra-cuu/giay/", {"ma": row.reference}))
