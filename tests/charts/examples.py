"""Charts of invented numbers, to be looked at and to be kept as golden files."""

from datetime import UTC, date, datetime, timedelta

from sessions_app.charts.along_chart import AlongChart, AtNumber, Line
from sessions_app.charts.band_table import BandTable
from sessions_app.charts.chart import Chart
from sessions_app.charts.course import Course, Given, Window
from sessions_app.charts.difference_plot import DifferencePlot
from sessions_app.charts.funnel import Funnel, Unit
from sessions_app.charts.funnel_limits import Limits
from sessions_app.charts.interval_plot import Change, IntervalPlot, Published
from sessions_app.charts.run_chart import RunChart, Week
from sessions_app.charts.share_bars import Bar, ShareBars
from sessions_app.charts.share_plot import SharePlot
from sessions_app.charts.stacked_weeks import BarWeek, StackedWeeks

MONDAY = date(2025, 9, 1)
FIRST = datetime(2025, 11, 3, 14, 10, tzinfo=UTC)
BY_WEEK = (
    *(1.4, 2.1, 1.2, 1.9, 1.5, None, 1.1, 1.8, 2.2, 1.3, 1.0, 1.7),
    *(2.1, 2.4, 2.2, 2.6, 2.9, 2.3, 2.5, 1.6, None, 2.0),
)  # fmt: skip
REASONS = ("Given", "Declined, not now", "At a procedure", "Asleep", "Too unwell", "No therapist")
RARE = ("Infection control", "Discharged", "Safety stop", "Died", "Other")


def run_chart() -> RunChart:
    """Twenty-two weeks, two without a number, seven above the median in a row."""
    return RunChart(
        title="Change in pain from before to after, by week",
        measure="Mean change in pain, points; improvement is up",
        counted="n = 264 sessions from 61 patients; 18 sessions without both scores.",
        counts="Sessions",
        weeks=tuple(
            Week(
                MONDAY + timedelta(weeks=n),
                value,
                None if value is None else 8 + n % 7,
                "fewer than 10 patients" if value is None else "",
                f"/summary/?week={n}",
            )
            for n, value in enumerate(BY_WEEK)
        ),
    )


def score_chart() -> RunChart:
    """A few weeks of scores: the axis stays whole and no rule is asked."""
    scores = (5.5, 6.1, 5.8, 6.4, 6.0)
    return RunChart(
        title="Mood before sessions, by week",
        measure="Median mood before, 0 worst mood to 10 best mood",
        counted="n = 40 sessions from 12 patients; none missing.",
        score=True,
        weeks=tuple(Week(MONDAY + timedelta(weeks=n), s, 8) for n, s in enumerate(scores)),
    )


def course() -> Course:
    """Six sessions in two weeks: one without an after score, one unchanged, one not asked."""
    rows = [
        (0, 7, 4, 5), (2, 6, 4, None), (3, 6, 6, 6), (6, 8, None, None), (9, 5, 2, 3),
        (11, None, None, None), (13, 4, 0, 2),
    ]  # fmt: skip
    return Course(
        title="Pain before and after each session",
        axis_words="Pain, 0 no pain to 10 worst pain imaginable",
        scale="pain",
        counted="7 sessions; 5 with both scores; 2 without (asleep: 1; declined: 1).",
        sessions=tuple(
            Given(
                FIRST + timedelta(days=day),
                before,
                after,
                later,
                "" if before is not None else "declined",
                "" if after is not None else "asleep",
                f"/sessions/{day}/",
            )
            for day, before, after, later in rows
        ),
        windows=(Window(FIRST - timedelta(hours=14), FIRST + timedelta(days=14), "REST, massage"),),
    )


def interval_plot() -> IntervalPlot:
    """Two scales with their trial, and one that is hidden."""
    rest = "REST, massage arm"
    return IntervalPlot(
        title="Mean change from before to after, beside the trial",
        counted="Means are hidden below 10 patients.",
        changes=(
            Change(
                "Pain", 1.62, 1.31, 1.93, 1.55,
                Published(rest, 1.87, 1.67, 2.07, "−1.87 (95 % CI −2.07, −1.67)"),
                "264 sessions from 61 patients; 18 missing", "pain", href="/summary/?scale=pain",
            ),
            Change(
                "Mood", 1.1, 0.7, 1.5, 1.21,
                Published(rest, 1.58, 1.40, 1.76, "+1.58 (1.40, 1.76)"),
                "251 sessions from 60 patients; 31 missing", "mood",
            ),
            Change(
                "Relaxation", n="14 sessions from 4 patients", scale="relaxation",
                hidden_because="needs 10 patients with both scores; you have 4",
            ),
        ),
    )  # fmt: skip


def difference_plot() -> DifferencePlot:
    """Two arms of one protocol, their difference with its interval."""
    return DifferencePlot(
        title="By how much more pain improved after Massage than after Simple touch",
        counted="431 sessions from 96 patients; 22 sessions without both scores left out.",
        first="Massage",
        second="Simple touch",
        axis_words="Points of difference; to the right, more after Massage",
        changes=(
            Change(
                "Pain: Massage against Simple touch", 0.62, -0.11, 1.35, scale="pain",
                n="431 sessions from 96 patients", name="Difference at the same score before",
            ),
        ),
    )  # fmt: skip


