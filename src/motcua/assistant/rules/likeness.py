"""Questions that ask the same in other words, brought together so that an editor reads them once.

Two wordings are alike when the words that tell something are the same, or when so much of what they tell, weighed by
how rare each word is among the questions at hand, is shared. An editor can follow it: the shared words are shown.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from motcua.assistant.rules.normal import terms
from motcua.assistant.rules.sureness import QUIET

ALIKE = 0.5  # of the weight of both wordings together so much must be shared


@dataclass
class Alike:
    """Wordings that ask the same: `members` are those of `wordings`, the one asked most first."""

    words: tuple[str, ...]
    members: list[tuple[str, ...]] = field(default_factory=list)
    count: int = 0


def telling_words(text: str) -> tuple[str, ...]:
    """The folded words of a question that tell something, each once, sorted; all of them where none does."""
    folded = set(terms(text))
    return tuple(sorted(folded - QUIET or folded))


def fingerprint(words: Sequence[str]) -> str:
    """A name for a wording that does not hold its words."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:32]


def together(wordings: Mapping[tuple[str, ...], int]) -> list[Alike]:
    """Groups of the wordings (telling words → how often asked), the largest first.

    Each wording joins the group whose first wording it is most alike to. Only groups that share one of its rarest words
    are looked at: without any of them it could not reach `ALIKE`, so that ten thousand questions take a second.
    """
    weight = _weights(wordings)
    groups: list[Alike] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    masses: list[float] = []
    for words, count in sorted(wordings.items(), key=lambda pair: (-pair[1], pair[0])):
        mass = sum(weight[word] for word in words)
        best = _nearest(words, mass, groups, masses, by_word, weight)
        if best is None:
            best = len(groups)
            groups.append(Alike(words))
            masses.append(mass)
            for word in _rarest(words, mass, weight):
                by_word[word].append(best)
        groups[best].members.append(words)
        groups[best].count += count
    return sorted(groups, key=lambda group: (-group.count, group.words))


def _weights(wordings: Iterable[tuple[str, ...]]) -> dict[str, float]:
    found = list(wordings)
    seen = Counter(word for words in found for word in words)
    return {word: math.log(1 + len(found) / count) for word, count in seen.items()}


def _rarest(words: Sequence[str], mass: float, weight: Mapping[str, float]) -> list[str]:
    """The rarest words of a wording: whoever shares none of them shares less than `ALIKE` of it."""
    found, left = [], mass
    for word in sorted(words, key=lambda each: (-weight[each], each)):
        if left < ALIKE * mass:
            break
        found.append(word)
        left -= weight[word]
    return found


def _nearest(
    words: tuple[str, ...],
    mass: float,
    groups: Sequence[Alike],
    masses: Sequence[float],
    by_word: Mapping[str, Sequence[int]],
    weight: Mapping[str, float],
) -> int | None:
    own = set(words)
    best, most = None, 0.0
    for place in {place for word in _rarest(words, mass, weight) for place in by_word.get(word, ())}:
        shared = sum(weight[word] for word in groups[place].words if word in own)
        alike = shared / (mass + masses[place] - shared)
        if alike >= ALIKE and (alike > most or (alike == most and best is not None and place < best)):
            best, most = place, alike
    return best
