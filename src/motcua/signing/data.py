"""Signing data as JWS, and time stamps over a digest: what is signed here is no PDF. Part of the door `actions`."""

from __future__ import annotations

import functools
import json
from datetime import datetime

from django.conf import settings

from motcua.signing import jws, network, pades, queries
from motcua.signing.batch import may_sign
from motcua.signing.errors import DataUnreadable, KeyUnusable, NoTimeStamp, refusal_of
from motcua.signing.keys import KeyDoor, KeyProblem
from motcua.signing.rules import stamp_request, stamp_told
from motcua.signing.rules.jws import algorithm_for
from motcua.signing.trial import stamp


def sign_data(
    content: bytes,
    key: KeyDoor,
    *,
    at: datetime,
    form: str = "compact",
    detached: bool = False,
    algorithm: str = "",
    ask: network.Fetch | None = None,
) -> bytes:
    """JSON signed as JWS (RFC 7515), exactly these bytes, at the aware moment `at`, which stands in it as claimed.

    `form` is "compact" or "json" (flattened); `detached` leaves the data out; `algorithm` is RS256 or that of the curve
    unless said (PS256). The certificate is checked as for a file. Raises DataUnreadable, KeyUnusable, the refusals of
    BEFORE_SIGNING and KEY_PROBLEMS.
    """
    try:
        json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise DataUnreadable() from problem
    try:
        name = algorithm_for(key.certificate, algorithm)
    except ValueError as problem:
        raise KeyUnusable() from problem
    may_sign(key, at=at, ask=ask)
    try:
        return jws.signed(content, key, name, at=at, form=form, detached=detached)
    except KeyProblem as problem:
        raise refusal_of(problem) from problem


def stamp_digest(digest: bytes, *, at: datetime) -> tuple[bytes, datetime, str]:
    """A time stamp (RFC 3161) over a SHA-256 digest: the answer in DER, its time, and who gave it.

    By the authority of the setting `tsa_url`, else in a simulation by the trial authority. The answer is about this
    digest and this request, or it is none. Raises NoTimeStamp.
    """
    source = _source(at)
    request, nonce = stamp_request(digest)
    try:
        answer = source(request)
    except OSError as problem:
        raise NoTimeStamp() from problem
    told = stamp_told(answer, digest, nonce)
    if told is None:
        raise NoTimeStamp()
    return answer, *told


def _source(at: datetime) -> pades.StampSource:
    address = settings.MOTCUA.tsa_url
    if address:
        return lambda request: network.fetch(address, request, network.STAMP_TYPE)
    if settings.MOTCUA.simulation:
        return functools.partial(stamp, queries.trial_authority("government", at=at), at=at)
    raise NoTimeStamp()
