"""The receipt of a session: what the rules were asked, what they said, what was answered."""

from django.db import models

from sessions_app.clinics.owned import HeldByLink, SameClinicKey
from sessions_app.clinics.querysets import ClinicQuerySet
from sessions_app.sessions.constraints import one_of
from sessions_app.sessions.session_model import Session
from sessions_app.vocabulary.records import Phase


class SessionReceipt(HeldByLink):
    """One phase of a session as `safety.receipt` writes it. The guards let nobody change it.

    `written` is text, not a JSON column: it is read as a whole and never asked about inside, and
    it stays byte for byte what was stored.
    """

    session = SameClinicKey(Session, related_name="receipts")
    phase = models.CharField(max_length=10, choices=Phase.choices())
    edition = models.CharField(max_length=16)
    written = models.TextField()
    made_at = models.DateTimeField()

    objects = ClinicQuerySet.as_manager()

    class Meta:
        constraints = [
            *HeldByLink.Meta.constraints,
            models.UniqueConstraint(
                fields=["clinic", "session", "phase"], name="receipt_once_a_phase"
            ),
            models.CheckConstraint(condition=one_of("phase", Phase), name="receipt_known_phase"),
        ]

    class Privacy:
        personal = ("session", "written")
        plain = ("id", "clinic", "phase", "edition", "made_at")

    def __str__(self) -> str:
        return f"receipt {self.pk}"


class CatalogueEdition(models.Model):
    """The rules that an edition stands for, each as «id.version», so no receipt repeats them."""

    edition = models.CharField(primary_key=True, max_length=16)
    rules = models.JSONField(default=list)
    first_used = models.DateTimeField()

    class Privacy:
        personal = ()
        plain = ("edition", "rules", "first_used")

    def __str__(self) -> str:
        return f"edition {self.edition}"
