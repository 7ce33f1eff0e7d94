"""What becomes of a letter: claimed by one sender, then sent, put off or given up."""

from datetime import datetime, timedelta

from django.db import transaction

from sessions_app.mail.failures import FINAL, Failure
from sessions_app.mail.models import Letter

LEASE = timedelta(minutes=10)
"""How long a letter belongs to who tries to send it; longer than any try lasts."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
WORTH_SENDING = timedelta(days=7)
"""After a week its link has expired, or its news is old."""
KEPT = timedelta(days=7)
"""How long the body of a letter that nobody took is kept."""


def claim(*, at: datetime) -> Letter | None:
    """Take the letter that is due longest, so that nobody else sends it; None where none is."""
    with transaction.atomic():
        due = Letter.objects.due(at).select_for_update(skip_locked=True)
        letter = due.first()
        if letter is None:
            return None
        letter.tries, letter.next_try = letter.tries + 1, at + LEASE
        letter.save(update_fields=["tries", "next_try"])
    return letter


def note_sent(letter: Letter, *, at: datetime) -> None:
    """Note that the server took the letter; its body is forgotten."""
    letter.sent_at, letter.next_try, letter.body, letter.failure = at, None, "", ""
    letter.save(update_fields=["sent_at", "next_try", "body", "failure"])


def note_failure(letter: Letter, *, failure: Failure, at: datetime) -> None:
    """Note why the letter did not go: it is tried again, later each time, or given up."""
    letter.failure = failure.value
    if failure in FINAL:
        letter.next_try, letter.given_up_at = None, at
    else:
        wait = min(FIRST_WAIT * 2 ** min(letter.tries - 1, 12), LONGEST_WAIT)
        letter.next_try = at + wait
    letter.save(update_fields=["failure", "next_try", "given_up_at"])


def forget_bodies(*, at: datetime) -> int:
    """Empty the letters that were given up some days ago; return how many."""
    return Letter.objects.lost().filter(given_up_at__lte=at - KEPT).update(body="")
