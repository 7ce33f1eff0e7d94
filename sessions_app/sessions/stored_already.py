"""What is stored of a session in progress already, as the form of its end asks it."""

from sessions_app.sessions.forms import SessionForm
from sessions_app.sessions.incidents import rise_since, rise_told
from sessions_app.sessions.models import ReminderShown, Score, Session
from sessions_app.sessions.policies import confirmed_before


def rise_in(form: SessionForm, phase: str, session: Session | None) -> int:
    """Return by how much pain rose, as far as the form can be read; 0 where nothing is after."""
    if phase == "start" or not form.is_bound:
        return 0
    form.is_valid()  # reads what can be read
    after = form.ratings("after")
    if session is None:
        return rise_told(form.ratings("before"), after)
    mine = {"clinic_id": session.clinic_id, "session_id": session.pk}
    return rise_since(Score.objects.filter(**mine), after)


def confirmed_in(session: Session | None) -> frozenset[str]:
    """Return the rules whose reminders were confirmed when the session was started."""
    if session is None:
        return frozenset()
    mine = {"clinic_id": session.clinic_id, "session_id": session.pk}
    return confirmed_before(ReminderShown.objects.filter(**mine))
