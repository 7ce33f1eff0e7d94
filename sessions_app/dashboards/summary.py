"""The summary as its page shows it: sums in words, beside what the trial printed."""

import uuid
from dataclasses import dataclass

from sessions_app.dashboards.rollups import SUMMARISED, ArmSums, ScaleSums, arms_of
from sessions_app.outcomes.published import PublishedResult, published
from sessions_app.outcomes.summary import MeanChange
from sessions_app.protocols import registry
from sessions_app.protocols.registry import Course
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from sessions_app.vocabulary.scales import Scale


@dataclass(frozen=True)
class ScalePanel:
    """One scale of one arm."""

    scale: Scale
    change: MeanChange
    missing: int
    missing_reasons: list[tuple[MissingReason, int]]
    published: PublishedResult | None
    ticks: tuple[int, ...] = (-1, 0, 1, 2, 3, 4)

    @property
    def count_words(self) -> str:
        """How many sessions from how many patients stand behind the mean."""
        return (
            f"{_number(self.change.sessions, 'session')} from "
            f"{_number(self.change.patients, 'patient')}"
        )


@dataclass(frozen=True)
class ArmPanel:
    """One arm of one protocol version."""

    course: Course
    sums: ArmSums
    reasons: list[tuple[NotGivenReason, int]]
    scales: list[ScalePanel]

    @property
    def left_out_words(self) -> str:
        """Which given sessions stand in no mean, or nothing."""
        if not (number := self.sums.by_another_role):
            return ""
        is_not = "is not" if number == 1 else "are not"
        by = "given by another role than the protocol names"
        return f"{_number(number, 'session')} {by} {is_not} counted here."


def summary_of(clinic_id: uuid.UUID) -> list[ArmPanel]:
    """Return the panels of a clinic, by protocol and arm."""
    panels = [_arm_panel(sums) for sums in arms_of(clinic_id)]
    return sorted(panels, key=lambda one: (one.course.protocol.title, one.course.name))


def _arm_panel(sums: ArmSums) -> ArmPanel:
    course = registry.course(sums.arm_id)
    asked = {measure.scale for measure in course.protocol.measures}
    return ArmPanel(
        course=course,
        sums=sums,
        reasons=sorted(sums.reasons.items(), key=lambda one: -one[1]),
        scales=[
            _scale_panel(course, scale, sums.scales.get(scale, ScaleSums()))
            for scale in SUMMARISED
            if scale in sums.scales or scale in asked
        ],
    )


def _scale_panel(course: Course, scale: Scale, sums: ScaleSums) -> ScalePanel:
    return ScalePanel(
        scale=scale,
        change=sums.change,
        missing=sums.missing,
        missing_reasons=sorted(sums.missing_by_reason.items(), key=lambda one: -one[1]),
        published=published(course.protocol.code, course.arm.code, scale),
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
