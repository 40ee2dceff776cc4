"""The packs that travel with the house: what they hold, and that nothing known to be in doubt lost its mark."""

import time
from datetime import date

import pytest

from motcua.config import paths
from motcua.foundation.packs import load, read, resolve
from motcua.foundation.packs.routing import pick, rule_for

pytestmark = pytest.mark.slow

FULL = [
    "birth-registration",
    "birth-residence-insurance-interlinked",
    "certified-copy-from-original",
    "death-registration",
    "death-residence-funeral-interlinked",
    "house-building-permit",
    "household-business-registration",
    "land-transfer-registration",
    "lower-secondary-enrolment",
    "marital-status-certificate",
    "marriage-registration",
    "monthly-social-allowance",
    "permanent-residence-registration",
    "personal-digital-signature",
    "temporary-residence-registration",
]
AREAS = {"hanoi": ("01", 126), "quang-ninh-ha-long": ("22", 13), "nghe-an-thanh-chuong": ("40", 9)}


@pytest.fixture(params=sorted(AREAS))
def place(request):
    return request.param, load(paths.default_packs(), [request.param])


@pytest.fixture
def ha_long():
    return load(paths.default_packs(), ["quang-ninh-ha-long"])


def procedures(packs):
    return [document.body for document in packs.of("procedures")]


def test_all_174_procedures_are_here_fifteen_of_them_with_a_full_declaration(ha_long):
    assert len(procedures(ha_long)) == 174
    assert len({p["code"] for p in procedures(ha_long) if p["code"]}) == 172
    assert sorted(p["id"] for p in procedures(ha_long) if "declaration" in p) == FULL


def test_every_procedure_names_its_sources_and_its_proposals(ha_long):
    for procedure in procedures(ha_long):
        assert procedure["sources"], procedure["id"]
        doubts = " ".join(procedure["unverified"])
        assert "steps.time_share" in doubts, procedure["id"]
        assert "steps.role" in doubts, procedure["id"]


def test_limits_that_no_source_fixes_stay_open(ha_long):
    body = ha_long.need("procedures", "lower-secondary-enrolment").body
    assert body["time_limit"]["value"] is None


def test_every_procedure_has_its_communes_and_its_agencies_in_each_place(place):
    name, packs = place
    province, number = AREAS[name]
    communes = [code for code, a in packs.areas.items() if a["parent"] == province and a["valid_to"] is None]
    assert len(communes) == number
    routing = packs.need("routing", "competence").body
    agencies = list(packs.agencies.values())
    active = [p for p in procedures(packs) if p["status"] == "active"]
    kinds = {repr(rule): rule for p in active if (rule := rule_for(routing, p))}
    assert all(rule_for(routing, p) for p in active)
    for commune in communes:
        for wanted in kinds.values():
            assert pick(wanted, commune, agencies, packs.areas), (wanted, commune)
        for receiving in routing["received_by"].values():
            assert pick(receiving, commune, agencies, packs.areas)["receives"], commune


def test_certificates_of_the_ministries_are_not_ours_to_issue(ha_long):
    issued = {p["id"]: p["owner"]["issues_result"] for p in procedures(ha_long)}
    for id in (
        "birth-registration",
        "permanent-residence-registration",
        "id-card-exchange",
        "criminal-record-certificate",
    ):
        assert issued[id] is False, id
    for id in ("certified-copy-from-original", "house-building-permit", "monthly-social-allowance"):
        assert issued[id] is True, id


def test_the_local_portal_is_open_for_a_trial_only_and_says_so(place):
    name, packs = place
    doors = packs.need("procedures", "birth-registration").body["doors"]
    assert {door["door"] for door in doors} == {"counter", "national_portal", "local_portal"}
    local = next(door for door in doors if door["door"] == "local_portal")
    assert local["trial"] is True
    assert local["note_vi"].startswith("Mở cổng địa phương để chạy thử")
    national = load(paths.default_packs(), ["national"]).need("procedures", "birth-registration").body
    assert {door["door"] for door in national["doors"]} == {"counter", "national_portal"}


