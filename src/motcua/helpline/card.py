"""The card of a procedure for somebody at the telephone: what to bring, how much, how long, where; and the same in a
few lines to send her."""

from __future__ import annotations

from typing import Any

from motcua.helpline.words import CARD

ABOUT = {"paper": "papers", "held": "papers", "fee": "fee", "limit": "time", "due": "time", "where": "where"}
ORDER = ("papers", "fee", "time", "where")
SUMMARY_MAX = 600  # characters: what somebody reads on a telephone
NEVER = ("talk",)  # what the machine says of itself is no part of a card


def of(turn: dict[str, Any], *, base: str) -> dict[str, Any]:
    """{name, answered, sections: [{key, title, items}], more, summary, href} of a drawn turn of the assistant.

    `base` is the public address of this site, for the link in the summary.
    """
    by_key: dict[str, list[dict[str, Any]]] = {key: [] for key in ORDER}
    more: list[dict[str, Any]] = []
    for said in turn["sentences"]:
        by_key.get(ABOUT.get(said["about"], ""), more).append(said)
    sections = [{"key": key, "title": CARD[key], "items": by_key[key]} for key in ORDER if by_key[key]]
    name = next((said for said in more if said["about"] in ("which", "name")), None)
    href = next(
        (
            said["href"].partition("#")[0]
            for said in turn["sentences"]
            if said["source"]["kind"] == "procedure"
        ),
        "",
    )
    return {
        "sections": sections,
        "lead": name or (more[0] if more else None),
        "more": [said for said in more if said is not (name or (more[0] if more else None))],
        "href": href,
        "summary": _summary(name, sections, f"{base}{href}" if href else ""),
    }


def _summary(name: dict[str, Any] | None, sections: list[dict[str, Any]], link: str) -> str:
    lines = [name["text"]] if name else []
    for section in sections:
        lines += [said["text"] for said in section["items"]]
    text = ""
    room = SUMMARY_MAX - len(link) - 1
    for line in lines:
        if len(text) + len(line) + 1 > room:
            break
        text += f"{line}\n"
    return f"{text}{link}".strip() if sections else ""
