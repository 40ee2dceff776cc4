"""A place that is filled behind the first signature: by the agency itself before its seal, or by anybody else."""

import pytest

from motcua.signing.appearance import person_look, seal_look
from motcua.signing.fields import fill_field, put_field
from motcua.signing.trial import Person
from tests.signing.desk import AGENCY, AT, HANH, SEAL, codes, hours, small_pdf

pytestmark = pytest.mark.kernel
NAME, NUMBER = "so-van-ban", "07/GPXD-UBND"
LOOK = person_look(HANH.name, at=AT, x=330, y=150, agency=AGENCY)


@pytest.fixture
def signed(desk):
    """(signed file with an empty place, the key of who signed)"""
    key = desk.key()
    paper = put_field(small_pdf(), NAME, box=(100, 700, 220, 718), page=0, told="Số văn bản")
    return desk.sign(paper, key, level="B-LT", look=LOOK), key


def sealed(desk, content, seal):
    return desk.sign(
        content, seal, at=hours(1), level="B-LT", field="CoQuan", look=seal_look(AGENCY, over=LOOK)
    )


def test_a_number_filled_before_the_seal_leaves_the_first_signature_valid(desk, signed):
    content, key = signed
    seal = desk.key(SEAL)
    report = desk.verify(sealed(desk, fill_field(content, NAME, NUMBER), seal), key, seal, at=hours(2))
    assert [each.state for each in report.signatures] == ["valid", "valid"]
    assert codes(report) == ["form_filled"] and codes(report, 1) == []
    told = report.signatures[0].findings[0]
    assert NUMBER in told.vi and NUMBER in told.en


def test_a_number_nobody_vouches_for_is_a_change(desk, signed):
    content, key = signed
    filled = fill_field(content, NAME, NUMBER)
    assert codes(desk.verify(filled, key)) == ["form_changed"]
    stranger = desk.key(Person("Công ty Khác", "Công ty Khác", seal=True))
    report = desk.verify(sealed(desk, filled, stranger), key, stranger, at=hours(2))
    assert report.signatures[0].state == "invalid" and codes(report) == ["form_changed"]


def test_a_number_changed_behind_the_seal_is_a_change(desk, signed):
    content, key = signed
    seal = desk.key(SEAL)
    done = sealed(desk, fill_field(content, NAME, NUMBER), seal)
    report = desk.verify(fill_field(done, NAME, "08/GPXD-UBND"), key, seal, at=hours(2))
    assert [each.state for each in report.signatures] == ["invalid", "invalid"]


def test_a_place_that_is_not_there_is_no_place(desk, signed):
    with pytest.raises(KeyError):
        fill_field(signed[0], "khac", NUMBER)
