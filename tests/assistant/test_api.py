"""The assistant for programs: the same answers as the page, its sources with them."""

from __future__ import annotations

import pytest

from motcua.assistant.models import Conversation, Turn
from tests.api.conftest import clock, machine  # noqa: F401  fixtures
from tests.assistant.test_pages import MARRIED, PAPERS, SLUG, core  # noqa: F401  fixture

pytestmark = pytest.mark.django_db


def test_a_program_asks_chooses_rates_reads_and_erases(machine, core):  # noqa: F811
    caller = machine()
    core.says(*PAPERS, asked=MARRIED)
    first = caller.post(
        "/assistant/questions", {"question": "khai sinh, gọi 0901234567", "procedure": SLUG}
    ).json()
    assert (first["turn"], first["kind"], first["machine"], first["procedure"]) == (1, "answered", True, SLUG)
    assert first["sentences"][0]["source"]["path"] == "required_documents.A"
    assert first["sentences"][0]["href"] == f"/thu-tuc/{SLUG}/#papers"
    assert [option["value"] for option in first["asked"]["options"]] == ["false", "true"]
    there = f"/assistant/conversations/{first['conversation']}"
    again = {"conversation": first["conversation"], "picked": "false"}
    assert caller.post("/assistant/questions", again).json()["turn"] == 2
    assert core.told[1][2] == "false" and core.told[0][1].slug == SLUG
    rated = caller.post(f"{there}/turns/2/rating", {"useful": False, "why": "incomplete", "note": "a@b.vn"})
    assert rated.status_code == 200 and Turn.objects.get(number=2).note == "[email]"
    told = caller.get(there).json()
    assert [turn["question"] for turn in told["turns"]] == ["khai sinh, gọi •••", "Chưa"]
    assert caller.post(f"{there}/erasure", {}).json()["erased"] == 1
    assert not Conversation.objects.exists() and caller.get(there).status_code == 404


def test_a_wrong_question_is_a_problem_that_says_what_to_do(machine, core, settings):  # noqa: F811
    caller = machine()
    empty = caller.post("/assistant/questions", {"question": "  "})
    assert (empty.status_code, empty.json()["code"]) == (422, "assistant.question_empty")
    unknown = caller.post("/assistant/questions", {"question": "x", "conversation": "0" * 26})
    assert unknown.status_code == 404 and unknown["Content-Type"] == "application/problem+json"
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_assistant_per_minute": 2})
    assert caller.post("/assistant/questions", {"question": "nữa"}).status_code == 429


def test_two_strangers_with_one_key_are_two(machine, core):  # noqa: F811
    caller, body = machine(), {"question": "khai sinh"}
    one, other = (caller.post("/assistant/questions", body, key="order-0001").json() for _caller in range(2))
    assert one["conversation"] != other["conversation"] and not other["replayed"]
    again = {"question": "lệ phí", "conversation": one["conversation"]}
    told = [caller.post("/assistant/questions", again, key="order-0002").json() for _time in range(2)]
    assert [(each["turn"], each["replayed"]) for each in told] == [(2, False), (2, True)]
