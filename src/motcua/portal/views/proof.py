"""The proof that what was done on one's own dossier stands in the sealed journal, as a file for the verifier."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
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
        "confirm_payment", "extend", "sign", "approve", "seal", "hand_over", "rate", "withdraw", "stop",
    )
)  # fmt: skip
RECEIVED = "dossier.receive"  # the receipt is named by its act, other letters by their facts


def below(dossier: Any, letter: Any) -> dict[str, str] | None:
    """What is printed below a letter: the proof of the act that issued it, in a code to scan; None until sealed."""

    def issued(line: Any) -> bool:
        named = line.verb in TOLD and line.facts.get("letter") == letter.public_id
        return line.at == letter.at and (line.verb == RECEIVED if letter.kind == "receipt" else named)

    found = queries.printed_proof(dossier.subject, issued=issued)
    if found is None:
        return None
    return {"text": found[0], "key": found[1], "page": settings.MOTCUA.base_url + reverse("sealing:show")}


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
