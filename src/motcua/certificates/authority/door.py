"""What a certificate authority offers to a place of registration, whatever it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Holder:
    """Whom the certificate is for, and how that was found out: `checked` desk or signin, `paper` which paper."""

    name: str
    number: str
    birth_on: str
    phone: str
    checked: str
    paper: str


@dataclass(frozen=True)
class Answer:
    """What the authority says of an order: `state` waiting, activation, issued, revoked or refused.

    `certificates` in DER, hers first; `activation` the page where she makes her key in the authority's service;
    `reason` why it refused; `wait` after how many seconds to ask again.
    """

    state: str
    certificates: tuple[bytes, ...] = ()
    activation: str = ""
    credential: str = ""
    reason: str = ""
    wait: int = 0


class AuthorityProblem(Exception):
    """No answer that can be used: unsafe_address, down, wrong_answer, not_admitted (our account), conflict."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


class Authority(Protocol):
    """Every call bears repetition: `order` is our own id of it, and the same one is the same order. Raises
    AuthorityProblem."""

    def enrol(self, order: str, holder: Holder, request: str) -> Answer:
        """A certificate for the key of this request (PKCS#10, PEM)."""

    def renew(self, order: str, holder: Holder, serial: str, request: str) -> Answer:
        """A certificate that follows the one with this number, for the key of this request."""

    def open_credential(self, order: str, holder: Holder, serial: str = "") -> Answer:
        """A key in the authority's own service, and its certificate; she activates it herself. `serial`: it follows
        that one."""

    def revoke(self, order: str, serial: str, reason: str) -> Answer:
        """The certificate with this number holds no longer."""

    def cancel(self, order: str, ended: str, reason: str) -> Answer:
        """Nothing of the order `ended` holds any longer: its activation page is closed, and a certificate that came of
        it meanwhile is revoked."""
