"""Reading and sending pages as a browser without scripts does."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

FIELD = re.compile(r"<(input|select|textarea|button)\b([^>]*)>", re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


def text(answer: Any) -> str:
    """What the page says, without its markup, on one line."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def hidden(answer: Any, form: str = "") -> dict[str, Any]:
    """The hidden fields of the page (or of its first form with these words in it).

    `_asked` and `_drawn` are always lists."""
    body = answer.content.decode()
    if form:
        body = next(one for one in re.findall(r"<form\b.*?</form>", body, re.DOTALL) if form in one)
    found: dict[str, Any] = {}
    for tag, raw in FIELD.findall(body):
        given = {name: unescape(value) for name, value in ATTRIBUTE.findall(raw)}
        if tag != "input" or given.get("type") != "hidden" or given.get("name") == "csrfmiddlewaretoken":
            continue
        found.setdefault(given["name"], []).append(given.get("value", ""))
    return {
        name: values if len(values) > 1 or name in ("_asked", "_drawn") else values[0]
        for name, values in found.items()
    }


def posted(answers: dict[str, Any]) -> dict[str, Any]:
    """Typed answers as a browser would post them."""
    flat: dict[str, Any] = {}
    for name, value in answers.items():
        if isinstance(value, bool):
            flat[name] = "yes" if value else "no"
        elif isinstance(value, dict):
            flat[f"{name}-commune"], flat[f"{name}-detail"] = value["commune_code"], value["detail"]
        elif isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            year, month, day = value.split("-")
            flat[name] = f"{day}/{month}/{year}"
        elif value is not None:
            flat[name] = value
    return flat


def send(client: Any, address: str, form: str = "", **fields: Any) -> Any:
    """Open the page, fill its form in and send it."""
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    own = hidden(page, form)
    return client.post(address, {**own, **fields})


def arrive(client: Any, answer: Any) -> Any:
    """The page to which a sent form leads: forms answer with the way to it, so that Back never sends twice."""
    assert answer.status_code == 302, (answer.status_code, text(answer)[:600])
    return client.get(answer.url.partition("#")[0])


def again(answer: Any) -> Any:
    """The form shown again, to which a refused sending leads."""
    assert "lai=" in getattr(answer, "url", ""), (
        answer.status_code,
        getattr(answer, "url", text(answer)[:600]),
    )
    return arrive(answer.client, answer)
