"""A letter that waits to be sent, or what became of it."""

from django.db import models
from django.db.models import Q

from sessions_app.identity import uuid7
from sessions_app.mail.failures import Failure
from sessions_app.mail.querysets import LetterQuerySet


class Letter(models.Model):
    """A letter in the outbox. It waits while `next_try` is set.

    It ends as sent or as given up. Who tries to send it moves `next_try` out of the others' sight
    first, so that a sender who dies over it leaves it to the next. Its body may hold a link that
    lets somebody in, and goes as soon as nobody needs it (`body` is empty then).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    written_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=20, blank=True, choices=Failure.choices())

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next_try__isnull=False, sent_at__isnull=True, given_up_at__isnull=True)
                | Q(next_try__isnull=True, sent_at__isnull=False, given_up_at__isnull=True)
                | Q(next_try__isnull=True, sent_at__isnull=True, given_up_at__isnull=False),
                name="letter_waits_or_has_ended",
            ),
            models.CheckConstraint(
                condition=Q(failure__in=["", *Failure.codes()]), name="letter_known_failure"
            ),
            models.CheckConstraint(
                condition=Q(given_up_at__isnull=True) | ~Q(failure=""),
                name="letter_given_up_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try"], condition=Q(next_try__isnull=False), name="letter_waiting"
            )
        ]

    class Privacy:
        personal = ("to", "subject", "body")
        plain = (
            "id", "written_at", "tries", "next_try", "sent_at", "given_up_at", "failure",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"letter {self.pk}"
