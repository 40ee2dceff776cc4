"""Every change of the editing room: one function a verb."""

from motcua.editing.actions.begin import start_blank, start_from_catalogue, start_from_files
from motcua.editing.actions.forms import start_from_form
from motcua.editing.actions.proofs import keep_version_proof, prove_in_force, prove_waiting
from motcua.editing.actions.publish import keep_proof, offer, prove, publish
from motcua.editing.actions.write import discard, save, settle_doubt, start_draft

__all__ = [
    "discard", "keep_proof", "keep_version_proof", "offer", "prove", "prove_in_force", "prove_waiting", "publish",
    "save", "settle_doubt", "start_blank", "start_draft", "start_from_catalogue", "start_from_files",
    "start_from_form",
]  # fmt: skip
