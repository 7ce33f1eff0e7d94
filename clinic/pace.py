"""How fast one person may ask for pages: faster than anybody reads, slower than a program copies.

Each process counts for itself, so nothing is stored and no page costs more; with several workers
the bound is that many times higher. What an emergency needs is never refused.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from clinic import errors
from sessions_app.audit.security_log import Noticed, note

Answer = Callable[[HttpRequest], HttpResponse]

NEVER_REFUSED = {"sessions:open_emergency", "sessions:emergency", "people:sign_out"}
MOST = 10_000
"""People who are counted at once; the one who was away longest is forgotten first."""


class Counters:
    """For each person a count that rises by one with each page and falls steadily."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, who: str, *, a_minute: int, at: float) -> int:
        """Count a page and return 0; where there were too many, return the seconds to wait."""
        with self._lock:
            count, before = self._held.pop(who, (0.0, at))
            count = max(0.0, count - max(0.0, at - before) * a_minute / 60) + 1
            too_many = count > a_minute
            self._held[who] = (count - 1 if too_many else count, at)
            while len(self._held) > self.most:
                self._held.popitem(last=False)
        return max(1, round((count - a_minute) * 60 / a_minute)) if too_many else 0


class Pace:
    """Answer 429 to who asks for pages faster than anybody reads."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.counters = Counters()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; what is refused is refused once the page is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Refuse the page where its person had too many within the last minute."""
        who, a_minute = request.session.get(SESSION_KEY), settings.REQUESTS_A_MINUTE
        match = request.resolver_match
        if not who or not a_minute or (match and match.view_name in NEVER_REFUSED):
            return None
        wait = self.counters.wait(who, a_minute=a_minute, at=time.monotonic())
        if not wait:
            return None
        note(Noticed.TOO_FAST, request)
        answer = errors.page(request, 429)
        answer["Retry-After"] = str(wait)
        return answer
