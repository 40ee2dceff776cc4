"""Sentence embeddings with a double in place of the model: rows that are kept, and life without the package."""

import hashlib
import os
import sys
import threading

import numpy
import pytest

from motcua.assistant import embedding, near, tasks
from motcua.assistant.near import LOOK_AGAIN_SECONDS, Near
from motcua.assistant.rules.learning import Passage

pytestmark = pytest.mark.sqlite
TEXTS = ["đăng ký khai sinh", "cấp giấy phép xây dựng", "đổi giấy phép lái xe"]


class Words:
    """A double: a text is the sum of its words, each word a fixed direction."""

    def __init__(self):
        self.asked = []

    def query(self, texts):
        return numpy.stack([self._row(text) for text in texts])

    def passage(self, texts):
        self.asked += texts
        return self.query(texts)

    def _row(self, text):
        row = numpy.zeros(embedding.DIMENSIONS, dtype=numpy.float32)
        for word in text.lower().split():
            row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % embedding.DIMENSIONS] += 1
        return row / max(float(numpy.linalg.norm(row)), 1e-9)


@pytest.fixture
def words(settings, tmp_path, monkeypatch):
    """The double, and a folder of its own."""
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"var": tmp_path})
    double = Words()
    monkeypatch.setattr(embedding, "_encoder", double)
    return double


@pytest.fixture
def no_package(monkeypatch):
    """A machine without the package, whatever this one has."""
    monkeypatch.setattr(embedding, "_encoder", None)
    monkeypatch.setattr(embedding.importlib.util, "find_spec", lambda name: None)


def test_without_the_package_everybody_can_see_so(no_package):
    assert not embedding.available() and "motcua[embeddings]" in embedding.status()
    with pytest.raises(embedding.Unavailable):
        embedding.encode(["a"])


def test_a_package_that_cannot_be_loaded_is_given_up_with_its_reason(monkeypatch):
    class Broken:
        def __getattr__(self, name):
            raise OSError("engine not found")

    monkeypatch.setattr(embedding, "_encoder", None)
    monkeypatch.setattr(embedding, "_broken", "")
    monkeypatch.setattr(embedding.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setitem(sys.modules, embedding.PACKAGE, Broken())
    threads = {name: os.environ.get(name) for name in ("OMP_NUM_THREADS", "OMP_WAIT_POLICY")}
    assert embedding.available()
    with pytest.raises(embedding.Unavailable):
        embedding.encode(["a"])
    assert not embedding.available() and "engine not found" in embedding.status()
    assert {name: os.environ.get(name) for name in threads} == threads


def test_rows_have_length_one_and_nothing_odd_breaks_them(words):
    rows = embedding.encode(["đăng ký", "a\x00b\ud800\n", "dài " * 2000])
    assert rows.dtype == numpy.float32 and rows.shape == (3, embedding.DIMENSIONS)
    assert numpy.allclose(numpy.linalg.norm(rows, axis=1), 1)
    assert embedding.encode([]).shape == (0, embedding.DIMENSIONS)


def testpassages_are_encoded_once_and_found_by_questions_after_a_restart(words):
    assert embedding.vectors_of(TEXTS).missing == 3 and embedding.vectors_of(TEXTS).nearest("khai sinh") == []
    assert embedding.learn(TEXTS) == 0 and words.asked == TEXTS
    assert embedding.learn([*TEXTS, "mới"]) == 0 and words.asked == [*TEXTS, "mới"]
    known = embedding.vectors_of(["chưa học", *TEXTS])
    assert known.missing == 1 and known.places == (1, 2, 3) and len(words.asked) == 4
    (first, cosine), (second, _) = known.nearest("giấy phép xây dựng", 2)
    assert (first, second) == (2, 3) and 0.8 < cosine < 1


def test_learning_stops_in_time_and_goes_on_where_it_stopped(words):
    many = [f"thủ tục số {n}" for n in range(embedding.AT_ONCE * 2)]
    assert embedding.learn(many, seconds=0) == len(many) and not words.asked
    clock = iter([0.0, 0.5, 2.0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedding.machine_time, "monotonic", lambda: next(clock))
        assert embedding.learn(many, seconds=1) == embedding.AT_ONCE
    assert embedding.learn(many) == 0 and words.asked == many


def test_a_row_cut_off_by_a_crash_is_learnt_again(words):
    embedding.learn(TEXTS)
    (file,) = (embedding.settings.MOTCUA.var / "assistant").iterdir()
    file.write_bytes(file.read_bytes()[:-100])
    assert embedding.vectors_of(TEXTS).missing == 1
    assert embedding.learn(TEXTS) == 0 and embedding.vectors_of(TEXTS).missing == 0
    assert file.stat().st_size % 3 == 0 and words.asked == [*TEXTS, TEXTS[-1]]


def test_what_no_passage_says_any_more_is_thrown_away(words):
    embedding.learn(f"cũ {n}" for n in range(3 * embedding.AT_ONCE))
    (file,) = (embedding.settings.MOTCUA.var / "assistant").iterdir()
    assert embedding.learn(TEXTS) == 0
    assert embedding.vectors_of(TEXTS).missing == 0 and embedding.vectors_of(["cũ 1"]).missing == 1
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_eight_people_at_once_get_what_each_would_get_alone(words):
    found = {}

    def ask(n):
        found[n] = embedding.encode([TEXTS[n % 3]])[0]

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all((found[n] == embedding.encode([TEXTS[n % 3]])[0]).all() for n in range(8))


PASSAGES = [
    ("khai-sinh", "làm giấy khai sinh"), ("khai-sinh", "đăng ký khai sinh"), ("xay-nha", "xin phép xây nhà"),
    ("lai-xe", "đổi bằng lái xe"),
]  # fmt: skip


def test_keys_near_a_question_stand_once_and_only_when_most_is_learnt(words, monkeypatch):
    near = Near(PASSAGES)
    assert near.keys("giấy khai sinh") == []
    embedding.learn(near.texts[:3])
    assert near.keys("giấy khai sinh") == []  # it has looked just now
    clock = embedding.machine_time.monotonic() + LOOK_AGAIN_SECONDS
    monkeypatch.setattr("motcua.assistant.near.machine_time.monotonic", lambda: clock)
    assert near.keys("giấy khai sinh")[0] == "khai-sinh" and len(near.keys("giấy khai sinh")) == 2
    embedding.learn(near.texts)
    clock += LOOK_AGAIN_SECONDS
    assert near.keys("xin phép xây nhà", 2)[0] == "xay-nha" and len(near.keys("xe")) == 3


def test_nothing_is_near_without_the_package(no_package):
    assert Near(PASSAGES).keys("giấy khai sinh") == []


class Known:
    """What the assistant knows, as far as this is about it."""

    def passages(self):
        return [Passage(key, text) for key, text in PASSAGES]


def test_the_worker_learns_what_the_assistant_knows(words, monkeypatch):
    known = Known()
    monkeypatch.setattr(near, "_held", None)
    monkeypatch.setattr(near, "knowledge", lambda: known)
    tasks.learn_passages()
    assert words.asked == [text for _key, text in PASSAGES]
    assert near.keys("xin phép xây nhà")[0] == "xay-nha" and near.index() is near.index()
    monkeypatch.setattr(embedding, "_encoder", None)
    monkeypatch.setattr(embedding, "_broken", "gone")
    tasks.learn_passages()
    assert near.keys("xin phép xây nhà") == []
