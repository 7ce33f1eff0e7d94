"""One scale's figures under fixed names, for whoever reads them with a program.

The names are a promise: `manage.py outcomes --format json` and files of the same use them, and a
figure that is hidden is null with its reason beside it, never 0.
"""

from typing import TypedDict

from sessions_app.outcomes.published import PublishedResult
from sessions_app.outcomes.responders import Responders
from sessions_app.outcomes.summary import MeanChange
from sessions_app.vocabulary.scales import Scale


class Published(TypedDict):
    """The trial's printed change, improvement positive."""

    mean_change: float
    ci_low: float
    ci_high: float
    citation: str


class Figures(TypedDict):
    """One scale in one arm; changes are points of the scale, shares 0 to 1."""

    scale: str
    patients: int
    sessions: int
    missing: int
    mean_change: float | None
    ci_low: float | None
    ci_high: float | None
    patient_mean_change: float | None
    responders_30pct: float | None
    responders_2pt: float | None
    published: Published | None
    hidden_because: str


def figures(
    scale: Scale,
    change: MeanChange,
    missing: int,
    responded: tuple[Responders, Responders] | None,
    printed: PublishedResult | None,
) -> Figures:
    """Gather them; ``responded`` is by 30 % and by 2 points, None for a scale without either.

    A responder share is that of patients, one vote each.
    """
    by_percent, by_points = responded or (None, None)
    return Figures(
        scale=scale.value,
        patients=change.patients,
        sessions=change.sessions,
        missing=missing,
        mean_change=change.mean,
        ci_low=change.low,
        ci_high=change.high,
        patient_mean_change=change.patient_mean,
        responders_30pct=by_percent.patient_share if by_percent else None,
        responders_2pt=by_points.patient_share if by_points else None,
        published=_published(printed) if printed else None,
        hidden_because=change.hidden_because,
    )


def _published(printed: PublishedResult) -> Published:
    return Published(
        mean_change=printed.mean_change,
        ci_low=printed.low,
        ci_high=printed.high,
        citation=printed.citation,
    )
