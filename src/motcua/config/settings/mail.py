"""Where e-mail goes: to a mail server by `email_url`, else into `var/mail/`, where a trial can read it."""

from urllib.parse import parse_qs, unquote, urlsplit

from .base import MOTCUA

DEFAULT_FROM_EMAIL = SERVER_EMAIL = MOTCUA.email_from
EMAIL_TIMEOUT = 20  # seconds; the worker sends, nobody waits for it

if MOTCUA.env == "test":
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
elif MOTCUA.email_url:
    _address = urlsplit(MOTCUA.email_url)
    _options = parse_qs(_address.query)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _address.hostname or "localhost", _address.port or 25
    EMAIL_HOST_USER = unquote(_address.username or "")
    EMAIL_HOST_PASSWORD = unquote(_address.password or "")
    EMAIL_USE_SSL = _address.scheme == "smtps"
    EMAIL_USE_TLS = not EMAIL_USE_SSL and _options.get("tls", ["false"])[0] == "true"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MOTCUA.var / "mail"
