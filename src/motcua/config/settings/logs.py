"""One JSON line per event, with the id of the request. Never answers, names or numbers of people."""

from typing import Any

import structlog

from .base import MOTCUA


def without_address(_logger: Any, _name: str, line: dict[str, Any]) -> dict[str, Any]:
    """Django's own lines end in the address asked for; addresses carry tracking references. Ours name routes."""
    if str(line.get("logger", "")).startswith("django."):
        line["event"] = str(line.get("event", "")).partition(": /")[0]
    return line


_shared: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    without_address,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
_renderer: Any = (
    structlog.processors.JSONRenderer(ensure_ascii=False)
    if MOTCUA.log_format == "json"
    else structlog.dev.ConsoleRenderer(colors=False)
)

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_shared,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": [*_shared, structlog.processors.format_exc_info],
            "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": MOTCUA.log_level},
    "loggers": {
        "django": {"handlers": [], "level": MOTCUA.log_level, "propagate": True},
        # request_log tells every answer already, once and without the query string
        "django.request": {"level": "ERROR"},
        # whoever scans the net with foreign host names fills no log with traces; the answer 400 is told by request_log
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "django.server": {"handlers": [], "level": "WARNING"},
    },
}
