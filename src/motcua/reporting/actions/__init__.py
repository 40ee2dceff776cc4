"""Every change of the reporting room; one file per part of its work, this is the door."""

from motcua.reporting.actions.close import close
from motcua.reporting.actions.figures import count_public
from motcua.reporting.actions.petitions import accept, answer, decline, pass_on, publish, rate, send

__all__ = ["accept", "answer", "close", "count_public", "decline", "pass_on", "publish", "rate", "send"]
