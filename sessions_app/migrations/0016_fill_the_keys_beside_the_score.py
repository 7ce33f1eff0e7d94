"""Sessions and scores that are there already get the keys by which dashboards read them.

Which roles an arm names is read from the stored text of its protocol, as it was published.
"""

import tomllib

from django.db import migrations

SESSION_ARM = """
UPDATE sessions_app_session SET arm_id = (
    SELECT e.arm_id FROM sessions_app_enrolment e WHERE e.id = sessions_app_session.enrolment_id
)
"""
COUNTED = """
UPDATE sessions_app_session SET counted = %s
WHERE arm_id = %s AND status = 'given' AND given_as IN ({marks})
"""
SCORE_KEYS = """
UPDATE sessions_app_score
SET (performed_at, patient_id, arm_id, given_by_id, counted) = (
    SELECT s.performed_at, s.patient_id, s.arm_id, s.given_by_id, s.counted
    FROM sessions_app_session s WHERE s.id = sessions_app_score.session_id
)
"""


def fill(apps, schema_editor):
    """Write the arm beside each session, whether it counts, and both beside its scores."""
    arms = apps.get_model("sessions_app", "Arm").objects.using(schema_editor.connection.alias)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(SESSION_ARM)
        for arm in arms.select_related("protocol"):
            roles = tomllib.loads(arm.protocol.text)["arms"][arm.code]["roles"]
            key = arm._meta.pk.get_db_prep_value(arm.pk, schema_editor.connection)
            marks = ", ".join(["%s"] * len(roles))
            cursor.execute(COUNTED.format(marks=marks), [True, key, *roles])
        cursor.execute(SCORE_KEYS)


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0015_keys_beside_the_score")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
