"""`motcua due`: what it prints, for people and for machines, and how it refuses."""

import json
import os
import subprocess
import sys

import pytest

from motcua.config.commands import due

pytestmark = pytest.mark.kernel

BASE = ["--received", "2026-08-21T10:00", "--limit", "3 working_days"]


def answer(capsys, *arguments):
    assert due.main([*arguments, "--json"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return json.loads(printed.out)


def refused(capsys, *arguments):
    assert due.main(list(arguments)) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


def test_the_example_of_the_manual_in_words(capsys):
    assert due.main(BASE) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Hẹn trả: thứ Ba 25/08/2026, chậm nhất 17:00 · 2026-08-25"
    assert lines[1] == "Thời hạn: 3 ngày làm việc"
    assert any("thứ Bảy 22/08 làm bù cho thứ Hai 31/08" in line for line in lines)


def test_in_english(capsys):
    assert due.main([*BASE, "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("Due: Tue 25/08/2026, by 17:00")


def test_one_json_object(capsys):
    found = answer(capsys, *BASE)
    assert found["due"] == "2026-08-25"
    assert found["due_at"] == "2026-08-25T17:00:00+07:00"
    assert found["provisional"] is False
    assert all(isinstance(line, str) for line in found["derivation"])


@pytest.mark.parametrize(
    ("received", "limit", "expected", "provisional"),
    [
        ("2026-02-12T10:00", "5 working_days", "2026-02-26", False),
        ("2026-08-21T10:00", "3 working_days", "2026-08-25", False),
        ("2026-11-20T16:10", "3 working_days", "2026-11-26", True),
        ("2026-04-20T09:00", "10 calendar_days", "2026-05-04", False),
        ("2026-10-05T16:00", "16 working_hours", "2026-10-07", False),
        ("2026-04-29T09:00", "3 working_days", "2026-05-06", False),
        ("2026-03-31T09:00", "1 months", "2026-05-04", False),
        ("2026-10-05T15:01", "same_day", "2026-10-06", False),
    ],
)
def test_every_unit(capsys, received, limit, expected, provisional):
    found = answer(capsys, "--received", received, "--limit", limit)
    assert (found["due"], found["provisional"]) == (expected, provisional)


@pytest.mark.parametrize(("how", "expected"), [("restart", "2026-10-30"), ("pause", "2026-10-28")])
def test_a_supplement(capsys, how, expected):
    supplement = ["--asked", "2026-10-07T10:00", "--answered", "2026-10-16T09:00", "--on-supplement", how]
    received = ["--received", "2026-10-05T09:00", "--limit", "10 working_days"]
    assert answer(capsys, *received, *supplement)["due"] == expected


def test_a_supplement_without_answer_leaves_no_date(capsys):
    arguments = [
        "--received",
        "2026-10-05T09:00",
        "--limit",
        "10 working_days",
        "--asked",
        "2026-10-07T10:00",
    ]
    found = answer(capsys, *arguments)
    assert (found["due"], found["due_at"], found["state"]) == (None, None, "paused")
    assert "đồng hồ đang dừng" in found["derivation"][-1]
    assert due.main(arguments) == 0
    assert capsys.readouterr().out.startswith("Chưa có ngày hẹn trả: đồng hồ đang dừng.")


@pytest.mark.parametrize(
    "received", ["2026-08-21T03:00Z", "2026-08-21T10:00:00+07:00", "2026-08-20T22:00-05:00", "2026-08-21"]
)
def test_other_ways_to_write_the_same_moment(capsys, received):
    assert answer(capsys, "--received", received, "--limit", "3 working_days")["due"] == "2026-08-25"


def test_days_alone_will_do_where_the_hour_changes_nothing(capsys):
    arguments = ["--received", "2026-10-05T09:00", "--limit", "10 working_days", "--asked", "2026-10-05"]
    found = answer(capsys, *arguments, "--answered", "2026-10-16", "--on-supplement", "pause")
    assert found["due"] == "2026-10-30"
    assert (
        "nhận bổ sung thứ Sáu 16/10/2026 (ngày này không tính): còn 10 ngày làm việc"
        in found["derivation"][3]
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--received", "yesterday", "--limit", "3 working_days"], "--received là “yesterday”"),
        (["--received", "2026-02-30T10:00", "--limit", "3 working_days"], "2026-02-30T10:00"),
        (["--received", "0026-08-21T10:00", "--limit", "3 working_days"], "năm 26"),
        (["--received", "2026-08-21T10:00", "--limit", "3 fortnights"], "working_days, calendar_days"),
        (["--received", "2026-08-21T10:00", "--limit", "0 months"], "từ 1 đến 3650"),
        (["--received", "2026-08-21T10:00", "--limit", "1 same_day"], "không kèm số"),
        (["--received", "2026-08-21", "--limit", "same_day"], "cần cả giờ"),
        (["--received", "2026-08-21", "--limit", "4 working_hours"], "cần cả giờ"),
        ([*BASE, "--answered", "2026-08-24T10:00"], "--answered cần có --asked"),
        ([*BASE, "--asked", "2026-08-20T10:00"], "--asked không được trước --received"),
        (
            [*BASE, "--asked", "2026-08-24T10:00", "--answered", "2026-08-22T10:00"],
            "không được trước --asked",
        ),
        ([*BASE, "--calendar", "mars"], "chỉ có: vn"),
        ([*BASE, "--hours", "night"], "national"),
    ],
)
def test_a_refusal_is_a_sentence_on_standard_error(capsys, arguments, words):
    assert words in refused(capsys, *arguments)
    assert words in refused(capsys, *arguments, "--json")


def test_a_refusal_in_english(capsys):
    assert "only have: vn" in refused(capsys, *BASE, "--calendar", "mars", "--lang", "en")


@pytest.mark.parametrize("arguments", [[], ["--limit", "same_day"], [*BASE, "--on-supplement", "forget"]])
def test_missing_or_unknown_options_are_wrong_usage(capsys, arguments):
    with pytest.raises(SystemExit) as left:
        due.main(arguments)
    assert left.value.code == 2
    assert capsys.readouterr().out == ""


def test_calendars_of_another_packs_folder(capsys, tmp_path, monkeypatch):
    layer = tmp_path / "thu-nghiem"
    (layer / "calendars").mkdir(parents=True)
    (layer / "hours").mkdir()
    (layer / "calendars" / "plain.yaml").write_text("id: plain\nholidays: {years: []}\n", encoding="utf-8")
    week = "{monday: &d [['08:00', '16:00']], tuesday: *d, wednesday: *d, thursday: *d, friday: *d}"
    (layer / "hours" / "short.yaml").write_text(f"id: short\nsessions: {week}\n", encoding="utf-8")
    monkeypatch.setenv("MOTCUA_PACKS_DIR", str(tmp_path))
    found = answer(capsys, *BASE, "--calendar", "plain", "--hours", "short")
    assert (found["due_at"], found["provisional"]) == ("2026-08-26T16:00:00+07:00", True)
    assert "chỉ có: plain" in refused(capsys, *BASE)


def test_a_broken_pack_is_told_with_its_file(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("MOTCUA_PACKS_DIR", str(tmp_path / "nowhere"))
    assert "Không có thư mục gói dữ liệu" in refused(capsys, *BASE)
    (tmp_path / "national" / "calendars").mkdir(parents=True)
    (tmp_path / "national" / "calendars" / "vn.yaml").write_text("id: [", encoding="utf-8")
    monkeypatch.setenv("MOTCUA_PACKS_DIR", str(tmp_path))
    assert "vn.yaml" in refused(capsys, *BASE)


def test_it_runs_as_a_program_and_without_django():
    program = (
        "import sys; from motcua.config.commands import due; "
        f"code = due.main({[*BASE, '--json']!r}); "
        "sys.exit(code or ('django' in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["due"] == "2026-08-25"
