"""Does it last?"""

from collections.abc import Iterator, Mapping

from sessions_app.charts import along_chart as chart
from sessions_app.charts.along_chart import AlongChart, Line
from sessions_app.charts.interval_plot import Change, IntervalPlot
from sessions_app.charts.share_plot import SharePlot
from sessions_app.dashboards.follow_ups import LATER
from sessions_app.dashboards.lasting_sums import ScaleLasting, lasting_sums
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Beside, Panel
from sessions_app.dashboards.scope import Scope
from sessions_app.outcomes.durability import (
    LASTING_CANNOT_SHOW,
    AtNumber,
    Lasting,
    Later,
    NumberSums,
    by_number,
    lasting,
    later_measure,
)
from sessions_app.outcomes.enough import MINIMUM_PATIENTS
from sessions_app.outcomes.lasting_answers import (
    THINNED,
    Along,
    along,
    later_answer,
    still_there,
)
from sessions_app.outcomes.spoken import counted
from sessions_app.outcomes.summary import MeanChange
from sessions_app.protocols import registry
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint

QUESTION = "Does it last?"
SHARE = (
    "The share is what was left of the change before the next session of the same course, of all "
    "pairs of sessions with a score before, a score after and a score before the next one. Below 0 "
    "it was worse than before the first; above 100 % it had gone on."
)
EXPECTED = (
    "Kutner's trial saw no difference between massage and still touch over three weeks: what is "
    "told here is from one visit to the next."
)
TOGETHER = "All arms that are asked about stand together; choose one to see it by itself."
HIDDEN = f"Means are hidden below {MINIMUM_PATIENTS} patients."
Sums = Mapping[Scale, ScaleLasting]


def panel(scope: Scope, links: Links) -> Panel:
    """Return the panel: what is left at the next visit, by session number, and later measures."""
    sums = lasting_sums(scope)
    if not any(one.numbers or one.weekly for one in sums.values()):
        return Panel("lasting", QUESTION, "No session with scores was given in this time.")
    return Panel(
        code="lasting",
        question=QUESTION,
        answer=_answer(sums),
        parts=(
            _shares(sums),
            *_later(sums),
            _course("Scores before the session, by its number in the course", Along.SESSIONS, sums),
            *_weekly(sums),
        ),
        notes=(SHARE, LASTING_CANNOT_SHOW, THINNED, EXPECTED, TOGETHER),
        pictures_answer=True,
    )


def _answer(sums: Sums) -> str:
    """Tell of the first scale what is left at the next visit."""
    scale, one = next(iter(sums.items()))
    found = lasting(one.still)
    said = still_there(scale, found)
    return f"{scale.label}: {said[:1].lower()}{said[1:]}" if found.share is None else said


def _shares(sums: Sums) -> SharePlot:
    """Return what was left of each scale's change; why not, where it cannot be told."""
    found = {scale: lasting(one.still) for scale, one in sums.items() if one.numbers}
    return SharePlot(
        title="What was left of the change at the next visit within 72 hours",
        changes=tuple(_share(scale, one) for scale, one in found.items()),
    )


def _share(scale: Scale, found: Lasting) -> Change:
    pairs, people = counted(found.pairs, "pair"), counted(found.patients, "patient")
    told = (found.share, found.low, found.high)
    mean, low, high = (None if one is None else 100 * one for one in told)
    return Change(
        scale.label, mean, low, high, n=f"{pairs} of sessions from {people}", scale=scale.value,
        hidden_because=found.hidden_because,
    )  # fmt: skip


def _course(title: str, numbers: Along, sums: Sums) -> AlongChart:
    """Return the scores along a course; a number at which every mean is hidden has no row."""
    weekly = numbers is Along.WEEKS
    told = {scale: by_number(_along(one, weekly=weekly)) for scale, one in sums.items()}
    said = " ".join(_along_words(scale, found, numbers) for scale, found in told.items() if found)
    return AlongChart(
        title=title,
        summary=said,
        lines=tuple(_line(scale, found) for scale, found in told.items()),
        counts="Week" if weekly else "Session",
        axis_words="Mean score, 0 to 10" if weekly else "Mean score before the session, 0 to 10",
        counted=HIDDEN,
    )


def _line(scale: Scale, found: tuple[AtNumber, ...]) -> Line:
    at = (chart.AtNumber(one.number, one.mean, one.patients) for one in found)
    return Line(scale.label, scale.value, tuple(at))


def _along_words(scale: Scale, found: tuple[AtNumber, ...], numbers: Along) -> str:
    """Say the first and the last; what thins the later ones is said once, below."""
    said = along(scale, found, numbers).replace(f" {THINNED}", "")
    return said if said.startswith("On average") else f"{scale.label}: {said[:1].lower()}{said[1:]}"


def _along(one: ScaleLasting, *, weekly: bool) -> Mapping[int, NumberSums]:
    return one.weekly if weekly else one.numbers


def _weekly(sums: Sums) -> Iterator[AlongChart]:
    if any(one.weekly for one in sums.values()):
        yield _course("Weekly measures, by the week of the course", Along.WEEKS, sums)


def _later(sums: Sums) -> Iterator[Beside]:
    """Return each later measure beside the change right after the same sessions."""
    found = [
        (scale, when, one)
        for scale, one in sums.items()
        for when in LATER
        if one.measured[when] or any(_asks(arm, scale, when) for arm in one.pairs)
    ]
    if found:
        yield Beside(tuple(_plot(*each) for each in found))


def _asks(arm: object, scale: Scale, when: TimePoint) -> bool:
    measures = registry.course(arm).protocol.measures
    return any(one.scale is scale and when in one.time_points for one in measures)


def _plot(scale: Scale, when: TimePoint, one: ScaleLasting) -> IntervalPlot:
    measured = one.measured[when]
    wanted = (n for arm, n in one.pairs.items() if measured[arm] or _asks(arm, scale, when))
    missing = sum(wanted) - measured.total()
    found = later_measure(one.later[when], one.at_once[when], missing)
    return IntervalPlot(
        title=f"{scale.label}, {when.label.lower()}, beside right after the same sessions",
        summary=later_answer(scale, when, found),
        counted=f"{counted(missing, 'session')} with both scores and without this one.",
        changes=tuple(
            _change(label, mean, scale)
            for label, mean in (("Right after", found.at_once), (when.label, found.later))
        ),
        axis_words="Change from before the session, points; improvement is to the right",
        hidden_because=_hidden(scale, when, found),
    )


def _hidden(scale: Scale, when: TimePoint, found: Later) -> str:
    return "" if found.later.is_shown else f"{scale.label}, {later_answer(scale, when, found)}"


def _change(label: str, found: MeanChange, scale: Scale) -> Change:
    behind = f"{counted(found.sessions, 'session')} from {counted(found.patients, 'patient')}"
    return Change(label, found.mean, found.low, found.high, n=behind, scale=scale.value)
