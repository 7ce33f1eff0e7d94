"""What the database refuses of a session, as a sentence at the field that it is about."""

from django import forms
from django.db import IntegrityError

from sessions_app.refusals import Told, say
from sessions_app.sessions.models import (
    FollowUpScore,
    ReminderShown,
    Score,
    Session,
    SiteTreated,
)

SENTENCES: Told = {
    "session_minutes_1_to_240": ("minutes", "Minutes: a whole number from 1 to 240."),
    "session_not_in_the_future": ("performed_on", "Day and time: they are still to come."),
    "session_given_is_complete": ("minutes", "Minutes: a session that was given has them."),
    "session_break_has_reason": ("reason", "Reason: a choice beyond a limit needs one."),
    "session_not_given_has_reason": ("reason", "Say why the session was not given."),
    "not_given_has_no_after_score": (None, "A session that was not given has no scores after it."),
    "not_given_has_no_later_score": (None, "A session that was not given has no later scores."),
    "session_one_in_progress": (None, "A session of this course is in progress. Finish it first."),
    "session_known_role_and_source": (
        None,
        "Who gave it, or where its time is from, is not known.",
    ),
    "session_known_circumstances": (None, "Position, product, reaction: choose from the lists."),
    "session_pain_rise_is_told": ("what_happened", "Say why the pain rose, or «Not known»."),
    "session_stopped_early_says_why": (
        "stopped_early_reason",
        "Did it end early, and why? Choose why.",
    ),
    "session_opioid_within_a_day": (None, "Minutes since the last opioid: a day at most."),
    "score_known_reasons": (None, "A missing score has one of the reasons of the list."),
    "score_known_reporters": (None, "Who said it: choose from the list."),
    "follow_up_known_codes": ("what", "Which score, why none, who said it: choose from the lists."),
    "follow_up_not_in_the_future": ("measured_on", "Day and time: they are still to come."),
    "reminder_known_level": (None, "A reminder has a level that is not known."),
    "site_known": ("sites", "Sites: this list has no such site. Choose from the list."),
    "site_pressure_0_to_5": ("sites", "Sites: a pressure is a whole number from 0 to 5."),
    "score_known_scale": (None, "One of the scores is on a scale that is not known."),
    "score_before_range": (None, "A score before the session is outside its scale."),
    "score_after_range": (None, "A score after the session is outside its scale."),
    "score_before_or_reason": (None, "Before the session: a number or a reason, not both."),
    "score_after_or_reason": (None, "After the session: a number or a reason, not both."),
    "follow_up_range": ("score", "The score: a whole number from 0 to 10."),
    "follow_up_or_reason": ("score", "The score: a number, or the reason why there is none."),
    "follow_up_other_time": ("what", "Which score: choose one of those offered."),
    "follow_up_once": ("what", "This score is already recorded for this session."),
}
"""Constraint to field and sentence; without a field the sentence stands above the form."""

_WRITTEN = (Session, SiteTreated, Score, FollowUpScore, ReminderShown)


def explain(form: forms.Form, refusal: IntegrityError) -> None:
    """Put a refusal of the database at the form's field; one that is not known is raised anew."""
    say(form, refusal, _WRITTEN, SENTENCES)
