"""A filter that a page does not have is told and never left out: its numbers would be of others."""

from typing import Any

import pytest
from django.urls import reverse

from tests.reading import Page
from tests.universe import ClientAs, Universe

ASKED: list[tuple[str, dict[str, Any], str]] = [
    ("dashboards:csv", {"share": "no"}, "by «share» for what this page has not."),
    ("dashboards:csv", {"what": "given"}, "by «what»: this page has no such filter."),
    ("dashboards:summary", {"page": "2"}, "by «page»: this page has no such filter."),
    ("dashboards:arms", {"format": "pdf"}, "by «format» for what this page has not."),
    ("dashboards:arms", {"days": "9"}, "by «days»: this page has no such filter."),
    ("dashboards:replay", {"from": "2026-01-01"}, "by «from»: this page has no such filter."),
    ("trail:events", {"who": "me"}, "by «who»: this page has no such filter."),
]


@pytest.mark.parametrize(("page", "asked", "words"), ASKED)
def test_a_page_names_what_it_does_not_know(
    universe: Universe, client_as: ClientAs, page: str, asked: dict[str, Any], words: str
) -> None:
    who = {"dashboards:replay": "admin"}.get(page, "supervisor")
    where = reverse(page, args=["happening"] if page == "dashboards:csv" else [])
    answer = client_as(who).get(where, asked)
    assert answer.status_code == 422
    assert words in Page(answer).words


@pytest.mark.parametrize("page", ["dashboards:summary", "dashboards:arms", "trail:events"])
def test_a_filter_without_a_word_asks_for_nothing(
    universe: Universe, client_as: ClientAs, page: str
) -> None:
    told = Page(client_as("supervisor").get(reverse(page), {"weeks": ""})).words
    assert "no such filter" not in told


def test_a_file_that_cannot_be_made_says_so_on_a_page_with_the_clinics_name(
    universe: Universe, client_as: ClientAs
) -> None:
    where = reverse("dashboards:csv", args=["happening"])
    page = Page(client_as("supervisor").get(where, {"from": "yesterday"}))
    lead = page.html.split('class="page-head__lead">')[1].split("</p>")[0]
    assert lead == universe.birchwood.name
