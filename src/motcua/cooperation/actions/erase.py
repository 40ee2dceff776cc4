"""What others wrote for a dossier goes with it; that they did it, when and how late, stays to be counted."""

from __future__ import annotations

from typing import Any

from motcua.cooperation.models import HandedPaper, JointTask, TaskGrant
from motcua.foundation.acts import Act


def erase(act: Act, dossier: Any) -> list[int]:
    """Erase questions, answers, numbers and files of the dossier's tasks, within the act that erases it; the files."""
    tasks = JointTask.objects.filter(dossier=dossier)
    files = list(tasks.exclude(file=None).values_list("file", flat=True))
    HandedPaper.objects.filter(task__in=tasks).delete()
    TaskGrant.objects.filter(task__in=tasks).delete()
    tasks.update(question="", answer="", number="", file=None)
    return files
