"""All that a person can type into the session form, phase by phase, as a browser sends it."""

import uuid
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from sessions_app.sessions.models import Session
from tests.reading import Page
from tests.universe import Universe, care, still_touch

Typed = dict[str, Any]

PHASES = ("start", "finish", "whole")

BEFORE: Typed = {
    "pain_before": "0",
    "mood_before": "10",
    "heart_rate_before": "72",
    "respiratory_rate_before": "14",
    "before_by": "proxy",
}
AFTER: Typed = {
    "pain_after": "asleep",
    "mood_after": "0",
    "heart_rate_after": "64",
    "respiratory_rate_after": "",
    "after_by": "therapist",
    "not_known": "1",
}
HANDS: Typed = {
    "techniques": ["effleurage", "still_holding"],
    "sites": ["hand_left", "foot_sole_right"],
    "pressure-hand_left": "0",
    "pressure-foot_sole_right": "2",
}
REST: Typed = {
    "reaction": "described",
    "reaction_text": "Felt «dizzy» & sat up.",
    "position": "semi_reclined",
    "product": "patient_own",
    "interruptions": ["talk", "phone"],
    "subjective": "first line\nsecond <b>line</b>",
    "objective": "</textarea><script>1</script>",
    "assessment": "Grüße, 0 pain",
    "plan_note": "tell the 'team'",
}


def typed(universe: Universe, phase: str, **changes: Any) -> Typed:
    """Return a form with every field filled in, and what differs."""
    began = (universe.now - timedelta(hours=1)).astimezone(universe.birchwood.zone)
    when = {
        "performed_on": f"{began:%Y-%m-%d}", "performed_time": f"{began:%H:%M}", "minutes": "30",
    }  # fmt: skip
    said = {
        "start": {**BEFORE, **HANDS},
        "finish": {**AFTER, "minutes": "25", **HANDS, **REST},
        "whole": {**when, **BEFORE, **AFTER, **HANDS, **REST},
    }[phase]
    return {"client_key": str(uuid.uuid4()), **said, **changes}


def address(universe: Universe, phase: str, who: str = "bruno", by: str = "therapist") -> str:
    """Return where a phase of a patient's form is sent; one to finish is started first, by whom."""
    course = getattr(universe, f"{who}_course")
    if phase == "finish":
        plan = still_touch() if by == "volunteer" else care()
        begun = universe.start(course, by=universe.members[by], plan=plan)
        return reverse("sessions:finish", args=[begun.pk])
    return reverse(f"sessions:{'log' if phase == 'whole' else phase}", args=[course.pk])


def stored(form: Typed) -> Session:
    """Return the session that a form was stored as."""
    key = form["client_key"]
    return Session.objects.get(client_key=key[0] if isinstance(key, list) else key)


def resend(browser: Client, where: str, form: dict[str, list[str]], **changes: Any) -> Any:
    """Send what a page's form holds, with what the person changed in it."""
    return browser.post(where, {**form, **changes})


def confirm(browser: Client, where: str, form: Typed) -> Any:
    """Send a form; where the reminders ask for a tick, set it and send the form again."""
    answer = browser.post(where, form)
    if answer.status_code == 302:
        return answer
    shown = Page(answer).form()["shown"]
    return browser.post(where, {**form, "shown": shown, "confirmed": "1"})
