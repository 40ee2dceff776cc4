"""A worklist as a file: the same rows under the same policy, read a block at a time, each block noted as seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from motcua.counter.listing import Tab
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import columns
from motcua.foundation.tables import Table

BLOCK = 200  # of dossiers with two hundred answers each five hundred would be tens of megabytes
Page = Callable[[tuple[str, int] | None, int], list[tuple[Any, tuple[str, int]]]]


def page_of(tab: Tab, todo: bool, asked: Any) -> Page:
    """How a page of the list is read: (place of the row before, how many) -> [(dossier, its place)].

    `asked` narrows by state, procedure, officer and label.
    """
    among = asked.among

    def led(after: tuple[str, int] | None, limit: int) -> list[tuple[Any, tuple[str, int]]]:
        narrowed = {
            "state": asked.state,
            "procedure": asked.procedure,
            "assigned": asked.officer,
            "among": among,
        }
        return [
            (row.dossier, row.place) for row in dossiers.led(tab.holder, limit=limit, after=after, **narrowed)
        ]

    def waiting(after: tuple[str, int] | None, limit: int) -> list[tuple[Any, tuple[str, int]]]:
        narrowed = {"state": asked.state, "procedure": asked.procedure, "among": among}
        found = dossiers.worklist(tab.holder, limit=limit, after=after, todo=todo, **narrowed)
        return [(item.dossier, (item.sort_key, item.dossier.pk)) for item in found]

    return led if tab.role == "lead" and todo else waiting


def blocks(page: Page, *, unique: bool) -> Iterator[list[Any]]:
    """All dossiers of a list, a block at a time. `unique`: none twice, though its place changes while we read."""
    after, known = None, set[int]()
    while True:
        items = page(after, BLOCK)
        if not items:
            return
        after = items[-1][1]
        found = [dossier for dossier, _place in items if not unique or dossier.pk not in known]
        if unique:
            known.update(dossier.pk for dossier in found)
        del items
        yield found
        del found  # one block in memory, not this one and the next


def table(
    name: str,
    source: Iterator[list[Any]],
    choices: list[columns.Choice],
    reader: columns.Reader,
    note: Callable[[list[Any]], None],
) -> Table:
    """The file's table; `note` is called with each block before it leaves, for the access log."""

    def rows() -> Iterator[list[Any]]:
        for block in source:
            note(block)
            columns.prepare(choices, block, reader)
            for dossier in block:
                yield columns.row_of(choices, dossier, reader)
            del block

    return Table(name, [choice.column(reader.language) for choice in choices], rows())
