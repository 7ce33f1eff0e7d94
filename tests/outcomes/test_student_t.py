"""Quantiles of Student's t, against published values and its own laws."""

from math import pi, tan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes.student_t import student_t_quantile

# p, degrees of freedom, t. Reference values: scipy.stats.t.ppf, agreeing in 14 digits with a
# 50-digit computation of the incomplete beta function.
REFERENCE = [
    (0.6, 1, 0.32491969623290634),
    (0.9, 1, 3.0776835371752544),
    (0.975, 1, 12.706204736174694),
    (0.9995, 1, 636.6192487687897),
    (0.6, 2, 0.2886751345948128),
    (0.9, 2, 1.8856180831641272),
    (0.975, 2, 4.302652729749462),
    (0.9995, 2, 31.599054576445365),
    (0.6, 3, 0.2766706623326898),
    (0.9, 3, 1.637744353696209),
    (0.975, 3, 3.1824463052837078),
    (0.9995, 3, 12.923978636687961),
    (0.6, 9, 0.260955336473911),
    (0.9, 9, 1.3830287383966329),
    (0.975, 9, 2.262157162798205),
    (0.9995, 9, 4.780912585931217),
    (0.6, 10, 0.2601848294920803),
    (0.9, 10, 1.372183641110336),
    (0.975, 10, 2.228138851986274),
    (0.9995, 10, 4.586893858702708),
    (0.6, 30, 0.2556053649519128),
    (0.9, 30, 1.3104150253913955),
    (0.975, 30, 2.0422724563012378),
    (0.9995, 30, 3.6459586350420627),
    (0.6, 99, 0.25402901215180673),
    (0.9, 99, 1.2901614420344854),
    (0.975, 99, 1.9842169515864174),
    (0.9995, 99, 3.391528833363685),
    (0.6, 100, 0.25402218245822766),
    (0.9, 100, 1.290074761346516),
    (0.975, 100, 1.9839715185235518),
    (0.9995, 100, 3.390491311164263),
    (0.6, 1000, 0.25341451583949876),
    (0.9, 1000, 1.2823987214609247),
    (0.975, 1000, 1.9623390808264083),
    (0.9995, 1000, 3.300282648423944),
    (0.6, 100000, 0.25334777715718015),
    (0.9, 100000, 1.2815600314493614),
    (0.975, 100000, 1.9599877075346095),
    (0.9995, 100000, 3.2906240314119137),
    (0.6, 1000000, 0.25334717053784184),
    (0.9, 1000000, 1.281552412129939),
    (0.975, 1000000, 1.959966356814107),
    (0.9995, 1000000, 3.2905364612487222),
]

levels = st.floats(0.001, 0.999)
freedom = st.integers(1, 1_000_000)


@pytest.mark.parametrize(("p", "df", "t"), REFERENCE)
def test_quantiles_agree_with_the_reference_table(p: float, df: int, t: float) -> None:
    assert student_t_quantile(p, df) == pytest.approx(t, rel=1e-9, abs=0)


def test_the_printed_table_of_every_textbook_is_met() -> None:
    rounded = [round(student_t_quantile(0.975, df), 3) for df in (1, 4, 9, 19, 29, 120)]
    assert rounded == [12.706, 2.776, 2.262, 2.093, 2.045, 1.980]


@given(p=levels)
def test_one_degree_of_freedom_is_the_cauchy_distribution(p: float) -> None:
    assert student_t_quantile(p, 1) == pytest.approx(tan(pi * (p - 0.5)), rel=1e-9, abs=1e-15)


@given(p=levels)
def test_two_degrees_of_freedom_have_a_closed_form(p: float) -> None:
    closed = (2 * p - 1) / (2 * p * (1 - p)) ** 0.5
    assert student_t_quantile(p, 2) == pytest.approx(closed, rel=1e-9, abs=1e-15)


@given(share=st.integers(1, 2**20 - 1), df=freedom)
def test_the_distribution_is_symmetric(share: int, df: int) -> None:
    p = share / 2**20  # so that 1 − p is exact
    assert student_t_quantile(p, df) == -student_t_quantile(1 - p, df)


@given(p=levels, more=st.floats(1e-4, 1e-2), df=freedom)
def test_a_higher_level_lies_further_right(p: float, more: float, df: int) -> None:
    higher = min(p + more, 0.9999)
    assert student_t_quantile(p, df) < student_t_quantile(higher, df)


@pytest.mark.parametrize("df", [1, 3, 1_000_000])
def test_the_middle_is_nought(df: int) -> None:
    assert student_t_quantile(0.5, df) == 0


@pytest.mark.parametrize(("p", "df"), [(0.0, 5), (1.0, 5), (-0.1, 5), (1.1, 5)])
def test_a_level_outside_nought_to_one_is_refused(p: float, df: int) -> None:
    with pytest.raises(ValueError, match="p must lie between"):
        student_t_quantile(p, df)


def test_no_degree_of_freedom_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 degree of freedom"):
        student_t_quantile(0.975, 0)
