"""Every problem at once, each with its file, its line, what was found and what is allowed."""

import shutil
import unicodedata

import pytest

from motcua.config import paths
from motcua.foundation.packs.check import check
from tests.foundation.packs.factories import FILES, edit, write_packs

PROCEDURES = "national/procedures"
# Faults planted all at once in a copy of the real packs: file, what stands there, what is written instead,
# the path that is told, and words of the sentence.
PLANTED = [
    (
        f"{PROCEDURES}/birth-registration.yaml",
        "value: 1\n",
        "value: -1\n",
        "time_limit.value",
        "found -1, but a number of days is 1 or more",
    ),
    (
        f"{PROCEDURES}/marriage-registration.yaml",
        "unit: ",
        "unit: fortnights_and_",
        "time_limit.unit",
        "this is one of working_days",
    ),
    (
        f"{PROCEDURES}/death-registration.yaml",
        "online_level:",
        "online_levle:",
        "online_levle",
        "did you mean “online_level”?",
    ),
    (f"{PROCEDURES}/passport-issuance.yaml", "level: province\n", "level: city\n", "level", "found “city”"),
    (
        f"{PROCEDURES}/will-certification.yaml",
        "code: '2.001019'",
        "code: '1.001193'",
        "code",
        "already used in",
    ),
    (
        f"{PROCEDURES}/id-card-exchange.yaml",
        "amount_vnd: 50000",
        "amount_vnd: 50.000",
        "fees[1].amount_vnd",
        "whole đồng, 0 or more",
    ),
    (
        f"{PROCEDURES}/house-building-permit.yaml",
        "time_share: 0.4\n",
        "time_share: 0.5\n",
        "steps",
        "found 1.1, but the time_share of all steps adds up to 1",
    ),
    (
        f"{PROCEDURES}/land-transfer-registration.yaml",
        "declaration: land-transfer-registration",
        "declaration: land-transfer",
        "declaration",
        "there is no declarations/land-transfer.yaml",
    ),
    (
        f"{PROCEDURES}/unemployment-benefit.yaml",
        "field_vi: Việc làm",
        "field_vi: Việc lam",
        "field_vi",
        "is not in sectors.yaml",
    ),
    (
        f"{PROCEDURES}/social-pension.yaml",
        "system: platform",
        "system: platfrom",
        "owner.system",
        "there is no systems/platfrom.yaml",
    ),
    (
        f"{PROCEDURES}/legal-aid-request.yaml",
        "slug: legal-aid-request",
        "slug: legal-aid",
        "slug",
        "the slug equals the id",
    ),
    (
        f"{PROCEDURES}/food-safety-agri.yaml",
        "status: active\n",
        "status: active\nstatus: active\n",
        "status",
        "found the key “status” twice",
    ),
    (f"{PROCEDURES}/tree-felling-permit.yaml", "name_en: ", "name_en: 'open ", "", "is not readable YAML"),
    (
        f"{PROCEDURES}/diploma-copy.yaml",
        "    quantity: 1\n",
        "    quantity: 1\n    when: channel ist online\n",
        "required_documents[1].when",
        "the condition is wrong at character 9",
    ),
    (
        f"{PROCEDURES}/diploma-reissue.yaml",
        "    quantity: 1\n",
        "    quantity: 1\n    when: age_of_moon > 3\n",
        "required_documents[1].when",
        "asks “age_of_moon”",
    ),
    (
        "national/values/transfer-cutoff.yaml",
        "'2025-07-01'",
        "'2017-07-01'",
        "values.2017-07-01",
        "dates go up",
    ),
    (
        "national/values/extensions-max.yaml",
        "value: 1\n",
        "value: -1\n",
        "values.2018-06-21.value",
        "0 or more",
    ),
    (
        "national/law-notes/pavements-2026.yaml",
        "temporary-sidewalk-use",
        "sidewalks",
        "procedures[1]",
        "there is no such procedure",
    ),
    (
        "national/law-notes/resolution-66-18.yaml",
        "2027-02-28",
        "2026-02-28",
        "to",
        "the last day is not before 2026-07-01",
    ),
    (
        "quang-ninh-ha-long/agencies/military.yaml",
        "kind: military\n",
        "kind: military\n  bad\n",
        "",
        "is not readable YAML",
    ),
    (
        "national/doors/counter.yaml",
        "door: counter",
        "door: window",
        "door",
        "local_portal, national_portal, counter",
    ),
    (
        "national/declarations/birth-registration.yaml",
        "type: personal_number",
        "type: number_plate",
        "sections[1].fields[3].type",
        "number_plate",
    ),
    (
        "national/hours/national.yaml",
        '"07:00"',
        '"25:00"',
        "sessions.monday[1][1]",
        "an hour is written like",
    ),
    ("national/letters/receipt.yaml", "paper: A4", "paper: A7", "paper", "A4, A5"),
    (
        "national/routing/competence.yaml",
        "kind: military",
        "kind: millitary",
        "rules[23].agency.kind",
        "did you mean military?",
    ),
    (
        "quang-ninh-ha-long/agencies/centres.yaml",
        "parent: qn-ha-tu",
        "parent: qn-ha-tuu",
        "agencies[1].parent",
        "there is no such agency",
    ),
    (
        "quang-ninh-ha-long/agencies/police.yaml",
        "area: '06658'",
        "area: '99999'",
        "agencies[2].area",
        "there is no such area",
    ),
    (
        "quang-ninh-ha-long/succession/communes.yaml",
        "to: '06685'",
        "to: '06684'",
        "rows[1].to",
        "there is no such area",
    ),
    (
        "quang-ninh-ha-long/areas/communes.yaml",
        "valid_from: '2025-07-01'",
        "valid_from: 01/07/2025",
        "areas[1].valid_from",
        "a date is written like 2026-07-01",
    ),
    ("hanoi/pack.yaml", "over: national", "over: nation", "over", "there is no layer “nation”"),
    (
        "nghe-an-thanh-chuong/pack.yaml",
        "id: nghe-an-thanh-chuong",
        "id: nghe-an",
        "id",
        "as the file is named",
    ),
]


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """A copy of the real packs with all the faults, checked once; (report, expected lines by file and path)."""
    root = tmp_path_factory.mktemp("planted") / "packs"
    shutil.copytree(paths.default_packs(), root)
    lines = {}
    for file, before, after, place, _ in PLANTED:
        lines[file, place] = edit(root / file, before, after)
    return check(root, "packs"), lines


