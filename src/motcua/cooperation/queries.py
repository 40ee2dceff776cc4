"""Every read of joint tasks, and what they tell in words. What a person may see of them is decided by grant rows."""

from motcua.cooperation.reads import (
    PartAt,
    Work,
    agency_of,
    allowed_verbs,
    asked_of_others,
    before,
    count_late,
    get_visible,
    has_tasks,
    held_by,
    holding,
    holding_accounts,
    lead_tasks,
    may,
    may_consult,
    of_agency,
    overdue,
    page,
    papers_of,
    part_of,
    parts_of,
    passed_from,
    sees,
    standing_of,
    stranded,
    tasks_of,
    time_left,
    title_of,
    visible_to,
    waiting,
    waiting_counts,
    worklist,
    works_on,
)
from motcua.cooperation.story import Told, overview, told, told_of, waits
from motcua.cooperation.words import DONE, ROLES, STATES, TONES, VERBS

__all__ = [
    "DONE", "PartAt", "ROLES", "STATES", "TONES", "Told", "VERBS", "Work", "agency_of", "allowed_verbs",
    "asked_of_others", "before",
    "count_late", "get_visible", "has_tasks", "held_by", "holding", "holding_accounts", "lead_tasks", "may",
    "may_consult", "of_agency", "overdue", "overview", "page", "papers_of", "part_of", "parts_of", "passed_from",
    "sees", "standing_of", "stranded", "tasks_of", "time_left", "title_of",
    "told", "told_of", "visible_to", "waiting", "waiting_counts", "waits", "worklist", "works_on",
]  # fmt: skip
