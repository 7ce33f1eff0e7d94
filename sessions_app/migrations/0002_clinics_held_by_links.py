"""A row whose required link leads into its clinic asks for the clinic no more by itself."""

import django.db.models.deletion
from django.db import migrations, models

HELD = (
    "clinicalfact",
    "enrolment",
    "followupscore",
    "remindershown",
    "score",
    "session",
    "sitetreated",
)


def drop_the_row_trigger(apps, schema_editor):
    """The guard asked once a score; now once a statement, under other names (see guards)."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "DROP TRIGGER IF EXISTS not_given_has_no_after_score ON sessions_app_score"
        )


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0001_first_tables")]

    operations = [
        *(
            migrations.AlterField(
                model_name=name,
                name="clinic",
                field=models.ForeignKey(
                    db_constraint=False,
                    db_index=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="sessions_app.clinic",
                ),
            )
            for name in HELD
        ),
        migrations.RunPython(drop_the_row_trigger, migrations.RunPython.noop),
    ]
