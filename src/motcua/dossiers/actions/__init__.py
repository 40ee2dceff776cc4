"""Every change of a dossier: one function, one transaction, one journal line, one announcement.

Faces, API, batches and the simulator call these same functions. Results are dicts of ids, codes and states.
"""

from motcua.dossiers.actions.declare import (
    add_paper,
    choose_agency,
    remove_paper,
    save_answers,
    start_draft,
    submit,
)
from motcua.dossiers.actions.digitise import put_scan
from motcua.dossiers.actions.discard import discard, discard_abandoned
from motcua.dossiers.actions.door import ask_at_door, check_papers, receive, refuse, take_in, transfer
from motcua.dossiers.actions.end import hand_over, rate, stop, withdraw
from motcua.dossiers.actions.erase import erase
from motcua.dossiers.actions.helping import ask_consent, confirm_consent, hand_in_slip, start_helping
from motcua.dossiers.actions.lending import lend_serials, return_serials
from motcua.dossiers.actions.money import record_cash, record_refund
from motcua.dossiers.actions.passing_on import Passing, pass_on, pass_on_numbering, passing_to
from motcua.dossiers.actions.person import settle_difference
from motcua.dossiers.actions.process import (
    advance,
    answer,
    answer_at_counter,
    ask_payment,
    ask_supplement,
    assign,
    confirm_payment,
    extend,
    forward,
    take,
)
from motcua.dossiers.actions.result import approve, draft_result, seal, send_back, sign, take_over_result
from motcua.dossiers.actions.reuse import refuse_reuse, reuse_papers, withdraw_reuse
from motcua.dossiers.actions.upkeep import end_help, follow_person, recount, release
from motcua.dossiers.actions.versions import change_version, follow_version, note_version_seen

__all__ = [
    "Passing",
    "add_paper",
    "advance",
    "answer",
    "answer_at_counter",
    "approve",
    "ask_at_door",
    "ask_consent",
    "ask_payment",
    "ask_supplement",
    "assign",
    "change_version",
    "check_papers",
    "choose_agency",
    "confirm_consent",
    "discard",
    "discard_abandoned",
    "confirm_payment",
    "draft_result",
    "end_help",
    "erase",
    "extend",
    "follow_person",
    "follow_version",
    "forward",
    "hand_in_slip",
    "hand_over",
    "lend_serials",
    "note_version_seen",
    "pass_on",
    "pass_on_numbering",
    "passing_to",
    "put_scan",
    "rate",
    "receive",
    "record_cash",
    "record_refund",
    "recount",
    "refuse",
    "refuse_reuse",
    "release",
    "remove_paper",
    "return_serials",
    "reuse_papers",
    "save_answers",
    "seal",
    "send_back",
    "settle_difference",
    "sign",
    "start_draft",
    "start_helping",
    "stop",
    "submit",
    "take",
    "take_in",
    "take_over_result",
    "transfer",
    "withdraw",
    "withdraw_reuse",
]
