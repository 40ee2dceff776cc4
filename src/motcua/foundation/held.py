"""What a process holds in memory of what was published, built anew after it changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Held(Generic[Value]):
    """One value for many threads: `Held(make).at(state)`. It is made once for each state of what it is made from.

    While one caller makes the new value, the others still get the former one; only the very first have to wait.
    """

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._held: tuple[Hashable, Value] | None = None

    def at(self, state: Hashable) -> Value:
        """The value of this state, or, while somebody makes that, of the state before. Raises what `make` raises."""
        held = self._held
        if held is not None and held[0] == state:
            return held[1]
        if not self._lock.acquire(blocking=held is None):
            assert held is not None
            return held[1]
        try:
            if self._held is None or self._held[0] != state:
                self._held = (state, self._make())
            return self._held[1]
        finally:
            self._lock.release()

    def forget(self) -> None:
        """The next caller makes it anew."""
        self._held = None
