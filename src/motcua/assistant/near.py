"""Passages near a question in meaning, for an index that lives in memory as long as its publication."""

from __future__ import annotations

import threading
import time as machine_time
from collections.abc import Iterable

from motcua.assistant import embedding
from motcua.assistant.knowledge import Knowledge, knowledge

LOOK_AGAIN_SECONDS = 60.0  # how soon it is looked whether missing passages have been learnt meanwhile
PASSAGES_LOOKED_AT = 200  # of these the keys are taken: a key has dozens of passages


class Near:
    """The passages (key, text) of an index. Built at once; rows are read at the first question, and where some are
    missing again after a while. Any thread may ask."""

    def __init__(self, passages: Iterable[tuple[str, str]]) -> None:
        self._passages = tuple(dict.fromkeys(passages))
        self._vectors: embedding.Vectors | None = None
        self._looked_at = 0.0
        self._lock = threading.Lock()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is to be learnt (see `embedding.learn`)."""
        return tuple(text for _key, text in self._passages)

    def keys(self, question: str, limit: int = 20) -> list[str]:
        """The keys whose passages are nearest to a question, nearest first, each once; [] without the package, and as
        long as more than half of the passages are not learnt: half an index would answer with what it happens to have.
        """
        if not embedding.available():
            return []
        vectors = self._known()
        if 2 * vectors.missing > len(self._passages):
            return []
        try:
            found = vectors.nearest(question, PASSAGES_LOOKED_AT)
        except embedding.Unavailable:
            return []
        return list(dict.fromkeys(self._passages[place][0] for place, _cosine in found))[:limit]

    def _known(self) -> embedding.Vectors:
        with self._lock:
            clock = machine_time.monotonic()
            fresh = self._vectors is not None and (
                not self._vectors.missing or clock - self._looked_at < LOOK_AGAIN_SECONDS
            )
            if not fresh:
                self._vectors, self._looked_at = embedding.vectors_of(self.texts), clock
            assert self._vectors is not None
            return self._vectors


_held: tuple[Knowledge, Near] | None = None


def index() -> Near:
    """The passages of what the assistant knows now; built anew after a publication."""
    global _held
    known, held = knowledge(), _held
    if held is None or held[0] is not known:
        held = _held = (known, Near((passage.key, passage.text) for passage in known.passages()))
    return held[1]


def keys(question: str, limit: int = 20) -> list[str]:
    """The procedures (slugs) nearest to a question in meaning; [] where the package is not installed (see `Near`)."""
    return index().keys(question, limit) if embedding.available() else []


def learn(*, seconds: float) -> int:
    """Encode what is not known yet for about `seconds`; how many passages are missing, 0 without the package."""
    if not embedding.available():
        return 0
    try:
        return embedding.learn(index().texts, seconds=seconds)
    except embedding.Unavailable:
        return 0
