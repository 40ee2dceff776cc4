"""A reorganisation gave a dossier to another agency or desk: the rights on its tasks follow, nothing else changes."""

from __future__ import annotations

from motcua.cooperation.actions.base import write_rights
from motcua.cooperation.models import JointTask
from motcua.foundation.acts import Act, action


@action("cooperation.follow_holder")
def follow_holder(act: Act, *, dossier: str) -> dict:
    """Write the rights on every task of a dossier (public id) anew: who asked, and whom late answers are told to. The
    lead's own part goes by an act of its own (`pass_on`). Answers {tasks: how many}."""
    tasks = JointTask.objects.select_for_update(of=("self",)).filter(dossier__public_id=dossier)
    rows = list(tasks.select_related("dossier").order_by("pk"))
    for row in rows:
        write_rights(row)
    return {"tasks": len(rows)}
