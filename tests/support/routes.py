"""Walks every address of the house, pages and machines' operations alike."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver

# What the API library itself serves beside our operations: the description of the API, and a page that only
# exists to find its root. Both are public and hold no data.
API_OWN_NAMES = {"openapi-json", "api-root"}


def walk(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every route with its whole path."""
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry.url_patterns, path)
        else:
            yield path, entry


def is_operation(entry: URLPattern) -> bool:
    """Tell whether a route is served by the API library rather than by a page's view."""
    return (getattr(entry.callback, "__module__", "") or "").startswith("ninja.")


def unguarded_pages(patterns: list[Any]) -> list[str]:
    """Return a sentence for every page without a door."""
    return [
        f"/{path} has no door. Wrap its view in @public, @signed_in, @officers(...) or @administrators."
        for path, entry in walk(patterns)
        if not is_operation(entry) and not hasattr(entry.callback, "door") and entry.name not in API_OWN_NAMES
    ]


def operations(api: Any) -> Iterator[tuple[str, Any]]:
    """Yield every operation of a ninja API as (`GET /procedures`, operation)."""
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield f"{method} {prefix}{path}", operation


def unguarded_operations(api: Any) -> list[str]:
    """Return a sentence for every operation that asks for no token and does not say why."""
    return [
        f"{name} has no guard. Give it auth=Token(scope), or @open_door(why)."
        for name, operation in operations(api)
        if not any(hasattr(guard, "door") for guard in (operation.auth_callbacks or []))
        and not hasattr(operation.view_func, "door")
    ]
