"""The way in: what was shown decides whether a person stands before the second step or inside."""

import time
import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from sessions_app.people import sign_in_actions
from sessions_app.people.factors import asks_second_step
from sessions_app.people.means import Means
from sessions_app.people.models import User

HALF = "half_signed_in"
"""In the browser session: who has given the password, and not yet the second factor."""
HALF_LASTS = 600


def after_first_step(
    request: HttpRequest, user: User, *, means: Means, wanted: str
) -> HttpResponse:
    """Go on with a person whose password, or whose hospital, was right."""
    if not asks_second_step(user):
        return let_in(request, user, means=means, wanted=wanted)
    request.session[HALF] = {
        "user": str(user.pk),
        "backend": getattr(user, "backend", settings.AUTHENTICATION_BACKENDS[-1]),
        "wanted": wanted,
        "at": int(time.time()),
        "password": user.get_session_auth_hash(),
    }
    return redirect("people:second_step")


def half_signed_in(request: HttpRequest) -> tuple[User, str] | None:
    """Return who stands before the second step, and which page they wanted; None if nobody."""
    half: dict[str, Any] | None = request.session.get(HALF)
    if half is None or time.time() - half["at"] > HALF_LASTS:
        return None
    user = User.objects.filter(pk=uuid.UUID(half["user"]), is_active=True).first()
    if user is None or half.get("password") != user.get_session_auth_hash():
        return None  # closed, or another password was set meanwhile
    if not asks_second_step(user):
        return None  # the factors were reset meanwhile: the first step leads in by itself again
    user.backend = half["backend"]
    return user, half["wanted"]


def let_in(
    request: HttpRequest, user: User, *, means: Means, wanted: str, strong: bool | None = None
) -> HttpResponse:
    """Sign a person in, and lead to the page that was asked for."""
    request.session.pop(HALF, None)
    sign_in_actions.sign_in(request, user=user, means=means, strong=strong)
    return redirect(own_page(request, wanted))


def own_page(request: HttpRequest, wanted: str, otherwise: str = "") -> str:
    """Return the page that was asked for where it is ours, else the first page."""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return resolve_url(otherwise or settings.LOGIN_REDIRECT_URL)
