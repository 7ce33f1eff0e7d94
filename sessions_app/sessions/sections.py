"""The sections of the session form: which fields each has, and how they lie on the page."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from crispy_forms.layout import Fieldset, Row
from django import forms

from sessions_app.protocols import registry
from sessions_app.protocols.registry import Course
from sessions_app.sessions.fields import (
    CountField,
    OnePill,
    Pills,
    ScoreField,
    SitesField,
    SitesWidget,
)
from sessions_app.sessions.usual_plan import presets
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.records import Interruption, Position, Product, Reaction, Reporter
from sessions_app.vocabulary.scales import RATED
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH, Technique
from sessions_app.vocabulary.timepoints import TimePoint

NOTES = (
    ("subjective", "S: what the patient said"),
    ("objective", "O: what was seen and felt"),
    ("assessment", "A: response"),
    ("plan_note", "P: next time, messages to the team"),
)


@dataclass(frozen=True)
class Setting:
    """What the fields depend on: the course, the phase, what the role may give."""

    course: Course
    phase: str
    simple_touch_only: bool


@dataclass(frozen=True)
class Section:
    """One part of the form: its heading, its fields, and those of them that share a line."""

    heading: str
    fields: dict[str, forms.Field]
    together: tuple[str, ...] = ()

    def layout(self) -> Fieldset:
        """Return the section as crispy draws it: the fields of one line first."""
        apart = [name for name in self.fields if name not in self.together]
        line = [Row(*self.together)] if self.together else []
        return Fieldset(self.heading, *line, *apart)


def when(setting: Setting) -> Section:
    """Day, start time and minutes of a session that has already happened."""
    day = forms.DateField(
        label="Day", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    time = forms.TimeField(
        label="Start time", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    fields: dict[str, forms.Field] = {
        "performed_on": day,
        "performed_time": time,
        "minutes": _minutes(required=True),
    }
    return Section("When", fields, together=tuple(fields))


def duration(setting: Setting) -> Section:
    """Minutes of the session in progress; left empty they are counted from its start."""
    minutes = _minutes(required=False, help_text="Leave empty: counted from the start to now.")
    return Section("How long", {"minutes": minutes})


def before(setting: Setting) -> Section:
    """Scores before."""
    return Section("Before the session", _scores(setting, TimePoint.BEFORE))


def after(setting: Setting) -> Section:
    """Scores after; the ones before are not shown beside them."""
    return Section("After the session", _scores(setting, TimePoint.AFTER))


def hands(setting: Setting) -> Section | None:
    """Techniques and sites, planned or used; an arm without touch has none."""
    if not setting.course.arm.hands_on:
        return None
    done = setting.phase != "start"
    techniques = forms.MultipleChoiceField(
        label="Techniques",
        choices=_technique_choices(setting),
        widget=Pills,
        required=done,
        error_messages={"required": "Choose at least one technique."},
    )
    sites = SitesField(
        label="Sites and pressure",
        required=done,
        widget=_sites_widget(setting),
        help_text="Left and right are the patient's.",
    )
    heading = "What was done" if done else "What is planned"
    return Section(heading, {"techniques": techniques, "sites": sites})


def reaction(setting: Setting) -> Section:
    """Whether anything unwanted was seen or told."""
    chosen = forms.ChoiceField(
        label="Anything unwanted, during or after?",
        choices=Reaction.choices(),
        widget=OnePill,
        error_messages={"required": "Choose «None», or describe what happened."},
    )
    text = _words("What happened", 2000)
    return Section("Reaction", {"reaction": chosen, "reaction_text": text})


def circumstances(setting: Setting) -> Section:
    """Position, product and what broke in."""
    position = forms.ChoiceField(
        label="Position", choices=[("", "–"), *Position.choices()], required=False
    )
    product = forms.ChoiceField(
        label="Product on the skin", choices=[("", "–"), *Product.choices()], required=False
    )
    interruptions = forms.MultipleChoiceField(
        label="Interruptions", choices=Interruption.choices(), widget=Pills, required=False
    )
    fields: dict[str, forms.Field] = {
        "position": position,
        "product": product,
        "interruptions": interruptions,
    }
    return Section("Circumstances", fields, together=("position", "product"))


def notes(setting: Setting) -> Section:
    """Four optional boxes."""
    return Section("Notes", {name: _words(label, 4000) for name, label in NOTES})


Make = Callable[[Setting], Section | None]
PHASES: dict[str, tuple[Make, ...]] = {
    "start": (before, hands),
    "finish": (after, duration, hands, reaction, circumstances, notes),
    "whole": (when, before, after, hands, reaction, circumstances, notes),
}


@cache
def sections_of(arm_id: uuid.UUID, phase: str, simple_touch_only: bool) -> tuple[Section, ...]:
    """Return the sections of a form, made once in the life of the process.

    Their fields keep nothing of a request, but for the sites: a form takes a copy of those.
    """
    setting = Setting(registry.course(arm_id), phase, simple_touch_only)
    made = (make(setting) for make in PHASES[phase])
    return tuple(section for section in made if section and section.fields)


def _minutes(*, required: bool, help_text: str = "") -> forms.IntegerField:
    field = forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=240,
        required=required,
        help_text=help_text,
        error_messages={
            "min_value": "A session has at least 1 minute.",
            "max_value": "More than 240 minutes: check the number.",
        },
    )
    field.widget.attrs["inputmode"] = "numeric"
    field.widget.quietly_optional = True
    return field


def _scores(setting: Setting, time_point: TimePoint) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for measure in setting.course.protocol.measures:
        if time_point in measure.time_points:
            name = f"{measure.scale.value}_{time_point.value}"
            if measure.scale in RATED:
                fields[name] = ScoreField(measure.scale, required=measure.required)
            else:
                label = f"{measure.scale.label} {time_point.label.lower()}"
                fields[name] = CountField(measure.scale, label)
    if fields:
        fields[f"{time_point.value}_by"] = forms.ChoiceField(
            label="Who said it",
            choices=Reporter.choices(),
            initial=Reporter.PATIENT.value,
            widget=OnePill,
        )
    return fields


def _technique_choices(setting: Setting) -> list[tuple[str, str]]:
    if setting.simple_touch_only:
        return [(one.value, one.label) for one in Technique if one in SIMPLE_TOUCH]
    usual = setting.course.arm.techniques
    inside = [(t.value, t.label) for t in Technique if usual is None or t in usual]
    outside = [
        (t.value, f"{t.label} (outside protocol)")
        for t in Technique
        if usual is not None and t not in usual
    ]
    return inside + outside


def _sites_widget(setting: Setting) -> SitesWidget:
    usual = setting.course.arm.default_pressure
    return SitesWidget(
        highest=0 if setting.simple_touch_only else int(Pressure.STRONGEST),
        usual=int(Pressure.SPREADING if usual is None else usual),
        presets=presets(setting.course),
    )


def _words(label: str, longest: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
