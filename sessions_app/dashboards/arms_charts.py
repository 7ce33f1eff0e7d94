"""The comparison of two arms as its page draws it, and as a file of the same numbers."""

from collections.abc import Iterator

from sessions_app.charts.difference_plot import DifferencePlot
from sessions_app.charts.interval_plot import Change, IntervalPlot, Published
from sessions_app.dashboards.arms_report import ArmSide, ArmsReport
from sessions_app.outcomes.enough import too_few
from sessions_app.outcomes.published import published
from sessions_app.outcomes.spoken import as_sentence, counted

HEAD = (
    "protocol", "version", "scale", "first_day", "last_day", "figure", "patients", "sessions",
    "without_both_scores", "points", "low_95", "high_95", "mean_of_patients_means",
)  # fmt: skip


def difference_plot(report: ArmsReport) -> DifferencePlot:
    """Return the adjusted difference with its interval, or why there is none."""
    found, scale = report.difference, report.asked.scale
    first, second = (side.name for side in report.sides)
    label = f"{scale.label}: {first} against {second}"
    sessions, patients = counted(found.sessions, "session"), counted(found.patients, "patient")
    n = f"{sessions} from {patients}"
    why = report.trouble or found.hidden_because
    one = Change(
        label, found.difference, found.low, found.high,
        n=n, scale=scale.value, hidden_because=why, name="Difference at the same score before",
    )  # fmt: skip
    return DifferencePlot(
        title=f"By how much more {scale.label.lower()} improved after {first} than after {second}",
        summary="" if why else found.words,
        counted=f"{n}; {_missing(report)}.",
        hidden_because=report.trouble or as_sentence(found.hidden_because),
        changes=(one,),
        axis_words=f"Points of difference; to the right, more after {first}",
        first=first,
        second=second,
    )


def means_plot(report: ArmsReport) -> IntervalPlot:
    """Return the mean change of each arm as it is, beside what its trial printed."""
    return IntervalPlot(
        title=f"{report.asked.scale.label}: mean change of each arm, nothing allowed for",
        changes=tuple(_change(report, side) for side in report.sides),
        counted=" ".join(_counted(side) for side in report.sides),
    )


def table_rows(report: ArmsReport) -> Iterator[tuple[str, ...]]:
    """Yield what the page shows as the rows of a file, its head first."""
    yield HEAD
    asked = report.asked
    protocol = asked.arms[0].protocol
    days = tuple(day.isoformat() if day else "" for day in (asked.first, asked.last))
    what = (protocol.code, str(protocol.version), asked.scale.value, *days)
    for side in report.sides:
        told = side.change
        yield (
            *(*what, f"mean change, {side.name}", str(told.patients), str(told.sessions)),
            *(str(side.missing), *map(_plain, (told.mean, told.low, told.high))),
            _plain(told.patient_mean),
        )
    found, (first, second) = report.difference, (side.name for side in report.sides)
    yield (
        *(*what, f"adjusted difference, {first} minus {second}", str(found.patients)),
        *(str(found.sessions), str(sum(side.missing for side in report.sides))),
        *map(_plain, (found.difference, found.low, found.high)),
        "",
    )


def _change(report: ArmsReport, side: ArmSide) -> Change:
    told, scale = side.change, report.asked.scale
    trial = published(side.course.protocol.code, side.course.arm.code, scale)
    printed = None
    if trial:
        ends = trial.low, trial.high
        printed = Published("Published", trial.mean_change, *ends, trial.as_printed)
    n = f"{counted(told.sessions, 'session')} from {counted(told.patients, 'patient')}"
    return Change(
        side.name, told.mean, told.low, told.high, told.patient_mean, printed, n, scale.value,
        hidden_because=too_few(told.patients, f"patients with both scores on «{side.name}»"),
    )  # fmt: skip


def _counted(side: ArmSide) -> str:
    """Such as «Massage: 3 sessions without both scores (asleep: 2; declined: 1).»"""
    if not side.missing:
        return f"{side.name}: no session without both scores."
    why = "; ".join(f"{one.label.lower()}: {n}" for one, n in side.reasons.most_common())
    reasons = f" ({why})" if why else ""
    return f"{side.name}: {counted(side.missing, 'session')} without both scores{reasons}."


def _missing(report: ArmsReport) -> str:
    number = sum(side.missing for side in report.sides)
    if not number:
        return "each session has both scores"
    return f"{counted(number, 'session')} without both scores left out"


def _plain(points: float | None) -> str:
    """A number of the page as a program reads it: two decimals, a plain minus, no sign for +."""
    return "" if points is None else f"{round(points, 2) + 0.0:.2f}"
