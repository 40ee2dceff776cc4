"""The mend of asn1crypto: a length that ends in 0x80 is no indefinite one, and costs no more than another."""

import pytest

from motcua.signing.rules.der import is_indefinite, mend

pytestmark = pytest.mark.kernel


@pytest.mark.parametrize(
    ("header", "indefinite"),
    [
        (b"\x30\x80", True),
        (b"\x30\x82\x04\x80", False),
        (b"\x30\x81\x80", False),
        (b"\xa0\x80\x30\x80", True),
        (b"\xa0\x82\x04\x84\x30\x82\x04\x80", False),
        (b"\x7f\x81\x01\x80", True),
        (b"\x30\x7f", False),
        (b"", False),
    ],
)
def test_the_length_itself_is_read(header, indefinite):
    assert is_indefinite(header) is indefinite


def test_what_was_read_is_handed_on_as_it_is_and_what_was_made_is_encoded():
    from asn1crypto import cms, core

    mend()
    mend()
    octets = core.OctetString(bytes(0x80 - 4)).dump()
    raw = b"\x30\x81\x80" + core.Integer(1).dump() + octets[:1] + b"\x7b" + bytes(0x7B)
    read = core.SequenceOf.load(raw, spec=core.Any)
    assert read.dump() == raw
    calls = []
    made = cms.CMSAttribute({"type": "message_digest", "values": [bytes(0x80 - 17)]})
    for _ in range(3):
        calls.append(made.dump())
    assert calls[0] == calls[1] == calls[2] == cms.CMSAttribute.load(calls[0]).dump()
    assert cms.CMSAttribute.load(calls[0])["values"][0].native == bytes(0x80 - 17)
    broken_off = b"\x30\x80" + core.Integer(1).dump() + b"\x00\x00"
    assert core.SequenceOf.load(broken_off, spec=core.Integer).dump()[:2] == b"\x30\x03"
