"""What the assistant decides, without tables and without a clock."""

from motcua.assistant.rules.replies import (
    ANSWER,
    ASK_BACK,
    BEHAVIOURS,
    HAND_OVER,
    MINE,
    REFUSALS,
    SMALL_TALK,
    Asked,
    Button,
    Choice,
    Context,
    Guess,
    Reply,
    Sentence,
    Source,
)

__all__ = [
    "ANSWER", "ASK_BACK", "BEHAVIOURS", "HAND_OVER", "MINE", "REFUSALS", "SMALL_TALK", "Asked", "Button", "Choice",
    "Context", "Guess", "Reply", "Sentence", "Source",
]  # fmt: skip
