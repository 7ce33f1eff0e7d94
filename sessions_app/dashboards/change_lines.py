"""Which arms and scales stand on the page of what changed: a line for each, also in the command."""

from dataclasses import dataclass

from sessions_app.dashboards.change_sums import ChangeSums, ScaleSums
from sessions_app.outcomes.published import PublishedResult, published
from sessions_app.protocols import registry
from sessions_app.protocols.registry import Course
from sessions_app.vocabulary.scales import RATED, Scale
from sessions_app.vocabulary.timepoints import TimePoint

BEFORE_AND_AFTER = {TimePoint.BEFORE, TimePoint.AFTER}


@dataclass(frozen=True)
class Line:
    """One scale of one arm of one version of a protocol."""

    course: Course
    scale: Scale
    sums: ScaleSums

    @property
    def printed(self) -> PublishedResult | None:
        """What the trial printed of it, if anything."""
        return published(self.course.protocol.code, self.course.arm.code, self.scale)


def lines_of(sums: ChangeSums) -> list[Line]:
    """Return the lines of all arms with sessions, by protocol, arm and scale."""
    return [
        Line(course, scale, sums.arms.get(course.arm_id, {}).get(scale, ScaleSums()))
        for course in courses_of(sums)
        for scale in RATED
        if scale in sums.arms.get(course.arm_id, {}) or asks_for(course, scale)
    ]


def courses_of(sums: ChangeSums) -> list[Course]:
    """Return the arms with sessions, by protocol and arm."""
    found = map(registry.course, {*sums.arms, *sums.left_out})
    return sorted(found, key=lambda one: (one.protocol.title, one.protocol.version, one.name))


def asks_for(course: Course, scale: Scale) -> bool:
    """Whether the protocol wants the scale before and after sessions."""
    return any(
        measure.scale is scale and set(measure.time_points) >= BEFORE_AND_AFTER
        for measure in course.protocol.measures
    )
