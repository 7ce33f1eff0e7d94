"""The two short forms of a session: not given, and a score at a later time point."""

from datetime import date, datetime, tzinfo
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from sessions_app.protocols.registry import Course
from sessions_app.sessions.clock import moment, problem_of_day
from sessions_app.sessions.fields import KeyField, OnePill, ScoreField
from sessions_app.sessions.plain_fields import clock_field, day_field, one_of, words_field
from sessions_app.sessions.record import Rating
from sessions_app.sessions.session_model import Session
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.records import Reporter, SessionStatus
from sessions_app.vocabulary.scales import RATED, Scale
from sessions_app.vocabulary.timepoints import TimePoint

STILL_TO_COME = "Time: this time is still to come."


class ShortForm(forms.Form):
    """A form that happened at some time on the clinic's clock."""

    mistakes_name_their_field = True

    def __init__(self, *args: Any, zone: tzinfo, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def happened(self, day: str, at: str, first_day: date | None = None) -> datetime | None:
        """Return the moment that two fields name; what is wrong with it is said at the field."""
        on, time = self.cleaned_data.get(day), self.cleaned_data.get(at)
        if on is None:
            return None
        if problem := problem_of_day(on, self.now.astimezone(self.zone).date(), first_day):
            self.add_error(day, problem)
        elif time is not None and moment(on, time, self.zone) > self.now:
            self.add_error(at, STILL_TO_COME)
        elif time is not None:
            return moment(on, time, self.zone)
        return None


class NotGivenForm(ShortForm):
    """Why an offered session did not happen: two taps, and a note for what has no name.

    Without a day it was offered now.
    """

    client_key = KeyField()
    note = words_field("Note", 500)
    offered_on = day_field("Day", required=False)
    offered_time = clock_field("Time", required=False)
    reason = one_of(
        "Why was it not given?",
        NotGivenReason.choices(),
        missing="Tap the reason why it was not given.",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, first_day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first_day = first_day

    def clean(self) -> dict[str, Any]:
        """«Other» says nothing without a note; a day needs its time, and a time its day."""
        said = super().clean() or {}
        if said.get("reason") == NotGivenReason.OTHER and not said.get("note", "").strip():
            self.add_error("note", "Note: say in a few words what the other reason is.")
        pair = {"offered_on": "Day: give it too.", "offered_time": "Time: give it too."}
        missing = [name for name in pair if said.get(name) is None and name not in self.errors]
        if len(missing) == 1:
            self.add_error(missing[0], pair[missing[0]])
        said["performed_at"] = self.happened("offered_on", "offered_time", self.first_day)
        return said

    @property
    def another_day(self) -> bool:
        """Say whether a day or a time was typed, so that their place stands open."""
        return any(self[name].value() for name in ("offered_on", "offered_time"))

    def why(self) -> dict[str, Any]:
        """Return the reason and the note."""
        said = self.cleaned_data
        return {"reason": NotGivenReason(said["reason"]), "note": said["note"]}

    def said(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        return self.why() | {
            "performed_at": self.cleaned_data["performed_at"],
            "client_key": self.cleaned_data["client_key"],
        }


class FollowUpForm(ShortForm):
    """A score at another time point of a session."""

    def __init__(self, *args: Any, course: Course, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        began = session.performed_at
        self.began = began.replace(second=0, microsecond=0)  # times are typed to the minute
        local = self.now.astimezone(self.zone)
        score = ScoreField(Scale.PAIN, required=True, label="The score", name="The score")
        # No score stands there before one is chosen: 0 would be one.
        score.widget = forms.Select(choices=[("", "–"), *score.choices])  # type: ignore[misc]
        self.fields["what"] = one_of(
            "Which score", follow_up_choices(course, session), widget=forms.RadioSelect
        )
        self.fields["score"] = score
        self.fields["measured_on"] = day_field("Day", initial=local.date())
        self.fields["measured_time"] = clock_field("Time", initial=local.time())
        self.fields["reported_by"] = one_of(
            "Who said it", Reporter.choices(), initial="patient", widget=OnePill
        )

    def clean(self) -> dict[str, Any]:
        """A later score is measured after the session began, and not in the future."""
        said = super().clean() or {}
        when = self.happened("measured_on", "measured_time")
        if when and when < self.began:
            self.add_error("measured_on", "Day: the session had not begun yet. Check day and time.")
        elif when and said.get("what", "").endswith(f":{TimePoint.NEXT_DAY}"):
            self._check_next_day(when)
        said["measured_at"] = when
        return said

    def _check_next_day(self, when: datetime) -> None:
        """What was asked on the day of the session is no score of the next day."""
        day = self.began.astimezone(self.zone).date()
        if when.astimezone(self.zone).date() == day:
            self.add_error(
                "measured_on",
                f"Day: the session was on this day, {day.day} {day:%B}. A score of the next day "
                "is asked on a later one.",
            )

    def said(self) -> dict[str, Any]:
        """Return what the action wants to know."""
        scale, point = self.cleaned_data["what"].split(":")
        rating, by = self.cleaned_data["score"], Reporter(self.cleaned_data["reported_by"])
        return {
            "scale": Scale(scale),
            "time_point": TimePoint(point),
            "rating": Rating(rating.value, rating.missing, by),
            "measured_at": self.cleaned_data["measured_at"],
        }


def follow_up_choices(course: Course, session: Session) -> list[tuple[str, str]]:
    """Return «scale:time point» pairs that the protocol asks for besides before and after.

    While the session is in progress only what is asked during it; none where it was not given.
    """
    offered = {
        SessionStatus.IN_PROGRESS: {TimePoint.DURING},
        SessionStatus.GIVEN: set(TimePoint) - {TimePoint.BEFORE, TimePoint.AFTER},
        SessionStatus.NOT_GIVEN: set[TimePoint](),
    }[SessionStatus(session.status)]
    return [
        (f"{measure.scale.value}:{point.value}", f"{measure.scale.label}, {point.label.lower()}")
        for measure in course.protocol.measures
        for point in measure.time_points
        if measure.scale in RATED and point in offered
    ]


def why_no_follow_up(course: Course, session: Session) -> str:
    """Say why no later score can be added to a session; nothing where one can."""
    if follow_up_choices(course, session):
        return ""
    return {
        SessionStatus.IN_PROGRESS: "The protocol asks for no score during the session.",
        SessionStatus.GIVEN: "The protocol of this session asks for no later score.",
        SessionStatus.NOT_GIVEN: "The session was not given, so it has no later score.",
    }[SessionStatus(session.status)]
