"""Ending what browsers hold: a person's sign-ins, wherever they are open."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session as BrowserSession
from django.utils import timezone

from sessions_app.people.models import User


def forget_browsers(user: User, *, but: str = "") -> int:
    """Delete every browser session of a person except the one with this key; return how many.

    Whose a session is stands sealed inside it, so all that are open are read. That is work for
    the rare moments in which somebody is shut out.
    """
    open_now = BrowserSession.objects.filter(expire_date__gt=timezone.now()).exclude(
        session_key=but
    )
    whose = str(user.pk)
    keys = [
        one.session_key
        for one in open_now.iterator(500)
        if one.get_decoded().get(SESSION_KEY) == whose
    ]
    BrowserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)
