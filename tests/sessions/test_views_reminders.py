"""The reminders on the form: shown, answered, asked anew when they change, and kept."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.patients import actions as patients
from sessions_app.patients.models import Patient
from sessions_app.sessions.models import ReminderShown, Session
from sessions_app.sessions.record import Care
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.techniques import Technique
from tests.reading import Page
from tests.sessions.typed import Typed, address, resend, stored, typed
from tests.universe import ClientAs, Universe, care

TICK: Typed = {"confirmed": "1"}
SPINE: Typed = {"sites": ["spine_thoracic"], "pressure-spine_thoracic": "3"}


def learn(universe: Universe, who: str, kind: FactKind, *sites: BodySite) -> None:
    """Put a fact on a patient's chart, as a colleague does while the form is open."""
    patient: Patient = getattr(universe, who)
    patients.record_fact(
        patient=patient, kind=kind, sites=sites, observed_on=universe.today, source="nurse",
        by=universe.therapist,
    )  # fmt: skip


def opened(browser: Client, where: str) -> dict[str, list[str]]:
    """Return what the freshly opened form would send."""
    return Page(browser.get(where)).form()


def filled(universe: Universe, phase: str, form: dict[str, list[str]], **more: Any) -> Typed:
    """Return the opened form with all typed into it, its own key and seal kept."""
    kept = {name: form[name] for name in ("client_key", "shown")}
    return {**typed(universe, phase), **kept, **more}


def test_reminders_want_a_tick_before_a_session_starts(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "start", "ada")
    form = filled(universe, "start", opened(browser, where))
    answer = browser.post(where, form)
    page = Page(answer)
    assert answer.status_code == 422
    assert "Tick the box" in page.words
    assert not Session.objects.filter(client_key=form["client_key"][0]).exists()
    assert resend(browser, where, page.form(), **TICK).status_code == 302
    shown = ReminderShown.objects.filter(session=stored(form))
    assert {one.confirmed for one in shown.filter(level="confirm")} == {True}


def test_a_tick_for_other_reminders_is_said_to_be_for_others(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "start", "ada")
    form = filled(universe, "start", opened(browser, where), **TICK)
    patients.record_fact(
        patient=universe.ada, kind=FactKind.WOUND, sites=[BodySite.CALF_LEFT],
        observed_on=universe.today, source="seen", by=universe.therapist,
    )  # fmt: skip
    page = Page(browser.post(where, form))
    assert "The reminders are no longer those you ticked: read them, tick the box" in page.words
    assert resend(browser, where, page.form(), **TICK).status_code == 302


@pytest.mark.parametrize("phase", ["start", "whole"])
def test_a_tick_is_kept_through_a_mistake_in_the_form(
    universe: Universe, client_as: ClientAs, phase: str
) -> None:
    browser, where = client_as("therapist"), address(universe, phase, "ada")
    form = filled(universe, phase, opened(browser, where), **TICK)
    page = Page(browser.post(where, {**form, "pain_before": "11"}))
    assert page.form()["confirmed"] == ["1"]
    assert resend(browser, where, page.form(), pain_before="0").status_code == 302


@pytest.mark.parametrize("phase", ["start", "whole"])
def test_a_reminder_that_came_up_since_is_asked_anew_and_its_tick_is_not_set(
    universe: Universe, client_as: ClientAs, phase: str
) -> None:
    browser, where = client_as("therapist"), address(universe, phase, "ada")
    form = filled(universe, phase, opened(browser, where), **TICK)
    learn(universe, "ada", FactKind.LIMB_CLOT_SIGNS, BodySite.CALF_LEFT)
    answer = browser.post(where, form)
    page = Page(answer)
    assert answer.status_code == 422
    assert "confirmed" not in page.form()
    assert page.form()["shown"] != form["shown"]
    assert not Session.objects.filter(client_key=form["client_key"][0]).exists()


def test_one_tick_is_enough_for_start_and_finish(universe: Universe, client_as: ClientAs) -> None:
    browser, where = client_as("therapist"), address(universe, "finish", "ada")
    page = Page(browser.get(where))
    assert not page.has("id_confirmed")
    assert browser.post(where, typed(universe, "finish")).status_code == 302


