"""The mark for the sums has no link that is checked and no key but its own."""

import django.db.models.deletion
from django.db import migrations, models

UNCHECKED = {
    "db_constraint": False,
    "db_index": False,
    "on_delete": django.db.models.deletion.DO_NOTHING,
    "related_name": "+",
}


def drop_the_link(apps, schema_editor):
    """The guards held it to its patient's clinic; on SQLite they have stepped aside by now."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE sessions_app_unfolded"
            " DROP CONSTRAINT IF EXISTS same_clinic_unfolded_patient_id"
        )


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0036_sessions_of_a_course_in_order")]

    operations = [
        migrations.RunPython(drop_the_link, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="unfolded", name="unfolded_in_clinic"),
        migrations.AlterField(
            model_name="unfolded",
            name="clinic",
            field=models.ForeignKey(to="sessions_app.clinic", **UNCHECKED),
        ),
        migrations.AlterField(
            model_name="unfolded",
            name="patient",
            field=models.ForeignKey(to="sessions_app.patient", **UNCHECKED),
        ),
    ]
