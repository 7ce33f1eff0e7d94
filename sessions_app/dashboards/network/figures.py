"""From the stored sums to the numbers of the network's page, whatever the number of clinics."""

import uuid
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from sessions_app.dashboards.network.scope import NetworkScope
from sessions_app.outcomes.completeness import Completeness
from sessions_app.outcomes.funnel import UnitSums
from sessions_app.outcomes.responders import Threshold
from sessions_app.outcomes.shares import ShareSums
from sessions_app.outcomes.summary import Moments
from sessions_app.protocols import registry
from sessions_app.protocols.registry import Course
from sessions_app.rollups import network
from sessions_app.rollups.network import OfArm, OfClinic, OfThreshold, Plans
from sessions_app.rollups.windows import WEEK, mondays
from sessions_app.vocabulary.reasons import NotGivenReason
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
    responded: Mapping[OfThreshold, ShareSums]
    units: Mapping[OfClinic, UnitSums]
    of_arms: Mapping[OfArm, Completeness]
    of_clinics: Mapping[OfClinic, Completeness]
    planned: Planned

    @property
    def arm_ids(self) -> tuple[uuid.UUID, ...]:
        """The arms with a session that counts."""
        return tuple(sorted({arm for arm, _ in self.of_arms}))

    @property
    def courses(self) -> list[Course]:
        """The same arms, by protocol and name."""
        found = map(registry.course, self.arm_ids)
        return sorted(found, key=lambda one: (one.protocol.title, one.protocol.version, one.name))

    def who_responded(self, arm: uuid.UUID, threshold: Threshold) -> ShareSums:
        """An arm's sessions in which pain could fall by much, and did; noughts where none is."""
        return self.responded.get((arm, threshold), ShareSums())


def network_figures(scope: NetworkScope) -> NetworkFigures:
    """Read the numbers: two statements, and one more where the first session is to be found."""
    clinics, arms, last = scope.clinics, scope.arm_ids, scope.last_week
    first = scope.since or network.first_monday(clinics) or last
    sums = network.network_sums(clinics, scope.since, arms)
    drawn = max(first, last - (MOST_WEEKS - 1) * WEEK)
    return NetworkFigures(
        scope=scope,
        **sums._asdict(),
        planned=_planned(network.network_planned(clinics, drawn, last, arms), drawn, last),
    )


def _planned(found: Plans, first: date, last: date) -> Planned:
    weeks = list(mondays(first, last))
    return Planned(
        given={week: found.given[week] for week in weeks},
        not_given={week: found.not_given[week] for week in weeks},
        reasons={NotGivenReason(code): number for code, number in found.reasons.items() if number},
    )
