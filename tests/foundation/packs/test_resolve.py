"""Layers laid over each other, and what a procedure inherits from the rules beside it."""

from datetime import date

import pytest

from motcua.foundation.packs import PacksBroken, load, read, resolve, setting_in_force
from tests.foundation.packs.factories import edit, write_packs

OVER = "overrides: national/procedures/birth\n"


def resolved(root, layer="quang-ninh"):
    found, problems = resolve(read(root), [layer])
    assert problems == []
    return found


def test_a_procedure_inherits_clock_owner_doors_and_law_notes(tmp_path):
    body = resolved(write_packs(tmp_path)).need("procedures", "birth").body
    assert body["clock"]["on_supplement"] == "restart"
    assert body["owner"] == {
        "system": "platform",
        "name_vi": "Nền tảng",
        "name_en": "Platform",
        "issues_result": True,
        "source": None,
    }
    assert [(door["key"], door["door"]) for door in body["doors"]] == [("counter", "counter")]
    assert [(note["key"], note["kind"]) for note in body["law_notes"]] == [("new-law", "changed")]


def test_what_the_procedure_says_itself_wins(tmp_path):
    root = write_packs(tmp_path)
    edit(root / "national/procedures/birth.yaml", "fees:", "clock: {on_supplement: pause}\nfees:")
    clock = resolved(root).need("procedures", "birth").body["clock"]
    assert (clock["on_supplement"], clock["extensions_max"]) == ("pause", 1)


def test_a_withdrawn_procedure_has_no_open_door(tmp_path):
    root = write_packs(tmp_path)
    edit(root / "national/procedures/birth.yaml", "status: active", "status: historical")
    assert resolved(root).need("procedures", "birth").body["doors"] == []


def test_a_door_opens_for_the_channels_and_procedures_it_names(tmp_path):
    root = write_packs(tmp_path)
    edit(root / "national/doors/counter.yaml", "channels: [in_person]", "channels: [phone]")
    assert resolved(root).need("procedures", "birth").body["doors"] == []
    edit(root / "national/doors/counter.yaml", "channels: [phone]", "except: [birth]")
    assert resolved(root).need("procedures", "birth").body["doors"] == []


def test_a_province_lies_over_the_nation(tmp_path):
    upper = OVER + "id: birth\ntime_limit: {value: 1}\nfees: [{key: ban-sao, amount_vnd: 5000}]\n"
    root = write_packs(tmp_path, **{"quang-ninh/procedures/birth.yaml": upper})
    local = resolved(root).need("procedures", "birth")
    national = resolved(root, "national").need("procedures", "birth")
    assert local.layers == ("national", "quang-ninh")
    assert local.body["time_limit"] == {"value": 1, "unit": "working_days", "notes": None}
    assert [fee["amount_vnd"] for fee in local.body["fees"]] == [0, 5000]
    assert "overrides" not in local.body
    assert national.body["time_limit"]["value"] == 3
    assert local.hash != national.hash


def test_the_hash_changes_with_everything_the_document_is_made_of(tmp_path):
    root = write_packs(tmp_path)
    before = resolved(root).need("procedures", "birth").hash
    assert resolved(root).need("procedures", "birth").hash == before
    edit(root / "national/law-notes/new-law.yaml", "Luật mới", "Luật sửa đổi")
    assert resolved(root).need("procedures", "birth").hash != before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id: birth\n", "add “overrides: national/procedures/birth”"),
        ("id: birth\noverrides: national/procedures/death\n", "no such document in a layer below"),
        ("id: birth\noverrides: quang-ninh/procedures/birth\n", "no such document in a layer below"),
        (OVER + "id: birth\nsteps: [{key: nobody, remove: true}]\n", "is to be removed"),
    ],
)
def test_an_overlay_that_does_not_fit_is_told(tmp_path, text, said):
    root = write_packs(tmp_path, **{"quang-ninh/procedures/birth.yaml": text})
    _, problems = resolve(read(root), ["quang-ninh"])
    assert len(problems) == 1
    assert said in problems[0].say("en")
    assert problems[0].file.endswith("quang-ninh/procedures/birth.yaml")


def test_agencies_take_calendar_and_hours_from_their_pack(tmp_path):
    root = write_packs(tmp_path)
    edit(root / "quang-ninh/pack.yaml", "province:", "calendar: vn\nprovince:")
    edit(root / "quang-ninh/agencies/all.yaml", "{code: qn-ubnd,", "{code: qn-ubnd, calendar: own,")
    agencies = resolved(root).agencies
    assert agencies["qn-ubnd"]["calendar"] == "own"
    assert agencies["qn-bai-chay"]["calendar"] == "vn"


def test_values_hold_from_their_day(tmp_path):
    found = resolved(write_packs(tmp_path))
    assert found.value("transfer-cutoff", date(2018, 6, 20)) is None
    assert found.value("transfer-cutoff", date(2025, 6, 30)) == "15:00"
    assert found.value("transfer-cutoff", date(2025, 7, 1)) == "16:00"
    with pytest.raises(PacksBroken):
        found.value("nothing", date(2026, 1, 1))


def test_a_value_may_end(tmp_path):
    root = write_packs(tmp_path)
    edit(
        root / "national/values/transfer-cutoff.yaml", "value: '16:00',", "value: '16:00', to: '2026-01-31',"
    )
    found = resolved(root)
    assert found.value("transfer-cutoff", date(2026, 1, 31)) == "16:00"
    assert found.value("transfer-cutoff", date(2026, 2, 1)) is None


def test_a_setting_is_one_value_or_dated_rows():
    rows = [{"from": None, "value": "pause"}, {"from": "2026-07-01", "value": "restart"}]
    assert setting_in_force("restart", date(2026, 1, 1)) == "restart"
    assert setting_in_force(rows, date(2026, 6, 30)) == "pause"
    assert setting_in_force(rows, date(2026, 7, 1)) == "restart"


def test_loading_is_kept_and_brings_what_lies_below(tmp_path):
    root = write_packs(tmp_path)
    first = load(root, ["quang-ninh"])
    assert first.layers == ("national", "quang-ninh")
    assert load(root, ["quang-ninh"]) is first


def test_loading_broken_packs_tells_every_problem(tmp_path):
    broken = {"national/systems/a.yaml": "id: [\n", "national/systems/b.yaml": "id: b\nid: b\n"}
    with pytest.raises(PacksBroken) as caught:
        load(write_packs(tmp_path, **broken), ["quang-ninh"])
    assert len(caught.value.problems) == 2
    with pytest.raises(PacksBroken):
        load(write_packs(tmp_path / "other"), ["da-nang"])
