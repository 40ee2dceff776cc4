"""Every read of the assistant: what it replies, how good that is, and the conversations it keeps."""

from motcua.assistant.evaluation import Measured, measure
from motcua.assistant.guessing import search
from motcua.assistant.knowledge import knowledge
from motcua.assistant.queries.sources import value_of
from motcua.assistant.replying import QUESTION_LENGTH, reply

__all__ = ["QUESTION_LENGTH", "Measured", "measure", "reply", "search", "value_of", "warm"]


def warm() -> None:
    """Learn, or read what was learnt, so that the first person who asks does not wait for it."""
    knowledge()
