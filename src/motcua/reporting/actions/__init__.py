"""Every change of the reporting room; one file per part of its work, this is the door."""

from motcua.reporting.actions.close import close

__all__ = ["close"]
