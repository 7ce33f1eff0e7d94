"""Each chart's answer, its table, and what it says where there is too little."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sessions_app.charts.band_table import BandTable
from sessions_app.charts.chart import Chart
from sessions_app.charts.course import Course, Given
from sessions_app.charts.funnel import Funnel, Unit
from sessions_app.charts.funnel_limits import Limits
from sessions_app.charts.interval_plot import Change, IntervalPlot
from sessions_app.charts.run_chart import RunChart, Week
from sessions_app.charts.stacked_weeks import BarWeek, StackedWeeks
from tests.charts import examples

MONDAY = examples.MONDAY
HIDDEN = "needs 10 patients with both scores; you have 4"


def _table(chart: Chart) -> list[tuple[str, ...]]:
    return [tuple(cell.words for cell in row) for row in chart.table]


ANSWERS = {
    "run-chart": (
        "The median of 20 weeks is 1.95; something may have changed: 7 weeks above the median."
    ),
    "score-chart": "The median of 5 weeks is 6.0; the rules for runs need more weeks.",
    "course": "Of 5 sessions with both scores, the after score is lower in 4 and the same in 1.",
    "interval-plot": (
        "Pain: mean change +1.62 (95\xa0% interval +1.31 to +1.93); "
        "Mood: mean change +1.10 (95\xa0% interval +0.70 to +1.50)."
    ),
    "funnel": (
        "1 of 7 therapists lies outside the 95\xa0% limits; by chance alone about 1 of 20 would."
    ),
    "band-table": (
        "Of 246 sessions, 148 ended in a better band than before, 94 in the same band, "
        "4 in a worse one."
    ),
    "stacked-weeks": (
        "Given: 129 of 207 sessions. Most often otherwise: asleep (22) and at a procedure (17)."
    ),
    "empty": "Needs 2 weeks with numbers; there is 1.",
}


@pytest.mark.parametrize(("name", "answer"), ANSWERS.items())
def test_a_chart_answers_in_one_sentence(name, answer):
    assert examples.EXAMPLES[name].answer == answer


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((1, 2, 9, 8, 1, 9, 2, 8, 1, 9), "5.0; the rules for runs show no change beyond chance."),
        ((1, 9) * 6, "5.0; something may have changed: more runs than expected."),
        (
            (1,) * 6 + (9,) * 7 + (1,) * 6 + (9,) * 6 + (5,),
            "7.0; something may have changed: 4 signals, the longest 7 weeks above the median.",
        ),
    ],
)
def test_a_run_chart_says_whether_something_may_have_changed(values, said):
    weeks = tuple(Week(MONDAY + timedelta(weeks=n), value) for n, value in enumerate(values))
    chart = RunChart(title="t", measure="m", weeks=weeks)
    assert chart.answer == f"The median of {len(values)} weeks is {said}"


def test_an_answer_that_is_given_stands_first():
    assert replace(examples.funnel(), summary="They are alike.").answer == "They are alike."


TOO_LITTLE: list[tuple[Chart, str]] = [
    (RunChart(title="t", measure="m", weeks=()), "Needs 2 weeks with numbers; there is none."),
    (
        RunChart(title="t", measure="m", weeks=(Week(MONDAY, float("nan")), Week(MONDAY, 1.0))),
        "Needs 2 weeks with numbers; there is 1.",
    ),
    (Course(title="t", scale="pain", axis_words="", sessions=()), "No session has a score yet."),
    (IntervalPlot(title="t", changes=()), "There is no mean to show yet."),
    (
        IntervalPlot(title="t", changes=(Change("Pain", hidden_because=HIDDEN),)),
        "Needs 10 patients with both scores; you have 4.",
    ),
    (
        IntervalPlot(title="t", changes=(
            Change("All arms", hidden_because="needs 10; you have 9"),
            Change("Touch", hidden_because="needs 10; you have 1"))),
        "All arms: needs 10; you have 9. Touch: needs 10; you have 1.",
    ),
    (
        Funnel(title="t", measure="m", limits=Limits(1, 1), unit="clinic", units=(
            Unit("A", 10, 1.0), Unit("B", 9, 1.0), Unit("C", 30, None))),
        "Needs 2 clinics with 10 patients each; there is 1.",
    ),
    (
        BandTable(title="t", bands=("low", "high"), counts=((0, 0), (0, 0)), higher_is_better=True),
        "No session has both scores yet.",
    ),
    (
        StackedWeeks(title="t", series=("Given",), weeks=(BarWeek(MONDAY, (0,)),)),
        "No session was planned or given in these weeks.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("chart", "said"), TOO_LITTLE)
def test_too_little_is_a_sentence_and_never_an_empty_axis(chart, said):
    assert chart.answer == said
    assert chart.draw() == ""
    assert chart.notes() is not None


def test_what_may_not_be_shown_is_in_no_table():
    hidden = replace(examples.run_chart(), hidden_because="Fewer than 10 patients.")
    assert (hidden.answer, hidden.table, hidden.draw()) == ("Fewer than 10 patients.", (), "")


def test_the_weeks_are_told_with_their_signals_and_gaps():
    table = _table(examples.run_chart())
    assert table[0] == ("1 Sep 2025", "1.4", "8", "")
    assert table[5] == ("6 Oct 2025", "fewer than 10 patients", "–", "")
    assert table[12] == ("24 Nov 2025", "2.1", "13", "7 weeks above the median")
    assert examples.run_chart().notes() == (
        "8 runs; 7 to 15 are expected of chance alone.",
        "A dash stands for a week without a number (fewer than 10 patients: 2 weeks).",
    )


def test_a_line_breaks_where_a_week_has_no_number():
    weeks = tuple(Week(MONDAY + timedelta(weeks=n), n) for n in (0, 1, 3, 4))
    assert RunChart(title="t", measure="m", weeks=weeks).draw().count('class="ch-run"') == 2


def test_a_course_is_told_session_by_session_with_what_is_missing():
    table = _table(examples.course())
    assert table[0] == ("3 Nov 2025, 14:10", "7", "4", "5")
    assert table[3] == ("9 Nov 2025, 14:10", "8", "asleep", "–")
    assert table[6] == ("16 Nov 2025, 14:10", "4", "0", "2")
    assert examples.course().notes()[0] == "Open mark: before; full mark: after; cross: next day."


def test_the_next_day_is_no_column_where_nobody_asked():
    course = examples.course()
    without = tuple(replace(one, next_day=None) for one in course.sessions)
    assert replace(course, sessions=without).head() == ("Session", "Before", "After")


def test_a_score_of_0_is_drawn_and_told():
    at = examples.FIRST
    course = replace(examples.course(), sessions=(Given(at, 0, 0),), windows=())
    assert _table(course) == [("3 Nov 2025, 14:10", "0", "0")]
    assert "before 0, after 0" in course.draw()


def test_a_hidden_mean_is_a_sentence_in_picture_and_table():
    plot = examples.interval_plot()
    assert _table(plot)[2] == (
        *("Relaxation", "14 sessions from 4 patients", HIDDEN, "–", "–", "–"),
    )
    assert HIDDEN in plot.draw()
    assert _table(plot)[0][5] == "REST, massage arm: +1.87 (+1.67 to +2.07)"


def test_units_stand_by_name_and_small_ones_nowhere():
    funnel = replace(examples.funnel(), units=tuple(reversed(examples.funnel().units)))
    assert [row[0] for row in _table(funnel)] == [
        *("A. Ekberg", "B. Costa", "C. Ivanova", "D. Nwosu", "E. Lind", "F. Haddad", "G. Moreau"),
    ]
    assert _table(funnel)[4] == ("E. Lind", "33", "2.7", "6.8", "outside the 95\xa0% limits")
    assert "H. Tan" not in funnel.draw()
    assert funnel.notes()[1] == "1 therapist with fewer than 10 patients not shown."


def test_the_side_that_is_better_is_the_scales():
    pain = examples.band_table()
    mood = replace(pain, higher_is_better=True)
    assert mood.answer.startswith("Of 246 sessions, 4 ended in a better band")
    assert pain.draw().count("ch-square--better") == mood.draw().count("ch-square--worse") == 6


def test_a_count_too_small_to_show_gives_no_total():
    table = replace(examples.band_table(), counts=((9, None, 0, 0), *((5,) * 4,) * 3))
    assert _table(table)[0] == ("0", "9", "–", "0", "0", "–")
    assert table.answer == "Some counts are too small to be shown, so no total is given."
    assert table.notes()[1] == "–: too few to be shown."


def test_every_reason_is_in_the_table_and_the_rarest_share_a_filling():
    chart = examples.many_reasons()
    assert len(chart.head()) == 2 + len(examples.REASONS) + len(examples.RARE)
    assert "3 rarer reasons" in chart.draw()
    assert chart.draw(uid="c").count("<pattern") == 5


@pytest.mark.parametrize(
    "untrue",
    [
        lambda: BandTable(title="t", bands=("a",), counts=((1, 2),), higher_is_better=True),
        lambda: BandTable(title="t", bands=("a",), counts=((-1,),), higher_is_better=True),
        lambda: BandTable(
            title="t", bands=("a",), counts=((1,),), higher_is_better=True, hrefs=(("/", "/"),)
        ),
        lambda: StackedWeeks(title="t", series=("a",), weeks=(BarWeek(MONDAY, (1, 2)),)),
        lambda: StackedWeeks(title="t", series=("a",), weeks=(BarWeek(MONDAY, (-1,)),)),
        lambda: StackedWeeks(
            title="t", series=("a",), weeks=(BarWeek(MONDAY, (1,), hrefs=("", "")),)
        ),
    ],
)  # fmt: skip
def test_numbers_that_do_not_fit_together_are_refused(untrue):
    with pytest.raises(ValueError, match=r"band table|count"):
        untrue()


def test_a_year_is_named_where_it_begins():
    weeks = tuple(Week(date(2025, 12, 1) + timedelta(weeks=n), n % 3) for n in range(8))
    drawing = RunChart(title="t", measure="m", weeks=weeks).draw()
    assert drawing.count(">2025<") == drawing.count(">2026<") == 1
