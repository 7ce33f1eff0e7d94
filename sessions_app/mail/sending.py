"""Sends what is due, letter by letter, by Django's own SMTP backend."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.utils import timezone

from sessions_app.mail import delivery_actions
from sessions_app.mail.failures import Failure, kind_of
from sessions_app.mail.models import Letter

SMTP = "django.core.mail.backends.smtp.EmailBackend"
"""By name: EMAIL_BACKEND is the outbox itself, for what is written by somebody else's code."""

log = logging.getLogger(__name__)


@dataclass
class Round:
    """What one round of sending came to."""

    sent: int = 0
    again: int = 0
    given_up: int = 0


def send_due(now: datetime | None = None) -> Round:
    """Send every letter that is due; a server that does not answer ends the round."""
    done, server = Round(), get_connection(SMTP)
    try:
        while letter := delivery_actions.claim(at=now or timezone.now()):
            failure = _failure(letter, server, now or timezone.now())
            _note(letter, failure, done, now or timezone.now())
            if failure in (Failure.UNREACHABLE, Failure.SIGN_IN):
                break
    finally:
        _hang_up(server)
    delivery_actions.forget_bodies(at=now or timezone.now())
    return done


def _failure(letter: Letter, server: BaseEmailBackend, now: datetime) -> Failure | None:
    """Try to send a letter; return why it did not go, None where it went."""
    if letter.written_at < now - delivery_actions.WORTH_SENDING:
        return Failure.TOO_OLD
    message = EmailMessage(
        letter.subject, letter.body, settings.DEFAULT_FROM_EMAIL, [letter.to], connection=server
    )
    try:
        validate_email(letter.to)
        server.open()  # once for all letters; who finds it open goes on with it
        message.send()
    except Exception as refusal:
        _hang_up(server)
        return kind_of(refusal)
    return None


def _note(letter: Letter, failure: Failure | None, done: Round, now: datetime) -> None:
    if failure is None:
        delivery_actions.note_sent(letter, at=now)
        done.sent += 1
        return
    delivery_actions.note_failure(letter, failure=failure, at=now)
    # The server's own words name the address, so the line has its kind alone.
    log.warning("letter %s was not sent (try %d): %s", letter.pk, letter.tries, failure.label)
    done.given_up += letter.next_try is None
    done.again += letter.next_try is not None


def _hang_up(server: BaseEmailBackend) -> None:
    """End the talk with the server; the next letter begins a new one."""
    try:
        server.close()
    except Exception:
        server.connection = None  # type: ignore[attr-defined]
