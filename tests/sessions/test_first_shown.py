"""How long a question stood on the form: from its first showing to the save, through refusals."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.signing import Signer
from django.utils import timezone

from sessions_app.sessions.first_shown import FIELD, carried_on, seconds_since, stamp
from sessions_app.sessions.models import ReminderShown
from tests.reading import Page
from tests.sessions.typed import Typed, address, stored, typed
from tests.universe import ClientAs, Universe

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
HALF_A_DAY = 12 * 60 * 60


@pytest.mark.parametrize(
    ("ago", "known"),
    [(0, 0), (75, 75), (HALF_A_DAY, HALF_A_DAY), (HALF_A_DAY + 1, None), (-1, None)],
)
def test_a_stamp_tells_its_age_for_half_a_day(ago: int, known: int | None) -> None:
    assert seconds_since(stamp(NOW - timedelta(seconds=ago)), NOW) == known


@pytest.mark.parametrize(
    "carried",
    ["", "1763719200", "1763719200:forged", Signer(salt="sessions.first_shown").sign("soon"),
     Signer(salt="another").sign("1763719200"), "x" * 5_000, "\x00:\x00", "::"],
)  # fmt: skip
def test_what_is_no_stamp_of_ours_is_unknown(carried: str) -> None:
    assert seconds_since(carried, NOW) is None


def test_a_form_keeps_the_stamp_that_it_has_and_gets_one_where_it_has_none() -> None:
    first = stamp(NOW - timedelta(minutes=3))
    assert carried_on(first, NOW) == first
    assert carried_on("", NOW) == stamp(NOW)
    assert len(carried_on("x" * 5_000, NOW)) == 100


def carried(page: Any) -> str:
    return Page(page).form()[FIELD][0]


def beyond(universe: Universe, **changes: Any) -> Typed:
    """A past session of Ada's beyond a limit: the rules ask for a tick and a reason."""
    spine = {"sites": ["spine_thoracic"], "pressure-spine_thoracic": "3"}
    return typed(universe, "whole", **spine, **changes)


def seconds(form: Typed) -> set[int | None]:
    rows = ReminderShown.objects.filter(session_id=stored(form).pk)
    return {row.answer_seconds for row in rows if row.confirmed}


def test_the_time_runs_from_the_first_showing_through_every_refusal(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "whole", "ada")
    assert seconds_since(carried(browser.get(where)), timezone.now()) in range(3)
    early = stamp(timezone.now() - timedelta(seconds=90))
    form = beyond(universe, **{FIELD: early})
    refused = browser.post(where, form)
    assert refused.status_code == 422
    assert carried(refused) == early
    shown = Page(refused).form()["shown"][0]
    answered = {**form, "shown": shown, "confirmed": "1", "reason": "as agreed"}
    assert browser.post(where, answered).status_code == 302
    (took,) = seconds(form)
    assert took in range(90, 100)


@pytest.mark.parametrize("carried_along", ["", "forged", stamp(NOW - timedelta(days=300))])
def test_without_a_good_stamp_the_time_is_unknown_and_nothing_is_refused(
    universe: Universe, client_as: ClientAs, carried_along: str
) -> None:
    browser, where = client_as("therapist"), address(universe, "whole", "ada")
    form = beyond(universe, **{FIELD: carried_along})
    shown = Page(browser.post(where, form)).form()["shown"][0]
    answered = {**form, "shown": shown, "confirmed": "1", "reason": "as agreed"}
    assert browser.post(where, answered).status_code == 302
    assert seconds(form) == {None}


def test_a_form_that_asks_nothing_carries_no_stamp(universe: Universe, client_as: ClientAs) -> None:
    page = client_as("therapist").get(address(universe, "whole", "bruno"))
    assert carried(page) == ""


def test_the_same_form_under_another_stamp_is_the_same_session(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "whole", "bruno")
    form = typed(universe, "whole")
    first = browser.post(where, {**form, FIELD: stamp(timezone.now())})
    again = browser.post(where, {**form, FIELD: stamp(timezone.now() - timedelta(minutes=5))})
    assert (first.status_code, again.status_code) == (302, 302)
    assert first.headers["Location"] == again.headers["Location"]
