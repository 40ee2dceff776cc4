"""Proof that the daily figures are those the dossiers give."""

from __future__ import annotations

from collections.abc import Iterator

from motcua.foundation import policy
from motcua.operations import counting


def figure_differences() -> Iterator[str]:
    """Every figure that is not what the dossiers give, leaving aside what is announced and not yet counted."""
    due, kept = counting.due_figures(), counting.stored()
    for name, wanted, stored in (
        ("figure", due.columns, kept.columns),
        ("duration", due.durations, kept.durations),
    ):
        for key in sorted({*wanted, *stored}, key=str):
            if wanted.get(key, 0) != stored.get(key, 0):
                place, column = key
                yield (
                    f"{name} {column} of {place.day}, agency {place.agency}, procedure {place.procedure}: "
                    f"{stored.get(key, 0)} is stored, the dossiers give {wanted.get(key, 0)}"
                )


policy.register_check("operations.figures", figure_differences)
