"""Every change of the editing room: one function a verb."""

from motcua.editing.actions.write import discard, save, start_draft

__all__ = ["discard", "save", "start_draft"]
