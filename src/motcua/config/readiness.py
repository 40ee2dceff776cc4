"""Making an installation ready by itself: tables, and on a trial the packs, published once."""

from __future__ import annotations


class NotReady(Exception):
    """The installation cannot be made ready; the text says what to do."""


def make_ready() -> None:
    """Bring the tables up to date, and where nothing is published yet, publish the packs of the configured layers.

    Later differences between files and publications are never taken over by themselves (`motcua packs diff`).
    Raises NotReady where real people are served: there a person publishes.
    """
    from django.conf import settings
    from django.core.management import call_command

    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.models import PackVersion
    from motcua.foundation.packs import store
    from motcua.foundation.time import now

    call_command("migrate", verbosity=0, interactive=False)
    if PackVersion.objects.filter(state=PackVersion.State.PUBLISHED).exists():
        return
    if not settings.MOTCUA.simulation:
        raise NotReady("motcua packs load; motcua packs publish")
    purpose = "MÔ PHỎNG: xuất bản gói dữ liệu lần đầu"
    store.load(new_act(system("trial"), at=now(), purpose=purpose), list(settings.MOTCUA.layers))
    store.publish_all(new_act(system("trial"), at=now(), purpose=purpose))
