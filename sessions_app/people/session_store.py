"""Where browser sessions are kept: Django's own store, on the table of sign-ins."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib import auth
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError
from django.utils import timezone

from sessions_app.fetching import nobodys
from sessions_app.identity import uuid7
from sessions_app.people.sign_in_model import SignIn

MARK, BEGAN, BROWSER = "mark", "began", "browser"
"""What a session's data and its row both hold."""


class SessionStore(db.SessionStore):
    """Sessions whose rows say whose they are, since when, and when they were last stored.

    A person at work has it stored once a minute (lasting.py), not at every request.
    """

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        """Return the table of sign-ins."""
        return SignIn

    def _get_session_from_db(self) -> SignIn | None:
        """Return the row, while it lasts; every page asks for it."""
        row = nobodys(SignIn, session_key=self.session_key)
        if row is not None and row.expire_date > timezone.now():
            return row
        self._session_key = None
        return None

    def save(self, must_create: bool = False) -> None:
        """Store the session. Raises what the database refused.

        Django takes every refusal of a new row for a key that is there already, and tries for
        ever; that is right only where it is.
        """
        try:
            super().save(must_create)
        except CreateError as refused:
            if self.exists(str(self.session_key)) or refused.__context__ is None:
                raise
            raise refused.__context__ from None

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        """Make the row; the session of a person gets its mark and its beginning once."""
        at, person = timezone.now(), data.get(auth.SESSION_KEY)
        if person:
            data.setdefault(MARK, uuid7().hex)
            data.setdefault(BEGAN, at.isoformat())
        row = cast(SignIn, super().create_model_instance(data))
        row.seen_at = at
        if person:
            row.user_id, row.mark = UUID(person), UUID(data[MARK])
            row.began_at = datetime.fromisoformat(data[BEGAN])
            row.browser = data.get(BROWSER, "")
        return row
