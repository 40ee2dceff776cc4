"""Which procedure is meant, and how sure that is: by the learnt words, seconded by meanings where these are installed,
by a national code that was typed, by the national list where nothing with content fits. Part of the door `queries`."""

from __future__ import annotations

import re

from motcua.assistant import near
from motcua.assistant.knowledge import Knowledge, knowledge
from motcua.assistant.rules import Guess, fusing, normal, sureness
from motcua.catalogue import queries as catalogue

GUESSES = 5
SEARCHED_LENGTH = 200  # characters of what is typed into a search box
_NATIONAL = re.compile(r"\b\d\.\d{6}\b")


def guesses_for(known: Knowledge, question: normal.Asked, text: str) -> tuple[Guess, ...]:
    """The procedures that may be meant, the likeliest first, each with how often such a guess is right."""
    folded = [*question.folded, *_in_other_words(known, question)]
    found = known.model.search(folded, GUESSES)
    support = known.model.support(question.folded, found[0].key, sureness.QUIET) if found else (0.0, 0.0)
    chances = sureness.chances([each.score for each in found], *support)
    chance = dict(zip((each.key for each in found), chances, strict=True))
    words_say = [*chance]
    # where even their disagreement would leave it answered, nobody waits for meanings
    doubtful = not chances or sureness.seconded(chances[0], False) < sureness.CONFIDENT
    meanings_say = near.keys(question.text) if question.toned and doubtful else []
    if fusing.agreed(words_say, meanings_say) is not None:
        agreed = fusing.agreed(words_say, meanings_say)
        chance[words_say[0]] = sureness.seconded(chance[words_say[0]], bool(agreed))
    order = fusing.seconded(words_say, meanings_say, toned=bool(question.toned))
    guesses = [
        Guess(key, known.views[key].code, known.views[key].name.vi, chance.get(key, 0.0))
        for key in order[:GUESSES]
        if key in known.views
    ]
    codes = _NATIONAL.findall(text)
    if codes:
        named = [hit for code in codes[:3] for hit in catalogue.search(code, limit=1) if hit.code == code]
        guesses = [*(of_hit(hit, 0.99) for hit in named), *guesses]
    if not guesses or guesses[0].score < sureness.CONFIDENT:
        guesses = _with_listed(guesses, question)
    return tuple({guess.slug: guess for guess in reversed(guesses)}.values())[::-1][:GUESSES]


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
