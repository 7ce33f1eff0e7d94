"""All clinics together: the numbers are the rows', small ones stay hidden, and who may see it."""

import random
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Clinic
from sessions_app.dashboards.csv_text import OUTSIDE as FIRST_LINE
from sessions_app.dashboards.network.dashboard import QUESTIONS
from sessions_app.dashboards.network.figures import NetworkFigures, Planned, network_figures
from sessions_app.dashboards.network.responder_parts import ABLE, HITS
from sessions_app.dashboards.network.scope import NetworkScope, Period
from sessions_app.dashboards.network.views import REFUSED
from sessions_app.dashboards.network.withholding import Withheld, figures_of
from sessions_app.outcomes.completeness import Completeness
from sessions_app.outcomes.funnel import UnitSums
from sessions_app.outcomes.responders import Threshold
from sessions_app.outcomes.shares import ShareSums
from sessions_app.outcomes.summary import Moments, PatientSums
from sessions_app.outcomes.tied_figures import Figure
from sessions_app.protocols import registry
from sessions_app.rollups import folding
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.scales import Scale
from tests.dashboards.drawing import admit
from tests.reckoning import least_and_most
from tests.rollups.counting import (
    counted_completeness,
    counted_funnel,
    counted_moments,
    counted_responses,
    counted_sessions,
)
from tests.universe import ClientAs, Universe, ratings

PAIN, MOOD = Scale.PAIN, Scale.MOOD
WHERE = "dashboards:network"


def both(universe: Universe) -> None:
    """Let Birchwood's supervisor see Harbour's summary too."""
    clinics.add_member(
        clinic=universe.harbour, user=universe.supervisor.user, role=Role.SUPERVISOR,
        at=universe.now,
    )  # fmt: skip


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").split())


def whole(universe: Universe, **more: object) -> NetworkScope:
    return NetworkScope((universe.birchwood, universe.harbour), universe.today, **more)  # type: ignore[arg-type]


# ---- the numbers


@pytest.mark.parametrize("folded", [True, False])
@pytest.mark.parametrize("period", list(Period))
def test_the_numbers_are_those_of_the_rows(
    universe: Universe, *, period: Period, folded: bool
) -> None:
    lot = random.Random(7)  # noqa: S311 - invented
    for _ in range(6):
        course = admit(universe, *lot.choice((("rest", "massage"), ("open", "massage"))))
        for _ in range(lot.randint(1, 3)):
            at = universe.now - timedelta(days=lot.randint(0, 300))
            scores = ratings(pain=lot.randint(0, 9), mood=lot.randint(0, 9))
            universe.log(course, performed_at=at, before=scores, after=ratings(pain=1, mood=5))
    if folded:
        folding.fold(universe.now)
    here = [universe.birchwood, universe.harbour]
    scope = whole(universe, period=period)
    found = network_figures(scope)
    assert found.moments == counted_moments(here, scope.since)
    assert found.responded == counted_responses(here, scope.since)
    if period is Period.ALL_TIME:
        assert found.of_arms == counted_but_reasons(here)
        units: dict[tuple[uuid.UUID, Scale], UnitSums] = defaultdict(UnitSums)
        for arm, scale in found.moments:
            for clinic, sums in counted_funnel(here, arm, scale).items():
                units[clinic, scale] += sums
        assert found.units == units
    since = min(found.planned.given)
    told = Counter[tuple[date, str]]()
    for (week, _, status, _, what), number in counted_sessions(here).items():
        if what == "sessions" and week >= since:
            told[week, status] += number
    assert +Counter(found.planned.given) == Counter(
        {week: n for (week, status), n in told.items() if status == "given"}
    )


def counted_but_reasons(here: list[Clinic]) -> dict[object, Completeness]:
    return {
        key: replace(one, before_missing={}, after_missing={})
        for key, one in counted_completeness(here).items()
    }


def test_an_arm_is_asked_for_by_itself(universe: Universe) -> None:
    arm = registry.course(universe.arm("rest", "massage"))
    found = network_figures(whole(universe, courses=(arm,)))
    assert found.arm_ids == (arm.arm_id,)
    assert {arm for arm, _ in found.moments} == {arm.arm_id}


# ---- what may be shown

sizes = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 8, 12, 30])


