"""What a process holds: made once for each state, never waited for twice, and whole after a failure."""

from __future__ import annotations

import threading

import pytest

from motcua.foundation.held import Held


def test_one_making_for_each_state():
    made = []
    held = Held(lambda: made.append(len(made)) or len(made))
    assert [held.at("a"), held.at("a"), held.at("b"), held.at("b")] == [1, 1, 2, 2]
    held.forget()
    assert held.at("b") == 3


def test_the_former_value_is_given_while_the_next_is_made():
    begun, go_on = threading.Event(), threading.Event()

    def make():
        if threading.current_thread() is not threading.main_thread():
            begun.set()
            assert go_on.wait(30)
            return "new"
        return "former"

    held = Held(make)
    assert held.at(1) == "former"
    said = []
    builder = threading.Thread(target=lambda: said.append(held.at(2)))
    builder.start()
    assert begun.wait(30) and held.at(2) == "former"
    go_on.set()
    builder.join(30)
    assert said == ["new"] and held.at(2) == "new"


def test_the_first_callers_wait_for_one_making():
    made, gate = [], threading.Barrier(5)

    def make():
        made.append(1)
        return object()

    held, got = Held(make), []

    def ask():
        gate.wait(30)
        got.append(held.at("x"))

    threads = [threading.Thread(target=ask) for _each in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert len(made) == 1 and len(got) == 5 and len(set(map(id, got))) == 1


def test_a_failure_leaves_it_as_it_was():
    states = iter([lambda: 1 / 0, lambda: "made"])
    held = Held(lambda: next(states)())
    with pytest.raises(ZeroDivisionError):
        held.at("a")
    assert held.at("a") == "made"
