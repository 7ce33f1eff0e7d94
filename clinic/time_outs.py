"""Sign-ins that end by themselves: after the clinic's time without activity, after 12 hours."""

from collections.abc import Callable
from functools import cache

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clinic.same_clinic import is_of_another_clinic
from sessions_app.people import kept, kept_actions, lasting

Answer = Callable[[HttpRequest], HttpResponse]

_NO_ACTIVITY = ("people:state",)
"""Pages that a browser asks for by itself: they keep nobody signed in."""


def time_outs(get_response: Answer) -> Answer:
    """Sign out who did nothing for too long; note what is done; stamp each new sign-in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _end_or_note(request)
        arrived, key = request.user, request.session.session_key
        response = get_response(request)
        # `login` puts another person on the request, whatever sign-in called it.
        if request.user is not arrived and request.user.is_authenticated:
            lasting.begin(request.session)
            if request.session.session_key == key:  # who was signed in already keeps it otherwise
                request.session.cycle_key()
        return response

    return middleware


def kept_forms(get_response: Answer) -> Answer:
    """After a sign-in lead to the form that was not saved; forget it once it is sent.

    A form of another clinic stays: its person has to choose that clinic first.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        arrived = request.user
        response = get_response(request)
        if request.user is not arrived and response.status_code == 302:
            if found := kept.kept_for(request):
                return redirect("people:kept_form", found.pk)
        elif request.method == "POST" and kept.KEPT_HERE in request.POST:
            found = kept.kept_for(request, request.POST[kept.KEPT_HERE])
            if found and response.status_code < 500 and not is_of_another_clinic(request):
                kept_actions.drop_kept(found)
        return response

    return middleware


def _end_or_note(request: HttpRequest) -> None:
    session = request.session
    if not lasting.is_begun(session):  # signed in before there were time-outs
        lasting.begin(session)
    elif lasting.seconds_left(session, lasting.idle_minutes(request)) <= 0:
        auth.logout(request)
        request.memberships = []  # type: ignore[attr-defined]
    elif request.path not in _quiet():
        lasting.note_activity(session)


@cache
def _quiet() -> frozenset[str]:
    return frozenset(reverse(name) for name in _NO_ACTIVITY)
