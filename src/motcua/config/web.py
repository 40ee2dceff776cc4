"""The web server process: granian with our WSGI application, ending when its supervisor is gone."""

import os

from .supervisor import follow_parent

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


def __getattr__(name: str):
    """Make `application` when a worker process asks for it: the serving parent needs no Django."""
    if name == "application":
        from .wsgi import application

        follow_parent(os.getppid())
        return application
    raise AttributeError(name)
