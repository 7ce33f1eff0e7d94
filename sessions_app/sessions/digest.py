"""Does a repeated form say the same as the first time?"""

import hashlib
import json

from django.http import HttpRequest

from sessions_app.people.kept import KEPT_HERE
from sessions_app.sessions.first_shown import FIELD as FIRST_SHOWN
from sessions_app.timing.forms import NAMES

_NOT_SAID = frozenset({"csrfmiddlewaretoken", FIRST_SHOWN, KEPT_HERE, "shown"}) | NAMES
# What is no word of a person's about the session: seals, a dose tapped on the way, and which
# reminders stood on the page: once the session is saved a form that is fetched anew has others.


def digest_of(request: HttpRequest) -> str:
    """Return a SHA-256 over where a form was sent and all that it says, in whatever order."""
    posted = request.POST
    said = {name: values for name, values in posted.lists() if name not in _NOT_SAID}
    text = json.dumps([request.path, said], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
