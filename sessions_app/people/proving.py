"""Who changes how they sign in has shown a moment ago that it is they who sit there."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from sessions_app.people.factors import may_change

View = Callable[..., HttpResponse]

PROVED_AT = "proved_at"
ANOTHER_SIGN_IN = (
    "Your second factor was set up in another browser. Sign out, and sign in here with it; then "
    "you can change it."
)
GOOD_FOR = 600
"""Seconds for which a sign-in, or a proof, is fresh enough to change how one signs in."""


def prove(request: HttpRequest) -> None:
    """Note that the person has just shown who they are."""
    request.session[PROVED_AT] = int(time.time())


def is_proved(request: HttpRequest) -> bool:
    """Tell whether the person has shown it within the last minutes."""
    return bool(time.time() - request.session.get(PROVED_AT, 0) < GOOD_FOR)


def freshly_proved(view: View) -> View:
    """Guard a view: lead to the page that asks for the password or a passkey, and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_proved(request) and may_change(request):
            return view(request, *args, **kwargs)
        if is_proved(request):
            messages.error(request, ANOTHER_SIGN_IN)
            return redirect("people:own")
        # A form is not sent again by itself: who comes back finds its page and presses anew.
        back = request.path if request.method in ("GET", "HEAD") else reverse("people:own")
        return redirect(f"{reverse('people:prove')}?{urlencode({'next': back})}")

    return guarded
