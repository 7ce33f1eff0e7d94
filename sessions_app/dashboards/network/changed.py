"""Is pain lower and mood better after sessions, in all clinics together?"""

from collections.abc import Iterator
from dataclasses import dataclass

from sessions_app.charts.interval_plot import Change, IntervalPlot
from sessions_app.dashboards.change_lines import asks_for
from sessions_app.dashboards.network.figures import SCALES, NetworkFigures
from sessions_app.dashboards.network.withholding import ARMS, HIDDEN, Withheld
from sessions_app.dashboards.panel import Beside, Panel
from sessions_app.dashboards.panels.changed import notes_of, printed
from sessions_app.outcomes import answers
from sessions_app.outcomes.enough import MINIMUM_PATIENTS
from sessions_app.outcomes.published import PublishedResult, published
from sessions_app.outcomes.spoken import counted
from sessions_app.outcomes.summary import MeanChange, Moments, mean_change
from sessions_app.protocols.registry import Course
from sessions_app.vocabulary.scales import Scale

QUESTION = "Is pain lower and mood better after sessions, in all clinics together?"
NONE_YET = "No session with scores was given in this time."
FEW = f"fewer than {MINIMUM_PATIENTS} patients"
BY_ARM = (
    "Each arm of each version of a protocol stands by itself; a patient who was in two of them "
    "counts in both."
)


@dataclass(frozen=True)
class Line:
    """One scale of one arm: its mean change, and what the trial printed."""

    course: Course
    scale: Scale
    change: MeanChange

    @property
    def trial(self) -> PublishedResult | None:
        """What the trial printed of it, if anything."""
        return published(self.course.protocol.code, self.course.arm.code, self.scale)


def panel(found: NetworkFigures, kept: Withheld) -> Panel:
    """Return the panel: each arm's mean change with its interval, beside the trial's."""
    lines = list(_lines(found))
    if not lines:
        return Panel("changed", QUESTION, NONE_YET)
    of = {scale: [one for one in lines if one.scale is scale] for scale in SCALES}
    withheld = answers.withheld(*kept.how_many("patients", ARMS))
    return Panel(
        code="changed",
        question=QUESTION,
        answer=" ".join(
            answers.changed_in(scale, [one.change for one in some])
            for scale, some in of.items()
            if some
        ),
        parts=(Beside(tuple(_plot(scale, some, kept) for scale, some in of.items() if some)),),
        notes=(
            *((withheld,) if withheld else ()),
            BY_ARM,
            *notes_of(one.trial for one in lines),
        ),
    )


def _lines(found: NetworkFigures) -> Iterator[Line]:
    for course in found.courses:
        for scale in SCALES:
            key = course.arm_id, scale
            if key in found.of_arms or asks_for(course, scale):
                yield Line(course, scale, mean_change(found.moments.get(key, Moments())))


def _plot(scale: Scale, lines: list[Line], kept: Withheld) -> IntervalPlot:
    return IntervalPlot(
        title=f"{scale.label}, change from before to after",
        summary=f"{scale.label}, change from before to after",
        counted=f"Improvement is positive. Means are hidden below {MINIMUM_PATIENTS} patients.",
        changes=tuple(_change(one, kept) for one in lines),
    )


def _change(line: Line, kept: Withheld) -> Change:
    change, trial = line.change, line.trial
    shown = change.is_shown
    return Change(
        label=line.course.name,
        mean=change.mean,
        low=change.low,
        high=change.high,
        of_patients=change.patient_mean,
        published=printed(trial) if trial else None,
        n=_behind(line, kept),
        scale=line.scale.value,
        hidden_because="" if shown else FEW,
    )


def _behind(line: Line, kept: Withheld) -> str:
    """Say how many stand behind a mean; a chart has one line for it, also where none is told."""
    arm, scale = line.course.arm_id, line.scale
    sessions, lacking = kept.told(ARMS, arm, scale, "both"), kept.told(ARMS, arm, scale, "lacking")
    patients = _counted(kept.told("patients", arm, scale), "patient")
    if sessions is None and lacking is None:
        return f"{patients}; sessions and missing {HIDDEN}"
    told = HIDDEN if lacking is None else lacking
    return f"{_counted(sessions, 'session')} from {patients}; missing: {told}"


def _counted(number: int | None, noun: str) -> str:
    return f"{noun}s {HIDDEN}" if number is None else counted(number, noun)
