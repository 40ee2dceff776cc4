"""Which procedure is meant, and how sure that is: by the learnt words, seconded by meanings where these are installed,
by a national code that was typed, by the national list where nothing with content fits. Part of the door `queries`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from motcua.assistant import near
from motcua.assistant.knowledge import Knowledge, knowledge
from motcua.assistant.rules import Guess, fusing, normal, sureness
from motcua.assistant.rules.learning import Found
from motcua.catalogue import queries as catalogue

GUESSES = 5
# What is beside is thought of from this score on, and from this share of what the first described has (in the same
# model, where it is there): less where the entry itself says that it is easily taken for it. From the multiple on it is
# what is meant. Measured: docs/how-to/measure-the-assistant.md.
BESIDE_LEAST, BESIDE_SHARE, BESIDE_SHARE_FAR, BESIDE_SURELY = 0.6, 0.7, 0.8, 1.2
LOOKED_AT = 400
_TAKES = frozenset(("bao", "may", "nhieu", "phi", "le", "tien", "khoang", "lau", "chung"))
SEARCHED_LENGTH = 200  # characters of what is typed into a search box
_NATIONAL = re.compile(r"\b\d\.\d{6}\b")


def guesses_for(known: Knowledge, question: normal.Asked, text: str) -> tuple[Guess, ...]:
    """The procedures that may be meant, the likeliest first, each with how often such a guess is right."""
    folded = [*question.folded, *_in_other_words(known, question)]
    found = known.model.search(folded, GUESSES)
    support = known.model.support(question.folded, found[0].key, sureness.QUIET) if found else (0.0, 0.0)
    chances = sureness.chances([each.score for each in found], *support)
    if chances and known.model.is_vague(question.folded):
        chances[0] = min(chances[0], sureness.VAGUE)
    chance = dict(zip((each.key for each in found), chances, strict=True))
    words_say = [*chance]
    # where even their disagreement would leave it answered, nobody waits for meanings
    doubtful = not chances or sureness.seconded(chances[0], False) < sureness.CONFIDENT
    meanings_say = near.keys(question.text) if question.toned and doubtful else []
    if fusing.agreed(words_say, meanings_say) is not None:
        agreed = fusing.agreed(words_say, meanings_say)
        chance[words_say[0]] = sureness.seconded(chance[words_say[0]], bool(agreed))
    order = fusing.seconded(words_say, meanings_say, toned=bool(question.toned))
    guesses = [_guess(known, key, chance.get(key, 0.0)) for key in order[:GUESSES]]
    guesses = _with_beside(known, question, guesses, found[0] if found else None)
    codes = _NATIONAL.findall(text)
    if codes:
        named = [hit for code in codes[:3] for hit in catalogue.search(code, limit=1) if hit.code == code]
        beside = [key for key, each in known.beside.items() if not {*each.codes}.isdisjoint(codes)]
        told = [*(of_hit(hit, 0.99) for hit in named), *(_guess(known, key, 0.99) for key in beside)]
        guesses = [*told, *guesses]
    if not guesses or guesses[0].score < sureness.CONFIDENT:
        guesses = _with_listed(guesses, question)
    return tuple({guess.slug: guess for guess in reversed(guesses)}.values())[::-1][:GUESSES]


def _guess(known: Knowledge, key: str, score: float) -> Guess:
    """The procedure of a key of the model: described, or only known to be another one."""
    if key in known.beside:
        each = known.beside[key]
        return Guess(key, each.code or None, each.name.vi, score, is_listed=True)
    return Guess(key, known.views[key].code, known.views[key].name.vi, score)


def _with_beside(
    known: Knowledge, question: normal.Asked, guesses: list[Guess], first: Found | None
) -> list[Guess]:
    """Where the words may as well mean what no document describes, it is asked which of the two; where they surely do,
    that comes first. `first` is what the model of the described puts first."""
    folded = _without_taking(question.folded)
    scores = {each.key: each.score for each in known.elsewhere.search(folded, LOOKED_AT)}
    other = next((key for key in scores if key in known.beside), None)
    if other is None or not any(word.isalpha() and word not in sureness.QUIET for word in folded):
        return guesses
    compared = first is not None and first.key in known.near
    rival = scores.get(first.key, 0.0) if compared and first else first.score if first else 0.0
    taken = first is not None and first.key in known.beside[other].near
    if scores[other] < max(BESIDE_LEAST, (BESIDE_SHARE if taken else BESIDE_SHARE_FAR) * rival):
        return guesses
    support = known.elsewhere.support(folded, other, sureness.QUIET)
    chance = sureness.chances([scores[other]], *support)[0]
    described = guesses[0].score if guesses else 0.0
    no_office = not known.beside[other].code  # a court does it: no procedure can be meant
    if scores[other] >= BESIDE_SURELY * max(rival, 1.0) and (no_office or described < sureness.CONFIDENT):
        return [_guess(known, other, chance), *guesses]
    if not guesses:
        return guesses
    top = replace(guesses[0], score=min(guesses[0].score, sureness.VAGUE))
    return [top, _guess(known, other, min(chance, top.score)), *guesses[1:]]


def _without_taking(folded: Sequence[str]) -> list[str]:
    """Without the "mất" of "mất bao lâu": it takes, and nothing is lost."""
    follows = (*folded[1:], "")
    return [word for word, then in zip(folded, follows, strict=True) if word != "mat" or then not in _TAKES]


def _in_other_words(known: Knowledge, question: normal.Asked) -> list[str]:
    """What everyday words mean in the words of the papers, where the model does not know them."""
    more: list[str] = []
    for heard in known.words.heard(question)[:6]:
        if any(word not in known.model.words for word in question.folded[heard.begin : heard.end]):
            more += ["|", *normal.terms(heard.means)]
    return more


def _with_listed(guesses: list[Guess], question: normal.Asked) -> list[Guess]:
    """Where nothing with content fits, a procedure that is only listed may: if its name says nearly all of it."""
    hits = [hit for hit in catalogue.search(question.text, limit=3) if hit.is_listed]
    told = set(question.folded) - sureness.QUIET
    for hit in hits:
        name = set(normal.terms(hit.legal_name))
        shared = len(told & name)
        if (
            len(told) >= 2
            and shared >= max(2, 0.7 * len(told))
            and shared >= 0.4 * len(name - sureness.QUIET)
        ):
            return [of_hit(hit, sureness.CONFIDENT), *guesses]
    return guesses


def of_hit(hit: catalogue.Hit, score: float) -> Guess:
    return Guess(hit.slug, hit.code, hit.name.vi, score, hit.is_listed)


# The search of the portal ---------------------------------------------------------------------------------------------


def search(text: str, *, limit: int = 10) -> list[catalogue.Hit]:
    """What somebody may mean who types `text` into a search box: what the assistant would answer about first, then what
    the words alone find (half a word, a procedure that is only listed). [] for an empty text."""
    hits = catalogue.search(text, limit=limit)
    known = knowledge()
    question = normal.read(text[:SEARCHED_LENGTH], known.short, known.model.words)
    guesses = (
        [guess for guess in guesses_for(known, question, text) if not guess.is_listed]
        if question.folded
        else []
    )
    sure = [guess.slug for guess in guesses if guess.score >= sureness.CONFIDENT]
    maybe = [guess.slug for guess in guesses if guess.score >= sureness.PLAUSIBLE]
    ranked = [*catalogue.hits_of(sure), *hits, *catalogue.hits_of(maybe)]
    found = {hit.slug: hit for hit in reversed(ranked)} | {hit.slug: hit for hit in hits}  # those say why
    return [found[slug] for slug in dict.fromkeys(hit.slug for hit in ranked)][:limit]
