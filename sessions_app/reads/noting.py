"""From an answered request to a reading: the one place where it is noted."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sessions_app import looking
from sessions_app.people.address import address_of
from sessions_app.reads import waiting
from sessions_app.reads.models import ChartRead

SHOWN = frozenset({200, 409, 422})
"""Answers that show a page: also a form that says what is amiss. Others lead on, or refuse."""
LONGEST_ADDRESS = 45


def note(request: HttpRequest, response: HttpResponse) -> None:
    """Note who was shown a page of whose chart; nothing where a request opened none."""
    chart = looking.chart_of(request)
    if chart is None or response.status_code not in SHOWN or request.resolver_match is None:
        return
    membership = request.user.membership if request.user.is_authenticated else None
    if membership is None:
        return
    waiting.here.add(
        ChartRead(
            clinic_id=chart.clinic_id,
            patient_id=chart.patient_id,
            reader_id=membership.user_id,
            read_as=membership.role,
            page=request.resolver_match.view_name,
            address=address_of(request)[:LONGEST_ADDRESS],
            at=timezone.now(),
            access_id=membership.emergency_access.pk if membership.emergency_access else None,
        )
    )
