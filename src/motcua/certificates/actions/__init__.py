"""Every change of requests and certificates: permission, transaction, journal line. No name and no number in a line."""

from motcua.certificates.actions.asking import follow
from motcua.certificates.actions.booths import end_booth, keep_booth
from motcua.certificates.actions.erasing import erase
from motcua.certificates.actions.key import agree, give_key, send_code
from motcua.certificates.actions.later import renew, revoke
from motcua.certificates.actions.orders import (
    ask_about,
    complete,
    fail,
    finish,
    finish_revocation,
    hand_over_again,
    heard,
    learn_revoked,
    note_trouble,
    wait_for_her,
)
from motcua.certificates.actions.registering import check_identity

__all__ = [
    "agree", "ask_about", "check_identity", "complete", "end_booth", "erase", "fail", "finish", "finish_revocation",
    "follow", "give_key", "hand_over_again", "heard", "keep_booth", "learn_revoked", "note_trouble", "renew", "revoke",
    "send_code", "wait_for_her",
]  # fmt: skip
