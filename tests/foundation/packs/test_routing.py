"""Who is competent, asked of plain data."""

from motcua.foundation.packs.routing import pick, rule_for

ROUTING = {
    "procedures": {"adoption": {"kind": "department", "function": "justice"}},
    "rules": [{"responsible": "UBND cấp xã", "agency": {"kind": "commune"}}],
    "by_level": {"province": {"kind": "province"}},
}
AREAS = {"22": {"parent": "VN"}, "06673": {"parent": "22"}, "06676": {"parent": "22"}}


def test_the_procedure_itself_comes_first_then_its_words_then_its_level():
    words = "UBND cấp xã"
    assert rule_for(ROUTING, {"id": "adoption", "responsible_agency_type": words})["kind"] == "department"
    assert rule_for(ROUTING, {"id": "x", "responsible_agency_type": words})["kind"] == "commune"
    assert (
        rule_for(ROUTING, {"id": "x", "responsible_agency_type": "?", "level": "province"})["kind"]
        == "province"
    )
    assert rule_for(ROUTING, {"id": "x", "responsible_agency_type": "?", "level": "commune"}) is None


def agency(code, **more):
    return {"code": code, "kind": "tax", "valid_to": None, **more}


def test_the_nearest_agency_is_picked():
    nation, province = agency("nation", area="VN"), agency("province", area="22")
    branch, own = agency("branch", area="22", serves=["06673"]), agency("own", area="06676")
    everyone = [nation, province, branch, own]
    assert pick({"kind": "tax"}, "06673", everyone, AREAS) is branch
    assert pick({"kind": "tax"}, "06676", everyone, AREAS) is own
    assert pick({"kind": "tax"}, "06676", [nation, province, branch], AREAS) is province
    assert pick({"kind": "tax"}, "06676", [nation], AREAS) is nation


def test_level_function_and_abolition_count():
    police = [agency("a", area="22", level="province"), agency("b", area="06673", level="commune")]
    assert pick({"kind": "tax", "level": "province"}, "06673", police, AREAS)["code"] == "a"
    assert pick({"kind": "tax", "function": "justice"}, "06673", police, AREAS) is None
    assert pick({"kind": "tax"}, "06673", [agency("old", area="22", valid_to="2025-06-30")], AREAS) is None
