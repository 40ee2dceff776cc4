"""What each kind of pack document looks like: one shape per folder of a layer."""

from __future__ import annotations

from motcua.foundation.packs.schema import (
    assistant,
    indexes,
    papers,
    places,
    prechecks,
    procedures,
    queues,
    registers,
    reorganisations,
    retention,
    rules,
    texts,
)
from motcua.foundation.packs.shapes import Shape

SHAPES: dict[str, Shape] = {
    "pack": rules.PACK,
    "agencies": places.AGENCIES,
    "areas": places.AREAS,
    "succession": places.SUCCESSION,
    "reorganisations": reorganisations.REORGANISATION,
    "routing": places.ROUTING,
    "procedures": procedures.PROCEDURE,
    "sectors": rules.SECTORS,
    "systems": rules.SYSTEM,
    "defaults": rules.DEFAULTS,
    "doors": rules.DOOR,
    "law-notes": rules.LAW_NOTE,
    "values": rules.VALUE,
    "declarations": texts.DECLARATION,
    "calendars": texts.CALENDAR,
    "hours": texts.HOURS,
    "indexes": indexes.INDEX,
    "queues": queues.QUEUE,
    "letters": texts.LETTER,
    "registers": registers.REGISTERS,
    "paper-kinds": registers.PAPER_KINDS,
    "bundles": registers.BUNDLES,
    "prechecks": prechecks.PRECHECKS,
    "papers": papers.LAYOUT,
    "results": papers.RESULT,
    "retention": retention.RETENTION,
    "reasons": texts.REASONS,
    "synonyms": texts.SYNONYMS,
    "assistant": assistant.ASSISTANT,
}
