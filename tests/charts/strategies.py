"""Any chart there can be: odd labels, missing numbers, empty weeks, numbers that are none."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from sessions_app.charts.along_chart import AlongChart, AtNumber, Line
from sessions_app.charts.band_table import BandTable
from sessions_app.charts.course import Course, Given, Window
from sessions_app.charts.difference_plot import DifferencePlot
from sessions_app.charts.funnel import Funnel, Unit
from sessions_app.charts.funnel_limits import Limits
from sessions_app.charts.interval_plot import Change, IntervalPlot, Published
from sessions_app.charts.run_chart import RunChart, Week
from sessions_app.charts.share_bars import Bar, ShareBars
from sessions_app.charts.share_plot import SharePlot
from sessions_app.charts.stacked_weeks import BarWeek, StackedWeeks

FIRST, START = date(2024, 12, 2), datetime(2024, 12, 2, 9, 30, tzinfo=UTC)
NASTY = (
    "<b>x</b>",
    "a\"'&b",
    "x" * 80,
    "mmmm wwww " * 9,
    "",
    "漢字の長い名前です",
    "REST, massage",
)
_SIGNS = st.characters(codec="utf-8", exclude_categories=("C",))
LABELS = st.sampled_from(NASTY) | st.text(_SIGNS, max_size=40)
HREFS = st.sampled_from(["", "/sessions/1/", "?week=2&arm=<a>"])
NUMBERS = st.floats(-1000, 1000)
MAYBE = st.one_of(st.none(), NUMBERS, st.sampled_from([float("nan"), float("inf"), 0, 0.0]))
COUNTS = st.integers(0, 5000)
SCORES = st.one_of(st.none(), st.integers(0, 10))
WORDS = {"title": LABELS, "counted": LABELS, "summary": LABELS}
WEEKS = st.integers(0, 300).map(lambda n: FIRST + timedelta(weeks=n))

RUN_CHARTS = st.builds(
    RunChart,
    **WORDS,
    measure=LABELS,
    unit=st.sampled_from(["", " %"]),
    weeks=st.lists(
        st.builds(Week, WEEKS, MAYBE, st.none() | COUNTS, LABELS, HREFS),
        max_size=40,
        unique_by=lambda week: week.start,
    ).map(tuple),
)
SCORE_CHARTS = st.builds(
    RunChart,
    **WORDS,
    measure=LABELS,
    score=st.just(True),
    weeks=st.lists(st.builds(Week, WEEKS, st.floats(0, 10)), max_size=40).map(tuple),
)
_MOMENTS = st.integers(0, 60 * 24 * 400).map(lambda n: START + timedelta(minutes=n))
_WINDOWS = st.builds(
    lambda start, days, label: Window(start, start + timedelta(days=days), label),
    *(_MOMENTS, st.integers(0, 60), LABELS),
)
COURSES = st.builds(
    Course,
    **WORDS,
    scale=st.sampled_from(["pain", "mood", "relaxation", "sleep", "other"]),
    axis_words=LABELS,
    sessions=st.lists(
        st.builds(Given, _MOMENTS, SCORES, SCORES, SCORES, LABELS, LABELS, HREFS), max_size=20
    ).map(tuple),
    windows=st.lists(_WINDOWS, max_size=3).map(tuple),
)
_TRIALS = st.builds(Published, LABELS, NUMBERS, st.none() | NUMBERS, st.none() | NUMBERS, LABELS)
CHANGES = st.builds(
    Change,
    *(LABELS, MAYBE, MAYBE, MAYBE, MAYBE, st.none() | _TRIALS, LABELS),
    *(st.sampled_from(["pain", "mood", ""]), LABELS, HREFS),
)
INTERVAL_PLOTS = st.builds(
    IntervalPlot, **WORDS, changes=st.lists(CHANGES, max_size=6).map(tuple), axis_words=LABELS
)
DIFFERENCE_PLOTS = st.builds(
    DifferencePlot,
    **WORDS,
    changes=st.lists(CHANGES, max_size=3).map(tuple),
    axis_words=LABELS,
    first=LABELS,
    second=LABELS,
)
SHARE_PLOTS = st.builds(
    SharePlot, **WORDS, changes=st.lists(CHANGES, max_size=4).map(tuple), axis_words=LABELS
)
_NUMBERS_OF_A_COURSE = st.lists(
    st.builds(AtNumber, st.integers(1, 400), MAYBE, COUNTS),
    max_size=12,
    unique_by=lambda at: at.number,
)
ALONG_CHARTS = st.builds(
    AlongChart,
    **WORDS,
    counts=st.sampled_from(["Session", "Week"]),
    axis_words=LABELS,
    lines=st.lists(
        st.builds(
            Line, LABELS, st.sampled_from(["pain", "mood", ""]), _NUMBERS_OF_A_COURSE.map(tuple)
        ),
        max_size=4,
    ).map(tuple),
)
_BARS = st.builds(Bar, LABELS, st.integers(0, 500), st.tuples(LABELS), HREFS, HREFS)
SHARE_BARS = st.builds(
    ShareBars,
    **WORDS,
    bars=st.lists(_BARS, max_size=8).map(tuple),
    whole=st.integers(500, 5000),
    of=st.just("sessions"),
    more=st.tuples(LABELS),
)
FUNNELS = st.builds(
    Funnel,
    **WORDS,
    measure=LABELS,
    limits=st.builds(Limits, NUMBERS, st.floats(0, 500)),
    units=st.lists(
        st.builds(Unit, LABELS, st.integers(0, 3000), MAYBE, MAYBE, HREFS), max_size=30
    ).map(tuple),
    percent=st.booleans(),
)


@st.composite
def _band_tables(draw):
    wide = draw(st.integers(1, 6))
    row = st.tuples(*[st.none() | COUNTS] * wide)
    return BandTable(
        **{name: draw(words) for name, words in WORDS.items()},
        bands=tuple(draw(LABELS) for _ in range(wide)),
        counts=draw(st.tuples(*[row] * wide)),
        higher_is_better=draw(st.booleans()),
        scale=draw(st.sampled_from(["pain", ""])),
        axis_words=draw(LABELS),
        hrefs=draw(st.just(()) | st.tuples(*[st.tuples(*[HREFS] * wide)] * wide)),
    )


@st.composite
def _stacked_weeks(draw):
    series = tuple(draw(st.lists(LABELS, min_size=1, max_size=12)))
    counts = st.just(()) | st.tuples(*[st.integers(0, 400)] * len(series))
    hrefs = st.just(()) | st.tuples(*[HREFS] * len(series))
    week = st.builds(BarWeek, WEEKS, counts, st.none() | COUNTS, LABELS, hrefs, HREFS)
    return StackedWeeks(
        **{name: draw(words) for name, words in WORDS.items()},
        series=series,
        axis_words=draw(LABELS),
        weeks=tuple(draw(st.lists(week, max_size=30))),
    )


CHARTS = {
    "run chart": RUN_CHARTS,
    "scores by week": SCORE_CHARTS,
    "course": COURSES,
    "interval plot": INTERVAL_PLOTS,
    "difference plot": DIFFERENCE_PLOTS,
    "funnel": FUNNELS,
    "band table": _band_tables(),
    "stacked weeks": _stacked_weeks(),
    "share plot": SHARE_PLOTS,
    "along chart": ALONG_CHARTS,
    "share bars": SHARE_BARS,
}
