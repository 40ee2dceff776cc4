"""What simulated people write into a question: by its id where the full declarations ask it, else by its type
and its words, so that a name, a number or a reason is one wherever it is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from motcua.kernel import forms
from motcua.kernel.text import fold
from motcua.simulation import people
from motcua.simulation.story import PROVINCE, Story

Told = Callable[[Story], Any]
SCHOOLS = (
    "Bãi Cháy",
    "Hồng Gai",
    "Cao Xanh",
    "Hà Tu",
    "Việt Hưng",
    "Lê Văn Tám",
    "Trần Hưng Đạo",
    "Nguyễn Văn Thuộc",
)
BANKS = ("Agribank", "Vietcombank", "BIDV", "VietinBank", "LPBank")
PAPERS = (
    ("Căn cước", 2), ("Giấy khai sinh", 1), ("Bằng tốt nghiệp trung học phổ thông", 1), ("Bằng tốt nghiệp đại học", 1),
    ("Học bạ trung học phổ thông", 16), ("Giấy chứng nhận quyền sử dụng đất", 4), ("Giấy chứng nhận kết hôn", 1),
    ("Giấy phép lái xe", 2), ("Giấy chứng nhận đăng ký xe", 2), ("Giấy chứng nhận đăng ký hộ kinh doanh", 1),
    ("Quyết định nghỉ hưu", 2), ("Hợp đồng lao động", 5),
)  # fmt: skip
NEEDS = (
    "Giấy tờ kèm theo đầy đủ theo danh mục.", "Tôi xin gửi kèm các giấy tờ theo hướng dẫn.",
    "Rất mong được giải quyết đúng hẹn.",
    "Mọi thông tin cần thêm xin báo qua số điện thoại đã khai.",
)  # fmt: skip
# words that a procedure's name begins with and that follow "Đề nghị" by themselves
VERBS = frozenset(
    ("cap", "gia", "dang", "xac", "cong", "chung", "giai", "ho", "dieu", "chuyen", "xoa", "doi", "cho", "mien", "huong",
     "phe", "tham", "xet", "bo", "ghi", "chap", "tiep")
)  # fmt: skip


def _any(*words: str) -> Told:
    return lambda story: story.rng.choice(words)


def _office(story: Story) -> str:
    return f"Ủy ban nhân dân phường {story.ward}"


def _divorce(story: Story) -> str:
    year = story.once("divorced", lambda: story.ago(200, 3200)).year
    return f"{story.rng.randint(11, 400)}/{year}/QĐST-HNGĐ"


def _documents(story: Story) -> str:
    left = [paper for paper in PAPERS if paper not in story.given.setdefault("papers", [])]
    paper = story.given["paper"] = story.rng.choice(left or PAPERS)
    story.given["papers"].append(paper)
    return paper[0]


def _school(level: str) -> Told:
    return lambda story: f"Trường {level} {story.rng.choice(SCHOOLS)}"


def _designer(story: Story) -> str:
    if story.answers.get("designer_kind") == "designer_person":
        return f"Kiến trúc sư {story.who('designer').full_name}"
    return f"Công ty TNHH Tư vấn thiết kế xây dựng {story.rng.choice(people.BRANDS)}"


def _business(story: Story) -> str:
    return f"{story.shop[0]} {story.person.full_name.split(maxsplit=1)[1]}"


TEXTS: dict[str, Told] = {
    "organisation_name": lambda s: s.person.organisation[0],
    "organisation_position": _any("Giám đốc", "Phó giám đốc", "Nhân viên hành chính"),
    # births and deaths
    "child_birth_time": lambda s: f"{s.rng.randrange(24):02d}:{s.rng.randrange(60):02d}",
    "child_hometown": lambda s: f"phường {s.ward}, {PROVINCE}",
    "birth_facility": lambda s: s.hospital,
    "birth_notice_number": lambda s: s.number("GCS"),
    "record_number": lambda s: s.number("BB", 60),
    "record_agency": lambda s: f"Công an phường {s.ward}",
    "surrogacy_facility": lambda s: s.hospital,
    "marriage_number": lambda s: f"{s.rng.randint(5, 300)}/{s.once('married', lambda: s.ago(400, 3000)).year}",
    "marriage_agency": _office,
    "late_reason": _any("Gia đình đi làm xa, chưa kịp về đăng ký.", "Bận chăm người ốm nên chưa đi được.",
                        "Chưa có đủ giấy tờ nên đến nay mới đăng ký."),
    "deceased_birth_year": lambda s: str(s.who("deceased").birth_on.year),
    "death_time": lambda s: f"{s.rng.randrange(24):02d}:{s.rng.randrange(60):02d}",
    "death_cause_detail": _any("Bệnh tim mạch", "Tai biến mạch máu não", "Ung thư phổi", "Viêm phổi nặng"),
    "proof_number": lambda s: s.number("GBT", 400),
    "proof_issuer": lambda s: s.hospital if s.answers.get("death_proof") == "hospital_notice" else _office(s),
    "evidence_detail": _any("Có giấy xác nhận của tổ trưởng khu phố và hai người làm chứng."),
    # building and land
    "plot_number": lambda s: s.plot["number"], "parcel_number": lambda s: s.plot["number"],
    "map_sheet": lambda s: s.plot["sheet"],
    "land_paper_number": lambda s: s.plot["serial"], "certificate_serial": lambda s: s.plot["serial"],
    "certificate_book": lambda s: s.plot["book"],
    "certificate_issuer": _any("Ủy ban nhân dân thành phố Hạ Long", "Sở Tài nguyên và Môi trường tỉnh Quảng Ninh"),
    "height": lambda s: s.house["height"],
    "storey_detail": _any("Tum thang 12 m²", "Mái bằng bê tông cốt thép", "Mái tôn chống nóng"),
    "setback": _any("0", "1,0", "1,5", "2,4"),
    "designer_name": _designer,
    "designer_code": lambda s: f"QNI-{s.rng.randint(10000, 89999):08d}",
    "reviewer_name": lambda s: f"Công ty cổ phần Kiểm định xây dựng {s.rng.choice(people.BRANDS)}",
    "reviewer_code": lambda s: f"QNI-{s.rng.randint(10000, 89999):08d}",
    "contract_number": lambda s: s.number("", 9000),
    "contract_office": _any("Văn phòng công chứng Hạ Long", "Văn phòng công chứng Bãi Cháy",
                            "Phòng công chứng số 1 tỉnh Quảng Ninh"),
    "giver_name": lambda s: s.who("giver").full_name,
    "mortgagee": lambda s: f"Ngân hàng {s.rng.choice(BANKS)} chi nhánh Quảng Ninh",
    # business
    "business_name": _business,
    "activity": lambda s: s.shop[1], "code": lambda s: s.shop[2],
    # school
    "pupil_birth_place": lambda s: PROVINCE,
    "pupil_code": lambda s: f"22{s.rng.randint(10_000_000, 99_999_999)}",
    "primary_school": _school("Tiểu học"), "wish_one": _school("Trung học cơ sở"),
    "wish_two": _school("Trung học cơ sở"),
    "school_name": lambda s: f"{_school('Trung học cơ sở')(s)}, lớp {s.rng.randint(6, 9)}A{s.rng.randint(1, 5)}",
    "primary_class": lambda s: f"5A{s.rng.randint(1, 6)}",
    "primary_year": lambda s: str(s.day.year),
    "disability_detail": _any("Khó khăn vận động, cần ngồi bàn đầu.", "Nghe kém, có máy trợ thính."),
    "health_note": _any("Dị ứng hải sản.", "Hen suyễn nhẹ, có mang thuốc theo."),
    # marriage
    "marriage_paper": lambda s: f"Số {s.rng.randint(5, 300)}, {_office(s)}",
    "divorce_number": _divorce, "own_divorce_number": _divorce, "partner_divorce_number": _divorce,
    "divorce_court": _any("Tòa án nhân dân thành phố Hạ Long"),
    "own_divorce_court": _any("Tòa án nhân dân thành phố Hạ Long, ngày 12/5/2021"),
    "partner_divorce_court": _any("Tòa án nhân dân thành phố Cẩm Phả, ngày 08/9/2020"),
    "own_spouse_death": lambda s: f"{s.who('late_spouse').full_name}, {_office(s)}",
    "partner_spouse_death": lambda s: f"{s.who('late_partner').full_name}, {_office(s)}",
    "partner_paper_number": lambda s: s.who("partner").personal_number,
    "partner_address": lambda s: f"{s.place('partner')['detail']}, phường {s.ward}, {PROVINCE}",
    "marry_at": _office,
    "place": lambda s: f"phường {s.ward}, {PROVINCE}",
    "purpose_detail": _any("Bổ sung hồ sơ cá nhân theo yêu cầu của cơ quan."),
    "earlier_number": lambda s: f"{s.rng.randint(11, 400)}/{s.day.year - 1}/UBND-XNTTHN",
    "earlier_reason": _any("Giấy cũ thất lạc khi chuyển nhà.", "Giấy cũ đã nộp cho văn phòng công chứng."),
    # allowance
    "other_benefits_detail": _any("Trợ cấp tuất hằng tháng 1.200.000 đồng."),
    "current_allowance": _any("Trợ cấp người khuyết tật nặng, từ tháng 3/2024.",
                              "Trợ cấp người cao tuổi, từ tháng 01/2025."),
    "change_reason": _any("Mức độ khuyết tật đã thay đổi theo giấy xác nhận mới.", "Chuyển sang nhóm đối tượng khác."),
    "disability_certificate": lambda s: s.number("GXN-KT", 300),
    "hiv_paper": lambda s: f"{s.hospital}, số {s.number('GXN', 300)}",
    "carer_relation": _any("Cô ruột", "Bác ruột", "Ông nội"),
    "carer_experience": _any("Đã chăm sóc người thân 3 năm."),
    "bank_name": lambda s: s.rng.choice(BANKS),
    "bank_account": lambda s: str(s.rng.randint(10**11, 10**12 - 1)),
    # residence, papers
    "request_text": _any("Đăng ký thường trú tại địa chỉ trên.", "Chuyển nơi thường trú về ở cùng gia đình."),
    "title": _documents,
}  # fmt: skip


def text(story: Story, one: forms.Field) -> str:
    """Words for a question nobody has prepared: a name, a number, a reason by what its label says."""
    told = TEXTS.get(one.id)
    if told is not None:
        return told(story)
    if one.id == "request_content":
        return request(story)
    if one.id.endswith(("_full_name", "_holder")):
        return story.who(one.id.rsplit("_", 2)[0]).full_name
    label = f" {fold(one.label.vi)} "
    for word, make in _BY_LABEL:
        if word in label:
            return make(story)
    return "Như trong giấy tờ kèm theo"


def request(story: Story) -> str:
    """What is asked for, in the words of the procedure."""
    about = story.about
    about = about[:1].lower() + about[1:] if about[1:2].islower() else about
    asked = about if fold(about).split(" ")[0] in VERBS else f"giải quyết thủ tục: {about}"
    return f"Đề nghị {asked}. {story.rng.choice(NEEDS)}"


_BY_LABEL: tuple[tuple[str, Told], ...] = (
    (" ly do ", _any("Theo nhu cầu của gia đình.")),
    (" vi sao ", _any("Theo nhu cầu của gia đình.")),
    (" co quan ", _office),
    (" noi cap ", _office),
    (" truong ", _school("Trung học cơ sở")),
    (" benh vien ", lambda s: s.hospital),
    (" nam ", lambda s: str(s.day.year)),
    (" to ban do ", lambda s: s.plot["sheet"]),
    (" thua dat ", lambda s: s.plot["number"]),
    (" so ", lambda s: s.number("")),
    (" ma ", lambda s: f"{s.rng.randint(100000, 999999)}"),
    (" ho va ten ", lambda s: s.who("another").full_name),
    (" ten ", lambda s: s.person.organisation[0]),
)


def _married(story: Story) -> date:
    return story.once("married", lambda: story.ago(400, 3000))


def _after(name: str, least: int, most: int) -> Told:
    """Some days after the answer to another question."""

    def told(story: Story) -> date:
        first = story.answers.get(name)
        begin = date.fromisoformat(first) if isinstance(first, str) and len(first) == 10 else story.day
        return begin + timedelta(days=story.rng.randint(least, most))

    return told


def _back(least: int, most: int) -> Told:
    return lambda story: story.ago(least, most)


def _ahead(least: int, most: int) -> Told:
    return lambda story: story.day + timedelta(days=story.rng.randint(least, most))


def _death(story: Story) -> date:
    return story.ago(16, 90) if story.rng.random() < 0.08 else story.ago(1, 10)


DATES: dict[str, Told] = {
    "birth_notice_on": _after("child_birth_on", 0, 2), "found_on": _after("child_birth_on", 0, 3),
    "marriage_on": _married, "death_on": _death, "proof_on": _after("death_on", 0, 1),
    "contract_on": _back(1, 25), "giver_died_on": _back(60, 900), "certificate_on": lambda s: s.plot["issued"],
    "divorce_on": lambda s: s.once("divorced", lambda: s.ago(200, 3200)), "spouse_died_on": _back(200, 4000),
    "period_from": _back(2000, 3000), "period_until": _back(300, 900), "from_on": _back(2600, 4000),
    "until_on": _back(900, 2500), "signing_on": _ahead(2, 12), "stay_from": _back(0, 12),
    "rent_until": _ahead(180, 700), "started_on": _ahead(0, 20), "residence_since": _back(700, 3500),
}  # fmt: skip


def _price(story: Story) -> int:
    return int(story.plot["area"] * story.plot["million_per_m2"]) * 1_000_000


AMOUNTS: dict[str, Told] = {
    "site_area": lambda s: s.plot["area"], "parcel_area": lambda s: s.plot["area"],
    "ground_area": lambda s: s.house["ground"], "floor_area": lambda s: s.house["floor"],
    "storeys": lambda s: s.house["storeys"], "basements": lambda s: s.house["basements"],
    "ground_level": lambda s: s.rng.choice((15, 20, 30, 45)), "months_to_finish": lambda s: s.rng.randint(4, 12),
    "price": _price,
    "capital": lambda s: s.rng.choice((30, 50, 80, 100, 150, 200, 300)) * 1_000_000,
    "staff_count": lambda s: s.rng.choice((1, 1, 2, 2, 3, 5)),
    "copies_count": lambda s: s.rng.choice((1, 2, 2, 3, 5)),
    "pages": lambda s: s.given.get("paper", ("", 2))[1], "copies": lambda s: s.rng.choice((1, 2, 2, 3, 5, 10)),
    "own_marriage_order": lambda s: 1 if s.answers.get("own_status") == "never_married" else 2,
    "partner_marriage_order": lambda s: 1 if s.answers.get("partner_status") == "never_married" else 2,
    "income": lambda s: s.rng.randint(3, 30) * 100_000,
    "rent_area": lambda s: s.rng.randint(30, 90), "rent_people": lambda s: s.rng.randint(1, 3),
    "stay_months": lambda s: s.rng.choice((6, 12, 12, 24)), "list_count": lambda s: s.rng.randint(3, 40),
}  # fmt: skip
