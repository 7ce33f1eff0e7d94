"""A question that nothing can answer yet is folded, and said to be so once, at the head."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from sessions_app.charts.chart import Chart
from sessions_app.charts.run_chart import RunChart, Week
from sessions_app.dashboards.panel import Beside, Panel, Table
from tests.dashboards.test_views import part, summary, ten_patients, words_of
from tests.reading import Page
from tests.universe import Universe

ClientAs = Callable[[str], Client]
WAIT = ("changed", "lasting", "over_time", "therapists")
FOLD = "What there is so far, and how it is counted"


def head_of(page: Page) -> str:
    """Return the words above the first question's section."""
    return words_of(page.html[: page.html.index('aria-labelledby="happening"')])


def test_with_few_patients_what_is_lacking_is_said_once_at_the_head(
    universe: Universe, client_as: ClientAs
) -> None:
    head = head_of(summary(client_as))
    assert "4 of 7 questions cannot be answered yet: means, shares and intervals need 10" in head
    assert head.count("Not enough yet.") == len(WAIT)
    assert "needs 10 patients" not in head


@pytest.mark.parametrize("code", WAIT)
def test_a_question_that_waits_is_folded_below_its_answer(
    universe: Universe, client_as: ClientAs, code: str
) -> None:
    told = part(summary(client_as), code)
    open_words, fold, folded = told.partition(FOLD)
    assert fold
    assert "eeds " in open_words
    assert len(folded) > len(open_words)
    assert code == "lasting" or "n = " in open_words
    assert code == "lasting" or "without both scores" in open_words


@pytest.mark.parametrize("code", ["happening", "complete", "safety"])
def test_a_question_with_numbers_stands_open(
    universe: Universe, client_as: ClientAs, code: str
) -> None:
    assert FOLD not in part(summary(client_as), code)


def test_with_enough_patients_the_question_opens(universe: Universe, client_as: ClientAs) -> None:
    ten_patients(universe)
    page = summary(client_as)
    assert FOLD not in part(page, "changed")
    assert "3 of 7 questions cannot be answered yet" in head_of(page)


def weeks(mean: float | None) -> Chart:
    """Draw two weeks, which is the least that is drawn, or lack their means."""
    shown = tuple(Week(date(2026, 1, day), mean, 9) for day in (5, 12))
    counted = "n = 18 sessions; 0 missing."
    return RunChart(title="Change", measure="Points", counted=counted, counts="n", weeks=shown)


def test_a_panel_waits_where_none_of_its_pictures_has_numbers() -> None:
    lacking, drawn, table = weeks(None), weeks(1.0), Table("Title", ("Head",), ())
    for parts, waits in (
        ((lacking, table), True),
        ((Beside((lacking, lacking)),), True),
        ((Beside((lacking, drawn)),), False),
        ((table,), False),
        ((), False),
    ):
        panel = Panel("c", "Q?", "A.", parts, pictures_answer=True)
        assert panel.waits is waits
    assert not Panel("c", "Q?", "A.", (lacking,)).waits
    assert Panel("c", "Q?", "A.", (lacking, lacking)).counted == [lacking.counted]
