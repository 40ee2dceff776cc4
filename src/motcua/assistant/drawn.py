"""A conversation as a page or a program shows it: every sentence with the way to its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from motcua.agencies import queries as agencies
from motcua.assistant.models import Conversation, Turn
from motcua.assistant.queries import talks
from motcua.assistant.rules.redacting import shown
from motcua.assistant.rules.replies import OWN_SOURCE
from motcua.assistant.rules.talking import Kind, State
from motcua.assistant.talk_words import HEADINGS, SECTIONS, SOURCES
from motcua.foundation.time import local_date
from motcua.kernel.text import fold

PLAIN_MOST = 5  # sentences that need no headings
SEEN_AT_ONCE = 8  # sentences after which what is not needed opens on demand
NEEDED = ("case", "paper", "held", "fee", "limit", "due", "where")


def turns(rows: Iterable[Turn], conversation: Conversation) -> list[dict[str, Any]]:
    """The turns for a template, the last one with what it asks for."""
    drawn = [turn(row, conversation) for row in rows]
    for each in drawn[:-1]:
        each["asked"] = None
    if drawn:
        drawn[-1]["last"] = True
    return drawn


def turn(row: Turn, conversation: Conversation) -> dict[str, Any]:
    """One turn: {number, kind, question, groups, sentences, asked, button, related, useful, why, last, at}."""
    sentences = [sentence(each) for each in talks.sentences_of(row)]
    first, more = _folded(_grouped(sentences))
    return {
        "number": row.number,
        "kind": row.kind,
        "at": row.at,
        "question": shown(row.question),
        "said": shown(row.said) if row.kind == Kind.OFFICER else "",
        "sentences": sentences,
        "groups": first,
        "more": more,
        "more_about": ", ".join(dict.fromkeys(str(group["heading"]) for group in more if group["heading"])),
        "asked": talks.asked_in(row) or None,
        "button": button(row, conversation),
        "related": [
            {**each, "href": procedure_page(each["slug"])} for each in row.reply.get("related") or []
        ],
        "useful": row.useful,
        "why": row.why,
        "answered": row.kind == Kind.ANSWERED,
        "last": False,
    }


def sentence(said: dict[str, Any]) -> dict[str, Any]:
    """A sentence with `href` (where its source can be read, "" for nowhere) and `source_name`."""
    href, name = source_of(said["source"])
    return {**said, "href": said.get("link") or href, "source_name": name}


def source_of(source: dict[str, Any]) -> tuple[str, str]:
    """(the address where a source can be read, what it is called)."""
    kind, path = source["kind"], str(source.get("path") or "")
    if kind in ("procedure", "listed"):
        anchor, about = SECTIONS.get(path.split(".")[0].split("[")[0], ("", ""))
        page = procedure_page(source["key"])
        code = source.get("code") or source["key"]
        told = _("thủ tục {code}, {about}") if about else _("thủ tục {code}")
        return f"{page}#{anchor}" if page and anchor else page, told.format(code=code, about=about)
    if kind == OWN_SOURCE:
        return _address("portal:dossier", source["key"]), str(SOURCES[kind])
    if kind == "agency":
        page = _address("portal:control")
        return f"{page}#where" if page else "", str(SOURCES[kind])
    return "", str(SOURCES.get(kind, ""))


def procedure_page(slug: str) -> str:
    """The page of a procedure; "" where this program has none."""
    return _address("portal:procedure", slug) if slug else ""


def _address(name: str, *given: str) -> str:
    try:
        return reverse(name, args=given)
    except NoReverseMatch:
        return ""


def _grouped(sentences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sentences about one thing that follow one another: {heading, items}. A short answer has no headings."""
    groups: list[dict[str, Any]] = []
    for each in sentences:
        heading = HEADINGS.get(each["about"], "")
        if groups and groups[-1]["heading"] == heading:
            groups[-1]["items"].append(each)
        else:
            groups.append({"heading": heading, "items": [each], "needed": each["about"] in NEEDED})
    if len(sentences) <= PLAIN_MOST:
        groups = [{**group, "heading": ""} for group in groups]
    return groups


def _folded(groups: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(what is seen at once, what opens). Papers, money, time and place are never hidden, nor is what comes first."""
    seen: list[dict[str, Any]] = []
    more: list[dict[str, Any]] = []
    count = 0
    for group in groups:
        (seen if count < SEEN_AT_ONCE or group["needed"] else more).append(group)
        count += len(group["items"])
    few = sum(len(group["items"]) for group in more) < PLAIN_MOST
    return (groups, []) if few else (seen, more)


def button(row: Turn, conversation: Conversation) -> dict[str, str] | None:
    """What to do next: {text, href}. The beginning of a declaration goes by our own page, which fills it in."""
    found = talks.button_of(row)
    if not found:
        return None
    start = _address("portal:start", row.slug) if row.slug else ""
    href = found["href"].partition("?")[0]
    if start and href == start and conversation.state != State.CLOSED:
        return {"text": found["text"], "href": reverse("assistant:declare", args=[conversation.public_id])}
    return {"text": found["text"], "href": found["href"]}


def own_subjects(rows: Iterable[Turn]) -> list[str]:
    """The dossiers of which these turns speak, as the access log names them."""
    found = {
        f"dossier:{each['source']['key']}"
        for row in rows
        if row.own
        for each in talks.sentences_of(row)
        if each["source"]["kind"] == OWN_SOURCE and each["source"].get("key")
    }
    return sorted(found)


def communes(at: datetime) -> list[str]:
    """The communes of this place by name, for the box where one is typed."""
    return [area.name_vi for area in agencies.communes(local_date(at))]


def commune_called(text: str, at: datetime) -> str:
    """The code of the one commune of this name, "" for none or several."""
    wanted = fold(text)
    found = [area.code for area in agencies.communes(local_date(at)) if fold(area.name_vi) == wanted]
    return found[0] if len(found) == 1 else ""
