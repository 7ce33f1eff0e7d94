"""What begins and ends a sign-in, here and in the person's other browsers."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.identity import NETWORK
from sessions_app.people import notice_actions as notices
from sessions_app.people.actions import set_password, signed_in
from sessions_app.people.browsers import browser_in_words
from sessions_app.people.device import device_of
from sessions_app.people.factors import PROVED
from sessions_app.people.means import Means
from sessions_app.people.models import User
from sessions_app.people.proving import prove
from sessions_app.people.session_store import BEGAN, BROWSER, MARK
from sessions_app.people.sign_in_model import SignIn


def sign_in(
    request: HttpRequest,
    *,
    user: User,
    means: Means,
    strong: bool | None = None,
    at: datetime | None = None,
) -> None:
    """Let a person in who has shown all that was asked; the browser session is a new one.

    `strong` says whether a second factor was shown, where the means alone do not tell.
    """
    at = at or timezone.now()
    if request.session.get(auth.SESSION_KEY) == str(user.pk):
        request.session.flush()
    device, is_first = device_of(request), user.last_login is None
    is_new_browser = not is_first and not (device and device.knows(user.email))
    backend = getattr(user, "backend", settings.AUTHENTICATION_BACKENDS[-1])
    auth.login(request, user, backend=backend)
    request.session[BEGAN] = at.isoformat()
    request.session[BROWSER] = browser_in_words(request.headers.get("User-Agent", ""))
    if means.is_strong if strong is None else strong:
        request.session[PROVED] = True
    prove(request)
    with transaction.atomic():
        signed_in(user, means=means, at=at)
        if is_new_browser:
            browser = request.session[BROWSER]
            notices.tell_of_new_browser(user, browser=browser, means=means, at=at)


def end_sign_in(user: User, *, mark: uuid.UUID, at: datetime | None = None) -> bool:
    """End one of a person's own sign-ins at once; False where it is not theirs, or over."""
    with transaction.atomic():
        ended, _ = SignIn.objects.filter(user=user, mark=mark).delete()
        if ended:
            _note(Event.SIGN_IN_ENDED, user, user, at, ended)
    return bool(ended)


def end_sign_ins(
    user: User, *, but: str | None = None, by: User | None, at: datetime | None = None
) -> int:
    """End all of a person's sign-ins; `but` is the mark of the one that goes on.

    Returns how many ended. `by` is the person, or the admin who does it (None: a command).
    """
    with transaction.atomic():
        rows = SignIn.objects.filter(user=user)
        if but:
            rows = rows.exclude(mark=uuid.UUID(but))
        ended, _ = rows.delete()
        _note(Event.SIGNED_OUT_EVERYWHERE, user, by, at, ended)
    return ended


def forget_browsers(user: User) -> int:
    """Delete every browser session of a person; return how many.

    A part of what shuts somebody out: that writes the event.
    """
    ended, _ = SignIn.objects.filter(user=user).delete()
    return ended


def set_own_password(request: HttpRequest, *, user: User, password: str) -> None:
    """Change the password of who is signed in here; all their other sign-ins end."""
    with transaction.atomic():
        SignIn.objects.filter(user=user).exclude(mark=request.session[MARK]).delete()
        set_password(user, password=password, by=user)
        at = timezone.now()
        notices.tell_of_change(user, what="You have another password now.", at=at)
        auth.update_session_auth_hash(request, user)


def _note(event: Event, user: User, by: User | None, at: datetime | None, ended: int) -> None:
    at, told = at or timezone.now(), {"ended": ended}
    audit.record(event, user, clinic_id=NETWORK, actor=by, new=told, at=at)
