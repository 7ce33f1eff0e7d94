"""The audit trail: rows that outlive what they describe, each sealed by the one before it."""

from django.db import models

from sessions_app.identity import uuid7


class AuditEvent(models.Model):
    """One write: who, in which clinic, did what to what, with the values before and after.

    No foreign keys: a person or a patient may go, the event stays. `hash` covers `previous` and
    every other column, so a changed, removed or reordered row breaks the chain of its clinic.
    A database trigger refuses UPDATE and DELETE.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clinic_id = models.UUIDField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic_id", "seq"], name="audit_one_row_a_link"),
        ]
        indexes = [
            models.Index(fields=["clinic_id", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["clinic_id", "at", "seq"], name="audit_by_time"),
        ]

    class Privacy:
        personal = ("actor_name", "old", "new")
        plain = (
            "id", "clinic_id", "seq", "at", "actor_id", "action", "subject_type", "subject_id",
            "request_id", "previous", "hash",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.action} #{self.seq}"


class ChainHead(models.Model):
    """The last link of a clinic's chain; its row lock makes the writers of one clinic queue."""

    clinic_id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Privacy:
        personal = ()
        plain = ("clinic_id", "seq", "previous", "hash")

    def __str__(self) -> str:
        return f"link {self.seq}"


class ChainCheck(models.Model):
    """How far a clinic's chain was last found whole; the next check on a page goes on from there.

    It shortens the way for a page. What it says is worth what the database is worth:
    `check_audit --anchors` believes none of it.
    """

    clinic_id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField()
    fault = models.CharField(max_length=120, blank=True)

    class Privacy:
        personal = ()
        plain = ("clinic_id", "seq", "hash", "checked_at", "fault")

    def __str__(self) -> str:
        return f"checked up to link {self.seq}"
