"""`motcua packs check` and `motcua packs show`: words, JSON and exit codes."""

import json
import os
import subprocess
import sys

import pytest

from motcua.config import paths
from motcua.config.commands.packs import main
from tests.foundation.packs.factories import edit, write_packs


def test_good_packs_are_counted(tmp_path, capsys):
    assert main(["check", str(write_packs(tmp_path)), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "0 problem(s), 13 file(s)." in said
    assert "quang-ninh: agencies 3, areas 2" in said


def test_problems_are_told_in_vietnamese_first(tmp_path, capsys):
    root = write_packs(tmp_path)
    edit(root / "national/procedures/birth.yaml", "value: 3,", "value: 0,")
    assert main(["check", str(root)]) == 1
    said = capsys.readouterr().out
    assert "birth.yaml:15 time_limit.value: thấy 0, nhưng số ngày phải từ 1 trở lên (hoặc null)." in said
    assert "1 lỗi, 13 tệp." in said


def test_json_is_one_object_and_nothing_else(tmp_path, capsys):
    root = write_packs(tmp_path)
    edit(root / "national/procedures/birth.yaml", "value: 3,", "value: 0,")
    assert main(["check", str(root), "--json", "--lang", "en"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["ok"], report["files"]) == (False, 13)
    (problem,) = report["problems"]
    assert problem["line"] == 15
    assert problem["path"] == "time_limit.value"
    assert problem["code"] == "wrong"


def test_a_missing_folder_is_wrong_usage(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nowhere"), "--lang", "en"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "there is no folder" in printed.err


@pytest.mark.parametrize("arguments", [[], ["chekc"], ["check", "a", "b"], ["check", "--lang", "fr"]])
def test_other_wrong_usage_leaves_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2


def test_a_document_is_shown_as_it_holds_in_a_layer(tmp_path, capsys):
    upper = "id: birth\noverrides: national/procedures/birth\ntime_limit: {value: 1}\n"
    root = write_packs(tmp_path, **{"quang-ninh/procedures/birth.yaml": upper})
    assert main(["show", "procedures", "birth", "--dir", str(root), "--layer", "quang-ninh"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["layers"] == ["national", "quang-ninh"]
    assert shown["body"]["time_limit"]["value"] == 1
    assert len(shown["hash"]) == 64


def test_what_cannot_be_shown_says_why(tmp_path, capsys):
    root = write_packs(tmp_path)
    assert main(["show", "procedures", "nothing", "--dir", str(root)]) == 2
    assert "procedures/nothing" in capsys.readouterr().err
    assert main(["show", "procedures", "birth", "--dir", str(root), "--layer", "hue"]) == 2
    assert "hiện có: national, quang-ninh" in capsys.readouterr().err
    (root / "national/doors/counter.yaml").write_text("id: [\n", "utf-8")
    assert main(["show", "procedures", "birth", "--dir", str(root)]) == 1
    assert "counter.yaml" in capsys.readouterr().err


@pytest.mark.slow
def test_the_check_runs_where_django_is_not_set_up():
    code = (
        "import sys; from motcua.config.commands.packs import main; code = main(['check']);"
        "assert 'django' not in sys.modules; sys.exit(code)"
    )
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "MOTCUA"))
    }
    environment["PYTHONPATH"] = str(paths.PACKAGE.parent)
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60
    )
    assert (ran.returncode, ran.stderr) == (0, "")
