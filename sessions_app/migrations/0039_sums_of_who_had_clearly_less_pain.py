"""The sums tell also in how many sessions pain was clearly less afterwards.

What is kept of patients is made anew with more columns (docs/adr/0016): until the next fold every
figure over clinics is read from the rows, since no window is there that was made.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0038_sums_that_stay_as_many")]

    operations = [
        migrations.DeleteModel("FoldedWindow"),
        migrations.DeleteModel("PatientTotal"),
        migrations.DeleteModel("Tally"),
        migrations.CreateModel(
            name="FoldedWindow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "clinic_id",
                        "since",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("since", models.DateField()),
                (
                    "clinic",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sessions_app.clinic",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PatientTotal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "clinic_id",
                        "since",
                        "patient_id",
                        "arm_id",
                        "scale",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("since", models.DateField()),
                ("scale", models.CharField(max_length=20)),
                ("n", models.IntegerField()),
                ("rise", models.IntegerField()),
                ("squares", models.IntegerField()),
                ("befores", models.IntegerField()),
                ("without_after", models.IntegerField()),
                ("their_befores", models.IntegerField()),
                ("high", models.IntegerField()),
                ("by_percent", models.IntegerField()),
                ("by_points", models.IntegerField()),
                ("sessions", models.IntegerField()),
                ("late", models.IntegerField()),
                (
                    "arm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sessions_app.arm",
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sessions_app.clinic",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sessions_app.patient",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "clinic_id",
                        "since",
                        "arm_id",
                        "scale",
                        "n",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("since", models.DateField()),
                ("scale", models.CharField(max_length=20)),
                ("n", models.IntegerField()),
                ("patients", models.IntegerField()),
                ("complete", models.IntegerField()),
                ("n_squares", models.BigIntegerField()),
                ("rise", models.BigIntegerField()),
                ("n_rises", models.BigIntegerField()),
                ("rise_squares", models.BigIntegerField()),
                ("means", models.BigIntegerField()),
                ("mean_squares", models.BigIntegerField()),
                ("mean_befores", models.BigIntegerField()),
                ("high_patients", models.IntegerField()),
                ("high", models.IntegerField()),
                ("high_squares", models.BigIntegerField()),
                ("by_percent", models.IntegerField()),
                ("high_by_percent", models.BigIntegerField()),
                ("by_percent_squares", models.BigIntegerField()),
                ("by_points", models.IntegerField()),
                ("high_by_points", models.BigIntegerField()),
                ("by_points_squares", models.BigIntegerField()),
                ("sessions", models.IntegerField()),
                ("late", models.IntegerField()),
                (
                    "arm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sessions_app.arm",
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sessions_app.clinic",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
