"""Every change of the editing room: one function a verb."""

from motcua.editing.actions.begin import start_blank, start_from_catalogue, start_from_files
from motcua.editing.actions.publish import keep_proof, offer, prove, publish
from motcua.editing.actions.write import discard, save, start_draft

__all__ = [
    "discard", "keep_proof", "offer", "prove", "publish", "save", "start_blank",
    "start_draft", "start_from_catalogue", "start_from_files",
]  # fmt: skip
