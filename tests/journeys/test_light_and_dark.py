"""Both themes on every page, and 0 as the score that it is."""

import re
from collections.abc import Iterator

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    change_shown,
    chart_of,
    expect,
    finish_session,
    missing_so_far,
    sessions_on_chart,
    sign_in,
    start_session,
)
from tests.journeys.visitor import Visitor

IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
KINDS_OF_PAGES = 15  # at least: what a supervisor reaches by links alone


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_that_a_link_leads_to_holds_in_light_and_dark(
    visitor: Visit, theme: str
) -> None:
    # given a supervisor, who may open the most
    supervisor = visitor(wide=True, color_scheme=theme)
    sign_in(supervisor, "supervisor")
    # when every kind of page is opened once, then each is in order (see Visitor.look)
    seen = list(kinds_of_pages(supervisor))
    assert len(seen) >= KINDS_OF_PAGES, seen


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_not_there_says_so_on_a_page_of_the_product(visitor: Visit, theme: str) -> None:
    # given a volunteer who follows a dead link, and one who may not see the summary
    volunteer = visitor(color_scheme=theme)
    sign_in(volunteer, "volunteer")
    for path, status in (("/nowhere/", 404), ("/summary/", 403)):
        volunteer.open(path)
        assert volunteer.status == status
        expect(volunteer.page.get_by_role("heading", level=1)).to_be_visible()


def test_a_score_of_0_is_shown_as_0_everywhere(visitor: Visit) -> None:
    # given a summary before, and a patient without pain and at the worst mood
    supervisor = visitor(wide=True, color_scheme="dark")
    sign_in(supervisor, "supervisor")
    before = missing_so_far(supervisor)
    start_session(_at_list(supervisor), "Nought, Zero", pain=0, mood=0)
    finish_session(supervisor, pain=0, mood=0)
    # then the session, the chart and the summary take 0 for a score
    expect(change_shown(supervisor, "pain")).to_have_text(
        re.compile(r"^\s*0 before,\s+0 after\s*no change")
    )
    expect(change_shown(supervisor, "mood")).to_have_text(
        re.compile(r"^\s*0 before,\s+0 after\s*no change")
    )
    chart_of(supervisor, "Nought, Zero")
    newest = sessions_on_chart(supervisor).first
    expect(newest).to_contain_text("pain 0 → 0 (no change) · mood 0 → 0 (no change)")
    assert len(before) == 2
    assert missing_so_far(supervisor) == before


def _at_list(visitor: Visitor) -> Visitor:
    visitor.open("/patients/")
    return visitor


def kinds_of_pages(visitor: Visitor) -> Iterator[str]:
    """Open one page of each kind that links lead to, and give the kinds."""
    waiting, known = ["/patients/"], set()
    while waiting:
        path = waiting.pop(0)
        kind = IDENTITY.sub("*", path.split("?")[0])
        if kind in known or kind.endswith(".csv"):  # a file, which no page shows
            continue
        known.add(kind)
        visitor.open(path)
        waiting += visitor.page.locator("a[href^='/']").evaluate_all(
            "links => links.map(one => one.getAttribute('href').split('#')[0])"
        )
        yield kind
