"""Does the change differ from week to week by more than chance?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sessions_app.charts.run_chart import RunChart, Week
from sessions_app.dashboards.change_sums import BOTH, RISE
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Beside, Panel
from sessions_app.dashboards.rows.folds import by_week as rows_by_week
from sessions_app.dashboards.rows.reading import Counted, in_rows
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import Piece, as_date, ask, marks, scores_of, weeks
from sessions_app.outcomes.spoken import counted
from sessions_app.vocabulary.scales import Scale

QUESTION = "Does the change differ from week to week by more than chance?"
DRAWN = (Scale.PAIN, Scale.MOOD)
MOST_WEEKS = 52
LEAST_PATIENTS = 5
FEW = "fewer than {} patients with both scores"
LAST_WEEKS = f"Drawn are the last {MOST_WEEKS} weeks of the days asked about."
A_QUESTION = (
    "A signal is a question, not a verdict: other patients, another season, another way of asking "
    "may stand behind it."
)


@dataclass(frozen=True)
class Sums:
    """One scale in one week, or in all of them: whole numbers."""

    patients: int = 0
    sessions: int = 0
    rise: int = 0
    missing: int = 0

    def mean(self, scale: Scale, least: int = LEAST_PATIENTS) -> float | None:
        """The mean change, improvement positive; None where there are fewer patients."""
        if self.patients < least:
            return None
        return (self.rise if scale.higher_is_better else -self.rise) / self.sessions


ByWeek = Mapping[tuple[date | None, Scale], Sums]
"""The sums of each week by its Monday; those of all weeks under None."""


def by_week(scope: Scope) -> ByWeek:
    """Sum the changes of each week and of all weeks, in one statement."""
    asked = Counted(rows_by_week, scope) if in_rows() else _statement(scope)
    return {
        (as_date(monday) if monday else None, Scale(scale)): Sums(
            patients, int(both), int(rise), number - int(both)
        )
        for monday, scale, patients, both, rise, number in ask(asked)
    }


def _statement(scope: Scope) -> Piece:
    lines = (
        "SELECT {week}, scale, count(DISTINCT CASE WHEN n > 0 THEN patient END), sum(n), sum(rise),"
        " sum(sessions) FROM people GROUP BY {group}"
    )
    by_monday = lines.format(week="monday", group="monday, scale")
    of_all = lines.format(week="CAST(NULL AS date)", group="scale")
    return (
        Piece("WITH")
        + weeks(scope)
        + ", told AS (SELECT w.monday, c.scale, c.patient_id AS patient, c.before, c.after"
        + scores_of(scope)
        + "AND c.scale IN"
        + marks(scale.value for scale in DRAWN)
        + f"), {_PEOPLE} {by_monday} UNION ALL {of_all}"
    )


_PEOPLE = f"""
people AS (
    SELECT monday, scale, patient, count(*) AS sessions,
        sum(CASE WHEN {BOTH} THEN 1 ELSE 0 END) AS n,
        sum(CASE WHEN {BOTH} THEN {RISE} ELSE 0 END) AS rise
    FROM told GROUP BY monday, scale, patient
)
"""  # noqa: S608 - of this module's own words


def last_weeks(scope: Scope) -> Scope:
    """Return the last 52 weeks of a scope that is longer, else the scope."""
    mondays = scope.mondays
    return replace(scope, first=mondays[-MOST_WEEKS]) if len(mondays) > MOST_WEEKS else scope


def panel(scope: Scope, links: Links, least: int = LEAST_PATIENTS) -> Panel:
    """Return the panel: a run chart of pain and one of mood, of weeks with enough patients."""
    drawn = last_weeks(scope)
    sums = by_week(drawn)
    if not sums:
        return Panel("over_time", QUESTION, "No session with scores was given in this time.")
    to = replace(links, scope=drawn)
    charts = tuple(_chart(scale, drawn, sums, to, least) for scale in DRAWN)
    shorter = (LAST_WEEKS,) if drawn is not scope else ()
    return Panel(
        code="over_time",
        question=QUESTION,
        answer=_answer(charts),
        parts=(Beside(charts),),
        notes=(*shorter, A_QUESTION),
        pictures_answer=True,
    )


def _answer(charts: Sequence[RunChart]) -> str:
    said = (f"{scale.label}: {_said(one)}" for scale, one in zip(DRAWN, charts, strict=True))
    return " ".join(said)


def _said(chart: RunChart) -> str:
    if chart.lacking:
        return f"{chart.lacking[:1].lower()}{chart.lacking[1:]}"
    if not chart.reading.asked:
        return "too few weeks for the rules for runs."
    if chart.reading.by_chance:
        return "the rules for runs show no change beyond chance."
    return "something may have changed."


def _chart(scale: Scale, scope: Scope, sums: ByWeek, links: Links, least: int) -> RunChart:
    whole = sums.get((None, scale), Sums())
    return RunChart(
        title=f"Mean change in {scale.label.lower()}, by week",
        measure=f"{scale.label}, mean change in points; improvement is up",
        counted=(
            f"n = {counted(whole.sessions, 'session')} from {counted(whole.patients, 'patient')}; "
            f"{whole.missing} without both scores."
        ),
        counts="Sessions",
        weeks=tuple(
            _week(scale, monday, sums.get((monday, scale), Sums()), links, least)
            for monday in scope.mondays
        ),
    )


def _week(scale: Scale, monday: date, sums: Sums, links: Links, least: int) -> Week:
    mean, asked = sums.mean(scale, least), {"scale": scale.value, "pairs": "both"}
    why_not = "" if mean is not None else FEW.format(least)
    href = links.to(what="counted", **asked, week=monday.isoformat()) if sums.sessions else ""
    return Week(monday, mean, sums.sessions, why_not, href)
