"""The settings object, the rooms as Django apps, the order of the middleware."""

from importlib.util import find_spec

from motcua.config import settings_object
from motcua.floors import ROOMS

MOTCUA = settings_object.load()

DEBUG = MOTCUA.debug
SECRET_KEY = MOTCUA.secret_key
ALLOWED_HOSTS = list(MOTCUA.allowed_hosts) + (["testserver"] if MOTCUA.env == "test" else [])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
APPEND_SLASH = True


def _exists(name: str) -> bool:
    """Tell whether a dotted module can be imported, without importing it."""
    parts = name.split(".")
    return all(find_spec(".".join(parts[:count])) for count in range(2, len(parts) + 1))


# A room is a Django app when it has an apps.py; kernel has none. The order is that of the floors.
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *(f"motcua.{room}" for room in ROOMS if _exists(f"motcua.{room}.apps")),
]


_MIDDLEWARE = [
    "motcua.config.middleware.request_log",
    "motcua.config.middleware.caller_address",
    "django.middleware.security.SecurityMiddleware",
    "motcua.config.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "motcua.foundation.middleware.RefusalMiddleware",
    "motcua.foundation.middleware.ActorMiddleware",
    "motcua.accounts.middleware.IdleLockMiddleware",
]
# A floor can be built and tested without those above it.
MIDDLEWARE = [
    name for name in _MIDDLEWARE if not name.startswith("motcua.") or _exists(name.rpartition(".")[0])
]
