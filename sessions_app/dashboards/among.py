"""A condition on rows: to be among those that a statement finds."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Expression, F

from sessions_app.dashboards.statement import Piece


class Among(Expression):
    """Whether a row's id is among those that a statement finds: a condition for `filter`."""

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, statement: Piece) -> None:
        super().__init__()
        self.statement, self.row = statement, F("pk")

    def get_source_expressions(self) -> list[Any]:
        """Return what is compared: the row's id."""
        return [self.row]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """Take the id as the query names it."""
        (self.row,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Spell it."""
        row, values = compiler.compile(self.row)
        return f"{row} IN ({self.statement.sql})", (*values, *self.statement.told)
