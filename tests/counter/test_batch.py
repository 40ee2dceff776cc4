"""Many at once: only where it is the next decision, with what must be seen before; and pages one can go back to."""

import pytest

from motcua.dossiers import actions, rules
from motcua.dossiers.errors import FeeUnpaid, OwnersResultNext, ResultIsTheirs
from motcua.dossiers.models import FeeLine
from motcua.foundation.models import JournalLine
from tests.counter.pages import field, get, words
from tests.dossiers import factories as make

pytestmark = pytest.mark.django_db
WHY_NOT = "Trẻ đã được đăng ký khai sinh tại nơi khác"


def pick(*dossiers: str) -> list[str]:
    return [f"{id_}:{get(id_).revision}" for id_ in dossiers]


def batch(client, verb: str, *dossiers: str, **more):
    """Tick these rows and press the button of `verb`; the page one ends on."""
    said = {"act_id": f"batch-{verb}-{len(more)}", "verb": verb, "pick": pick(*dossiers), **more}
    return client.post("/counter/lam/", said, follow=True)


def sure(client, asked, **more):
    """Press the button of the page that asks once more, with the boxes as `more` says."""
    said = {name: field(asked, name) for name in ("act_id", "list", "asking", "verb")}
    return client.post("/counter/lam/", {**said, "sure": "1", **more}, follow=True)


# Money ------------------------------------------------------------------------------------------------------------


def test_a_result_with_a_fee_due_stays_in_a_batch(desk, city):
    due, free = make.ready(city), make.ready(city, procedure=make.ALLOWANCE)
    assert get(due).finance_state == rules.Finance.DUE
    asked = batch(desk("clerk"), "hand_over", due, free)
    told = words(asked)
    assert "Trả kết quả: 1 hồ sơ?" in told and "Để lại, không làm: 1 hồ sơ" in told
    assert "còn khoản phí, lệ phí chưa thu" in told
    sure(desk("clerk"), asked, pick=pick(due, free))
    assert (get(due).business_state, get(free).business_state) == ("result_ready", "returned")


def test_a_fee_of_unknown_amount_wants_a_tick_of_its_own(desk, city):
    unknown, free = make.ready(city, procedure=make.BUSINESS), make.ready(city, procedure=make.ALLOWANCE)
    assert get(unknown).finance_state == rules.Finance.UNKNOWN
    page = desk("clerk").get("/counter/")
    assert "Chưa thu phí" in words(page)
    asked = batch(desk("clerk"), "hand_over", unknown, free)
    assert "Chưa thu phí, mức thu chưa rõ: 1" in words(asked)
    assert f'name="ask" value="{pick(unknown)[0]}">' in asked.content.decode()  # not ticked
    told = sure(desk("clerk"), asked, pick=pick(unknown, free))
    assert "chưa xác nhận là không còn gì phải thu" in words(told)
    assert (get(unknown).business_state, get(free).business_state) == ("result_ready", "returned")
    asked = batch(desk("clerk"), "hand_over", unknown)
    sure(desk("clerk"), asked, ask=pick(unknown))
    assert get(unknown).business_state == "returned"
    line = JournalLine.objects.filter(chain=f"dossier:{unknown}", verb="dossier.hand_over").get()
    assert line.facts["finance"] == "unknown"


def test_an_unknown_line_hides_no_known_one(city):
    dossier = make.ready(city, procedure=make.BUSINESS)
    row = get(dossier)
    FeeLine.objects.create(dossier=row, key="known", name="Lệ phí", money="duty", normal=15000, payable=15000)
    with pytest.raises(FeeUnpaid):
        actions.hand_over(city.act("clerk", make.AT), dossier=dossier)
    assert get(dossier).business_state == "result_ready"


# Only where it is meant -------------------------------------------------------------------------------------------


def test_a_batch_leaves_out_what_it_is_not_for(desk, city):
    ours, theirs, young = make.publish_ours(), make.BIRTH, make.BUSINESS
    ready, owned, early = (make.in_process(city, procedure=each) for each in (ours, theirs, young))
    for dossier in (ready, owned, early):
        actions.take(city.act("processor", make.AT), dossier=dossier)
    make.to_last_step(city, ready, make.AT)
    make.to_last_step(city, owned, make.AT)
    asked = batch(desk("processor"), "draft_result", ready, owned, early)
    told = words(asked)
    assert "Trình ký kết quả: 1 hồ sơ?" in told and "Để lại, không làm: 2 hồ sơ" in told
    assert "“Nhận kết quả từ hệ thống chủ quản”" in told and "“Xong bước này”" in told
    sure(desk("processor"), asked, pick=pick(ready, owned, early))
    states = [get(each).business_state for each in (ready, owned, early)]
    assert states == ["result_drafted", "in_process", "in_process"]


