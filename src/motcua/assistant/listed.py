"""Procedures that are not described here: what they are called, their code, who does them, where to read on. Part of
the door `queries`.

Two kinds: entries of the national list where it was imported, and what a pack knows only to be another procedure (so
that nobody who must report a lost passport is told how a new one is issued).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.assistant.knowledge import Beside, Knowledge
from motcua.assistant.rules import ANSWER, Button, Context, Guess, Reply, Sentence, Source
from motcua.catalogue import queries as catalogue

NEAR_MOST = 2


def reply(
    known: Knowledge,
    slug: str,
    sure: float,
    intent: str,
    guesses: Sequence[Guess],
    day: str,
    language: str,
) -> Reply | None:
    """What is told of the procedure `slug` (of the list, or a key of `Knowledge.beside`) on an ISO day, in "vi" or
    "en"; None where there is none such."""
    beside = known.beside.get(slug)
    if beside is None:
        found = catalogue.hits_of([slug])
        return _of_row(found[0].slug, sure, intent, guesses, day) if found else None
    for code in beside.codes:
        hit = next((hit for hit in catalogue.search(code, limit=1) if hit.code == code), None)
        if hit is not None:
            return _of_row(hit.slug, sure, intent, guesses, day)
    return _of_beside(known, beside, sure, intent, guesses, day, language)


def _of_row(slug: str, sure: float, intent: str, guesses: Sequence[Guess], day: str) -> Reply:
    row = catalogue.by_slug(slug)
    link = reverse("portal:procedure", args=[row.slug])

    def told(text: str, path: str, about: str) -> Sentence:
        return Sentence(text, Source("listed", row.slug, path, row.code or "", on=day), about, link=link)

    sentences = [told(_named(row.name_vi, row.code), "name_vi", "which")]
    if row.executed_by:
        sentences.append(told(_done_by(row.executed_by), "executed_by", "where"))
    sentences.append(told(_no_more(), "coverage", "note"))
    return Reply(
        ANSWER, intent, tuple(sentences), Context(slug=row.slug, intent=intent), row.slug, row.code,
        row.name_vi, sure, tuple(guesses), None, Button(_("Xem thủ tục này"), link),
    )  # fmt: skip


def _of_beside(
    known: Knowledge,
    beside: Beside,
    sure: float,
    intent: str,
    guesses: Sequence[Guess],
    day: str,
    language: str,
) -> Reply:
    def told(text: str, path: str, about: str) -> Sentence:
        where = f"beside.{beside.place}.{path}"
        source = Source("pack", f"assistant/{beside.key}", where, beside.code, on=day)
        return Sentence(text, source, about, doubtful=beside.doubtful)

    name = beside.name.say(language)
    sentences = [told(_named(name, beside.code), "name", "which")]
    if beside.agency is not None:
        sentences.append(told(_done_by(beside.agency.say(language)), "agency", "where"))
    if beside.say is not None:
        sentences.append(told(beside.say.say(language), "say", "note"))
    if beside.code:
        sentences.append(told(_no_more(), "code", "note"))
    for slug in beside.near[:NEAR_MOST]:
        view = known.views[slug]
        text = _("Gần với việc này, ở đây có đủ thủ tục: {name}.").format(name=view.name.say(language))
        source = Source("procedure", slug, "short_name_vi", view.code or "", on=day)
        link = reverse("portal:procedure", args=[slug])
        sentences.append(Sentence(text, source, "note", link=link))
    return Reply(
        ANSWER, intent, tuple(sentences), Context(intent=intent), "", beside.code or None, name, sure,
        tuple(guesses),
    )  # fmt: skip


def _named(name: str, code: str | None) -> str:
    if not code:
        return _("Có thể bạn cần việc này: {name}.").format(name=name)
    return _("Có thể bạn cần thủ tục: {name} (mã {code}).").format(name=name, code=code)


def _done_by(agency: str) -> str:
    return _("Cơ quan thực hiện: {agency}.").format(agency=agency)


def _no_more() -> str:
    return _(
        "Hệ thống mới chỉ có tên thủ tục này; giấy tờ, phí, thời hạn xem trên Cổng Dịch vụ công quốc gia."
    )
