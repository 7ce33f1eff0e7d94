"""The summary's figures of one protocol, clinic by clinic added up, for whoever reads rows.

The numbers are those of the page, by the same functions: sums by `rollups`, means and intervals
by `outcomes`. A patient belongs to one clinic, so the sums of clinics may be added.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sessions_app.dashboards.rollups import SUMMARISED, ScaleSums, arms_of
from sessions_app.outcomes.figures import Figures, figures
from sessions_app.outcomes.published import published
from sessions_app.protocols import registry
from sessions_app.protocols.registry import Course
from sessions_app.vocabulary.scales import Scale


@dataclass(frozen=True)
class ArmFigures:
    """One scale of one arm of one version of a protocol."""

    version: int
    arm: str
    scale: Scale
    figures: Figures


def figures_of(clinics: Iterable[uuid.UUID], protocol: str, arm: str = "") -> list[ArmFigures]:
    """Return the figures of a protocol, by version, arm and scale; of one arm where it is named.

    Only arms on which somebody was put. Responders are null: the sums do not hold them yet.
    """
    found: dict[uuid.UUID, dict[Scale, ScaleSums]] = {}
    for clinic_id in clinics:
        for sums in arms_of(clinic_id):
            course = registry.course(sums.arm_id)
            if course.protocol.code == protocol and arm in ("", course.arm.code):
                _add(found.setdefault(sums.arm_id, {}), sums.scales)
    courses = sorted(map(registry.course, found), key=lambda one: (one.protocol.version, one.name))
    return [_told(one, found[one.arm_id], scale) for one in courses for scale in SUMMARISED]


def _add(whole: dict[Scale, ScaleSums], part: dict[Scale, ScaleSums]) -> None:
    for scale, sums in part.items():
        known = whole.setdefault(scale, ScaleSums())
        known.moments += sums.moments
        known.missing += sums.missing


def _told(course: Course, scales: dict[Scale, ScaleSums], scale: Scale) -> ArmFigures:
    sums = scales.get(scale, ScaleSums())
    code, arm = course.protocol.code, course.arm.code
    told = figures(scale, sums.change, sums.missing, None, published(code, arm, scale))
    return ArmFigures(course.protocol.version, arm, scale, told)
