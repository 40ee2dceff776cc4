"""The board and the reading of forms on the command line."""

import json

import pytest

from motcua.config.cli import main
from tests.support.paper_forms import birth


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "khai-sinh.docx"
    path.write_bytes(birth())
    return path


@pytest.mark.slow
def test_a_form_is_read_and_its_doubts_leave_one(form, capsys):
    assert main(["procedures", "read-form", str(form)]) == 1
    told = capsys.readouterr().out
    assert "mother_full_name" in told and "? Mẫu chỉ hỏi năm sinh" in told
    assert main(["procedures", "read-form", str(form), "--json", "--lang", "en"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["declaration"]["sections"] and {"place", "text", "line"} <= set(data["doubts"][0])


def test_what_is_no_form_says_so_and_a_missing_file_is_wrong_usage(tmp_path, capsys):
    assert main(["procedures", "read-form", str(tmp_path / "none.docx")]) == 2
    old = tmp_path / "cu.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert main(["procedures", "read-form", str(old), "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["problem"] == "editing.form_old_word" and "Lưu thành" in told.err
    with pytest.raises(SystemExit) as left:
        main(["procedures", "read-form"])
    assert left.value.code == 2


def test_the_board_and_its_proofs(city, capsys):
    assert main(["procedures", "prove", "alcohol-retail-licence", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["procedures"]["alcohol-retail-licence"]["ok"]
    assert main(["procedures", "prove", "nothing-of-the-kind"]) == 1
    assert main(["procedures", "board", "--stage", "proved", "--json"]) == 0
    told = capsys.readouterr().out
    data = json.loads(told[told.index("{") :])
    assert [row["slug"] for row in data["procedures"]] == ["alcohol-retail-licence"]
    assert data["counts"]["proved"] == 1
    assert main(["procedures", "board", "--text", "khai sinh"]) == 0
    assert "Đã cấu hình: 1" in capsys.readouterr().out
