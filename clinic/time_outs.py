"""Sign-ins that end by themselves: after the clinic's time without activity, after 12 hours."""

from collections.abc import Callable
from functools import cache

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from sessions_app.people import lasting

Answer = Callable[[HttpRequest], HttpResponse]

_NO_ACTIVITY: tuple[str, ...] = ()
"""Pages that a browser asks for by itself: they keep nobody signed in."""


def time_outs(get_response: Answer) -> Answer:
    """Sign out who did nothing for too long; note what is done; stamp each new sign-in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _end_or_note(request)
        arrived = request.user
        response = get_response(request)
        # `login` puts another person on the request, whatever sign-in called it.
        if request.user is not arrived and request.user.is_authenticated:
            lasting.begin(request.session)
        return response

    return middleware


def idle_minutes(request: HttpRequest) -> int:
    """Return how long one may do nothing: as the clinic decides in which the person acts."""
    membership = getattr(request.user, "membership", None)
    return membership.clinic.idle_minutes if membership else lasting.USUAL_IDLE_MINUTES


def _end_or_note(request: HttpRequest) -> None:
    session = request.session
    if not lasting.is_begun(session):  # signed in before there were time-outs
        lasting.begin(session)
    elif lasting.seconds_left(session, idle_minutes(request)) <= 0:
        auth.logout(request)
        request.memberships = []  # type: ignore[attr-defined]
    elif request.path not in _quiet():
        lasting.note_activity(session)


@cache
def _quiet() -> frozenset[str]:
    return frozenset(reverse(name) for name in _NO_ACTIVITY)
