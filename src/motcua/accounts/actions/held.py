"""Forms that were sent while the screen was locked, kept sealed until their owner is back."""

from __future__ import annotations

import json

from motcua.accounts import rules
from motcua.accounts.actions._common import demand_manager, demand_owner, locked_account, subject
from motcua.accounts.models import HeldPost, SignInGuard
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record


@action("accounts.hold_post")
def hold_post(act: Act, *, account: str, path: str, fields: dict[str, list[str]], files: list[str]) -> dict:
    """Keep a form (its address, its fields, the names of its files) for a few hours. Returns {"held": public id}.

    Only the last five of an account are kept. The content is sealed and enters no journal.
    """
    held_by = locked_account(account)
    demand_owner(act, held_by)
    body = json.dumps({"fields": fields, "files": files}, ensure_ascii=False)
    held = HeldPost.objects.create(
        account=held_by, path=path[:2000], body=body, held_at=act.at, expires_at=act.at + rules.HELD_FOR
    )
    kept = held_by.held_posts.order_by("-held_at", "-pk").values_list("pk", flat=True)[
        : rules.HELD_PER_ACCOUNT
    ]
    held_by.held_posts.exclude(pk__in=list(kept)).delete()
    record(act, "account.form_held", subject(held_by), facts={"held": held.public_id})
    return {"held": held.public_id}


@action("accounts.discard_held")
def discard_held(act: Act, *, account: str, held: str) -> dict:
    """Throw a held form away; nothing happens when it is gone already."""
    held_by = locked_account(account)
    demand_owner(act, held_by)
    if held_by.held_posts.filter(public_id=held).delete()[0]:
        record(act, "account.held_form_discarded", subject(held_by), facts={"held": held})
    return {"held": held}


@action("accounts.forget_old")
def forget_old(act: Act) -> dict:
    """Delete held forms past their hours and counts of failures a day old; both are means, not records."""
    demand_manager(act)
    forms = HeldPost.objects.filter(expires_at__lte=act.at).delete()[0]
    counts = SignInGuard.objects.filter(last_at__lt=act.at - rules.FAILURES_FORGOTTEN_AFTER).delete()[0]
    return {"forms": forms, "counts": counts}
