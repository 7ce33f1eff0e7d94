"""Whoever follows the links of the pages is never led to one that is not there, or not theirs.

Among the patients are those of whom little is known: nothing was given, nothing was told, it ended.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from sessions_app.enrolments import actions as enrolments
from sessions_app.patients import actions as patients
from sessions_app.sessions import later_actions as later
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from sessions_app.vocabulary.records import PatientStatus
from tests.dashboards.drawing import admit
from tests.reading import Page
from tests.universe import Universe, ratings, still_touch

OF_EACH_VIEW = 8
"""So many addresses of one view are opened."""
LEAST_VIEWS = {"therapist": 32, "volunteer": 21, "supervisor": 46, "admin": 28}


@pytest.fixture
def odd_lives(universe: Universe) -> Universe:
    """Enrol patients whose courses came to little, each in another way."""
    by = universe.therapist
    admit(universe, "rest", "touch")
    universe.not_given(admit(universe, "open", "massage"))
    universe.start(admit(universe, "foot-10", "massage"))
    begun = universe.start(admit(universe, "jane-bone", "massage"))
    later.call_off(begun, reason=NotGivenReason.ASLEEP, by=by)
    untold = ratings(pain=MissingReason.ASLEEP, mood=MissingReason.DECLINED)
    universe.log(admit(universe, "rest", "massage"), before=untold, after=untold)
    universe.log(admit(universe, "rest", "massage"), care=still_touch(), by=universe.volunteer)
    ended = admit(universe, "open", "massage")
    enrolments.end(ended, ended_on=universe.today, reason="went home", by=by)
    patients.amend(ended.patient, status=PatientStatus.DISCHARGED, by=by)
    died = admit(universe, "rest", "touch")
    universe.not_given(died, reason=NotGivenReason.DIED)
    patients.amend(died.patient, status=PatientStatus.DIED, by=by)
    return universe


@pytest.mark.parametrize("who", LEAST_VIEWS)
def test_every_link_leads_to_a_page(
    odd_lives: Universe, client_as: Callable[[str], Client], who: str
) -> None:
    browser, waiting, seen = client_as(who), deque(["/"]), {"/"}
    opened: Counter[str] = Counter()
    while waiting:
        address = waiting.popleft()
        view = resolve(urlsplit(address).path).view_name
        if opened[view] >= OF_EACH_VIEW:
            continue
        opened[view] += 1
        answer = browser.get(address, follow=True)
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        if answer.headers["Content-Type"].startswith("text/html"):
            new = dict.fromkeys(one for one in links(Page(answer), address) if one not in seen)
            seen |= new.keys()
            waiting.extend(new)
    assert len(opened) >= LEAST_VIEWS[who], sorted(opened)


def links(page: Page, address: str) -> Iterator[str]:
    """Yield where the links of a page lead to within the product."""
    for tag, attributes in page.tags:
        if tag != "a" or "href" not in attributes:
            continue
        there = urlsplit(urljoin(f"http://testserver{address}", attributes["href"]))
        if there.netloc == "testserver":
            yield f"{there.path}?{there.query}" if there.query else there.path
