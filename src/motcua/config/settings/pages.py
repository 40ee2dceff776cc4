"""Templates and static files. Pages lie in the rooms; files are served by the program itself."""

from motcua.config import paths

from .base import INSTALLED_APPS, MOTCUA

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [paths.PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "motcua.config.context.house",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
LOCALE_PATHS = [
    path for app in INSTALLED_APPS if (path := paths.PACKAGE / app.rpartition(".")[2] / "locale").is_dir()
] + [
    paths.PACKAGE / room / "locale"
    for room in ("config", "kernel")
    if (paths.PACKAGE / room / "locale").is_dir()
]

STATIC_URL = "/static/"
STATIC_ROOT = MOTCUA.var / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise looks at start; `motcua serve` fills it
_hashed = MOTCUA.env != "test" and not MOTCUA.debug
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MOTCUA.var / "media")},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _hashed
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _hashed
WHITENOISE_AUTOREFRESH = MOTCUA.debug
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a long declaration with many rows; far below what hurts
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # larger files go to the disk while they arrive
FILE_UPLOAD_PERMISSIONS = 0o600
# Beside the stored files: the room that is left there is watched, and a move needs no copy.
FILE_UPLOAD_TEMP_DIR = MOTCUA.var / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
