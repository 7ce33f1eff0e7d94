"""What leads from the summary to sessions, for whom, and what its list takes."""

from dataclasses import replace

import pytest
from django.urls import reverse

from sessions_app.dashboards.clinic_dashboard import QUESTIONS
from sessions_app.dashboards.links import Links
from tests.dashboards.ward import scopes
from tests.reading import Page
from tests.universe import ClientAs, Universe

LISTED = reverse("dashboards:sessions")


def test_an_admin_has_no_links_and_no_list(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("admin")
    page = Page(browser.get(reverse("dashboards:summary")))
    assert not [link for link in page.links() if link.startswith((LISTED, "/sessions/"))]
    assert browser.get(LISTED).status_code == 403


def test_numbers_of_several_clinics_or_of_another_lead_nowhere(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("wanda_there")
    mine = browser.get(reverse("dashboards:summary"), {"clinic": "harbour"})
    assert [link for link in Page(mine).links() if link.startswith(LISTED)]
    scope = replace(scopes(universe)["everything"], clinics=(universe.birchwood, universe.harbour))
    links = Links(scope, may_follow=False)
    for panel in QUESTIONS.values():
        for part in panel(scope, links).flat:
            rows = part.rows if not callable(part.rows) else part.table  # type: ignore[union-attr]
            assert not [cell for row in rows for cell in row if cell.href]


@pytest.mark.parametrize(
    "asked",
    [
        {"what": "x"}, {"course": "x"}, {"week": "2026-01-06"}, {"week": "x"}, {"reason": "x"},
        {"scale": "x"}, {"before": "x"}, {"before": "1-"}, {"before": "1-٣"}, {"lacking": "x"},
        {"what": "w" * 10_000}, {"scale": "pain\x00"}, {"kind": "x"}, {"side": "x"},
        {"course": "00000000-0000-0000-0000-000000000000"},
    ],
)  # fmt: skip
def test_a_word_that_is_none_is_told_and_lists_nothing(
    universe: Universe, client_as: ClientAs, asked: dict[str, str]
) -> None:
    answer = client_as("supervisor").get(LISTED, asked)
    assert answer.status_code == 422
    page = Page(answer)
    assert f"The address asks by «{next(iter(asked))}» for what this page has not." in page.words
    assert "No figures yet" in page.words
    assert "Adason" not in page.words


@pytest.mark.parametrize("page", ["", "0", "x", "9" * 5000])
def test_a_page_that_is_none_is_the_first_or_the_last(
    universe: Universe, client_as: ClientAs, page: str
) -> None:
    answer = client_as("supervisor").get(LISTED, {"page": page, "what": ""})
    assert answer.status_code == 200
    assert "3 sessions" in Page(answer).words


def test_the_list_is_of_the_clinic_in_which_one_acts(
    universe: Universe, client_as: ClientAs
) -> None:
    both = client_as("wanda_there").get(LISTED, {"clinic": ["birchwood"]})
    assert both.status_code == 422  # she has no summary there
    assert "Adason" not in Page(both).words
