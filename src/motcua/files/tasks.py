"""What the stored files do on their own: what nobody refers to is forgotten after a day."""

from __future__ import annotations

from django.conf import settings

from motcua.files import actions
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.time import now
from motcua.foundation.work import enqueue, task

WIPES_MOST = 3  # after that the daily sweep has it


@task("files.sweep", cron="47 2 * * *")
def sweep() -> None:
    """Uploads that were never attached, and contents that no file names any more."""
    after = 0
    while after is not None:
        act = new_act(system("files"), at=now(), purpose="Dọn tệp không dùng")
        after = actions.discard_unused(act, after=after)["next"]
    actions.sweep_store()
    if len(settings.MOTCUA.data_keys) > 1:  # a key is being changed
        actions.reseal_store()


@task("files.wipe")
def wipe(*, addresses: list[str], again: int = 0) -> None:
    """The bytes of what was just erased; what somebody handed in within the hour is looked at once more after it."""
    waiting = actions.wipe(addresses)
    if waiting and again < WIPES_MOST:
        after = now() + actions.WIPED_AFTER * 1.1
        key = f"{waiting[0]}/{after:%Y%m%d%H%M%S%f}"
        enqueue("files.wipe", key=key, run_after=after, addresses=waiting, again=again + 1)
