"""Counts that the rules of 0005 would refuse are read as /µL, the lowest reading.

So the reminders read a count without a known unit already, and a count that cannot be under its
unit was most likely written under the wrong one. A lower reading tightens and never loosens. What
was typed stays in the note, and in the audit trail.
"""

from django.db import migrations

HIGHEST = {"per_nl": 3_000, "per_ul": 3_000_000}
LONGEST_NOTE = 300


def read_low(apps, schema_editor):
    facts = apps.get_model("sessions_app", "ClinicalFact").objects
    for fact in facts.filter(kind="platelets", value__isnull=False).iterator():
        if fact.unit in HIGHEST and fact.value <= HIGHEST[fact.unit]:
            continue
        said = f"Typed as {fact.value.normalize():f} {fact.unit or 'without a unit'}."
        fact.note = f"{said} {fact.note}".strip()[:LONGEST_NOTE]
        fact.unit = "per_ul"
        if fact.value > HIGHEST["per_ul"]:  # a count in no unit
            fact.value, fact.unit = None, ""
        fact.save(update_fields=["note", "unit", "value"])
    # Nothing but a count has a unit.
    facts.exclude(kind="platelets").exclude(unit="").update(unit="")
    facts.filter(kind="platelets", value__isnull=True).exclude(unit="").update(unit="")


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0003_known_codes")]

    operations = [migrations.RunPython(read_low, migrations.RunPython.noop, elidable=True)]
