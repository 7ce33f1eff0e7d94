"""The supervisor's summary: counts, the change with its interval, the trial's words."""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Membership
from sessions_app.outcomes.published import KUTNER_CAVEAT, KUTNER_DOI, WHY_THEY_DIFFER
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.roles import Role
from tests.dashboards.drawing import admit
from tests.reading import Page
from tests.universe import Universe, care, ratings

ClientAs = Callable[[str], Client]


def summary(client_as: ClientAs, who: str = "supervisor") -> Page:
    return Page(client_as(who).get(reverse("dashboards:summary")))


def part(page: Page, universe: Universe, protocol: str, arm: str) -> str:
    """Return the words of one arm's section, single-spaced."""
    start = page.html.index(f'id="arm-{universe.arm(protocol, arm)}"')
    section = page.html[start : page.html.index("</section>", start)]
    return " ".join(re.sub(r"<[^>]+>", " ", section).replace("&#x27;", "'").split())


def ten_patients(universe: Universe) -> None:
    """Let ten more patients on massage fall from 6 to 4 in pain, and rise from 3 to 4 in mood."""
    for _ in range(10):
        course = admit(universe, "rest", "massage")
        universe.log(course, before=ratings(pain=6, mood=3), after=ratings(pain=4, mood=4))


def test_the_counts_of_an_arm_are_shown(universe: Universe, client_as: ClientAs) -> None:
    universe.start(universe.bruno_course)
    after = ratings(pain=MissingReason.ASLEEP, mood=0)
    universe.log(universe.bruno_course, after=after)
    words = part(summary(client_as), universe, "rest", "touch")
    assert "Patients 1 Given 2 Not given 0 In progress 1 Beyond a limit 0" in words
    assert "Sessions without both scores: 1 (asleep 1)." in words
    assert "1 session from 1 patient." in words


def test_under_ten_patients_no_figure_is_shown(universe: Universe, client_as: ClientAs) -> None:
    words = part(summary(client_as), universe, "rest", "massage")
    assert "Needs 10 patients with both scores; there is 1" in words
    assert "95 % interval" not in words
    assert "(shaded)" not in words


def test_from_ten_patients_on_the_change_stands_beside_what_was_published(
    universe: Universe, client_as: ClientAs
) -> None:
    ten_patients(universe)
    page = summary(client_as)
    words = part(page, universe, "rest", "massage")
    assert "Pain, change from before to after" in words
    assert "Mean +2.0, 95 % interval +2.0 to +2.0; 11 sessions from 11 patients" in words
    assert "Improvement is positive" in words
    assert "−1.87 (95% CI −2.07, −1.67)" in words
    assert KUTNER_DOI in words
    assert KUTNER_CAVEAT in words


def test_why_the_figures_differ_is_said_every_time(universe: Universe, client_as: ClientAs) -> None:
    words = " ".join(summary(client_as).words.split())
    for reason in WHY_THEY_DIFFER:
        assert reason in words
    assert "52 % of the massage arm's drop in pain" in words
    assert "It does not show what the session did by itself" in words


def test_a_trial_without_readable_results_has_none_invented(
    universe: Universe, client_as: ClientAs
) -> None:
    words = part(summary(client_as), universe, "jane-bone", "massage")
    assert "Published" not in words


def test_only_what_a_protocol_asks_for_is_summed(universe: Universe, client_as: ClientAs) -> None:
    universe.log(admit(universe, "foot-10", "massage"), before=ratings(pain=5), after={})
    words = part(summary(client_as), universe, "foot-10", "massage")
    assert "Pain, change" in words
    assert "Mood" not in words


def test_the_words_that_claim_too_much_are_not_there(
    universe: Universe, client_as: ClientAs
) -> None:
    ten_patients(universe)
    words = summary(client_as).words.lower()
    assert not re.search(r"\beffect|\bsafe\b|\bproves?\b|\bcaused?\b", words)


def test_a_session_beyond_a_limit_is_shown_to_a_supervisor_with_its_reason(
    universe: Universe, client_as: ClientAs
) -> None:
    firm = care(pressures={next(iter(care().pressures)): 5})
    answers = universe.answers(universe.bruno_course, firm, reason="he <asked> for it")
    row = universe.log(universe.bruno_course, care=firm, answers=answers)
    page = summary(client_as)
    assert "he <asked> for it" in page.words
    assert reverse("sessions:session", args=[row.pk]) in page.links()
    for_admin = summary(client_as, "admin")
    assert "he <asked> for it" not in for_admin.words
    assert not [link for link in for_admin.links() if link.startswith("/sessions/")]


def test_the_summary_names_no_patient(universe: Universe, client_as: ClientAs) -> None:
    ten_patients(universe)
    assert not re.search(r"Drawn|Dora|Adason|C-ada", summary(client_as).html)


def test_a_clinic_without_sessions_is_told_what_will_come(
    universe: Universe, client_as: ClientAs
) -> None:
    fresh = clinics.open_clinic(
        name="Fresh House", slug="fresh", time_zone="UTC", emergency_text="-", emergency_number="1"
    )
    clinics.add_member(clinic=fresh, user=universe.foreign_admin.user, role=Role.SUPERVISOR)
    browser = client_as("foreign_admin")
    chosen = Membership.objects.get(clinic=fresh)
    browser.post(reverse("clinics:switch"), {"membership": chosen.pk})
    page = Page(browser.get(reverse("dashboards:summary")))
    assert "No session has been logged yet" in page.words
    assert "Harbour" not in page.texts["main"]
