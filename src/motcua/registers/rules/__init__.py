"""Decisions of the registers: facts, papers, bundles. No Django, no table, no clock."""

from motcua.registers.rules.bundles import Plan, Round, Step, plan
from motcua.registers.rules.facts import Fact, Register, Registers, add_months, ended_of, same
from motcua.registers.rules.papers import (
    ABOUT_ANOTHER,
    BEHALF,
    DIGITISED_BY,
    HER_OWN_HAND,
    NAME_MAX,
    ORGANISATION,
    REUSED,
    SELF,
    Held,
    Kind,
    Kinds,
    Offer,
    Origin,
    Said,
    Stored,
    kinds_of,
    offers,
    source_of,
    valid_until,
)
from motcua.registers.rules.saving import (
    Bundle,
    Count,
    Demand,
    Person,
    bundles_of,
    count,
    demands,
    persons_of,
    step_of,
)

__all__ = [
    "Bundle", "Count", "Demand", "Person", "bundles_of", "count", "demands", "persons_of", "step_of",
    "ABOUT_ANOTHER", "BEHALF", "DIGITISED_BY", "HER_OWN_HAND", "NAME_MAX", "ORGANISATION", "REUSED", "SELF", "Fact",
    "Held", "Kind", "Kinds", "Offer", "Origin", "Plan", "Register", "Registers", "Round", "Said", "Step", "Stored",
    "add_months", "ended_of", "kinds_of", "offers", "plan", "same", "source_of", "valid_until",
]  # fmt: skip
