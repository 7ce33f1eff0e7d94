"""The fields of the session form by themselves: scores, counts, sites with a pressure."""

import uuid

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.sessions.fields import (
    BEDSIDE_REASONS,
    CountField,
    KeyField,
    ScoreField,
    SitesField,
    SitesWidget,
)
from sessions_app.sessions.record import Rating
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.records import Reporter
from sessions_app.vocabulary.scales import RATED, Scale

NUMBERS = st.integers(min_value=0, max_value=10)
NO_PRESSURE = ["6", "-1", "", " ", "²", "٣", "1.0", "soft", "1\x00", "9" * 5000]


def sites_field(highest: int = 5, *, required: bool = True) -> SitesField:
    return SitesField(widget=SitesWidget(highest=highest, usual=1), required=required)


def read(field: SitesField, query: str) -> dict[BodySite, int]:
    posted = QueryDict(query)
    return field.clean(field.widget.value_from_datadict(posted, {}, "sites"))


@given(scale=st.sampled_from(RATED), number=NUMBERS, required=st.booleans())
def test_every_number_of_a_scale_is_read_as_itself(
    scale: Scale, number: int, required: bool
) -> None:
    assert ScoreField(scale, required=required).clean(str(number)) == Rating(value=number)


@given(said=st.text())
def test_what_is_neither_a_number_of_the_scale_nor_a_reason_is_refused(said: str) -> None:
    known = {str(number) for number in range(11)} | {one.value for one in BEDSIDE_REASONS}
    field = ScoreField(Scale.PAIN, required=True)
    if said in known:
        assert field.clean(said) is not None
    else:
        with pytest.raises(forms.ValidationError):
            field.clean(said)


@pytest.mark.parametrize("reason", BEDSIDE_REASONS)
def test_a_reason_is_read_as_a_reason_and_not_as_a_number(reason: str) -> None:
    assert ScoreField(Scale.MOOD, required=True).clean(reason) == Rating(missing=reason)


def test_a_score_that_may_be_left_out_is_none_and_not_nought() -> None:
    field = ScoreField(Scale.RELAXATION, required=False)
    assert field.clean("") is None
    assert field.clean(None) is None
    assert field.clean("0") == Rating(value=0)


def test_a_score_has_no_choice_made_beforehand() -> None:
    field = ScoreField(Scale.PAIN, required=True)
    assert field.initial is None
    assert [code for code, _ in field.choices][:11] == [str(number) for number in range(11)]


@pytest.mark.parametrize("scale", [Scale.HEART_RATE, Scale.RESPIRATORY_RATE])
def test_a_count_is_the_therapists_and_stays_in_its_range(scale: Scale) -> None:
    field = CountField(scale, "Count")
    for number in (scale.minimum, scale.maximum):
        assert field.clean(str(number)) == Rating(value=number, reporter=Reporter.THERAPIST)
    assert field.clean("") is None
    for number in (scale.minimum - 1, scale.maximum + 1):
        with pytest.raises(forms.ValidationError):
            field.clean(str(number))


@given(
    chosen=st.dictionaries(
        st.sampled_from(BodySite), st.integers(min_value=0, max_value=5), min_size=1
    )
)
def test_ticked_sites_are_read_with_the_pressure_beside_each(chosen: dict[BodySite, int]) -> None:
    query = "&".join(f"sites={site}&pressure-{site}={level}" for site, level in chosen.items())
    assert read(sites_field(), query) == chosen


@pytest.mark.parametrize("pressure", NO_PRESSURE)
def test_a_pressure_that_is_none_is_told_at_its_site(pressure: str) -> None:
    field = sites_field()
    with pytest.raises(forms.ValidationError, match="missing or unknown: left hand"):
        field.clean({"hand_left": pressure, "scalp": "1"})
    assert list(field.widget.errors) == ["hand_left"]


@pytest.mark.parametrize("pressure", ["1", "5"])
def test_simple_touch_takes_no_pressure_at_all(pressure: str) -> None:
    with pytest.raises(forms.ValidationError):
        read(sites_field(highest=0), f"sites=scalp&pressure-scalp={pressure}")
    assert read(sites_field(highest=0), "sites=scalp&pressure-scalp=0") == {BodySite.SCALP: 0}


@pytest.mark.parametrize("code", ["tail", "", "SCALP", "scalp\x00", "hand"])
def test_a_site_that_the_list_lacks_is_refused(code: str) -> None:
    with pytest.raises(forms.ValidationError, match="no such site"):
        sites_field().clean({code: "1"})


def test_a_list_that_may_be_empty_is_an_empty_answer() -> None:
    assert read(sites_field(required=False), "pressure-scalp=1") == {}
    with pytest.raises(forms.ValidationError, match="at least one site"):
        read(sites_field(), "pressure-scalp=1")


@pytest.mark.parametrize("damaged", ["", "x", "\x00", None])
def test_a_key_that_cannot_be_read_is_drawn_anew(damaged: str | None) -> None:
    field = KeyField()
    with pytest.raises(forms.ValidationError, match="save once more"):
        field.clean(damaged)
    assert uuid.UUID(field.widget.format_value(damaged)) != uuid.UUID(int=0)


def test_a_key_that_can_be_read_is_kept() -> None:
    key = uuid.uuid4()
    assert KeyField().clean(str(key)) == key
    assert KeyField().widget.format_value(str(key)) == str(key)
