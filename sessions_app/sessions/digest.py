"""Does a repeated form say the same as the first time?"""

import hashlib
import json

from django.http import QueryDict

_NOT_SAID = frozenset({"csrfmiddlewaretoken"})


def digest_of(posted: QueryDict) -> str:
    """Return a SHA-256 over all that a form says; the order of its fields does not matter."""
    said = {name: posted.getlist(name) for name in sorted(posted) if name not in _NOT_SAID}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
