"""What one simulated dossier is about: people, places, land, house and business that fit each other.

A story is made once per dossier and grows as questions are asked: whoever was named "mother" in one question is the
same mother in the next. Dice come from the dossier, so the same seed tells the same story.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from motcua.simulation import people
from motcua.simulation.people import Person

WARDS = (
    "Bãi Cháy",
    "Hồng Gai",
    "Cao Xanh",
    "Hà Tu",
    "Hà Lầm",
    "Việt Hưng",
    "Tuần Châu",
    "Hoành Bồ",
    "Quảng La",
)
PROVINCE = "tỉnh Quảng Ninh"
HOSPITALS = ("Bệnh viện Bãi Cháy", "Bệnh viện Sản Nhi Quảng Ninh", "Bệnh viện Đa khoa tỉnh Quảng Ninh")
# what a household sells or does, its line in the words of the business register, its four-digit code
SHOPS = (
    ("Tạp hóa", "Bán lẻ lương thực, thực phẩm, đồ uống trong cửa hàng tổng hợp", "4711"),
    ("Quán ăn", "Nhà hàng và dịch vụ ăn uống phục vụ lưu động", "5610"),
    ("Cà phê", "Dịch vụ phục vụ đồ uống", "5630"),
    ("Hải sản", "Bán lẻ thực phẩm trong cửa hàng chuyên doanh", "4722"),
    ("Thời trang", "Bán lẻ hàng may mặc, giày dép trong cửa hàng chuyên doanh", "4771"),
    ("Cắt tóc, gội đầu", "Cắt tóc, làm đầu, gội đầu", "9631"),
    ("Sửa xe máy", "Bảo dưỡng, sửa chữa mô tô, xe máy", "4542"),
    ("May đo", "May trang phục", "1410"),
)
# Whom a prefix of a question names: (sex or "" for either, youngest, oldest)
ADULTS = {
    "mother": ("female", 22, 40), "father": ("male", 24, 46), "head": ("male", 35, 70), "giver": ("", 40, 78),
    "parent": ("", 32, 55), "carer": ("female", 30, 60), "represented": ("", 25, 70), "subject": ("", 22, 60),
    "chief": ("male", 30, 58), "owner": ("", 35, 75),
}  # fmt: skip


@dataclass
class Story:
    """The facts of a dossier of `person`, declared on `day`; `answers` is the dictionary being filled."""

    person: Person
    day: date
    rng: Random
    answers: dict[str, Any]
    about: str = ""  # the name of the procedure, in its own words
    given: dict[str, Any] = field(default_factory=dict)

    # People ------------------------------------------------------------------------------------------------------

    def who(self, prefix: str) -> Person:
        """The person whom questions beginning with `prefix` are about."""
        name = f"person/{prefix}"
        if name not in self.given:
            self.given[name] = self._meet(prefix)
        return self.given[name]

    def _meet(self, prefix: str) -> Person:
        if prefix in ("mother", "father") and prefix == self.parenthood:
            return self.person
        if prefix == "child":
            return self._child(self._birth_of_a_child())
        if prefix == "pupil":
            return self._child(date(self.day.year - 11, 1, 1) + timedelta(days=self.rng.randrange(365)))
        if prefix in ("partner", "spouse"):
            return self.somebody(
                "female" if self.person.sex == "male" else "male", max(20, self.age - 7), self.age + 6
            )
        if prefix == "deceased":
            return self._deceased()
        if prefix == "beneficiary":
            return self._beneficiary()
        if prefix in ("giver", "owner", "head") and self._from_the_parents():
            return self._elder()
        if prefix == "carer":
            return self.somebody("", 30, 60, family=self.who("beneficiary").family)
        sex, youngest, oldest = ADULTS.get(prefix, ("", 22, 65))
        if prefix in ("mother", "father") and "child_full_name" not in self.given["asks"]:
            youngest, oldest = youngest + 12, oldest + 12
        # whoever files for a child that is not hers carries its name all the same
        family = self.person.family if prefix == "father" and self.person.sex == "male" else None
        return self.somebody(sex, youngest, oldest, family=family)

    @property
    def age(self) -> int:
        return self.person.age(self.day)

    @property
    def parenthood(self) -> str:
        """ "father" or "mother" where the applicant is of the age to have the child she declares for, else ""."""
        pupil = "pupil_full_name" in self.given["asks"]
        if self.person.sex == "male":
            return "father" if (31 if pupil else 22) <= self.age <= (60 if pupil else 55) else ""
        return "mother" if (30 if pupil else 20) <= self.age <= (55 if pupil else 44) else ""

    def somebody(self, sex: str, youngest: int, oldest: int, family: str | None = None) -> Person:
        """A person of that age on the day, living where the applicant lives; `sex` "" for either."""
        rng = self.rng
        sex = sex or rng.choice(("male", "female"))
        # a year of slack, so that leap years never make the range an empty one
        born = self.day - timedelta(days=rng.randint(youngest * 366, max(youngest + 1, oldest) * 365))
        return self._as(people.name(rng, sex, family), sex, born)

    def _as(self, name: str, sex: str, born: date) -> Person:
        rng = self.rng
        number = people.number(rng, sex, born, rng.randrange(100000))
        phone = f"09{rng.randint(10_000_000, 99_999_999)}"
        return Person(name, number, born, sex, phone, self.person.commune, self.person.detail)

    def _birth_of_a_child(self) -> date:
        late = self.rng.random() < 0.08
        return self.day - timedelta(days=self.rng.randint(61, 900) if late else self.rng.randint(3, 55))

    def _child(self, born: date) -> Person:
        sex = self.rng.choice(("male", "female"))
        # a child has its father's family name; the father's mother or father declares as often as he does
        family = self.who("father").family
        return self._as(people.name(self.rng, sex, family), sex, born)

    def _deceased(self) -> Person:
        relation = self.answers.get("declarant_relation")
        if relation == "spouse":
            other = "female" if self.person.sex == "male" else "male"
            return self.somebody(other, max(25, self.age - 5), self.age + 8)
        if relation == "parent":
            return self.somebody("", 2, max(3, self.age - 21), family=self.person.family)
        return self.somebody("", max(50, self.age + 20), max(60, min(98, self.age + 38)), self.person.family)

    def _beneficiary(self) -> Person:
        relation = self.answers.get("relation")
        if self.answers.get("applicant_kind") != "behalf":
            return self.person
        if relation == "parent":
            return self.somebody("", 4, 15, family=self.person.family)
        return self.somebody("", max(60, self.age + 20), max(70, min(94, self.age + 35)))

    def _from_the_parents(self) -> bool:
        kin = ("gift", "inheritance", "family_home", "child")
        named = ("transfer_kind", "move_kind", "home_kind", "relation_to_head")
        return self.age < 62 and any(self.answers.get(name) in kin for name in named)

    def _elder(self) -> Person:
        """The father or mother from whom she has it or with whom she lives: one and the same in all questions."""
        if "person/elder" not in self.given:
            oldest = min(95, self.age + 34)
            self.given["person/elder"] = self.somebody(
                "male", min(self.age + 21, oldest), oldest, self.person.family
            )
        return self.given["person/elder"]

    # Places ------------------------------------------------------------------------------------------------------

    def place(self, name: str) -> dict[str, str]:
        """An address of the neighbourhood, the same one for the same name."""
        key = f"place/{name}"
        if key not in self.given:
            detail = f"Số {self.rng.randint(1, 300)}, đường {self.rng.choice(people.STREETS)}"
            self.given[key] = {"commune_code": self.person.commune, "detail": detail}
        return self.given[key]

    @property
    def ward(self) -> str:
        """A ward in words, the same one all through the dossier."""
        return self.once("ward", lambda: self.rng.choice(WARDS))

    @property
    def hospital(self) -> str:
        return self.once("hospital", lambda: self.rng.choice(HOSPITALS))

    def once(self, name: str, make: Any) -> Any:
        """What `make` gave the first time it was asked for."""
        if name not in self.given:
            self.given[name] = make()
        return self.given[name]

    # Land, house, business ---------------------------------------------------------------------------------------

    @property
    def plot(self) -> dict[str, Any]:
        """A plot of a town: number, sheet, area, and the certificate about it."""
        return self.once("plot", self._plot)

    def _plot(self) -> dict[str, Any]:
        rng = self.rng
        issued = self.day - timedelta(days=rng.randint(500, 6500))
        return {
            "number": str(rng.randint(2, 480)),
            "sheet": str(rng.randint(3, 92)),
            "area": round(rng.uniform(48, 210), 1),
            "serial": f"{rng.choice(('BA', 'BD', 'CC', 'CS', 'DA', 'DG'))} {rng.randint(100000, 989999)}",
            "book": f"CH {rng.randint(100, 9900):05d}",
            "issued": issued,
            "million_per_m2": rng.randint(9, 45),
        }

    @property
    def house(self) -> dict[str, Any]:
        """A house that stands on the plot: storeys, areas and height follow each other."""
        return self.once("house", self._house)

    def _house(self) -> dict[str, Any]:
        rng = self.rng
        storeys = rng.choices((1, 2, 3, 4, 5), (20, 26, 34, 15, 5))[0]
        ground = round(self.plot["area"] * rng.uniform(0.55, 0.85), 1)
        return {
            "storeys": storeys,
            "basements": int(storeys >= 4 and rng.random() < 0.15),
            "ground": ground,
            "floor": round(ground * storeys * rng.uniform(1.0, 1.06), 1),
            "height": f"{3.4 * storeys + rng.choice((0.5, 0.9, 1.2)):.1f}".replace(".", ","),
        }

    @property
    def shop(self) -> tuple[str, str, str]:
        return self.once("shop", lambda: self.rng.choice(SHOPS))

    def number(self, letters: str, last: int = 900) -> str:
        """The number of a paper of this year: 215/2026, or 215/2026/GCS."""
        text = f"{self.rng.randint(11, last)}/{self.day.year}"
        return f"{text}/{letters}" if letters else text

    def ago(self, least: int, most: int) -> date:
        """A day that many days back."""
        return self.day - timedelta(days=self.rng.randint(least, most))
