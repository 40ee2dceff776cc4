"""Every change of a joint task: one function, one transaction, one line in the journal of its dossier."""

from motcua.cooperation.actions.consult import consult
from motcua.cooperation.actions.holder import follow_holder
from motcua.cooperation.actions.late import note_late
from motcua.cooperation.actions.pass_on import pass_back, pass_on
from motcua.cooperation.actions.work import answer, ask_again, decline, recall, release, take

__all__ = [
    "answer",
    "ask_again",
    "consult",
    "decline",
    "follow_holder",
    "note_late",
    "pass_back",
    "pass_on",
    "recall",
    "release",
    "take",
]
