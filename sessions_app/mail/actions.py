"""The outbox: a letter is written with the act that it tells of.

A letter is no event of the audit trail: the act that wrote it is.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sessions_app.mail import post
from sessions_app.mail.models import Letter


def write(*, to: str, subject: str, body: str, at: datetime | None = None) -> Letter:
    """Put a letter into the outbox, in the caller's transaction; it goes when that commits.

    Nothing waits for the mail server and nothing fails with it. A body may hold a single-use
    link: it is emptied once the letter is sent.
    """
    at = at or timezone.now()
    letter = Letter(to=to, subject=" ".join(subject.split()), body=body, written_at=at, next_try=at)
    letter.save(force_insert=True)
    transaction.on_commit(post.soon, robust=True)
    return letter
