"""The settings object, the rooms as Django apps, the order of the middleware."""

import os
from importlib.util import find_spec

from motcua.config import settings_object
from motcua.floors import FLOORS, floor_of

MOTCUA = settings_object.load()

DEBUG = MOTCUA.debug
SECRET_KEY = MOTCUA.secret_key
ALLOWED_HOSTS = list(MOTCUA.allowed_hosts) + (["testserver"] if MOTCUA.env == "test" else [])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
APPEND_SLASH = True


def exists(name: str) -> bool:
    """Tell whether a dotted module can be imported, without importing it."""
    parts = name.split(".")
    return all(find_spec(".".join(parts[:count])) for count in range(2, len(parts) + 1))


def installed_rooms() -> list[str]:
    """Return the rooms that are Django apps (those with an apps.py), from the ground up.

    `MOTCUA_TEST_FLOOR=agencies` stops above that room's floor: a floor must stand without those above it.
    """
    top = os.environ.get("MOTCUA_TEST_FLOOR")
    floors = FLOORS[: floor_of(top) + 1] if top else FLOORS
    return [room for floor in floors for room in floor if exists(f"motcua.{room}.apps")]


INSTALLED_ROOMS = installed_rooms()
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *(f"motcua.{room}" for room in INSTALLED_ROOMS),
]

_MIDDLEWARE = [
    "motcua.config.middleware.request_log",
    "motcua.config.middleware.caller_address",
    "django.middleware.security.SecurityMiddleware",
    "motcua.config.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.config.middleware.note_visit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "motcua.config.middleware.storable_text",
    "motcua.config.middleware.machine_methods",
    "motcua.config.middleware.request_size",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "motcua.foundation.middleware.RefusalMiddleware",
    "motcua.foundation.middleware.ActorMiddleware",
    "motcua.accounts.middleware.IdleLockMiddleware",
]
MIDDLEWARE = [
    name
    for name in _MIDDLEWARE
    if not name.startswith("motcua.")
    or (name.split(".")[1] in ["config", *INSTALLED_ROOMS] and exists(name.rpartition(".")[0]))
]
