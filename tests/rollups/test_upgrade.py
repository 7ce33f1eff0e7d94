"""A release that keeps other columns of patients leaves no window that was made without them."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel, DeleteModel

OF_PATIENTS = {"patienttotal", "tally"}
WINDOWS = "foldedwindow"


def touched(operations: list[object]) -> set[str]:
    """The models that a step makes, drops or changes."""
    named = (getattr(one, "model_name", getattr(one, "name", "")) for one in operations)
    return {name.lower() for name in named}


@pytest.mark.django_db
def test_who_changes_the_sums_of_patients_drops_the_windows() -> None:
    """Else a window that says it was made would be read with noughts in the new columns."""
    steps = MigrationLoader(connection, replace_migrations=False).disk_migrations
    own = {name: one.operations for (app, name), one in steps.items() if app == "sessions_app"}
    changing = {name for name, done in own.items() if touched(done) & OF_PATIENTS}
    assert len(changing) >= 3
    for name in changing:
        of_windows = [type(one) for one in own[name] if touched([one]) == {WINDOWS}]
        assert of_windows in ([CreateModel], [DeleteModel, CreateModel]), name
