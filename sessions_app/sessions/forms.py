"""The session form, in its three phases: start (before), finish (after), whole (afterwards)."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import date, datetime, tzinfo
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.forms.utils import ErrorDict

from sessions_app.protocols.registry import Course
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.clock import length_in_progress, length_of_past, moment, problem_of_day
from sessions_app.sessions.fields import KeyField
from sessions_app.sessions.first_shown import FIELD as FIRST_SHOWN
from sessions_app.sessions.first_shown import carried_on, seconds_since
from sessions_app.sessions.plain_fields import hidden_field, words_field
from sessions_app.sessions.record import NOTES, Answers, Care, Rating
from sessions_app.sessions.sections import Section, sections_of
from sessions_app.vocabulary.reasons import StopReason
from sessions_app.vocabulary.records import Interruption, Position, Product, Reaction, Reporter
from sessions_app.vocabulary.scales import RATED, Scale
from sessions_app.vocabulary.techniques import Technique

# What the safety rules look at: a mistake in one of these, and they know only a part.
SEEN_BY_RULES = frozenset(
    {"techniques", "sites", "minutes", "stop_time", "performed_on", "performed_time"}
)


ALWAYS: dict[str, forms.Field] = {
    "client_key": KeyField(),
    # The page draws these itself, with the reminders and the question that they answer.
    "shown": hidden_field(64),
    "confirmed": forms.BooleanField(required=False),
    "reason": words_field("Reason", 500),
    "what_happened": words_field("Why the pain rose", 500),
    "not_known": forms.BooleanField(required=False),
    "another": forms.BooleanField(required=False),
}
"""The fields of every phase. Like those of the sections they keep nothing of a request."""


class SessionForm(forms.Form):
    """Scores, what was planned or done, and the answer to the reminders.

    `phase` is «start», «finish» or «whole». The choices come from the course and from what the
    role may give; the verdict gives each site its limit.
    What is outside the protocol can be chosen all the same and is labelled later.
    """

    mistakes_name_their_field = True

    def __init__(
        self,
        *args: Any,
        course: Course,
        phase: str,
        verdict: Callable[[], Verdict],
        simple_touch_only: bool,
        zone: tzinfo,
        now: datetime,
        first_day: date | None = None,
        started: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now, self.first_day, self.started = zone, now, first_day, started
        self.sections = sections_of(course.arm_id, phase, simple_touch_only)
        self.fields.update(ALWAYS)
        for section in self.sections:
            self.fields.update(section.fields)
        if "sites" in self.fields:
            self.fields["sites"] = sites = deepcopy(self.fields["sites"])
            sites.widget.verdict = verdict

    @property
    def opening(self) -> FormHelper:
        """How crispy draws the form up to its last scores."""
        return _drawn("client_key", self.sections[: self._scores_end])

    @property
    def rest(self) -> FormHelper:
        """How crispy draws what follows the scores."""
        return _drawn(None, self.sections[self._scores_end :])

    @property
    def _scores_end(self) -> int:
        ends = (place for place, one in enumerate(self.sections, start=1) if one.has_scores)
        return max(ends, default=0)

    def _clean_fields(self) -> None:
        """Read each field by its widget, as Django does, but for what only draws it.

        Django makes the drawn field first, thirty times over. None of ours is disabled, takes a
        file, or has a `clean_…` of its own.
        """
        for name, field in self.fields.items():
            try:
                typed = field.widget.value_from_datadict(self.data, self.files, name)
                self.cleaned_data[name] = field.clean(typed)
            except forms.ValidationError as mistake:
                self.add_error(name, mistake)

    def clean(self) -> dict[str, Any]:
        """Check what two fields say together."""
        said = super().clean() or {}
        self._check_time(said)
        self._check_length(said)
        if said.get("reaction") == Reaction.DESCRIBED and not said.get("reaction_text"):
            self.add_error("reaction_text", "Describe in a few words what happened.")
        if said.get("reaction") == Reaction.NONE and said.get("reaction_text"):
            self.add_error("reaction", "Reaction: you described something, so choose «Described».")
        self._check_stop(said.get("stopped_early_reason"), said.get("stopped_early_text"))
        return said

    def _check_stop(self, why: str | None, words: str | None) -> None:
        if words and not why and "stopped_early_reason" not in self.errors:
            self.add_error(
                "stopped_early_reason", "Ended early: choose why, or leave out the words."
            )
        elif why == StopReason.OTHER and not words:
            self.add_error(
                "stopped_early_text", "Ended early: say the other reason in a few words."
            )

    def _check_time(self, said: dict[str, Any]) -> None:
        day, at = said.get("performed_on"), said.get("performed_time")
        if day is None:
            return
        if problem := problem_of_day(day, self.now.astimezone(self.zone).date(), self.first_day):
            self.add_error("performed_on", problem)
        elif at is not None and moment(day, at, self.zone) > self.now:
            self.add_error("performed_time", "Start time: this time is still to come.")
        elif at is not None:
            said["performed_at"] = moment(day, at, self.zone)

    def _check_length(self, said: dict[str, Any]) -> None:
        if "minutes" not in self.fields or {"minutes", "stop_time"} & self.errors.keys():
            return
        typed = (said.get("minutes"), said.get("stop_time"), self.now, self.zone)
        if self.started:
            length = length_in_progress(self.started, *typed)
        else:
            length = length_of_past(said.get("performed_at"), *typed)
        if length.problem:
            self.add_error(length.field, length.problem)
        said["minutes"] = length.minutes

    def forgive(self) -> None:
        """Read what can be read and say nothing of the rest: it was not sent to be saved."""
        self.full_clean()
        self._errors = ErrorDict()
        if "sites" in self.fields:
            self.fields["sites"].widget.errors = {}

    @property
    def rules_can_read_all(self) -> bool:
        """Say whether nothing that the safety rules look at was refused."""
        return not SEEN_BY_RULES & self.errors.keys()

    def ratings(self, when: str) -> dict[Scale, Rating]:
        """Return the scores «before» or «after», with who said them."""
        by = Reporter(self.cleaned_data.get(f"{when}_by") or Reporter.PATIENT)
        found = {}
        for scale in Scale:
            rating = self.cleaned_data.get(f"{scale.value}_{when}")
            if rating is not None:
                reporter = by if scale in RATED else Reporter.THERAPIST
                found[scale] = Rating(rating.value, rating.missing, reporter)
        return found

    def care(self) -> Care:
        """Return what is planned or was done."""
        said, why = self.cleaned_data, self.cleaned_data.get("stopped_early_reason")
        return Care(
            techniques=frozenset(Technique(code) for code in said.get("techniques", [])),
            pressures=self.fields["sites"].read if "sites" in self.fields else {},  # type: ignore[attr-defined]
            minutes=said.get("minutes"),
            position=Position(said["position"]) if said.get("position") else None,
            product=Product(said["product"]) if said.get("product") else None,
            interruptions=tuple(Interruption(code) for code in said.get("interruptions", [])),
            reaction=Reaction(said["reaction"]) if said.get("reaction") else None,
            reaction_text=said.get("reaction_text", ""),
            stopped_early_reason=StopReason(why) if why else None,
            stopped_early_text=said.get("stopped_early_text", ""),
            **{name: said.get(name, "") for name, _ in NOTES},
        )

    def answers(self) -> Answers:
        """Return the answer to the reminders."""
        said = self.cleaned_data
        return Answers(
            shown=said.get("shown", ""),
            confirmed=said.get("confirmed", False),
            reason=said.get("reason", "").strip(),
            seconds=seconds_since(self.data.get(FIRST_SHOWN, ""), self.now),
            what_happened=said.get("what_happened", "").strip(),
            not_known=said.get("not_known", False),
            is_another=said.get("another", False),
        )

    @property
    def first_shown(self) -> str:
        """Since when the question of the rules has stood on the form, for the page to carry on."""
        return carried_on(self.data.get(FIRST_SHOWN, ""), self.now)


def _drawn(key: str | None, sections: Sequence[Section]) -> FormHelper:
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    parts = [section.layout() for section in sections]
    helper.layout = Layout(key, *parts) if key else Layout(*parts)
    return helper
