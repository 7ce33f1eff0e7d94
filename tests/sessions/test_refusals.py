"""What only the database refuses is said on the form, at its field; the unknown stays an error."""

import pytest
from django import forms
from django.db import IntegrityError
from django.db.models import CheckConstraint, UniqueConstraint
from django.urls import reverse

from sessions_app.sessions.forms import SessionForm
from sessions_app.sessions.models import FollowUpScore, Score, Session, SiteTreated
from sessions_app.sessions.record import Rating
from sessions_app.sessions.refusals import SENTENCES, explain
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.scales import Scale
from tests.reading import Page
from tests.sessions.typed import address, confirm, typed
from tests.universe import ClientAs, Universe, care

MODELS = (Session, Score, SiteTreated, FollowUpScore)
ELSEWHERE = {
    "session_key_once", "score_once_a_session", "site_once_a_session", "session_counted_is_given",
    "session_outside_known",
}  # fmt: skip
"""The action answers the first; the next two cannot come from a form, which has each once; the
last two the action reckons itself."""


def named(kind: type) -> set[str]:
    """Return the names of the sessions' own constraints of a kind."""
    every = [one for model in MODELS for one in model._meta.constraints]
    return {one.name for one in every if isinstance(one, kind) and "%" not in one.name}


def test_every_constraint_of_a_session_has_its_sentence() -> None:
    unique = {name for name in named(UniqueConstraint) if "once" in name}
    assert (named(CheckConstraint) | unique) - ELSEWHERE - SENTENCES.keys() == set()


@pytest.mark.parametrize(
    ("broken", "field", "words"),
    [
        ({"minutes": 241}, "id_minutes", "Minutes: a whole number from 1 to 240."),
        ({"minutes": None}, "id_minutes", "Minutes: a session that was given has them."),
        ({"pressures": {BodySite.HAND_LEFT: 6}}, "id_sites", "a whole number from 0 to 5."),
    ],
)
def test_what_the_database_refuses_is_said_at_its_field_and_nothing_is_stored(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch,
    broken: dict[str, object], field: str, words: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(SessionForm, "care", lambda _: care(**broken))
    # More pressure than there is goes past the usual ceiling as well, which has to be answered.
    browser, form = client_as("therapist"), typed(universe, "whole", reason="r", confirmed="1")
    where, before = address(universe, "whole"), Session.objects.count()
    page = Page(browser.post(where, form))
    answer = browser.post(where, {**form, "shown": page.form()["shown"]})
    page = Page(answer)
    assert answer.status_code == 422
    assert words in page.said_at(field)
    assert page.form()["pain_before"] == ["0"]
    assert Session.objects.count() == before


def test_a_score_that_the_database_refuses_is_said_above_the_form(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SessionForm, "ratings", lambda *_: {Scale.MOOD: Rating(value=11)})
    form = typed(universe, "start")
    answer = confirm(client_as("therapist"), address(universe, "start"), form)
    assert answer.status_code == 422
    assert "A score before the session is outside its scale." in Page(answer).words


def test_a_finish_that_the_database_refuses_leaves_the_session_in_progress(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = universe.start(universe.bruno_course)
    monkeypatch.setattr(SessionForm, "care", lambda _: care(minutes=999))
    where = reverse("sessions:finish", args=[row.pk])
    answer = client_as("therapist").post(where, typed(universe, "finish"))
    row.refresh_from_db()
    assert (answer.status_code, row.status) == (422, "in_progress")
    assert "from 1 to 240" in Page(answer).said_at("id_minutes")


def test_a_refusal_that_nobody_has_foreseen_is_raised_anew() -> None:
    with pytest.raises(IntegrityError, match="some_other_rule"):
        explain(forms.Form({}), IntegrityError("CHECK constraint failed: some_other_rule"))
