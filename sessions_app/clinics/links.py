"""The links between rows of clinics, as the guards have to know them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from sessions_app.clinics.owned import ClinicOwned, SameClinicKey


@dataclass(frozen=True)
class Link:
    """A link that must stay inside a clinic: from a table's column to the parent table's id.

    `shared` are the columns, the clinic's first, that have to be the same in both rows; those in
    `carried` too, but they follow the parent when it changes.
    """

    name: str
    table: str
    column: str
    parent: str
    shared: tuple[str, ...]
    carried: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the table that have to fit the parent's row."""
        return (self.column, *self.shared, *self.carried)


def links() -> Iterator[Link]:
    """Yield each link that must stay inside a clinic."""
    for model in apps.get_app_config("sessions_app").get_models():
        if issubclass(model, ClinicOwned):
            for field in model._meta.local_fields:
                if isinstance(field, SameClinicKey):
                    table, parent = model._meta.db_table, field.related_model._meta.db_table
                    name = f"same_clinic_{table.removeprefix('sessions_app_')}_{field.column}"
                    shared = ("clinic_id", *field.shared)
                    yield Link(name, table, field.column, parent, shared, field.carried)
