"""What is wrong with an imported list, in words."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.catalogue.rules.lists import LineProblem, Unreadable


def unreadable(problem: Unreadable) -> str:
    return problem.why["en" if (get_language() or "vi").startswith("en") else "vi"]


def line_problem(problem: LineProblem) -> str:
    """One sentence for one wrong line, in the reader's language."""
    sentences = {
        "missing_code": _("Thiếu mã thủ tục."),
        "code_form": _("Mã “{found}” không đúng dạng, ví dụ đúng: 1.001193."),
        "missing_name": _("Thủ tục {found} không có tên."),
        "twice": _("Mã {found} xuất hiện hai lần (số trong ngoặc là dòng đầu)."),
        "too_long": _("Ô “{found}” dài quá mức cho phép."),
        "cells": _("Số ô của dòng không khớp với dòng tiêu đề (thủ tục {found})."),
    }
    return sentences[problem.code].format(found=problem.found)
