"""Does a repeated form say the same as the first time?"""

import hashlib
import json

from django.http import HttpRequest

from sessions_app.sessions.first_shown import FIELD as FIRST_SHOWN

_NOT_SAID = frozenset({"csrfmiddlewaretoken", FIRST_SHOWN})
# Neither is typed by a person: the same words under another seal are the same words.


def digest_of(request: HttpRequest) -> str:
    """Return a SHA-256 over where a form was sent and all that it says, in whatever order."""
    posted = request.POST
    said = {name: values for name, values in posted.lists() if name not in _NOT_SAID}
    text = json.dumps([request.path, said], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
