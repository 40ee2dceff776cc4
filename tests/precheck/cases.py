"""Filled dossiers of several procedures with their papers, and faults planted in them. All people are invented by a
number; a fault changes one thing and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from tests.dossiers.factories import PERSON, answers_for
from tests.precheck.made import Sheet, in_words, vi_day

SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý", "Đinh", "Lò", "Vi", "Tạ",
)  # fmt: skip
MIDDLE = {"male": ("Văn", "Đức", "Quốc", "Minh", "Hữu", "Xuân", "Công", "Thanh"),
          "female": ("Thị", "Thị Thu", "Ngọc", "Thị Thanh", "Phương", "Thị Bích", "Mai", "Thúy")}  # fmt: skip
GIVEN = {
    "male": ("Hùng", "Dũng", "Sơn", "Thắng", "Tuấn", "Khánh", "Toàn", "Quý", "Nghĩa", "Thủy", "Việt", "Lộc"),
    "female": ("Lan", "Hòa", "Hạnh", "Nhung", "Oanh", "Yến", "Trang", "Thủy", "Duyên", "Hương", "Loan", "Huệ"),
}  # fmt: skip
HERE, THERE = "06673", "06685"  # two wards of Hạ Long; the one-stops of `City`
NAMES = {HERE: "phường Bãi Cháy", THERE: "phường Hà Lầm"}
HOSPITALS = ("BỆNH VIỆN SẢN NHI QUẢNG NINH", "BỆNH VIỆN BÃI CHÁY", "TRUNG TÂM Y TẾ HẠ LONG")


@dataclass(frozen=True)
class Person:
    name: str
    sex: str
    birth: date
    number: str


@dataclass(frozen=True)
class Case:
    """A dossier to be filed: `sheets` by the keys of their papers; `layouts` in which such a paper comes."""

    procedure: str
    answers: dict[str, Any]
    sheets: dict[str, Sheet]
    centre: str
    layouts: tuple[str, ...] = ("form", "prose", "table", "office")
    names: dict[str, str] = field(default_factory=dict)  # paper → the name that must stand on it
    numbers: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    ages: tuple[str, ...] = ()  # papers whose age matters


def person(chance: random.Random, sex: str, years: tuple[int, int], today: date) -> Person:
    birth = today - timedelta(days=chance.randint(years[0] * 365, years[1] * 365))
    name = f"{chance.choice(SURNAMES)} {chance.choice(MIDDLE[sex])} {chance.choice(GIVEN[sex])}"
    digit = (0 if birth.year < 2000 else 2) + (sex == "female")
    return Person(name, sex, birth, f"022{digit}{birth:%y}{chance.randint(0, 999999):06d}")


def _me(who: Person) -> dict[str, Any]:
    return {
        "full_name": who.name, "personal_number": who.number, "birth_on": who.birth.isoformat(), "sex": who.sex,
    }  # fmt: skip


def _place(code: str, chance: random.Random) -> dict[str, str]:
    return {"commune_code": code, "detail": f"Số {chance.randint(1, 240)}, tổ {chance.randint(1, 9)}"}


def _own_card(who: Person) -> tuple[str, str]:
    """The identity paper that many papers name, with the day it was issued: years ago, and of no matter to them."""
    day = date(2021 + who.birth.year % 4, who.birth.month, min(who.birth.day, 28))
    return "Giấy tờ tùy thân", f"Căn cước công dân số {who.number}, cấp ngày {vi_day(day)}"


def _upper(chance: random.Random, name: str) -> str:
    return name.upper() if chance.random() < 0.4 else name


def birth(chance: random.Random, today: date) -> Case:
    mother, father = person(chance, "female", (21, 40), today), person(chance, "male", (22, 45), today)
    child_on = today - timedelta(days=chance.randint(4, 50))
    called = (
        f"{chance.choice(('Minh', 'Gia', 'Bảo', 'Khánh'))} {chance.choice(('An', 'Anh', 'Châu', 'Linh'))}"
    )
    child = f"{father.name.split()[0]} {called}"
    told = child_on + timedelta(days=1)
    number = f"22001-2026-{chance.randint(1, 9999):06d}"
    home, his = chance.choice(((HERE, HERE), (HERE, THERE), (THERE, HERE)))
    answers = {
        **answers_for("birth-registration", "usual"), **_me(mother), "birth_proof": "paper", "child_full_name": child,
        "child_birth_on": child_on.isoformat(), "birth_notice_on": told.isoformat(), "birth_notice_number": number,
        "mother_full_name": mother.name, "mother_personal_number": mother.number,
        "mother_birth_on": mother.birth.isoformat(), "father_full_name": father.name,
        "father_personal_number": father.number, "father_birth_on": father.birth.isoformat(),
        "mother_address": _place(home, chance), "father_address": _place(his, chance), "address": _place(home, chance),
        "marriage_number": f"{chance.randint(1, 90)}/2019", "marriage_on": "2019-10-12",
    }  # fmt: skip
    facts = [
        ("Họ và tên mẹ", _upper(chance, mother.name)), ("Năm sinh", str(mother.birth.year)),
        ("Số định danh cá nhân", mother.number), ("Dân tộc", "Kinh"),
        ("Đã sinh con vào lúc", f"{chance.randint(1, 23)} giờ 15 phút, {in_words(child_on)}"),
        ("Giới tính của con", "Nữ"), ("Cân nặng", f"{chance.randint(26, 38)}00 gam"),
        ("Dự định đặt tên con là", child), ("Người đỡ đẻ", person(chance, "female", (30, 50), today).name),
    ]  # fmt: skip
    sheet = Sheet(
        "Giấy chứng sinh", tuple(facts), agency=chance.choice(HOSPITALS), place="Hạ Long", signed_on=told,
        signer=person(chance, "male", (35, 60), today).name, number=number,
    )  # fmt: skip
    return Case("birth-registration", answers, {"birth-notice": sheet}, "qn-bai-chay-centre",
                names={"birth-notice": mother.name}, numbers={"birth-notice": mother.number},
                days={"birth-notice": child_on})  # fmt: skip


def death(chance: random.Random, today: date) -> Case:
    dead, me = (
        person(chance, chance.choice(("male", "female")), (60, 95), today),
        person(chance, "male", (30, 55), today),
    )
    on = today - timedelta(days=chance.randint(2, 12))
    answers = {
        **answers_for("death-registration", "usual"), **_me(me), "deceased_full_name": dead.name,
        "deceased_sex": dead.sex, "deceased_birth_on": dead.birth.isoformat(), "deceased_personal_number": dead.number,
        "deceased_address": _place(HERE, chance), "death_place": _place(THERE, chance), "death_on": on.isoformat(),
        "proof_on": on.isoformat(), "proof_number": f"{chance.randint(10, 300)}/GBT",
    }  # fmt: skip
    facts = (
        ("Họ, chữ đệm, tên", _upper(chance, dead.name)), ("Ngày, tháng, năm sinh", vi_day(dead.birth)),
        ("Số định danh cá nhân", dead.number), ("Dân tộc", "Kinh"), ("Quốc tịch", "Việt Nam"),
        ("Đã chết vào lúc", f"{chance.randint(1, 23)} giờ 20 phút, {in_words(on)}"),
        ("Nơi chết", "Bệnh viện Bãi Cháy"), ("Nguyên nhân", "Viêm phổi"), ("Người nhận giấy", me.name),
    )  # fmt: skip
    sheet = Sheet("Giấy báo tử", facts, agency="BỆNH VIỆN BÃI CHÁY", place="Hạ Long", signed_on=on,
                  signer=person(chance, "female", (35, 60), today).name, number=answers["proof_number"])  # fmt: skip
    return Case("death-registration", answers, {"death-notice": sheet}, "qn-bai-chay-centre",
                names={"death-notice": dead.name}, numbers={"death-notice": dead.number},
                days={"death-notice": on})  # fmt: skip


def marriage(chance: random.Random, today: date) -> Case:
    me, partner = person(chance, "male", (24, 50), today), person(chance, "female", (22, 45), today)
    answers = {
        **answers_for("marriage-registration", "usual"), **_me(me), "partner_full_name": partner.name,
        "partner_personal_number": partner.number, "partner_birth_on": partner.birth.isoformat(),
        "address": _place(HERE, chance), "partner_address": _place(HERE, chance), "status_known": False,
        "signing_on": (today + timedelta(days=14)).isoformat(),
    }  # fmt: skip
    issued = today - timedelta(days=chance.randint(5, 160))
    facts = (
        ("Họ, chữ đệm, tên", _upper(chance, partner.name)), ("Ngày, tháng, năm sinh", vi_day(partner.birth)),
        ("Giới tính", "Nữ"), ("Dân tộc", "Kinh"), ("Quốc tịch", "Việt Nam"), ("Số định danh cá nhân", partner.number),
        _own_card(partner),
        ("Nơi cư trú", "phường Hồng Bàng, thành phố Hải Phòng"), ("Tình trạng hôn nhân", "Chưa đăng ký kết hôn với ai"),
    )  # fmt: skip
    sheet = Sheet(
        "Giấy xác nhận tình trạng hôn nhân", facts, agency="ỦY BAN NHÂN DÂN PHƯỜNG HỒNG BÀNG",
        place=("Hồng Bàng", "Hồng Bàng, Hải Phòng", "Quận 3")[issued.day % 3],
        signed_on=issued, signer=person(chance, "male", (35, 58), today).name,
        number=f"{chance.randint(10, 800)}/UBND-XNTTHN",
        closing="Giấy này được sử dụng để đăng ký kết hôn." if chance.random() < 0.5
        else "Giấy này có giá trị sử dụng trong thời hạn 6 tháng, kể từ ngày cấp.",
    )  # fmt: skip
    key = "marital-status-certificate"
    return Case("marriage-registration", answers, {key: sheet}, "qn-bai-chay-centre", names={key: partner.name},
                numbers={key: partner.number}, ages=(key,))  # fmt: skip


def business(chance: random.Random, today: date) -> Case:
    me = person(chance, chance.choice(("male", "female")), (23, 58), today)
    answers = {
        **answers_for("household-business-registration", "usual-noodle-shop"), **_me(me),
        "address": _place(THERE, chance), "business_address": _place(HERE, chance),
        "started_on": (today + timedelta(days=10)).isoformat(),
    }  # fmt: skip
    until = today + timedelta(days=chance.randint(40, 4000))
    told = "Không thời hạn" if chance.random() < 0.2 else vi_day(until)
    facts = (
        ("Số định danh cá nhân / Personal identification number", me.number),
        ("Họ, chữ đệm và tên khai sinh / Full name", _upper(chance, me.name)),
        ("Ngày, tháng, năm sinh / Date of birth", vi_day(me.birth)),
        ("Giới tính / Sex", "Nam" if me.sex == "male" else "Nữ"), ("Quốc tịch / Nationality", "Việt Nam"),
        ("Có giá trị đến / Date of expiry", told),
    )  # fmt: skip
    return Case("household-business-registration", answers, {"identity-copy": Sheet("Căn cước công dân", facts)},
                "qn-bai-chay-centre", ("card",), names={"identity-copy": me.name},
                numbers={"identity-copy": me.number}, days={"identity-copy": me.birth},
                ages=("identity-copy",))  # fmt: skip


def residence(chance: random.Random, today: date) -> Case:
    me, seller = person(chance, "female", (24, 60), today), person(chance, "male", (30, 70), today)
    answers = {
        **answers_for("permanent-residence-registration", "own-new-flat"), **_me(me), "members": [],
        "new_address": _place(HERE, chance), "old_address": _place(THERE, chance), "address": _place(THERE, chance),
    }  # fmt: skip
    signed = today - timedelta(days=chance.randint(100, 1500))
    facts = (
        ("Bên bán", seller.name), ("Số định danh cá nhân bên bán", seller.number), ("Bên mua", me.name),
        ("Số định danh cá nhân bên mua", me.number), ("Căn hộ số", f"{chance.randint(2, 30)}0{chance.randint(1, 9)}"),
        ("Diện tích", f"{chance.randint(45, 120)} m2"), ("Giá bán", f"{chance.randint(15, 60)}00000000 đồng"),
    )  # fmt: skip
    sheet = Sheet("Hợp đồng mua bán căn hộ", facts, agency="VĂN PHÒNG CÔNG CHỨNG HẠ LONG", place="Hạ Long",
                  signed_on=signed, signer=seller.name, number=f"{chance.randint(100, 999)}/HĐMB",
                  body=("Hai bên thống nhất ký hợp đồng với các điều khoản sau.",))  # fmt: skip
    return Case("permanent-residence-registration", answers, {"home-paper": sheet}, "qn-bai-chay-centre")


def permit(chance: random.Random, today: date) -> Case:
    me = person(chance, "male", (28, 65), today)
    answers = {
        **answers_for("house-building-permit", "usual-three-storeys"), **_me(me), "address": _place(THERE, chance),
        "site_address": _place(HERE, chance), "land_paper": "paper_certificate",
        "land_paper_number": f"CH {chance.randint(10000, 99999)}",
    }  # fmt: skip
    granted = today - timedelta(days=chance.randint(400, 5000))
    land = Sheet(
        "Giấy chứng nhận quyền sử dụng đất", (
            ("Người sử dụng đất", f"Ông {me.name}"), ("Số định danh cá nhân", me.number),
            ("Thửa đất số", answers["plot_number"]), ("Tờ bản đồ số", answers["map_sheet"]),
            ("Diện tích", "90,5 m2"), ("Mục đích sử dụng", "Đất ở tại đô thị"),
            ("Số phát hành", answers["land_paper_number"]),
        ),
        agency="ỦY BAN NHÂN DÂN THÀNH PHỐ HẠ LONG", place="Hạ Long", signed_on=granted,
        signer=person(chance, "male", (40, 58), today).name,
    )  # fmt: skip
    sheets = {"land-paper": land}
    names = {
        "drawings-site": "Mặt bằng công trình trên lô đất",
        "drawings-floors": "Mặt bằng các tầng, mặt đứng, mặt cắt",
        "drawings-foundation": "Mặt bằng móng, mặt cắt móng",
    }
    for key, title in names.items():
        sheets[key] = Sheet(title, (("Tỷ lệ", "1/100"), ("Chủ nhà", me.name), ("Chiều cao", "11,4 m")),
                            agency="CÔNG TY CP KIẾN TRÚC HẠ LONG")  # fmt: skip
    sheets["neighbour-safety"] = Sheet(
        "Bản cam kết bảo đảm an toàn công trình liền kề",
        (("Tôi là", me.name), ("Số định danh cá nhân", me.number), ("Cam kết", "bảo đảm an toàn cho các nhà bên cạnh")),
        place="Hạ Long", signed_on=today - timedelta(days=9), signer=me.name,
    )  # fmt: skip
    return Case("house-building-permit", answers, sheets, "qn-bai-chay-centre")


def security(chance: random.Random, today: date) -> Case:
    me = person(chance, "male", (28, 60), today)
    answers = {
        **PERSON, **_me(me), "applicant_kind": "organisation", "organisation_name": "Karaoke Sao Biển",
        "request_content": "Đề nghị cấp giấy chứng nhận",
    }  # fmt: skip
    issued = today - timedelta(days=chance.randint(5, 160))
    record = Sheet(
        "Phiếu lý lịch tư pháp số 1", (
            ("Họ và tên", _upper(chance, me.name)), ("Ngày, tháng, năm sinh", vi_day(me.birth)),
            ("Số định danh cá nhân", me.number), _own_card(me), ("Tình trạng án tích", "Không có án tích"),
        ),
        agency="CÔNG AN TỈNH QUẢNG NINH", place="Quảng Ninh", signed_on=issued,
        signer=person(chance, "male", (40, 58), today).name, number=f"{chance.randint(100, 9999)}/PLLTP",
    )  # fmt: skip
    firm = Sheet("Giấy chứng nhận đăng ký hộ kinh doanh",
                 (("Tên hộ kinh doanh", "Karaoke Sao Biển"), ("Chủ hộ", me.name)),
                 signed_on=today - timedelta(days=700), number="22A8001234")  # fmt: skip
    ask = Sheet("Văn bản đề nghị cấp Giấy chứng nhận đủ điều kiện về an ninh, trật tự",
                (("Cơ sở", "Karaoke Sao Biển"), ("Người đứng đầu", me.name)), agency="KARAOKE SAO BIỂN",
                signed_on=today - timedelta(days=2))  # fmt: skip
    sheets = {
        "phieu-ly-lich-tu-phap": record, "giay-chung-nhan-dang-ky-doanh-nghiep-hoac-ho": firm,
        "van-ban-de-nghi-cap-giay-chung-nhan-du-dieu": ask,
    }  # fmt: skip
    return Case(
        "security-order-certificate", answers, sheets, "qn-bai-chay-centre", ages=("phieu-ly-lich-tu-phap",)
    )


# The first two are brought by who has them; the electronic declaration takes the place of the third.
NOT_DEMANDED = {"identity-copy", "phieu-ly-lich-tu-phap", "van-ban-de-nghi-cap-giay-chung-nhan-du-dieu"}
Maker = Callable[[random.Random, date], Case]
ALL: tuple[Maker, ...] = (birth, death, marriage, business, residence, permit, security)


# Faults --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Planted:
    """A case with one fault: its kind, the paper it is in ("" for the office), and what to do with the picture."""

    kind: str
    case: Case
    paper: str = ""
    spoil: int | None = None


def missing(chance: random.Random, case: Case) -> Planted:
    """A paper that this case must bring was left out."""
    need = sorted(set(case.sheets) - NOT_DEMANDED)
    key = chance.choice(need)
    return Planted("missing", replace(case, sheets={k: v for k, v in case.sheets.items() if k != key}), key)


def wrong_office(chance: random.Random, case: Case) -> Planted:
    """Everything that decides the place lies in another ward than the chosen one-stop."""
    places = {
        "birth-registration": ("mother_address", "father_address"), "death-registration": ("deceased_address",),
        "marriage-registration": ("address", "partner_address"),
        "household-business-registration": ("business_address",),
        "permanent-residence-registration": ("new_address",), "house-building-permit": ("site_address",),
    }[case.procedure]  # fmt: skip
    return Planted(
        "wrong_office",
        replace(case, answers={**case.answers, **{name: _place(THERE, chance) for name in places}}),
    )


def expired(chance: random.Random, case: Case, today: date) -> Planted:
    """The paper has lost its validity: by the day printed on it, or because it was issued too long ago."""
    key = case.ages[0]
    sheet = case.sheets[key]
    if key == "identity-copy":
        over = vi_day(today - timedelta(days=chance.randint(3, 900)))
        facts = tuple((label, over if "giá trị đến" in label else value) for label, value in sheet.facts)
        older = replace(sheet, facts=facts)
    else:
        older = replace(sheet, signed_on=today - timedelta(days=chance.randint(190, 700)))
    return Planted("expired", replace(case, sheets={**case.sheets, key: older}), key)


def differs(chance: random.Random, case: Case, number: int) -> Planted:
    """The paper says another name, number or day than the declaration."""
    key = chance.choice(sorted(case.names))
    old = case.names[key]
    parts = old.split()
    what = number % 4
    if what == 2 and key in case.numbers:
        swapped = list(case.numbers[key])
        swapped[7], swapped[10] = str((int(swapped[7]) + 3) % 10), str((int(swapped[10]) + 4) % 10)
        return _said_otherwise(case, key, case.numbers[key], "".join(swapped))
    if what == 3 and key in case.days:
        day = case.days[key]
        other = day + timedelta(days=chance.choice((-40, -9, 11, 33)))
        told = _said_otherwise(case, key, vi_day(day), vi_day(other))
        return _said_otherwise(told.case, key, in_words(day), in_words(other))
    if what == 0:  # another given name
        sex = "female" if parts[-1] in GIVEN["female"] else "male"
        given = chance.choice([each for each in GIVEN[sex] if each != parts[-1]])
        new = " ".join([*parts[:-1], given])
    else:  # another middle name
        middle = chance.choice(("Hồng", "Kim", "Hoàng", "Thế", "Diệu"))
        new = " ".join([parts[0], middle, parts[-1]])
    return _said_otherwise(case, key, old, new)


def _said_otherwise(case: Case, key: str, old: str, new: str) -> Planted:
    sheet = case.sheets[key]
    facts = tuple(
        (label, value.replace(old, new).replace(old.upper(), new.upper())) for label, value in sheet.facts
    )
    return Planted("differs", replace(case, sheets={**case.sheets, key: replace(sheet, facts=facts)}), key)


def unreadable(chance: random.Random, case: Case, number: int) -> Planted:
    """The picture of one paper was spoilt in one of the ways of `made.SPOILT`."""
    key = chance.choice(sorted(key for key in case.sheets if not key.startswith("drawings")))
    return Planted("unreadable", case, key, number % 5)


def wrong_paper(chance: random.Random, case: Case, today: date) -> Planted:
    """Another paper of hers was handed in for the one that was asked for."""
    key = next(key for key in case.sheets if not key.startswith("drawings"))
    other = chance.choice(
        [each for each in (birth, death, marriage, business) if each not in (_maker(case),)]
    )
    sheet = next(iter(other(chance, today).sheets.values()))
    return Planted(
        "wrong_paper",
        replace(case, sheets={**case.sheets, key: sheet}, layouts=("form", "table", "office")),
        key,
    )


def _maker(case: Case) -> Maker:
    return next(m for m in ALL if m(random.Random(0), date(2026, 1, 5)).procedure == case.procedure)  # noqa: S311


def planted(kind: str, number: int, today: date, makers: tuple[Maker, ...] = ALL) -> Planted:
    """The fault with this number: the same in every run."""
    chance = random.Random(f"{kind}/{number}")  # noqa: S311
    able = [m for m in makers if _can(kind, m)]
    case = able[number % len(able)](chance, today)
    match kind:
        case "missing":
            return missing(chance, case)
        case "wrong_office":
            return wrong_office(chance, case)
        case "expired":
            return expired(chance, case, today)
        case "wrong_paper":
            return wrong_paper(chance, case, today)
        case "differs":
            return differs(chance, case, number // len(able))
    return unreadable(chance, case, number)


def _can(kind: str, maker: Maker) -> bool:
    if kind == "missing":
        return maker is not business  # the copy of the card is not demanded
    if kind == "wrong_office":
        return maker is not security
    if kind == "expired":
        return maker in (marriage, business, security)
    if kind == "wrong_paper":
        return maker in (birth, death, marriage, residence)
    if kind == "differs":
        return maker in (birth, death, marriage, business)
    return True


def good(number: int, today: date, makers: tuple[Maker, ...] = ALL) -> Case:
    """The good dossier with this number."""
    return makers[number % len(makers)](random.Random(f"good/{number}"), today)  # noqa: S311
