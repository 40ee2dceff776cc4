"""Many documents by one key: each stands or falls alone, every check holds, and beginning again signs nothing twice."""

import functools
import threading

import pytest

from motcua.signing import batch, errors, queries
from motcua.signing.actions import Document, Refused, Signed, sign_many
from motcua.signing.appearance import person_look
from motcua.signing.keys import KeyProblem
from motcua.signing.pades import field_names
from motcua.signing.rules import Evidence
from motcua.signing.trial import stamp
from tests.signing.desk import AT, HANH, hours, small_pdf

pytestmark = [pytest.mark.kernel, pytest.mark.slow]
PAPER = small_pdf()


class Counting:
    """A key that counts how often it is asked, and may stop."""

    def __init__(self, key, at_once=2, lasts=99):
        self.key, self.certificate, self.chain = key, key.certificate, key.chain
        self.at_once, self.lasts, self.calls = at_once, lasts, []

    def sign_all(self, many, digest="sha256"):
        self.calls.append(len(many))
        if sum(self.calls) > self.lasts:
            raise KeyProblem("closed")
        return self.key.sign_all(many, digest)


@pytest.fixture
def house(desk, monkeypatch):
    """The installation, whose trial authority is the tests' own; `house.asked` counts questions about a standing."""
    asked = []
    real = queries.standing_of

    def counted(what, **named):
        asked.append(len(what))
        return real(what, **named)

    monkeypatch.setattr(queries, "trial_authority", lambda tree, at: desk.authority)
    monkeypatch.setattr(batch, "standing_of", counted)
    desk.asked = asked
    return desk


@pytest.fixture
def go(house):
    def going(documents, key, *, at=AT, **named):
        named.setdefault("stamps", functools.partial(stamp, house.authority, at=at))
        return sign_many(documents, key, at=at, **named)

    return going


def states(answers):
    return [each.refusal.code.split(".")[1] if isinstance(each, Refused) else "signed" for each in answers]


def test_each_stands_or_falls_alone_and_the_authorities_are_asked_once(house, go):
    key = Counting(house.key())
    look = person_look(HANH.name, at=AT, x=300, y=100)
    before = house.sign(PAPER, house.key(), field="ChuKy")
    papers = [
        Document("a", PAPER, look=look, reason="Phê duyệt"),
        Document("broken", PAPER[:300]),
        Document("b", PAPER),
        Document("no PDF", b"GIF89a"),
        Document(
            "assertion", before.replace(b"/XRef", b"/XReg")
        ),  # the library asserts where it should refuse
        Document("signed before", before),
        Document("a", PAPER),
        Document("c", before, field="Hai"),
    ]
    told = list(go(papers, key))
    assert [each.id for each in told] == [each.id for each in papers]
    assert states(told) == [
        "signed", "file_unreadable", "signed", "file_unreadable", "file_unreadable", "already_signed",
        "already_signed", "signed",
    ]  # fmt: skip
    assert key.calls == [1, 1, 1]  # by portions of two, only what can be signed
    assert house.asked == [2, 2]  # the signer's chain once, that of the time stamps once
    for each in (told[0], told[2]):
        report = house.verify(each.content, key)
        assert (report.state, report.signatures[0].level) == ("valid", "B-LT")
    assert len(field_names(told[7].content)) == 2 and field_names(before) == ["ChuKy"]


def test_beginning_again_after_a_crash_signs_nothing_twice(house, go):
    key = Counting(house.key())
    papers = dict.fromkeys("abcd", PAPER)
    for number, done in enumerate(go([Document(*each) for each in papers.items()], key)):
        papers[done.id] = done.content  # stored, each by itself
        if number == 2:
            break  # the power is cut
    again = list(go([Document(*each) for each in papers.items()], key))
    assert states(again) == ["already_signed"] * 3 + ["signed"]
    stored = [*(papers[name] for name in "abc"), again[3].content]
    assert [field_names(each) for each in stored] == [["ChuKy"]] * 4


def test_large_documents_are_taken_fewer_at_a_time(house, go, monkeypatch):
    monkeypatch.setattr(batch, "BYTES_AT_ONCE", 2 * len(PAPER))
    key = Counting(house.key(), at_once=9)
    told = list(go([Document(str(number), PAPER) for number in range(5)], key, level="B-T"))
    assert states(told) == ["signed"] * 5 and key.calls == [2, 2, 1]


def test_a_key_that_stops_is_not_asked_again(house, go):
    key = Counting(house.key(), lasts=2)
    told = list(go([Document(str(number), PAPER) for number in range(7)], key))
    assert states(told) == ["signed"] * 2 + ["key_closed"] * 5
    assert key.calls == [2, 2]


def test_a_door_that_breaks_lets_nobody_wait(house, go):
    class Broken(Counting):
        def sign_all(self, many, digest="sha256"):
            raise ZeroDivisionError("a fault in the door itself")

    with pytest.raises(ZeroDivisionError):
        list(go([Document(str(number), PAPER) for number in range(3)], Broken(house.key(), at_once=3)))


def test_a_far_authority_is_asked_for_several_stamps_at_once(house, go):
    class Far:
        far = True
        both, asked = threading.Barrier(2, timeout=5), 0

        def __call__(self, request):
            Far.asked += 1
            if Far.asked > 1:  # the first tells how long a stamp is
                self.both.wait()
            return stamp(house.authority, request, at=AT)

    told = go([Document("a", PAPER), Document("b", PAPER)], Counting(house.key()), stamps=Far(), level="B-T")
    assert states(told) == ["signed"] * 2 and Far.asked == 3


@pytest.mark.parametrize(
    ("spoil", "at", "refusal"),
    [
        (lambda desk, key: desk.revoke(key, at=AT), hours(1), errors.Revoked),
        (lambda desk, key: None, hours(24 * 400), errors.Expired),
        (lambda desk, key: None, hours(-48), errors.NotYetValid),
    ],
)
def test_a_certificate_that_may_not_sign_signs_none(house, go, spoil, at, refusal):
    key = Counting(house.key(days=365))
    spoil(house, key)
    with pytest.raises(refusal):
        go([Document("a", PAPER)], key, at=at)
    assert not key.calls


def test_unknown_is_never_good_and_no_stamp_no_signature(house, go, monkeypatch):
    key = Counting(house.key())

    def down(request):
        raise ConnectionRefusedError("the time stamps are down")

    with pytest.raises(errors.NoTimeStamp):
        go([Document("a", PAPER)], key, stamps=down)
    assert (
        states(go([Document("a", PAPER), Document("b", PAPER)], key, stamps=down, level="B-T"))
        == ["no_time_stamp"] * 2
    )
    monkeypatch.setattr(batch, "standing_of", lambda *asked, **named: Evidence())
    with pytest.raises(errors.RevocationUnknown):
        go([Document("a", PAPER)], key)
    assert not key.calls


def test_the_authorities_are_asked_again_when_their_word_is_old(house, go, monkeypatch):
    key = Counting(house.key())
    monkeypatch.setattr(batch, "FRESH_SECONDS", -1.0)  # every word is old at once
    answers = go([Document(str(number), PAPER) for number in range(4)], key, level="B-T")
    assert isinstance(next(answers), Signed) and isinstance(next(answers), Signed)
    house.revoke(key, at=AT)
    assert states(answers) == ["revoked"] * 2
    assert sum(key.calls) == 2
