"""What a request costs does not grow with the archive: statements, plans, and work done by the database."""

from __future__ import annotations

from statistics import median

import pytest
from django.db import connection

from motcua.dossiers.models import Dossier, DossierGrant
from motcua.foundation import policy
from tests.support import cost
from tests.support.moment import set_clock
from tests.support.probes import count_figures, probes
from tests.support.scale import Archive

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SMALL, LARGE = 300, 4000
# The plan of a page is the same from the second on; an offset of two hundred rows would show three times over.
PAGES, MEASURED = 300 if connection.vendor == "sqlite" else 150, 15
FORGIVEN = 1.3  # bench/scale.py measures the same in milliseconds, with a hundred thousand


@pytest.fixture
def archive(city, monkeypatch, settings):
    """The city with a small archive, at the hour of its last act."""
    import motcua.config.urls  # noqa: F401  a module read later would not know the hour
    from motcua.foundation.api import tokens

    monkeypatch.setattr(tokens, "_token_source", None)
    # What is read again every few seconds, whoever asks, is no part of what a page costs.
    monkeypatch.setattr("motcua.agencies.directory.FRESH_SECONDS", 10.0**6)
    built = Archive.begin(city)
    set_clock(monkeypatch, built.at)
    for name in ("tests.accounts.browser", "tests.accounts.factories", "tests.support.officers"):
        monkeypatch.setattr(f"{name}.now", lambda: built.at)
    unlimited = {name: 10**6 for name in type(settings.MOTCUA).model_fields if name.endswith("_per_minute")}
    settings.MOTCUA = settings.MOTCUA.model_copy(update=unlimited)
    built.grow(SMALL)
    count_figures(built)
    return built


def test_copies_are_as_the_rules_want_them(archive):
    assert Dossier.objects.count() == SMALL + 200 + 20 + 2
    assert list(policy.differences()) == []


def test_every_page_keeps_its_budget_and_reads_no_table_whole(archive):
    over, whole = [], []
    for probe in probes(archive):
        probe.ask()  # directory, packs and templates are in memory from here on
        with cost.statements() as asked:
            probe.ask()
        if len(asked) > probe.statements_most:
            over.append(
                f"{probe.name}: {len(asked)} statements\n" + "\n".join(sql[:160] for sql, _p in asked)
            )
        whole += [f"{probe.name}: {scan}" for scan in cost.scans(asked)]
    assert over == []
    assert whole == []


def test_work_does_not_grow_with_the_archive(archive):
    listed = probes(archive)
    for probe in listed:
        probe.ask()
    small = {probe.name: cost.work(probe.ask) for probe in listed}
    archive.grow(LARGE)
    count_figures(archive)
    grown = []
    for probe in listed:
        probe.ask()
        large = cost.work(probe.ask)
        if large > FORGIVEN * small[probe.name] + 200:
            grown.append(f"{probe.name}: {small[probe.name]} with {SMALL}, {large} with {LARGE}")
    assert grown == []


def test_the_cursor_costs_the_same_on_every_page(archive):
    from tests.support.probes import Site

    archive.grow(PAGES + 300)
    site, address, seen, works = Site(archive.city), "/dossiers?limit=1", [], []
    site.call("processor", address)()
    for page in range(PAGES):
        ask = site.call("processor", address)
        answers: list[dict] = []
        if page % (PAGES // MEASURED) == 0:
            works.append(cost.work(lambda ask=ask, answers=answers: answers.append(ask())))
        else:
            with cost.statements() as asked:
                answers.append(ask())
            assert len(asked) <= 12
        seen += [item["id"] for item in answers[0]["items"]]
        address = f"/dossiers?limit=1&cursor={answers[0]['next']}"
    assert len(set(seen)) == PAGES
    # The middle of the first pages against that of the last: a new minute of the counter of requests costs a row.
    assert median(works[-7:]) <= FORGIVEN * median(works[:7]) + 200, works


def test_a_planted_scan_is_found(archive):
    with cost.statements() as asked:
        list(Dossier.objects.filter(result_number="15/GKS")[:3])
        list(DossierGrant.objects.filter(reason="pool").order_by("reason")[:3])
    assert len(cost.scans(asked)) == 2
