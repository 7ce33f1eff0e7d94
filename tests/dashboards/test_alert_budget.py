"""The alert budget: reminders in 100 sessions, how many asked, overridden, how long it took."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app.dashboards import views
from sessions_app.dashboards.alert_budget import RuleBudget, budget_of, period
from sessions_app.sessions.models import ReminderShown, Session
from sessions_app.vocabulary.body_sites import BodySite
from tests.reading import Page
from tests.universe import ClientAs, Universe, care

T_SPINE = {BodySite.SPINE_THORACIC: 3}


def ada(universe: Universe, *, beyond: bool, seconds: int | None = None) -> Session:
    """Log a session of Ada's, within her limits or beyond that of her spine."""
    done = care(pressures=T_SPINE) if beyond else care()
    return universe.log(universe.ada_course, care=done, seconds=seconds)


def b1(universe: Universe, days: int = 90) -> RuleBudget:
    budget = budget_of(universe.birchwood.pk, days, universe.now)
    return next(one for one in budget.rules if one.rule == "B1")


def test_a_rule_is_counted_by_sessions(universe: Universe) -> None:
    for beyond in (True, True, False):
        ada(universe, beyond=beyond)
    told = b1(universe)
    assert (told.sessions, told.shown, told.asked, told.judged, told.overridden) == (6, 4, 4, 4, 2)
    assert (told.per_100, told.share) == (400 / 6, 50)


def test_a_session_in_two_steps_counts_once(universe: Universe) -> None:
    before = b1(universe)
    begun = universe.start(universe.ada_course)
    done = care(pressures=T_SPINE)
    universe.finish(
        begun, care=done, answers=universe.answers(universe.ada_course, done, reason="as agreed")
    )
    after = b1(universe)
    assert ReminderShown.objects.filter(session_id=begun.pk, rule="B1").count() == 2
    assert (after.shown - before.shown, after.overridden - before.overridden) == (1, 1)
    assert after.sessions - before.sessions == 1


@pytest.mark.parametrize(
    ("seconds", "median", "words"),
    [
        ([], None, ""),
        ([None, None], None, ""),
        ([40], 40, "40 s"),
        ([10, 70, 900], 70, "1 min 10 s"),
        ([10, None, 20, 40, 100], 30, "30 s"),
        ([0, 0], 0, "0 s"),
    ],
)
def test_the_median_time_is_that_of_the_known_answers(
    universe: Universe, seconds: list[int | None], median: float | None, words: str
) -> None:
    for took in seconds:
        ada(universe, beyond=True, seconds=took)
    assert (b1(universe).median_seconds, b1(universe).time_words) == (median, words)


def test_answers_from_before_they_were_kept_are_in_no_share(universe: Universe) -> None:
    ada(universe, beyond=True)
    ReminderShown.objects.filter(rule="B1").update(overridden=None)
    ada(universe, beyond=True)
    told = b1(universe)
    assert (told.asked, told.judged, told.overridden, told.share) == (3, 1, 1, 100)


def test_only_the_own_clinic_and_only_the_period_count(universe: Universe) -> None:
    long_ago = universe.now - timedelta(days=40)
    moved = ada(universe, beyond=True)
    Session.objects.filter(pk=moved.pk).update(performed_at=long_ago)
    assert (b1(universe, 30).shown, b1(universe, 90).shown) == (1, 2)
    assert budget_of(universe.harbour.pk, 90, universe.now).sessions == 1


JUDGED = [(20, 17, True), (20, 16, False), (19, 19, False), (25, 21, True), (0, 0, False)]


@pytest.mark.parametrize(("judged", "overridden", "review"), JUDGED)
def test_a_rule_is_for_review_above_80_per_cent_of_at_least_20(
    judged: int, overridden: int, review: bool
) -> None:
    told = RuleBudget("B1", 100, 50, judged, judged, overridden, None)
    assert told.for_review is review


@pytest.mark.parametrize(
    ("asked", "days"),
    [("30", 30), ("365", 365), ("90", 90), ("", 90), ("7", None), ("x", None), ("٣٠", None)],
)
def test_the_period_is_one_of_three(asked: str, days: int | None) -> None:
    assert period(asked) == days


def test_a_period_that_is_none_of_them_is_told_and_shows_nothing(
    universe: Universe, client_as: ClientAs
) -> None:
    ada(universe, beyond=True)
    answer = client_as("supervisor").get(reverse("dashboards:alert_budget"), {"days": "abc"})
    assert answer.status_code == 422
    told = Page(answer)
    assert "No figures yet. Choose one of the periods above." in told.words
    assert "Bone metastas" not in told.words
    assert "?days=90" in told.links()


def test_the_page_says_the_share_that_is_meant(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada(universe, beyond=True)
    assert "overridden in more than 80 % of at least 20 answers" in page(client_as).words
    monkeypatch.setattr(views, "MOST_OVERRIDDEN", 65)
    assert "overridden in more than 65 % of at least 20 answers" in page(client_as).words


def page(client_as: ClientAs, who: str = "supervisor", days: str = "90") -> Page:
    return Page(client_as(who).get(reverse("dashboards:alert_budget"), {"days": days}))


@pytest.mark.parametrize("who", ["supervisor", "admin"])
def test_the_page_shows_the_rules_and_no_person(
    universe: Universe, client_as: ClientAs, who: str
) -> None:
    ada(universe, beyond=True, seconds=75)
    text = page(client_as, who).html
    assert "Bone metastas" in text
    assert "1 of 2" in text
    assert "too few to judge" in text
    assert "1 min 15 s" in text
    for name in ("Adason", universe.therapist.user.display_name):
        assert name not in text


def test_a_rule_for_review_is_marked_and_stands_first(
    universe: Universe, client_as: ClientAs
) -> None:
    for _ in range(20):
        ada(universe, beyond=True)
    html = page(client_as).html
    body = html[html.index("<tbody>") :]
    assert "for review" in body[: body.index("</tr>")]
    assert "95 % (20 of 21)" in body[: body.index("</tr>")]


def test_a_time_without_sessions_says_so(universe: Universe, client_as: ClientAs) -> None:
    ReminderShown.objects.filter(clinic_id=universe.birchwood.pk).delete()
    assert "No reminder was shown in this time" in page(client_as).html
    Session.objects.filter(clinic_id=universe.birchwood.pk).update(
        performed_at=universe.now - timedelta(days=400)
    )
    assert "No session in this time" in page(client_as).html


def test_the_summary_leads_there(universe: Universe, client_as: ClientAs) -> None:
    for who, replays in (("supervisor", False), ("admin", True)):
        links = Page(client_as(who).get(reverse("dashboards:summary"))).links()
        assert reverse("dashboards:alert_budget") in links
        assert (reverse("dashboards:replay") in links) is replays
