"""Who stands behind a certificate, and how far a signature's profile goes."""

from __future__ import annotations

from typing import Any

from motcua.signing.rules.evidence import Evidence

TRIAL_MARK = "MÔ PHỎNG"
OF_MACHINES = {"server_auth", "code_signing", "time_stamping", "ocsp_signing"}
_TITLE, _ORGANISATION_NUMBER = "title", "organization_identifier"


def holder(certificate: Any) -> dict[str, Any]:
    """{signer, agency, title, kind, issuer, trial} of a certificate. A seal is a certificate of an agency itself."""
    said = {name: _text(value) for name, value in certificate.subject.native.items()}
    name, agency = said.get("common_name", ""), said.get("organization_name", "")
    issuer = {key: _text(value) for key, value in certificate.issuer.native.items()}
    seal = _ORGANISATION_NUMBER in said or (bool(agency) and name == agency)
    return {
        "signer": name,
        "agency": agency or (name if seal else ""),
        "title": said.get(_TITLE, ""),
        "kind": "seal" if seal else "person",
        "issuer": issuer.get("common_name", ""),
        "trial": TRIAL_MARK in " ".join(issuer.values()),
    }


def may_sign(certificate: Any) -> bool:
    """Whether a certificate was issued for signing documents: its key usage says so or says nothing, and it is neither
    an authority's nor made for a machine's purposes alone (RFC 5280 4.2.1.3, 4.2.1.9, 4.2.1.12)."""
    usage, purposes = certificate.key_usage_value, certificate.extended_key_usage_value
    if usage is not None and not usage.native & {"digital_signature", "non_repudiation"}:
        return False
    if purposes is not None and set(purposes.native) <= OF_MACHINES:
        return False
    return not certificate.ca


def _text(value: Any) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def described(stamp: Any) -> tuple[Any, list[Any]] | None:
    """The certificate of who gave a time stamp and the others inside it; None when it holds none."""
    inside = [each.chosen for each in stamp["certificates"] if each.name == "certificate"]
    signer = stamp["signer_infos"][0]["sid"]
    for certificate in inside:
        if signer.name == "issuer_and_serial_number":
            same = certificate.serial_number == signer.chosen["serial_number"].native
            if same and certificate.issuer == signer.chosen["issuer"]:
                return certificate, inside
        elif certificate.key_identifier == signer.chosen.native:
            return certificate, inside
    return None


def level_of(embedded: Any, reader: Any, stamped: bool, kept: Evidence) -> str:
    """The PAdES level by what is there: a time stamp (B-T), evidence kept (B-LT), an archive stamp behind (B-LTA)."""
    name = str(embedded.sig_object.get("/SubFilter", ""))
    if name != "/ETSI.CAdES.detached":
        return "CMS"
    if not stamped:
        return "B-B"
    if not (kept.ocsps or kept.crls):
        return "B-T"
    later = [
        each
        for each in reader.embedded_timestamp_signatures
        if each.signed_revision > embedded.signed_revision
    ]
    return "B-LTA" if later else "B-LT"