def funnel() -> Funnel:
    """Eight therapists, one outside the limits, one with too few patients."""
    rows = [
        ("A. Ekberg", 12, 1.1, 5.2), ("B. Costa", 18, 2.0, 6.1), ("C. Ivanova", 24, 1.7, 5.9),
        ("D. Nwosu", 31, 1.5, 5.0), ("E. Lind", 33, 2.7, 6.8), ("F. Haddad", 44, 1.6, 5.5),
        ("G. Moreau", 58, 1.4, 5.4), ("H. Tan", 7, 3.1, 6.0),
    ]  # fmt: skip
    return Funnel(
        title="Change in pain by therapist, against the number of patients",
        measure="Mean change in pain, points; improvement is up",
        counted="220 patients of 7 therapists; 12 patients without both scores.",
        unit="therapist",
        limits=Limits(1.68, 1.9),
        units=tuple(Unit(*row, href=f"/summary/?therapist={n}") for n, row in enumerate(rows)),
    )


def band_table() -> BandTable:
    """Pain in four bands, before and after."""
    return BandTable(
        title="Pain before and after in bands",
        axis_words="Pain; counts of sessions",
        counted="n = 246 sessions from 61 patients; 18 without both scores.",
        scale="pain",
        bands=("0", "1–3", "4–6", "7–10"),
        counts=((9, 1, 0, 0), (31, 38, 2, 0), (12, 61, 34, 1), (2, 14, 28, 13)),
        higher_is_better=False,
        hrefs=tuple(tuple(f"/summary/?cell={n}{m}" for m in range(4)) for n in range(4)),
    )


def _bar(n: int, series: int) -> BarWeek:
    start = MONDAY + timedelta(weeks=n)
    if n == 4:
        return BarWeek(start, why_not="no list was kept")
    counts = (9 + n * 5 % 7, *((n * (k + 2) + k) % (4 if k < 5 else 2) for k in range(series - 1)))
    return BarWeek(start, counts, sum(counts) + n % 3, href=f"/summary/?week={n}")


def stacked_weeks() -> StackedWeeks:
    """Twelve weeks with the usual reasons."""
    return StackedWeeks(
        title="What became of the planned sessions, by week",
        counted="n = 191 planned sessions of 61 patients; 9 without an entry.",
        series=REASONS,
        weeks=tuple(_bar(n, len(REASONS)) for n in range(12)),
    )


def many_reasons() -> StackedWeeks:
    """A year with every reason there is: the rarest share one filling."""
    series = (*REASONS, *RARE)
    return StackedWeeks(
        title="What became of the planned sessions in a year",
        series=series,
        counted="n = 1 204 planned sessions.",
        weeks=tuple(_bar(n, len(series)) for n in range(52)),
    )


def empty() -> RunChart:
    """A chart for which there is too little."""
    return RunChart(
        title="Change in mood by week", measure="Mean change", weeks=(Week(MONDAY, 1.0),)
    )


def along_chart() -> AlongChart:
    """Scores before six sessions; one scale has a gap, and one too few patients."""
    pain = (6.1, 6.1, 5.84, 5.96, 6.09, 5.89)
    mood = (4.87, 5.26, None, 5.11, 4.86, 4.96)
    return AlongChart(
        title="Scores before the session, by its number in the course",
        axis_words="Mean score before the session, 0 to 10",
        counts="Session",
        counted="Means are hidden below 10 patients.",
        lines=(
            Line("Pain", "pain", _at_numbers(pain)),
            Line("Mood", "mood", _at_numbers(mood)),
            Line("Relaxation", "relaxation", _at_numbers((None, None))),
        ),
    )


def _at_numbers(means: tuple[float | None, ...]) -> tuple[AtNumber, ...]:
    return tuple(AtNumber(n, mean, 50 - 5 * n) for n, mean in enumerate(means, 1))


def share_bars() -> ShareBars:
    """What was seen in sessions: always, often, seldom, never."""
    rows = [
        ("Reminders shown", 373, ("1225", "328.4"), "/sessions/?what=reminded"),
        ("In spite of a reminder", 34, ("36", "9.7"), "/sessions/?what=overridden"),
        ("Incidents", 3, ("3", "0.8"), "/sessions/?what=incident"),
        ("Reaction described", 0, ("0", "0.0"), ""),
    ]
    return ShareBars(
        title="What was seen in given sessions",
        counted="n = 373 given sessions.",
        whole=373,
        of="sessions",
        more=("How often", "Per 100 sessions"),
        bars=tuple(Bar(*one) for one in rows),
    )


def share_plot() -> SharePlot:
    """Shares still there: one near nothing, one below it, one that cannot be told."""
    return SharePlot(
        title="What was left of the change at the next visit within 72 hours",
        changes=(
            Change("Pain", 4, -8, 16, n="169 pairs of sessions from 44 patients", scale="pain"),
            Change("Mood", -3, -17, 11, n="170 pairs of sessions from 45 patients", scale="mood"),
            Change(
                "Relaxation", n="2 pairs of sessions from 1 patient", scale="relaxation",
                hidden_because="needs 10 patients who came again; you have 1",
            ),
        ),
    )  # fmt: skip


EXAMPLES: dict[str, Chart] = {
    "run-chart": run_chart(),
    "score-chart": score_chart(),
    "course": course(),
    "interval-plot": interval_plot(),
    "difference-plot": difference_plot(),
    "funnel": funnel(),
    "band-table": band_table(),
    "stacked-weeks": stacked_weeks(),
    "many-reasons": many_reasons(),
    "along-chart": along_chart(),
    "share-bars": share_bars(),
    "share-plot": share_plot(),
    "empty": empty(),
}
