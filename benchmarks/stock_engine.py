"""The product's store of sign-ins, for a server that reads who asks as Django spells it."""

from contextlib import ExitStack

from benchmarks.stock import as_django_spells
from sessions_app.people.session_store import SessionStore

__all__ = ["SessionStore"]

_AS_LONG_AS_THE_SERVER_LIVES = ExitStack()
_AS_LONG_AS_THE_SERVER_LIVES.enter_context(as_django_spells())
