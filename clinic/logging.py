"""Log lines that never carry what the database says about a row.

PostgreSQL quotes the offending row in an error's DETAIL line; a patient's name would end in the
log. The formatter keeps the error's first line and drops what follows it.
"""

import logging
import re
import time
from types import TracebackType

from sessions_app.audit.context import request_id

# A quoted note may hold any lines, also ones that look like the next error's. So all is dropped
# from the first quoting line up to where Python begins the next part of a chained traceback.
_NEXT_PART = (
    r"\n\n(?:The above exception was the direct|During handling of the above) |\nTraceback \("
)
_ROW_QUOTING = re.compile(
    rf"^(?:DETAIL|CONTEXT|HINT|LINE \d+):.*?(?={_NEXT_PART}|\Z)", re.MULTILINE | re.DOTALL
)
# The link of an invitation lets somebody in: what stands behind this address is no line's business.
_SECRET_LINK = re.compile(r"(/people/join/)[^\s\"'<>]+")
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
        said = _ROW_QUOTING.sub("", super().format(record)).rstrip()
        lines = _SECRET_LINK.sub(r"\1…", said).splitlines()
        return "\n  ".join(_UNPRINTABLE.sub("�", line) for line in lines)

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the name is logging's
        """Format a traceback without the database's row quotes."""
        return _ROW_QUOTING.sub("", super().formatException(ei)).rstrip()
