"""`motcua catalogue import`, `motcua packs load | diff | publish`: exit codes and what they say."""

import json

import pytest

from motcua.catalogue.models import Procedure
from motcua.config import cli
from motcua.foundation.packs import store
from tests.catalogue.factories import PACKS, act, csv

pytestmark = pytest.mark.django_db
LAYERS = ["--dir", str(PACKS), "--layer", "national"]


def run(capsys, *arguments):
    code = cli.main(list(arguments))
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def listed(tmp_path):
    def write(raw):
        path = tmp_path / "list.csv"
        path.write_bytes(raw)
        return str(path)

    return write


class TestImport:
    def test_a_good_list(self, capsys, listed):
        path = listed(csv("1.000005,Cấp,Bộ,Sở,Rừng"))
        code, out, _err = run(capsys, "catalogue", "import", path)
        assert (code, out[:15]) == (0, "1 dòng: 1 mới, ")
        code, out, _err = run(capsys, "catalogue", "import", path, "--json")
        assert json.loads(out) == {
            "created": 0,
            "updated": 0,
            "unchanged": 1,
            "skipped": 0,
            "rows": 1,
            "absent": 0,
        }

    def test_a_wrong_line_is_named_and_nothing_is_imported(self, capsys, listed):
        path = listed(csv("1.000005,Cấp,Bộ,Sở,Rừng", "x,Sai,,,"))
        code, out, err = run(capsys, "catalogue", "import", path)
        assert (code, out) == (1, "")
        assert f"{path}:3: " in err
        assert Procedure.objects.count() == 0

    def test_the_wrong_file(self, capsys, listed):
        code, _out, err = run(capsys, "catalogue", "import", listed(b"%PDF-1.7 \xff"), "--lang", "en")
        assert code == 2
        assert "UTF-8" in err

    def test_no_file(self, capsys, tmp_path):
        code, _out, err = run(capsys, "catalogue", "import", str(tmp_path / "none.csv"))
        assert code == 2
        assert "none.csv" in err


@pytest.mark.slow
class TestPacks:
    def test_from_files_to_what_is_in_force(self, capsys):
        code, out, _err = run(capsys, "packs", "load", *LAYERS, "--json")
        assert code == 0
        assert "procedures/birth-registration" in json.loads(out)["new"]
        code, out, _err = run(capsys, "packs", "diff", "procedures/birth-registration", "--lang", "en")
        assert (code, out) == (1, "procedures/birth-registration: new\n")
        code, out, _err = run(capsys, "packs", "publish", "--all")
        assert code == 0
        code, out, _err = run(capsys, "packs", "diff")
        assert (code, out) == (0, "Không có bản nháp nào đang chờ.\n")
        assert Procedure.objects.get(slug="birth-registration").coverage == "full"
        assert Procedure.objects.count() >= 174

    @pytest.mark.sqlite  # compared in memory; loading and publishing run on both
    def test_a_difference_is_shown_by_its_path(self, capsys):
        run(capsys, "packs", "load", *LAYERS)
        run(capsys, "packs", "publish", "--all")
        body = store.current("procedures", "birth-registration").body | {"online_level": "partial"}
        store.draft(act(), kind="procedures", key="birth-registration", body=body)
        code, out, _err = run(capsys, "packs", "diff")
        assert code == 1
        assert 'online_level: "full" → "partial"' in out
        code, out, _err = run(capsys, "packs", "load", *LAYERS)
        assert "procedures/birth-registration: giữ bản nháp soạn trên web" in out
        code, _out, _err = run(
            capsys, "packs", "publish", "procedures/birth-registration", "--from", "2099-01-01"
        )
        assert code == 0
        code, _out, _err = run(capsys, "packs", "publish", "procedures/birth-registration", "--withdraw")
        assert code == 0
        assert store.history("procedures", "birth-registration")[1].valid_to is None

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["publish"], 2),
            (["publish", "--all", "values/x"], 2),
            (["publish", "--withdraw", "--all"], 2),
            (["publish", "values/x"], 1),
            (["publish", "values/x", "--withdraw"], 1),
            (["publish", "--all", "--from", "31/12/2026"], 2),
            (["diff", "values/x"], 2),
            (["load", "--layer", "nowhere"], 2),
            (["load", "--dir", "/nowhere"], 2),
        ],
    )
    def test_wrong_use_is_told_and_changes_nothing(self, capsys, arguments, code):
        got, out, err = run(capsys, "packs", *arguments)
        assert (got, out) == (code, "")
        assert err

    def test_broken_packs_are_told_with_their_lines(self, capsys, tmp_path):
        layer = tmp_path / "national"
        (layer / "procedures").mkdir(parents=True)
        (layer / "pack.yaml").write_text("id: national\nname: {vi: X, en: X}\nkind: national\nover: null\n")
        (layer / "procedures" / "a.yaml").write_text("id: b\n")
        code, out, err = run(capsys, "packs", "load", "--dir", str(tmp_path), "--layer", "national")
        assert (code, out) == (1, "")
        assert "a.yaml:1" in err
        assert store.drafts() == []
