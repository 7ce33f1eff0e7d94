"""The supervisor's summary: its questions with their numbers, and the trial's words."""

import re
import uuid
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.outcomes.published import KUTNER_CAVEAT, KUTNER_DOI, WHY_THEY_DIFFER
from sessions_app.protocols import registry
from sessions_app.sessions import actions as sessions
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from tests.dashboards.drawing import admit
from tests.dashboards.fresh_house import enter
from tests.reading import Page
from tests.universe import ClientAs, Universe, ratings, still_touch


def summary(client_as: ClientAs, who: str = "supervisor", **asked: Any) -> Page:
    return Page(client_as(who).get(reverse("dashboards:summary"), asked))


def part(page: Page, code: str) -> str:
    """Return the words of one question's section, single-spaced."""
    start = page.html.index(f'aria-labelledby="{code}"')
    return words_of(page.html[start : page.html.index("</section>", start)])


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def lines(page: Page, table: str, head: str) -> list[str]:
    """Return the rows of the tables with this caption whose head begins with these words."""
    captions = re.escape(table)
    tables = re.findall(rf"<caption>(?:<[^>]+>)*{captions}.*?</table>", page.html, flags=re.DOTALL)
    rows = [words_of(row) for one in tables for row in re.findall(r"<tr>.*?</tr>", one, re.DOTALL)]
    return [row for row in rows if row.startswith(head)]


def of_arm(universe: Universe, protocol: str, arm: str) -> Callable[[Page, str], list[str]]:
    """Return the lines of an arm in a table, without the arm's name."""
    name = registry.course(universe.arm(protocol, arm)).name

    def found(page: Page, table: str) -> list[str]:
        return [line.removeprefix(name).strip() for line in lines(page, table, name)]

    return found


def ten_patients(universe: Universe) -> None:
    """Let ten more patients on massage fall from 6 to 4 in pain, and rise from 3 to 4 in mood."""
    for _ in range(10):
        course = admit(universe, "rest", "massage")
        universe.log(course, before=ratings(pain=6, mood=3), after=ratings(pain=4, mood=4))


BY_ARM = "By protocol and arm"
BEHIND = "The sessions behind the means"
PAIN, MOOD = "Pain, change from before to after", "Mood, change from before to after"


def test_the_counts_of_an_arm_are_shown(universe: Universe, client_as: ClientAs) -> None:
    universe.start(universe.bruno_course)
    after = ratings(pain=MissingReason.ASLEEP, mood=0)
    universe.log(universe.bruno_course, after=after)
    page, touch = summary(client_as), of_arm(universe, "rest", "touch")
    (counts,) = touch(page, BY_ARM)
    assert "2 2 0 1" in counts  # planned, given, not given, in progress
    assert touch(page, BEHIND) == ["Pain 1 1 1 asleep: 1", "Mood 1 2 0"]
    (line,) = touch(page, PAIN)
    assert line.startswith("1 session from 1 patient; 1 missing")


def test_under_ten_patients_no_figure_is_shown(universe: Universe, client_as: ClientAs) -> None:
    page = summary(client_as)
    words = part(page, "changed")
    assert "Pain: needs 10 patients with both scores; you have 3" in words
    assert not re.search(r"points (lower|higher)|\d % to \d", words)
    (line,) = of_arm(universe, "rest", "massage")(page, PAIN)
    assert "needs 10 patients with both scores; you have 1 – –" in line
    asked, counts = (page.html.index(f'aria-labelledby="{one}"') for one in ("changed", "safety"))
    assert "chart__svg" not in page.html[asked:counts]  # what was seen are counts of sessions
    assert "From which band of pain to which: needs 10 patients" in words
    assert "needs 10 patients – –" in words  # those who had clearly less pain


def test_from_ten_patients_on_the_change_stands_beside_what_was_published(
    universe: Universe, client_as: ClientAs
) -> None:
    ten_patients(universe)
    page = summary(client_as)
    words = part(page, "changed")
    assert "After sessions pain was 2.00 points lower than before, on average" in words
    (line,) = of_arm(universe, "rest", "massage")(page, PAIN)
    assert line == (
        "11 sessions from 11 patients; 0 missing +2.00 +2.00 to +2.00 +2.00 "
        "Published: +1.87 (+1.67 to +2.07)"
    )
    assert "Improvement is positive" in words
    assert "−1.87 (95% CI −2.07, −1.67)" in words
    assert KUTNER_DOI in words
    assert KUTNER_CAVEAT in words


def test_why_the_figures_differ_is_said_every_time(universe: Universe, client_as: ClientAs) -> None:
    words = part(summary(client_as), "changed")
    for reason in WHY_THEY_DIFFER:
        assert reason in words
    assert "52 % of the massage arm's drop in pain" in words
    assert "It does not show what the session did by itself" in words


