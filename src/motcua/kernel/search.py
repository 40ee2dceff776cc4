"""Finding a procedure by everyday words: a small BM25 index in memory.

Made for some thousands of short documents and people who type "dang ky khai sinh", "làm giấy khai sinh" or
half a word. What it does, in this order: fold the query; add synonyms; complete the last word; forgive one
wrong letter in words that neither a document nor a synonym has; score single words and neighbouring pairs; lift
documents that agree with the tones somebody typed; leave out what only shares a common syllable with the question.
"""

from __future__ import annotations

import heapq
import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from motcua.kernel.text import has_marks, toned_words, words

Document = tuple[str, Mapping[str, str], Mapping[str, float]]

_K1 = 1.2
_B = 0.6
_PAIR_WEIGHT = 0.9
_TONED_WEIGHT = 0.8
_UNTONED_WEIGHT = 0.5
_SYNONYM_WEIGHT = 0.7
_DIRECT_SCORE = 1.5
_COMPLETED_WEIGHT = 0.6
_TYPO_WEIGHT = 0.5
_FILLER_WEIGHT = 0.12
_WEAK_SCORE = 0.2  # of what the best words find: what scores less is left out
_WEAK_PART = 0.6  # of the best document's part of the question: what holds less of it is left out
_QUERY_WORDS_MAX = 24
_PAIR = 1 << _QUERY_WORDS_MAX  # in a mask of words: two of them stand together in the document
_COMPLETIONS_MAX = 24
_POSTINGS_MAX = 6000
_SCORED_MAX = 15_000
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"

# Words people say around what they want. Folded; they still count a little, for a name may hold them.
# fmt: off
_FILLERS = frozenset((
    "toi", "minh", "em", "chau", "muon", "can", "xin", "lam", "thu", "tuc", "hoi", "cach", "nhu", "the", "nao",
    "o", "dau", "gi", "bao", "nhieu", "la", "cho", "ve", "viec", "di", "de", "duoc", "khong", "va", "cua",
    "thi", "hay", "voi", "ho", "so", "nhung", "khi", "bi",
))
# fmt: on
# "kí" and "ký", "quí" and "quý" are one syllable in two spellings.
_Y_FOR_I = re.compile(r"(h|k|l|m|s|t|v|qu)y([0-9]?)")


@dataclass(frozen=True, slots=True)
class _Term:
    """One term of a query, how much it counts, and which words of the query it stands for, as bits.

    Toned words stand for none: where they are, the plain word is too. A pair stands for `_PAIR`.
    """

    term: str
    weight: float
    words: int


