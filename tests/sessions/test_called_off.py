"""A session that was called off: the scores told before it are shown where it is told."""

import uuid
from datetime import timedelta

from django.urls import reverse

from sessions_app.sessions import actions, later_actions
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint
from tests.reading import Page
from tests.universe import ClientAs, Universe, ratings

HEADING = "Scores told before it was called off"


def called_off(universe: Universe) -> Session:
    begun = universe.start(
        universe.bruno_course, before=ratings(pain=0, mood=MissingReason.DECLINED)
    )
    later_actions.add_follow_up(
        begun, scale=Scale.RELAXATION, time_point=TimePoint.DURING,
        rating=ratings(relaxation=7)[Scale.RELAXATION],
        measured_at=universe.now, by=universe.therapist,
    )  # fmt: skip
    return later_actions.call_off(
        begun, reason=NotGivenReason.ASLEEP, by=universe.therapist, note="fell asleep"
    )


def test_its_page_shows_the_scores_told_before_it(universe: Universe, client_as: ClientAs) -> None:
    session = called_off(universe)
    page = Page(client_as("volunteer").get(reverse("sessions:session", args=[session.pk])))
    words = " ".join(page.words.split())
    assert HEADING in words
    told = words.split(HEADING)[1].split("Reminders")[0]
    assert "Pain 0 Mood Declined" in told
    assert "Relaxation , during: 7" in told
    assert "nothing is compared with them" in told


def test_the_chart_tells_them_in_its_line(universe: Universe, client_as: ClientAs) -> None:
    called_off(universe)
    page = Page(client_as("therapist").get(reverse("rounds:chart", args=[universe.bruno.pk])))
    words = " ".join(page.words.split())
    assert "Not given: asleep · pain 0 before" in words
    assert "mood declined before" not in words


def test_a_session_that_never_began_tells_of_no_scores(
    universe: Universe, client_as: ClientAs
) -> None:
    missed = actions.not_given(
        enrolment=universe.bruno_course, reason=NotGivenReason.ASLEEP, note="",
        client_key=uuid.uuid4(),
        digest="d", at=universe.now - timedelta(minutes=1), by=universe.therapist,
    )  # fmt: skip
    page = Page(client_as("therapist").get(reverse("sessions:session", args=[missed.pk])))
    assert "Why it was not given" in page.words
    assert HEADING not in page.words
