"""The session form's fields are made once and read without being drawn: what that rests on."""

import uuid
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.http import QueryDict

from sessions_app.protocols import registry
from sessions_app.sessions.forms import SessionForm
from sessions_app.sessions.plain_fields import clock_field, day_field
from sessions_app.sessions.sections import PHASES
from tests.sessions.typed import typed
from tests.universe import Universe


def form(universe: Universe, phase: str, sent: QueryDict | None) -> SessionForm:
    def nothing() -> None:
        raise AssertionError("the rules are asked only when the form is drawn")

    return SessionForm(
        sent,
        course=registry.course(universe.ada_course.arm_id),
        phase=phase,
        verdict=nothing,
        simple_touch_only=False,
        zone=ZoneInfo("Europe/London"),
        now=datetime(2126, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize("phase", PHASES)
def test_no_field_needs_what_the_form_leaves_out(universe: Universe, phase: str) -> None:
    empty = form(universe, phase, None)
    for name, field in empty.fields.items():
        assert not field.disabled, name
        assert not isinstance(field, forms.FileField), name
        assert not hasattr(empty, f"clean_{name}"), name


@pytest.mark.parametrize("phase", PHASES)
def test_it_reads_what_django_reads(universe: Universe, phase: str) -> None:
    whole = {**typed(universe, "whole"), "minutes": "no number", "pain_before": "11"}
    sent = QueryDict(mutable=True)
    for name, value in whole.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    ours, django = form(universe, phase, sent), form(universe, phase, sent)
    django._clean_fields = lambda: forms.Form._clean_fields(django)  # type: ignore[method-assign]
    assert ours.errors == django.errors
    assert ours.cleaned_data == django.cleaned_data
    assert {"pain_before", "minutes"} & ours.fields.keys() <= ours.errors.keys()


def test_two_forms_share_no_answer(universe: Universe) -> None:
    first = form(universe, "whole", QueryDict("client_key=nonsense&reason=mine&sites=hand_left"))
    assert first.errors
    second = form(universe, "whole", QueryDict(f"client_key={uuid.uuid4()}"))
    assert "client_key" not in second.errors
    assert second.answers().reason == ""
    assert second.care().pressures == {}
    assert second.fields["sites"].widget.errors == {}


@pytest.mark.parametrize("typed_day", ["2026-03-21", "21/03/2026", "21/03/26", " 2026-03-21 "])
def test_a_day_is_read_as_a_browser_sends_it_and_as_people_type_it(typed_day: str) -> None:
    assert day_field("Day").clean(typed_day) == date(2026, 3, 21)


@pytest.mark.parametrize("typed_time", ["14:05", "14:05:00", "14:05:00.000", " 14:05 "])
def test_a_time_is_read_as_a_browser_sends_it_and_as_people_type_it(typed_time: str) -> None:
    assert clock_field("Start").clean(typed_time) == time(14, 5)


@pytest.mark.parametrize("typed_day", ["2026-13-01", "20260321", "2026-W12-6", "03/21/2026"])
def test_what_is_no_day_is_refused(typed_day: str) -> None:
    with pytest.raises(forms.ValidationError, match="Day: choose it"):
        day_field("Day").clean(typed_day)


@pytest.mark.parametrize("typed_time", ["25:00", "14", "1405", "14:05+02:00", "2 pm"])
def test_what_is_no_time_is_refused(typed_time: str) -> None:
    with pytest.raises(forms.ValidationError, match="Start: write it like"):
        clock_field("Start").clean(typed_time)
