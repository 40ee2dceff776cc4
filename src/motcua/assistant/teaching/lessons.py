"""Reading what is being taught: the open lesson, what is wrong in it, whether its comparison still holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from motcua.assistant.knowledge import KIND
from motcua.assistant.models import Comparison, Lesson, LessonChange
from motcua.assistant.rules import teaching
from motcua.assistant.teaching.errors import LessonNotFound
from motcua.editing.queries import may_edit
from motcua.foundation.actors import Actor
from motcua.foundation.canonical import digest
from motcua.foundation.packs import store
from motcua.foundation.packs.check import check_document
from motcua.foundation.packs.resolved import Document, Resolved

READ = (KIND, "synonyms", "procedures")  # the kinds of documents that decide what the assistant understands
FINISHED_SHOWN = 10


@dataclass(frozen=True)
class Fault:
    """What is wrong: where in the document, and in words."""

    place: tuple[str | int, ...]
    vi: str
    en: str

    @property
    def message(self) -> str:
        """In the reader's language."""
        return self.en if (get_language() or "vi").startswith("en") else self.vi


def lesson_for(actor: Actor, public_id: str) -> Lesson:
    """One lesson. Raises LessonNotFound, also for somebody who may not see it."""
    found = _visible(actor).filter(public_id=public_id[:26]).first()
    if found is None:
        raise LessonNotFound()
    return found


def _visible(actor: Actor) -> Any:
    rows = Lesson.objects.select_related("base", "published")
    return rows if may_edit(actor) else rows.none()


def open_lesson(actor: Actor) -> Lesson | None:
    """The lesson that is being written, None for none."""
    return _visible(actor).filter(state__in=teaching.OPEN_STATES).first()


def finished_lessons(actor: Actor) -> list[Lesson]:
    """What was published or thrown away last."""
    rows = _visible(actor).exclude(state__in=teaching.OPEN_STATES).order_by("-changed_at", "-pk")
    return list(rows.defer("body")[:FINISHED_SHOWN])


def changes_of(lesson: Lesson) -> list[LessonChange]:
    """Who added or took out what, newest first."""
    return list(lesson.changes.order_by("-pk")[:100])


def authors_of(lesson: Lesson) -> set[str]:
    """The keys of everybody who wrote a part of it."""
    return set(lesson.changes.values_list("author", flat=True))


def standing(at: datetime) -> store.Version | None:
    """The editors' document in force, None before anything was taught."""
    return store.current(KIND, teaching.DESK, at)


def faults(body: Mapping[str, Any], at: datetime) -> list[Fault]:
    """Everything that `motcua packs check` would say of the document, among the procedures in force."""
    found = {
        ("procedures", each.key): Document("procedures", each.key, each.body, (store.DESK,), ())
        for each in store.current_all("procedures", at)
    }
    found[KIND, teaching.DESK] = Document(KIND, teaching.DESK, dict(body), (store.DESK,), ())
    resolved = Resolved((store.DESK,), found, {})
    return [Fault(place, *words) for place, _code, words in check_document(KIND, dict(body), resolved)]


def basis(at: datetime) -> str:
    """The hash of all published documents that the assistant learns from: a comparison holds over these only."""
    return digest([[each.kind, each.key, each.hash] for kind in READ for each in store.current_all(kind, at)])


def comparison_of(lesson: Lesson, at: datetime) -> Comparison | None:
    """The comparison that holds for the lesson as it is, done or under way; None for none."""
    return Comparison.objects.filter(lesson=lesson, hash=lesson.hash, base=basis(at)).first()


def losses_of(comparison: Comparison) -> list[str]:
    """Why this costs so much that a reason is wanted; [] for nothing."""
    figures = comparison.figures
    hows: Iterable[str] = (row["how"] for row in comparison.golden)
    return teaching.losses(figures.get("before") or {}, figures.get("after") or {}, hows)


def subjects() -> Iterable[str]:
    """The journal's chains of lessons."""
    return (str(name) for name in Lesson.objects.values_list("public_id", flat=True))
