"""What changed: its plots, tables, links and words."""

from collections import Counter
from datetime import timedelta
from urllib.parse import parse_qs, urlparse

import pytest

from sessions_app.charts.band_table import BandTable
from sessions_app.charts.interval_plot import IntervalPlot
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Panel, Table
from sessions_app.dashboards.panels import changed
from sessions_app.dashboards.scope import Scope, first_at_first
from sessions_app.dashboards.selection import Selection, chosen
from sessions_app.outcomes.responders import Threshold, responders, responds
from sessions_app.protocols import registry
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.scales import Scale
from tests.dashboards.drawing import admit
from tests.dashboards.test_change_sums import responded
from tests.dashboards.ward import Told, a_ward, in_scope, scopes
from tests.universe import Universe, ratings


def ask(scope: Scope) -> Panel:
    return changed.panel(scope, Links(scope, may_follow=True))


def usual(universe: Universe) -> Scope:
    return Scope((universe.birchwood,), first_at_first(universe.today), universe.today)


def plots(panel: Panel) -> dict[str, IntervalPlot]:
    return {one.title.split(",")[0]: one for one in panel.flat if isinstance(one, IntervalPlot)}


def table(panel: Panel, title: str) -> Table:
    return next(one for one in panel.flat if isinstance(one, Table) and one.title.startswith(title))


def behind(universe: Universe, scope: Scope, href: str) -> int:
    """Return how many sessions stand behind a number."""
    asked = {name: values[0] for name, values in parse_qs(urlparse(href).query).items()}
    mine = Session.objects.visible_to(universe.supervisor.user)
    return chosen(mine, scope, Selection.asked(asked)).count()


@pytest.fixture
def ward(universe: Universe) -> list[Told]:
    universe.supervisor.user.membership = universe.supervisor
    return a_ward(universe, 31)


@pytest.mark.slow
def test_every_number_leads_to_just_as_many_sessions(universe: Universe, ward: list[Told]) -> None:
    followed: Counter[str] = Counter()
    for name, scope in scopes(universe).items():
        panel = ask(scope)
        for part in panel.flat:
            rows = part.rows if isinstance(part, Table) else part.table
            for cell in (cell for row in rows for cell in row[1:] if cell.href):
                number = int(cell.words.split()[0])
                assert behind(universe, scope, cell.href) == number, (name, part.title, cell)
                followed[part.title] += number
        for plot in plots(panel).values():
            for change in plot.changes:
                number = int(change.n.split()[0])
                assert behind(universe, scope, change.href) == number, (name, change)
    assert len(followed) == 4  # bands, responders, behind the means, left out
    assert all(followed.values())


@pytest.mark.slow
def test_the_bands_are_those_of_the_pairs(universe: Universe, ward: list[Told]) -> None:
    scope = usual(universe)
    (bands,) = [one for one in ask(scope).flat if isinstance(one, BandTable)]
    pairs = [row.pair(Scale.PAIN) for row in in_scope(scope, ward, Scale.PAIN)]
    from_severe = sum(pair is not None and pair[0] >= 7 for pair in pairs)
    assert sum(count or 0 for count in bands.counts[3]) == from_severe > 0
    assert sum(count or 0 for row in bands.counts for count in row) == len([p for p in pairs if p])


@pytest.mark.slow
def test_the_shares_of_responders_are_those_of_the_pure_functions(
    universe: Universe, ward: list[Told]
) -> None:
    scope = usual(universe)
    of_pain = in_scope(scope, ward, Scale.PAIN)
    whole, *_ = table(ask(scope), "Clearly less pain").rows
    told = [cell.words for cell in whole]
    for n, threshold in enumerate(Threshold):
        found = responders(threshold, responded(of_pain, threshold))
        assert found.low is not None
        assert found.high is not None
        assert told[3 + 3 * n].split()[0] == str(found.votes)
        assert told[4 + 3 * n].split()[0] == str(found.hits)
        assert told[5 + 3 * n] == f"{100 * found.low:.0f} % to {100 * found.high:.0f} %"


@pytest.mark.slow
def test_the_same_sessions_have_the_same_interval_each_time(
    universe: Universe, ward: list[Told]
) -> None:
    scope = usual(universe)
    assert ask(scope) == ask(scope)


@pytest.mark.parametrize("threshold", Threshold)
def test_who_responded_is_found_by_the_same_rule(universe: Universe, threshold: Threshold) -> None:
    universe.supervisor.user.membership = universe.supervisor
    course = admit(universe, "foot-10", "massage")
    pairs = [(b, a) for b in (4, 5, 7, 10) for a in (0, b - 3, b - 2, b - 1, b)]
    for before, after in pairs:
        universe.log(course, before=ratings(pain=before), after=ratings(pain=after))
    scope = usual(universe)
    selection = Selection(
        scale="pain", fell=threshold.value, course=str(universe.arm("foot-10", "massage"))
    )
    mine = Session.objects.visible_to(universe.supervisor.user)
    expected = sum(responds(threshold, *pair) for pair in pairs)
    assert chosen(mine, scope, selection).count() == expected


def test_one_arm_needs_no_line_for_all_arms(universe: Universe) -> None:
    scope = scopes(universe)["arm"]
    (line,) = plots(ask(scope))["Pain"].changes
    assert line.label.endswith("Simple touch")
    several = plots(ask(usual(universe)))["Pain"].changes
    assert several[0].label == "All arms together"
    assert several[0].published is None


@pytest.mark.parametrize(("patients", "shown"), [(0, False), (1, False), (9, False), (10, True)])
def test_an_arm_is_shown_from_ten_patients_on(
    universe: Universe, patients: int, shown: bool
) -> None:
    for _ in range(patients):
        course = admit(universe, "foot-10", "massage")
        universe.log(course, before=ratings(pain=6), after=ratings(pain=4))
    courses = (registry.course(universe.arm("foot-10", "massage")),)
    since = universe.today - timedelta(days=1)  # a session of two hours ago may be yesterday's
    scope = Scope((universe.birchwood,), since, universe.today, "foot-10", "", courses)
    panel = ask(scope)
    if not patients:
        assert panel.parts == ()
        assert panel.answer == "No session with scores was given in this time."
        return
    pain, relaxation = plots(panel)["Pain"], plots(panel)["Relaxation"]
    assert bool(pain.draw()) is shown
    assert relaxation.lacking == "Needs 10 patients with both scores; you have none."
    if shown:
        assert panel.answer.startswith("After sessions pain was 2.00 points lower")
    else:
        assert panel.answer.startswith(
            f"Pain: needs 10 patients with both scores; you have {patients}."
        )
    assert panel.answer.endswith("Mood: needs 10 patients with both scores; you have none.")
