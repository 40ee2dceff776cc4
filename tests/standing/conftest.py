"""A granted result of the small city, and what its officers decide about it."""

import json
from datetime import timedelta

import pytest

from motcua.sealing.signer import SoftwareKey, _new_key
from motcua.signing.rules import Evidence
from motcua.standing import actions
from motcua.standing.offline_page import offline_page
from tests.dossiers import factories as make
from tests.signing.desk import AT, Desk

LATER = make.AT + timedelta(hours=3)
NOW = "2026-10-05T11:00:00"  # as it is typed: an hour after the signature, in Viet Nam


@pytest.fixture
def ready(city):
    """A dossier whose result is granted: number 15/GKS."""
    return make.ready(city)


@pytest.fixture
def rule(city, ready):
    """rule(verb, by="signer", …) on that result, three hours later."""

    def ruled(verb="withdraw_result", by="signer", at=LATER, **given):
        told = {"decision": "21/QĐ-UBND", "decided_on": at.date(), "reason": "mistake", **given}
        return getattr(actions, verb)(city.act(by, at), dossier=ready, **told)

    return ruled


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """An authority of these tests' own."""
    return Desk(tmp_path_factory.mktemp("authority"))


class Offline:
    """The page in a browser that reaches nobody: `check({name: bytes}, at=…)` answers with what it says."""

    def __init__(self, page, folder):
        self.page, self.folder = page, folder

    def check(self, files, at=NOW):
        paths = []
        for name, content in files.items():
            (self.folder / name).write_bytes(
                content if isinstance(content, bytes) else json.dumps(content).encode()
            )
            paths.append(str(self.folder / name))
        self.page.set_input_files("#files", paths)
        self.page.fill("#at", at)
        self.page.click("button")
        self.page.wait_for_selector("#out[data-done]", state="attached")
        return json.loads(self.page.get_attribute("#out", "data-done"))

    def one(self, content, **given):
        return self.check({"paper.pdf": content}, **given)[0]


@pytest.fixture(scope="module")
def key():
    return SoftwareKey(_new_key())


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Desk(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def opened(chromium, tmp_path, authority, key):
    """opened(crls) -> the page with the authority's root and these lists, from a file: address, off the network."""
    context = chromium.new_context(offline=True, viewport={"width": 360, "height": 800})
    complaints = []

    def opener(*crls, roots=authority.roots):
        made = offline_page(roots, Evidence(crls=crls), [key.public], issuer="https://thu.invalid", at=AT)
        (tmp_path / "page.html").write_bytes(made)
        page = context.new_page()
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on(
            "request", lambda asked: complaints.append(asked.url) if asked.url.startswith("http") else None
        )
        page.goto((tmp_path / "page.html").as_uri())
        return Offline(page, tmp_path)

    yield opener
    context.close()
    assert complaints == []
