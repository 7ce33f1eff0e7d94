"""The two short forms of a session: not given, and a score at a later time point."""

from datetime import datetime, tzinfo
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from sessions_app.protocols.registry import Course
from sessions_app.sessions.fields import KeyField, OnePill, ScoreField
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.records import Reporter
from sessions_app.vocabulary.scales import RATED, Scale
from sessions_app.vocabulary.timepoints import TimePoint


class NotGivenForm(forms.Form):
    """Why an offered session did not happen: two taps, a note if wanted."""

    client_key = KeyField()
    reason = forms.ChoiceField(
        label="Why was it not given?", choices=NotGivenReason.choices(), widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="Note", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class FollowUpForm(forms.Form):
    """A score at another time point of a session."""

    def __init__(
        self,
        *args: Any,
        course: Course,
        zone: tzinfo,
        began: datetime,
        now: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        self.began = began.replace(second=0, microsecond=0)  # times are typed to the minute
        self.fields["what"] = forms.ChoiceField(
            label="Which score", choices=follow_up_choices(course), widget=forms.RadioSelect
        )
        self.fields["score"] = ScoreField(Scale.PAIN, required=True, label="The score")
        self.fields["score"].widget = forms.Select(choices=self.fields["score"].choices)  # type: ignore[attr-defined]
        self.fields["measured_on"] = forms.DateField(
            label="Day",
            initial=timezone.localdate(timezone=zone),
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        )
        self.fields["measured_time"] = forms.TimeField(
            label="Time",
            initial=timezone.localtime(now, zone).time(),
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        )
        self.fields["reported_by"] = forms.ChoiceField(
            label="Who said it", choices=Reporter.choices(), initial="patient", widget=OnePill
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        """A later score is measured after the session began, and not in the future."""
        said = super().clean() or {}
        if said.get("measured_on") and said.get("measured_time"):
            when = datetime.combine(said["measured_on"], said["measured_time"], tzinfo=self.zone)
            if when > self.now:
                self.add_error("measured_time", "This time is still to come.")
            elif when < self.began:
                self.add_error("measured_on", "The session had not begun yet: check day and time.")
            said["measured_at"] = when
        return said


def follow_up_choices(course: Course) -> list[tuple[str, str]]:
    """Return «scale:time point» pairs that the protocol asks for besides before and after."""
    return [
        (f"{measure.scale.value}:{point.value}", f"{measure.scale.label}, {point.label.lower()}")
        for measure in course.protocol.measures
        for point in measure.time_points
        if measure.scale in RATED and point not in (TimePoint.BEFORE, TimePoint.AFTER)
    ]
