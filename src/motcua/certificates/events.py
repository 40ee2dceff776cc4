"""What this room announces. Ids and states only."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.events import Event


@dataclass(frozen=True)
class CertificateIssued(Event):
    """An authority issued a certificate and it was found to be hers; `kind` issue or renew."""

    request: str
    dossier: str
    kind: str


@dataclass(frozen=True)
class CertificateRevoked(Event):
    """A certificate holds no longer; `why` as RFC 5280 names reasons."""

    request: str
    dossier: str
    why: str
