"""Invented people of the Ha Long area: names, numbers, phones, addresses that fit each other and belong to nobody.

The personal numbers follow the law's pattern (province 022, sex and century, year) with serials from 900000 on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from motcua.kernel.text import fold

FAMILY = (
    ("Nguyễn", 30), ("Trần", 11), ("Lê", 9), ("Phạm", 9), ("Hoàng", 6), ("Vũ", 7), ("Đặng", 4), ("Bùi", 4),
    ("Đỗ", 4), ("Ngô", 3), ("Dương", 3), ("Đinh", 2), ("Lý", 1), ("Đoàn", 2), ("Phùng", 1), ("Tô", 1), ("Ứng", 1),
)  # fmt: skip
MALE = (
    "Văn Hùng", "Văn Dũng", "Đức Thắng", "Quang Huy", "Minh Tuấn", "Văn Sơn", "Hữu Nghĩa", "Xuân Trường", "Anh Đức",
    "Mạnh Cường", "Đình Khoa", "Bá Lộc", "Thế Anh", "Gia Bảo", "Trọng Nhân", "Hồng Quân", "Ngọc Ánh", "Tiến Đạt",
)  # fmt: skip
FEMALE = (
    "Thị Lan", "Thị Hương", "Thu Hà", "Ngọc Mai", "Thị Thanh", "Bích Ngọc", "Thị Hoa", "Kim Oanh", "Thùy Dung",
    "Phương Thảo", "Thị Yến", "Minh Châu", "Thị Ánh", "Khánh Linh", "Diệu Hiền", "Thị Út", "Quỳnh Anh", "Hồng Nhung",
)  # fmt: skip
STREETS = (
    "Hạ Long", "Lê Thánh Tông", "Cái Lân", "Hậu Cần", "Nguyễn Văn Cừ", "25 Tháng 4", "Trần Hưng Đạo", "Cao Thắng",
    "Vườn Đào", "Hoàng Quốc Việt", "Lê Lợi", "Tuần Châu",
)  # fmt: skip

TRADES = (
    "Thương mại",
    "Dịch vụ du lịch",
    "Xây dựng",
    "Vận tải",
    "Thực phẩm",
    "Cơ điện",
    "Nội thất",
    "Thương mại và Dịch vụ",
)
COOPERATIVES = ("Nông nghiệp", "Thủy sản", "Dịch vụ vận tải", "Nuôi trồng thủy sản")
BRANDS = (
    "Hồng Hải", "Bình Minh", "Thành Công", "Vạn Phúc", "Hoàng Long", "An Khang", "Đại Dương", "Việt Hưng", "Phú Thịnh",
    "Minh Quang", "Hải Đăng", "Thiên Phú", "Bảo An", "Tân Tiến", "Đông Bắc", "Yên Cư", "Trường Giang", "Nam Thắng",
    "Đức Tín", "Kim Sơn",
)  # fmt: skip
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True)
class Person:
    """Somebody invented. `commune` is the five-digit code of where she lives."""

    full_name: str
    personal_number: str
    birth_on: date
    sex: str
    phone: str
    commune: str
    detail: str

    @property
    def facts(self) -> dict[str, Any]:
        """The common answers of every declaration's applicant: always the same, so that the register of persons
        meets no contradiction that was not planned.
        """
        return {
            "full_name": self.full_name,
            "personal_number": self.personal_number,
            "birth_on": self.birth_on.isoformat(),
            "sex": self.sex,
            "phone": self.phone,
            "address": self.address,
            **({"email": self.email} if self.email else {}),
        }

    @property
    def address(self) -> dict[str, str]:
        """Where she lives, as a declaration holds it."""
        return {"commune_code": self.commune, "detail": self.detail}

    @property
    def email(self) -> str:
        """Her address for e-mail; two of three people give none."""
        name = fold(self.full_name).replace(" ", "")
        return (
            f"{name}{self.personal_number[-3:]}@example.com" if int(self.personal_number[-1]) % 3 == 0 else ""
        )

    @property
    def family(self) -> str:
        """The family name, which comes first."""
        return self.full_name.split()[0]

    def age(self, day: date) -> int:
        """Full years on `day`."""
        return (
            day.year - self.birth_on.year - ((day.month, day.day) < (self.birth_on.month, self.birth_on.day))
        )

    @property
    def organisation(self) -> tuple[str, str]:
        """(name, tax code) of the business she files for when she files for one: one person, one business."""
        rng = Random(f"organisation/{self.personal_number}")
        form = rng.choices(("Công ty TNHH", "Công ty cổ phần", "Hợp tác xã", "Hộ kinh doanh"), (5, 2, 1, 3))[
            0
        ]
        if form == "Hộ kinh doanh":
            return f"{form} {self.full_name}", _tax_code(self.personal_number[-5:])
        field = COOPERATIVES if form == "Hợp tác xã" else TRADES
        return f"{form} {rng.choice(field)} {rng.choice(BRANDS)}", _tax_code(self.personal_number[-5:])

    @property
    def login(self) -> str:
        """A sign-in name for those who file online."""
        return f"{fold(self.full_name).replace(' ', '.')}.{self.personal_number[-4:]}"


def name(rng: Random, sex: str, family: str | None = None) -> str:
    """A full name; `family` keeps it in the family."""
    families, weights = zip(*FAMILY, strict=True)
    return f"{family or rng.choices(families, weights)[0]} {rng.choice(MALE if sex == 'male' else FEMALE)}"


def number(rng: Random, sex: str, birth_on: date, serial: int) -> str:
    """A personal number of Quang Ninh that fits sex and year; `serial` keeps it unique."""
    digit = (0 if birth_on.year < 2000 else 2) + (1 if sex == "female" else 0)
    return f"022{digit}{birth_on.year % 100:02d}{900000 + serial % 100000:06d}"


def _tax_code(serial: str) -> str:
    """A tax code with its check digit, of Quang Ninh, of numbers that nobody has been given; one for each serial of
    five digits.
    """
    for head in ("5799", "5798", "5797", "5796"):
        digits = f"{head}{serial}"
        last = 10 - sum(w * int(d) for w, d in zip(_TAX_WEIGHTS, digits, strict=True)) % 11
        if last < 10:
            return f"{digits}{last}"
    raise AssertionError("one of four neighbours has a check digit")  # their sums differ by less than eleven


def person(rng: Random, serial: int, day: date, communes: list[str]) -> Person:
    """A grown-up of 21 to 80 years on `day`: of an age to marry, to build and to trade."""
    sex = rng.choice(("male", "female"))
    birth_on = day - timedelta(days=rng.randint(21 * 366, 80 * 365))
    return Person(
        full_name=name(rng, sex),
        personal_number=number(rng, sex, birth_on, serial),
        birth_on=birth_on,
        sex=sex,
        phone=f"09{rng.randint(10_000_000, 99_999_999)}",
        commune=rng.choice(communes),
        detail=f"Số {rng.randint(1, 320)}, đường {rng.choice(STREETS)}",
    )
