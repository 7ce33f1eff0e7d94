"""What the page of a session shows while hands are on the patient: today's limits, and the plan."""

from dataclasses import dataclass
from datetime import datetime

from sessions_app.clinics.models import Clinic
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.limits import LimitRow, avoid_rows, general_words
from sessions_app.sessions.models import Session
from sessions_app.sessions.standing import standing_of
from sessions_app.vocabulary.body_sites import BodySite, in_few_words
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.techniques import Technique


@dataclass(frozen=True)
class UnderWay:
    """The limits as the facts are now, and what was planned: techniques, and sites by pressure."""

    verdict: Verdict
    avoid: list[LimitRow]
    general: str
    techniques: tuple[str, ...]
    sites: tuple[tuple[str, str], ...]


def under_way(session: Session, clinic: Clinic, now: datetime) -> UnderWay:
    """Tell what holds for a session that has begun and is not finished."""
    verdict = standing_of(session.patient, clinic, now)
    return UnderWay(
        verdict=verdict,
        avoid=avoid_rows(verdict),
        general=general_words(verdict),
        techniques=tuple(Technique(code).label for code in session.plan.get("techniques", [])),
        sites=_by_pressure(session.plan.get("sites", {})),
    )


def _by_pressure(planned: dict[str, int]) -> tuple[tuple[str, str], ...]:
    words, found = dict(Pressure.choices()), []
    for level in sorted(set(planned.values())):
        sites = [site for site in BodySite if planned.get(site.value) == level]
        found.append((words[level], "; ".join(in_few_words(sites))))
    return tuple(found)
