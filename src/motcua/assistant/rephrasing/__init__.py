"""Optional: a language model words composed sentences anew. What it says is checked and else replaced by our own.

Off until an installation names an address (`MOTCUA_ASSISTANT_MODEL_URL`). A model that fails is left alone for a
while, so that nobody waits for it twice.
"""

from __future__ import annotations

import threading
import time as machine_time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

import structlog
from django.conf import settings

from motcua.assistant.rephrasing.offers import ModelProblem, Rephraser
from motcua.assistant.rules import ANSWER, Reply, Sentence, Source
from motcua.assistant.rules.entailment import admitted

__all__ = ["ModelProblem", "Rephraser", "forget", "rephrase", "reworded"]

PUBLIC = frozenset({"procedure", "agency", "pack", "calendar"})  # sources whose sentences may leave the house
OF_HER = frozenset({"case", "held"})  # what she answered, what the city has of her: that stays here
REST_SECONDS = 30.0  # how long a model that failed is not asked
KNOWN_MAX = 2000
_NOWHERE = Source("self", "wording")  # the check reads texts only
log = structlog.get_logger(__name__)

_known: OrderedDict[tuple[str, str, str], str] = (
    OrderedDict()
)  # (model, language, sentence) -> admitted wording
_lock = threading.Lock()
_rests_until = 0.0


def forget() -> None:
    """Let this process ask again (tests, another model)."""
    global _rests_until
    with _lock:
        _known.clear()
        _rests_until = 0.0


def rephrase(reply: Reply, language: str) -> Reply:
    """The same reply in friendlier words where a model is set and says the same; else as it came. Raises nothing.

    Only answers out of published documents are handed over: nothing of a person, no refusal, no question. Sources,
    choices, the button and the order of the sentences stay.
    """
    own = settings.MOTCUA
    if not own.assistant_model_url or reply.behaviour != ANSWER:
        return reply
    if any(sentence.source.kind == "dossier" for sentence in reply.sentences):
        return reply
    from motcua.assistant.rephrasing.speaks import ChatModel

    model = ChatModel(own.assistant_model_url, own.assistant_model_name, own.assistant_model_key)
    name = f"{model.address} {model.name}"
    return replace(reply, sentences=reworded(reply.sentences, model, language, name=name))


def reworded(
    sentences: Sequence[Sentence], model: Rephraser, language: str, *, name: str = ""
) -> tuple[Sentence, ...]:
    """The sentences, each in the model's words where these say exactly the same, else in its own. Raises nothing.

    What a model called `name` said well before is not asked again; "" remembers nothing.
    """
    texts = [sentence.text for sentence in sentences if _may_leave(sentence)]
    wordings = {text: said for text in texts if (said := _remembered(name, language, text)) is not None}
    missing = [text for text in dict.fromkeys(texts) if text not in wordings]
    for text, line in zip(missing, _asked(model, missing, language), strict=False):
        said = admitted(line, [Sentence(text, _NOWHERE)]) or text
        wordings[text] = said
        _remember(name, language, text, said)
    return tuple(replace(each, text=wordings.get(each.text, each.text)) for each in sentences)


def _asked(model: Rephraser, texts: Sequence[str], language: str) -> tuple[str, ...]:
    """What the model says for each text; () for no text, from one that rests, and from one that fails."""
    global _rests_until
    if not texts or machine_time.monotonic() < _rests_until:
        return ()
    try:
        return model.lines(texts, language)
    except ModelProblem as problem:
        log.warning("assistant.model", problem=problem.code, seconds=REST_SECONDS)
        _rests_until = machine_time.monotonic() + REST_SECONDS
        return ()


def _may_leave(sentence: Sentence) -> bool:
    public = sentence.source.kind in PUBLIC and sentence.about not in OF_HER
    return public and "\n" not in sentence.text


def _remembered(name: str, language: str, text: str) -> str | None:
    with _lock:
        said = _known.get((name, language, text)) if name else None
        if said is not None:
            _known.move_to_end((name, language, text))
    return said


def _remember(name: str, language: str, text: str, said: str) -> None:
    if name:
        with _lock:
            _known[(name, language, text)] = said
            while len(_known) > KNOWN_MAX:
                _known.popitem(last=False)
