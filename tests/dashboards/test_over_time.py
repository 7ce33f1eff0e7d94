"""Week by week: the means of SQL are those counted one by one, and no week of few has a point."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from sessions_app.charts.run_chart import RunChart
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panels import over_time
from sessions_app.dashboards.panels.over_time import FEW, LAST_WEEKS, Sums, by_week
from sessions_app.dashboards.scope import Scope, monday
from sessions_app.vocabulary.scales import Scale
from tests.dashboards.drawing import SCALES, admit
from tests.dashboards.ward import Told, a_ward, in_scope, scopes
from tests.universe import Universe, ratings


def sums_of(rows: list[Told], scale: Scale) -> Sums:
    changes = [gained for row in rows if (gained := row.change(scale)) is not None]
    patients = len({row.patient for row in rows if row.pair(scale)})
    rise = sum(changes) if scale.higher_is_better else -sum(changes)
    return Sums(patients, len(changes), rise, len(rows) - len(changes))


@pytest.mark.slow
def test_the_weeks_of_a_ward_drawn_by_lot_are_those_counted_one_by_one(universe: Universe) -> None:
    rows = a_ward(universe, 11)
    for name, scope in scopes(universe).items():
        counted: dict[tuple[date | None, Scale], list[Told]] = defaultdict(list)
        for scale in SCALES:
            for row in in_scope(scope, rows, scale):
                counted[monday(row.day), scale].append(row)
                counted[None, scale].append(row)
        expected = {key: sums_of(told, key[1]) for key, told in counted.items()}
        assert by_week(scope) == expected, name


def one_week(universe: Universe, patients: int) -> RunChart:
    """Return pain's chart of a week in which so many patients went from 6 to 4 in pain."""
    for _ in range(patients):
        course = admit(universe, "foot-10", "massage")
        universe.log(course, before=ratings(pain=6), after=ratings(pain=4))
    scope = Scope((universe.birchwood,), universe.today, universe.today)
    part = over_time.panel(scope, Links(scope, may_follow=True)).parts[0]
    return part.charts[0]  # type: ignore[union-attr, return-value]


@pytest.mark.parametrize(("patients", "value"), [(4, None), (5, 2.0)])
def test_a_week_of_fewer_than_five_patients_has_no_point_and_says_why(
    universe: Universe, patients: int, value: float | None
) -> None:
    (week,) = one_week(universe, patients).weeks
    assert (week.value, week.n) == (value, patients)
    assert week.why_not == ("" if value else FEW.format(5))


def test_at_most_a_year_of_weeks_is_drawn_and_the_page_says_so(universe: Universe) -> None:
    first = universe.today - timedelta(days=800)
    scope = Scope((universe.birchwood,), first, universe.today)
    panel = over_time.panel(scope, Links(scope, may_follow=True))
    charts = panel.parts[0].charts  # type: ignore[union-attr]
    assert [len(one.weeks) for one in charts] == [52, 52]  # type: ignore[attr-defined]
    assert LAST_WEEKS in panel.notes
    assert charts[0].weeks[0].start == monday(universe.today) - timedelta(weeks=51)  # type: ignore[attr-defined]
    year = Scope((universe.birchwood,), universe.today - timedelta(weeks=51), universe.today)
    assert LAST_WEEKS not in over_time.panel(year, Links(year, may_follow=True)).notes


def weekly(values: list[float]) -> RunChart:
    start = date(2026, 1, 5)
    weeks = [over_time.Week(start + timedelta(weeks=n), value, 6) for n, value in enumerate(values)]
    return RunChart(title="t", measure="m", weeks=tuple(weeks))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], "needs 2 weeks with numbers; there is none."),
        ([1.0, 2.0, 1.5], "too few weeks for the rules for runs."),
        ([1.0, 1.1, 2.0, 2.1, 1.2, 2.2, 1.3, 1.4, 2.3, 1.05, 2.4, 2.5], "show no change beyond"),
        ([float(n) for n in range(14)], "something may have changed."),
    ],
)
def test_the_answer_claims_no_more_than_the_rules_show(values: list[float], words: str) -> None:
    assert words in over_time._said(weekly(values))
