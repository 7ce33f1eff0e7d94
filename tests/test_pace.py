"""How fast one person may ask for pages."""

import pytest
from django.test import override_settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from clinic.pace import Counters
from tests.reading import Page
from tests.test_settings import run
from tests.universe import ClientAs, Universe


def test_as_many_as_are_said_go_at_once_and_then_one_by_one() -> None:
    counters = Counters()
    waits = [counters.wait("a", a_minute=60, at=5.0) for _ in range(62)]
    assert waits == [0] * 60 + [1, 1]
    assert counters.wait("b", a_minute=60, at=5.0) == 0
    assert [counters.wait("a", a_minute=60, at=7.5) for _ in range(3)] == [0, 0, 1]


@given(some.lists(some.floats(0, 3), min_size=50, max_size=300), some.integers(1, 30))
def test_in_no_minute_more_than_twice_as_many(steps: list[float], a_minute: int) -> None:
    counters, at, taken = Counters(), 0.0, []
    for step in steps:
        at += step
        if not counters.wait("a", a_minute=a_minute, at=at):
            taken.append(at)
    for begin in taken:
        assert sum(begin <= one < begin + 60 for one in taken) <= 2 * a_minute + 1


def test_who_was_away_longest_is_forgotten_first() -> None:
    counters = Counters(most=2)
    for who in ("a", "b", "a", "c"):
        counters.wait(who, a_minute=2, at=0.0)
    assert counters.wait("a", a_minute=2, at=0.0) == 30
    assert counters.wait("b", a_minute=1, at=0.0) == 0


@override_settings(REQUESTS_A_MINUTE=3)
def test_who_copies_charts_is_held_off_and_an_emergency_is_not(
    universe: Universe, client_as: ClientAs
) -> None:
    therapist = client_as("therapist")
    therapist.handler.load_middleware()  # counters of its own
    chart = reverse("rounds:chart", args=[universe.ada.pk])
    answers = [therapist.get(chart) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert int(answers[3].headers["Retry-After"]) >= 1
    assert "Adason" not in Page(answers[3]).words
    emergency = reverse("sessions:emergency", args=[universe.ada.emergencies.first().pk])
    assert therapist.get(emergency).status_code == 200
    assert client_as("supervisor").get(chart).status_code == 200
    assert therapist.post(reverse("people:sign_out")).status_code == 302


@pytest.mark.parametrize(
    ("said", "read"),
    [({}, "240"), ({"STILLHAND_REQUESTS_A_MINUTE": "9"}, "9"), ({"STILLHAND_DEMO": "1"}, "0")],
)
def test_a_server_decides_how_many(said: dict[str, str], read: str) -> None:
    code = "from django.conf import settings as s; print(s.REQUESTS_A_MINUTE)"
    assert run(["-c", code], **said).stdout.strip() == read
