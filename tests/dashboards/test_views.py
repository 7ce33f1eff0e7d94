"""The supervisor's summary: counts, the change with its interval, the trial's words."""

import re
import uuid
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Membership
from sessions_app.outcomes.published import KUTNER_CAVEAT, KUTNER_DOI, WHY_THEY_DIFFER
from sessions_app.sessions import actions as sessions
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from sessions_app.vocabulary.roles import Role
from tests.dashboards.drawing import admit
from tests.reading import Page
from tests.universe import Universe, ratings, still_touch

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
    assert "Patients enrolled 1 Patients with a session 1 Sessions given 2 Not given 0" in words
    assert "In progress 1 Beyond a limit 0" in words
    assert "Sessions without both scores: 1 (asleep: 1)." in words
    assert "1 session from 1 patient." in words


def test_under_ten_patients_no_figure_is_shown(universe: Universe, client_as: ClientAs) -> None:
    words = part(summary(client_as), universe, "rest", "massage")
    assert "Needs 10 patients with both scores; you have 1" in words
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


def test_the_number_left_out_of_the_means_is_printed(
    universe: Universe, client_as: ClientAs
) -> None:
    words = "given by another role than the protocol names"
    assert words not in part(summary(client_as), universe, "rest", "massage")
    for said in (f"1 session {words} is not counted here.", f"2 sessions {words} are not"):
        universe.log(universe.ada_course, care=still_touch(), by=universe.volunteer)
        assert said in part(summary(client_as), universe, "rest", "massage")


def test_an_arm_with_patients_and_no_session_appears(
    universe: Universe, client_as: ClientAs
) -> None:
    admit(universe, "foot-10", "massage")
    words = part(summary(client_as), universe, "foot-10", "massage")
    assert "Patients enrolled 1 Patients with a session 0 Sessions given 0" in words


def test_reasons_with_commas_are_told_apart(universe: Universe, client_as: ClientAs) -> None:
    for number, reason in enumerate(NotGivenReason):
        for _ in range(number + 1):
            sessions.not_given(
                enrolment=universe.ada_course, reason=reason, client_key=uuid.uuid4(), digest="d",
                by=universe.therapist,
            )  # fmt: skip
    words = part(summary(client_as), universe, "rest", "massage")
    told = [f"{one.label.lower()}: {n + 1}" for n, one in enumerate(NotGivenReason)]
    assert f"Not given: {'; '.join(reversed(told))}." in words


def test_the_summary_names_no_patient(universe: Universe, client_as: ClientAs) -> None:
    ten_patients(universe)
    numbers, _, _ = summary(client_as).html.partition('id="eyes"')
    for told in (numbers, summary(client_as, "admin").html):
        assert not re.search(r"Drawn|Dora|Adason|C-ada", told)


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
    assert "Nobody has been put on a protocol yet" in page.words
    assert "No session went beyond a limit" in page.words
    assert "Harbour" not in page.texts["main"]
