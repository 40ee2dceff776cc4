"""What every room's API shares: tokens with scopes, problems (RFC 9457), strict input, cursors, answers declared.

router = Router(tags=["files"])
@router.post("", auth=Token("files:write"), response=answers(KeptFile, 201), summary="Hand in a file")
"""

from motcua.foundation.api.description import (
    MachineDoor,
    answers,
    asked_answers,
    content_answers,
    open_answers,
    read_answers,
)
from motcua.foundation.api.problems import Problem, answer_with, install
from motcua.foundation.api.reading import (
    Answers,
    In,
    IsoDay,
    Out,
    PublicId,
    Text,
    act_of,
    bad_cursor,
    cursor,
    demand_arguments,
    read_cursor,
)
from motcua.foundation.api.tokens import SCOPES, Token, open_door, register_token_source

__all__ = [
    "SCOPES",
    "Answers",
    "In",
    "IsoDay",
    "MachineDoor",
    "Out",
    "Problem",
    "PublicId",
    "Text",
    "Token",
    "act_of",
    "answer_with",
    "answers",
    "asked_answers",
    "bad_cursor",
    "content_answers",
    "cursor",
    "demand_arguments",
    "install",
    "open_answers",
    "open_door",
    "read_answers",
    "read_cursor",
    "register_token_source",
]
