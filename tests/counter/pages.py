"""Reading pages of the counter as an officer does: words, hidden fields, rows."""

from __future__ import annotations

import html
import re

from motcua.dossiers.models import Dossier

CARD = "022196001234||Nguyễn Thị Lan|20081996|Nữ|Tổ 5, Khu 3, Bãi Cháy, Hạ Long, Quảng Ninh|01012022"


def words(answer) -> str:
    """The words of a page, without its markup, in one line."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def field(answer, name: str) -> str:
    """The value of the first hidden field `name` on the page."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', answer.content.decode())
    assert found, f"the page has no field {name}"
    return html.unescape(found[1])


def get(dossier: str) -> Dossier:
    return Dossier.objects.get(public_id=dossier)


def move(client, dossier: str, verb: str, **fields):
    """Open the form of `verb` on the page of a dossier and send it."""
    page = client.get(f"/counter/ho-so/{dossier}/?viec={verb}")
    assert page.status_code == 200, words(page)[:300]
    said = {name: field(page, name) for name in ("act_id", "revision", "seen_at")}
    answer = client.post(f"/counter/ho-so/{dossier}/viec/{verb}/", {**said, **fields})
    if answer.status_code == 302 and "xem=" in answer.url:  # shown once more before it is done
        page = client.get(answer.url)
        said = {name: field(page, name) for name in ("act_id", "revision", "seen_at")} | {"sure": "1"}
        answer = client.post(f"/counter/ho-so/{dossier}/viec/{verb}/", {**said, **fields})
    return answer


def visit(client, card: str = CARD) -> str:
    """Scan a card; the address of the visit that begins."""
    answer = client.post("/counter/tiep-nhan/", {"card": card})
    assert answer.status_code == 302, words(answer)[:400]
    return answer.url


def as_post(answers: dict, prefix: str = "") -> dict:
    """Typed answers as a browser posts them."""
    post: dict = {}
    for name, value in answers.items():
        if isinstance(value, bool):
            post[name] = "yes" if value else "no"
        elif isinstance(value, dict):
            post |= {f"{name}-commune": value["commune_code"], f"{name}-detail": value["detail"]}
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for place, row in enumerate(value):
                post |= as_post({f"{name}-{place}-{key}": each for key, each in row.items()})
        elif isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            post[name] = f"{value[8:]}/{value[5:7]}/{value[:4]}"
        elif value is not None:
            post[name] = value
    return post
