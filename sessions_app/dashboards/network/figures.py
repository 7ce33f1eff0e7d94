"""From the stored sums to the numbers of the network's page, whatever the number of clinics."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from sessions_app.dashboards.network.scope import NetworkScope
from sessions_app.outcomes.completeness import Completeness
from sessions_app.outcomes.funnel import UnitSums
from sessions_app.outcomes.summary import Moments
from sessions_app.rollups import network
from sessions_app.rollups.network import OfArm, OfClinic, WeekCounts
from sessions_app.rollups.windows import WEEK, mondays
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.records import SessionStatus
from sessions_app.vocabulary.scales import Scale

SCALES = (Scale.PAIN, Scale.MOOD)
MOST_WEEKS = 52


@dataclass(frozen=True)
class Planned:
    """What became of planned sessions, week by week, and why those not given were not."""

    given: Mapping[date, int]
    not_given: Mapping[date, int]
    reasons: Mapping[Hashable, int]


@dataclass(frozen=True)
class NetworkFigures:
    """The exact numbers: by arm, by clinic, by week. Which may be shown, `withholding` says."""

    scope: NetworkScope
    moments: Mapping[OfArm, Moments]
    units: Mapping[OfClinic, UnitSums]
    of_arms: Mapping[OfArm, Completeness]
    of_clinics: Mapping[OfClinic, Completeness]
    planned: Planned

    @property
    def arm_ids(self) -> tuple[uuid.UUID, ...]:
        """The arms with a session that counts."""
        return tuple(sorted({arm for arm, _ in self.of_arms}))


def network_figures(scope: NetworkScope) -> NetworkFigures:
    """Read the numbers: four statements, and one more where the first session is to be found."""
    clinics, arms, last = scope.clinics, scope.arm_ids, scope.last_week
    first = scope.since or network.first_monday(clinics) or last
    of_arms: dict[OfArm, Completeness] = defaultdict(Completeness)
    of_clinics: dict[OfClinic, Completeness] = defaultdict(Completeness)
    for (clinic, arm, scale), told in network.network_counts(clinics, first, last, arms).items():
        of_arms[arm, scale] += told
        of_clinics[clinic, scale] += told
    drawn = max(first, last - (MOST_WEEKS - 1) * WEEK)
    return NetworkFigures(
        scope=scope,
        moments=network.network_moments(clinics, scope.since, arms),
        units=network.network_units(clinics, scope.since, arms),
        of_arms=of_arms,
        of_clinics=of_clinics,
        planned=_planned(network.network_sessions(clinics, drawn, last, arms), drawn, last),
    )


def _planned(found: list[WeekCounts], first: date, last: date) -> Planned:
    given, not_given = (dict.fromkeys(mondays(first, last), 0) for _ in range(2))
    reasons: Counter[Hashable] = Counter()
    for one in found:
        if one.status == SessionStatus.GIVEN.value:
            given[one.week] += one.sessions
        elif one.status == SessionStatus.NOT_GIVEN.value:
            not_given[one.week] += one.sessions
            reasons[NotGivenReason(one.not_given_reason)] += one.sessions
    return Planned(given, not_given, reasons)
