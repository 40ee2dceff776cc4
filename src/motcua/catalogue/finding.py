"""The search behind "Bạn cần làm gì?": one index in memory over all procedures and what people call them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from motcua.catalogue.models import Procedure
from motcua.catalogue.rules import LISTED
from motcua.foundation.held import Held
from motcua.foundation.models import JournalHead
from motcua.foundation.packs import store
from motcua.kernel.search import Index, without_fillers
from motcua.kernel.text import Bilingual, one_line, words

CHANGES = "catalogue:import"  # the journal of what moves rows beside a publication: lists, and days that come
QUERY_LENGTH = 200  # characters of a question; the rest is not looked at
LISTED_WEIGHT = 0.55  # of two that fit alike, the one that can be filed comes first
HISTORICAL_WEIGHT = 0.3
LIKELIEST = 0.35  # the first procedure of a phrase counts this much more than its words alone
CONTENT_WEIGHTS = {"short": 3.0, "english": 2.0, "name": 1.2, "sector": 0.4, "result": 0.5}
LISTED_WEIGHTS = {"name": 1.2, "sector": 0.3}
_CODE = re.compile(r"\d\.\d{3,9}")


@dataclass(frozen=True)
class Hit:
    """One found procedure. `why` is the everyday phrase that led here, "" when its own words did."""

    id: int
    slug: str
    code: str | None
    name: Bilingual
    legal_name: str
    sector: str
    coverage: str
    level: str
    status: str
    executed_by: str
    why: str = ""

    @property
    def is_listed(self) -> bool:
        return self.coverage == LISTED


@dataclass(frozen=True)
class LifeEvent:
    """Something that happens to people, and what they then have to do: slugs, the likeliest first.

    `say` is what people call it besides its title.
    """

    id: str
    title: Bilingual
    procedures: tuple[str, ...]
    say: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Phrase:
    """What people say, as they say it, and the procedures it stands for."""

    said: str
    procedures: tuple[str, ...]  # the likeliest first


class Finder:
    """The index and what its results look like. Immutable; a new one replaces it after a publication or an import."""

    def __init__(self) -> None:
        rows = Procedure.objects.exclude(status=Procedure.Status.WITHDRAWN).select_related("sector")
        known = list(rows.defer("folded", "sort_name").order_by("pk"))
        self.hits = {row.slug: _hit(row) for row in known}
        self._by_code = {row.code: row.slug for row in known if row.code}
        synonyms, self._phrases, self.life_events = _synonyms()
        self._events = {
            _core(said): event
            for event in reversed(self.life_events)  # of two that say the same, the first one is meant
            for said in (event.title.vi, event.title.en, *event.say)
        }
        results = _results()
        self._index = Index((_document(row, results) for row in known), synonyms)
        self._longest = max((len(phrase.split()) for phrase in self._phrases), default=0)

    def search(self, text: str, limit: int, include_listed: bool) -> list[Hit]:
        text = one_line(text[:QUERY_LENGTH])
        said = list(self._said(text))
        titled = self._titled(text)
        first = [*self._named(text), *titled.procedures]
        scores = {} if _CODE.fullmatch(text) else dict(self._weighed(text, limit, said))
        ranked = dict.fromkeys([*first, *sorted(scores, key=lambda slug: -scores[slug])])
        hits = (self._told(self.hits[slug], [titled, *said]) for slug in ranked if slug in self.hits)
        return [hit for hit in hits if include_listed or not hit.is_listed][:limit]

    def _named(self, text: str) -> list[str]:
        """The procedures whose national codes stand in the text."""
        return [self._by_code[code] for code in _CODE.findall(text) if code in self._by_code]

    def event(self, text: str) -> LifeEvent | None:
        """The life event that the whole text tells, by its title or as people say it; None for none."""
        return self._events.get(_core(one_line(text[:QUERY_LENGTH])))

    def _titled(self, text: str) -> _Phrase:
        """The life event whose title is the whole text: its own order is the answer."""
        event = self.event(text)
        if event is None or _core(text) not in (_core(event.title.vi), _core(event.title.en)):
            return _Phrase("", ())
        return _Phrase(event.title.vi, event.procedures)

    def _weighed(self, text: str, limit: int, said: Iterable[_Phrase]) -> Iterator[tuple[str, float]]:
        """More than asked for, since what can be filed, and what people mean most often, is moved up."""
        for slug, score in self._index.search(text, limit=max(60, 4 * limit)):
            hit = self.hits[slug]
            score *= LISTED_WEIGHT if hit.is_listed else 1.0
            score *= 1.0 if hit.status == Procedure.Status.ACTIVE else HISTORICAL_WEIGHT
            places = [phrase.procedures.index(slug) for phrase in said if slug in phrase.procedures]
            yield slug, score * (1 + LIKELIEST / (1 + min(places)) if places else 1)

    def _said(self, text: str) -> Iterator[_Phrase]:
        """What people say that the text holds, longest first."""
        asked = words(text)
        for length in range(min(self._longest, len(asked)), 0, -1):
            for begin in range(len(asked) - length + 1):
                phrase = self._phrases.get(" ".join(asked[begin : begin + length]))
                if phrase:
                    yield phrase

    @staticmethod
    def _told(hit: Hit, said: Iterable[_Phrase]) -> Hit:
        why = next((phrase.said for phrase in said if hit.slug in phrase.procedures), "")
        return replace(hit, why=why) if why else hit


def _core(text: str) -> str:
    """A text folded, without the words around what is meant."""
    return " ".join(without_fillers(words(text)))


def _hit(row: Procedure) -> Hit:
    return Hit(
        id=row.pk,
        slug=row.slug,
        code=row.code,
        name=Bilingual(row.short_name_vi, row.name_en),
        legal_name=row.name_vi,
        sector=row.sector.name_vi if row.sector else "",
        coverage=row.coverage,
        level=row.level,
        status=row.status,
        executed_by=row.executed_by,
    )


def _document(row: Procedure, results: dict[str, str]) -> tuple[str, dict[str, str], dict[str, float]]:
    sector = row.sector.name_vi if row.sector else ""
    if row.coverage == LISTED:
        return row.slug, {"name": row.name_vi, "sector": sector}, LISTED_WEIGHTS
    fields = {
        "short": row.short_name_vi,
        "english": row.name_en,
        "name": row.name_vi,
        "sector": sector,
        "result": results.get(row.slug, ""),
    }
    return row.slug, fields, CONTENT_WEIGHTS


def _results() -> dict[str, str]:
    """What comes out of each procedure, by slug: people ask for the paper, not for the procedure."""
    return {
        v.key: str((v.body.get("result") or {}).get("name_vi") or "") for v in store.current_all("procedures")
    }


def _synonyms() -> tuple[dict[str, list[str]], dict[str, _Phrase], tuple[LifeEvent, ...]]:
    targets: dict[str, list[str]] = {}
    phrases: dict[str, _Phrase] = {}
    events: list[LifeEvent] = []

    def lead(said: str, procedures: list[str]) -> None:
        targets.setdefault(said, []).extend(procedures)
        key = " ".join(words(said))
        known = phrases[key].procedures if key in phrases else ()
        phrases[key] = _Phrase(said, tuple(dict.fromkeys([*known, *procedures])))

    for document in store.current_all("synonyms"):
        for entry in document.body.get("words") or ():
            for said in entry["say"]:
                lead(said, list(entry["procedures"]))
        for entry in document.body.get("terms") or ():
            for said in entry["say"]:
                targets.setdefault(said, []).append(entry["means"])
        for entry in document.body.get("life_events") or ():
            events.append(
                LifeEvent(
                    str(entry["id"]),
                    Bilingual.of(entry["title"]),
                    tuple(entry["procedures"]),
                    tuple(entry.get("say") or ()),
                )
            )
    return targets, phrases, tuple(events)


_held = Held(Finder)


def finder() -> Finder:
    """The index of this process, built anew after a publication or an import, and when a version of a later day has
    come. While one caller builds, the others still get the former one."""
    changes = JournalHead.objects.filter(chain=CHANGES).values_list("count", flat=True).first() or 0
    return _held.at((store.revision(), changes))
