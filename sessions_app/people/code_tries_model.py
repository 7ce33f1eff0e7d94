"""How often in a row a person's code was wrong: what slows down whoever guesses codes."""

from datetime import timedelta

from django.db import models

from sessions_app.people.models import User

FREE, FIRST_WAIT, LONGEST_WAIT = 5, 30, 900
"""Wrong codes in a row without a wait; then seconds, doubled by each further one."""


class CodeTries(models.Model):
    """The wrong codes of a person since the last right one.

    Only who has the password comes so far, so nobody can keep a colleague out by this.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="code_tries")
    wrong = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Privacy:
        personal = ()
        plain = ("user", "wrong", "last_at")

    def __str__(self) -> str:
        return f"{self.wrong} wrong codes"

    @property
    def wait(self) -> timedelta:
        """How long after the last try the next one is looked at."""
        over = self.wrong - FREE
        if over < 0:
            return timedelta(0)
        return timedelta(seconds=min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT))
