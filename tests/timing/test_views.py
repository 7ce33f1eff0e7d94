"""The panel on the chart and in the session form: one tap records, and nothing typed is lost."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.sessions.models import Session
from sessions_app.timing import actions as timing
from sessions_app.timing.models import TimedCare
from sessions_app.vocabulary.timed import TimedKind
from tests.reading import Page
from tests.sessions.typed import PHASES, address, confirm, stored, typed
from tests.universe import ClientAs, Universe

NOW = "opioid_breakthrough:0"
HALF = "opioid_breakthrough:30"


def tap(browser: Client, where: str, value: str, **more: Any) -> Any:
    """Press a button of the panel on a page."""
    page = Page(browser.get(where))
    return browser.post(
        where, {"timed_key": page.posting("timed_key")["timed_key"], "timed_tap": value, **more}
    )


def of_bruno() -> Any:
    return TimedCare.objects.filter(patient__chart_number="C-bruno")


@pytest.mark.parametrize(("value", "minutes"), [(NOW, 0), (HALF, 30)])
def test_one_tap_records_a_breakthrough_dose_and_leads_back_to_the_chart(
    universe: Universe, client_as: ClientAs, value: str, minutes: int
) -> None:
    browser, where = client_as("volunteer"), reverse("timing:record", args=[universe.bruno.pk])
    answer = tap(browser, where, value)
    chart = reverse("rounds:chart", args=[universe.bruno.pk])
    assert answer.headers["Location"] == chart
    row = of_bruno().get()
    assert row.took_place
    assert (row.recorded_at - row.happens_at) // timedelta(minutes=1) == minutes
    words = Page(browser.get(chart)).words
    assert "Breakthrough dose" in words
    assert ("good time to begin" in words) == (minutes == 30)


def test_a_page_sent_twice_records_once(universe: Universe, client_as: ClientAs) -> None:
    browser, where = client_as("therapist"), reverse("timing:record", args=[universe.bruno.pk])
    key = Page(browser.get(where)).posting("timed_key")["timed_key"]
    for _ in range(2):
        assert browser.post(where, {"timed_key": key, "timed_tap": HALF}).status_code == 302
    assert of_bruno().count() == 1


def test_another_button_of_a_page_that_was_sent_says_so_and_can_be_pressed_again(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), reverse("timing:record", args=[universe.bruno.pk])
    key = Page(browser.get(where)).posting("timed_key")["timed_key"]
    browser.post(where, {"timed_key": key, "timed_tap": HALF})
    answer = browser.post(where, {"timed_key": key, "timed_tap": NOW})
    page = Page(answer)
    assert answer.status_code == 422
    assert "This page has recorded something already." in page.words
    assert of_bruno().count() == 1
    again = {**page.posting("timed_key"), "timed_tap": NOW}
    assert browser.post(where, again).status_code == 302
    assert of_bruno().count() == 2


def test_a_plan_that_was_taken_back_meanwhile_is_not_said_to_be_saved(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), reverse("timing:record", args=[universe.bruno.pk])
    ahead = universe.now + timedelta(minutes=30)
    plan = timing.record(
        patient=universe.bruno, kind=TimedKind.PHYSIOTHERAPY, happens_at=ahead,
        client_key=uuid.uuid4(), by=universe.therapist,
    )  # fmt: skip
    TimedCare.objects.filter(pk=plan.pk).update(
        happens_at=universe.now - timedelta(minutes=9),
        recorded_at=universe.now - timedelta(minutes=20),
    )
    tapped = f"took-place:{plan.pk}"
    timing.withdraw(plan, reason="it was not given", by=universe.supervisor)
    answer = tap(browser, where, tapped)
    assert answer.status_code == 422
    assert "no longer planned" in Page(answer).words


def test_a_plan_is_typed_with_its_time_and_asked_about_when_its_hour_has_passed(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), reverse("timing:record", args=[universe.bruno.pk])
    local = (universe.now + timedelta(hours=2)).astimezone(universe.birchwood.zone)
    more = {
        "timed_kind": "radiotherapy", "timed_on": f"{local:%Y-%m-%d}",
        "timed_time": f"{local:%H:%M}", "timed_note": "lumbar spine",
    }  # fmt: skip
    assert tap(browser, where, "typed", **more).status_code == 302
    row = of_bruno().get()
    assert (row.took_place, row.note, row.fact_id) == (False, "lumbar spine", None)
    of_bruno().update(
        happens_at=universe.now - timedelta(hours=1), recorded_at=universe.now - timedelta(hours=3)
    )
    button = f"took-place:{row.pk}"
    assert button in Page(browser.get(where)).html
    assert tap(browser, where, button).status_code == 302
    given = of_bruno().standing().get()
    assert given.took_place
    assert given.replaces_id == row.pk
    assert given.fact_id is not None


@pytest.mark.parametrize(
    ("value", "more", "sentence"),
    [
        ("typed", {"timed_time": "10:00"}, "What: choose one."),
        ("typed", {"timed_kind": "analgesic"}, "At what hour? Write it like 14:05."),
        (
            "typed",
            {"timed_kind": "analgesic", "timed_time": "25:00"},
            "At what hour: a time like 14:30.",
        ),
        (
            "typed",
            {"timed_kind": "analgesic", "timed_time": "10:00", "timed_on": "2020-01-01"},
            "On which date: a month back or ahead at most.",
        ),
        ("tea:30", {}, "does not say what to record"),
        ("opioid_breakthrough:-5", {}, "does not say what to record"),
        ("opioid_breakthrough:99999", {}, "does not say what to record"),
        ("took-place:nonsense", {}, "does not say what to record"),
        ("took-place:01a1fdb2-f7bb-7768-84d9-838e85317dbe", {}, "no longer planned"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_what_was_typed_stays(
    universe: Universe, client_as: ClientAs, value: str, more: dict[str, str], sentence: str
) -> None:
    browser, where = client_as("therapist"), reverse("timing:record", args=[universe.bruno.pk])
    answer = tap(browser, where, value, **more)
    page = Page(answer)
    assert answer.status_code == 422
    assert sentence in page.words
    assert all(page.posting("timed_key")[name] == [said] for name, said in more.items())
    assert not of_bruno().exists()


def test_the_same_minute_twice_is_said(universe: Universe, client_as: ClientAs) -> None:
    browser, where = client_as("therapist"), reverse("timing:record", args=[universe.bruno.pk])
    local = (universe.now - timedelta(hours=1)).astimezone(universe.birchwood.zone)
    more = {
        "timed_kind": "opioid_regular", "timed_on": f"{local:%Y-%m-%d}",
        "timed_time": f"{local:%H:%M}",
    }  # fmt: skip
    assert tap(browser, where, "typed", **more).status_code == 302
    answer = tap(browser, where, "typed", **more)
    assert answer.status_code == 422
    assert "recorded already" in Page(answer).words


def test_the_end_of_a_session_asks_for_no_dose(universe: Universe, client_as: ClientAs) -> None:
    page = Page(client_as("therapist").get(address(universe, "finish")))
    assert "Beside the touch" not in page.words


@pytest.mark.parametrize("phase", [one for one in PHASES if one != "finish"])
def test_a_tap_in_the_session_form_records_and_keeps_all_that_was_typed(
    universe: Universe, client_as: ClientAs, phase: str
) -> None:
    browser, where = client_as("therapist"), address(universe, phase)
    key = Page(browser.get(where)).form()["timed_key"]
    form = {**typed(universe, phase), "pain_before": "11", "timed_key": key}
    before = Session.objects.count()
    answer = browser.post(where, {**form, "timed_tap": HALF})
    page = Page(answer)
    assert answer.status_code == 200
    assert Session.objects.count() == before
    assert of_bruno().count() == 1
    assert "Breakthrough dose 30 min ago: good time to begin" in page.words
    assert "Not saved" not in page.words
    assert "choose a number" not in page.words
    kept = page.form()
    for name, said in typed(universe, phase, client_key=form["client_key"]).items():
        wanted = said if isinstance(said, list) else [said]
        if name != "pain_before" and said != "":
            assert sorted(kept[name]) == sorted(wanted), name
    assert kept["timed_key"] != key
    assert browser.post(where, {**form, "timed_tap": HALF}).status_code == 200
    assert of_bruno().count() == 1


def test_a_bad_tap_in_the_session_form_is_said_and_the_form_is_kept(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "start")
    form = {**typed(universe, "start"), "timed_key": "nonsense", "timed_tap": "tea:1"}
    page = Page(browser.post(where, form))
    assert "does not say what to record" in page.words
    assert page.form()["mood_before"] == ["10"]


def test_each_session_carries_its_minutes_since_the_last_opioid(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "start")
    form = typed(universe, "start")
    tap(browser, reverse("timing:record", args=[universe.bruno.pk]), HALF)
    assert confirm(browser, where, form).status_code == 302
    row = stored(form)
    assert row.minutes_since_opioid == 30
    assert "An opioid was taken 30 minutes before" in row.reminders.get(rule="M2").message
    words = Page(browser.get(reverse("sessions:session", args=[row.pk]))).words
    assert "30 min after an opioid" in words


def test_without_a_dose_the_minutes_are_unknown(universe: Universe) -> None:
    assert universe.start(universe.bruno_course).minutes_since_opioid is None


def test_a_time_is_corrected_and_taken_back_from_the_chart(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, chart = client_as("therapist"), reverse("rounds:chart", args=[universe.ada.pk])
    row = universe.ada.timed_care.get()
    correct = reverse("timing:correct", args=[universe.ada.pk, row.pk])
    assert correct in Page(browser.get(chart)).links()
    form = Page(browser.get(correct)).posting("on_day")
    local = (row.happens_at - timedelta(hours=1)).astimezone(universe.birchwood.zone)
    changes = {"on_day": f"{local:%Y-%m-%d}", "at_time": f"{local:%H:%M}"}
    assert browser.post(correct, {**form, **changes}).headers["Location"] == chart
    new = universe.ada.timed_care.all().standing().get()
    assert new.happens_at == row.happens_at.replace(second=0) - timedelta(hours=1)
    assert browser.post(correct, {**form, **changes}).headers["Location"] == chart
    assert "Nothing was saved" not in Page(browser.get(chart)).words
    other = {**form, **changes, "client_key": str(uuid.uuid4())}
    assert browser.post(correct, other).headers["Location"] == chart
    assert "it was corrected or taken back meanwhile" in Page(browser.get(chart)).words
    away = reverse("timing:withdraw", args=[universe.ada.pk, new.pk])
    assert browser.post(away, {"reason": "not given"}).headers["Location"] == chart
    assert "Physiotherapy" not in Page(browser.get(chart)).words.split("Another dose")[0]


def test_a_volunteer_is_offered_no_kind_that_is_a_fact(
    universe: Universe, client_as: ClientAs
) -> None:
    where = reverse("timing:record", args=[universe.bruno.pk])
    assert 'value="radiotherapy"' not in Page(client_as("volunteer").get(where)).html
    assert 'value="radiotherapy"' in Page(client_as("therapist").get(where)).html
