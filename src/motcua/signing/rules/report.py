"""The answer about a signed file, and the sentences it may hold, in Vietnamese and English."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

# What a finding does to the answer: "bad" makes it invalid, "doubt" unknown, "note" only tells.
SENTENCES: dict[str, tuple[str, str, str]] = {
    # of the file
    "not_pdf": ("bad", "Tệp này không phải PDF.", "This file is not a PDF."),
    "broken": (
        "bad",
        "Tệp PDF bị hỏng nên không đọc được chữ ký. Hãy xin lại bản gốc từ nơi cấp.",
        "The PDF is broken, so its signatures cannot be read. Ask the issuer for the original.",
    ),
    "encrypted": (
        "bad",
        "Tệp PDF bị khóa bằng mật khẩu nên chưa kiểm tra được. Hãy xin bản không khóa.",
        "The PDF is locked with a password, so it cannot be checked. Ask for a copy without one.",
    ),
    "too_large": (
        "bad",
        "Tệp lớn hơn mức kiểm tra được ({most} MB).",
        "The file is larger than what can be checked ({most} MB).",
    ),
    "too_many_pages": (
        "bad",
        "Tệp có {pages} trang, nhiều hơn mức kiểm tra được ({most}).",
        "The file has {pages} pages, more than can be checked ({most}).",
    ),
    "too_complex": (
        "bad",
        "Tệp có cấu trúc quá phức tạp hoặc quá nhiều chữ ký nên không kiểm tra.",
        "The file is too complex, or has too many signatures, to be checked.",
    ),
    "script": (
        "bad",
        "Tệp có chương trình bên trong ({what}): nội dung nhìn thấy có thể thay đổi, không nên tin.",
        "The file holds a program ({what}): what it shows may change, do not rely on it.",
    ),
    "unsigned": ("bad", "Tệp không có chữ ký số nào.", "The file has no digital signature."),
    "trailing": (
        "bad",
        "Sau chỗ kết thúc của tệp còn dữ liệu khác, có thể do người khác thêm vào.",
        "There is more data behind the end of the file, perhaps added by others.",
    ),
    "archive_broken": (
        "bad",
        "Dấu thời gian lưu trữ không còn khớp với tệp: tệp đã bị sửa sau khi lưu trữ.",
        "The archive time stamp no longer matches the file: it was changed after it was archived.",
    ),
    "loose": (
        "note",
        "Tệp không theo đúng chuẩn PDF ở vài chỗ nhưng vẫn đọc được.",
        "The file departs from the PDF standard in places, but can be read.",
    ),
    # of data signed as JWS
    "jws_unreadable": (
        "bad",
        "Tệp không phải dữ liệu ký theo JWS (RFC 7515) đúng dạng. Hãy xin lại từ nơi ký.",
        "The file is not well-formed data signed as JWS (RFC 7515). Ask the signer for it again.",
    ),
    "algorithm_refused": (
        "bad",
        "Thuật toán “{name}” không được chấp nhận, hoặc không khớp với khóa trong chứng thư số.",
        "The algorithm “{name}” is not accepted, or is not one of the certificate's key.",
    ),
    "critical_unknown": (
        "bad",
        "Chữ ký đòi hiểu những điều không biết ở đây ({names}), nên không được tin.",
        "The signature demands what is not understood here ({names}), so it must not be relied on.",
    ),
    "no_certificate": (
        "doubt",
        "Chữ ký không kèm chứng thư số, nên chưa biết ai ký.",
        "The signature brings no certificate, so who signed is not known.",
    ),
    "payload_missing": (
        "doubt",
        "Chữ ký để rời: cần thêm tệp dữ liệu đã ký mới kiểm tra được.",
        "A detached signature: the signed data itself is needed to check it.",
    ),
    # of one signature
    "altered": (
        "bad",
        "Nội dung đã bị sửa sau khi ký: chữ ký không còn khớp với tệp.",
        "The content was changed after signing: the signature does not match the file.",
    ),
    "signature_hidden": (
        "bad",
        "Trong tệp còn một chữ ký mà mục lục của tệp không dẫn tới: tệp đã bị sửa, hoặc hỏng ở đoạn sau.",
        "The file holds a signature that its own tables do not lead to: it was changed, or is damaged further on.",
    ),
    "signature_unreadable": (
        "bad",
        "Chữ ký bị hỏng hoặc không theo chuẩn nên không kiểm tra được.",
        "The signature is broken or follows no known standard, so it cannot be checked.",
    ),
    "partial_coverage": (
        "bad",
        "Chữ ký chỉ bao trùm một phần của tệp: phần còn lại có thể do người khác thêm vào.",
        "The signature covers only a part of the file: the rest may have been added by others.",
    ),
    "changed_after": (
        "bad",
        "Sau chữ ký này tệp đã bị thêm hoặc che nội dung ngoài phạm vi cho phép.",
        "After this signature content was added or covered beyond what is allowed.",
    ),
    "form_filled": (
        "note",
        "Sau chữ ký này có ô được điền, và cơ quan đã xác nhận bằng chữ ký tiếp theo: {fields}.",
        "After this signature a field was filled in, and the agency vouches for it by its next signature: {fields}.",
    ),
    "form_changed": (
        "bad",
        "Sau chữ ký này có ô trong biểu mẫu bị điền hoặc sửa: {fields}.",
        "After this signature fields of the form were filled in or changed: {fields}.",
    ),
    "weak_algorithm": (
        "bad",
        "Chữ ký dùng thuật toán yếu ({name}); TT 15/2025/TT-BKHCN đòi hỏi SHA-2 và RSA từ 2048 bit.",
        "The signature uses a weak algorithm ({name}); SHA-2 and RSA of 2048 bits or more are required.",
    ),
    "untrusted": (
        "doubt",
        "Chứng thư số không dẫn đến gốc tin cậy nào đã biết nên chưa thể tin người ký.",
        "The certificate leads to no known trust root, so the signer cannot be relied on yet.",
    ),
    "chain_invalid": (
        "bad",
        "Chuỗi chứng thư số không hợp lệ: {detail}.",
        "The chain of certificates is not valid: {detail}.",
    ),
    "wrong_usage": (
        "bad",
        "Chứng thư số này không được cấp để ký văn bản.",
        "This certificate was not issued for signing documents.",
    ),
    "expired": (
        "bad",
        "Chứng thư số đã hết hạn trước thời điểm ký (hết hạn {day}).",
        "The certificate had expired before the time of signing (on {day}).",
    ),
    "not_yet_valid": (
        "bad",
        "Chứng thư số chưa có hiệu lực tại thời điểm ký (từ {day}).",
        "The certificate was not yet valid at the time of signing (from {day}).",
    ),
    "expired_unproven": (
        "doubt",
        "Chứng thư số nay đã hết hạn và không có dấu thời gian chứng minh chữ ký được tạo trước đó.",
        "The certificate has expired by now, and no time stamp proves that the signature was made before.",
    ),
    "revoked_before": (
        "bad",
        "Chứng thư số đã bị thu hồi trước thời điểm ký (thu hồi {day}).",
        "The certificate had been revoked before the time of signing (on {day}).",
    ),
    "revoked_unproven": (
        "bad",
        "Chứng thư số đã bị thu hồi ({day}) và không có dấu thời gian chứng minh chữ ký được tạo trước đó.",
        "The certificate was revoked (on {day}), and no time stamp proves that the signature was made before.",
    ),
    "revoked_later": (
        "note",
        "Chứng thư số bị thu hồi sau khi ký ({day}); chữ ký vẫn có giá trị tại thời điểm ký.",
        "The certificate was revoked after signing (on {day}); the signature was valid at the time of signing.",
    ),
    "expired_later": (
        "note",
        "Chứng thư số nay đã hết hạn; chữ ký vẫn có giá trị tại thời điểm ký.",
        "The certificate has expired by now; the signature was valid at the time of signing.",
    ),
    "revocation_unknown": (
        "doubt",
        "Chưa biết chứng thư số có bị thu hồi hay không: không có hoặc không lấy được thông tin còn hiệu lực.",
        "Whether the certificate was revoked is not known: there is no current information, or it cannot be had.",
    ),
    "time_claimed": (
        "note",
        "Giờ ký do máy của người ký ghi, không có dấu thời gian chứng minh.",
        "The signing time is what the signer's machine said; no time stamp proves it.",
    ),
    "timestamp_broken": (
        "bad",
        "Dấu thời gian không khớp với chữ ký.",
        "The time stamp does not match the signature.",
    ),
    "timestamp_untrusted": (
        "doubt",
        "Dấu thời gian chưa thể tin: chưa biết nơi cấp, hoặc chưa biết chứng thư của nơi cấp còn hiệu lực.",
        "The time stamp cannot be relied on yet: its authority, or whether its certificate held, is not known.",
    ),
    "trial": (
        "note",
        "Chứng thư số MÔ PHỎNG: chữ ký này không có giá trị pháp lý.",
        "MÔ PHỎNG (simulation) certificate: this signature has no legal value.",
    ),
}


@dataclass(frozen=True)
class Finding:
    """One sentence: its code, what it does (bad, doubt, note), Vietnamese and English."""

    code: str
    does: str
    vi: str
    en: str


def finding(code: str, **told: Any) -> Finding:
    """The finding of this code. KeyError for a code that does not exist."""
    does, vi, en = SENTENCES[code]
    return Finding(code, does, vi.format(**told), en.format(**told))


@dataclass(frozen=True)
class Signature:
    """One signature: who, for which agency, when and how that is known, under which authority, and what it is worth.

    `state`: valid, invalid, expired, revoked (both before signing) or unknown. `kind`: person or seal. `level`: the
    PAdES level. `root` is the kind of the trust root (government, public, other, "" for none).
    """

    field: str
    state: str
    signer: str = ""
    agency: str = ""
    title: str = ""
    kind: str = ""
    issuer: str = ""
    root: str = ""
    trial: bool = False
    level: str = ""
    signed_at: datetime | None = None
    time_proven: bool = False
    stamped_by: str = ""
    whole: bool = False  # the signed bytes are what was signed
    certificate_from: datetime | None = None
    certificate_until: datetime | None = None
    serial: str = ""
    revocation: str = "unknown"  # good, revoked, revoked_later, unknown
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Report:
    """The answer about a file: `state` valid, invalid or unknown, its findings and its signatures in their order."""

    state: str
    sha256: str
    checked_at: datetime
    pages: int = 0
    findings: tuple[Finding, ...] = ()
    signatures: tuple[Signature, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The report as plain data for JSON: times as ISO 8601, everything else as it is named here."""
        return _plain(asdict(self))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def worst(findings: tuple[Finding, ...]) -> str:
    """What findings come to: invalid when one is bad, unknown when one is a doubt, else valid."""
    does = {each.does for each in findings}
    return "invalid" if "bad" in does else "unknown" if "doubt" in does else "valid"
