"""One verb on many dossiers: which of the picked ones it is meant for, which want a word of their own, which stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.counter import words
from motcua.counter.listing import Line
from motcua.counter.moves import BATCH, MOVES, next_verb, verbs_for
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import FeeUnpaid, OwnDossier
from motcua.dossiers.rules import Finance
from motcua.foundation.actors import Actor

PICKED_MAX = 200
# A batch of the key follows the same decision as the value: the signer signs, or gives back.
# Who signs by a key may also note what was signed on paper.
INSTEAD = {"send_back": ("sign", "approve"), "approve": ("approve", "sign")}


@dataclass(frozen=True)
class Fit:
    """Whether a verb is for a dossier: `why` it is not ("" where it is), or what must be ticked by hand (`asks`)."""

    why: str = ""
    asks: str = ""  # "" | denied | unpaid


def fit_of(actor: Actor, dossier: Any, verb: str) -> Fit:
    """How a batch of `verb` stands to one dossier: done only where it is the next decision, and meant."""
    possible = verbs_for(actor, dossier)
    if not possible:
        if dossiers.is_own(actor, dossier):
            return Fit(str(OwnDossier.message))
        return Fit(_nothing_to_do(dossier))
    if verb == "assign" and verb in possible:
        return Fit()
    if verb == "hand_over" and verb in possible:
        return _handed(dossier)
    following = next_verb(actor, dossier)
    if verb in possible and following in INSTEAD.get(verb, (verb,)):
        return Fit(asks="denied" if verb == "approve" and dossier.outcome == "denied" else "")
    if not following:
        return Fit(_nothing_to_do(dossier))
    return Fit(_("Việc tiếp theo của hồ sơ này là “{verb}”.").format(verb=words.VERBS[following]))


def _handed(dossier: Any) -> Fit:
    if dossiers.has_money_due(dossier):
        return Fit(f"{FeeUnpaid().sentence} {FeeUnpaid().way_out}")
    return Fit(asks="unpaid" if dossier.finance_state == Finance.UNKNOWN else "")


def _nothing_to_do(dossier: Any) -> str:
    if dossier.assigned_to_id and dossier.business_state == "in_process":
        return _("{name} đang xử lý hồ sơ này.").format(name=dossier.assigned_to.display_name)
    state = words.STATES[str(dossier.business_state)]
    return _("Hồ sơ đang ở bước “{state}” nên không làm được việc này.").format(state=state)


def asks_first(verb: str) -> bool:
    """Whether a batch of `verb` is shown once more before it is done."""
    return MOVES[verb].asks or MOVES[verb].final


def offered(lines: Iterable[Line]) -> list[str]:
    """The batches that fit the rows of a list, in the order of a dossier's life."""
    lines = list(lines)
    found = {line.verb for line in lines}
    found |= {"hand_over"} if any(line.may_hand_over for line in lines) else set()
    found |= {"assign"} if any(line.may_assign for line in lines) else set()
    return [verb for verb in BATCH if found & set(INSTEAD.get(verb, (verb,)))]
