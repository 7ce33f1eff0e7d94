"""Is pain lower and mood better after sessions, and how sure are we?"""

from collections.abc import Iterable, Iterator

from sessions_app.charts.interval_plot import Change, IntervalPlot, Published
from sessions_app.dashboards.change_lines import Line, lines_of
from sessions_app.dashboards.change_sums import ChangeSums, ScaleSums, change_sums
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Beside, Panel
from sessions_app.dashboards.panels.changed_tables import (
    ALL_ARMS,
    HOW_COUNTED,
    bands,
    behind,
    left_out,
    responders_of,
)
from sessions_app.dashboards.scope import Scope
from sessions_app.outcomes import answers
from sessions_app.outcomes.bands import BANDS_NOTE
from sessions_app.outcomes.published import WHY_THEY_DIFFER, PublishedResult, touch_share_words
from sessions_app.outcomes.spoken import counted
from sessions_app.vocabulary.scales import RATED, Scale

QUESTION = "Is pain lower and mood better after sessions, and how sure are we?"
ONLY_A_CHANGE = (
    "This is the change from before to after a session. It does not show what the session did by "
    "itself. Why a clinic's figure and a trial's differ:"
)
CLEARLY_LESS = f"Clearly less pain: {HOW_COUNTED[:1].lower()}{HOW_COUNTED[1:]}"
ASKED_ABOUT = (Scale.PAIN, Scale.MOOD)


def panel(scope: Scope, links: Links) -> Panel:
    """Return the panel: what changed, beside the trials; from where to where; for how many."""
    sums = change_sums(scope)
    lines = lines_of(sums)
    if not lines:
        return Panel("changed", QUESTION, "No session with scores was given in this time.")
    scales = dict.fromkeys(
        one.scale for one in sorted(lines, key=lambda one: RATED.index(one.scale))
    )
    return Panel(
        code="changed",
        question=QUESTION,
        answer=" ".join(_answer(scale, sums) for scale in ASKED_ABOUT),
        parts=(
            Beside((*(_plot(scale, sums, lines, links) for scale in scales), bands(sums, links))),
            *left_out(sums, links),
            responders_of(sums, lines, links),
            behind(lines, links),
        ),
        notes=(CLEARLY_LESS, *notes_of(line.printed for line in lines), BANDS_NOTE),
        pictures_answer=True,
    )


def _answer(scale: Scale, sums: ChangeSums) -> str:
    found = sums.whole.get(scale, ScaleSums())
    said = answers.changed(scale, found.change, found.missing)
    return said if found.change.is_shown else f"{scale.label}: {said[:1].lower()}{said[1:]}"


def _plot(scale: Scale, sums: ChangeSums, lines: list[Line], links: Links) -> IntervalPlot:
    arms = [_of_arm(line, links) for line in lines if line.scale is scale]
    if len(arms) > 1:
        href = links.to(what="counted", scale=scale.value, pairs="both")
        whole = sums.whole.get(scale, ScaleSums())
        arms.insert(0, _change(ALL_ARMS, scale, whole, None, href))
    return IntervalPlot(
        title=f"{scale.label}, change from before to after",
        summary=f"{scale.label}, change from before to after",
        counted="Improvement is positive. Means are hidden below 10 patients.",
        changes=tuple(arms),
    )


def _of_arm(line: Line, links: Links) -> Change:
    asked = {"what": "counted", "scale": line.scale.value, "pairs": "both"}
    href = links.of_arm(line.course.arm_id, **asked)
    return _change(line.course.name, line.scale, line.sums, line.printed, href)


def _change(
    label: str, scale: Scale, sums: ScaleSums, trial: PublishedResult | None, href: str
) -> Change:
    change = sums.change
    behind = f"{counted(change.sessions, 'session')} from {counted(change.patients, 'patient')}"
    return Change(
        label=label,
        mean=change.mean,
        low=change.low,
        high=change.high,
        of_patients=change.patient_mean,
        published=printed(trial) if trial else None,
        n=f"{behind}; {sums.missing} missing",
        scale=scale.value,
        hidden_because=change.hidden_because,
        href=href,
    )


def printed(trial: PublishedResult) -> Published:
    """Return a trial's figure as it stands beside one's own."""
    return Published("Published", trial.mean_change, trial.low, trial.high, trial.as_printed)


def notes_of(trials: Iterable[PublishedResult | None]) -> Iterator[str]:
    """Say what a change from before to after is not, and who printed what stands beside it."""
    yield ONLY_A_CHANGE
    yield from WHY_THEY_DIFFER
    yield touch_share_words()
    told = (f"Published: {one.citation} doi {one.doi}. {one.caveat}" for one in trials if one)
    yield from dict.fromkeys(told)
