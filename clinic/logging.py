"""Log lines that carry nothing about a patient.

An error is told without the values that it quotes (discreet.py). PostgreSQL quotes the offending
row in an error's DETAIL line, which may stand in a message too: the formatter drops what follows
the first line. An address that is none of ours may hold anything: it is not written.
"""

import logging
import re
import time
from types import TracebackType

from django.http import HttpRequest

from clinic import discreet
from sessions_app.audit.context import request_id

# A quoted note may hold any lines, also ones that look like the next error's. So all is dropped
# from the first quoting line up to where Python begins the next part of a chained traceback.
_NEXT_PART = (
    r"\n\n(?:The above exception was the direct|During handling of the above) |\nTraceback \("
)
_ROW_QUOTING = re.compile(
    rf"^(?:DETAIL|CONTEXT|HINT|LINE \d+):.*?(?={_NEXT_PART}|\Z)", re.MULTILINE | re.DOTALL
)
# These links let somebody in: what stands behind such an address is no line's business.
_SECRET_LINK = re.compile(r"(/people/join/|/sign-in/new-password/)[^\s\"'<>]+")
# What would move a terminal's cursor; line ends are dealt with before.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """One line with time (UTC), level, request id; tracebacks without the database's row quotes.

    Whatever follows on further lines is indented: what begins at the margin, we wrote.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Add the request id; drop lines in which PostgreSQL quotes a row, and secret links."""
        record.request_id = request_id() or "-"
        said = _without_strange_address(record, super().format(record))
        said = _ROW_QUOTING.sub("", said).rstrip()
        lines = _SECRET_LINK.sub(r"\1…", said).splitlines()
        return "\n  ".join(_UNPRINTABLE.sub("�", line) for line in lines)

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the name is logging's
        """Format a traceback without the values that its errors quote."""
        return discreet.told(ei[1]) if ei[1] else ""


def _without_strange_address(record: logging.LogRecord, said: str) -> str:
    """Drop the address of a request that led to no page; Django's own messages quote it."""
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest) or request.resolver_match is not None:
        return said
    return said.replace(request.path, "(no address of ours)") if len(request.path) > 1 else said
