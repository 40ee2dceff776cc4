"""Reading Vietnamese off a page with tesseract, a program beside ours: optional, bounded in time, size and threads."""

from __future__ import annotations

import csv
import io
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import structlog

from motcua.kernel.text import one_line

if TYPE_CHECKING:
    from PIL import Image

LANGUAGE = "vie"
SECONDS_MAX = 60  # for one page; a usual one takes two
OUTPUT_MAX = 4_000_000  # characters: a page full of specks is no text
WORDS_MAX = 4000
CONFIDENCE_LEAST = 15  # percent: below it stand seals, codes and specks, not words
LETTERS_MAX = 60  # of one word
log = structlog.get_logger(__name__)


class CannotRead(Exception):
    """The page was not read: `code` is absent (no program or no Vietnamese), slow or failed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Word:
    """A word on a page: its confidence in percent, the line it stands in, its place in thousandths of the page."""

    text: str
    confidence: int
    line: int
    left: float
    top: float
    width: float
    height: float

    def as_row(self) -> list:
        """The word as it is stored."""
        place = [round(each, 1) for each in (self.left, self.top, self.width, self.height)]
        return [self.text, self.confidence, self.line, *place]

    @classmethod
    def of_row(cls, row: list) -> Word:
        """The word again."""
        return cls(str(row[0]), int(row[1]), int(row[2]), *(float(each) for each in row[3:7]))


def can_read(program: str) -> bool:
    """Whether `program` is on this machine and knows Vietnamese; asked once for each program."""
    found = shutil.which(program) if program else None
    return found is not None and _knows_vietnamese(found)


@lru_cache(maxsize=8)
def _knows_vietnamese(program: str) -> bool:
    try:
        told = subprocess.run(  # noqa: S603  the operator names the program
            [program, "--list-langs"], capture_output=True, timeout=10, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE in told.stdout.decode(errors="replace").split()


def read(
    page: Image.Image, *, dpi: int, program: str = "tesseract", seconds: float = SECONDS_MAX
) -> list[Word]:
    """The words of a page prepared by `images.for_reading`, in reading order. Raises CannotRead."""
    if not can_read(program):
        raise CannotRead("absent")
    picture = io.BytesIO()
    page.save(picture, "PNG", compress_level=1, dpi=(dpi, dpi))
    arguments = [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", "3", "--dpi", str(max(70, dpi)), "tsv"]
    told = _run(arguments, picture.getvalue(), seconds)
    return _words(told, page.size)


def _run(arguments: list[str], given: bytes, seconds: float) -> str:
    """What the program says, within its time; when that is over it is killed with all it started."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # one page, one core: the others serve people
    try:
        process = subprocess.Popen(  # noqa: S603  the operator names the program
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment, start_new_session=True,
        )  # fmt: skip
    except OSError as problem:
        raise CannotRead("absent") from problem
    try:
        out, _nothing = process.communicate(given, timeout=seconds)
    except subprocess.TimeoutExpired as problem:
        log.warning("digitising.reading_too_slow", seconds=seconds)
        raise CannotRead("slow") from problem
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    if process.returncode != 0 or len(out) > OUTPUT_MAX:
        log.warning("digitising.reading_failed", status=process.returncode)
        raise CannotRead("failed")
    return out.decode("utf-8", errors="replace")


def _words(told: str, size: tuple[int, int]) -> list[Word]:
    found: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in csv.DictReader(io.StringIO(told), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = one_line(row.get("text") or "")
        if row.get("level") != "5" or not text:
            continue
        place = (row["block_num"], row["par_num"], row["line_num"])
        line = lines.setdefault(place, len(lines))
        left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
        confidence = min(100, max(0, round(float(row["conf"]))))
        if confidence < CONFIDENCE_LEAST:
            continue
        across, down = 1000 / size[0], 1000 / size[1]
        found.append(
            Word(
                text[:LETTERS_MAX], confidence, line, left * across, top * down, width * across, height * down
            )
        )
        if len(found) == WORDS_MAX:
            break
    return found


def text_of(words: list[Word]) -> str:
    """The words of a page as plain text, a line at a time."""
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return "\n".join(" ".join(each) for each in lines.values())
