"""What is tapped or typed about a dose or treatment, read into plain values."""

import uuid
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from sessions_app.one_button import with_button
from sessions_app.patients.forms import date_input
from sessions_app.plain_errors import PlainForm
from sessions_app.timing.policies import FURTHEST, OLDEST
from sessions_app.vocabulary.timed import TimedKind

TAP, TYPED = "timed_tap", "typed"
"""The button's name, and its value where kind, day and time were typed."""

NAMES = frozenset({TAP, "timed_key", "timed_kind", "timed_on", "timed_time", "timed_note"})
"""What a session form carries for this panel; it is no part of the session."""

LOST = "This button does not say what to record. Open the page anew."


def clock_input() -> forms.TimeInput:
    """Return the browser's own control for a time on the clinic's clock."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class MomentForm(PlainForm):
    """A day and a time on the clinic's clock, a month back and a month ahead at most."""

    def __init__(self, *args: Any, zone: tzinfo, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now.replace(second=0, microsecond=0)

    def moment(self, day: date | None, at: time | None, field: str) -> datetime | None:
        """Return the moment that was typed; one too far off is said at its field."""
        if day is None or at is None:
            return None
        found = datetime.combine(day, at, tzinfo=self.zone)
        if not self.now - OLDEST <= found <= self.now + FURTHEST:
            label = self.fields[field].label
            self.add_error(field, f"{label}: a month back or ahead at most. Check it.")
            return None
        return found


class TimedForm(MomentForm):
    """One tap («breakthrough dose, 30 min ago»), or a kind with its day and time.

    Its names begin with «timed»: it travels inside the session form, whose typing is kept.
    """

    timed_tap = forms.CharField(error_messages={"required": LOST}, max_length=60)
    timed_key = forms.UUIDField(error_messages={"required": LOST, "invalid": LOST})
    timed_kind = forms.ChoiceField(label="What", required=False)
    timed_on = forms.DateField(label="On which date", required=False, widget=date_input())
    timed_time = forms.TimeField(label="At what hour", required=False, widget=clock_input())
    timed_note = forms.CharField(label="Note", required=False, max_length=200)

    def __init__(self, *args: Any, kinds: list[TimedKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        self.fields["timed_kind"].choices = [  # type: ignore[attr-defined]
            ("", "–"), *((kind.value, kind.label) for kind in kinds)
        ]  # fmt: skip
        today = self.now.astimezone(self.zone).date()
        self.fields["timed_on"].initial = today
        self.took_place: uuid.UUID | None = None
        self.is_used_up = False  # its key has recorded something else

    @property
    def typed(self) -> list[BoundField]:
        """The fields of what is typed, as the panel draws them."""
        return [self[name] for name in ("timed_kind", "timed_on", "timed_time", "timed_note")]

    @property
    def sentences(self) -> list[str]:
        """What is amiss, a sentence each."""
        return [str(one) for told in self.errors.values() for one in told]

    def clean(self) -> dict[str, Any]:
        """Read the button: «kind:minutes ago», «took-place:row», or what was typed."""
        said = super().clean() or {}
        what, _, rest = str(said.get(TAP, "")).partition(":")
        if what == TYPED:
            self._typed(said)
        elif what == "took-place":
            self.took_place = _row(rest)
        elif what in self.kinds and rest.isascii() and rest.isdigit() and len(rest) < 5:
            said["kind"] = TimedKind(what)
            said["happens_at"] = self.now - timedelta(minutes=int(rest))
        if said.get(TAP) and not self.errors and "kind" not in said and self.took_place is None:
            self.add_error(TAP, LOST)
        return said

    def _typed(self, said: dict[str, Any]) -> None:
        wanted = {
            "timed_kind": "What: choose one.",
            "timed_time": "At what hour? Write it like 14:05.",
        }
        for name, sentence in wanted.items():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        day = said.get("timed_on") or self.now.astimezone(self.zone).date()
        moment = self.moment(day, said.get("timed_time"), "timed_on")
        if moment and said.get("timed_kind"):
            said["kind"], said["happens_at"] = TimedKind(said["timed_kind"]), moment

    def said(self) -> dict[str, Any]:
        """Return what the action wants."""
        said = self.cleaned_data
        note = said["timed_note"] if said[TAP] == TYPED else ""
        return {
            "kind": said["kind"], "happens_at": said["happens_at"], "note": note,
            "client_key": said["timed_key"],
        }  # fmt: skip


class CorrectForm(MomentForm):
    """Another hour for what was recorded."""

    client_key = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)
    on_day = forms.DateField(label="Day", widget=date_input())
    at_time = forms.TimeField(label="Time", widget=clock_input())
    note = forms.CharField(label="Note", required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = with_button("Save correction")

    def clean(self) -> dict[str, Any]:
        """Join day and time."""
        said = super().clean() or {}
        said["happens_at"] = self.moment(said.get("on_day"), said.get("at_time"), "on_day")
        return said

    def said(self) -> dict[str, Any]:
        """Return what the action wants."""
        return {name: self.cleaned_data[name] for name in ("happens_at", "client_key", "note")}


class WithdrawForm(PlainForm):
    """Why a dose or treatment is taken back."""

    reason = forms.CharField(
        label="Why is it taken back?",
        max_length=200,
        help_text="For example «another patient's dose» or «it was not given».",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = with_button("Take it back")


def _row(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
