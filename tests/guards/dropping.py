"""How a test takes a guard away: for its own transaction, which is rolled back."""

from django.db import connection

from sessions_app.guards import Guard


def drop(guard: Guard) -> None:
    """Remove one guard from the database, whatever kind of thing it is."""
    if connection.vendor == "sqlite":
        statement = f"DROP {guard.kind} {guard.name}"
    elif guard.name.startswith("same_clinic"):
        statement = f"ALTER TABLE {guard.table} DROP CONSTRAINT {guard.name}"
    else:
        statement = f"DROP TRIGGER {guard.name} ON {guard.table}"
    connection.check_constraints()  # PostgreSQL changes no table while a deferred check waits
    with connection.cursor() as cursor:
        cursor.execute(statement)
