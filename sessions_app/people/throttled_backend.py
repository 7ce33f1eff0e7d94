"""Signing in with e-mail address and password, a few tries at a time (ADR 0020).

Any sign-in that asks `django.contrib.auth.authenticate(request, …)` is held to it. It must be the
only backend that reckons a password's hash: a second one would spend a second hash on each try.
"""

import secrets
import unicodedata
from functools import cache
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password, get_hasher, make_password
from django.http import HttpRequest

from sessions_app.audit.security_log import Noticed, note
from sessions_app.fetching import nobodys
from sessions_app.people import counters, try_actions
from sessions_app.people.counters import as_counted, marks_of, tries_of
from sessions_app.people.models import User

LONGEST = 1024
"""Characters of a password that are looked at; more is wrong without a hash."""


class ThrottledBackend(ModelBackend):
    """Look an account up by its e-mail address; a try that must wait costs no hash.

    The wait, in seconds, is then told by `waits.held_off(request)`.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **said: Any,
    ) -> User | None:
        """Return the person, or None; known and unknown accounts take the same time."""
        email = as_counted(username or said.get("email") or "")
        if not email or not password or len(password) > LONGEST:
            return None
        counted, own = tries_of(request, email)
        wait = try_actions.reserve(counted, at_ms=counters.now_ms())
        if request is not None:
            request.held_off = wait  # type: ignore[attr-defined]
        if wait:
            note(Noticed.HELD_OFF, request, **marks_of(request, email))
            return None
        user = _matching(email, password)
        if user is None:
            note(Noticed.WRONG_PASSWORD, request, **marks_of(request, email))
            try_actions.forget_old(at_ms=counters.now_ms())
        else:
            try_actions.give_back(counted, own=own)
        return user

    def get_user(self, user_id: Any) -> User | None:
        """Return the person whose sign-in this is, while the account is open: every page asks."""
        user = nobodys(User, id=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


def _matching(email: str, password: str) -> User | None:
    """Return the active account with this password, after exactly one hash in every case."""
    user = User.objects.filter(email=email, is_active=True).first()
    nobody = _nobodys(get_hasher().algorithm)  # made for a known account as for an unknown one
    if user is None or not user.has_usable_password():
        check_password(unicodedata.normalize("NFC", password), nobody)
        return None
    return user if user.check_password(password) else None


@cache
def _nobodys(algorithm: str) -> str:
    """Return the hash of a password that nobody knows, made once in each process."""
    return make_password(secrets.token_urlsafe(32), hasher=algorithm)
