"""Today's limits as the pages show them: the strictest first, and what holds everywhere else."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.safety.assess import assess
from sessions_app.safety.facts import Fact, PatientFacts
from sessions_app.safety.findings import SiteLimit, ceiling_words
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.limits import avoid_rows, general_ceiling, general_words
from sessions_app.vocabulary.body_sites import BodySite
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


@given(ceilings=CEILINGS)
def test_every_site_stands_once_either_in_a_row_or_under_the_general_limit(
    ceilings: list[int],
) -> None:
    shown = verdict(ceilings)
    rows = avoid_rows(shown)
    named = [label for row in rows for label in row.label.split("; ")]
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


def test_a_patient_of_whom_nothing_is_known_has_no_row_and_is_not_pressed_hard() -> None:
    shown = assess(PatientFacts(()), None, TODAY)
    assert avoid_rows(shown) == []
    assert general_ceiling(shown) < 5
