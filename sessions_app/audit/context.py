"""The id of the request at work, known to audit rows and log lines without being passed about."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Return the id of the present request; empty outside one (commands, tests)."""
    return _REQUEST_ID.get()


@contextmanager
def as_request(identity: str) -> Iterator[str]:
    """Let everything inside the block belong to the request `identity`."""
    token = _REQUEST_ID.set(identity)
    try:
        yield identity
    finally:
        _REQUEST_ID.reset(token)
