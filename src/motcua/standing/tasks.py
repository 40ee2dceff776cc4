"""What follows in the background: the list is signed anew after each ruling and every day; the person is told."""

from __future__ import annotations

from motcua.dossiers import queries as dossiers
from motcua.foundation.events import Delivered, handles
from motcua.foundation.time import now
from motcua.foundation.work import task
from motcua.notices import actions as notices
from motcua.standing import actions, queries
from motcua.standing.events import ResultRuled


@task("standing.publish", cron="17 * * * *")
def publish() -> None:
    """Sign the list where something was ruled since, or a day has passed: its date tells that nothing is held back."""
    if not queries.is_current(queries.edition(), now()):
        actions.publish_list(now())


@handles(ResultRuled, name="standing.tell_applicant")
def tell_applicant(event: ResultRuled, delivery: Delivered) -> None:
    """Whoever holds the result learns what became of it."""
    row = dossiers.whole(event.dossier)
    if row is None:
        return
    known = (("account", row.filer_id), ("party", row.applicant_id))
    notices.tell(
        [f"{kind}:{id_}" for kind, id_ in known if id_],
        kind=f"result.{event.kind}",
        subject=delivery.subject,
        seq=delivery.seq,
        at=delivery.at,
        params={"dossier": event.dossier, "code": row.code, "state": row.business_state},
    )
