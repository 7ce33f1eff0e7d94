"""The edition of the rules is stored with the first receipt that names it."""

from datetime import datetime

from django.db import transaction

from sessions_app.safety.receipt import EDITION, versions_of
from sessions_app.sessions.models import CatalogueEdition
from sessions_app.storing import Statement, values_of

_stored: set[str] = set()
"""What this process knows to be in the database; it asks no second time."""

_IF_NEW = "INSERT INTO {table} ({columns}) VALUES (%s, %s, %s) ON CONFLICT (edition) DO NOTHING"


def edition(at: datetime) -> list[Statement]:
    """Return what stores the present edition, to be sent along; nothing once it is there."""
    if EDITION in _stored:
        return []
    row = CatalogueEdition(edition=EDITION, rules=versions_of(), first_used=at)
    fields = row._meta.concrete_fields
    columns = ", ".join(str(field.column) for field in fields)
    sql = _IF_NEW.format(table=row._meta.db_table, columns=columns)
    return [Statement(sql, values_of(row, fields))]


def edition_is_stored() -> None:
    """Remember, once the transaction is through, that the edition is there."""
    if EDITION not in _stored:
        transaction.on_commit(lambda: _stored.add(EDITION))
