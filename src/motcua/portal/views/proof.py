"""The proof that what was done on one's own dossier stands in the sealed journal, as a file for the verifier."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.foundation.doors import actor_of, signed_in
from motcua.portal.views._common import note_seen, own
from motcua.sealing import queries

# What an applicant is told of the work on her dossier anyway. Of what goes on inside the agency (drafts of the result,
# sending back, notes, labels) only the hash leaves: the chain is proved whole, its content is not given away.
TOLD = frozenset(
    f"dossier.{verb}"
    for verb in (
        "submit", "receive", "ask_at_door", "refuse", "transfer", "answer", "ask_supplement", "ask_payment",
        "confirm_payment", "extend", "approve", "hand_over", "rate", "withdraw", "stop",
    )
)  # fmt: skip


@signed_in
@never_cache
@require_GET
def proof(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every line of the dossier with its path into signed seals, as JSON to keep."""
    dossier, actor = own(request, public_id), actor_of(request)
    told = queries.proof(dossier.subject, shown=lambda line: line.actor == actor.key or line.verb in TOLD)
    note_seen(request, "proof", dossier)
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="bang-chung.json"'
    return answer
