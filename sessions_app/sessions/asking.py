"""«Before you begin» on the session form: an answer is kept, and nothing that was typed is lost.

Each button of the block sends the whole form. What it answers stands under `asked`: «still:ID»,
«no:ID», «unknown:ID» of a fact that is out of date, «none:KIND KIND» of a topic, «new:KIND» for
the page of a fact. That page carries the form with it, and comes back with «record:KIND» or «back».
"""

import uuid
from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.patients import actions, asked_actions
from sessions_app.patients.access import fact_or_404
from sessions_app.patients.fact_forms import FactForm, answers_to
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.records import Reporter

ASKED, CARRIED, BACK = "asked", "carried", "back"
EMERGENCY = "emergency_now"
"""The name of the form's button «This is an emergency», which sends the whole form too."""
UNREADABLE = "Nothing was saved: choose one of the answers."
SAID = {
    "still": "still so, with today's date.",
    "no": "not so any more.",
    "unknown": "asked, not known. Its limits stay.",
}


class Reply(NamedTuple):
    """What became of an answer: said in words, or the page of a fact to be filled in."""

    words: str = ""
    page: FactForm | None = None


def is_answer(request: HttpRequest, *, asks: bool) -> bool:
    """Say whether the form came by a button of the block, or back from a page that carried it."""
    sent = request.method == "POST" and ASKED in request.POST
    return sent and (asks or request.POST[ASKED] == BACK)


def typed_in(request: HttpRequest) -> QueryDict:
    """Return the session form as it was sent, also where another page carried it."""
    carried = request.POST.get(CARRIED)
    return request.POST if carried is None else QueryDict(carried)


def as_another(typed: QueryDict, key: uuid.UUID) -> QueryDict:
    """Return what was typed as a session of its own, under a fresh key."""
    own = typed.copy()
    own["client_key"] = str(key)
    own.setdefault("before_by", Reporter.PATIENT.value)  # the finish does not ask
    own["another"] = "1"  # what its button says
    return own


def carried_on(typed: QueryDict) -> str:
    """Write a session form so that another page can carry it along."""
    kept = typed.copy()
    for name in (ASKED, CARRIED, EMERGENCY, "csrfmiddlewaretoken"):
        kept.pop(name, None)
    return kept.urlencode()


def reply_to(request: HttpRequest, patient: Patient, today: date) -> Reply:
    """Do what a button of the block asks for. Raises PermissionDenied, Http404."""
    what, _, which = request.POST[ASKED].partition(":")
    if what == BACK:
        return Reply()
    check_may(acting(request), Permission.RECORD_FACTS)
    if what in asked_actions.DEEDS:
        return _answer(request, patient, what, which, today)
    if what == "none":
        return _say_none(request, patient, which, today)
    if what == "new":
        return Reply(page=FactForm(kind=_kind(which), today=today))
    return _record(request, patient, which, today) if what == "record" else Reply()


def fact_page(request: HttpRequest, patient: Patient, form: FactForm) -> HttpResponse:
    """Show the page of a fact, which carries the session form along."""
    form.helper.form_tag, form.helper.disable_csrf = False, True
    context = {
        "form": form,
        "kind": form.fact_kind,
        "patient": patient,
        "carried": carried_on(typed_in(request)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "sessions/ask_fact.html", context, status=status)


def _answer(request: HttpRequest, patient: Patient, what: str, which: str, today: date) -> Reply:
    fact = _fact(request, patient, which)
    if what not in dict(answers_to(FactKind(fact.kind))):
        return Reply(UNREADABLE)
    try:
        asked_actions.DEEDS[what](fact, on=today, by=acting(request))
    except asked_actions.AlreadyAnswered:
        return Reply(asked_actions.MEANWHILE)
    return Reply(f"Saved: {fact.get_kind_display().lower()}, {SAID[what]}")


def _say_none(request: HttpRequest, patient: Patient, which: str, today: date) -> Reply:
    kinds = [_kind(code) for code in which.split()]
    if not kinds or not all(kind.may_be_absent for kind in kinds):
        return Reply(UNREADABLE)
    said = asked_actions.say_none(patient, kinds=kinds, on=today, by=acting(request))
    return Reply("Saved: asked, and not so." if said else asked_actions.MEANWHILE)


def _record(request: HttpRequest, patient: Patient, which: str, today: date) -> Reply:
    form = FactForm(request.POST, kind=_kind(which), today=today)
    if not form.is_valid():
        return Reply(page=form)
    actions.record_fact(patient=patient, by=acting(request), **form.fact())
    return Reply(f"Saved: {form.fact_kind.label.lower()}.")


def _fact(request: HttpRequest, patient: Patient, which: str) -> ClinicalFact:
    try:
        key = uuid.UUID(which)
    except ValueError as unreadable:
        raise Http404 from unreadable
    return fact_or_404(request, patient, key)


def _kind(code: str) -> FactKind:
    if code not in FactKind.codes():
        raise Http404
    return FactKind(code)
