"""Scores on their way: none is led, a nought stays a nought from the form to the last page."""

import re

import pytest
from django.http import HttpResponse
from django.urls import reverse

from sessions_app.dashboards.change_sums import change_sums
from sessions_app.dashboards.scope import Scope, first_at_first
from sessions_app.outcomes.summary import Moments, PatientSums
from sessions_app.sessions.models import Score
from sessions_app.vocabulary.scales import Scale
from tests.reading import Page
from tests.sessions.typed import address, confirm, stored, typed
from tests.universe import ClientAs, Universe, ratings

PAIRS = [(before, after) for before in range(11) for after in range(11)]


def bare(answer: HttpResponse) -> str:
    """Return a page without its keys, which differ each time it is drawn."""
    hidden = r'<input type="hidden" name="(?:csrfmiddlewaretoken|client_key|timed_key)"[^>]*>'
    return re.sub(hidden, "", answer.content.decode())


@pytest.mark.parametrize("phase", ["start", "finish", "whole"])
@pytest.mark.parametrize("who", ["ada", "diego"])
def test_no_score_is_chosen_before_the_patient_says_one(
    universe: Universe, client_as: ClientAs, phase: str, who: str
) -> None:
    page = Page(client_as("therapist").get(address(universe, phase, who)))
    scores = [name for name in page.form() if re.match(r"pain|mood|relaxation|heart|resp", name)]
    assert [name for name in scores if page.form()[name] != [""]] == []
    fields = {one["name"] for tag, one in page.tags if tag == "input" and "name" in one}
    for name in (one for one in fields if re.match(r"(pain|mood|relaxation)_", one)):
        values = [one["value"] for one in page.inputs(name)]
        assert values[:11] == [str(number) for number in range(11)]
        assert not any("checked" in one for one in page.inputs(name))


@pytest.mark.parametrize("name", ["sessions:finish", "sessions:session", "rounds:chart"])
def test_the_pages_of_a_session_in_progress_are_the_same_whatever_was_scored_before(
    universe: Universe, client_as: ClientAs, name: str
) -> None:
    row = universe.start(universe.bruno_course, before=ratings(pain=0, mood=9, heart_rate=173))
    where = reverse(name, args=[universe.bruno.pk if name == "rounds:chart" else row.pk])
    browser = client_as("therapist")
    answer = browser.get(where)
    seen = bare(answer)
    Score.objects.filter(session=row, scale="pain").update(before=10)
    Score.objects.filter(session=row, scale="heart_rate").update(before=20)
    assert bare(browser.get(where)) == seen
    assert "173" not in Page(answer).words  # ids in addresses may spell it by chance


def test_the_before_scores_are_shown_once_the_after_scores_are_in(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    start, form = address(universe, "start"), typed(universe, "start", heart_rate_before="173")
    place = browser.post(start, form).headers["Location"]
    assert "173" not in Page(browser.get(place)).words
    finish = typed(universe, "finish", pain_after="0")
    assert browser.post(f"{place}finish/", finish).headers["Location"] == place
    page = Page(browser.get(place))
    assert "173 before, 64 after /min" in page.words
    assert re.search(r"Pain\s+0\s+before,\s+0\s+after\s*no change", page.words)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [("0", "0", "no change"), ("10", "0", "+10 better"), ("0", "10", "−10 worse")],
)
def test_a_nought_is_read_as_nought_on_every_page(
    universe: Universe, client_as: ClientAs, before: str, after: str, verdict: str
) -> None:
    browser = client_as("therapist")
    changes = {"pain_before": before, "pain_after": after, "mood_before": "0", "mood_after": "0"}
    form = typed(universe, "whole", **changes)
    place = confirm(browser, address(universe, "whole"), form).headers["Location"]
    score = Score.objects.get(session=stored(form), scale="pain")
    assert (score.before, score.after) == (int(before), int(after))
    story = rf"Pain\s+{before}\s+before,\s+{after}\s+after\s*{re.escape(verdict)}"
    assert re.search(story, Page(browser.get(place)).words)
    chart = Page(browser.get(reverse("rounds:chart", args=[universe.bruno.pk]))).words
    assert f"pain {before} → {after} ({verdict})" in chart
    assert "mood 0 → 0 (no change)" in chart


@pytest.mark.slow
def test_all_pairs_of_scores_are_stored_and_summed_as_they_are(universe: Universe) -> None:
    arm = universe.courses["erin"].arm_id
    sums = []
    for before, after in PAIRS:
        pair = {
            "before": ratings(pain=before, mood=after),
            "after": ratings(pain=after, mood=before),
        }
        universe.log(universe.erin_course, **pair)
        sums.append(before - after)
    rows = Score.objects.filter(session__enrolment=universe.erin_course, scale="pain")
    assert sorted(rows.values_list("before", "after")) == PAIRS
    scope = Scope((universe.birchwood,), first_at_first(universe.today), universe.today)
    found = change_sums(scope).arms[arm]
    whole = Moments.of([PatientSums.of(sums)])
    assert found[Scale.PAIN].moments == found[Scale.MOOD].moments == whole
    assert found[Scale.PAIN].missing == 0
    assert whole.sessions == 121


def test_the_plan_of_the_last_session_is_offered_and_its_scores_are_not(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, start = client_as("therapist"), address(universe, "start")
    browser.post(address(universe, "whole"), typed(universe, "whole"))
    form = Page(browser.get(start)).form()
    assert sorted(form["sites"]) == ["foot_sole_right", "hand_left"]
    assert form["pressure-foot_sole_right"] == ["2"]
    assert sorted(form["techniques"]) == ["effleurage", "still_holding"]
    assert "pain_before" not in form
    said = {"pain_before": "1", "mood_before": "0"}
    assert confirm(browser, start, {**form, **said}).status_code == 302
