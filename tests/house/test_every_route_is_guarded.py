"""Every page and every API operation says who may come in, before it does anything else."""

from importlib.util import find_spec

from django.http import HttpResponse
from django.urls import get_resolver, path

from motcua.foundation.doors import public
from tests.support import routes


def test_every_page_has_a_door():
    assert routes.unguarded_pages(get_resolver().url_patterns) == []


def test_every_operation_asks_for_a_token_or_says_why_not():
    assert find_spec("motcua.config.api"), "the door for machines is missing"
    from motcua.config.api import api

    assert list(routes.operations(api)), "the API has no operation"
    assert routes.unguarded_operations(api) == []


def test_public_doors_say_why():
    silent = [
        f"/{where} is public without a reason."
        for where, entry in routes.walk(get_resolver().url_patterns)
        if getattr(getattr(entry.callback, "door", None), "kind", "") == "public"
        and not entry.callback.door.why
    ]
    assert silent == []


def test_a_planted_open_page_is_found():
    def bare(request):
        return HttpResponse()

    planted = [path("open/", bare), path("fine/", public("a test")(bare))]
    assert routes.unguarded_pages(planted) == [
        "/open/ has no door. Wrap its view in @public, @signed_in, @officers(...) or @administrators."
    ]


def test_a_planted_open_operation_is_found():
    from ninja import NinjaAPI

    from motcua.foundation.api import Token, open_door

    api = NinjaAPI(urls_namespace="planted")
    api.get("/bare")(lambda request: {})
    api.get("/kept", auth=Token("dossiers:read"))(lambda request: {})
    api.get("/open")(open_door("a test")(lambda request: {}))
    assert routes.unguarded_operations(api) == [
        "GET /bare has no guard. Give it auth=Token(scope), or @open_door(why)."
    ]
