"""`motcua assistant learn`: says what is there, learns what is missing."""

import argparse
import json

import pytest

from motcua.assistant import embedding, near
from motcua.config.commands import _assistant_learn

pytestmark = pytest.mark.sqlite


@pytest.fixture
def ready(monkeypatch):
    """An installation that is ready, with three passages, two of them alike."""
    monkeypatch.setattr("motcua.config.cli.set_up_django", lambda: None)
    monkeypatch.setattr("motcua.config.readiness.make_ready", lambda: None)
    passages = near.Near(
        [("khai-sinh", "làm khai sinh"), ("khai-tu", "làm khai tử"), ("khac", "làm khai tử")]
    )
    monkeypatch.setattr(near, "index", lambda: passages)


def told(capsys, **more):
    code = _assistant_learn.run(argparse.Namespace(seconds=5.0, json=True, **more))
    return code, json.loads(capsys.readouterr().out)


def test_without_the_package_it_says_so_and_that_nothing_is_learnt(ready, monkeypatch, capsys):
    monkeypatch.setattr(embedding, "_encoder", None)
    monkeypatch.setattr(embedding.importlib.util, "find_spec", lambda name: None)
    code, found = told(capsys)
    assert code == 1 and not found["available"] and (found["passages"], found["left"]) == (2, 2)
    assert "motcua[embeddings]" in found["package"]


def test_with_the_package_it_learns_and_counts_what_is_left(ready, monkeypatch, capsys):
    monkeypatch.setattr(embedding, "_encoder", object())
    monkeypatch.setattr(embedding, "learn", lambda texts, seconds: 0)
    code, found = told(capsys)
    assert code == 0 and found["available"] and found["left"] == 0
