"""Where the QR code of a paper leads on: is this the paper that was issued, does it hold? No name is shown."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound
from motcua.foundation import limits
from motcua.foundation.doors import public
from motcua.kernel.identifiers import parse_tracking
from motcua.portal.issued import Issued, issued_of
from motcua.portal.views._common import lang
from motcua.sealing import queries as sealing
from motcua.standing import queries as standing

MB = 1024 * 1024
WHY = "whoever is shown a paper may ask whether it was issued and holds; the code is on the paper, no name is told"


def _asked(request: HttpRequest) -> Any:
    """The dossier of the reference in the QR code; a legal code, which may be guessed, opens nothing. Counts one look.

    Raises TooMany, DossierNotFound.
    """
    caller = request.META.get("REMOTE_ADDR", "")
    limits.demand(f"track:{caller}", per_minute=settings.MOTCUA.rate_track_per_minute)
    typed = " ".join(request.GET.get("ma", "").split())[:80]
    found = dossiers.find_tracked(typed) if parse_tracking(typed) else None
    if found is None:
        raise DossierNotFound()
    return found


@public(WHY)
@never_cache
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The papers of the dossier with their hashes, standing and proofs (GET: ma). POST file: is this one of them?"""
    dossier = _asked(request)
    rows = issued_of(dossier, lang())
    last = standing.ruling_of(dossier) if standing.has_result(dossier) else None
    most, problems, same = settings.MOTCUA.upload_file_mb, {}, None
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None or not upload.size:
            problems = {"file": _("Chọn tệp bạn đang giữ.")}
        elif upload.size > most * MB:
            problems = {"file": _("Tệp lớn hơn {most} MB nên không phải giấy cấp ở đây.").format(most=most)}
        else:
            digest = hashlib.sha256(upload.read()).hexdigest()
            same = next((each for each in rows if each.sha256 == digest), False)
    context = {
        "code": dossier.code or dossier.reference,
        "back": f"{reverse('portal:track')}?{urlencode({'ma': dossier.reference})}",
        "rows": [_row(each, dossier.reference) for each in rows],
        "has_result": any(each.is_result for each in rows),
        "ruled": standing.told(last) if last else None,
        "problems": problems,
        "compared": same is not None,
        "same": same,
        "max_mb": most,
    }
    return render(request, "portal/issued.html", context, status=422 if problems else 200)


def _row(row: Issued, reference: str) -> dict[str, Any]:
    address = f"{reverse('portal:issued_proof')}?{urlencode({'ma': reference, 'giay': row.key})}"
    return {"paper": row, "proof": address}


@public(WHY)
@never_cache
@require_GET
def proof(request: HttpRequest) -> HttpResponse:
    """That the file of one paper stands in the sealed journal by its hash, as a file to keep beside it (GET: ma, giay).

    A proof exists only after the seal, so it cannot lie inside the paper. Raises DossierNotFound.
    """
    dossier = _asked(request)
    wanted = request.GET.get("giay", "")
    row = next((each for each in issued_of(dossier, lang()) if each.key == wanted), None)
    if row is None:
        raise DossierNotFound()
    answer = JsonResponse(sealing.proof(row.chain), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="bang-chung.json"'
    return answer
