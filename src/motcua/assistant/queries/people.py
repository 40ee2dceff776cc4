"""Whether people answer conversations now. The room with the queue says so; without it nobody is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Answering = Callable[[datetime], bool]
_answering: list[Answering] = []
_pages: list[str] = []


def register_people(answering: Answering, page: str = "") -> None:
    """The room in which officers answer says here, at start-up, how to find out whether it takes conversations at a
    moment, and the name of the page on which a person is asked for (it gets the id of the conversation)."""
    if answering not in _answering:
        _answering.append(answering)
    if page and page not in _pages:
        _pages.append(page)


def people_page() -> str:
    """The name of the page on which a person is asked for, "" where the assistant's own form does."""
    return _pages[0] if _pages else ""


def people_answer(at: datetime) -> bool:
    """Whether a person can be asked for at the aware moment `at`."""
    return any(answering(at) for answering in _answering)
