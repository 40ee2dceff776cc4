"""The pages: hers, those on her phone, the desk's, the figures and their rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.certificates import actions, counts
from motcua.certificates.models import Booth, Certificate, Order, Request
from motcua.foundation.models import AccessEntry
from motcua.foundation.time import local_date
from motcua.notices.models import Message
from motcua.privacy import export
from tests.certificates import factories as own
from tests.support.city import COMMITTEE, OTHER_CENTRE
from tests.support.officers import client_of

pytestmark = pytest.mark.django_db
AT = own.AT


def act_on(client, row, verb, **given):
    return client.post(reverse("certificates:act", args=[row.public_id, verb]), given)


def test_her_pages_from_asking_to_revoking(city, twin, at, settings):
    row = own.asked(city)
    own.checked(city, row)
    hers = client_of(city.accounts["citizen"])
    page = hers.get(reverse("certificates:one", args=[row.public_id])).content.decode()
    assert "Gửi yêu cầu cấp chứng thư" in page and "multipart/form-data" in page
    answer = act_on(hers, row, "key", content=own.private_pem())
    shown = hers.get(answer["Location"]).content.decode()
    assert "khóa bí mật" in shown and "BEGIN PRIVATE KEY" not in shown
    act_on(hers, row, "key", content=own.request())
    from motcua.foundation import worker

    worker.drain()
    made = Certificate.objects.get()
    page = hers.get(reverse("certificates:mine")).content.decode()
    assert "Còn hiệu lực" in page and made.serial[:12] in page
    pem = hers.get(reverse("certificates:download", args=[row.public_id, made.public_id]))
    assert pem.content.decode() == made.content and "attachment" in pem["Content-Disposition"]
    taken = export.held(city.actor("citizen", at), at)[0]["signatures"]
    assert taken[0]["certificates"][0]["pem"] == made.content
    act_on(hers, row, "revoke", certificate=made.public_id, reason="key_compromise")
    worker.drain()
    assert "Đã thu hồi" in hers.get(reverse("certificates:mine")).content.decode()
    assert act_on(hers, row, "nothing").status_code == 404
    stranger = client_of(city.accounts["other_citizen"])
    for name, more in (("one", []), ("download", [made.public_id])):
        assert stranger.get(reverse(f"certificates:{name}", args=[row.public_id, *more])).status_code == 404
    assert act_on(stranger, row, "revoke", certificate=made.public_id).status_code == 404


def test_on_her_phone_with_the_code_and_nothing_else(city, twin, at):
    row = own.walked_in(city)
    own.checked(city, row)
    actions.send_code(city.act("receptionist", AT), request=row.public_id)
    code = Message.objects.get(purpose="certificate").text.partition(": ")[2][:11]
    phone = Client()
    assert phone.get(reverse("certificates:phone"))["Location"] == reverse("certificates:enter")
    assert phone.post(reverse("certificates:enter"), {"code": "7K2M9-00000"}).status_code == 422
    assert phone.post(reverse("certificates:enter"), {"code": code.lower()})["Location"] == reverse(
        "certificates:phone"
    )
    page = phone.get(reverse("certificates:phone")).content.decode()
    assert "N. T. Lan" in page and "Nguyễn Thị Lan" not in page and own.NUMBER not in page
    phone.post(reverse("certificates:phone"), {"do": "agree"})
    phone.post(reverse("certificates:phone"), {"do": "key", "content": own.request()})
    row.refresh_from_db()
    assert (row.consent_how, row.key_kind) == ("phone", "P-256") and Order.objects.count() == 1
    phone.post(reverse("certificates:phone"), {"do": "leave"})
    assert phone.get(reverse("certificates:phone")).status_code == 302


def test_the_desk_sees_who_waits_for_what_and_checks(city, desk, at, django_assert_num_queries):
    officer, rows = desk(), [own.asked(city)]
    officer.get(reverse("certificates:desk"))
    with CaptureQueriesContext(connection) as one:
        officer.get(reverse("certificates:desk"))
    rows.append(own.walked_in(city, key_place="remote"))
    with django_assert_num_queries(len(one)):
        page = officer.get(reverse("certificates:desk")).content.decode()
    assert all((row.dossier.code in page) for row in rows) and "chưa nối với nơi cấp" in page
    assert "Nguyễn Thị Lan" not in page
    where = reverse("certificates:at_desk", args=[rows[1].public_id])
    page = officer.get(where).content.decode()
    assert own.NUMBER in page and "đã đọc và ký phiếu đồng ý" in page
    assert AccessEntry.objects.filter(page="certificates.desk").count() == 1
    slip = officer.get(reverse("certificates:slip", args=[rows[1].public_id])).content.decode()
    assert rows[1].consent["vi"] in slip and rows[1].consent_version[:16] in slip
    given = {"paper": "card", "number": own.NUMBER, "photo": "yes", "slip": "yes"}
    officer.post(reverse("certificates:desk_act", args=[rows[1].public_id, "identity"]), given)
    order = Order.objects.get()
    assert order.request_id == rows[1].pk and Request.objects.get(pk=rows[1].pk).consent_how == "slip"
    assert desk("other_receptionist").get(where).status_code == 404
    assert "checkbox" not in desk("leader").get(reverse("certificates:desk")).content.decode()


def test_booths_are_kept_by_who_leads_and_people_are_counted_there(city, twin, desk, at):
    leader = desk("head")
    given = {"agency": COMMITTEE, "name_vi": "Chợ Hạ Long 1", "name_en": "Market", "address": "Bạch Đằng",
             "day": [str(day) for day in range(1, 8)], "opens": "08:00", "closes": "11:30"}  # fmt: skip
    leader.post(reverse("certificates:booths"), {**given, "closes": "07:00"})
    leader.post(reverse("certificates:booths"), {**given, "agency": OTHER_CENTRE})
    assert not Booth.objects.exists()
    leader.post(reverse("certificates:booths"), given)
    booth = Booth.objects.get()
    page = Client().get(reverse("certificates:booths_public")).content.decode()
    assert "Chợ Hạ Long 1" in page and "Chủ Nhật" in page
    row = own.walked_in(city, key_place="remote")
    actions.check_identity(
        city.act("receptionist", at), request=row.public_id, paper="card", number=own.NUMBER, photo=True,
        booth=booth.public_id, slip=True,
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.way, row.booth) == ("booth", booth)
    leader.post(reverse("certificates:end_booth", args=[booth.public_id]))
    booth.refresh_from_db()
    assert booth.until_on == local_date(at)


def test_each_figure_is_the_number_of_its_rows_and_names_nobody(city, twin, clock, desk):
    own.issued(city)
    row = own.walked_in(city, key_place="remote")
    own.checked(city, row, slip=True)
    made = Certificate.objects.get()
    actions.revoke(
        city.act("citizen", AT + timedelta(hours=2)), request=made.request.public_id, certificate=made.public_id,
        reason="superseded",
    )  # fmt: skip
    from motcua.foundation import worker

    worker.drain()
    actor, day = city.actor("receptionist", AT), local_date(AT)
    found = counts.cells(day, "vi", actor=actor)
    assert counts.totals(found) == {"requested": 2, "issued": 1, "renewed": 0, "revoked": 1}
    assert {each.place.way for each in found} == {"desk", "online"}
    for each in found:
        for measure, figure in each.figures.items():
            assert len(counts.rows_of(measure, each.month, each.place.key, actor=actor)) == figure
    assert counts.cells(day, "vi", actor=city.actor("other_receptionist", AT)) == []
    assert counts.rows_of("issued", day, "nonsense", actor=actor) == []
    clock(60)
    open_page = Client().get(reverse("certificates:figures")).content.decode()
    assert "Đã cấp" in open_page and "Nguyễn" not in open_page and row.dossier.code not in open_page
    table = b"".join(Client().get(reverse("certificates:figures_file")).streaming_content).decode()
    assert "2026-10" in table and own.NUMBER not in table


def test_an_erased_dossier_keeps_its_figure_and_nobody(city, twin):
    from motcua.certificates.actions.erasing import erase
    from motcua.certificates.queries import in_force

    row = own.issued(city)
    assert in_force([row.dossier_id]) == {row.dossier_id}  # she must be able to revoke it
    erase(city.act("admin", AT), row.dossier)
    row.refresh_from_db()
    assert (row.request, row.paper_number, row.identity_by) == ("", "", None)
    assert Certificate.objects.get().content == "" and Order.objects.get().content == ""
    assert counts.totals(counts.cells(local_date(AT), "vi"))["issued"] == 1
