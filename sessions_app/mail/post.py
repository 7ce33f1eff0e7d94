"""A try right after the commit, beside the request: it waits for nothing and fails with nothing."""

import logging
import threading

from django.db import connections

from sessions_app.mail import configured
from sessions_app.mail.sending import send_due

THREAD = "stillhand-post"
log = logging.getLogger(__name__)
_wanted = threading.Event()
_at_work = threading.Lock()


def soon() -> None:
    """Send what is due, in a thread of its own; at most one in a process."""
    if not configured():
        return
    _wanted.set()
    # Not a daemon: a process that ends lets a letter under way be noted as sent.
    threading.Thread(target=_send, name=THREAD).start()


def _send() -> None:
    while _wanted.is_set() and _at_work.acquire(blocking=False):
        try:
            _wanted.clear()
            send_due()
        except Exception as problem:  # `send_mail` tries again; an error's words may quote a row
            log.warning("letters were not sent: %s", type(problem).__name__)
        finally:
            connections.close_all()
            _at_work.release()
