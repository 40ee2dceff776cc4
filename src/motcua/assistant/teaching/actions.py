"""Every change that editors make: setting questions aside, teaching, comparing, offering, publishing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.assistant.knowledge import KIND
from motcua.assistant.models import Comparison, Lesson, LessonChange, Settled
from motcua.assistant.queries import proposed
from motcua.assistant.rules import teaching
from motcua.assistant.rules.redacting import redact
from motcua.assistant.teaching import errors, lessons
from motcua.editing.queries import may_edit, second_person_needed
from motcua.foundation.acts import Act, action
from motcua.foundation.canonical import digest
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal import record
from motcua.foundation.packs import store
from motcua.foundation.work import enqueue
from motcua.kernel.text import one_line

REASON_MIN = 8  # characters: "ok" tells a successor nothing
ASIDE = "assistant:questions"  # the journal's chain of what was set aside
COMPARE = "assistant.compare"


def _allowed(act: Act) -> None:
    if not may_edit(act.actor):
        raise Forbidden()


# Questions that need not be seen -------------------------------------------------------------------------------------


@action("assistant.set_aside")
def set_aside(act: Act, *, wordings: list[str], why: str, note: str = "") -> dict:
    """Set a group of questions aside: `wordings` are the hashes of its wordings, `note` says more (needed for "other").

    Answers {settled: how many wordings}. Raises Forbidden, ReasonNeeded.
    """
    _allowed(act)
    said = redact(one_line(note)[: teaching.NOTE_MAX]).text
    if why not in teaching.WHYS_ASIDE or (why == "other" and len(said) < REASON_MIN):
        raise errors.ReasonNeeded([{"field": "note", "message": str(errors.ReasonNeeded.message)}])
    count = _settle(act, wordings, why, said, None)
    record(act, "assistant.questions_set_aside", ASIDE, facts={"why": why, "wordings": count})
    return {"settled": count}


@action("assistant.bring_back")
def bring_back(act: Act, *, wordings: list[str]) -> dict:
    """Let a group that was set aside be seen again. Answers {back: how many wordings}. Raises Forbidden."""
    _allowed(act)
    count, _each = Settled.objects.filter(wording__in=wordings[: teaching.WORDINGS_MAX]).delete()
    record(act, "assistant.questions_brought_back", ASIDE, facts={"wordings": count})
    return {"back": count}


def _settle(act: Act, wordings: list[str], why: str, note: str, lesson: Lesson | None) -> int:
    names = [name for name in dict.fromkeys(wordings[: teaching.WORDINGS_MAX]) if len(name) == 32]
    Settled.objects.filter(wording__in=names).delete()
    rows = [
        Settled(wording=name, why=why, note=note, lesson=lesson, at=act.at, by=act.actor.key)
        for name in names
    ]
    Settled.objects.bulk_create(rows)
    return len(rows)


# Teaching ------------------------------------------------------------------------------------------------------------


@action("assistant.teach")
def teach(
    act: Act, *, label: str, entry: dict, wordings: list[str] | None = None, proposal: str = ""
) -> dict:
    """Add an entry to the open lesson (a new one from what is in force where there is none).

    `label` is a list of the document (`teaching.LABELS`), `entry` as the packs write it; `wordings` the questions it is
    to answer, which are not listed any more; `proposal` the key of an officer's proposal that it takes over.

    Answers {lesson: public id, revision}. Raises Forbidden, EntryWrong.
    """
    _allowed(act)
    if label not in teaching.LABELS:
        raise errors.EntryWrong([{"field": "label", "message": str(errors.EntryWrong.message)}])
    row = _open(act)
    before = row.body
    after = teaching.with_entry(before, label, entry)
    _sound(before, after, label, entry, act.at)
    _write(act, row, after, label, entry, added=True)
    if wordings:
        _settle(act, wordings, teaching.TAUGHT, "", row)
    if proposal:
        proposed.settle(act, proposal, taken=True)
    return {"lesson": row.public_id, "revision": row.revision}


@action("assistant.decline_proposal")
def decline_proposal(act: Act, *, proposal: str, note: str) -> dict:
    """Say why an officer's proposed answer is not taken over. Answers {declined: whether it waited}.

    Raises Forbidden, ReasonNeeded.
    """
    _allowed(act)
    said = redact(one_line(note)[: teaching.NOTE_MAX]).text
    if len(said) < REASON_MIN:
        raise errors.ReasonNeeded([{"field": "note", "message": str(errors.ReasonNeeded.message)}])
    return {"declined": proposed.settle(act, proposal, taken=False, note=said)}


def _open(act: Act) -> Lesson:
    row = Lesson.objects.select_for_update().filter(state__in=teaching.OPEN_STATES).first()
    if row is not None:
        return row
    held = lessons.standing(act.at)
    body = dict(held.body) if held else teaching.empty()
    row = Lesson.objects.create(
        body=body, hash=digest(body), base_id=held.pk if held else None, revision=0, begun_at=act.at,
        changed_at=act.at, changed_by=act.actor.key,
    )  # fmt: skip
    record(act, "assistant.lesson_begun", row.subject, facts={"base": row.base_id})
    return row


def _sound(
    before: Mapping[str, Any], after: Mapping[str, Any], label: str, entry: Mapping[str, Any], at: datetime
) -> None:
    """Raises EntryWrong with what the check of the packs finds that it did not find before, and for personal data."""
    known = set(lessons.faults(before, at))
    problems = [
        {"field": ".".join(str(part) for part in fault.place[2:]), "message": fault.message}
        for fault in lessons.faults(after, at)
        if fault not in known
    ]
    texts = [*teaching.said_in(label, entry)]
    if any(redact(text).found or "[" in text for text in texts):
        problems.append({"field": "said", "message": str(errors.PERSONAL)})
    if not texts:
        problems.append({"field": "said", "message": str(errors.EMPTY)})
    if problems:
        raise errors.EntryWrong(problems)


def _write(
    act: Act, row: Lesson, body: dict[str, Any], label: str, entry: Mapping[str, Any], *, added: bool
) -> None:
    row.body, row.hash, row.revision = body, digest(body), row.revision + 1
    row.state, row.offered_by = teaching.State.OPEN, ""
    row.changed_at, row.changed_by = act.at, act.actor.key
    row.save()
    LessonChange.objects.create(
        lesson=row, revision=row.revision, added=added, label=label, entry=entry, author=act.actor.key,
        author_name=act.actor.label[:200], at=act.at,
    )  # fmt: skip
    verb = "assistant.lesson_added" if added else "assistant.lesson_taken_out"
    record(act, verb, row.subject, facts={"label": label, "revision": row.revision, "hash": row.hash})


@action("assistant.take_out")
def take_out(act: Act, *, lesson: str, seen: int, label: str, place: int) -> dict:
    """Take an entry out of the lesson; `place` counts from 0 within `label`. Answers {revision}.

    Raises Forbidden, LessonNotFound, LessonClosed, LessonMoved.
    """
    _allowed(act)
    row = _locked(lesson, seen)
    try:
        body, gone = teaching.without_entry(row.body, label, place)
    except IndexError:
        raise errors.LessonMoved() from None
    _write(act, row, body, label, gone, added=False)
    return {"revision": row.revision}


def _locked(lesson: str, seen: int) -> Lesson:
    row = Lesson.objects.select_for_update().filter(public_id=lesson).first()
    if row is None:
        raise errors.LessonNotFound()
    if row.state not in teaching.OPEN_STATES:
        raise errors.LessonClosed()
    if seen != row.revision:
        raise errors.LessonMoved()
    return row


# Comparing -----------------------------------------------------------------------------------------------------------


@action("assistant.compare")
def compare(act: Act, *, lesson: str, seen: int) -> dict:
    """Ask what the lesson changes on the whole golden set; the worker finds out (see `comparing`).

    Asked again for the same document over the same publication it is found out again. Answers {comparison: pk}.
    Raises Forbidden, LessonNotFound, LessonClosed, LessonMoved, LessonNotSound.
    """
    _allowed(act)
    row = _locked(lesson, seen)
    _demand_sound(row, act.at)
    base = lessons.basis(act.at)
    Comparison.objects.filter(lesson=row, hash=row.hash, base=base).delete()
    made = Comparison.objects.create(
        lesson=row, hash=row.hash, base=base, asked_at=act.at, asked_by=act.actor.key
    )
    enqueue(COMPARE, key=str(made.pk), comparison=made.pk)
    record(act, "assistant.lesson_comparing", row.subject, facts={"hash": row.hash})
    return {"comparison": made.pk}


@action("assistant.keep_comparison")
def keep_comparison(act: Act, *, comparison: int, found: dict, seconds: float) -> dict:
    """Keep what the worker found: {figures, golden, asked}. Answers {kept: whether anybody still wants it}."""
    _allowed(act)
    row = Comparison.objects.select_for_update().filter(pk=comparison, done_at__isnull=True).first()
    if row is None:
        return {"kept": False}
    row.figures, row.golden, row.asked = found["figures"], found["golden"], found["asked"]
    row.done_at, row.seconds = act.at, seconds
    row.save(update_fields=["figures", "golden", "asked", "done_at", "seconds"])
    told = {
        name: found["figures"][name].get("hit@1") for name in ("before", "after") if name in found["figures"]
    }
    facts = {"hash": row.hash, "rows_turned": len(row.golden), "answers_changed": len(row.asked), **told}
    record(act, "assistant.lesson_compared", row.lesson.subject, facts=facts)
    return {"kept": True}


# Publishing ----------------------------------------------------------------------------------------------------------


def _demand_sound(row: Lesson, at: datetime) -> None:
    if found := lessons.faults(row.body, at):
        raise errors.LessonNotSound(count=len(found))


def _ready(row: Lesson, at: datetime) -> Comparison:
    """The comparison that holds. Raises LessonNotSound, NothingTaught, NotCompared, BaseMoved."""
    _demand_sound(row, at)
    held = lessons.standing(at)
    if (held.pk if held else None) != row.base_id:
        raise errors.BaseMoved()
    if row.hash == (held.hash if held else digest(teaching.empty())):
        raise errors.NothingTaught()
    found = lessons.comparison_of(row, at)
    if found is None or found.done_at is None:
        raise errors.NotCompared()
    return found


@action("assistant.offer_lesson")
def offer(act: Act, *, lesson: str, seen: int) -> dict:
    """Say that a lesson is ready for a second person to look at and publish. Raises as `publish` does."""
    _allowed(act)
    row = _locked(lesson, seen)
    _ready(row, act.at)
    row.state, row.offered_by = teaching.State.OFFERED, act.actor.key
    row.save(update_fields=["state", "offered_by"])
    record(act, "assistant.lesson_offered", row.subject, facts={"revision": row.revision})
    return {"lesson": row.public_id}


@action("assistant.publish_lesson")
def publish(act: Act, *, lesson: str, seen: int, reason: str = "") -> dict:
    """Publish a lesson, in force from the act on; `reason` is needed where the comparison shows a loss.

    Whoever wrote a part of it may not publish it where the dated value `publish-second-person` says so. Answers
    {version, number}. Raises Forbidden, LessonNotFound, LessonClosed, LessonMoved, LessonNotSound, NothingTaught,
    NotCompared, BaseMoved, OtherPublishes, ReasonNeeded, and what the store refuses.
    """
    _allowed(act)
    row = _locked(lesson, seen)
    found = _ready(row, act.at)
    if second_person_needed(act.at) and act.actor.key in lessons.authors_of(row):
        raise errors.OtherPublishes()
    costs = lessons.losses_of(found)
    said = redact(one_line(reason)[: teaching.NOTE_MAX]).text
    if costs and len(said) < REASON_MIN:
        raise errors.ReasonNeeded([{"field": "reason", "message": str(errors.ReasonNeeded.message)}])
    store.draft.inside(act, kind=KIND, key=row.key, body=row.body)  # type: ignore[attr-defined]
    made = store.publish.inside(act, kind=KIND, key=row.key, seen_hash=row.hash)  # type: ignore[attr-defined]
    row.state, row.published_id = teaching.State.PUBLISHED, made["version"]
    row.changed_at, row.changed_by = act.at, act.actor.key
    row.save(update_fields=["state", "published", "changed_at", "changed_by"])
    facts: dict[str, Any] = {"version": made["version"], "number": made["number"], "costs": costs}
    if costs:
        facts["reason"] = said
    record(act, "assistant.lesson_published", row.subject, facts=facts)
    return {"version": made["version"], "number": made["number"]}


@action("assistant.discard_lesson")
def discard(act: Act, *, lesson: str, seen: int) -> dict:
    """Throw a lesson away; what is published stays, and the questions it was to answer are listed again.

    Raises Forbidden, LessonNotFound, LessonClosed, LessonMoved.
    """
    _allowed(act)
    row = _locked(lesson, seen)
    row.state, row.changed_at, row.changed_by = teaching.State.DISCARDED, act.at, act.actor.key
    row.save(update_fields=["state", "changed_at", "changed_by"])
    Settled.objects.filter(lesson=row).delete()
    record(act, "assistant.lesson_discarded", row.subject, facts={"revision": row.revision})
    return {"lesson": row.public_id}
