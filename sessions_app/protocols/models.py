"""Published versions of protocols. They belong to no clinic and never change."""

from django.db import models

from sessions_app.identity import uuid7


class Protocol(models.Model):
    """One published version of a protocol; a patient stays on the version begun."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    content_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="protocol_version_once"),
        ]

    class Privacy:
        personal = ()
        plain = ("id", "code", "version", "title", "text", "content_hash", "loaded_at")

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Arm(models.Model):
    """One arm of a published version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="arms")
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["protocol", "code"], name="arm_once"),
        ]

    class Privacy:
        personal = ()
        plain = ("id", "protocol", "code", "title")

    def __str__(self) -> str:
        return f"{self.protocol} {self.code}"
