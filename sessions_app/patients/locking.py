"""Two at once who write about one patient: the second waits, and finds what the first wrote."""

import uuid

from sessions_app.clinics.models import Membership
from sessions_app.patients.models import Patient


def hold(patient_id: uuid.UUID, by: Membership) -> Patient:
    """Lock a patient's row to the end of the transaction, before anything else is locked.

    Rows that only refer to the patient are stored meanwhile: a session waits for no chart.
    """
    rows = Patient.objects.filter(clinic_id=by.clinic_id, pk=patient_id)
    return rows.select_for_update(no_key=True).get()
