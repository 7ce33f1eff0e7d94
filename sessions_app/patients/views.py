"""Registering and amending a chart, and recording what is known and ordered."""

import uuid
from typing import cast

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, requires
from sessions_app.patients import actions, asked_actions, order_actions
from sessions_app.patients.access import fact_or_404, order_or_404, patient_or_404
from sessions_app.patients.amend_form import AmendForm
from sessions_app.patients.end_form import NoLongerForm
from sessions_app.patients.fact_forms import AnswerForm, FactForm
from sessions_app.patients.forms import PatientForm
from sessions_app.patients.models import Patient
from sessions_app.patients.order_forms import OrderForm
from sessions_app.patients.orders import lifts, speaking_today
from sessions_app.plain_errors import PlainForm
from sessions_app.refusals import say
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.recorded import FactTopic

TAKEN = {
    "patient_chart_number_once": ("chart_number", "Another chart of this clinic has this number.")
}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PATIENTS)
def register(request: HttpRequest) -> HttpResponse:
    """Open a chart; a likely double is pointed out once and never forbidden."""
    form = PatientForm(
        request.POST if request.method == "POST" else None, today=timezone.localdate()
    )
    like: list[Patient] = []
    if form.is_bound and form.is_valid():
        like = _like(request, form)
        if not like or form.cleaned_data["same_person_checked"]:
            try:
                patient = actions.register(by=acting(request), **form.particulars())
                return redirect("rounds:chart", patient.pk)
            except IntegrityError as refusal:
                say(form, refusal, Patient, TAKEN)
    context = {"form": form, "like": like, "heading": "Register a patient"}
    return render(request, "patients/form.html", context, status=_status(form, like))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PATIENTS)
