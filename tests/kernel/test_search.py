"""Finding a procedure by everyday words."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.search import Index

pytestmark = pytest.mark.kernel

PROCEDURES = {
    "birth": "Đăng ký khai sinh",
    "birth-again": "Đăng ký lại khai sinh",
    "birth-foreign": "Đăng ký khai sinh có yếu tố nước ngoài",
    "death": "Đăng ký khai tử",
    "marriage": "Đăng ký kết hôn",
    "single": "Cấp Giấy xác nhận tình trạng hôn nhân",
    "copy": "Chứng thực bản sao từ bản chính",
    "land-lost": "Cấp lại Giấy chứng nhận quyền sử dụng đất do bị mất",
    "land": "Đăng ký biến động quyền sử dụng đất",
    "house": "Cấp giấy phép xây dựng nhà ở riêng lẻ",
    "household": "Đăng ký thành lập hộ kinh doanh",
    "residence": "Đăng ký tạm trú",
    "absence": "Khai báo tạm vắng",
    "gold": "Cấp giấy phép tạm nhập vàng nguyên liệu",
    "forest": "Cấp phép khai thác lâm sản",
}
SYNONYMS = {
    "sổ đỏ": ["giấy chứng nhận quyền sử dụng đất"],
    "mở quán ăn": ["household"],
    "độc thân": ["tình trạng hôn nhân"],
    "sinh con": ["birth", "khai sinh"],
    "": ["nothing"],
    "một từ": "khai tử",
}


@pytest.fixture(scope="module")
def index():
    return Index(((key, {"name": name}, {"name": 2.0}) for key, name in PROCEDURES.items()), SYNONYMS)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("dang ky khai sinh", "birth"),
        ("Đăng ký khai sinh", "birth"),
        ("làm giấy khai sinh", "birth"),
        ("tôi muốn làm khai sinh cho con", "birth"),
        ("đăng kí khai sinh", "birth"),
        ("dang ky kahi sinh", "birth"),
        ("đăng ký khai sih", "birth"),
        ("khaisinh", "birth"),
        ("KHAI SINH", "birth"),
        ("khai sinh nuoc ngoai", "birth-foreign"),
        ("khai tu", "death"),
        ("ket hon", "marriage"),
        ("mất sổ đỏ", "land-lost"),
        ("xác nhận độc thân", "single"),
        ("mở quán ăn", "household"),
        ("sinh con", "birth"),
        ("tạm vắng", "absence"),
        ("tạm vàng", "gold"),
        ("chung thuc", "copy"),
        ("xay nha", "house"),
        ("lâm sản", "forest"),
        ("xây dự", "house"),
        ("đăng ký kết h", "marriage"),
        ("một từ", "death"),
    ],
)
def test_people_find_what_they_mean(index, query, first):
    assert index.search(query)[0][0] == first


@pytest.mark.parametrize("query", ["", "   ", "?!", "xyzxyz", "\x00"])
def test_nothing_is_found_for_nothing(index, query):
    assert index.search(query) == []


def test_typos_can_be_switched_off(index):
    assert index.search("kahi", typos=False) == []
    assert index.search("kahi")


def test_limits_and_order(index):
    found = index.search("đăng ký", limit=3)
    assert len(found) == 3
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert index.search("đăng ký", limit=0) == []


def test_weights_of_fields_count():
    documents = [
        ("notes", {"name": "Việc khác", "notes": "khai sinh"}, {"name": 3.0, "notes": 0.5}),
        ("name", {"name": "Khai sinh", "notes": "việc khác"}, {"name": 3.0, "notes": 0.5}),
    ]
    assert [key for key, _ in Index(documents).search("khai sinh")] == ["name", "notes"]


def test_an_empty_index_finds_nothing():
    assert Index([]).search("khai sinh") == []
    assert len(Index([])) == 0


@given(st.text(max_size=80))
def test_any_query_is_answered(query):
    index = Index([("a", {"name": "Đăng ký khai sinh"}, {})], SYNONYMS)
    assert all(key == "a" and score > 0 for key, score in index.search(query))


@given(st.sampled_from(sorted(PROCEDURES)))
def test_every_document_is_found_by_its_own_name(key):
    index = Index(((one, {"name": name}, {}) for one, name in PROCEDURES.items()))
    assert index.search(PROCEDURES[key])[0][0] == key


@pytest.mark.slow
def test_a_national_catalogue_answers_while_one_types():
    rng = random.Random(7)
    starts = ["b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "ng", "nh", "ph", "s", "t", "th", "tr", "v"]
    ends = ["a", "anh", "ao", "âu", "ăn", "ê", "iên", "inh", "o", "ô", "ơi", "ưng", "uy", "y", "ân"]
    syllables = [start + end for start in starts for end in ends]
    common = ["cấp", "đăng", "ký", "giấy", "phép", "chứng", "nhận", "thủ", "tục", "đối", "với"]
    documents = [
        (
            str(place),
            {"name": " ".join(rng.choices(common, k=8) + rng.choices(syllables, k=14))},
            {"name": 2.0},
        )
        for place in range(6000)
    ]
    documents.append(("birth", {"name": "Đăng ký khai sinh"}, {"name": 2.0}))
    index = Index(documents, SYNONYMS)
    for query in ("dang ky khai sinh", "làm giấy khai sinh", "cấp giấy phép", "d"):
        times = []
        for _ in range(7):
            start = time.process_time()
            index.search(query)
            times.append(time.process_time() - start)
        # The best of several runs, in processor time: other work on the machine is not what is measured.
        assert min(times) < 0.020, query
    assert index.search("dang ky khai sinh")[0][0] == "birth"
