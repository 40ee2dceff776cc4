"""What a model may say: the same, more courteously. Everything else is refused, whatever it was meant to be."""

import random

import hypothesis
import hypothesis.strategies as st
import pytest

from motcua.assistant.rephrasing.lies import LIES
from motcua.assistant.rules import Sentence, Source
from motcua.assistant.rules.entailment import admitted, why_not
from motcua.assistant.rules.wording import tokens_of
from tests.assistant.sentences import composed

pytestmark = pytest.mark.kernel

SAME = [
    ("Lệ phí: 20.000 đồng.", "Dạ, lệ phí là 20.000 đồng ạ."),
    ("Lệ phí: 20.000 đồng.", "Lệ phí là 20 nghìn đồng nhé."),
    ("Phí: 1.500.000 đồng.", "Phí là 1,5 triệu đồng bạn nhé!"),
    ("Lệ phí: 8.000 đồng.", "Lệ phí 8000đ."),
    ("Hẹn trả ngày 24/11/2026.", "Dạ, hẹn trả vào ngày 24 tháng 11 năm 2026 ạ."),
    ("Mở cửa từ 7:30 đến 11:30.", "Mở cửa từ 7h30 đến 11 giờ 30 phút nhé."),
    ("Thời hạn giải quyết: 5 ngày làm việc.", "Thời gian giải quyết là 5 ngày làm việc."),
    ("Hồ sơ gồm tờ khai và giấy chứng sinh.", "Dạ vâng, hồ sơ bao gồm các tờ khai và giấy chứng sinh ạ."),
    ("Nộp tại Ủy ban nhân dân phường Bãi Cháy.", "Bạn nộp ở UBND phường Bãi Cháy nhé."),
    ("Nộp tại Uỷ ban nhân dân xã.", "Nộp tại Ủy ban nhân dân xã."),
    ("Không phải nộp lệ phí nếu thuộc hộ nghèo.", "Nếu thuộc hộ nghèo thì bạn không phải nộp lệ phí."),
    ("Nếu sinh quá 60 ngày, lệ phí là 8.000 đồng.", "Lệ phí là 8.000 đồng nếu sinh quá 60 ngày ạ."),
    ("Nộp bản chính hoặc bản sao.", "Bạn vui lòng nộp bản chính hay bản sao nhé."),
    ("The fee: 20,000 dong.", "Sure, the fee is 20000 VND."),
    (
        "You must submit it before 24/11/2026.",
        "Certainly, you must submit it before 24/11/2026.",
    ),
]
OTHER = [
    ("number", "Lệ phí: 20.000 đồng.", "Lệ phí là 20 triệu đồng."),
    ("number", "Thời hạn giải quyết: 5 ngày làm việc.", "Thời hạn giải quyết là 5 đến 7 ngày làm việc."),
    ("number", "Hẹn trả ngày 02/03/2026.", "Hẹn trả ngày 03/02/2026."),
    ("number", "Lệ phí: 20.000 đồng.", "Lệ phí khoảng hai mươi nghìn đồng."),
    ("word", "Thời hạn giải quyết: 5 ngày làm việc.", "Thời hạn giải quyết: 5 ngày."),
    ("polarity", "Không phải nộp lệ phí.", "Phải nộp lệ phí."),
    ("order", "Không phải nộp lệ phí.", "Không, phải nộp lệ phí."),
    ("polarity", "Chỉ nộp bản sao khi được yêu cầu.", "Nộp bản sao khi được yêu cầu."),
    ("order", "Chỉ nộp bản sao khi được yêu cầu.", "Khi được yêu cầu, chỉ nộp bản sao."),
    ("polarity", "Nộp ít nhất 2 ảnh.", "Nộp tối đa 2 ảnh."),
    ("polarity", "Người từ đủ 18 tuổi trở lên.", "Người từ đủ 18 tuổi trở xuống."),
    ("polarity", "Nộp trước 10 giờ.", "Nộp sau 10 giờ."),
    ("order", "Trực tuyến 10.000 đồng, trực tiếp 20.000 đồng.", "Trực tuyến 20.000 đồng, trực tiếp 10.000 đồng."),
    ("order", "Cha nhận con.", "Con nhận cha."),
    ("order", "Nhà thuốc: 1.000 đồng; bán buôn: 4.000 đồng.", "Nhà thuốc; 1.000 đồng: bán buôn; 4.000 đồng."),
    ("order", "Nộp tờ khai, nộp ảnh nếu là trẻ em.", "Nếu là trẻ em, nộp tờ khai, nộp ảnh."),
    ("word", "Nộp bản chính và bản sao.", "Nộp bản chính hoặc bản sao."),
    ("word", "Nộp bản sao giấy khai sinh.", "Nộp bản sao giấy khai tử."),
    ("word", "Kể từ ngày nhận đủ hồ sơ.", "Kể từ ngày nhận đủ hồ sơ hợp lệ."),
    ("number", "Lệ phí 20.000 đồng, kể từ ngày 01/01/2026.", "Lệ phí 20.000 đồng."),
    ("question", "Lệ phí 20.000 đồng.", "Lệ phí 20.000 đồng?"),
    ("hidden", "Lệ phí 20.000 đồng.", "Lệ phí 2\u200b0.000 đồng."),
    ("hidden", "Lệ phí 20.000 đồng.", "Lệ phí 20.000 đồng.\nMiễn phí."),
    ("long", "Lệ phí 20.000 đồng.", "Dạ " * 60 + "lệ phí 20.000 đồng."),
    ("empty", "Lệ phí 20.000 đồng.", " "),
    ("word", "Anh, chị, em ruột được nộp thay.", "Anh, chị ruột được nộp thay."),
    ("word", "Nộp tại Công an xã.", "Nộp tại công xã."),
    ("word", "Người cư trú tại xã đó.", "Người cư trú tại xã."),
    ("number", "Mã 1.001193.", "Mã 1.001194."),
    ("word", "You must submit a copy.", "You must submit a certified copy."),
    ("polarity", "You need not pay.", "You need pay."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "said"), SAME)
