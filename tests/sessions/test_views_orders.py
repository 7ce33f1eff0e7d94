"""An order at the bed: a stop that it lifts is confirmed, and the limits that it leaves hold."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.patients import actions as patients
from sessions_app.patients import order_actions
from sessions_app.patients.models import Patient
from sessions_app.patients.order_model import Order
from sessions_app.sessions.models import ReminderShown, Session
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.units import Unit
from tests.reading import Page
from tests.sessions.typed import Typed, address, resend, stored, typed
from tests.universe import ClientAs, Universe

HANDS: Typed = {"pressure-hand_left": "0", "pressure-foot_sole_right": "1"}
REFUSED = "This session is not to be started"


@pytest.fixture
def world(universe: Universe) -> Universe:
    """Give the world with Bruno's platelets at 15,000/µL: H2 stops a session."""
    patients.record_fact(
        patient=universe.bruno, kind=FactKind.PLATELETS, value=Decimal(15_000),
        unit=Unit.PER_UL.value, observed_on=universe.today, source="lab", by=universe.therapist,
    )  # fmt: skip
    return universe


def ordered(world: Universe, who: str = "bruno", *, days: int = 0, **changes: Any) -> Order:
    """Record Dr Oduya's order for H2 of so many days ago, for a week, with what differs."""
    patient: Patient = getattr(world, who)
    begun = world.today - timedelta(days=days)
    usual: dict[str, Any] = {
        "patient": patient, "rules": ["H2"], "up_to": 1, "clinician_name": "Dr Oduya",
        "clinician_role": "oncologist", "ordered_on": begun,
        "expires_on": begun + timedelta(days=7),
        "by": world.foreign_therapist if who == "farah" else world.therapist,
    }  # fmt: skip
    return order_actions.record_order(**{**usual, **changes})


def sent(world: Universe, browser: Client, **changes: Any) -> tuple[Typed, Page]:
    """Send Bruno's start form, untouched by any tick; return it and the answer's page."""
    form = typed(world, "start", **{**HANDS, **changes})
    return form, Page(browser.post(address(world, "start"), form))


def begun(form: Typed) -> bool:
    return Session.objects.filter(client_key=form["client_key"]).exists()


def test_a_stop_keeps_a_therapist_from_starting_and_says_what_an_order_could_do(
    world: Universe, client_as: ClientAs
) -> None:
    form, page = sent(world, client_as("therapist"))
    assert REFUSED in page.words
    assert "A clinician's order can lift this" in page.words
    assert reverse("patients:record_order", args=[world.bruno.pk]) in page.links()
    assert not begun(form)


def test_with_an_order_a_therapist_confirms_and_starts(
    world: Universe, client_as: ClientAs
) -> None:
    order = ordered(world)
    browser, where = client_as("therapist"), address(world, "start")
    form, page = sent(world, browser)
    until = f"{order.expires_on.day} {order.expires_on:%b %Y}"
    assert REFUSED not in page.words
    assert f"By order of Dr Oduya, oncologist, until {until}." in page.words
    assert not begun(form)
    assert resend(browser, where, page.form(), confirmed="1").status_code == 302
    session = stored(form)
    assert not session.limit_broken
    shown = ReminderShown.objects.get(session=session, rule="H2")
    assert (shown.level, shown.confirmed) == ("confirm", True)
    assert "By order of Dr Oduya" in shown.message


def test_the_limit_that_the_order_leaves_holds(world: Universe, client_as: ClientAs) -> None:
    ordered(world, up_to=5)
    form, page = sent(world, client_as("therapist"), **{"pressure-foot_sole_right": "2"})
    assert "pressure 2, limit up to pressure 1" in page.words
    assert not begun(form)


@pytest.mark.parametrize(
    "changes",
    [
        {"days": 8},
        {"rules": ["H1"]},
        {"who": "diego"},
        {"who": "farah"},
        {"days": -1},
    ],
    ids=["expired", "another rule", "another patient", "another clinic", "still to come"],
)
def test_an_order_that_does_not_hold_here_changes_nothing(
    world: Universe, client_as: ClientAs, changes: dict[str, Any]
) -> None:
    ordered(world, **changes)
    form, page = sent(world, client_as("therapist"), confirmed="1")
    assert REFUSED in page.words
    assert not begun(form)


def test_an_ended_order_lifts_nothing_from_that_day(world: Universe, client_as: ClientAs) -> None:
    order_actions.end_order(ordered(world, days=2), ended_on=world.today, by=world.therapist)
    form, page = sent(world, client_as("therapist"), confirmed="1")
    assert REFUSED in page.words
    assert not begun(form)


def test_what_began_under_an_order_is_finished_although_the_order_has_ended(
    world: Universe, client_as: ClientAs
) -> None:
    order, browser = ordered(world), client_as("therapist")
    form, page = sent(world, browser)
    resend(browser, address(world, "start"), page.form(), confirmed="1")
    order_actions.end_order(order, ended_on=world.today, by=world.therapist)
    where = reverse("sessions:finish", args=[stored(form).pk])
    after = typed(world, "finish", **HANDS)
    kept = Page(browser.get(where)).form()
    held = Page(browser.post(where, {**after, "shown": kept["shown"], "confirmed": "1"}))
    assert "Nothing is saved yet" in held.words
    again = {"confirmed": "1", "reason": "the order ended meanwhile"}
    answer = resend(browser, where, held.form(), **again)
    assert answer.status_code == 302
    assert stored(form).status == "given"


@pytest.mark.usefixtures("watched_templates")
def test_an_order_at_one_site_raises_that_site_only(
    universe: Universe, client_as: ClientAs
) -> None:
    patients.record_fact(
        patient=universe.bruno, kind=FactKind.DEVICE, observed_on=universe.today, source="nurse",
        sites=[BodySite.FOREARM_LEFT, BodySite.FOREARM_RIGHT], by=universe.therapist,
    )  # fmt: skip
    chart = reverse("rounds:chart", args=[universe.bruno.pk])
    before = Page(client_as("therapist").get(chart)).words
    ordered(universe, rules=["D1"], sites=[BodySite.FOREARM_LEFT])
    verdict = client_as("therapist").get(chart).context["chart"].verdict
    limits = verdict.limits
    assert limits[BodySite.FOREARM_LEFT].ceiling > limits[BodySite.FOREARM_RIGHT].ceiling
    assert "By order of" not in before
    assert "By order of Dr Oduya" in Page(client_as("therapist").get(chart)).words


def test_no_order_stands_in_for_a_missing_consent(universe: Universe, client_as: ClientAs) -> None:
    page = Page(client_as("therapist").get(address(universe, "start", "erin")))
    assert REFUSED in page.words
    assert "A clinician's order can lift this" not in page.words
