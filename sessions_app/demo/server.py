"""Serving the demo on loopback until Ctrl-C: Django's own threaded server, without its reloader."""

import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.servers.basehttp import (
    ThreadedWSGIServer,
    WSGIRequestHandler,
    get_internal_wsgi_application,
)

HOST = "127.0.0.1"


class Server(ThreadedWSGIServer):
    """Takes the port at once, and answers as soon as the application is there."""

    request_queue_size = 128
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), WSGIRequestHandler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that went away; real errors are logged by Django itself."""

    def serve(self, ready: Callable[[], None]) -> None:
        """Load the application, call `ready`, and answer until Ctrl-C or SIGTERM."""
        with _stoppable():
            with warnings.catch_warnings():
                # No `collectstatic` here: WhiteNoise takes the files from where they are written.
                warnings.filterwarnings("ignore", message="No directory at")
                self.set_app(get_internal_wsgi_application())
            ready()
            self.serve_forever()


class Stopped(Exception):
    """The process was asked to end."""


@contextmanager
def _stoppable() -> Iterator[None]:
    before = {sent: signal.signal(sent, _stop) for sent in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except Stopped:
        pass
    finally:
        for sent, handler in before.items():
            signal.signal(sent, handler)


def _stop(_signal: int, _frame: Any) -> None:
    raise Stopped
