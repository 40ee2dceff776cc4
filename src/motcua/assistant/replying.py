"""One turn: what was said, in which context, and what is replied. Part of the door `queries`.

The order of decisions: what is never answered; what was asked back and is now picked; what somebody wants to know;
which procedure is meant and how sure that is; then the answer from its document, with one question for her case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.assistant import cases, listed, mine, places, scripted, telling
from motcua.assistant.guessing import guesses_for, of_hit
from motcua.assistant.knowledge import Knowledge, knowledge
from motcua.assistant.refusing import refused
from motcua.assistant.rephrasing import rephrase
from motcua.assistant.rules import (
    ANSWER,
    ASK_BACK,
    MINE,
    SMALL_TALK,
    Asked,
    Button,
    Choice,
    Context,
    Guess,
    Reply,
    Sentence,
    Source,
    normal,
    redacting,
    sureness,
)
from motcua.assistant.telling import Case
from motcua.catalogue import queries as catalogue
from motcua.foundation.access import seen
from motcua.foundation.actors import Actor
from motcua.foundation.time import local_date

QUESTION_LENGTH = 1000  # characters of a question; the rest is not looked at
CHOICES = 3
POINT_WORDS = 4  # so few, and what they say is what was asked: they answer it ("chưa kết hôn")
FOLLOW_UP_WORDS = 9  # a question of more words that tell something is about something new
# What she wants to know of her dossier, by folded words.
_ASPECTS = {
    "when": ("khi nao", "bao gio", "chung nao", "may ngay", "bao lau"),
    "why": ("vi sao", "tai sao", "sao chua", "sao lau", "sao lai", "ly do", "li do"),
    "do": ("lam gi", "phai lam", "can lam", "bo sung"),
    "where": ("den dau", "toi dau", "o dau", "tinh trang"),
}
_OF_ITSELF = ("", "small_talk", "complaint")  # no aspect of a procedure is asked for
Section = Callable[[Case], Iterator[Sentence]]
# What is told first for what was asked; all the rest follows, for half an answer sends people twice.
_FIRST: dict[str, tuple[Section, ...]] = {
    "documents": (telling.papers,),
    "fee": (telling.fees,),
    "time_limit": (telling.limit,),
    "where_to_submit": (telling.where,),
    "steps": (telling.steps,),
    "eligibility": (telling.eligibility, telling.conditions),
    "complaint": (telling.steps,),
    "which_procedure": (telling.result,),
}
_USUAL: tuple[Section, ...] = (
    telling.papers, telling.fees, telling.limit, telling.where, telling.eligibility, telling.conditions,
    telling.result, telling.law,
)  # fmt: skip


@dataclass(frozen=True)
class _Turn:
    """What is known of one turn while it is worked on."""

    knowledge: Knowledge
    question: normal.Asked
    context: Context
    at: datetime
    language: str
    actor: Actor | None
    intent: str
    guesses: tuple[Guess, ...]

    def case(self, slug: str, context: Context) -> Case:
        """The case of a procedure as far as the context tells it."""
        bare = Case(self.knowledge.views[slug], self.at, self.language, {}, context.area, self.actor)
        return replace(bare, answers=cases.case_answers(bare, context))


def reply(
    question: str,
    context: Context | None = None,
    *,
    at: datetime,
    language: str = "vi",
    actor: Actor | None = None,
    picked: str = "",
    known: Knowledge | None = None,
) -> Reply:
    """What the assistant says to `question` after `context`, at the aware moment `at`, in "vi" or "en".

    `picked` is the value of a choice that was picked instead of typing (see `Reply.asked`). `actor` is the person who
    is signed in, for questions about her own dossiers; None for anybody. `known` is what would be known with a draft,
    None for what is published; with it no model rewords the answer. Raises nothing for any text.
    """
    with override(language):
        told = question[:QUESTION_LENGTH]
        if known is not None:
            return _reply(told, context or Context(), at, language, actor, picked[:140], known)
        found = _reply(told, context or Context(), at, language, actor, picked[:140], knowledge())
        if actor is not None and any(sentence.about == "held" for sentence in found.sentences):
            subjects = [f"account:{actor.account_id}"]
            seen(actor, at=at, purpose="store", page="assistant:papers", subjects=subjects)
        return rephrase(found, language)


def _reply(
    text: str,
    context: Context,
    at: datetime,
    language: str,
    actor: Actor | None,
    picked: str,
    known: Knowledge,
) -> Reply:
    question = normal.read(text, known.short, known.model.words)
    turn = _Turn(known, question, context, at, language, actor, "", ())
    if picked:
        gone_on = _picked(turn, picked)
        if gone_on is None and not text.strip():  # a choice that was not offered: the question stands
            gone_on = replace(scripted.say("rephrase", context, ASK_BACK), context=context)
        if gone_on is not None:
            return gone_on
    if not question.folded:
        return scripted.say(
            "greeting" if not text.strip() else "unread", context, SMALL_TALK if not text else ASK_BACK
        )
    # What says who she is says nothing of the matter: it is left aside before anything is looked for.
    matter = normal.read(redacting.bare(redacting.redact(text).text), known.short, known.model.words)
    guesses = guesses_for(known, matter if matter.folded else question, text)
    heard = known.intents.heard(question)
    turn = replace(turn, intent=heard[0].means if heard else "", guesses=guesses)
    no = refused(known, question, text, context, guesses)
    if no is not None:
        return replace(no, guesses=guesses)
    gone_on = _typed(turn) if context.asked else None
    if gone_on is not None:
        return gone_on
    return _understood(turn)


# What was picked ---------------------------------------------------------------------------------------------------


def _picked(turn: _Turn, value: str) -> Reply | None:
    """Going on with what was asked back, by the value of a choice; None for a value that answers nothing of it."""
    context, known = turn.context, turn.knowledge
    if context.asked == mine.KEY:
        return _mine(turn, value)
    if context.asked == cases.PROCEDURE:
        if value not in context.offered:
            return scripted.say("rephrase", replace(context, offered=()), ASK_BACK)
        fresh = Context(intent=context.intent, area=context.area)
        return _answered(replace(turn, intent=context.intent), value, fresh, 1.0)
    if not context.asked or context.slug not in known.views:
        return None
    after = cases.picked(turn.case(context.slug, context), context, value)
    if after is None:
        return None
    return _answered(replace(turn, intent=context.intent), context.slug, after, 1.0, gone_on=True)


def _typed(turn: _Turn) -> Reply | None:
    """Going on with what was asked back, by words; None when they are a new question. In doubt they are: an answer
    that was not one changes her case without a word, a question that was none is only asked again."""
    context, known = turn.context, turn.knowledge
    if context.asked == cases.PROCEDURE:
        value = _named(turn, context.offered)
        return _picked(turn, value) if value else None
    if context.asked == mine.KEY or context.slug not in known.views:
        return None
    case = turn.case(context.slug, context)
    value = cases.typed(case, context, turn.question)
    if value:
        return _picked(turn, value)
    said = cases.said(known, turn.question, context, context.slug)
    to_the_point = context.asked in said and not turn.intent and len(turn.question.folded) <= POINT_WORDS
    if not to_the_point and (_is_new(turn) or len(turn.question.folded) > FOLLOW_UP_WORDS):
        return None
    if context.asked == cases.PLACE:
        found = places.named(turn.question, case.day, anywhere=True)
        if found.only:
            return _picked(turn, found.only)
        return _which_place(turn, found) if found.communes else None
    if context.asked not in said:
        return None
    after = cases.with_answers(replace(context, asked=""), said)
    return _answered(replace(turn, intent=context.intent), context.slug, after, 1.0, gone_on=True)


def _is_new(turn: _Turn) -> bool:
    """Whether words are a question of their own: they ask for something, or surely mean another procedure."""
    return bool(turn.intent) or (_is_sure(turn) and turn.guesses[0].slug != turn.context.slug)


def _is_sure(turn: _Turn) -> bool:
    """Whether the first guess would be answered, and not for words that every question holds."""
    sure = bool(turn.guesses) and turn.guesses[0].score >= sureness.CONFIDENT
    return sure and any(word not in sureness.QUIET for word in turn.question.folded)


def _named(turn: _Turn, offered: tuple[str, ...]) -> str:
    """The offered procedure that typed words name: by its number, or as the likeliest of them by far."""
    first = turn.question.folded[0] if turn.question.folded else ""
    if first.isdigit() and 1 <= int(first) <= len(offered) and len(turn.question.folded) <= 2:
        return offered[int(first) - 1]
    if turn.intent in ("person", "status", "complaint", "small_talk"):
        return ""
    if _is_sure(turn) and turn.guesses[0].slug not in offered:
        return ""
    found = [each for each in turn.knowledge.model.search(turn.question.folded, 20) if each.key in offered]
    telling = any(word not in sureness.QUIET for word in turn.question.folded)
    short = telling and len(turn.question.folded) <= FOLLOW_UP_WORDS
    return found[0].key if found and short and found[0].score > 0.3 else ""


def _which_place(turn: _Turn, found: places.Named) -> Reply:
    asked = cases.which_place(found, local_date(turn.at), turn.language)
    told = scripted.sentence("former_district.0" if found.of_district else "which_place.0")
    return Reply(ASK_BACK, turn.context.intent, (told,), turn.context, slug=turn.context.slug, asked=asked)


# What is replied ----------------------------------------------------------------------------------------------------


def _understood(turn: _Turn) -> Reply:
    known, context, intent = turn.knowledge, turn.context, turn.intent
    best = turn.guesses[0] if turn.guesses else None
    sure = best.score if best else 0.0
    if intent == "person":
        return scripted.hand_over(context, turn.guesses)
    if intent == "status" and not (best and sure >= sureness.CONFIDENT and _asks_besides(turn)):
        return _mine(turn)
    follows = _follows(turn, sure)
    if follows:
        return _answered(turn, context.slug, replace(context, intent=intent or context.intent), 0.9)
    answered = _editors_answer(turn)
    if answered is not None and sure < sureness.CONFIDENT:
        return answered
    if intent == "small_talk" and sure < sureness.CONFIDENT:
        return replace(scripted.small_talk(turn.question, context), guesses=turn.guesses)
    if best is not None and sure >= sureness.CONFIDENT:
        if best.is_listed:
            return _listed(turn, best.slug, sure)
        heard = cases.said(known, turn.question, context, best.slug)
        area = _place(turn)
        fresh = Context(
            slug=best.slug, intent=intent, area=area or context.area, answers=heard, heard=tuple(heard)
        )
        return _answered(turn, best.slug, fresh, sure)
    if best is not None and sure >= sureness.PLAUSIBLE:
        return _ask_which(turn)
    if intent == "complaint":
        return replace(scripted.complaint(context), guesses=turn.guesses)
    if turn.guesses and sure >= sureness.FAINT:
        return _ask_which(turn, faint=True)
    if turn.intent or known.model.part(turn.question.folded) >= sureness.AT_HOME:
        return replace(scripted.say("rephrase", context, ASK_BACK), intent=turn.intent, guesses=turn.guesses)
    return replace(scripted.refuse("decline_redirect", context), guesses=turn.guesses)


def _asks_besides(turn: _Turn) -> bool:
    """Whether a question that holds "hồ sơ của tôi" asks about a procedure all the same."""
    heard = {each.means for each in turn.knowledge.intents.heard(turn.question)}
    return bool(heard & {"documents", "fee", "steps", "which_procedure"}) and "status" in heard


def _follows(turn: _Turn, sure: float) -> bool:
    """Whether the question goes on about the procedure of the context ("thế còn lệ phí?")."""
    context = turn.context
    if context.slug not in turn.knowledge.views or turn.intent in _OF_ITSELF:
        return False
    same = bool(turn.guesses) and turn.guesses[0].slug == context.slug
    if _is_sure(turn) and not same:
        return False  # "thế còn hộ chiếu mất bao lâu" is short, and about something else
    telling_words = [word for word in turn.question.folded if word not in sureness.QUIET]
    return same or len(telling_words) <= 1 or (len(telling_words) <= 3 and sure < sureness.CONFIDENT)


def _place(turn: _Turn) -> str:
    return places.named(turn.question, local_date(turn.at)).only


def _answered(turn: _Turn, slug: str, context: Context, sure: float, *, gone_on: bool = False) -> Reply:
    """The answer for a case as far as it is known, and the next question for it. `gone_on`: by what was asked back, so
    that the words of the turn (the label of a choice, mostly) change nothing that is known already."""
    known = turn.knowledge
    if slug not in known.views:
        return _listed(turn, slug, sure)
    context = replace(context, slug=slug)
    context = cases.with_answers(context, cases.said(known, turn.question, context, slug), later=not gone_on)
    if (not gone_on or not context.area) and (area := _place(turn)):
        context = replace(context, area=area)
    case = turn.case(slug, context)
    asked = cases.next_question(known, case, context)
    if asked is not None and asked.key == cases.PLACE:
        named = places.named(turn.question, case.day)
        asked = cases.which_place(named, case.day, turn.language) if named.of_district else asked
    sentences = tuple(_once(_sentences(turn, case, context)))
    after = replace(context, asked=asked.key if asked else "", asked_count=context.asked_count + bool(asked))
    return Reply(
        ANSWER,
        context.intent,
        sentences,
        after,
        slug,
        case.view.code,
        case.view.name.say(turn.language),
        sure,
        turn.guesses,
        asked,
        _button(case, context),
        _related(turn, slug),
    )


def _sentences(turn: _Turn, case: Case, context: Context) -> Iterator[Sentence]:
    yield from _old_terms(turn)
    yield telling.name(case)
    yield from telling.standing(case)
    answered = _editors_answer(turn, case.view.slug)
    if answered is not None:
        yield from answered.sentences
    for text, label, source in cases.understood(case, context):
        told = _("Bạn cho biết: {question} – {answer}.").format(question=text.rstrip("?. "), answer=label)
        yield Sentence(told, source, "case")
    for section in _in_order(context.intent):
        yield from section(case)


def _old_terms(turn: _Turn) -> Iterator[Sentence]:
    """Words of former law in the question: what holds today, said once each, at most two."""
    told: set[tuple[str, int]] = set()
    for heard in turn.knowledge.old_terms.heard(turn.question):
        term = heard.means
        if (term.key, term.place) in told or len(told) >= 2:
            continue
        told.add((term.key, term.place))
        source = Source("pack", f"assistant/{term.key}", f"old_terms.{term.place}.today", on=_day(turn))
        yield Sentence(term.today.say(turn.language), source, "old_term", term.doubtful)


def _editors_answer(turn: _Turn, slug: str = "") -> Reply | None:
    """What editors wrote for this question (about this procedure, or about none)."""
    for heard in turn.knowledge.answers.heard(turn.question):
        found = heard.means
        if found.procedure != slug or not found.holds(_day(turn)):
            continue
        source = Source("pack", f"assistant/{found.key}", f"answers.{found.own}.say", on=_day(turn))
        said = Sentence(found.say.say(turn.language), source, "answer", found.doubtful)
        return Reply(
            ANSWER,
            turn.intent,
            (said,),
            replace(turn.context, asked=""),
            confidence=0.9,
            guesses=turn.guesses,
        )
    return None


def _button(case: Case, context: Context) -> Button | None:
    view = case.view
    if view.status != "active":
        return None
    if view.is_fileable(case.day, "online"):
        return Button(
            _("Mở tờ khai đã điền sẵn"), reverse("portal:start", args=[view.slug]), cases.prefill(context)
        )
    return Button(_("Xem thủ tục này"), reverse("portal:procedure", args=[view.slug]))


def _related(turn: _Turn, slug: str) -> tuple[Guess, ...]:
    """What else has to be done when that happens in a life."""
    heard = turn.knowledge.events.heard(turn.question)
    if not heard:
        return ()
    hits = catalogue.hits_of(each for each in heard[0].means.procedures if each != slug)
    return tuple(of_hit(hit, 0.0) for hit in hits[:4])


def _listed(turn: _Turn, slug: str, sure: float) -> Reply:
    """A procedure that is not described here; what may no longer be there is asked for anew."""
    found = listed.reply(turn.knowledge, slug, sure, turn.intent, turn.guesses, _day(turn), turn.language)
    return found or scripted.say("rephrase", Context(), ASK_BACK)


def _ask_which(turn: _Turn, *, faint: bool = False) -> Reply:
    """Not sure enough: which of these is meant? What it would be is not told as if it were."""
    offered = turn.guesses[:CHOICES]
    options = tuple(Choice(guess.slug, guess.name) for guess in offered)
    told = scripted.sentence(f"which_of_these.{int(faint)}")
    described = [guess for guess in offered if guess.slug in turn.knowledge.views]
    likeliest = tuple(_supposed(turn, described[0])) if described and not faint else ()
    asked = Asked(
        cases.PROCEDURE,
        told.text,
        "procedure",
        (*options, Choice(cases.SKIP, _("Không phải việc nào ở trên"))),
    )
    # What the conversation was about stays: she may as well go on with that.
    slugs = tuple(guess.slug for guess in offered)
    context = replace(turn.context, intent=turn.intent, asked=cases.PROCEDURE, offered=slugs)
    return Reply(ASK_BACK, turn.intent, (told, *likeliest), context, guesses=turn.guesses, asked=asked)


def _supposed(turn: _Turn, guess: Guess) -> Iterator[Sentence]:
    """What it would be if the likeliest is meant: said as a supposition, so that a right guess costs no second turn."""
    heard = cases.said(turn.knowledge, turn.question, turn.context, guess.slug)
    case = turn.case(guess.slug, Context(slug=guess.slug, intent=turn.intent, answers=heard))
    lead = _("Nếu đúng là việc “{name}” thì:").format(name=case.view.name.say(turn.language))
    yield replace(telling.name(case), text=lead, about="supposed")
    yield from _once(sentence for section in _in_order(turn.intent) for sentence in section(case))


def _in_order(intent: str) -> tuple[Section, ...]:
    """All that is told, what was asked for first."""
    first = _FIRST.get(intent, ())
    return (*first, *(each for each in _USUAL if each not in first))


def _once(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """What was said already is not said again."""
    told: set[str] = set()
    for sentence in sentences:
        if sentence.text not in told:
            told.add(sentence.text)
            yield sentence


def _mine(turn: _Turn, picked: str = "") -> Reply:
    """Her own dossiers, by the clock and the forecast."""
    heard = turn.question.line
    aspect = next(
        (aspect for aspect, words in _ASPECTS.items() if any(f" {each} " in heard for each in words)), ""
    )
    told = mine.tell(
        turn.actor, turn.question.text, at=turn.at, language=turn.language, picked=picked, aspect=aspect
    )
    after = replace(turn.context, asked=told.asked.key if told.asked else "")
    return Reply(
        MINE, "status", told.sentences, after, guesses=turn.guesses, asked=told.asked, button=told.button
    )


def _day(turn: _Turn) -> str:
    return local_date(turn.at).isoformat()
