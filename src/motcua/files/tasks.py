"""What the stored files do on their own: what nobody refers to is forgotten after a day."""

from __future__ import annotations

from django.conf import settings

from motcua.files import actions
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.time import now
from motcua.foundation.work import task


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