def test_a_trial_without_readable_results_has_none_invented(
    universe: Universe, client_as: ClientAs
) -> None:
    page, jane = summary(client_as), of_arm(universe, "jane-bone", "massage")
    assert [line[-1] for line in jane(page, PAIN)] == ["–"]
    assert not any("Published" in line for line in jane(page, PAIN))
    assert "Jane ML" not in part(page, "changed")


def test_only_what_a_protocol_asks_for_is_summed(universe: Universe, client_as: ClientAs) -> None:
    universe.log(admit(universe, "foot-10", "massage"), before=ratings(pain=5), after={})
    page, feet = summary(client_as), of_arm(universe, "foot-10", "massage")
    assert len(feet(page, PAIN)) == 1
    assert feet(page, MOOD) == []
    assert [line.split()[0] for line in feet(page, BEHIND)] == ["Pain", "Relaxation"]


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
    assert words not in part(summary(client_as), "changed")
    for number, said in enumerate(
        (f"1 session {words} is not counted here.", f"2 sessions {words} are not")
    ):
        universe.log(universe.ada_course, care=still_touch(), by=universe.volunteer)
        page = summary(client_as)
        assert said in part(page, "changed")
        assert of_arm(universe, "rest", "massage")(page, "Left out of the means") == [
            str(number + 1)
        ]


def test_reasons_with_commas_are_told_apart(universe: Universe, client_as: ClientAs) -> None:
    for number, reason in enumerate(NotGivenReason):
        for _ in range(number + 1):
            sessions.not_given(
                enrolment=universe.ada_course, reason=reason, client_key=uuid.uuid4(), digest="d",
                by=universe.therapist,
            )  # fmt: skip
    page = summary(client_as)
    title = "What became of the planned sessions, by week"
    *_, newest = [line for line in lines(page, title, "") if re.match(r"\d+ \w{3} \d{4}", line)]
    (head,) = lines(page, title, "Week from")
    labels = [one.label for one in NotGivenReason]
    assert head == f"Week from Given {' '.join(labels)}"
    assert newest.endswith(" ".join(str(n + 1) for n in range(len(labels))))


def test_a_summary_stands_where_nothing_of_a_course_was_given(
    universe: Universe, client_as: ClientAs
) -> None:
    universe.not_given(admit(universe, "open", "massage"))
    universe.not_given(admit(universe, "rest", "touch"))
    assert "n = 5 planned sessions; 0 in progress." in part(summary(client_as), "happening")


def test_the_summary_names_no_patient(universe: Universe, client_as: ClientAs) -> None:
    ten_patients(universe)
    for who in ("supervisor", "admin"):
        assert not re.search(r"Drawn|Dora|Adason|C-ada", summary(client_as, who).html)


def test_an_admin_has_the_numbers_without_a_way_to_the_patients(
    universe: Universe, client_as: ClientAs
) -> None:
    ten_patients(universe)
    rows = reverse("dashboards:sessions")
    assert any(link.startswith(rows) for link in summary(client_as).links())
    for_admin = summary(client_as, "admin")
    assert not any(link.startswith(rows) for link in for_admin.links())
    assert part(for_admin, "changed") == part(summary(client_as), "changed")


@pytest.mark.slow
def test_the_page_costs_the_same_however_many_sessions_there_are(
    universe: Universe, client_as: ClientAs
) -> None:
    costs = []
    for _ in range(2):
        browser = client_as("supervisor")
        browser.get(reverse("dashboards:summary"))
        ten_patients(universe)
        with CaptureQueriesContext(connection) as said:
            browser.get(reverse("dashboards:summary"))
        costs.append(len(said))
    assert costs[0] == costs[1] <= 15


@pytest.mark.parametrize("code", ["changed", "over_time", "therapists"])
def test_a_clinic_without_sessions_is_told_what_is_lacking(
    universe: Universe, client_as: ClientAs, code: str
) -> None:
    page = fresh_house(universe, client_as)
    said = {
        "changed": "No session with scores was given in this time.",
        "over_time": "No session with scores was given in this time.",
        "therapists": "Needs 2 therapists with 10 patients each; you have none.",
    }
    assert said[code] in part(page, code)
    assert "chart__svg" not in page.html
    assert "Harbour" not in words_of(page.html[page.html.index('aria-labelledby="happening"') :])


def fresh_house(universe: Universe, client_as: ClientAs) -> Page:
    """Return the summary of a clinic in which nothing has happened."""
    browser = client_as("foreign_admin")
    enter(universe, browser)
    return Page(browser.get(reverse("dashboards:summary")))


def test_nothing_is_linked_from_a_nought(universe: Universe, client_as: ClientAs) -> None:
    html = summary(client_as).html
    assert re.search(r"<td[^>]*>\s*0\s*</td>", html)
    assert ">0</a>" not in html
