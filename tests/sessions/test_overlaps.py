"""Two sessions of one patient in the same time: asked about once, and never refused."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from sessions_app.sessions.context import around
from sessions_app.sessions.models import Session
from sessions_app.sessions.policies import AlreadyThere, KeyReused
from tests.reading import Page
from tests.sessions.typed import Typed, address, confirm, typed
from tests.universe import ClientAs, Universe, care

HOUR = timedelta(hours=1)


def bare(universe: Universe) -> None:
    """Let Bruno have one session only: two days ago, of 30 minutes."""
    universe.log(
        universe.bruno_course, performed_at=universe.now - 48 * HOUR, care=care(minutes=30)
    )


@pytest.mark.parametrize(
    ("minutes_later", "overlaps"),
    [(0, True), (29, True), (30, False), (31, False), (-20, True), (-30, False), (-240, False)],
)
def test_times_overlap_where_one_began_before_the_other_ended(
    universe: Universe, minutes_later: int, overlaps: bool
) -> None:
    bare(universe)
    there = universe.now - 48 * HOUR
    when = there + timedelta(minutes=minutes_later)
    found = around(universe.bruno_course, when, ended=when + timedelta(minutes=30))
    assert found.overlapped == (there if overlaps else None)


def test_one_in_progress_lasts_until_now_and_another_patients_is_not_looked_at(
    universe: Universe,
) -> None:
    begun = universe.start(universe.bruno_course, at=universe.now - 2 * HOUR)
    when = universe.now - HOUR
    assert around(universe.bruno_course, when).overlapped == begun.performed_at
    assert around(universe.courses["erin"], when).overlapped is None


def test_a_session_that_was_not_given_is_in_nobodys_way(
    universe: Universe, client_as: ClientAs
) -> None:
    begun = universe.start(universe.bruno_course, at=universe.now - 2 * HOUR)
    Session.objects.filter(pk=begun.pk).update(status="not_given", not_given_reason="asleep")
    assert around(universe.bruno_course, universe.now - HOUR - HOUR / 2).overlapped is None


def test_who_asks_is_told_and_a_repeat_is_answered_as_the_first_time(universe: Universe) -> None:
    bare(universe)
    when, key = universe.now - 48 * HOUR, uuid.uuid4()
    answers = universe.answers(universe.bruno_course, care(), when=when)
    asked = replace(answers, is_another=False)
    sent = {"performed_at": when, "client_key": key}
    with pytest.raises(AlreadyThere) as there:
        universe.log(universe.bruno_course, **sent, answers=asked)
    assert there.value.began == when
    first = universe.log(universe.bruno_course, **sent, answers=answers)
    assert universe.log(universe.bruno_course, **sent, answers=asked).pk == first.pk
    with pytest.raises(KeyReused):
        universe.log(universe.bruno_course, **sent, answers=asked, digest="typed anew")


def anew(form: Typed) -> Typed:
    """The same words under another key, as a browser without scripts brings them back."""
    return {**form, "client_key": str(uuid.uuid4())}


def test_a_form_whose_key_was_lost_is_asked_about_and_saved_once_ticked(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "whole")
    form = {**typed(universe, "whole"), "another": "1"}
    assert browser.post(where, form).status_code == 302
    count = Session.objects.count()
    again = anew({name: value for name, value in form.items() if name != "another"})
    answer = browser.post(where, again)
    page = Page(answer)
    assert (answer.status_code, Session.objects.count()) == (422, count)
    assert "There is already a session of this patient at" in page.words
    assert page.has("id_another")
    assert page.form()["plan_note"] == [form["plan_note"]]
    sent = {**page.form(), "another": "1"}
    assert confirm(browser, where, sent).status_code == 302
    assert Session.objects.count() == count + 1


def test_the_tick_is_kept_through_a_mistake(universe: Universe, client_as: ClientAs) -> None:
    browser, where = client_as("therapist"), address(universe, "whole")
    wrong = {**typed(universe, "whole"), "another": "1", "minutes": "0"}
    page = Page(browser.post(where, wrong))
    assert page.form()["another"] == ["1"]
