"""Today's limits as the pages show them: the strictest first, and what holds everywhere else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.safety.assess import assess
from sessions_app.safety.facts import Fact, PatientFacts
from sessions_app.safety.findings import SiteLimit, ceiling_words
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.limits import avoid_rows, general_ceiling, general_words
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite, Side, limb
from sessions_app.vocabulary.conditions import FactKind

TODAY = date(2026, 3, 2)
CEILINGS = st.lists(
    st.integers(min_value=-1, max_value=5), min_size=len(BodySite), max_size=len(BodySite)
)


def verdict(ceilings: list[int]) -> Verdict:
    limits = zip(BodySite, ceilings, strict=True)
    return Verdict((), {site: SiteLimit(ceiling, ("T1",)) for site, ceiling in limits})


def known(kind: FactKind, *sites: BodySite, value: int | None = None, unit: str = "") -> Verdict:
    count = None if value is None else Decimal(value)
    until = TODAY + timedelta(days=30)
    fact = Fact(kind, frozenset(sites), count, unit, TODAY, until, "letter")
    return assess(PatientFacts((fact,)), None, TODAY)


def sites_of(label: str) -> list[str]:
    """Return the names of the sites that a label in a row stands for."""
    if not label.startswith("whole "):
        return [label]
    _, side, which, *_ = label.split()
    return [site.label for site in limb(Side(side), which)]


@given(ceilings=CEILINGS)
def test_every_site_stands_once_either_in_a_row_or_under_the_general_limit(
    ceilings: list[int],
) -> None:
    shown = verdict(ceilings)
    rows = avoid_rows(shown)
    named = [name for row in rows for label in row.label.split("; ") for name in sites_of(label)]
    strict = [site.label for site in BodySite if shown.limits[site].ceiling < max(ceilings)]
    assert sorted(named) == sorted(strict)
    assert general_ceiling(shown) == max(ceilings)


@given(ceilings=CEILINGS)
def test_the_strictest_row_is_the_first_and_each_limit_has_one_row(ceilings: list[int]) -> None:
    rows = avoid_rows(verdict(ceilings))
    stricter = sorted(set(ceilings) - {max(ceilings)})
    assert [row.words for row in rows] == [ceiling_words(ceiling) for ceiling in stricter]
    kinds = {-1: "none", 0: "still"}
    assert [row.kind for row in rows] == [kinds.get(ceiling, "upto") for ceiling in stricter]


def test_a_bone_metastasis_is_named_with_its_site() -> None:
    rows = avoid_rows(known(FactKind.BONE_METASTASIS, BodySite.SPINE_THORACIC))
    assert any("thoracic" in row.label for row in rows)


def test_a_limit_that_holds_everywhere_is_said_once_and_marks_no_site() -> None:
    shown = known(FactKind.PLATELETS, value=15, unit="per_nl")
    assert general_ceiling(shown) < 5
    assert avoid_rows(shown) == []
    assert general_words(shown) == ceiling_words(general_ceiling(shown))


@pytest.mark.parametrize("missing", [None, BodySite.HEEL_LEFT])
def test_a_limb_is_one_name_where_no_site_of_it_is_missing(missing: BodySite | None) -> None:
    closed = (limb(Side.LEFT, "leg") | {BodySite.CHEST_RIGHT}) - {missing}
    (row,) = avoid_rows(verdict([-1 if site in closed else 3 for site in BodySite]))
    assert row.count == len(closed)
    if missing is None:
        assert row.label == "right chest; whole left leg with the groin"
    else:
        assert "whole" not in row.label
        assert set(row.label.split("; ")) == {site.label for site in closed}


@pytest.mark.parametrize(
    ("ceiling", "sites", "long"), [(2, 5, True), (2, 4, False), (0, 62, False), (-1, 62, False)]
)
def test_only_sites_that_may_be_pressed_are_counted_and_only_many(
    ceiling: int, sites: int, long: bool
) -> None:
    rest = len(ALL_SITES) - sites
    rows = avoid_rows(verdict([ceiling] * min(sites, 61) + [5] * max(rest, 1)))
    assert [row.is_long for row in rows] == [long]


def test_a_patient_of_whom_nothing_is_known_has_no_row_and_is_not_pressed_hard() -> None:
    shown = assess(PatientFacts(()), None, TODAY)
    assert avoid_rows(shown) == []
    assert general_ceiling(shown) < 5
