"""Two rankings become one: what shares words with a question, and what is near it in meaning.

By ranks, not by scores: a cosine of 0.87 and a sum of word weights have no common measure. Toneless questions go by
words alone, for the model of meanings knows Vietnamese with its tones and guesses without them.
"""

from __future__ import annotations

from collections.abc import Sequence

LEXICAL, NEAR = 2.0, 1.0  # how much a place in either ranking counts
SOFTNESS = (
    20.0  # the larger, the less the first place counts above the second; between 15 and 60 it hardly matters
)


def fused(lexical: Sequence[str], near: Sequence[str], *, toned: bool) -> list[tuple[str, float]]:
    """The keys of both rankings (best first, each once), best first, with a score from 0 to 1.

    1 is first in both. `toned`: whether the question was typed with its tones; without them `near` is not looked at.
    Keys with equal scores stand in the order of `lexical`.
    """
    weights = ((lexical, LEXICAL), (near, NEAR)) if toned and near else ((lexical, LEXICAL),)
    whole = sum(weight for _ranking, weight in weights)
    scores: dict[str, float] = {}
    for ranking, weight in weights:
        for place, key in enumerate(dict.fromkeys(ranking)):
            share = weight / whole * (SOFTNESS + 1) / (SOFTNESS + 1 + place)
            scores[key] = scores.get(key, 0.0) + share
    return sorted(scores.items(), key=lambda pair: -pair[1])


def seconded(lexical: Sequence[str], near: Sequence[str], *, toned: bool) -> list[str]:
    """The keys of both rankings, where the first of `lexical` stays first and `fused` orders the rest.

    For rankings by words that are mostly right: meanings then bring up what words overlooked without unseating what
    they found (docs/decisions, "meanings are optional", has the figures).
    """
    order = [key for key, _score in fused(lexical, near, toned=toned)]
    return list(dict.fromkeys([*lexical[:1], *order]))


def agreed(lexical: Sequence[str], near: Sequence[str]) -> bool | None:
    """Whether what words put first is among the three nearest in meaning; None where one of them says nothing.

    Where they agree the first guess is right 19 times of 20, where not about 3 times of 4.
    """
    return lexical[0] in near[:3] if lexical and near else None
