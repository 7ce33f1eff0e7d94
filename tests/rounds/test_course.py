"""The page of a patient's courses: scores, dose, sites and sessions, newest course first."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app.enrolments import actions as enrolments
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.models import Patient
from sessions_app.rounds import course, views
from sessions_app.rounds.course import CoursePart, courses_of
from sessions_app.sessions import actions as sessions
from sessions_app.sessions import later_actions as later
from sessions_app.sessions.models import Session
from sessions_app.sessions.record import Rating
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint
from tests.reading import Page
from tests.universe import ClientAs, Universe, care, ratings, still_touch


def parts(universe: Universe, patient: Patient) -> tuple[CoursePart, ...]:
    return courses_of(patient, universe.therapist, universe.now)


def shown(client_as: ClientAs, patient: Patient, who: str = "therapist") -> Page:
    return Page(client_as(who).get(reverse("rounds:course", args=[patient.pk])))


def words(page: Page) -> str:
    return " ".join(page.words.split())


def follow_up(universe: Universe, session: Session, value: int, scale: Scale = Scale.PAIN) -> None:
    later.add_follow_up(
        session, scale=scale, time_point=TimePoint.NEXT_DAY, rating=Rating(value=value),
        measured_at=universe.now - timedelta(hours=1), by=universe.therapist,
    )  # fmt: skip


def anew(universe: Universe, enrolment: Enrolment, protocol: str, arm: str) -> Enrolment:
    """End a course today and begin another."""
    by = universe.therapist
    enrolments.end(enrolment, ended_on=universe.today, reason="begun anew", by=by)
    arm_id = universe.arm(protocol, arm)
    return enrolments.enrol(
        patient=enrolment.patient, arm_id=arm_id, starts_on=universe.today,
        checklist=universe.checklist(arm_id), by=by,
    )  # fmt: skip


def test_each_scale_has_its_sessions_with_links_and_reasons(universe: Universe) -> None:
    asleep = universe.log(
        universe.ada_course,
        after=ratings(pain=MissingReason.ASLEEP, mood=0),
        before=ratings(pain=5),
    )
    (part,) = parts(universe, universe.ada)
    pain, mood = part.charts
    assert [(one.before, one.after) for one in pain.ordered] == [(6, 4), (5, None)]
    assert pain.ordered[1].after_missing == "asleep"
    assert pain.ordered[1].href == reverse("sessions:session", args=[asleep.pk])
    assert pain.counted == "2 sessions; 1 with both scores, 1 without (asleep: 1)."
    assert [(one.before, one.after) for one in mood.ordered] == [(3, 5), (None, 0)]
    assert mood.ordered[1].before_missing == "no entry"


def test_the_dose_the_clock_and_the_labels_are_told_in_words(universe: Universe) -> None:
    universe.log(universe.ada_course, care=care(minutes=58))
    universe.log(universe.ada_course, care=care(minutes=30), performed_at=universe.now)
    sessions.not_given(
        enrolment=universe.ada_course, reason=NotGivenReason.ASLEEP, client_key=uuid.uuid4(),
        digest="d", by=universe.therapist,
    )  # fmt: skip
    (part,) = parts(universe, universe.ada)
    assert part.dose == "3 of 6 sessions, 118 of 180 min"
    assert part.clock.startswith("Session 4 of 6 · any time from ")
    assert dict(part.tallies) == {
        "By the protocol": "in window: 2; early: 1; long: 1",
        "Not given": "asleep: 1",
    }
    assert [row.session.status for row in part.rows] == ["not_given", "given", "given", "given"]


def test_a_session_in_progress_keeps_its_scores_to_itself(
    universe: Universe, client_as: ClientAs
) -> None:
    universe.start(universe.ada_course, before=ratings(pain=2, mood=1))
    (part,) = parts(universe, universe.ada)
    assert part.dose == "1 of 6 sessions, 30 of 180 min"
    begun = part.charts[0].ordered[-1]
    assert (begun.before, begun.after, begun.before_missing) == (None, None, "in progress")
    assert "before 2" not in shown(client_as, universe.ada).html


def test_the_next_day_is_drawn_where_it_was_asked(universe: Universe, client_as: ClientAs) -> None:
    follow_up(universe, universe.diego_session, 3)
    follow_up(universe, universe.diego_session, 7, Scale.SLEEP)
    (part,) = parts(universe, universe.diego)
    by_scale = {chart.scale: chart for chart in part.charts}
    assert list(by_scale) == ["pain", "mood", "relaxation", "sleep"]
    assert by_scale["pain"].ordered[0].next_day == 3
    assert by_scale["pain"].counted.endswith("Scored the day after: 1 of 1 session.")
    assert by_scale["sleep"].title == "Sleep, the day after"
    assert by_scale["sleep"].answer == "The day after: 7, in the order of the sessions."
    page = shown(client_as, universe.diego)
    assert "next day 3" in page.html
    assert "No session has a score yet." in page.words  # relaxation is asked for and was not told


def test_a_protocol_with_days_has_its_window_and_one_without_has_none(universe: Universe) -> None:
    universe.log(universe.erin_course, before=ratings(pain=4), after=ratings(pain=4))
    ((window,),) = {chart.windows for chart in parts(universe, universe.ada)[0].charts}
    assert (window.end - window.start).days == 14
    assert window.start.date() == universe.ada_course.starts_on
    assert {chart.windows for chart in parts(universe, universe.erin)[0].charts} == {()}


def test_sites_are_told_as_often_as_they_were_touched(universe: Universe) -> None:
    both = {BodySite.HAND_LEFT: 2, BodySite.HAND_RIGHT: 1}
    universe.log(universe.ada_course, care=care(pressures=both))
    (part,) = parts(universe, universe.ada)
    told = [(one.count, one.where, one.firmest) for one in part.sites]
    assert told == [
        ("2 sessions", "left hand", 2),
        ("1 session", "right hand · right foot, top", 1),
    ]
    assert part.rows[0].where == "left and right hand"
    assert part.picture is not None
    assert part.picture.told == ()


def test_the_newest_course_comes_first_and_an_ended_one_has_no_clock(
    universe: Universe, client_as: ClientAs
) -> None:
    begun = anew(universe, universe.ada_course, "open", "massage")
    new, old = parts(universe, universe.ada)
    assert (new.enrolment, old.clock) == (begun, "")
    assert new.clock == "Session 1 · any time"
    told = words(shown(client_as, universe.ada))
    assert told.index("Open: no protocol limits") < told.index("REST: massage")
    assert "begun anew" in told
    assert "No session was given yet, so there is no score to show." in told


def test_a_page_of_two_courses_shares_no_id(universe: Universe, client_as: ClientAs) -> None:
    universe.log(anew(universe, universe.ada_course, "open", "massage"))
    page = shown(client_as, universe.ada)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert page.html.count("chart__svg--wide") == 4


@pytest.mark.parametrize(("who", "next_step"), [("therapist", True), ("volunteer", False)])
def test_a_patient_without_a_course_is_told_what_comes(
    universe: Universe, client_as: ClientAs, who: str, next_step: bool
) -> None:
    page = shown(client_as, universe.chen, who)
    assert "No course yet" in page.words
    choose = reverse("enrolments:choose_arm", args=[universe.chen.pk])
    assert (choose in page.links()) is next_step
    chart = Page(client_as(who).get(reverse("rounds:chart", args=[universe.chen.pk])))
    assert reverse("rounds:course", args=[universe.chen.pk]) not in chart.links()


@pytest.mark.parametrize("who", ["therapist", "volunteer", "supervisor"])
def test_the_chart_leads_there_and_each_session_is_one_tap_away(
    universe: Universe, client_as: ClientAs, who: str
) -> None:
    where = reverse("rounds:course", args=[universe.bruno.pk])
    chart = Page(client_as(who).get(reverse("rounds:chart", args=[universe.bruno.pk])))
    assert where in chart.links()
    page = shown(client_as, universe.bruno, who)
    session = reverse("sessions:session", args=[universe.bruno_session.pk])
    assert page.links().count(session) == 2 * 3 + 1  # both sheets and the table of two scales
    assert client_as(who).get(session).status_code == 200


def test_of_a_long_course_the_newest_are_drawn_and_the_rest_is_told(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hours in (3, 6, 9):
        when = universe.now - timedelta(hours=hours)
        universe.log(universe.bruno_course, care=still_touch(), performed_at=when)
    for module in (course, views):
        monkeypatch.setattr(module, "SHOWN", 3)
    (part,) = parts(universe, universe.bruno)
    assert (len(part.rows), len(part.charts[0].sessions), part.older) == (3, 3, 1)
    assert part.dose == "4 of 6 sessions, 120 of 180 min"
    told = words(shown(client_as, universe.bruno))
    assert "Drawn are the newest 3 sessions; 1 older one is on the chart" in told


def test_no_name_stands_in_a_chart_or_in_the_title(universe: Universe, client_as: ClientAs) -> None:
    page = shown(client_as, universe.ada)
    assert "Ada" not in page.title
    assert not [svg for svg in re.findall(r"<svg.*?</svg>", page.html, re.S) if "Ada" in svg]


def test_another_clinics_scores_are_in_no_chart(universe: Universe) -> None:
    assert courses_of(universe.ada, universe.foreign_therapist, universe.now) == ()
