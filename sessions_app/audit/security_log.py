"""What somebody tried and was not let: one line for each, for whoever watches over the server.

A line has a kind, the page and the person's id, and no name, no e-mail address, no address of a
machine and nothing that was typed. An account that was tried, and the place it was tried from, are
told by keyed marks: the same one has the same mark, and nobody can be read out of it. What was done
stands in the audit trail; what was refused writes no row there, or anybody could fill it.
"""

import logging
from enum import StrEnum
from typing import Any

from django.http import HttpRequest

log = logging.getLogger("stillhand.security")


class Noticed(StrEnum):
    """Every kind of line; docs/security/practice.md says what each means."""

    do_not_call_in_templates: bool

    WRONG_PASSWORD = "password.wrong"  # noqa: S105 - a kind of line
    HELD_OFF = "password.held_off"
    LETTER_HELD_OFF = "letter.held_off"
    WRONG_CODE = "code.wrong"
    CODE_HELD_OFF = "code.held_off"
    NOT_CONFIRMED = "hospital.refused"
    NO_PASSKEY = "passkey.refused"
    PASSKEY_WENT_BACK = "passkey.went_back"
    TOO_FAST = "pace.exceeded"
    NOT_ALLOWED = "permission.refused"
    NOT_THERE = "row.not_there"
    NO_SEAL = "form.without_seal"
    UNREADABLE = "request.refused"
    DEAD_LINK = "invitation.dead_link"
    DATABASE_REFUSED = "database.refused"
    UNFORESEEN = "error.unforeseen"


Noticed.do_not_call_in_templates = True  # as in every closed list, see `Coded`


def note(kind: Noticed, request: HttpRequest | None, **marks: str) -> None:
    """Write one line; `marks` are words of our own, never something that was sent."""
    said = {"page": _page(request), "person": _person(getattr(request, "user", None)), **marks}
    words = " ".join(f"{name}={value}" for name, value in said.items() if value)
    log.warning("%s %s", kind.value, words)


def note_failure(error: BaseException | None, request: HttpRequest) -> None:
    """Note an error that nobody foresaw by its type; of a rule of the database also the name.

    Its words are left out: a database quotes rows in them.
    """
    if error is None:
        return
    kind = type(error).__name__
    rule = _rule(error)
    noticed = Noticed.DATABASE_REFUSED if kind == "IntegrityError" else Noticed.UNFORESEEN
    note(noticed, request, error=kind, rule=rule)


def _rule(error: BaseException) -> str:
    """Return the name of the constraint or guard that refused; empty where none is told."""
    named = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    said = named or (str(error).splitlines() or [""])[0].removeprefix("CHECK constraint failed: ")
    return said if said.isidentifier() else ""


def _page(request: HttpRequest | None) -> str:
    match = getattr(request, "resolver_match", None)
    return match.view_name if match else ""


def _person(user: Any) -> str:
    return str(user.pk) if user is not None and user.is_authenticated else ""
