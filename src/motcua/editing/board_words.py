"""The words of the board of procedures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.editing.rules.board import CONFIGURED, FAULTY, LISTED, PROVED, UNPROVED, USED

STAGE_WORDS = {
    LISTED: _("Chỉ có tên"),
    CONFIGURED: _("Đã cấu hình"),
    PROVED: _("Đã chứng minh"),
    USED: _("Đang dùng"),
}
PROOFS = {"ok": _("không thấy lỗi"), FAULTY: _("thấy lỗi"), UNPROVED: _("chưa chứng minh")}
LEVELS = {
    "commune": _("Cấp xã"),
    "province": _("Cấp tỉnh"),
    "ministry": _("Bộ, ngành"),
    "other": _("Đơn vị khác"),
}
_MORE_LEVELS = {"both": _("Cấp tỉnh và cấp xã"), "district-before-2025": _("Cấp huyện (trước 01/7/2025)")}


def stage_words(stage: str) -> str:
    """How far a procedure has come, in the reader's language."""
    return str(STAGE_WORDS[stage])


def proof_words(proof: str) -> str:
    """What the prover said, "" where there is nothing to prove."""
    return str(PROOFS[proof]) if proof else ""


def level_words(level: str) -> str:
    """The level that decides; as the pack writes it where we have no words, "" where the list does not say."""
    return str((LEVELS | _MORE_LEVELS).get(level, level))