def test_a_certified_copy_is_made_at_the_counter(ha_long):
    doors = ha_long.need("procedures", "certified-copy-from-original").body["doors"]
    assert [door["door"] for door in doors] == ["counter"]


@pytest.mark.parametrize(
    ("id", "kind", "words"),
    [
        ("house-building-permit", "changed", "217/2026/NĐ-CP"),
        ("house-building-permit", "expiring", "28/02/2027"),
        ("temporary-sidewalk-use", "changed", "241/2026/NĐ-CP"),
        ("criminal-record-certificate", "changed", "216/2026/NĐ-CP"),
        ("food-safety-catering", "suspended", "46/2026/NĐ-CP"),
        ("birth-residence-insurance-interlinked", "replaced", "2.000986"),
        ("death-residence-funeral-interlinked", "replaced", "2.002622"),
        ("land-transfer-registration", "replaced", "1.115xxx"),
        ("marriage-registration", "changed", "03/2026/QH16"),
        ("id-card-exchange", "expiring", "31/12/2026"),
    ],
)
def test_a_procedure_whose_law_changes_says_so_in_both_languages(ha_long, id, kind, words):
    notes = ha_long.need("procedures", id).body["law_notes"]
    found = [note for note in notes if note["kind"] == kind and words in note["text_vi"]]
    assert found
    assert all(note["text_en"] for note in notes)


def test_a_withdrawn_procedure_stays_as_an_example_without_doors(ha_long):
    body = ha_long.need("procedures", "alcohol-retail-licence").body
    assert body["status"] == "historical"
    assert body["doors"] == []


def test_invented_codes_say_that_they_are(place):
    _, packs = place
    for agency in packs.agencies.values():
        code = agency["dossier_code"]
        if code is not None:
            assert ".TN" in code, agency["code"]
            assert agency["unverified"], agency["code"]


def test_hanoi_knows_its_departments_before_and_after_2025():
    packs = load(paths.default_packs(), ["hanoi"])
    departments = [a for a in packs.agencies.values() if a["kind"] == "department"]
    assert sum(a["valid_to"] == "2025-02-28" for a in departments) == 15
    merged = [r["from"] for r in packs.succession if r["to"] == "hn-so-xay-dung" and r["kind"] == "merge"]
    assert sorted(merged) == ["hn-so-giao-thong-van-tai-truoc-2025", "hn-so-xay-dung-truoc-2025"]
    assert sum(a["kind"] == "district" for a in packs.agencies.values()) == 30


def test_an_old_ward_may_lie_in_several_new_ones():
    packs = load(paths.default_packs(), ["hanoi"])
    into = {r["to"] for r in packs.succession if r["from"] == "cu-01-phuong-cua-nam"}
    names = {packs.areas[code]["name_vi"] for code in into}
    assert {"Phường Ba Đình", "Phường Cửa Nam", "Phường Hoàn Kiếm"} <= names
    assert {r["kind"] for r in packs.succession if r["from"] == "cu-01-phuong-cua-nam"} == {"part"}


def test_hanoi_returns_paper_by_post_since_2026():
    packs = load(paths.default_packs(), ["hanoi"])
    assert packs.value("paper-results-by-post", date(2025, 12, 31)) is False
    assert packs.value("paper-results-by-post", date(2026, 1, 1)) is True


def test_values_from_memory_are_marked(ha_long):
    values = {d.id: d.body["values"] for d in ha_long.of("values")}
    for id in ("online-check-limit", "supplement-wait", "on-payment"):
        assert all(row["unverified"] for row in values[id].values()), id
    assert ha_long.value("transfer-cutoff", date(2026, 11, 21)) == "15:00"
    assert ha_long.value("on-supplement", date(2026, 11, 21)) == "restart"


def test_everything_is_read_within_three_seconds():
    started = time.process_time()
    packs = read(paths.default_packs())
    for layer in packs.packs:
        resolve(packs, [layer])
    assert time.process_time() - started < 3