def test_a_new_reminder_is_asked_at_the_finish(universe: Universe, client_as: ClientAs) -> None:
    browser, where = client_as("therapist"), address(universe, "finish", "bruno")
    learn(universe, "bruno", FactKind.DEVICE, BodySite.CHEST_LEFT)
    page = Page(browser.post(where, typed(universe, "finish")))
    assert page.has("id_confirmed")
    assert page.form()["mood_after"] == ["0"]
    assert resend(browser, where, page.form(), **TICK).status_code == 302


def test_a_passed_limit_asks_for_a_reason_and_is_flagged(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "whole", "ada")
    form = filled(universe, "whole", opened(browser, where), **TICK, **SPINE)
    asked = Page(browser.post(where, form))
    assert "Beyond today's limits" in asked.words
    assert "pressure 3, limit" in asked.words
    without = resend(browser, where, asked.form(), **TICK)
    assert without.status_code == 422
    answer = resend(browser, where, Page(without).form(), reason="asked for it, <gently>")
    row = stored(form)
    assert (row.limit_broken, row.break_reason) == (True, "asked for it, <gently>")
    assert (
        "Reason given: asked for it, <gently>"
        in Page(browser.get(answer.headers["Location"])).words
    )


def test_a_reason_and_its_tick_are_kept_through_a_mistake_in_the_form(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "whole", "ada")
    form = filled(universe, "whole", opened(browser, where), **TICK, **SPINE)
    asked = Page(browser.post(where, form)).form()
    said = {**TICK, "reason": "wished for"}
    page = Page(resend(browser, where, asked, **said, minutes="0"))
    assert (page.form()["reason"], page.form()["confirmed"]) == (["wished for"], ["1"])
    assert resend(browser, where, page.form(), minutes="20").status_code == 302
    assert stored(form).break_reason == "wished for"


def test_a_reason_that_is_too_long_is_said_and_kept(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "whole", "ada")
    form = {**typed(universe, "whole"), **SPINE, **TICK, "reason": "r" * 501}
    answer = browser.post(where, form)
    page = Page(answer)
    assert answer.status_code == 422
    assert "at most 500" in page.words
    assert page.form()["reason"] == ["r" * 501]


@pytest.mark.parametrize("who", ["therapist", "volunteer"])
def test_a_stop_refuses_the_start_and_keeps_what_was_typed(
    universe: Universe, client_as: ClientAs, who: str
) -> None:
    browser, where = client_as(who), address(universe, "start", "erin")
    touch = {"techniques": ["still_holding"], "pressure-foot_sole_right": "0"}
    form = filled(universe, "start", opened(browser, where), **TICK, **touch, reason="please")
    answer = browser.post(where, form)
    page = Page(answer)
    assert answer.status_code == 422
    assert "This session is not to be started" in page.words
    assert page.form()["pain_before"] == ["0"]
    assert page.form()["sites"] == ["hand_left", "foot_sole_right"]
    assert not Session.objects.filter(client_key=form["client_key"][0]).exists()


