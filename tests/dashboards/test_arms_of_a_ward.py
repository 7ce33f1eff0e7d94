"""Two arms of a ward beside each other: the figures, from the database, are statsmodels' own."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from sessions_app.dashboards import arms_report
from sessions_app.dashboards.change_sums import change_sums
from sessions_app.dashboards.scope import Scope, first_at_first
from sessions_app.outcomes.published import KUTNER_DOI
from sessions_app.outcomes.summary import Moments
from sessions_app.reports import apart
from sessions_app.reports.compare_arms import (
    INSTALL,
    OBSERVATIONAL,
    WHY_IT_MISLEADS,
    Fit,
    ScoredSession,
)
from sessions_app.sessions.models import Score
from sessions_app.vocabulary.records import SessionStatus
from sessions_app.vocabulary.scales import Scale
from tests.conftest import Shared
from tests.dashboards.test_arms_report import report, shown, time_enough, ward  # noqa: F401
from tests.reading import Page
from tests.universe import ClientAs, Universe

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def two_arms(for_the_module: Shared) -> Callable[[], Universe]:
    """Store the ward, once."""
    return for_the_module(lambda universe: ward(universe, seed=3))


@pytest.fixture(scope="module", autouse=True)
def one_process_for_the_same_sessions() -> Iterator[None]:
    """Keep what the other process found: to load the library alone takes it seconds."""
    found: dict[object, Fit] = {}

    def fitted_once(sessions: Sequence[ScoredSession], arm: str) -> Fit:
        asked = (tuple(sessions), arm)
        if asked not in found:
            found[asked] = apart.fitted_apart(sessions, arm)
        return found[asked]

    with pytest.MonkeyPatch.context() as change:
        change.setattr(arms_report, "fitted_apart", fitted_once)
        yield


@pytest.fixture
def universe(two_arms: Callable[[], Universe], db: None) -> Universe:
    """Give the world with a ward of both arms."""
    return two_arms()


def rows(universe: Universe, scale: Scale) -> Iterator[tuple[str, str, int, int]]:
    """Read one by one, in plain Python, what the page counts in one statement."""
    kept = Score.objects.filter(clinic_id=universe.birchwood.pk, scale=scale.value)
    for row in kept.select_related("session__enrolment__arm"):
        session, arm = row.session, row.session.enrolment.arm
        if arm.protocol.code == "rest" and session.status == SessionStatus.GIVEN:
            by_its_role = arm.code == "touch" or session.given_as != "volunteer"
            if by_its_role and row.before is not None and row.after is not None:
                yield str(session.patient_id), arm.code, row.before, row.after


@pytest.mark.parametrize("scale", [Scale.PAIN, Scale.MOOD])
def test_the_figures_from_the_database_are_statsmodels_to_nine_digits(
    universe: Universe, scale: Scale
) -> None:
    ols = pytest.importorskip("statsmodels.regression.linear_model", reason="needs the report lock")
    found, read = report(universe, scale=scale), list(rows(universe, scale))
    sign = 1 if scale.higher_is_better else -1

    def fit(wanted: list[tuple[str, str, int, int]], columns: list[list[float]], y: list[int]):
        people = list(dict.fromkeys(row[0] for row in wanted))
        groups = [people.index(row[0]) for row in wanted]
        return ols.OLS(y, columns).fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)

    for side in found.sides:
        mine = [row for row in read if row[1] == side.course.arm.code]
        plain = fit(mine, [[1.0]] * len(mine), [sign * (row[3] - row[2]) for row in mine])
        low, high = plain.conf_int(0.05)[0]
        told = side.change
        assert (told.mean, told.low, told.high) == pytest.approx(
            (plain.params[0], low, high), abs=1e-9
        )
        assert (told.sessions, told.patients) == (len(mine), len({row[0] for row in mine}))
    columns = [[1.0, float(row[2]), float(row[1] == "massage")] for row in read]
    adjusted = fit(read, columns, [sign * row[3] for row in read])
    low, high = adjusted.conf_int(0.05)[2]
    told = found.difference
    assert (told.difference, told.low, told.high) == pytest.approx(
        (adjusted.params[2], low, high), abs=1e-9
    )
    assert (told.sessions, told.patients) == (len(read), len({row[0] for row in read}))


def test_the_means_are_those_of_the_summary(universe: Universe) -> None:
    days = first_at_first(universe.today), universe.today
    by_arm = change_sums(Scope((universe.birchwood,), *days)).arms
    for scale in (Scale.PAIN, Scale.MOOD):
        for side in report(universe, scale=scale).sides:
            sums = by_arm[side.course.arm_id][scale]
            assert Moments.of(side.sums.values()) == sums.moments
            assert (side.missing, dict(side.reasons)) == (sums.missing, sums.missing_by_reason)


@pytest.mark.parametrize("who", ["supervisor", "admin"])
def test_the_page_answers_beside_the_plain_means_with_n_and_missing(
    universe: Universe, client_as: ClientAs, who: str
) -> None:
    pytest.importorskip("statsmodels", reason="needs requirements-report.lock")
    page = Page(shown(client_as, who))
    words = " ".join(page.words.split())
    assert "At the same score before, pain was" in words
    assert OBSERVATIONAL in words
    assert all(reason in words for reason in WHY_IT_MISLEADS)
    assert "sessions without both scores left out." in words
    assert "Massage: mean change +" in words
    assert KUTNER_DOI in words
    assert "effect" not in words.lower()
    assert not [name for name in ("Dora", "Drawn", "Adason") if name in words]


def test_the_file_holds_what_the_page_shows(universe: Universe, client_as: ClientAs) -> None:
    pytest.importorskip("statsmodels", reason="needs requirements-report.lock")
    page = shown(client_as).content.decode()
    answer = shown(client_as, format="csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="compare-arms.csv"'
    assert answer.content.startswith(codecs.BOM_UTF8)  # a spreadsheet gets its letters right
    massage, touch, difference = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    for row in (massage, touch, difference):
        assert f"{row['sessions']} sessions from {row['patients']} patients" in page
        for name in ("points", "low_95", "high_95"):
            number = row[name].replace("-", "\N{MINUS SIGN}")
            assert (number if float(row[name]) <= 0 else f"+{number}") in page
    assert massage["figure"] == "mean change, Massage"
    assert difference["figure"] == "adjusted difference, Massage minus Simple touch"
    assert (massage["protocol"], massage["scale"], massage["first_day"]) == ("rest", "pain", "")


def test_without_the_library_the_page_says_what_to_do_and_shows_the_means(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: Any) -> Any:
        raise apart.LibraryMissing(INSTALL)

    monkeypatch.setattr(arms_report, "fitted_apart", missing)
    words = " ".join(Page(shown(client_as)).words.split())
    assert INSTALL.rstrip(".") in words
    assert "Massage: mean change +" in words
    told = shown(client_as, format="csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert (rows[0]["points"] != "", rows[2]["points"]) == (True, "")


def test_what_takes_too_long_is_ended_and_told(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arms_report, "fitted_apart", apart.fitted_apart)
    monkeypatch.setattr(apart, "LONGEST", 0.001)
    assert "was ended. Choose fewer days" in Page(shown(client_as)).words