@st.composite
def networks(draw: st.DrawFn) -> NetworkFigures:
    """Clinics and arms by lot; on some days pain and mood are asked of the same sessions."""
    here = tuple(Clinic(slug=f"c{n}", name=f"C {n}") for n in range(draw(st.integers(2, 5))))
    arms = [uuid.UUID(int=n + 1) for n in range(draw(st.integers(1, 3)))]
    moments: dict = defaultdict(Moments)
    responded: dict = defaultdict(ShareSums)
    units: dict = defaultdict(UnitSums)
    of_arms: dict = defaultdict(Completeness)
    of_clinics: dict = defaultdict(Completeness)
    for clinic in here:
        for arm in arms:
            every = draw(sizes)
            for scale in (PAIN, MOOD):
                lacking = min(every, draw(sizes))
                n = every - lacking
                patients = draw(st.integers(1, n)) if n else 0
                told = Completeness(every, n, late=draw(st.integers(0, every)))
                of_arms[arm, scale] += told
                of_clinics[clinic.pk, scale] += told
                parts = [n // patients + (k < n % patients) for k in range(patients)]
                moments[arm, scale] += Moments.of(PatientSums(one, one) for one in parts)
                if scale is PAIN:
                    draw_responses(draw, parts, arm, responded)
                units[clinic.pk, scale] += UnitSums.of_alike(1, patients, patients, 2 * patients, 0)
                if draw(st.integers(0, 9)) == 9:
                    every = draw(sizes)
    weeks = [date(2026, 1, 5) + timedelta(weeks=n) for n in range(draw(st.integers(1, 4)))]
    reasons = draw(st.dictionaries(st.sampled_from(list(NotGivenReason)), sizes, max_size=4))
    left, not_given = sum(reasons.values()), {}
    for week in weeks:
        not_given[week] = left if week == weeks[-1] else min(left, draw(sizes))
        left -= not_given[week]
    planned = Planned({week: draw(sizes) for week in weeks}, not_given, reasons)
    scope = NetworkScope(here, date(2026, 2, 2))
    return NetworkFigures(scope, moments, responded, units, of_arms, of_clinics, planned)


def draw_responses(
    draw: st.DrawFn, parts: list[int], arm: uuid.UUID, responded: dict[object, ShareSums]
) -> None:
    """Draw how many sessions of each patient began high, and were less by each threshold."""
    told: dict[Threshold, list[tuple[int, int]]] = {one: [] for one in Threshold}
    few = draw(st.booleans())  # else nearly all of them, so that what is left is few
    for n in parts:
        high = draw(st.integers(0, n)) if few else n - draw(st.integers(0, min(n, 1)))
        by_points = draw(st.integers(0, high))
        told[Threshold.TWO_POINTS].append((high, by_points))
        told[Threshold.THIRTY_PERCENT].append((high, draw(st.integers(0, by_points))))
    for one, pairs in told.items():
        responded[arm, one] += ShareSums.of(Counter(pairs))


def ranges(figures: list[Figure], hidden: frozenset[Hashable]) -> dict[Hashable, float]:
    """How far each hidden figure may range, as a linear program finds it."""
    unknown = [one for one in figures if one.key in hidden]
    knots = {knot: n for n, knot in enumerate({k for f in unknown for k in (f.source, f.target)})}
    sums = [[0.0] * len(unknown) for _ in knots]
    for column, one in enumerate(unknown):
        sums[knots[one.source]][column] -= 1
        sums[knots[one.target]][column] += 1
    told = [sum(part * one.value for part, one in zip(row, unknown, strict=True)) for row in sums]
    wide = {}
    for column, one in enumerate(unknown):
        least, most = least_and_most(column, sums, told, (1, 9999))
        wide[one.key] = most - least
    return wide


@pytest.mark.sqlite  # numbers of no database
@pytest.mark.slow
@given(found=networks())
@settings(max_examples=25, deadline=None)
def test_no_hidden_number_of_the_page_can_be_had_from_all_the_others(found: NetworkFigures) -> None:
    figures = list(figures_of(found))
    balance: Counter[Hashable] = Counter()
    for one in figures:
        balance[one.source] -= one.value
        balance[one.target] += one.value
    assert not any(balance.values())  # the sums that the reader knows are true
    kept = Withheld(found)
    for one in figures:
        assert kept.told(*one.key) == (None if one.key in kept.hidden else one.value)
        assert one.key in kept.hidden or not one.small
    assert all(wide > 0.9 for wide in ranges(figures, kept.hidden).values())
    for scale in (PAIN, MOOD):
        out = [f for f in figures if f.key[0] == "in funnel" and f.key[2] is scale and f.value]
        patients = sum(one.value for one in out if one.key in kept.hidden)
        every = sum(one.value for one in out)
        assert patients == 0 or patients >= min(10, every)


@pytest.mark.sqlite  # numbers of no database
@pytest.mark.slow
@given(found=networks())
@settings(max_examples=25, deadline=None)
def test_each_number_of_the_page_is_one_that_may_be_shown(found: NetworkFigures) -> None:
    """Pages of any network can be made, and a small count is in none of their cells."""
    kept = Withheld(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "course", an_invented_arm)
        shown = [panel(found, kept) for panel in QUESTIONS.values()]
    for part in (part for one in shown for part in one.flat):
        rows = part.rows if not callable(part.rows) else part.table
        for row in rows:
            assert not {"1", "2", "3", "4"} & {cell.words.split(" (")[0] for cell in row[1:]}


def an_invented_arm(arm_id: uuid.UUID) -> object:
    protocol = SimpleNamespace(code="x", title="X", version=1, measures=())
    code = f"arm-{arm_id.int}"
    return SimpleNamespace(
        arm_id=arm_id, name=f"X, {code}", protocol=protocol, arm=SimpleNamespace(code=code)
    )


def test_a_network_of_large_clinics_shows_all() -> None:
    here = (Clinic(slug="a", name="A"), Clinic(slug="b", name="B"))
    arm = uuid.UUID(int=1)
    told = Completeness(60, 50, 6)
    found = NetworkFigures(
        NetworkScope(here, date(2026, 2, 2)),
        {(arm, s): Moments.of([PatientSums(2, 3)] * 50) for s in (PAIN, MOOD)},
        {
            (arm, Threshold.THIRTY_PERCENT): ShareSums.of({(1, 1): 20, (1, 0): 20}),
            (arm, Threshold.TWO_POINTS): ShareSums.of({(1, 1): 30, (1, 0): 10}),
        },
        {(c.pk, s): UnitSums.of_alike(1, 25, 25, 50, 9) for c in here for s in (PAIN, MOOD)},
        {(arm, s): told + told for s in (PAIN, MOOD)},
        {(c.pk, s): told for c in here for s in (PAIN, MOOD)},
        Planned({date(2026, 1, 5): 70}, {date(2026, 1, 5): 9}, {NotGivenReason.ASLEEP: 9}),
    )
    kept = Withheld(found)
    assert not kept.hidden
    assert kept.how_many("week", "weeks", "why") == (0, 7)
    assert kept.how_many(ABLE, HITS) == (0, 4)


# ---- the page


def test_the_page_answers_its_questions(universe: Universe, client_as: ClientAs) -> None:
    both(universe)
    html = client_as("supervisor").get(reverse(WHERE)).content.decode()
    said = words(html)
    for question in (
        "Is pain lower and mood better after sessions, in all clinics together?",
        "After how many sessions was pain clearly less, in all clinics together?",
        "Do clinics differ by more than chance?",
        "How complete are the data, clinic by clinic?",
        "Are planned sessions happening, week by week?",
    ):
        assert question in said
    assert "Birchwood Hospice and Harbour" in said
    assert "Pain: no arm has 10 patients with both scores yet." in said
    assert (
        "No arm has 10 patients with a session that began at 4 or more and has both scores yet."
    ) in said
    assert "Each tells of fewer than 5 patients, or would give away one that does." in said
    for word in ("Adason", "C-ada", "effect", "rank "):
        assert word not in said


def test_a_network_without_a_session_says_so(universe: Universe, client_as: ClientAs) -> None:
    both(universe)
    arm = {"protocol": "jane-bone", "arm": "jane-bone.attention"}
    said = words(client_as("supervisor").get(reverse(WHERE), arm).content.decode())
    assert "No session with scores was given in this time." in said
    assert "No session with a score of pain was given in this time." in said
    assert "No session was planned in this time." in said
    assert "nan" not in said.lower().split()


def test_only_who_sees_two_summaries_sees_it(universe: Universe, client_as: ClientAs) -> None:
    for who in ("supervisor", "admin", "wanda_there"):  # Wanda is a therapist in the other
        for where in (reverse(WHERE), reverse("dashboards:network_csv", args=["complete"])):
            answer = client_as(who).get(where)
            assert answer.status_code == 403
            assert REFUSED in words(answer.content.decode())
    link = reverse(WHERE)
    assert link not in client_as("supervisor").get(reverse("dashboards:summary")).content.decode()
    both(universe)
    page = client_as("supervisor").get(reverse("dashboards:summary")).content.decode()
    assert f'href="{link}"' in page
    assert client_as("supervisor").get(link).status_code == 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"weeks": "abc"}, "by «weeks»: this page has no such filter."),
        ({"period": "ever"}, "Period: choose one from the list."),
        ({"protocol": "nothing"}, "Protocol: choose one from the list."),
        ({"arm": "x" * 10_000}, "Arm: choose one from the list."),
        ({"arm": "rest.massage\x00"}, "Arm: choose one from the list."),
        (
            {"protocol": "open", "arm": "rest.massage"},
            "Arm: choose one of the protocol, or all arms.",
        ),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_sentence(
    universe: Universe, client_as: ClientAs, asked: dict[str, str], said: str
) -> None:
    both(universe)
    for where in (reverse(WHERE), reverse("dashboards:network_csv", args=["complete"])):
        answer = client_as("supervisor").get(where, asked)
        assert answer.status_code == 422
        assert said in words(answer.content.decode())


