"""Deciding what is ambiguous, applying a reorganisation in chunks, taking it back in chunks."""

from motcua.reorganisation.actions.apply import apply, apply_chunk, begin, finish
from motcua.reorganisation.actions.decide import decide
from motcua.reorganisation.actions.undo import begin_undo, finish_undo, undo, undo_chunk

__all__ = [
    "apply", "apply_chunk", "begin", "begin_undo", "decide", "finish", "finish_undo", "undo", "undo_chunk",
]  # fmt: skip
