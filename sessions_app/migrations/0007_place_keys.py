"""Charts that are there already get the key by which the round is sorted.

The key is spelt as it was when this was written, so that later changes to it do not reach back.
"""

import re
import unicodedata

from django.db import migrations

LONGEST = 400
BATCH = 1000


def natural(text):
    """Case and accents aside, with whole numbers in order."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    plain = " ".join(bare.split())
    return re.sub(r"[0-9]+", lambda digits: digits[0].lstrip("0").zfill(6), plain)


def fill(apps, schema_editor):
    """Write each chart's key from its ward and room."""
    charts = apps.get_model("sessions_app", "Patient").objects.using(schema_editor.connection.alias)
    changed = []
    for patient in charts.only("ward", "room").iterator(chunk_size=BATCH):
        patient.place_key = f"{natural(patient.ward)}, {natural(patient.room)}"[:LONGEST]
        changed.append(patient)
    charts.bulk_update(changed, ["place_key"], batch_size=BATCH // 10)


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0006_rooms_in_order_and_indexes_by_clinic")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
