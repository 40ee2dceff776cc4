"""Lays out the static files with hashed names, where the web server finds them."""

import fcntl

from django.conf import settings
from django.core.management import call_command


def lay_out() -> None:
    """Collect and hash the static files into `var/static/`; one process at a time, no-op when names are not
    hashed."""
    if "Manifest" not in str(settings.STORAGES["staticfiles"]):
        return
    with (settings.MOTCUA.var / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        call_command("collectstatic", interactive=False, verbosity=0)
