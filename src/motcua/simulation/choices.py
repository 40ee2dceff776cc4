"""Which of the offered answers simulated people choose: shares for questions that the first answer does not suit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from motcua.kernel import forms
from motcua.kernel.text import fold
from motcua.simulation.story import Story

# parts of a hundred that say yes; not named: as UNNAMED_YES
YES = {
    "authorised_family": 100, "parents_married": 96, "foreign_parent": 0, "mother_known": 100, "father_known": 98,
    "father_recognised": 100, "notice_ended": 100, "copies_wanted": 60, "foreign_legalised": 100,
    "office_copies": 55, "last_residence_unknown": 1, "had_allowance": 35, "land_owner_same": 97,
    "residential_land": 98, "adjacent_houses": 60, "heritage_area": 1, "fire_review": 2, "design_review": 8,
    "other_business": 0, "in_apartment": 3, "conditional_line": 6, "tax_address_same": 96, "sole_heir": 25,
    "certificate_lost": 1, "mortgaged": 6, "whole_parcel": 88, "has_house": 65, "remeasure": 12,
    "primary_finished": 100, "half_boarding": 40, "pupil_disability": 1, "subject_is_applicant": 96,
    "moved_before": 12, "had_certificate": 14, "earlier_lost": 30, "divorce_abroad": 0, "own_divorce_abroad": 0,
    "partner_divorce_abroad": 0, "status_known": 85, "hard_area": 5, "other_benefits": 4, "support_children": 40,
    "supporter_on_allowance": 20, "lives_alone": 60, "can_care_for_self": 60, "at_school": 90,
    "beneficiary_has_allowance": 90, "armed_forces": 1, "applicant_moves": 100, "has_minor": 1,
    "family_relation_known": 75, "rent_certified": 60, "home_known": 60,
}  # fmt: skip
UNNAMED_YES = 30

_EXEMPT = {"no_exemption": 92, "poor_household": 4, "disabled_person": 1, "merit": 1, "merit_family": 1}
_AGREES = {"vneid": 45, "signed_form": 55}
_PEOPLES = {"kinh": 94, "tay": 2, "dao": 2, "hoa": 1, "other_ethnicity": 0}

SHARES: dict[str, Mapping[str, float]] = {
    "result_delivery": {"portal": 40, "counter": 45, "post": 15},
    "child_case": {"usual": 1},
    "birth_place_kind": {"hospital": 97, "home": 3},
    "birth_proof": {"electronic": 60, "paper": 40},
    "late_exempt": _EXEMPT,
    "document_origin": {"vietnamese": 97, "foreign": 2, "joint": 1},
    "death_place_kind": {"home": 55, "hospital": 42, "other_place": 3},
    "death_cause": {"illness": 55, "old_age": 40, "accident": 5},
    "land_paper": {"land_database": 35, "paper_certificate": 65},
    "permit_kind": {"new_house": 97, "temporary": 3},
    "designer_kind": {"designer_company": 70, "designer_person": 25, "owner_design": 5},
    "founder_kind": {"person": 85, "family": 15},
    "place_right": {"own_place": 60, "rented_place": 40},
    "tax_payer": {"giver_pays": 70, "receiver_pays": 30},
    "age_reason": {"ethnic_minority": 1},
    "residence_kind": {"permanent": 75, "temporary": 20, "current_home": 5},
    "school_kind": {"route_school": 97, "selective_school": 2, "boarding_school": 1},
    "foreign_language": {"english": 97, "french": 1, "japanese": 1, "chinese": 1},
    "period_kind": {"now": 96, "past_period": 4},
    "registration_side": {"own_place": 70, "partner_place": 30},
    "request_kind": {"new_allowance": 93, "adjust": 5, "stop_allowance": 1, "care_support": 1},
    "disability_degree": {"severe": 75, "very_severe": 25},
    "pregnant_or_small_child": {"no_case": 97, "small_child": 3},
    "payment_kind": {"bank_account": 75, "cash_post": 25},
    "schooling": {"at_school": 1},
    "move_kind": {"own_home": 35, "family_home": 52, "rented_home": 13},
    "head_agrees": _AGREES, "owner_agrees": _AGREES, "parent_agrees": _AGREES,
    "home_paper": {"land_database": 45, "paper_certificate": 50, "purchase_contract": 5},
    "home_kind": {"rented_home": 70, "family_home": 18, "own_home": 8, "company_home": 4},
    "stay_reason": {"work": 65, "study": 20, "family": 12, "treatment": 3},
}  # fmt: skip


def _kind(story: Story) -> Mapping[str, float]:
    return {"self": 89, "behalf": 3, "organisation": 45 if story.about else 8}


def _declarant(story: Story) -> Mapping[str, float]:
    if "child_case" in story.given["asks"]:
        return {story.parenthood or "grandparent": 1}
    if story.age > 64:
        return {"spouse": 90, "child": 8, "parent": 2}
    return {"child": 85, "spouse": 8, "relative": 7}


def _transfer(story: Story) -> Mapping[str, float]:
    kin = {"gift": 20, "inheritance": 10} if story.age < 62 else {}
    return {"sale": 68, **kin, "exchange": 1, "contribution": 1}


def _pupil_relation(story: Story) -> Mapping[str, float]:
    return {story.parenthood or ("grandparent" if story.age > 50 else "guardian"): 1}


def _exempt(story: Story) -> Mapping[str, float]:
    return {"elderly": 1} if story.age >= 60 else _EXEMPT


def _before(story: Story) -> Mapping[str, float]:
    if story.age < 40:
        return {"never_married": 92, "divorced": 8}
    return {"never_married": 25, "divorced": 55, "widowed": 20}


def _storeys(story: Story) -> Mapping[str, float]:
    return {"grade_four" if story.house["storeys"] == 1 else "grade_three": 1}


def _status_now(story: Story) -> Mapping[str, float]:
    if story.age < 32:
        return {"never_married": 92, "divorced": 6, "married": 2}
    if story.age < 60:
        return {"never_married": 25, "married": 30, "divorced": 35, "widowed": 10}
    return {"married": 40, "widowed": 50, "divorced": 10}


def _purpose(story: Story) -> Mapping[str, float]:
    marries = story.answers.get("status_now") != "married" and story.age < 60
    return {"property": 30, "loan": 12, "go_abroad": 2, **({"marry": 60} if marries else {})}


def _kin_of_the_giver(story: Story) -> Mapping[str, float]:
    given = story.answers.get("transfer_kind") in ("gift", "inheritance")
    return {"parent_child": 1} if given else {"no_relation": 1}


def _tax_exempt(story: Story) -> Mapping[str, float]:
    given = story.answers.get("family_relation") not in (None, "no_relation")
    return {"family_gift": 1} if given else {"no_exemption": 95, "only_home": 5}


def _relation_to_head(story: Story) -> Mapping[str, float]:
    return {story.once("kin of the head", lambda: _kin_of_the_head(story)): 1}


def _kin_of_the_head(story: Story) -> str:
    """Decided once: who the head is may be asked before or after what she is to the applicant."""
    if story.answers.get("move_kind") == "family_home":
        return "child" if story.age < 60 else "other_kin"
    if story.answers.get("move_kind") == "own_home":
        return "head_self"
    return "no_kin" if story.rng.random() < 0.8 else "other_kin"


def _head(story: Story) -> Mapping[str, float]:
    (kin,) = _relation_to_head(story)
    return {"head_is_me" if kin == "head_self" else "head_is_other": 1}


def _group(story: Story) -> Mapping[str, float]:
    age = story.who("beneficiary").age(story.day)
    if age >= 75:
        return {"elderly": 65, "disabled": 35}
    return {"disabled": 85, "single_parent": 15} if 25 <= age <= 50 else {"disabled": 1}


def _household(story: Story) -> Mapping[str, float]:
    return {"poor": 25, "near_poor": 30, "not_poor": 45}


def _sex_of(prefix: str) -> Callable[[Story], Mapping[str, float]]:
    return lambda story: {story.who(prefix).sex: 1}


TOLD: dict[str, Callable[[Story], Mapping[str, float]]] = {
    "applicant_kind": _kind, "declarant_relation": _declarant, "pupil_relation": _pupil_relation,
    "work_grade": _storeys, "status_now": _status_now, "purpose": _purpose, "family_relation": _kin_of_the_giver,
    "tax_exempt": _tax_exempt, "relation_to_head": _relation_to_head, "head_kind": _head, "group": _group,
    "household_kind": _household, "fee_exempt": _exempt, "own_status": _before, "partner_status": _before,
    "transfer_kind": _transfer,
    "relation": lambda story: {"child": 70, "parent": 30} if story.age < 60 else {"spouse": 1},
    **{f"{who}_sex": _sex_of(who) for who in ("child", "deceased", "subject", "partner", "beneficiary", "pupil")},
}  # fmt: skip


def choice(story: Story, one: forms.Field) -> Any:
    """One offered value; None for a question without any."""
    shares = TOLD[one.id](story) if one.id in TOLD else SHARES.get(one.id)
    if shares is None and one.id.endswith("ethnicity"):
        return story.once("people", lambda: _draw(story, one, _PEOPLES) or one.options[0].value)
    if shares is None and one.id.endswith("nationality"):
        return one.options[0].value
    drawn = _draw(story, one, shares or {})
    if drawn is not None:
        return drawn
    usual = one.options[0].value
    return usual if story.rng.random() < 0.7 else story.rng.choice(one.options).value


def choices(story: Story, one: forms.Field) -> list[Any]:
    """One of what may be ticked; nothing where nothing must be. A company takes no line made for households."""
    offered = list(one.options)
    if story.answers.get("applicant_kind") == "organisation":
        offered = [each for each in offered if not _for_people(each)] or offered
    return [story.rng.choice(offered).value] if offered else []


def _for_people(option: forms.Option) -> bool:
    label = fold(option.label.vi)
    return ("ca nhan" in label or "ho gia dinh" in label) and "to chuc" not in label


def yes_no(story: Story, one: forms.Field) -> bool:
    return story.rng.random() * 100 < YES.get(one.id, UNNAMED_YES)


def _draw(story: Story, one: forms.Field, shares: Mapping[str, float]) -> Any:
    offered = {value: share for value, share in shares.items() if share and one.option(value)}
    return story.rng.choices(list(offered), list(offered.values()))[0] if offered else None
