"""“Kiểm tra chữ ký số”: anybody uploads a signed PDF (or data as JWS) and reads what its signatures are worth, and what
became of the result. Nothing is kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.foundation import limits
from motcua.foundation.doors import public
from motcua.foundation.time import now
from motcua.foundation.ui.words import say_date
from motcua.signing import queries as signing
from motcua.signing.rules import Finding, Report, Signature, attached_record
from motcua.standing import queries as standing
from motcua.standing.rules import UNCOMPARED, signed_parts

MB = 1024 * 1024
# state -> (kind of notice, heading)
STATES = {
    "valid": ("good", gettext_lazy("Chữ ký hợp lệ")),
    "invalid": ("wrong", gettext_lazy("Không hợp lệ: đừng dựa vào tệp này")),
    "unknown": ("warn", gettext_lazy("Chưa xác định được")),
}
SIGNATURE_STATES = {
    "valid": gettext_lazy("Hợp lệ tại thời điểm ký"),
    "invalid": gettext_lazy("Không hợp lệ"),
    "expired": gettext_lazy("Chứng thư hết hạn trước khi ký"),
    "revoked": gettext_lazy("Chứng thư bị thu hồi trước khi ký"),
    "unknown": gettext_lazy("Chưa xác định được"),
}
KINDS = {"person": gettext_lazy("Chữ ký của người ký"), "seal": gettext_lazy("Chữ ký của cơ quan (con dấu)")}
ROOTS = {
    "government": gettext_lazy("chữ ký số chuyên dùng công vụ"),
    "public": gettext_lazy("chữ ký số công cộng"),
    "other": gettext_lazy("gốc tin cậy khác"),
}
REVOCATIONS = {
    "good": gettext_lazy("Không bị thu hồi tại thời điểm ký"),
    "revoked": gettext_lazy("Đã bị thu hồi"),
    "revoked_later": gettext_lazy("Bị thu hồi sau khi ký"),
    "unknown": gettext_lazy("Chưa biết"),
}


@public(
    "TT 15/2025/TT-BKHCN: whoever receives a signed document may verify it; the file is read and forgotten"
)
@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Upload a PDF (POST: file) and read signer, agency, time, wholeness, validity and revocation."""
    most = settings.MOTCUA.upload_file_mb
    context: dict[str, Any] = {"max_mb": most, "problems": {}}
    if request.method == "POST":
        caller = request.META.get("REMOTE_ADDR", "")
        limits.demand(f"verify:{caller}", per_minute=settings.MOTCUA.rate_track_per_minute)
        upload = request.FILES.get("file")
        if upload is None or not upload.size:
            context["problems"] = {"file": _("Chọn tệp PDF cần kiểm tra.")}
        elif upload.size > most * MB:
            told = _("Tệp lớn hơn {most} MB. Chọn tệp nhỏ hơn, hoặc hỏi cơ quan đã ký tệp này.")
            context["problems"] = {"file": told.format(most=most)}
        else:
            content = upload.read()
            context |= _shown(signing.check(content, at=now()), str(upload.name or "")[-80:])
            record = attached_record(content)
            last = standing.ruling_about(context["report"].sha256, record, signed_parts(content))
            context["ruled"] = standing.told(last) if last else None
            if not last and standing.is_uncompared(record):
                context["findings"].append(UNCOMPARED)
    return render(request, "portal/verify.html", context, status=422 if context["problems"] else 200)


def _shown(report: Report, name: str) -> dict[str, Any]:
    kind, heading = STATES[report.state]
    return {
        "name": name,
        "report": report,
        "kind": kind,
        "heading": heading,
        "findings": [_words(each) for each in report.findings],
        "signatures": [_signature(each) for each in report.signatures],
    }


def _words(finding: Finding) -> dict[str, str]:
    return {"vi": finding.vi, "en": finding.en}


def _signature(signature: Signature) -> dict[str, Any]:
    rows = [
        (_("Người ký"), " · ".join(each for each in (signature.signer, signature.title) if each)),
        (_("Cơ quan của người ký"), signature.agency),
        (_("Thời điểm ký"), _time(signature)),
        (
            _("Toàn vẹn"),
            _("Nội dung đúng như khi ký") if signature.whole else _("Nội dung không còn như khi ký"),
        ),
        (
            _("Nơi cấp chứng thư"),
            " · ".join(str(x) for x in (signature.issuer, ROOTS.get(signature.root, "")) if x),
        ),
        (_("Chứng thư có hiệu lực"), _validity(signature)),
        (_("Thu hồi"), REVOCATIONS[signature.revocation]),
        (_("Mức của chữ ký"), _level(signature.level)),
    ]
    notice = "good" if signature.state == "valid" else "warn" if signature.state == "unknown" else "wrong"
    return {
        "kind": KINDS.get(signature.kind, _("Chữ ký")),
        "notice": notice,
        "state": SIGNATURE_STATES[signature.state],
        "rows": [{"label": label, "value": value} for label, value in rows if value],
        "findings": [_words(each) for each in signature.findings],
    }


def _level(level: str) -> str:
    return f"PAdES {level}" if level.startswith("B-") else level


def _time(signature: Signature) -> str:
    if signature.signed_at is None:
        return ""
    written = signing.written_time(signature.signed_at)
    if signature.time_proven:
        return _("{time}, có dấu thời gian của {by}").format(time=written, by=signature.stamped_by)
    return _("{time}, theo máy của người ký").format(time=written)


def _validity(signature: Signature) -> str:
    if signature.certificate_from is None or signature.certificate_until is None:
        return ""
    return f"{say_date(signature.certificate_from)} – {say_date(signature.certificate_until)}"
