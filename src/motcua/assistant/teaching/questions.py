"""Questions that were not answered well, brought together by what they ask."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from motcua.assistant.models import Settled, Turn
from motcua.assistant.rules import ASK_BACK, HAND_OVER, REFUSALS, likeness, teaching
from motcua.assistant.rules.talking import Kind
from motcua.assistant.teaching.errors import GroupGone
from motcua.catalogue import queries as catalogue
from motcua.editing.queries import may_edit
from motcua.foundation.actors import Actor

DAYS = (7, 30, 90, 180)
DAYS_USUAL = 30
TURNS_MAX = 10_000  # the newest; the page says when there were more
GROUPS_SHOWN = 50
SAMPLES = 8

# What is wrong with an answer → the behaviours that are meant
TROUBLES: dict[str, tuple[str, ...]] = {
    "asked_back": (ASK_BACK,),
    "refused": REFUSALS,
    "handed_over": (HAND_OVER,),
    "not_useful": (),
}


@dataclass(frozen=True)
class Wanted:
    """Which questions an editor wants to see."""

    days: int = DAYS_USUAL
    sector: str = ""
    channel: str = ""
    trouble: str = ""
    aside: bool = False  # those that were set aside


@dataclass
class Group:
    """Questions that ask the same. `name` is the hash of the wording asked most; `words` are its telling words."""

    name: str
    words: tuple[str, ...]
    wordings: tuple[str, ...]
    count: int = 0
    newest: datetime | None = None
    samples: list[str] = field(default_factory=list)
    conversations: set[str] = field(default_factory=set)
    behaviours: Counter[str] = field(default_factory=Counter)
    guesses: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    not_useful: int = 0
    whys: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    settled: Settled | None = None

    @property
    def sample(self) -> str:
        """A question as it was asked."""
        return self.samples[0] if self.samples else ""

    @property
    def guess(self) -> str:
        """The slug that the assistant thought of most, "" for none."""
        return self.guesses.most_common(1)[0][0] if self.guesses else ""


def visible_to(actor: Actor) -> QuerySet[Turn]:
    """The answered questions that an editor may read: all for who may configure, none for everybody else."""
    rows = Turn.objects.filter(kind=Kind.ANSWERED)
    return rows if may_edit(actor) else rows.none()


def troubled(actor: Actor, wanted: Wanted, at: datetime) -> QuerySet[Turn]:
    """The turns that went wrong in the time that is looked at, newest first."""
    meant = [name for names in TROUBLES.values() for name in names]
    if wanted.trouble in TROUBLES:
        meant = list(TROUBLES[wanted.trouble])
    wrong = Q(behaviour__in=meant) if meant else Q()
    if wanted.trouble in ("", "not_useful"):
        wrong = (wrong | Q(useful=False)) if meant else Q(useful=False)
    rows = visible_to(actor).filter(wrong, at__gt=at - timedelta(days=wanted.days), at__lte=at)
    if wanted.channel:
        rows = rows.filter(conversation__channel=wanted.channel)
    return rows.order_by("-at", "-pk")


def groups(actor: Actor, wanted: Wanted, at: datetime) -> tuple[list[Group], bool]:
    """(the groups, the largest first; whether there were more questions than are looked at)."""
    rows = list(
        troubled(actor, wanted, at).values_list(
            "question", "at", "behaviour", "slug", "guesses", "useful", "why", "note",
            "conversation__channel", "conversation__public_id",
        )[: TURNS_MAX + 1]
    )  # fmt: skip
    settled = {row.wording: row for row in Settled.objects.select_related("lesson")}
    sectors = _sectors() if wanted.sector else {}
    by_words: dict[tuple[str, ...], list[tuple]] = defaultdict(list)
    hashes: dict[tuple[str, ...], str] = {}
    for row in rows[:TURNS_MAX]:
        words = likeness.telling_words(row[0])
        if not words:
            continue
        name = hashes.setdefault(words, likeness.fingerprint(words))
        if _is_settled(settled.get(name), row[1]) != wanted.aside:
            continue
        if wanted.sector and sectors.get(row[3] or _first(row[4])) != wanted.sector:
            continue
        by_words[words].append(row)
    alike = likeness.together({words: len(found) for words, found in by_words.items()})
    return [_group(each, by_words, hashes, settled) for each in alike], len(rows) > TURNS_MAX


def _is_settled(row: Settled | None, at: datetime) -> bool:
    """Whether a question need not be seen. What was taught and is asked again after the publication is seen again."""
    if row is None:
        return False
    lesson = row.lesson
    return lesson is None or lesson.state != teaching.State.PUBLISHED or at <= lesson.changed_at


def _sectors() -> dict[str, str]:
    return {view.slug: view.sector for view in catalogue.views()}


def _first(guesses: Any) -> str:
    return str(guesses[0][0]) if guesses else ""


def _group(
    alike: likeness.Alike,
    by_words: Mapping[tuple[str, ...], list[tuple]],
    hashes: Mapping[tuple[str, ...], str],
    settled: Mapping[str, Settled],
) -> Group:
    names = tuple(hashes[words] for words in alike.members)
    group = Group(names[0], alike.words, names, settled=settled.get(names[0]))
    for words in alike.members:
        for question, at, behaviour, slug, guesses, useful, why, note, channel, conversation in by_words[
            words
        ]:
            group.count += 1
            group.newest = at if group.newest is None else max(group.newest, at)
            group.conversations.add(conversation)
            group.behaviours[behaviour] += 1
            group.channels[channel] += 1
            if thought := slug or _first(guesses):
                group.guesses[thought] += 1
            if question not in group.samples and len(group.samples) < SAMPLES:
                group.samples.append(question)
            if useful is False:
                group.not_useful += 1
                group.whys.update([why] if why else ())
                if note and len(group.notes) < SAMPLES:
                    group.notes.append(note)
    return group


def group(actor: Actor, wanted: Wanted, at: datetime, name: str) -> Group:
    """The group that holds the wording of this hash. Raises GroupGone."""
    found, _more = groups(actor, wanted, at)
    for each in found:
        if name in each.wordings:
            return each
    raise GroupGone()


def asked_last(actor: Actor, at: datetime, limit: int) -> list[Turn]:
    """The questions asked last, each wording once; `at` is now."""
    rows = visible_to(actor).filter(at__lte=at).order_by("-at", "-pk")[: limit * 2]
    once: dict[str, Turn] = {}
    for row in rows:
        once.setdefault(row.question, row)
    return list(once.values())[:limit]


def subjects(conversations: Iterable[str]) -> list[str]:
    """The names under which the access log knows conversations."""
    return [f"conversation:{each}" for each in sorted(set(conversations))]
