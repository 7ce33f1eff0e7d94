"""The template pack: a field is drawn by its look, linked to its words, and 0 stays 0."""

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms

from sessions_app.vocabulary.scales import Scale

urlpatterns: list[object] = []
"""No page is asked for here; crispy-forms still looks the form's address up."""

pytestmark = pytest.mark.urls(__name__)


class ScoreLook(forms.RadioSelect):
    """A score as the session form has it."""

    look = "score"
    scale = Scale.PAIN


class Example(forms.Form):
    """One score, one number, one choice of several."""

    pain = forms.TypedChoiceField(
        label="Pain now",
        choices=[*((number, str(number)) for number in range(11)), ("asleep", "Asleep")],
        widget=ScoreLook,
    )
    minutes = forms.IntegerField(label="Minutes", min_value=1, help_text="Of touch only.")
    places = forms.MultipleChoiceField(
        choices=[("foot", "Foot"), ("hand", "Hand")], widget=forms.CheckboxSelectMultiple
    )


def _html(data: dict[str, object] | None = None, **kwargs: object) -> str:
    return " ".join(render_crispy_form(Example(data, **kwargs)).split())


def test_nothing_is_chosen_before_somebody_chooses():
    assert " checked" not in _html()


def test_a_score_has_eleven_cells_and_then_its_reasons():
    html = _html()
    assert html.count('class="score__cell"') == 11
    assert html.count('class="score__reason"') == 1
    assert html.index('value="10"') < html.index('value="asleep"')


def test_a_score_of_zero_comes_back_chosen():
    html = _html({"pain": "0"})
    assert 'value="0" id="id_pain_0" checked' in html
    assert html.count(" checked") == 1


def test_a_saved_zero_is_shown_as_chosen():
    assert 'value="0" id="id_pain_0" checked' in _html(initial={"pain": 0})


def test_a_score_names_both_its_ends():
    html = _html()
    assert "<b>0</b> no pain" in html
    assert "<b>10</b> worst pain imaginable" in html


def test_a_refused_field_is_linked_with_its_error_and_its_help():
    html = _html({"pain": "3", "minutes": "0", "places": ["foot"]})
    assert 'aria-describedby="id_minutes_helptext id_minutes_error"' in html
    assert 'id="id_minutes_helptext"' in html
    assert 'id="id_minutes_error"' in html
    assert html.count('aria-invalid="true"') == 1


def test_the_error_summary_leads_to_each_field():
    html = _html({"minutes": "5"})
    for field in ("pain", "places"):
        assert f'<a href="#id_{field}">' in html
        assert f'id="id_{field}" tabindex="-1"' in html
    assert 'role="alert"' in html


def test_what_was_typed_is_written_with_its_signs_escaped():
    assert "&lt;b&gt;" in _html({"minutes": "<b>"})
