"""How sure is a guess: from the scores of the model to "of a hundred such guesses so many are right".

A logistic curve over the score of a guess, its lead before the next, and how many of the telling words and pairs speak
for it. The coefficients were fitted on every second question of the golden set; on the others, of guesses with 0.9 and
more 99 in a hundred were right, of those between 0.3 and 0.7 57 (`docs/how-to/measure-the-assistant.md`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

CONFIDENT = 0.6  # from here on it answers
VAGUE = 0.5  # at most, for a word or two that many procedures say: it asks which is meant
PLAUSIBLE = 0.3  # from here on it asks which is meant, and tells what the likeliest would need
AT_HOME = 0.8  # of the words known: then it is about procedures, though none was found
FAINT = 0.15  # from here on it offers, and asks to say it again

_BIAS, _SCORE, _LEAD, _SUPPORT, _PAIRS = -4.12, 2.08, 3.06, 1.58, 0.48

# Words that say nothing about the matter. Folded.
# fmt: off
QUIET = frozenset((
    "toi", "minh", "em", "chau", "anh", "chi", "ban", "muon", "can", "xin", "lam", "thu", "tuc", "hoi", "cach",
    "nhu", "the", "nao", "o", "dau", "gi", "bao", "nhieu", "la", "cho", "ve", "viec", "di", "de", "duoc",
    "khong", "va", "cua", "thi", "hay", "voi", "ho", "so", "nhung", "khi", "bi", "giai", "to", "mat", "lau",
    "phi", "le", "tien", "ngay", "thoi", "han", "quiet", "nop", "co", "cac", "mot", "nay", "do", "roi", "nua",
    "a", "da", "vay", "nhe", "giup", "con", "phai", "giay", "sao", "bay", "gio", "xong", "chua", "thieu",
    "dung", "nhi", "ha", "ma", "vi", "ra", "tu", "den", "trong", "ngoai", "mang", "theo", "chuan", "gom", "may",
    "tieng", "tuan", "thang", "online", "truc", "tiep", "tuyen",
))
# fmt: on


def chances(scores: Sequence[float], support: float, pairs: float) -> list[float]:
    """How likely each guess is the one meant, for scores in falling order; they add up to at most 1.

    `support` is the share of the telling words that speak for the first guess, `pairs` that of its neighbouring pairs.
    """
    if not scores:
        return []
    lead = scores[0] - (scores[1] if len(scores) > 1 else 0.0)
    first = _curve(_BIAS + _SCORE * scores[0] + _LEAD * lead + _SUPPORT * support + _PAIRS * pairs)
    rest = [math.exp(4 * score) for score in scores[1:]]
    whole = sum(rest) or 1.0
    shares = (
        min(first, (1 - first) * each / whole * 0.9) for each in rest
    )  # a lower score is never likelier
    return [round(first, 3), *(round(share, 3) for share in shares)]


def seconded(chance: float, agreed: bool) -> float:
    """The chance of a first guess after meanings were asked too: they agree with it, or they do not."""
    return round(1 - 0.6 * (1 - chance) if agreed else 0.85 * chance, 3)


def _curve(value: float) -> float:
    return 1 / (1 + math.exp(-value))