@pytest.mark.parametrize("code", QUESTIONS)
def test_the_csv_is_what_the_page_shows(universe: Universe, client_as: ClientAs, code: str) -> None:
    both(universe)
    asked = {"period": "all-time", "protocol": "rest"}
    browser = client_as("supervisor")
    page = words(browser.get(reverse(WHERE), asked).content.decode())
    answer = browser.get(reverse("dashboards:network_csv", args=[code]), asked)
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == FIRST_LINE
    assert "Period,All time" in lines
    told = next(line for line in lines if line.startswith("Answer,"))
    assert words(told.removeprefix("Answer,").strip('"')) in page
    assert f'filename="network-{code}-' in answer.headers["Content-Disposition"]
    other = reverse("dashboards:network_csv", args=["nothing"])
    assert browser.get(other).status_code == 404


def _more(universe: Universe, n: int) -> None:
    there = clinics.open_clinic(
        second_factor_roles=(),
        slug=f"more-{n}", name=f"More {n}", time_zone="Asia/Tokyo", at=universe.now,
        emergency_text="Call.", emergency_number="999",
    )  # fmt: skip
    clinics.add_member(
        clinic=there, user=universe.supervisor.user, role=Role.SUPERVISOR, at=universe.now
    )


@pytest.mark.parametrize("period", ["26-weeks", "all-time"])
def test_its_statements_do_not_grow(universe: Universe, client_as: ClientAs, period: str) -> None:
    both(universe)
    browser, where, costs = client_as("supervisor"), reverse(WHERE), []
    for n in range(2):
        browser.get(where, {"period": period})
        with CaptureQueriesContext(connection) as said:
            assert browser.get(where, {"period": period}).status_code == 200
        costs.append(len(said))
        for k in range(3):
            _more(universe, 3 * n + k)
            universe.log(universe.bruno_course)
        folding.fold(universe.now)
    assert costs[0] == costs[1] <= 15


def test_an_unchanged_page_is_not_counted_again(universe: Universe, client_as: ClientAs) -> None:
    both(universe)
    browser, where = client_as("supervisor"), reverse(WHERE)
    browser.get(reverse("rounds:first"))  # the first page of a sign-in costs more than a hello
    browser.get(where)
    tag = browser.get(where).headers["ETag"]
    with CaptureQueriesContext(connection) as same:
        assert browser.get(where, headers={"If-None-Match": tag}).status_code == 304
    with CaptureQueriesContext(connection) as hello:
        browser.get(reverse("rounds:first"))
    assert len(same) == len(hello) + 1
    # A write in the clinic in which one does not act is a write of the page.
    universe.log(universe.farah_course, by=universe.members["foreign_therapist"])
    again = browser.get(where, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["ETag"] == tag) == (200, False)
