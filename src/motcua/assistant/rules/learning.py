"""Which procedure do these words mean: learnt from how people ask for each, by a linear model over words and pairs.

A passage is a phrase that leads to a key ("làm giấy khai sinh cho con mới đẻ"), a title, the name of a paper. From some
thousands of them a softmax regression is learnt in seconds: every key gets a weight for every word and for every two
neighbours. What all keys say ("giấy", "đăng ký") thus comes to weigh little, what tells siblings apart much, and what
the sibling says counts against. Plain Python, repeatable (fixed order), no weights are shipped: who changes the words
in the packs changes the model. Words are folded, so that tones are never needed.

Source of the method: multinomial logistic regression by stochastic gradient descent (Bishop, Pattern Recognition and
Machine Learning, 2006, 4.3.4), with tf-idf features; only rivals that have a part in the error are moved.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from motcua.assistant.rules.normal import terms

EPOCHS = 4
RATE = 0.6
SHARP = 4.0  # how strongly a score becomes a probability
NEAR = 1.2  # rivals that score less than the best by more than this have no part in the error
LEAST_PART = 0.03  # a rival with a smaller part is left as it is
GOOD_ENOUGH = 0.02
LEAST_WEIGHT = 0.002
VAGUE_WORDS = 2  # of a question that may be too short to say which
VAGUE_KEYS = 6  # keys that say so much: then it says none of them
VAGUE_WEIGHT = 0.8  # of a passage that counts for that: names of papers do not
VERBS = frozenset(("dang", "ki", "thu", "tuc"))  # "đăng ký khai sinh" is called so by who says "khai sinh"
APART = 0.5  # two words with one between them

Row = dict[str, float]


@dataclass(frozen=True)
class Passage:
    """Some words that lead to `key`; `weight` below 1 for what only may lead there."""

    key: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Found:
    """A key and its score."""

    key: str
    score: float


class Model:
    """Learnt once, read by many threads."""

    def __init__(
        self,
        tell: Mapping[str, float],
        weights: Mapping[str, Row],
        unknown: float,
        vague: Collection[str] = (),
    ) -> None:
        self._tell, self._weights, self._unknown, self._vague = tell, weights, unknown, frozenset(vague)
        self.words = frozenset(term for term in tell if " " not in term)

    @classmethod
    def learn(cls, passages: Iterable[Passage], least: float = LEAST_WEIGHT) -> Model:
        """A model of these passages without weights up to `least`. Takes some seconds for five thousand."""
        bags = [(features(terms(each.text)), each.key, each.weight) for each in passages]
        counts = Counter(term for bag, _key, _weight in bags for term in bag)
        many = len(bags)
        tell = {term: math.log(1 + many / count) for term, count in counts.items()}
        keys = len({key for _bag, key, _weight in bags})
        weights: dict[str, Row] = {term: {} for term in tell}
        examples = [(list(_unit(bag, tell).items()), key, weight) for bag, key, weight in bags]
        order = Random("passages")
        for epoch in range(EPOCHS):
            order.shuffle(examples)
            rate = RATE * (1 - epoch / (EPOCHS + 1))
            for bag, key, weight in examples:
                _move(weights, bag, key, rate * weight, keys)
        kept = {
            term: {k: round(w, 4) for k, w in row.items() if abs(w) > least} for term, row in weights.items()
        }
        return cls(tell, kept, math.log(1 + many), _vague(bags))

    def search(self, folded: Sequence[str], limit: int = 10) -> list[Found]:
        """The keys that the folded words may mean, the likeliest first; [] when not one word is known."""
        scores: dict[str, float] = {}
        for term, weight in _unit(features(folded), self._tell).items():
            for key, learnt in self._weights[term].items():
                scores[key] = scores.get(key, 0.0) + weight * learnt
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
        return [Found(key, score) for key, score in ranked]

    def support(self, folded: Sequence[str], key: str, quiet: Collection[str]) -> tuple[float, float]:
        """How many of the words that tell something speak for `key`, and how many of the neighbouring pairs: 0 to 1."""
        told = [word for word in dict.fromkeys(folded) if word not in quiet]
        pairs = [f"{left} {right}" for left, right in zip(folded, folded[1:], strict=False)]
        return self._speaking(told, key, 0.05), self._speaking(pairs, key, 0.03)

    def _speaking(self, found: Sequence[str], key: str, least: float) -> float:
        spoken = sum(self._weights.get(term, {}).get(key, 0.0) > least for term in found)
        return spoken / len(found) if found else 0.0

    def is_vague(self, folded: Sequence[str]) -> bool:
        """Whether so little was said ("giấy phép") that many keys say it and none is called so."""
        return len(folded) <= VAGUE_WORDS and " ".join(folded) in self._vague

    def part(self, folded: Sequence[str]) -> float:
        """How much of what was said is known here, 0 to 1: what nobody says of any procedure lies outside."""
        said = {word: self._tell.get(word, self._unknown) for word in set(folded)}
        whole = sum(said.values())
        return sum(tell for word, tell in said.items() if word in self._tell) / whole if whole else 0.0

    def to_data(self) -> dict[str, Any]:
        """As JSON can keep it, so that a restart learns nothing anew."""
        vague = sorted(self._vague)
        return {"tell": self._tell, "weights": self._weights, "unknown": self._unknown, "vague": vague}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Model:
        """Of what `to_data` gave. Raises KeyError or TypeError for anything else."""
        return cls(
            dict(data["tell"]), dict(data["weights"]), float(data["unknown"]), [str(x) for x in data["vague"]]
        )


def _vague(bags: Sequence[tuple[Mapping[str, float], str, float]]) -> set[str]:
    """Words and pairs that many keys say and that are the whole of what none of them says."""
    keys: dict[str, set[str]] = {}
    called: set[str] = set()
    for bag, key, weight in bags:
        if weight < VAGUE_WEIGHT:
            continue
        said = [term for term in bag if " _ " not in term]
        words = [term for term in said if " " not in term and term not in VERBS]
        name = words[0] if len(words) == 1 else " ".join(words)
        if 1 <= len(words) <= VAGUE_WORDS and name in bag:
            called.add(name)
        for term in said:
            keys.setdefault(term, set()).add(key)
    return {term for term, saying in keys.items() if len(saying) >= VAGUE_KEYS} - called


def features(folded: Sequence[str]) -> dict[str, float]:
    """The words, the pairs of neighbours, and the pairs with one word between."""
    found = dict.fromkeys(folded, 1.0)
    for left, right in zip(folded, folded[1:], strict=False):
        found[f"{left} {right}"] = 1.0
    for left, right in zip(folded, folded[2:], strict=False):
        found.setdefault(f"{left} _ {right}", APART)
    return found


def _unit(bag: Mapping[str, float], tell: Mapping[str, float]) -> dict[str, float]:
    known = {term: weight * tell[term] for term, weight in bag.items() if term in tell}
    length = math.sqrt(sum(weight * weight for weight in known.values())) or 1.0
    return {term: weight / length for term, weight in known.items()}


def _move(
    weights: Mapping[str, Row], bag: Sequence[tuple[str, float]], key: str, rate: float, keys: int
) -> None:
    """One step down the gradient for one passage."""
    scores: Row = {}
    for term, weight in bag:
        for other, learnt in weights[term].items():
            scores[other] = scores.get(other, 0.0) + weight * learnt
    own = scores.pop(key, 0.0)
    best = max(max(scores.values(), default=0.0), own, 0.0)
    rivals = {
        other: math.exp(SHARP * (score - best)) for other, score in scores.items() if score > best - NEAR
    }
    mine = math.exp(SHARP * (own - best))
    total = sum(rivals.values()) + mine + (keys - len(rivals) - 1) * math.exp(-SHARP * best)
    error = 1 - mine / total
    if error < GOOD_ENOUGH:
        return
    down = [(other, -rate * part / total) for other, part in rivals.items() if part / total > LEAST_PART]
    for term, weight in bag:
        row = weights[term]
        row[key] = row.get(key, 0.0) + rate * weight * error
        for other, step in down:
            row[other] = row.get(other, 0.0) + step * weight