class Index:
    """An index over `documents`: `(key, {field: text}, {field: weight})`; a field without weight counts 1.

    `synonyms` maps what people say to what documents say: phrase → phrases. A target that is a document's key
    lifts that document directly. Immutable; building 6,000 documents takes about a second, a search some
    milliseconds.
    """

    def __init__(
        self, documents: Iterable[Document], synonyms: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._keys: list[str] = []
        counted: list[tuple[dict[str, float], float]] = []
        for key, fields, weights in documents:
            self._keys.append(key)
            counted.append(_terms_of(fields, weights))
        self._postings = _postings(counted)
        self._strength = _strengths(self._postings, len(self._keys))
        self._words = sorted(term for term in self._postings if " " not in term and not term.startswith("~"))
        places = {key: place for place, key in enumerate(self._keys)}
        self._synonyms, self._synonym_words_max = _phrases(synonyms or {}, places)

    def __len__(self) -> int:
        return len(self._keys)

    def search(self, query: str, limit: int = 20, typos: bool = True) -> list[tuple[str, float]]:
        """The best documents as `(key, score)`, best first; equal scores in the order of the documents.

        An empty query, or one that nothing matches, finds nothing. With `typos` a word that no document has
        also matches words that differ by one letter.
        """
        asked = _syllables(words(query[:500]))[:_QUERY_WORDS_MAX]
        if not asked or limit < 1:
            return []
        terms, direct = self._expand(asked, query, typos)
        scores, said = self._scores(terms)
        ranked = self._strong(asked, scores, said, direct)
        return [(self._keys[place], round(-score, 4)) for score, place in heapq.nsmallest(limit, ranked)]

    @staticmethod
    def _strong(
        asked: list[str], scores: list[float], said: list[int], direct: Mapping[int, float]
    ) -> list[tuple[float, int]]:
        """(-score, place) of the documents that answer the question; what merely shares a syllable is left out.

        What the editors of the synonyms say outweighs what the words alone suggest. Where they speak for the whole
        question, a document that they do not name must at least have two of its words together.
        """
        # How much of what was asked the document has: one that has all of it beats one that has a part often.
        parts = {mask: _part(mask & ~_PAIR, asked) for mask in set(said)}
        shares = {mask: _share(part) for mask, part in parts.items()}
        weighed = [score * shares[mask] for score, mask in zip(scores, said, strict=True)]
        weakest = _WEAK_SCORE * max(weighed, default=0.0)
        needed = _WEAK_PART * (1.0 if direct else max(parts.values(), default=0.0))
        whole = max(direct.values(), default=0.0) > 0.99
        good = {mask for mask, part in parts.items() if part >= needed and (not whole or mask & _PAIR)}
        ranked = [
            (-score, place)
            for place, score in enumerate(weighed)
            if score and score >= weakest and said[place] in good and place not in direct
        ]
        best = max(scores, default=0.0) or 1.0
        for place, part in direct.items():
            ranked.append((-(scores[place] + best * _DIRECT_SCORE * _share(part)), place))
        return ranked

    def _expand(self, asked: list[str], query: str, typos: bool) -> tuple[list[_Term], dict[int, float]]:
        """What to look for: terms with weights; and documents that a synonym names, with the share it speaks for."""
        toned = _syllables(toned_words(query[:500]))[: len(asked)] if has_marks(query) else []
        # Who types marks means them: then a word with other marks counts less.
        plain = _UNTONED_WEIGHT if toned else 1.0
        phrases = list(self._said(asked))
        known = {word for at, length, *_ in phrases for word in range(at, at + length)} if typos else None
        terms = [*self._single(asked, plain, known), *_pairs(asked, plain)]
        if toned:
            terms += [
                _Term(f"~{word}", _importance(asked[at]) * _TONED_WEIGHT, 0) for at, word in enumerate(toned)
            ]
            terms += [_Term(f"~{pair.term}", pair.weight, 0) for pair in _pairs(toned, _TONED_WEIGHT)]
        direct: dict[int, float] = {}
        for at, length, targets, keys in phrases:
            span = (1 << (at + length)) - (1 << at)
            part = _part(span, asked)
            for place in keys:
                direct[place] = max(direct.get(place, 0.0), part)
            # one word of a longer expression is little of it, two of its words together are its meaning
            terms += [
                _Term(word, _SYNONYM_WEIGHT, span | _PAIR if " " in word else 1 << at) for word in targets
            ]
        return terms, direct

    def _single(self, asked: list[str], plain: float, known: Container[int] | None) -> Iterator[_Term]:
        """Each word by itself. `known` are the places of words that a synonym understands, which are no slips of
        the finger; None forgives nothing.
        """
        for at, word in enumerate(asked):
            weight, bit = _importance(word) * plain, 1 << at
            if word in self._postings:
                yield _Term(word, weight, bit)
            elif known is not None and at not in known:
                yield from (_Term(near, weight * _TYPO_WEIGHT, bit) for near in self._near(word))
            if at == len(asked) - 1:
                yield from (
                    _Term(whole, weight * _COMPLETED_WEIGHT, bit) for whole in self._completions(word)
                )

    def _said(self, asked: list[str]) -> Iterable[tuple[int, int, tuple[str, ...], tuple[int, ...]]]:
        """The synonyms that begin at each word of the query, longest first."""
        for at in range(len(asked)):
            for length in range(min(self._synonym_words_max, len(asked) - at), 0, -1):
                found = self._synonyms.get(" ".join(asked[at : at + length]))
                if found:
                    yield at, length, *found
                    break

    def _scores(self, terms: list[_Term]) -> tuple[list[float], list[int]]:
        """The score of each document, and which words of the query it has, as bits."""
        scores = [0.0] * len(self._keys)
        said = [0] * len(self._keys)
        for strength, term in self._telling(terms):
            bits = term.words
            for place, frequency in self._postings[term.term]:
                scores[place] += strength * frequency
                said[place] |= bits
        return scores, said

    def _telling(self, terms: list[_Term]) -> Iterator[tuple[float, _Term]]:
        """The terms with their strength, most telling first, as many as can be scored in some milliseconds.

        In a long question the words that half of all documents have cost the most time and tell the least.
        """
        known = [
            (self._strength[term.term] * term.weight, term) for term in terms if term.term in self._postings
        ]
        known.sort(key=lambda pair: -pair[0])
        scored = 0
        for strength, term in known:
            scored += len(self._postings[term.term])
            if scored > _SCORED_MAX:
                return
            yield strength, term

    def _completions(self, start: str) -> list[str]:
        """The words that begin with the last word typed: the most frequent ones, and not more than can be scored."""
        found = []
        for word in self._words[bisect_left(self._words, start) :]:
            if not word.startswith(start):
                break
            if word != start:
                found.append(word)
        found.sort(key=lambda word: -len(self._postings[word]))
        kept, postings = [], 0
        for word in found[:_COMPLETIONS_MAX]:
            postings += len(self._postings[word])
            if postings > _POSTINGS_MAX:
                break
            kept.append(word)
        return kept

    def _near(self, word: str) -> list[str]:
        """The indexed words that differ from `word` by one letter more, less, other, or two exchanged.

        A word of three letters may only lack one or have two exchanged: others would make "có" of "con".
        """
        if len(word) < 3 or len(word) > 20 or not word.isascii():
            return []
        splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
        near = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
        near |= {left + letter + right for left, right in splits for letter in _ALPHABET}
        if len(word) > 3:
            near |= {left + right[1:] for left, right in splits if right}
            near |= {left + letter + right[1:] for left, right in splits if right for letter in _ALPHABET}
        found = sorted(candidate for candidate in near if len(candidate) > 1 and candidate in self._postings)
        # Two syllables typed as one: "khaisinh".
        glued = [pair for pair in splits[2:-1] if " ".join(pair) in self._postings]
        return found or [part for pair in glued[:1] for part in (*pair, " ".join(pair))]


def without_fillers(asked: Sequence[str]) -> list[str]:
    """Folded words without what people say around what they want, at both ends: "tôi chuyển nhà thì làm gì" is
    "chuyển nhà". The words as they are where nothing would be left.
    """
    told = [at for at, word in enumerate(asked) if word not in _FILLERS]
    return list(asked[told[0] : told[-1] + 1]) if told else list(asked)


def _syllables(found: list[str]) -> list[str]:
    return [_Y_FOR_I.sub(r"\1i\2", word) if _Y_FOR_I.fullmatch(word) else word for word in found]


def _importance(word: str) -> float:
    return _FILLER_WEIGHT if word in _FILLERS else 1.0


def _pairs(found: list[str], weight: float) -> list[_Term]:
    return [
        _Term(" ".join(pair), min(_importance(word) for word in pair) * weight * _PAIR_WEIGHT, _PAIR)
        for pair in zip(found, found[1:], strict=False)
    ]


def _part(mask: int, asked: list[str]) -> float:
    """How much of the question the words in the mask are, 0 to 1."""
    whole = sum(_importance(word) for word in asked)
    return sum(_importance(word) for at, word in enumerate(asked) if mask >> at & 1) / whole


def _share(part: float) -> float:
    return 0.35 + 0.65 * part * part


def _terms_of(fields: Mapping[str, str], weights: Mapping[str, float]) -> tuple[dict[str, float], float]:
    """The weighted counts of words, pairs ("khai sinh") and toned words ("~sinh"), and the weighted length."""
    counts: dict[str, float] = defaultdict(float)
    length = 0.0
    for name, text in fields.items():
        weight = float(weights.get(name, 1.0))
        folded = _syllables(words(text))
        for term in (*folded, *(" ".join(pair) for pair in zip(folded, folded[1:], strict=False))):
            counts[term] += weight
        toned = _syllables(toned_words(text))
        for term in (*toned, *(" ".join(pair) for pair in zip(toned, toned[1:], strict=False))):
            counts[f"~{term}"] += weight
        length += weight * len(folded)
    return counts, length


def _postings(counted: Sequence[tuple[dict[str, float], float]]) -> dict[str, list[tuple[int, float]]]:
    average = sum(length for _, length in counted) / len(counted) if counted else 1.0
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, (counts, length) in enumerate(counted):
        norm = _K1 * (1 - _B + _B * length / (average or 1.0))
        for term, count in counts.items():
            postings[term].append((place, count * (_K1 + 1) / (count + norm)))
    return dict(postings)


def _strengths(postings: Mapping[str, Sequence[object]], documents: int) -> dict[str, float]:
    """How telling each term is: the fewer documents have it, the more (BM25's inverse document frequency)."""
    return {
        term: math.log(1 + (documents - len(places) + 0.5) / (len(places) + 0.5))
        for term, places in postings.items()
    }


def _phrases(
    synonyms: Mapping[str, Sequence[str]], places: Mapping[str, int]
) -> tuple[dict[str, tuple[tuple[str, ...], tuple[int, ...]]], int]:
    """Folded phrase → (terms to add, documents to lift), and the length of the longest phrase in words."""
    found: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {}
    longest = 0
    for phrase, targets in synonyms.items():
        said = _syllables(words(phrase))
        if not said:
            continue
        several = [targets] if isinstance(targets, str) else list(targets)
        lifted = tuple(places[target] for target in several if target in places)
        terms: list[str] = []
        for target in several:
            if target not in places:
                folded = _syllables(words(target))
                terms += folded + [" ".join(pair) for pair in zip(folded, folded[1:], strict=False)]
        key = " ".join(said)
        old = found.get(key, ((), ()))
        found[key] = (tuple(dict.fromkeys((*old[0], *terms))), tuple(dict.fromkeys((*old[1], *lifted))))
        longest = max(longest, len(said))
    return found, longest
