"""Navigation as a register: rooms say at start-up what they offer, the frames show it.

    register("desk", key="worklist", label=_("Việc của tôi"), url="counter:worklist", icon="inbox",
             roles=("receptionist", "processor"), count=waiting_for)

Faces: "public" (bar under the masthead), "footer", "account" (menu of the signed-in person), "desk" (side bar),
"beside" (what a public page offers beside itself: a link, which its `script` and `style` may turn into a panel),
"search" (the desk's search box: its first item is the address the box is sent to, `post` when it may carry personal
data, `label` its placeholder; the words travel as `q`). A `count`
takes the request and returns a number, or (number, "late" | "soon"), or None; it runs on every page that shows the
frame, so it must read one small row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

FACES = ("public", "footer", "account", "desk", "beside", "search")


@dataclass(frozen=True)
class Item:
    """One place to go: `roles` empty means everybody, `signed_in` None means both, `post` makes it a button, `home`
    names the roles that begin here after signing in."""

    key: str
    label: Any
    url: str
    icon: str = ""
    roles: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    signed_in: bool | None = None
    group: Any = ""
    order: int = 100
    post: bool = False
    script: str = ""
    style: str = ""
    count: Callable[[HttpRequest], Any] | None = field(default=None, compare=False)


_items: dict[str, dict[str, Item]] = {face: {} for face in FACES}


def register(face: str, *, key: str, label: Any, url: str, **more: Any) -> None:
    """Add or replace the item `key` of a face; see `Item` for the rest. Raises KeyError for an unknown face."""
    _items[face][key] = Item(key=key, label=label, url=url, **more)


def _address(url: str) -> str:
    if url.startswith("/"):
        return url
    try:
        return reverse(url)
    except NoReverseMatch:
        return ""  # a room that is not installed offers nothing


def _may_see(item: Item, actor: Any) -> bool:
    signed_in = bool(actor and actor.is_person)
    if item.signed_in is not None and item.signed_in != signed_in:
        return False
    return not item.roles or (signed_in and actor.has_role(*item.roles))


def first_page(actor: Any) -> str:
    """Where this officer begins: the page that is home to one of her roles, else the first one she sees, else "/"."""
    items = sorted(_items["desk"].values(), key=lambda each: (each.order, each.key))
    seen = [item for item in items if _may_see(item, actor) and _address(item.url)]
    own = [item for item in seen if item.home and actor.has_role(*item.home)]
    return next((_address(item.url) for item in [*own, *seen]), "/")


def _count(item: Item, request: HttpRequest) -> tuple[Any, str]:
    counted = item.count(request) if item.count else None
    return counted if isinstance(counted, tuple) else (counted, "")


def _is_here(request: HttpRequest, address: str) -> bool:
    return request.path == address or (address != "/" and request.path.startswith(address.rstrip("/") + "/"))


def items_for(face: str, request: HttpRequest | None) -> list[dict[str, Any]]:
    """What this reader finds in the navigation of a face: label, href, icon, group, post, current, count, state.

    Only the longest address that fits the page is current.
    """
    if request is None:
        return []
    actor = getattr(request, "actor", None)
    found: list[dict[str, Any]] = []
    for item in sorted(_items[face].values(), key=lambda each: (each.order, each.key)):
        address = _address(item.url)
        if not address or not _may_see(item, actor):
            continue
        count, state = _count(item, request)
        found.append(
            {
                "key": item.key,
                "label": item.label,
                "href": address,
                "icon": item.icon,
                "group": item.group,
                "post": item.post,
                "script": item.script,
                "style": item.style,
                "current": False,
                "count": count,
                "state": state,
            }
        )
    here = [entry for entry in found if _is_here(request, entry["href"])]
    if here:
        max(here, key=lambda entry: len(entry["href"]))["current"] = True
    return found
