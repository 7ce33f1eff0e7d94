"""The panel of doses and treatments: what it offers, and what a tap on it records."""

import uuid
from dataclasses import dataclass

from django.db import IntegrityError
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, can
from sessions_app.patients.models import Patient
from sessions_app.refusals import broken
from sessions_app.timing import actions
from sessions_app.timing.forms import TAP, TimedForm
from sessions_app.timing.models import TimedCare
from sessions_app.timing.policies import AlreadyWithdrawn, kinds_for
from sessions_app.timing.timeline import Timeline
from sessions_app.vocabulary.timed import TimedKind

TWICE = "This is recorded already, for the same minute."
SENT = (
    "This page has recorded something already. Look at what is recorded; "
    "press again if this is another one."
)
ONCE = {"timed_once_at_a_time": TWICE, "timed_key_once": SENT}
GONE = "This is no longer planned."


@dataclass(frozen=True)
class Quick:
    """One button that records at once."""

    value: str
    words: str
    before: str = ""
    """What a screen reader says first, where the eye has it from the button beside."""


@dataclass
class Panel:
    """What the panel on a page shows; `form` is None where the role may record nothing."""

    timeline: Timeline
    form: TimedForm | None
    key: str

    @property
    def is_open(self) -> bool:
        """Say whether it stands open by itself: it was used, or something in it waits."""
        used = self.form is not None and self.form.is_bound
        return used or self.timeline.asks

    @property
    def quick(self) -> list[Quick]:
        """The breakthrough dose in one tap."""
        dose = TimedKind.OPIOID_BREAKTHROUGH
        return [
            Quick(f"{dose.value}:0", f"{dose.label} now"),
            Quick(f"{dose.value}:30", "30 min ago", before=dose.label),
        ]


def panel_of(request: HttpRequest, timeline: Timeline, form: TimedForm | None = None) -> Panel:
    """Return the panel with a fresh key, or with what was typed and its mistakes."""
    by = acting(request)
    if not can(by, Permission.RECORD_TIMES):
        return Panel(timeline, None, "")
    form = form or TimedForm(kinds=kinds_for(by), zone=by.clinic.zone, now=timeline.now)
    is_kept = form.is_bound and form.errors and not form.is_used_up
    kept = form["timed_key"].value() if is_kept else ""
    return Panel(timeline, form, str(kept or uuid.uuid4()))


def is_tapped(request: HttpRequest) -> bool:
    """Say whether a button of the panel sent the form."""
    return request.method == "POST" and TAP in request.POST


def tap(request: HttpRequest, patient_id: uuid.UUID) -> TimedForm:
    """Record what was tapped; the form that is returned says what was amiss."""
    by = acting(request)
    form = TimedForm(request.POST, kinds=kinds_for(by), zone=by.clinic.zone, now=timezone.now())
    if not form.is_valid():
        return form
    try:
        if form.took_place is not None:
            _took_place(request, patient_id, form.took_place, form)
        else:
            patient = Patient.objects.visible_to(request.user).get(pk=patient_id)
            actions.record(patient=patient, by=by, **form.said())
    except IntegrityError as refusal:
        sentence = ONCE.get(broken(refusal, TimedCare))
        if sentence is None:
            raise
        form.add_error(None, sentence)
        form.is_used_up = sentence == SENT
    return form


def _took_place(
    request: HttpRequest, patient_id: uuid.UUID, planned: uuid.UUID, form: TimedForm
) -> None:
    """Let a planned row be followed by one that says it took place at its hour."""
    mine = TimedCare.objects.visible_to(request.user).filter(patient_id=patient_id)
    row = mine.filter(pk=planned, happens_at__lte=timezone.now()).first()
    if row is None:
        form.add_error(None, GONE)
        return
    key = form.cleaned_data["timed_key"]
    try:
        actions.correct(
            row, happens_at=row.happens_at, note=row.note, client_key=key, by=acting(request)
        )
    except AlreadyWithdrawn:
        if not mine.filter(replaces=row, happens_at__lte=F("recorded_at")).exists():
            form.add_error(None, GONE)
