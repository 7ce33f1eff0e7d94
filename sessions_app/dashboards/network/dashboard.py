"""The network's dashboard: its questions in order, asked about one reading of the sums."""

from collections.abc import Callable

from sessions_app.dashboards.network import changed, clinics, complete, happening, responded
from sessions_app.dashboards.network.figures import NetworkFigures, network_figures
from sessions_app.dashboards.network.scope import NetworkScope
from sessions_app.dashboards.network.withholding import Withheld
from sessions_app.dashboards.panel import Panel

QUESTIONS: dict[str, Callable[[NetworkFigures, Withheld], Panel]] = {
    "changed": changed.panel,
    "responded": responded.panel,
    "clinics": clinics.panel,
    "complete": complete.panel,
    "happening": happening.panel,
}
"""Each question by its name in addresses, in the order of the page."""


def panels_of(scope: NetworkScope, only: str = "") -> list[Panel]:
    """Return the questions with their answers, or one of them as it stands among the others."""
    found = network_figures(scope)
    kept = Withheld(found)
    return [panel(found, kept) for code, panel in QUESTIONS.items() if only in ("", code)]
