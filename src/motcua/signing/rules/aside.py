"""Calling pyHanko from wherever we are: it waits by an event loop of its own, which no running loop allows."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Told = TypeVar("Told")


def aside(work: Callable[Given, Told]) -> Callable[Given, Told]:
    """The same function, which a thread of its own carries out when this one runs an event loop (an asynchronous
    server); else it is called as it is."""

    @functools.wraps(work)
    def done(*args: Given.args, **named: Given.kwargs) -> Told:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return work(*args, **named)
        with ThreadPoolExecutor(max_workers=1) as beside:
            return beside.submit(work, *args, **named).result()

    return done
