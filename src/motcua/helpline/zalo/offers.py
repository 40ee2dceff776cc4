"""What a chat channel offers: it tells us what somebody wrote, and takes what we say to her. Nothing else of her.

Its users' names, pictures and telephone numbers are neither asked for nor read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class ChannelProblem(Exception):  # noqa: N818  it is told to the operator's log, to nobody else
    """The channel did not do what was asked. `code`: unsafe_address | down | slow | refused | token | wrong_answer.

    `maybe_done`: it may have taken the message all the same, for it broke off while answering.
    """

    def __init__(self, code: str, detail: str = "", *, maybe_done: bool = False) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.maybe_done = code, maybe_done


class NotAuthentic(Exception):  # noqa: N818
    """A message does not come from the channel, or is too old to be believed."""


@dataclass(frozen=True)
class Said:
    """What somebody wrote: the message's id, her id in this channel, the words ("" for a picture or the like), when."""

    message: str
    user: str = field(repr=False)
    text: str = field(repr=False)
    at: datetime


@dataclass(frozen=True)
class Tokens:
    """What opens the channel's door, and for how many seconds; `refresh` is good for one renewal."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    seconds: int


class Channel(Protocol):
    """A connector to a chat channel."""

    def heard(self, body: bytes, signature: str, at: datetime) -> Said | None:
        """What a webhook call says; None for an event that is no message. Raises NotAuthentic."""
        ...

    def send(self, access: str, user: str, text: str) -> None:
        """Say `text` to somebody who wrote to us. Raises ChannelProblem."""
        ...

    def renew(self, refresh: str) -> Tokens:
        """Another pair of tokens. Raises ChannelProblem."""
        ...