def test_a_verb_without_a_question_tells_what_it_left(desk, city):
    first, other = make.received(city), make.submitted(city)
    told = words(batch(desk(), "transfer", first, other))
    assert "Đã chuyển xử lý: 1 hồ sơ" in told
    assert "Để lại, không làm: 1 hồ sơ" in told and "“Tiếp nhận”" in told
    assert get(other).business_state == "submitted"


def test_a_result_of_another_system_is_not_drafted_here(city):
    dossier = make.in_process(city, procedure=make.BIRTH)
    make.to_last_step(city, dossier, make.AT)
    with pytest.raises(ResultIsTheirs):
        actions.draft_result(city.act("processor", make.AT), dossier=dossier)
    with pytest.raises(OwnersResultNext) as refused:
        actions.advance(city.act("processor", make.AT), dossier=dossier)
    assert "nhận kết quả" in refused.value.way_out


# What the signer sees ---------------------------------------------------------------------------------------------


def test_the_signer_sees_what_she_signs_and_denials_apart(desk, city):
    granted = make.drafted(city)
    denied = make.drafted(city, outcome="denied", note=WHY_NOT)
    asked = batch(desk("signer"), "approve", granted, denied)
    told, page = words(asked), asked.content.decode()
    assert "Ký kết quả: 2 hồ sơ?" in told and WHY_NOT in told
    assert "Không đồng ý: 1" in told and "không kèm tệp dự thảo" in told
    assert f'name="pick" value="{pick(granted)[0]}" checked' in page
    assert f'name="ask" value="{pick(denied)[0]}">' in page
    told = sure(desk("signer"), asked, pick=pick(granted), **{f"number-{granted}": "77/GKS"})
    assert (get(granted).business_state, get(granted).result_number) == ("result_ready", "77/GKS")
    assert get(denied).business_state == "result_drafted"
    asked = batch(desk("signer"), "approve", denied)
    sure(desk("signer"), asked, ask=pick(denied))
    assert (get(denied).business_state, get(denied).outcome) == ("result_ready", "denied")


def test_each_row_goes_the_way_its_applicant_wished(desk, city):
    first, second = (make.ready(city, procedure=make.ALLOWANCE) for _ in range(2))
    asked = batch(desk("clerk"), "hand_over", first, second)
    ways = {f"way-{first}": "post", f"tracking-{first}": "EA1VN", f"way-{second}": "portal"}
    sure(desk("clerk"), asked, pick=pick(first, second), **ways)
    assert (get(first).delivery_state, get(second).delivery_state) == ("posted", "electronic")


# Pages to go back to ----------------------------------------------------------------------------------------------


def test_every_page_after_a_batch_can_be_gone_back_to(desk, city):
    first, second, third = (make.submitted(city) for _ in range(3))
    answer = desk().post("/counter/lam/", {"act_id": "b1", "verb": "receive", "pick": pick(first, second)})
    assert answer.status_code == 302 and first not in answer.url
    assert words(desk().get(answer.url)) == words(desk().get(answer.url))
    assert desk("clerk").get(answer.url).status_code == 302  # another officer's
    asked = desk("signer").post("/counter/lam/", {"verb": "approve", "pick": pick(third)})
    assert asked.status_code == 302 and desk("signer").get(asked.url).status_code == 200
    assert desk("signer").get("/counter/lam/hoi/nothing/").status_code == 302


def test_nothing_ticked_is_told_on_the_list_itself(desk, city):
    make.submitted(city)
    page = desk().get("/counter/", {"state": "submitted"})
    said = {"verb": "receive", "list": field(page, "list")}
    answer = desk().post("/counter/lam/", said)
    assert "state=submitted" in answer.url
    assert "Chưa chọn hồ sơ nào" in words(desk().get(answer.url))
    hostile = desk().post("/counter/lam/", {**said, "list": "?tab=<script>&next=//evil&state=submitted"})
    assert hostile.url == "/counter/?state=submitted"


def test_who_is_clerk_and_receptionist_counts_a_dossier_once(city):
    from motcua.counter.listing import Tab, waiting_in_all

    tabs = [
        Tab(str(n), holder, "", "", True) for n, holder in enumerate(("office:1:reception", "office:1:clerk"))
    ]
    counts = {"office:1:reception": 40, "office:1:clerk": 35, "account:7": 2}
    assert waiting_in_all(tabs, counts) == 42
    assert waiting_in_all(tabs[1:], {"office:1:clerk": 35, "account:7": 2}) == 37