@pytest.mark.parametrize(
    ("file", "before", "after", "place", "said"), PLANTED, ids=[row[3] or "-" for row in PLANTED]
)
def test_each_planted_fault_is_told_with_its_line(planted, file, before, after, place, said):
    report, lines = planted
    found = [p.to_data("en") for p in report.problems if p.file == f"packs/{file}"]
    match = [p for p in found if p["path"] == place and said in p["message"]]
    assert match, found
    inside = after.count("\n") > 1 or place in ("", "steps")  # told at the doubled key, the end, the list
    assert inside or match[0]["line"] == lines[file, place]


def test_nothing_but_the_planted_faults_is_told(planted):
    report, _ = planted
    assert {p.file for p in report.problems} == {f"packs/{row[0]}" for row in PLANTED}
    assert len(report.problems) == len(PLANTED)


def test_a_sentence_reads_like_this(planted):
    report, lines = planted
    file = f"{PROCEDURES}/birth-registration.yaml"
    line = lines[file, "time_limit.value"]
    told = next(p for p in report.problems if p.file.endswith("procedures/birth-registration.yaml"))
    assert told.say("en") == (
        f"packs/{file}:{line} time_limit.value: found -1, but a number of days is 1 or more (or null)."
    )
    assert told.say("vi") == (
        f"packs/{file}:{line} time_limit.value: thấy -1, nhưng số ngày phải từ 1 trở lên (hoặc null)."
    )


def problems(root):
    return [problem.say("en") for problem in check(root, "packs").problems]


