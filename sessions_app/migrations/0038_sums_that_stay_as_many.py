"""Sums as many at ten million sessions as at a hundred thousand.

What is kept of patients is made anew with more columns: until the next fold every figure over
clinics is read from the rows, since no window is there that was made.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0037_a_mark_is_held_to_little")]

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
        migrations.CreateModel(
            name="WeekOfPlans",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "clinic_id",
                        "week",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("week", models.DateField()),
                ("given", models.IntegerField()),
                ("not_given", models.IntegerField()),
                ("asleep", models.IntegerField()),
                ("procedure", models.IntegerField()),
                ("declined_time", models.IntegerField()),
                ("declined_no_interest", models.IntegerField()),
                ("unwell", models.IntegerField()),
                ("staff", models.IntegerField()),
                ("infection_control", models.IntegerField()),
                ("discharged", models.IntegerField()),
                ("died", models.IntegerField()),
                ("safety_stop", models.IntegerField()),
                ("other", models.IntegerField()),
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
            name="WeekOfPlansInArm",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "clinic_id",
                        "arm_id",
                        "week",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("week", models.DateField()),
                ("given", models.IntegerField()),
                ("not_given", models.IntegerField()),
                ("asleep", models.IntegerField()),
                ("procedure", models.IntegerField()),
                ("declined_time", models.IntegerField()),
                ("declined_no_interest", models.IntegerField()),
                ("unwell", models.IntegerField()),
                ("staff", models.IntegerField()),
                ("infection_control", models.IntegerField()),
                ("discharged", models.IntegerField()),
                ("died", models.IntegerField()),
                ("safety_stop", models.IntegerField()),
                ("other", models.IntegerField()),
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
                    "arm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sessions_app.arm",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
