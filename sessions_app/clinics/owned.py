"""What every row of a clinic has: the clinic, an identity, and links that stay inside it."""

from functools import cache
from typing import Any, Self

from django.db import models

from sessions_app.identity import uuid7


class SameClinicKey(models.ForeignKey[Any, Any]):
    """A link to a row of the same clinic.

    Django's own constraint is left off: the guards install a composite one over
    (clinic_id, …_id) on PostgreSQL and triggers on SQLite, so a link across clinics cannot exist.
    Django's own index is left off too: every index of these tables begins with the clinic, so a
    query that follows the link backwards names the clinic as well. `shared` names columns that are
    the same in both rows, as a session's patient is its course's; what is linked to needs a unique
    constraint over clinic, id and these. Columns in `carried` are the same as well, and when they
    change where the link leads to, the row follows.
    """

    def __init__(
        self,
        to: Any,
        on_delete: Any = models.PROTECT,
        shared: tuple[str, ...] = (),
        carried: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        self.shared, self.carried = shared, carried
        kwargs["db_constraint"] = kwargs["db_index"] = False
        super().__init__(to, on_delete, **kwargs)


class ClinicOwned(models.Model):
    """A row of one clinic. The application makes its id; it can exist before it is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clinic = models.ForeignKey(
        "sessions_app.Clinic", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["clinic", "id"], name="%(class)s_in_clinic"),
        ]

    @classmethod
    def of_columns(cls, **told: Any) -> Self:
        """Return a new row by its columns («session_id», not «session»); the rest has defaults.

        It is the row that calling the model gives. That asks each field whether a link was meant,
        which takes four times as long, and a session has a dozen and a half of rows.
        """
        defaults = _defaults(cls)
        if unknown := told.keys() - defaults.keys():
            raise TypeError(f"{cls.__name__} has no column {', '.join(sorted(unknown))}")
        return cls(*(told[name] if name in told else make() for name, make in defaults.items()))


class HeldByLink(ClinicOwned):
    """A row that never stands alone: its required link leads to a row of the same clinic.

    That the clinic exists follows from the link, whose parent has asked for it. To ask again
    with every row would cost the database a look-up and a lock each: a fifth of what a session
    costs it (benchmarks/RESULTS.md).
    """

    clinic = models.ForeignKey(
        "sessions_app.Clinic",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    class Meta(ClinicOwned.Meta):
        abstract = True


@cache
def _defaults(model: type[models.Model]) -> dict[str, Any]:
    """Return for each column, in their order, what makes its default."""
    return {field.attname: field.get_default for field in model._meta.concrete_fields}
