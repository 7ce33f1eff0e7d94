"""Whose chart a request has opened: said at the doors to a patient's rows, read when it is over."""

import uuid
from typing import NamedTuple

from django.http import HttpRequest


class Chart(NamedTuple):
    """A patient's chart, by its clinic and its patient."""

    clinic_id: uuid.UUID
    patient_id: uuid.UUID


def opened(request: HttpRequest, clinic_id: uuid.UUID, patient_id: uuid.UUID) -> None:
    """Say that this request shows something of a patient. Every door to a patient's rows does."""
    request.opened_chart = Chart(clinic_id, patient_id)  # type: ignore[attr-defined]


def chart_of(request: HttpRequest) -> Chart | None:
    """Return the chart that was opened in this request; None where no door was passed."""
    return getattr(request, "opened_chart", None)
