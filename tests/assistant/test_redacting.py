"""What is taken out of a question, in all the ways people write it; and what must stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.assistant.rules.redacting import MARKS, redact, shown
from motcua.kernel.text import without_marks

pytestmark = pytest.mark.kernel
WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]

TAKEN = [
    ("cccd của tôi là 001099012345 làm sao đổi", "cccd của tôi là [số] làm sao đổi"),
    ("số cmnd 012 345 678", "số cmnd [số]"),
    ("CCCD001099012345", "CCCD[số]"),
    ("gọi 0901.234.567 hoặc (0236) 3 825 123", "gọi [số] hoặc [số]"),
    ("+84 901 234 567; 0084-901-234-567", "[số]"),
    ("09O1 234 567", "[số]"),
    ("sdt không chín không một hai ba bốn năm sáu bảy nhé", "sdt [số] nhé"),
    ("không chín 01 hai ba bốn, năm sáu bảy", "[số]"),
    ("call oh nine oh one two three four five six seven", "call [số]"),
    ("stk 19034567890123 techcombank", "stk [số] techcombank"),
    ("số tài khoản của tôi là 123456", "số tài khoản của tôi là [số]"),
    ("CMND cũ 123456789 k đổi", "CMND cũ [số] k đổi"),
    ("đổi 123456789 đồng thời làm hộ chiếu", "đổi [số] đồng thời làm hộ chiếu"),
    ("thẻ 4111 1111 1111 1111", "thẻ [số]"),
    ("hộ chiếu B1234567, sổ đỏ CS 123456", "hộ chiếu [số], sổ đỏ [số]"),
    ("xe 29A-123.45, 30K1 12345, 43h1-1234", "xe [biển số], [biển số], [biển số]"),
    ("mail a.b@gmail.com hay lan88 a còng yahoo chấm com", "mail [email] hay [email]"),
    ("sinh ngày 12/03/1985, con sinh 5/6", "sinh ngày [ngày], con sinh [ngày]"),
    ("ngày 12 tháng 3 năm 1985", "[ngày]"),
    ("hồ sơ H49.23.01-251120-0001 đâu", "hồ sơ [mã hồ sơ] đâu"),
    ("mã ABCD-1234-EFGH-5678 và 01J0000000000000000000000K", "mã [mã hồ sơ] và [mã hồ sơ]"),
    ("số nhà 12/3 ngõ 45 đường Lê Lợi, phường Bãi Cháy", "[địa chỉ], phường Bãi Cháy"),
    ("nha so 7 ngach 3 ngo 45 pho hue muon tam tru", "[địa chỉ] muon tam tru"),
    ("ở 12 đường Nguyễn Huệ phường Hồng Gai", "ở [địa chỉ] phường Hồng Gai"),
    ("tôi tên là Nguyễn Văn A muốn khai sinh", "tôi tên là [tên] muốn khai sinh"),
    ("toi ten la nguyen van an muon khai sinh", "toi ten la [tên] muon khai sinh"),
    ("con tôi tên Phạm Minh Anh sinh ở Hà Nội", "con tôi tên [tên] sinh ở Hà Nội"),
    ("ông Trần Đình Nam mất, bà Lan vợ ông", "ông [tên] mất, bà [tên] vợ ông"),
    ("anh nguyen van binh va chi le thi hong", "anh [tên] va chi [tên]"),
    ("ong nguyen van ba o thon 3", "ong [tên] o thon 3"),
    ("TRẦN THỊ BÉ hỏi thủ tục", "[tên] hỏi thủ tục"),
]  # fmt: skip

KEPT = [
    "thủ tục 1.001193 phí 15.000.000 đồng theo Nghị định 118/2025/NĐ-CP và Luật 60/2014/QH13",
    "phường Trần Phú, đường Lê Lợi, quận Hoàng Mai có nhận không",
    "lệ phí 12500000 đồng, thuế 15.000.000 k, phí 250000 đ",
    "hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy đồng",
    "phí 15 000 đồng, nộp trong 3 ngày, 2 bản sao, 1 bản chính, từ năm 2024 đến năm 2026",
    "tôi mới sinh con ở Hà Nội, hộ khẩu Nghệ An, chưa kết hôn, làm khai sinh ở đâu cần giấy gì",
    "dang ky ket hon lan 2 can nhung gi, anh em ho hang, ba con co phai di khong",
    "Làm căn cước cho trẻ dưới 14 tuổi ở thành phố Hồ Chí Minh",
    "bố tôi làm thủ tục mua nhà, mẹ tôi ở Cao Bằng",
    "mat giay to thi lam the nao, rut lai thi sao, le phi thi bao nhieu",
    "BẰNG LÁI Ô TÔ THÁNG SAU HẾT HẠN, ĐỔI Ở ĐÂU",
    "O tui mat o Hue ma ho khau ngoai Quang Tri, que Bac Ninh",
]


@pytest.mark.parametrize(("said", "kept"), TAKEN)
def test_what_says_who_somebody_is_is_taken_out(said, kept):
    assert redact(said).text == kept


@pytest.mark.parametrize("said", KEPT)
def test_what_the_law_calls_things_by_stays(said):
    assert (redact(said).text, redact(said).found) == (said, 0)


def test_her_own_words_come_back_without_our_marks():
    assert shown(redact("Tôi tên là Lê Thị Hoa, sđt 0901234567").text) == "Tôi tên là •••, sđt •••"


@st.composite
def written(draw):
    """(the digits of a number of a person, one of the ways it is written)."""
    count = draw(st.sampled_from([9, 10, 12, 14]))
    digits = "0" + "".join(
        draw(st.lists(st.sampled_from("0123456789"), min_size=count - 1, max_size=count - 1))
    )
    way = draw(st.sampled_from(["plain", "grouped", "spoken", "toneless", "mixed", "fullwidth"]))
    if way in ("spoken", "toneless"):
        text = " ".join(WORDS[int(digit)] for digit in digits)
        return digits, without_marks(text) if way == "toneless" else text
    if way == "mixed":
        return digits, digits[:4] + " " + " ".join(WORDS[int(digit)] for digit in digits[4:])
    if way == "fullwidth":
        return digits, digits.translate({ord(str(n)): 0xFF10 + n for n in range(10)})
    if way == "grouped":
        between, size = draw(st.sampled_from([" ", ".", "-", ". ", " - ", "/"])), draw(st.integers(1, 5))
        return digits, between.join(digits[at : at + size] for at in range(0, count, size))
    return digits, digits


@given(
    written(),
    st.sampled_from(["gọi", "cccd", "so cua toi la", "hỏi hồ sơ", "(", "stk:"]),
    st.text("ab .,", max_size=4),
)
def test_no_number_of_a_person_is_left_however_it_is_written(number, before, after):
    digits, text = number
    told = redact(f"{before} {text} {after} cần giấy gì").text
    left = re.sub(r"\D", "", told)
    assert digits not in left and len(left) < 4, told
    said = [
        word
        for word in re.findall(r"\w+", without_marks(told).lower())
        if word in set(map(without_marks, WORDS))
    ]
    assert len(said) < 4, told
    assert told.rstrip().endswith("cần giấy gì")


@settings(max_examples=60)
@given(st.text(max_size=120))
def test_any_text_is_redacted_once_and_for_all(text):
    once = redact(text).text
    assert redact(once).text == once
    assert all(len(found) < 12 for found in re.findall(r"\d+", once))
    assert set(re.findall(r"\[(?:số|tên)\]", once)) <= set(MARKS)
