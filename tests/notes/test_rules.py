"""Who may write anew, withdraw, make, put on, take off: tables."""

import pytest

from motcua.notes import rules

pytestmark = pytest.mark.kernel


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Gấp", "  gấp ", True), ("Gấp", "Gập", False), ("Chờ ảnh", "CHỜ  ẢNH", True), ("a", "b", False)],
)
def test_names_are_the_same_but_for_spaces_and_capitals(one, other, same):
    assert (rules.label_key(one) == rules.label_key(other)) is same


@pytest.mark.parametrize(
    ("account", "holders", "edits", "withdraws"),
    [
        (1, set(), True, True),
        (2, {"office:5:process"}, False, False),
        (2, {"office:5:lead"}, False, True),
        (2, {"office:6:lead"}, False, False),
        (None, set(), False, False),
    ],
)
def test_one_edits_ones_own_and_who_leads_may_withdraw(account, holders, edits, withdraws):
    assert rules.may_edit(1, account) is edits
    assert rules.may_withdraw(1, account, 5, holders) is withdraws


@pytest.mark.parametrize(
    ("holders", "makes"),
    [
        ({"office:5:lead"}, True),
        ({"office:9:admin"}, True),
        ({"office:5:process", "office:8:lead"}, False),
        (set(), False),
    ],
)
def test_labels_are_made_by_who_leads_or_administers_there_or_above(holders, makes):
    assert rules.may_make(5, [9], holders) is makes


@pytest.mark.parametrize(
    ("label_of", "retired", "on", "off"),
    [
        (5, False, True, True),
        (9, False, True, True),  # of the agency above
        (5, True, False, True),
        (7, False, False, False),  # another agency that works on it too
        (3, False, False, True),  # a former agency: nobody there sees the dossier any more
    ],
)
def test_a_label_goes_on_by_ones_own_agency_and_off_too_once_its_agency_has_left(label_of, retired, on, off):
    assert rules.may_put_on(label_of, [5, 9], retired=retired) is on
    assert rules.may_take_off(label_of, [5, 9], [5, 7, 9]) is off
