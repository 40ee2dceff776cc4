"""Who is signed in, and how long. The screen lock itself lives in `accounts`."""

from .base import INSTALLED_ROOMS, MOTCUA

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "motcua_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = MOTCUA.session_hours_max * 3600
SESSION_SAVE_EVERY_REQUEST = False  # reading a page must not write to the database
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

if "accounts" in INSTALLED_ROOMS:
    AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "/account/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
