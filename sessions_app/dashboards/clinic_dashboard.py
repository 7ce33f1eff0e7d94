"""The clinic's dashboard: its questions in order, asked about a scope."""

from collections.abc import Callable, Collection
from functools import partial

from sessions_app.dashboards.in_one_go import in_one_go
from sessions_app.dashboards.kept import Kept, Shown
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.outside import outside
from sessions_app.dashboards.panel import Panel
from sessions_app.dashboards.panels import (
    changed,
    complete,
    happening,
    lasting,
    over_time,
    safety,
    therapists,
)
from sessions_app.dashboards.rows.reading import read_once
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.unchanged import Heads
from sessions_app.outcomes.enough import MINIMUM_PATIENTS

QUESTIONS: dict[str, Callable[[Scope, Links], Panel]] = {
    "happening": happening.panel,
    "changed": changed.panel,
    "lasting": lasting.panel,
    "complete": complete.panel,
    "over_time": over_time.panel,
    "therapists": therapists.panel,
    "safety": safety.panel,
}
"""Each question by its name in addresses, in the order of the page."""
QUESTIONS_OUTSIDE: dict[str, Callable[[Scope, Links], Panel]] = {
    **QUESTIONS,
    "over_time": partial(over_time.panel, least=MINIMUM_PATIENTS),
}
"""The same where they leave the clinic: no mean of fewer than 10 patients, of a week neither."""


_KEPT = Kept()


def shown_of(scope: Scope, links: Links, heads: Heads) -> list[Shown]:
    """Return every question as it stands on the page; `heads` were read before anything else."""
    with in_one_go(), read_once():
        return [_KEPT.show(code, panel, scope, links, heads) for code, panel in QUESTIONS.items()]


def shared_of(code: str, scope: Scope, arms: Collection[str]) -> Panel:
    """Return a question as it may leave the clinic; all of them tell what must be hidden in it."""
    links = Links(scope, may_follow=False)
    with in_one_go(), read_once():
        panels = [panel(scope, links) for panel in QUESTIONS_OUTSIDE.values()]
    return outside(panels, code, arms)
