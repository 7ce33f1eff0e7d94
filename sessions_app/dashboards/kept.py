"""A question that is answered as before is shown as before: drawn once, and not each time.

What is shown of a question hangs on its scope, on whether its numbers may be followed, and on
what the database answers; a published protocol never changes. While the chains of its clinics end
as they did before it was asked, nothing was written since, so nothing is asked (as `unchanged` has
it for one browser; this is for everybody). Else its statements are asked anew, and only where one
is answered differently is the panel made, drawn and laid out again.
Nothing is kept longer than the process lives.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

from django.template.loader import render_to_string

from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Panel
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import Heard, ask, heard
from sessions_app.dashboards.unchanged import Heads

MOST = 64
"""Questions that are kept, each of some 100 kB: those of the eight scopes last asked about."""


@dataclass(frozen=True)
class Shown:
    """A question as it stands on the page; it ``waits`` where there is nothing to show yet."""

    code: str
    question: str
    answer: str
    html: str
    waits: bool


class Answered(NamedTuple):
    """A question as it was shown, what the database had answered, and how the chains ended then."""

    ends: tuple[str, ...]
    heard: Heard
    shown: Shown


class Kept:
    """What was shown last, with what the database had answered."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._known: OrderedDict[Any, Answered] = OrderedDict()
        self._lock = Lock()

    def show(
        self,
        code: str,
        panel: Callable[[Scope, Links], Panel],
        scope: Scope,
        links: Links,
        heads: Heads,
    ) -> Shown:
        """Return the question as it stands on the page, drawn anew only where it must be.

        `heads` were read before this: what is written meanwhile is asked about the next time.
        """
        ends = tuple(heads.get(one.pk, "") for one in scope.clinics)
        clinics = tuple((one.pk, one.name, one.time_zone) for one in scope.clinics)
        key = (code, scope, clinics, links)
        with self._lock:
            known = self._known.get(key)
        if known and all(ends) and known.ends == ends:
            return known.shown
        with heard() as now:
            if known and all(ask(one) == rows for one, rows in known.heard.items()):
                shown = known.shown
            else:
                shown = _laid_out(panel(scope, links), scope)
        self._keep(key, Answered(ends, now, shown))
        return shown

    def _keep(self, key: Any, told: Answered) -> None:
        with self._lock:
            self._known[key] = told
            self._known.move_to_end(key)
            while len(self._known) > self.most:
                self._known.popitem(last=False)


def _laid_out(panel: Panel, scope: Scope) -> Shown:
    return _drawn(panel, {"query": scope.query()})


@lru_cache(maxsize=16)
def shown_outside(panel: Panel, query: str) -> Shown:
    """Return a question of all clinics as it stands on the page: the same panel is drawn once."""
    return _drawn(panel, {"query": query, "outside": True})


def _drawn(panel: Panel, told: dict[str, Any]) -> Shown:
    waits = panel.waits and "outside" not in told  # what is withheld there is no question of time
    html = render_to_string("dashboards/panel.html", told | {"panel": panel, "folded": waits})
    return Shown(panel.code, panel.question, panel.answer, html, waits)