def test_a_supervisor_starts_in_spite_of_a_stop_with_a_reason(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("supervisor"), address(universe, "start", "erin")
    form = filled(universe, "start", opened(browser, where), **TICK)
    page = Page(browser.post(where, form))
    assert page.has("id_reason")
    assert resend(browser, where, page.form(), reason="consent heard").status_code == 302
    stop = ReminderShown.objects.get(session=stored(form), rule="X1")
    assert (stop.level, stop.confirmed, stop.answer) == ("stop", True, "consent heard")


def test_a_session_that_happened_in_spite_of_a_stop_can_be_recorded(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "whole", "erin")
    form = filled(universe, "whole", opened(browser, where), **TICK)
    page = Page(browser.post(where, form))
    assert page.has("id_reason")
    assert resend(browser, where, page.form(), reason="asked at the bedside").status_code == 302
    assert ReminderShown.objects.filter(session=stored(form), rule="X1", confirmed=True).exists()
    session = stored(form)
    assert (session.limit_broken, session.break_reason) == (True, "asked at the bedside")


def test_a_site_to_avoid_stops_the_start_and_not_the_record(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    for phase, words in (("start", "not to be started"), ("whole", "Beyond today's limits")):
        where = address(universe, phase, "ada")
        form = filled(universe, phase, opened(browser, where), **TICK, **SPINE)
        assert words in Page(browser.post(where, form)).words


@pytest.mark.parametrize("phase", ["start", "finish", "whole"])
def test_a_volunteer_is_offered_still_hands_only(
    universe: Universe, client_as: ClientAs, phase: str
) -> None:
    page = Page(client_as("volunteer").get(address(universe, phase, "ada", by="volunteer")))
    assert [one["value"] for one in page.inputs("techniques")] == ["still_holding"]
    pressures = {said[0] for name, said in page.form().items() if name.startswith("pressure-")}
    assert pressures == {"0"}
    assert "1 · spreading" not in page.words


@pytest.mark.parametrize("phase", ["start", "finish", "whole"])
@pytest.mark.parametrize(
    ("forged", "field"),
    [({"techniques": ["petrissage"]}, "id_techniques"), ({"pressure-hand_left": "1"}, "id_sites")],
)
def test_a_volunteer_who_forges_more_is_told_so_at_the_field(
    universe: Universe, client_as: ClientAs, phase: str, forged: Typed, field: str
) -> None:
    touch = {"techniques": ["still_holding"], "sites": ["hand_left"]}
    form = typed(universe, phase, **{**touch, **forged})
    before = Session.objects.filter(status="given").count()
    answer = client_as("volunteer").post(address(universe, phase, by="volunteer"), form)
    assert answer.status_code == 422
    assert Page(answer).said_at(field)
    assert Session.objects.filter(status="given").count() == before


BOTH = "Give a reason and tick the box, then save again."
LACKING: list[tuple[Typed, str]] = [
    ({}, BOTH),
    (TICK, "Nothing is saved yet. Give a reason, then save again."),
    ({"reason": "wished for"}, "Nothing is saved yet. Tick the box, then save again."),
]


@pytest.mark.parametrize(("said", "words"), LACKING)
def test_just_what_is_missing_is_named(
    universe: Universe, client_as: ClientAs, said: Typed, words: str
) -> None:
    browser, where = client_as("therapist"), address(universe, "whole", "ada")
    asked = Page(browser.post(where, {**typed(universe, "whole"), **SPINE})).form()
    asked.pop("confirmed", None)
    page = Page(resend(browser, where, asked, **said))
    assert words in " ".join(page.words.split())
    assert page.has("question_error")
    marked = page.tag("id_reason").get("aria-describedby") == "question_error"
    assert marked is ("reason" not in said)


def test_a_mistake_a_limit_and_the_missing_tick_are_said_at_once(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "whole", "ada")
    form = {**typed(universe, "whole", pain_before="", minutes="30e"), **SPINE}
    page = Page(browser.post(where, form))
    assert "Pain before: choose a number" in page.words
    assert "Minutes: a whole number from 1 to 240." in page.words
    assert "Beyond today's limits" in page.words
    assert BOTH in " ".join(page.words.split())
    said = {**TICK, "reason": "wished for", "pain_before": "0", "minutes": "30"}
    assert resend(browser, where, page.form(), **said).status_code == 302


def test_a_limit_is_known_of_the_sites_that_could_be_read(
    universe: Universe, client_as: ClientAs
) -> None:
    sites = {"sites": ["spine_thoracic", "hand_left"], "pressure-spine_thoracic": "3"}
    form = typed(universe, "whole", **{**sites, "pressure-hand_left": ""})
    page = Page(client_as("therapist").post(address(universe, "whole", "ada"), form))
    assert "Choose a pressure" in page.said_at("site-hand_left")
    assert "pressure 3, limit no contact" in page.words


def test_a_broken_limit_leads_to_its_site_and_names_the_rule_in_words(
    universe: Universe, client_as: ClientAs
) -> None:
    form = {**typed(universe, "whole"), **SPINE}
    page = Page(client_as("therapist").post(address(universe, "whole", "ada"), form))
    assert "#site-spine_thoracic" in page.links()
    assert page.has("site-spine_thoracic")
    box = " ".join(page.texts["question"].split())
    assert "Thoracic spine : pressure 3, limit no contact. Bone metastasis" in box.replace(
        "spine:", "spine :"
    )
    assert "(B1)" not in box


def test_a_stop_is_said_before_anything_is_typed(universe: Universe, client_as: ClientAs) -> None:
    where = address(universe, "start", "erin")
    page = Page(client_as("therapist").get(where))
    box = page.texts["question"]
    assert "This session is not to be started" in box
    assert "Untick" not in box
    assert "Record what is missing" in box
    assert "the supervisor records it" not in box
    assert f"/patients/{universe.erin.pk}/facts/new/" in page.links()
    assert page.has("id_pain_before")
    assert page.links().count(where.replace("/start/", "/not-given/")) == 1
    assert where.replace("/start/", "/log/") in page.links()


def test_a_volunteer_is_not_sent_where_volunteers_may_not_go(
    universe: Universe, client_as: ClientAs
) -> None:
    page = Page(client_as("volunteer").get(address(universe, "start", "erin")))
    assert "This session is not to be started" in page.words
    assert not [link for link in page.links() if "/facts/" in link]
    assert "a therapist or the supervisor records it" in page.texts["question"]


def test_a_stop_that_came_with_a_fact_asks_for_what_has_changed(
    universe: Universe, client_as: ClientAs
) -> None:
    learn(universe, "bruno", FactKind.LIMB_CLOT_SIGNS, BodySite.CALF_LEFT)
    page = Page(client_as("therapist").get(address(universe, "start", "bruno")))
    assert "This session is not to be started" in page.words
    assert "Record what has changed" in page.words


def test_unticking_is_proposed_where_it_helps_and_one_more_round_is_enough(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "start", "ada")
    form = filled(universe, "start", opened(browser, where), **SPINE)
    page = Page(browser.post(where, form))
    assert "Untick what is to be left out" in page.texts["question"]
    assert "#site-spine_thoracic" in page.links()
    mended = {**TICK, "sites": ["hand_left"], "pressure-hand_left": "0"}
    assert resend(browser, where, page.form(), **mended).status_code == 302


@pytest.mark.parametrize(
    ("phase", "words"), [("start", "and adapt the session to them."), ("whole", "and know them.")]
)
def test_a_tick_says_what_can_still_be_done(
    universe: Universe, client_as: ClientAs, phase: str, words: str
) -> None:
    page = Page(client_as("therapist").get(address(universe, phase, "ada")))
    assert f"I have read the reminders {words}" in page.words


def a_lowered_count(universe: Universe) -> None:
    """Record platelets of 30,000/µL and a metastasis of the left hand, both of today."""
    for kind, more in (
        (FactKind.PLATELETS, {"value": Decimal(30), "unit": "per_nl"}),
        (FactKind.BONE_METASTASIS, {"sites": [BodySite.HAND_LEFT]}),
    ):
        patients.record_fact(
            patient=universe.bruno, kind=kind, observed_on=universe.today, source="lab",
            by=universe.therapist, **more,
        )  # fmt: skip


def kneading() -> Care:
    return care(
        techniques=frozenset({Technique.EFFLEURAGE, Technique.PETRISSAGE}),
        pressures={BodySite.HAND_LEFT: 2, BodySite.HAND_RIGHT: 2},
    )


def test_what_today_leaves_out_is_not_ticked_beforehand(
    universe: Universe, client_as: ClientAs
) -> None:
    universe.log(universe.bruno_course, care=kneading())
    a_lowered_count(universe)
    form = Page(client_as("therapist").get(address(universe, "start", "bruno"))).form()
    assert form["techniques"] == ["effleurage"]
    assert form["sites"] == ["hand_right"]
    assert form["pressure-hand_right"] == ["1"]


def test_a_begun_session_offers_its_plan_as_it_was(universe: Universe, client_as: ClientAs) -> None:
    begun = universe.start(universe.bruno_course, plan=kneading())
    a_lowered_count(universe)
    where = reverse("sessions:finish", args=[begun.pk])
    form = Page(client_as("therapist").get(where)).form()
    assert sorted(form["techniques"]) == ["effleurage", "petrissage"]
    assert form["sites"] == ["hand_left", "hand_right"]
    assert form["pressure-hand_left"] == ["2"]