def amend(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Change a chart's particulars; another person's name and birth date are pointed out."""
    patient = patient_or_404(request, patient_id)
    now = {name: getattr(patient, name) for name in actions.PARTICULARS}
    form = AmendForm(
        request.POST if request.method == "POST" else None, now=now, today=timezone.localdate()
    )
    like: list[Patient] = []
    if form.is_bound and form.is_valid():
        # Asked where it changes who the chart is about, and not again at each change of ward.
        like = _like(request, form, but=patient) if form.names_another_person else []
        checked = not like or form.cleaned_data["same_person_checked"]
        if checked and (answer := _amended(request, patient, form)):
            return answer
    context = {"form": form, "like": like, "patient": patient, "heading": "Amend particulars"}
    return render(request, "patients/form.html", context, status=_status(form, like))


def _amended(request: HttpRequest, patient: Patient, form: AmendForm) -> HttpResponse | None:
    """Store what was changed; None where a field is refused, which the form says."""
    try:
        actions.amend(patient, by=acting(request), seen=form.seen, **form.particulars())
    except actions.AmendedMeanwhile:
        # As if it had been sent a moment later: what the other changed is taken over and asked.
        return cast(HttpResponse, amend(request, patient.pk))
    except IntegrityError as refusal:
        say(form, refusal, Patient, TAKEN)
        return None
    return redirect("rounds:chart", patient.pk)


@require_safe
@requires(Permission.RECORD_FACTS)
def choose_fact(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Ask which kind of fact is to be recorded."""
    patient = patient_or_404(request, patient_id)
    topics = [
        (topic.label, topic.meaning, [kind for kind in FactKind if kind.recorded.topic is topic])
        for topic in FactTopic
    ]
    context = {"patient": patient, "topics": topics}
    return render(request, "patients/choose_fact.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_FACTS)
def record_fact(request: HttpRequest, patient_id: uuid.UUID, kind: str) -> HttpResponse:
    """Record one clinical fact."""
    patient = patient_or_404(request, patient_id)
    if kind not in FactKind.codes():
        raise Http404
    form = FactForm(
        request.POST if request.method == "POST" else None,
        kind=FactKind(kind),
        today=timezone.localdate(),
    )
    if form.is_bound and form.is_valid():
        actions.record_fact(patient=patient, by=acting(request), **form.fact())
        return redirect("rounds:chart", patient.pk)
    context = {"form": form, "patient": patient, "kind": FactKind(kind)}
    return render(request, "patients/fact.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_FACTS)
def end_fact(request: HttpRequest, patient_id: uuid.UUID, fact_id: uuid.UUID) -> HttpResponse:
    """Say that a fact holds no longer."""
    patient = patient_or_404(request, patient_id)
    fact = fact_or_404(request, patient, fact_id)
    form = NoLongerForm(
        request.POST if request.method == "POST" else None,
        began=fact.observed_on,
        today=timezone.localdate(),
        button="End this fact",
    )
    if form.is_bound and form.is_valid():
        actions.end_fact(fact, by=acting(request), **form.cleaned_data)
        return redirect("rounds:chart", patient.pk)
    context = {"form": form, "patient": patient, "fact": fact}
    return render(request, "patients/end_fact.html", context, status=_status(form))


@require_POST
@requires(Permission.RECORD_FACTS)
def answer_fact(request: HttpRequest, patient_id: uuid.UUID, fact_id: uuid.UUID) -> HttpResponse:
    """Take the answer to a fact that was asked about again: still so, not so, or not known."""
    patient = patient_or_404(request, patient_id)
    fact = fact_or_404(request, patient, fact_id)
    form = AnswerForm(request.POST, kind=FactKind(fact.kind))
    if not form.is_valid():
        messages.error(request, "Nothing was saved: choose one of the answers.")
        return redirect("rounds:chart", patient.pk)
    deed = asked_actions.DEEDS[form.cleaned_data["answer"]]
    try:
        deed(fact, on=timezone.localdate(), by=acting(request))
        messages.success(request, "Saved: the answer, with today's date.")
    except asked_actions.AlreadyAnswered:
        messages.warning(request, asked_actions.MEANWHILE)
    return redirect("rounds:chart", patient.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_ORDERS)
def record_order(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Record what a clinician ordered."""
    patient, today = patient_or_404(request, patient_id), timezone.localdate()
    form = OrderForm(
        request.POST if request.method == "POST" else None,
        speaking=speaking_today(patient, today),
        today=today,
    )
    if form.is_bound and form.is_valid():
        order_actions.record_order(patient=patient, by=acting(request), **form.order())
        return redirect("rounds:chart", patient.pk)
    context = {"form": form, "patient": patient}
    return render(request, "patients/order.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_ORDERS)
def end_order(request: HttpRequest, patient_id: uuid.UUID, order_id: uuid.UUID) -> HttpResponse:
    """Say that an order holds no longer."""
    patient = patient_or_404(request, patient_id)
    order = order_or_404(request, patient, order_id)
    form = NoLongerForm(
        request.POST if request.method == "POST" else None,
        began=order.ordered_on,
        today=timezone.localdate(),
        button="End this order",
    )
    if form.is_bound and form.is_valid():
        order_actions.end_order(order, by=acting(request), **form.cleaned_data)
        return redirect("rounds:chart", patient.pk)
    context = {"form": form, "patient": patient, "order": order, "lifts": lifts(order)}
    return render(request, "patients/end_order.html", context, status=_status(form))


def _like(request: HttpRequest, form: PatientForm, but: Patient | None = None) -> list[Patient]:
    others = Patient.objects.visible_to(request.user).like(**form.who())
    if but:
        return list(others.exclude(pk=but.pk)[:5])
    # One's own chart of the very number is no likely double: the form was sent twice.
    number, by = form.cleaned_data["chart_number"], acting(request)
    return list(others.exclude(chart_number=number, registered_by_id=by.user_id)[:5])


def _status(form: PlainForm, like: list[Patient] | None = None) -> int:
    return 422 if form.is_bound and (form.errors or like) else 200
