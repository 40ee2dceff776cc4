"""What pages in the hall and on the phone show of a board, as finished values."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from motcua.queue.queries import Board


def language_of(request: HttpRequest) -> str:
    """The language that the address asks for; Vietnamese where it asks for none."""
    return "en" if request.GET.get("lang") == "en" else "vi"


def board_facts(board: Board, language: str) -> dict[str, Any]:
    """The agency and its services as a newcomer finds them."""
    return {
        "office": board.office.name(language),
        "gives": board.gives,
        "gives_again": board.gives_again,
        "waiting": len(board.waiting),
        "lines": [
            {
                "key": line.service.key,
                "letter": line.service.letter,
                "name": line.service.name(language),
                "hint": line.service.hint(language),
                "waiting": line.waiting,
                "ahead": line.ahead,
                "expected": line.expected,
            }
            for line in board.lines()
        ],
    }


def ticket_address(reference: str) -> str:
    """The whole address of a ticket's page, for a QR code."""
    return f"{settings.MOTCUA.base_url}{reverse('queue:ticket', args=[reference])}"
