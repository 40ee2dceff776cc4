"""The web server process: granian with our WSGI application, ending when its supervisor is gone."""

import os
from threading import Thread

import structlog

from .supervisor import follow_parent

log = structlog.get_logger(__name__)
THREADS = 4  # per process; a request waits for the database, not for the processor
SECONDS_TO_END = 10


def serve(host: str, port: int, processes: int) -> None:
    """Serve until SIGTERM or SIGINT. A worker process that dies is started again."""
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    follow_parent()
    Server(
        "motcua.config.web:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=processes,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=SECONDS_TO_END,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()


def warm() -> None:
    """Read beforehand what the first page would wait for: the addresses with their rooms, published procedures and
    agencies, the index of the search, what the assistant has learnt. Beside the first requests, never before them;
    what fails here is told by the page that needs it."""
    from django.db import close_old_connections, connection
    from django.urls import get_resolver

    from motcua.agencies import queries as agencies
    from motcua.assistant import queries as assistant
    from motcua.catalogue import queries as catalogue
    from motcua.foundation.time import local_date, now

    try:
        get_resolver().url_patterns  # noqa: B018  imports every room's pages
        agencies.receiving_agencies(local_date(now()))
        catalogue.life_events()
        catalogue.warm()
        assistant.warm()
    except Exception as problem:  # noqa: BLE001  a start must not fail for what is only sooner
        log.warning("not warmed", problem=type(problem).__name__)
    finally:
        close_old_connections()
        connection.close()


def __getattr__(name: str):
    """Make `application` when a worker process asks for it: the serving parent needs no Django."""
    if name == "application":
        from .wsgi import application

        follow_parent(os.getppid())
        Thread(target=warm, name="warm", daemon=True).start()
        return application
    raise AttributeError(name)
