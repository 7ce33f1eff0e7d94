"""«I have forgotten my password»: what is done for an address, whether it is known here or not."""

import time

from django.http import HttpRequest

from sessions_app.audit.security_log import Noticed, note
from sessions_app.people import counters, try_actions
from sessions_app.people.password_link_actions import LinkTo, send_link

TAKES = 0.4
"""Seconds of every answer: more than a letter costs, as long as a password that is tried."""


def ask(request: HttpRequest, email: str, *, link_to: LinkTo) -> int:
    """Have a letter written where there is an account; return the seconds to wait if too many.

    It takes the same time with and without an account.
    """
    begun, counted = time.monotonic(), counters.as_counted(email)
    wait = try_actions.reserve(counters.letters_of(request, counted), at_ms=counters.now_ms())
    request.held_off = wait  # type: ignore[attr-defined]
    if wait:
        note(Noticed.LETTER_HELD_OFF, request, **counters.marks_of(request, counted))
        return wait
    send_link(counted, link_to=link_to)
    try_actions.forget_old(at_ms=counters.now_ms())
    time.sleep(max(0.0, begun + TAKES - time.monotonic()))
    return 0