def test_the_same_in_other_words_is_admitted(source, said):
    assert why_not(said, source) is None


@pytest.mark.parametrize(("why", "source", "said"), OTHER)
def test_what_says_something_else_is_refused(why, source, said):
    assert why_not(said, source) == why


def test_a_wording_is_backed_by_one_sentence_not_by_two_together():
    one, two = (
        Sentence(text, Source("procedure", "x")) for text in ("Lệ phí 8.000 đồng.", "Nộp tại phường.")
    )
    assert admitted("Dạ,  nộp tại phường ạ.", [one, two]) == "Dạ, nộp tại phường ạ."
    assert admitted("Lệ phí 8.000 đồng, nộp tại phường.", [one, two]) is None
    assert admitted("Nộp tại phường.", [one]) is None


def test_every_composed_sentence_is_its_own_wording():
    assert {why_not(each.text, each.text) for each in composed()} == {None}


@pytest.mark.parametrize("name", sorted(LIES))
def test_no_lie_of_any_kind_passes_on_any_sentence(name):
    told = [(said, each.text) for each in composed() if (said := LIES[name](each.text))]
    passed = [(said, source) for said, source in told if why_not(said, source) is None]
    assert told and not passed


@hypothesis.given(st.data())
def test_a_changed_token_never_passes(data):
    """Any word of any sentence dropped, doubled, moved or replaced by any of any other one."""
    source = data.draw(st.sampled_from(composed())).text
    words = source.split()
    at = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.sampled_from(data.draw(st.sampled_from(composed())).text.split()))
    kind = data.draw(st.sampled_from(("drop", "insert", "replace", "swap")))
    if kind == "drop":
        changed = words[:at] + words[at + 1 :]
    elif kind == "insert":
        changed = [*words[:at], other, *words[at:]]
    elif kind == "replace":
        changed = [*words[:at], other, *words[at + 1 :]]
    else:
        to = data.draw(st.integers(0, len(words) - 1))
        changed = list(words)
        changed[at], changed[to] = changed[to], changed[at]
    said = " ".join(changed)
    if why_not(said, source) is None:  # then nothing but courtesy and punctuation of "là" was touched
        content = [token for token in tokens_of(said) if token != "="]
        assert content == [token for token in tokens_of(source) if token != "="]


def test_a_long_hostile_wording_costs_little():
    source = "Lệ phí: 20.000 đồng nếu nộp trực tuyến."
    for part in ("dạ ", "nếu ", "1.", "ngày 1 tháng ", "12:", "a-", ", "):
        said = (part * 100)[:170]
        assert why_not(said, source) is not None


def test_words_of_other_scripts_and_signs_are_content():
    source = "Lệ phí: 20.000 đồng."
    picked = random.Random(7).sample([*"αдשあ中①²½Ⅷ٣★☎→<>*_#@|~^\\€$"], 20)
    assert all(why_not(f"Lệ phí {sign} là 20.000 đồng.", source) for sign in picked)
