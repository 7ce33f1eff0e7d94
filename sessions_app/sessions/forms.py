"""The session form, in its three phases: start (before), finish (after), whole (afterwards)."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta, tzinfo
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from sessions_app.protocols.registry import Course
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.fields import KeyField
from sessions_app.sessions.record import Answers, Care, Rating
from sessions_app.sessions.sections import NOTES, sections_of
from sessions_app.vocabulary.records import Interruption, Position, Product, Reaction, Reporter
from sessions_app.vocabulary.scales import RATED, Scale
from sessions_app.vocabulary.techniques import Technique

OLDEST = timedelta(days=366)
LONGEST = 240


class SessionForm(forms.Form):
    """Scores, what was planned or done, and the answer to the reminders.

    `phase` is «start», «finish» or «whole». The choices come from the course and from what the
    role may give; the verdict gives each site its limit.
    What is outside the protocol can be chosen all the same and is labelled later.
    """

    client_key = KeyField()
    # The page draws these three itself, with the reminders that they answer.
    shown = forms.CharField(required=False, max_length=64)
    confirmed = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=500)

    def __init__(
        self,
        *args: Any,
        course: Course,
        phase: str,
        verdict: Callable[[], Verdict],
        simple_touch_only: bool,
        zone: tzinfo,
        now: datetime,
        started: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now, self.started = zone, now, started
        self.sections = sections_of(course.arm_id, phase, simple_touch_only)
        for section in self.sections:
            self.fields.update(section.fields)
        if "sites" in self.fields:
            self.fields["sites"] = sites = deepcopy(self.fields["sites"])
            sites.widget.limits = lambda: verdict().limits

    @property
    def helper(self) -> FormHelper:
        """How crispy draws the form; asked for only when it is drawn."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        parts = [section.layout() for section in self.sections]
        helper.layout = Layout("client_key", *parts)
        return helper

    def clean(self) -> dict[str, Any]:
        """Check what two fields say together."""
        said = super().clean() or {}
        self._check_time(said)
        self._count_minutes(said)
        if said.get("reaction") == Reaction.DESCRIBED and not said.get("reaction_text"):
            self.add_error("reaction_text", "Describe in a few words what happened.")
        if said.get("reaction") == Reaction.NONE and said.get("reaction_text"):
            self.add_error("reaction", "You described something: choose «Described».")
        return said

    def _check_time(self, said: dict[str, Any]) -> None:
        if said.get("performed_on") and said.get("performed_time"):
            when = datetime.combine(said["performed_on"], said["performed_time"], tzinfo=self.zone)
            if when > self.now:
                self.add_error("performed_time", "This time is still to come.")
            elif self.now - when > OLDEST:
                self.add_error("performed_on", "More than a year ago: check the day.")
            said["performed_at"] = when

    def _count_minutes(self, said: dict[str, Any]) -> None:
        if self.started is None or said.get("minutes") or "minutes" in self.errors:
            return
        elapsed = round((self.now - self.started).total_seconds() / 60)
        if elapsed > LONGEST:
            hours = elapsed // 60
            self.add_error("minutes", f"It began {hours} hours ago. Type how many minutes it took.")
        said["minutes"] = max(1, elapsed)

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
        said = self.cleaned_data
        return Care(
            techniques=frozenset(Technique(code) for code in said.get("techniques", [])),
            pressures=said.get("sites") or {},
            minutes=said.get("minutes"),
            position=Position(said["position"]) if said.get("position") else None,
            product=Product(said["product"]) if said.get("product") else None,
            interruptions=tuple(Interruption(code) for code in said.get("interruptions", [])),
            reaction=Reaction(said["reaction"]) if said.get("reaction") else None,
            reaction_text=said.get("reaction_text", ""),
            **{name: said.get(name, "") for name, _ in NOTES},
        )

    def answers(self) -> Answers:
        """Return the answer to the reminders."""
        said = self.cleaned_data
        return Answers(
            shown=said.get("shown", ""),
            confirmed=said.get("confirmed", False),
            reason=said.get("reason", "").strip(),
        )
