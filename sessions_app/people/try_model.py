"""How often a password was tried, by account, device and address; nobody can be told from a row."""

from django.db import models


class PasswordTry(models.Model):
    """One counter: `tries` as of `last_ms`, from which the wait before the next try follows.

    `key` is a keyed hash of what is counted, so the table names neither a person nor an address.
    Times are milliseconds since 1970: the one statement that counts does sums with them.
    """

    key = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=10)
    tries = models.PositiveIntegerField()
    last_ms = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["last_ms"], name="password_try_by_age")]

    class Privacy:
        personal = ("key",)
        plain = ("kind", "tries", "last_ms")

    def __str__(self) -> str:
        return f"{self.kind}: {self.tries}"
