"""The sections of the session form: which fields each has, and how they lie on the page."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from crispy_forms.layout import Fieldset, Row
from django import forms

from sessions_app.protocols import registry
from sessions_app.protocols.registry import Course
from sessions_app.sessions.clock import LONGEST
from sessions_app.sessions.fields import (
    CountField,
    OnePill,
    Pills,
    ScoreField,
    SitesField,
    SitesWidget,
)
from sessions_app.sessions.plain_fields import (
    WholeNumberField,
    clock_field,
    day_field,
    one_of,
    some_of,
    words_field,
)
from sessions_app.sessions.record import NOTES
from sessions_app.sessions.usual_plan import presets
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.reasons import StopReason
from sessions_app.vocabulary.records import Interruption, Position, Product, Reaction, Reporter
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.scales import RATED
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH, Technique
from sessions_app.vocabulary.timepoints import TimePoint


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

    @property
    def has_scores(self) -> bool:
        """Say whether scores are asked in it."""
        return any(isinstance(field, ScoreField) for field in self.fields.values())

    def layout(self) -> Fieldset:
        """Return the section as crispy draws it: the fields of one line first."""
        apart = [name for name in self.fields if name not in self.together]
        line = [Row(*self.together)] if self.together else []
        return Fieldset(self.heading, *line, *apart)


def when(setting: Setting) -> Section:
    """Day, start, and minutes or stop of a session that has already happened."""
    fields: dict[str, forms.Field] = {
        "performed_on": day_field("Day"),
        "performed_time": clock_field("Start time"),
        **_length("Or leave it empty and give the stop time."),
    }
    return Section("When", fields, together=tuple(fields))


def duration(setting: Setting) -> Section:
    """Minutes of the session in progress; left empty they are counted from its start."""
    fields = _length("Leave empty: counted from the start to now.")
    return Section("How long", fields, together=tuple(fields))


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
    techniques = some_of(
        "Techniques",
        _technique_choices(setting),
        missing="Techniques: choose at least one technique.",
        widget=Pills,
        required=done,
        help_text=_whose(setting),
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
    chosen = one_of(
        "Anything unwanted, during or after?",
        Reaction.choices(),
        missing="Reaction: choose «None», or describe what happened.",
        widget=OnePill,
    )
    text = words_field("What happened", 2000)
    return Section("Reaction", {"reaction": chosen, "reaction_text": text})


def circumstances(setting: Setting) -> Section:
    """Position, product and what broke in."""
    position = one_of("Position", [("", "–"), *Position.choices()], required=False)
    product = one_of("Product on the skin", [("", "–"), *Product.choices()], required=False)
    interruptions = some_of("Interruptions", Interruption.choices(), widget=Pills, required=False)
    fields: dict[str, forms.Field] = {
        "position": position,
        "product": product,
        "interruptions": interruptions,
    }
    return Section("Circumstances", fields, together=("position", "product"))


def ended_early(setting: Setting) -> Section:
    """One optional line: whether it ended before its time, and why."""
    fields = {
        "stopped_early_reason": one_of(
            "Did it end early, and why?", [("", "No"), *StopReason.choices()], required=False
        ),
        "stopped_early_text": words_field("In a few words", 300, widget=forms.TextInput()),
    }
    return Section("An early end", fields, together=tuple(fields))


def notes(setting: Setting) -> Section:
    """Four optional boxes."""
    return Section("Notes", {name: words_field(label, 4000) for name, label in NOTES})


Make = Callable[[Setting], Section | None]
PHASES: dict[str, tuple[Make, ...]] = {
    "start": (before, hands),
    "finish": (after, duration, ended_early, hands, reaction, circumstances, notes),
    "whole": (when, before, after, ended_early, hands, reaction, circumstances, notes),
}


@cache
def sections_of(arm_id: uuid.UUID, phase: str, simple_touch_only: bool) -> tuple[Section, ...]:
    """Return the sections of a form, made once in the life of the process.

    Their fields keep nothing of a request, but for the sites: a form takes a copy of those.
    """
    setting = Setting(registry.course(arm_id), phase, simple_touch_only)
    made = (make(setting) for make in PHASES[phase])
    return tuple(section for section in made if section and section.fields)


def _length(help_text: str) -> dict[str, forms.Field]:
    minutes = WholeNumberField("Minutes", 1, LONGEST, required=False, help_text=help_text)
    stop = clock_field("Stop time", required=False)
    minutes.widget.quietly_optional = True
    return {"minutes": minutes, "stop_time": stop}


def _scores(setting: Setting, time_point: TimePoint) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for measure in setting.course.protocol.measures:
        if time_point in measure.time_points:
            code = f"{measure.scale.value}_{time_point.value}"
            name = f"{measure.scale.label} {time_point.label.lower()}"
            if measure.scale in RATED:
                required = measure.required
                fields[code] = ScoreField(measure.scale, required=required, name=name)
            else:
                fields[code] = CountField(measure.scale, name)
    if fields:
        fields[f"{time_point.value}_by"] = one_of(
            "Who said it",
            Reporter.choices(),
            name=f"Who said the scores {time_point.label.lower()}",
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


def _whose(setting: Setting) -> str:
    """Say why no massage is offered on a course of massage; nothing where all of it is."""
    if not setting.simple_touch_only or Role.VOLUNTEER in setting.course.arm.roles:
        return ""
    return (
        "You record simple touch: hands kept still, no pressure. What a therapist gave, "
        "the therapist records."
    )


def _sites_widget(setting: Setting) -> SitesWidget:
    usual = setting.course.arm.default_pressure
    return SitesWidget(
        highest=0 if setting.simple_touch_only else int(Pressure.STRONGEST),
        usual=int(Pressure.SPREADING if usual is None else usual),
        presets=presets(setting.course),
    )
