"""What the assistant knows of language, built from the published packs once per publication and process.

The model is learnt from how people ask for each procedure; what was learnt is kept on disk under the hash of all that
it was learnt from, so that a restart, and the second process, read it in a tenth of a second. Editors change the packs;
the next question after a publication is answered by the new words.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.assistant.rules import learning
from motcua.assistant.rules.cues import Cues
from motcua.assistant.rules.learning import Model, Passage
from motcua.assistant.rules.normal import terms
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import ProcedureView
from motcua.foundation.held import Held
from motcua.foundation.packs import store
from motcua.kernel.text import Bilingual

KIND = "assistant"
BESIDE = "beside:"
ELSEWHERE_LEAST = 0.25  # weights of the second model up to this are left out: they are most of its memory
KEPT = 6  # models on disk, two to each knowledge; older ones are thrown away

# How much a passage counts: what people say of one procedure most, a paper's name least (many ask for it).
SHORT_NAME, LEGAL_NAME, ENGLISH, RESULT, PAPER = 1.0, 0.95, 0.8, 0.6, 0.35
EVERYDAY, LESS_LIKELY, EVENT = 1.0, 0.8, 0.7


@dataclass(frozen=True)
class OldTerm:
    """A word of former law, and what holds today; `key` and `place` name it in its document."""

    key: str
    place: int
    today: Bilingual
    doubtful: bool


@dataclass(frozen=True)
class Answered:
    """What an editor answered; `key` names the document, `own` the answer in it."""

    key: str
    own: str
    say: Bilingual
    procedure: str
    doubtful: bool = False
    since: str = ""  # ISO days between which it holds, both included; "" for no bound
    until: str = ""

    def holds(self, day: str) -> bool:
        """Whether it may be said on an ISO day."""
        return self.since <= day and (not self.until or day <= self.until)


@dataclass(frozen=True)
class CaseWord:
    """Words that answer a question of a declaration."""

    field: str
    value: Any
    procedure: str


@dataclass(frozen=True)
class Event:
    """Something that happens in a life, and what is then to be done: slugs, in that order."""

    title: str
    procedures: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """What no document describes, so that nobody is told about another procedure instead. `key` and `place` name it in
    its document; without a code it is no administrative procedure. `also` are codes of the same thing, `near` slugs
    that it is easily taken for, `say` what is to be told of it."""

    key: str
    place: int
    code: str
    also: tuple[str, ...]
    name: Bilingual
    agency: Bilingual | None
    near: tuple[str, ...]
    ask: tuple[str, ...]
    say: Bilingual | None
    doubtful: bool

    @property
    def name_in_model(self) -> str:
        """What stands for it among the keys of the model: no slug has a colon."""
        return f"{BESIDE}{self.code or f'{self.key}.{self.place}'}"

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.code, *self.also) if self.code else ()


@dataclass(frozen=True)
class Written:
    """A document that is not published: what the assistant would know with it."""

    key: str
    body: Mapping[str, Any]


class Knowledge:
    """All of it, read by many threads, never changed; a new one takes its place after a publication.

    `draft` is read in place of the published document of its key.
    """

    def __init__(self, draft: Written | None = None) -> None:
        self._documents: list[store.Version | Written] = [*store.current_all(KIND)]
        if draft is not None:
            others = [each for each in self._documents if each.key != draft.key]
            self._documents = sorted([*others, draft], key=lambda each: each.key)
        self.views = {view.slug: view for view in catalogue.views()}
        self.beside = {each.name_in_model: each for each in self._beside()}
        self.short = {" ".join(terms(row["say"])): str(row["means"]) for row in self._rows("short")}
        described = list(self.passages())
        self.model = _learnt(described)
        # A model of its own, so that what is added here moves nothing there: against those that it is easily taken for
        # each alone, against all others as one.
        self.near = frozenset(slug for each in self.beside.values() for slug in each.near)
        merged = (each if each.key in self.near else replace(each, key="") for each in described)
        self.elsewhere = _learnt([*self._passages_beside(), *merged], ELSEWHERE_LEAST)
        self.intents: Cues[str] = Cues((row["intent"], said) for row, said in self._said("intents"))
        self.limits: Cues[str] = Cues((row["limit"], said) for row, said in self._said("limits"))
        self.together = [
            (str(row["limit"]), [Cues((row["limit"], said) for said in one) for one in row["all"]])
            for row in self._rows("together")
        ]
        self.words: Cues[str] = Cues((str(row["means"]), said) for row, said in self._said("words"))
        self.events: Cues[Event] = Cues(
            (Event(str(row["event"]), tuple(row["procedures"])), said) for row, said in self._said("events")
        )
        self.cases: Cues[CaseWord] = Cues(
            (CaseWord(str(row["field"]), row["value"], str(row.get("procedure") or "")), said)
            for row, said in self._said("cases")
        )
        self.questions = {row["procedure"]: tuple(row["fields"]) for row in self._rows("questions")}
        self.old_terms: Cues[OldTerm] = Cues(self._old_terms())
        self.answers: Cues[Answered] = Cues(self._answers())

    def _rows(self, label: str) -> Iterator[Mapping[str, Any]]:
        for version in self._documents:
            yield from version.body.get(label) or ()

    def _said(self, label: str) -> Iterator[tuple[Mapping[str, Any], str]]:
        for row in self._rows(label):
            for said in row["say"]:
                yield row, said

    def _old_terms(self) -> Iterator[tuple[OldTerm, str]]:
        for version in self._documents:
            for place, row in enumerate(version.body.get("old_terms") or ()):
                told = OldTerm(version.key, place, Bilingual.of(row["today"]), bool(row.get("unverified")))
                yield from ((told, said) for said in row["say"])

    def _answers(self) -> Iterator[tuple[Answered, str]]:
        for version in self._documents:
            for row in version.body.get("answers") or ():
                told = Answered(
                    version.key,
                    row["key"],
                    Bilingual.of(row["say"]),
                    str(row.get("procedure") or ""),
                    bool(row.get("unverified")),
                    str(row.get("valid_from") or ""),
                    str(row.get("valid_to") or ""),
                )
                yield from ((told, said) for said in row["ask"])

    def _beside(self) -> Iterator[Beside]:
        """What is described by now needs no entry here."""
        described = {view.code for view in self.views.values()}
        for version in self._documents:
            for place, row in enumerate(version.body.get("beside") or ()):
                each = Beside(
                    version.key,
                    place,
                    str(row.get("code") or ""),
                    tuple(str(code) for code in row.get("also") or ()),
                    Bilingual.of(row["name"]),
                    Bilingual.of(row["agency"]) if row.get("agency") else None,
                    tuple(slug for slug in row.get("near") or () if slug in self.views),
                    tuple(row["ask"]),
                    Bilingual.of(row["say"]) if row.get("say") else None,
                    bool(row.get("unverified")),
                )
                if described.isdisjoint(each.codes):
                    yield each

    def passages(self) -> Iterator[Passage]:
        """Everything that leads to a procedure, as it is learnt from."""
        for view in self.views.values():
            yield from _of_procedure(view)
        yield from (passage for passage in self._said_of_procedures() if passage.key in self.views)

    def _passages_beside(self) -> Iterator[Passage]:
        for key, beside in self.beside.items():
            yield Passage(key, beside.name.vi, SHORT_NAME)
            yield Passage(key, beside.name.en, ENGLISH)
            yield from (Passage(key, said) for said in beside.ask)

    def _said_of_procedures(self) -> Iterator[Passage]:
        for version in store.current_all("synonyms"):
            for entry in version.body.get("words") or ():
                for said in entry["say"]:
                    for place, slug in enumerate(entry["procedures"]):
                        yield Passage(slug, said, LESS_LIKELY if place else EVERYDAY)
            for entry in version.body.get("life_events") or ():
                for said in (entry["title"]["vi"], *(entry.get("say") or ())):
                    for place, slug in enumerate(entry["procedures"][:3]):
                        yield Passage(slug, said, EVENT - 0.1 * place)
        for row in self._rows("asked"):
            yield from (Passage(row["procedure"], said) for said in row["ask"])


def _of_procedure(view: ProcedureView) -> Iterator[Passage]:
    yield Passage(view.slug, view.name.vi, SHORT_NAME)
    yield Passage(view.slug, view.legal_name.vi, LEGAL_NAME)
    if view.name.en:
        yield Passage(view.slug, view.name.en, ENGLISH)
    if view.result_name:
        yield Passage(view.slug, view.result_name.vi, RESULT)
    for paper in view.papers:
        yield Passage(view.slug, paper.name.vi, PAPER)


# Learning, and keeping what was learnt ----------------------------------------------------------------------------


def _learnt(passages: list[Passage], least: float = learning.LEAST_WEIGHT) -> Model:
    """The model of these passages: as it was kept, else learnt now and kept."""
    told = json.dumps([least, *([p.key, p.text, p.weight] for p in passages)], ensure_ascii=False)
    method = Path(learning.__file__).read_bytes()  # another way of learning is another model
    digest = hashlib.sha256(method + told.encode()).hexdigest()[:32]
    folder = settings.MOTCUA.var / "assistant"
    kept = folder / f"model-{digest}.json"
    try:
        model = Model.from_data(json.loads(kept.read_text(encoding="utf-8")))
        kept.touch()  # what is in use is not what is thrown away for models of drafts
        return model
    except (OSError, ValueError, KeyError, TypeError):
        pass
    model = Model.learn(passages, least)
    _keep(folder, kept, model)
    return model


def _keep(folder: Path, kept: Path, model: Model) -> None:
    """Written aside and moved into its place; a full or read-only disk costs only the next start some seconds."""
    aside = kept.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps(model.to_data(), ensure_ascii=False), encoding="utf-8")
        aside.replace(kept)
        older = sorted(folder.glob("model-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in older[KEPT:]:
            path.unlink(missing_ok=True)
    except OSError:
        aside.unlink(missing_ok=True)


_held = Held(Knowledge)


def knowledge() -> Knowledge:
    """What this process knows; built anew after a publication. While one caller builds, others keep the former."""
    return _held.at(store.revision())


def forget() -> None:
    """For tests: the next caller builds anew."""
    _held.forget()
