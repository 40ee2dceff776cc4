"""The small city on a served site, with a clock that the journeys set, and pages judged on phone and desk alike."""

import itertools
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from motcua.foundation.worker import drain
from tests.dossiers import factories as make
from tests.issuing.conftest import authorities, authority, committee, decided, keys  # noqa: F401  fixtures
from tests.journeys import pictures
from tests.support.browser import spill
from tests.support.moment import set_clock
from tests.support.officers import window_of

OTHER_CLOCKS = ("tests.accounts.browser", "tests.accounts.factories", "tests.support.officers")
WIDTHS = (360, 1280)


class Clock:
    """The legal moment of the city; it stands still until a journey moves it."""

    def __init__(self, monkeypatch):
        self._monkeypatch = monkeypatch
        self.now = make.AT
        self.set(make.AT)  # Monday 5 October 2026, 9:00 in Viet Nam

    def set(self, moment: datetime) -> None:
        self.now = moment
        set_clock(self._monkeypatch, moment)
        for name in OTHER_CLOCKS:
            self._monkeypatch.setattr(f"{name}.now", lambda: moment)

    def forward(self, **more) -> None:
        """Let time pass (`minutes=5`), and let the worker do what it does meanwhile."""
        self.set(self.now + timedelta(**more))
        drain()


@pytest.fixture
def clock(monkeypatch):
    import_module("motcua.config.urls")  # a module read later would keep this clock after the test
    return Clock(monkeypatch)


@pytest.fixture
def town(live_server, city, clock):
    """The city, served."""
    return city


@pytest.fixture
def window(visit, town):
    """Open a window of somebody's own: `window("/", width=360)`, sharper when pictures are kept."""

    def opener(path="/", **more):
        if pictures.folder():
            more.setdefault("device_scale_factor", 2)
        return visit(path, **more)

    return opener


@pytest.fixture
def desk(window, town):
    """A window in which an officer has signed in: `desk("receptionist")`."""

    def opener(name, *, width=1280, **more):
        return window_of(window, town.accounts[name], width=width, **more)

    return opener


@pytest.fixture
def judged(look):
    """Judge a page: `judged(page)`. Nothing spills sideways at either width; axe looks at the widths in turn.

    With a name the window is pictured as it stands.
    """
    turns = itertools.cycle(WIDTHS)

    def judge(page, name: str = "", *, full_page: bool = False) -> None:
        own, turn = page.viewport_size, next(turns)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": own["height"]})
            assert spill(page) == 0, f"{page.url} spills sideways at {width}"
            if width == turn:
                look(page)
        page.set_viewport_size(own)
        if name:
            pictures.keep(page, name, full_page=full_page)

    return judge


@pytest.fixture
def photo(tmp_path) -> Path:
    """A photograph of a paper, as a phone takes it."""
    return pictures.paper(tmp_path / "giay-chung-sinh.jpg")