def test_the_small_packs_are_without_fault(tmp_path):
    assert problems(write_packs(tmp_path)) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"national/pack.yaml": None}, "packs/national/pack.yaml:1 the file pack.yaml is missing."),
        ({"national/recipes/soup.yaml": "id: soup\n"}, "packs/national/recipes:1 found an unknown folder"),
        ({"national/doors/side.yml": "id: side\n"}, "packs/national/doors/side.yml:1 found an unknown file"),
        (
            {"national/doors/list.yaml": "- a\n"},
            "packs/national/doors/list.yaml:1 a pack file is a group of keys.",
        ),
        (
            {"national/doors/empty.yaml": ""},
            "packs/national/doors/empty.yaml:1 a pack file is a group of keys.",
        ),
        (
            {"national/doors/none.yaml": "id: none\n"},
            "packs/national/doors/none.yaml:1 door: the key “door” is missing.",
        ),
        (
            {"quang-ninh/procedures/birth.yaml": "id: birth\n"},
            "packs/quang-ninh/procedures/birth.yaml:1 id: this document exists in national/procedures/birth",
        ),
        (
            {"quang-ninh/procedures/birth.yaml": "id: birth\noverrides: national/procedures/death\n"},
            "packs/quang-ninh/procedures/birth.yaml:2 overrides: found “national/procedures/death”",
        ),
        (
            {
                "quang-ninh/procedures/birth.yaml": "overrides: national/procedures/birth\nid: birth\nlevle: both\n"
            },
            "packs/quang-ninh/procedures/birth.yaml:3 levle: found the unknown key “levle”; did you mean “level”?",
        ),
        (
            {
                "quang-ninh/procedures/birth.yaml": "overrides: national/procedures/birth\nid: birth\n"
                "steps:\n  - {key: ky, time_share: 0.5}\n"
            },
            "packs/quang-ninh/procedures/birth.yaml:3 steps: found 0.5, but the time_share",
        ),
        (
            {
                "quang-ninh/agencies/all.yaml": FILES["quang-ninh/agencies/all.yaml"].replace(
                    "parent: null", "parent: qn-bai-chay"
                )
            },
            "packs/quang-ninh/agencies/all.yaml:3 agencies[1].parent: found “qn-bai-chay”, but the agency lies under",
        ),
        (
            {
                "quang-ninh/agencies/all.yaml": FILES["quang-ninh/agencies/all.yaml"].replace(
                    "kind: commune", "kind: district"
                )
            },
            "packs/quang-ninh/pack.yaml:1 responsible_agency_type: found “UBND cấp xã”, but some communes have no",
        ),
        (
            {
                "quang-ninh/agencies/more.yaml": FILES["quang-ninh/agencies/all.yaml"].replace(
                    "id: all", "id: more"
                ),
            },
            "packs/quang-ninh/agencies/more.yaml:3 agencies[1].code: found “qn-ubnd”, but this code is already used in",
        ),
        (
            {"national/pack.yaml": FILES["national/pack.yaml"].replace("over: null", "over: quang-ninh")},
            "packs/national/pack.yaml:4 over: the layer lies over itself.",
        ),
    ],
)
def test_what_only_the_tree_shows_is_told(tmp_path, changed, said):
    told = problems(write_packs(tmp_path, **changed))
    assert any(said in sentence for sentence in told), told


def test_text_that_is_not_utf8_and_text_that_is_not_nfc_are_told(tmp_path):
    root = write_packs(tmp_path)
    (root / "national/doors/counter.yaml").write_bytes(b"id: counter\ndoor: counter\nnote_vi: N\xf4p\n")
    edit(root / "national/systems/platform.yaml", "Nền tảng", unicodedata.normalize("NFD", "Nền tảng"))
    told = problems(root)
    assert "packs/national/doors/counter.yaml:3 found byte 0xf4, but a pack file is written in UTF-8." in told
    assert any(
        "packs/national/systems/platform.yaml:2" in sentence and "NFC" in sentence for sentence in told
    )


def test_problems_are_told_in_the_order_of_files_and_lines(tmp_path):
    root = write_packs(tmp_path)
    edit(root / "national/systems/platform.yaml", "issues_result: true", "issues_result: perhaps")
    edit(root / "national/procedures/birth.yaml", "quantity: 1}", "quantity: 0}")
    edit(root / "national/procedures/birth.yaml", "status: active", "status: sleeping")
    report = check(root, "packs")
    assert [(p.file.rsplit("/", 1)[1], p.line) for p in report.problems] == [
        ("birth.yaml", 9),
        ("birth.yaml", 22),
        ("platform.yaml", 4),
    ]


def test_a_folder_without_packs_is_a_problem(tmp_path):
    assert problems(tmp_path) == ["packs:1 there is no layer here."]
