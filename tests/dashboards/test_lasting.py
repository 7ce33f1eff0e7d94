"""Does it last: the sums made in SQL are those of the pure functions on plain rows."""

import random
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from sessions_app.charts.along_chart import AlongChart
from sessions_app.charts.share_plot import SharePlot
from sessions_app.dashboards.lasting_sums import ScaleLasting, lasting_sums
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panels import lasting
from sessions_app.dashboards.scope import Scope, first_at_first, midnight
from sessions_app.outcomes.change import change
from sessions_app.outcomes.durability import (
    LASTING_CANNOT_SHOW,
    LONGEST_GAP,
    LastingSums,
    NumberSums,
    StillThere,
)
from sessions_app.outcomes.summary import Moments, PatientSums
from sessions_app.sessions import later_actions as later
from sessions_app.sessions.models import Session
from sessions_app.sessions.record import Rating
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint
from tests.dashboards.drawing import SCALES, admit
from tests.dashboards.ward import Told, a_ward, in_scope, scopes
from tests.universe import Universe, ratings

Key = tuple[uuid.UUID, object]
Later = dict[tuple[Key, Scale, TimePoint], tuple[int, int]]
"""The value by session, scale and time point, with the week of its course."""


def key(row: Told) -> Key:
    return row.patient, row.at


def measure_later(universe: Universe, lot: random.Random) -> Later:
    """Add later scores by lot, and tell them."""
    found: Later = {}
    sessions = Session.objects.filter(clinic_id=universe.birchwood.pk).select_related("enrolment")
    for session in sessions.order_by("performed_at", "pk"):
        for scale in SCALES:
            for when in (TimePoint.SOON_AFTER, TimePoint.NEXT_DAY, TimePoint.WEEKLY):
                if lot.random() < 0.5:
                    continue
                at = min(universe.now, session.performed_at + timedelta(days=lot.randint(0, 9)))
                value = lot.randint(0, 10)
                later.add_follow_up(
                    session, scale=scale, time_point=when, rating=Rating(value),
                    measured_at=at, by=universe.therapist,
                )  # fmt: skip
                begun = session.enrolment.starts_on
                week = (at - midnight(begun, universe.birchwood)) // timedelta(weeks=1) + 1
                found[(session.patient_id, session.performed_at), scale, when] = (value, week)
    return found


def courses(rows: Iterable[Told]) -> dict[uuid.UUID, list[Told]]:
    """Return each patient's sessions, the first first; each has one course."""
    found: dict[uuid.UUID, list[Told]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.at):
        found[row.patient].append(row)
    return found


def numbers(rows: list[Told], here: list[Told], scale: Scale) -> dict[int, NumberSums]:
    told: dict[int, list[tuple[uuid.UUID, int]]] = defaultdict(list)
    for course in courses(rows).values():
        for number, row in enumerate(course, 1):
            before = row.before[scale].value
            if row in here and before is not None:
                told[number].append((row.patient, before))
    return {
        number: NumberSums(len({who for who, _ in each}), len(each), sum(one for _, one in each))
        for number, each in told.items()
    }


def is_next(first: datetime, following: datetime) -> bool:
    """Whether the next session is near enough, in elapsed hours."""
    return timedelta(0) < following - first <= LONGEST_GAP


def still(rows: list[Told], here: list[Told], scale: Scale) -> LastingSums:
    found: dict[uuid.UUID, StillThere] = defaultdict(StillThere)
    for course in courses(rows).values():
        for row, following in pairwise(course):
            gained, again = row.change(scale), following.before[scale].value
            before = row.before[scale].value
            if row not in here or not following.counted or not is_next(row.at, following.at):
                continue
            if gained is not None and again is not None and before is not None:
                found[row.patient] += StillThere(1, gained, change(scale, before, again))
    return LastingSums.of(found.values())


def moments(
    here: list[Told], measured: Later, scale: Scale, when: TimePoint
) -> tuple[Moments, Moments, Counter[uuid.UUID]]:
    """Return the later measure, the change at once of the same sessions, and how many by arm."""
    gains: dict[uuid.UUID, list[tuple[int, int]]] = defaultdict(list)
    arms: Counter[uuid.UUID] = Counter()
    for row in here:
        told, before, gained = (
            measured.get((key(row), scale, when)), row.before[scale].value, row.change(scale)
        )  # fmt: skip
        if told and before is not None and gained is not None:
            gains[row.patient].append((change(scale, before, told[0]), gained))
            arms[row.arm] += 1
    each = list(gains.values())
    return (
        Moments.of(PatientSums.of(one for one, _ in pairs) for pairs in each),
        Moments.of(PatientSums.of(one for _, one in pairs) for pairs in each),
        arms,
    )


def weekly(here: list[Told], measured: Later, scale: Scale) -> dict[int, NumberSums]:
    told: dict[int, list[tuple[uuid.UUID, int]]] = defaultdict(list)
    for row in here:
        if found := measured.get((key(row), scale, TimePoint.WEEKLY)):
            told[found[1]].append((row.patient, found[0]))
    return {
        week: NumberSums(len({who for who, _ in each}), len(each), sum(one for _, one in each))
        for week, each in told.items()
        if week > 0
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 20080916])
def test_the_sums_are_those_counted_one_by_one(universe: Universe, seed: int) -> None:
    rows = a_ward(universe, seed, patients=18, sessions=110)
    measured = measure_later(universe, random.Random(seed))  # noqa: S311 - invented patients
    for name, scope in scopes(universe).items():
        found = lasting_sums(scope)
        everyone = [row for row in in_scope(scope, rows) if row.counted]
        for scale in SCALES:
            here = in_scope(scope, rows, scale)
            sums = found.get(scale, ScaleLasting())
            assert sums.numbers == numbers(rows, here, scale), name
            assert sums.still == still(rows, here, scale), name
            assert sums.weekly == weekly(everyone, measured, scale), name
            pairs = Counter(row.arm for row in here if row.pair(scale))
            assert sums.pairs == pairs, name
            for when in (TimePoint.SOON_AFTER, TimePoint.NEXT_DAY):
                told = sums.later[when], sums.at_once[when], sums.measured[when]
                assert told == moments(here, measured, scale, when), name


def usual(universe: Universe) -> Scope:
    return Scope((universe.birchwood,), first_at_first(universe.today), universe.today)


def shown(universe: Universe) -> lasting.Panel:
    scope = usual(universe)
    return lasting.panel(scope, Links(scope, may_follow=True))


def come_again(universe: Universe, patients: int) -> None:
    """Let patients come twice within two days; half of the two points is left each time."""
    for n in range(patients):
        course = admit(universe, "rest", "massage")
        for hours, before in ((48, 6), (20, 5)):
            universe.log(
                course, performed_at=universe.now - timedelta(hours=hours, minutes=n),
                before=ratings(pain=before, mood=5), after=ratings(pain=before - 2, mood=5),
            )  # fmt: skip


@pytest.mark.parametrize("patients", [0, 1, 9, 10])
def test_the_share_needs_ten_patients(universe: Universe, patients: int) -> None:
    come_again(universe, patients)
    panel = shown(universe)
    if patients < 10:
        assert panel.answer.startswith(
            "Pain: needs 10 patients who came again within 72 hours, with the scores before and "
            f"after; you have {patients or 'none'}."
        )
    else:
        assert panel.answer.startswith(
            "When patients came again within 72 hours, 50 % of the change in pain was still there "
            "before the next session (95 % interval 50 % to 50 %; 10 pairs of sessions"
        )
    assert LASTING_CANNOT_SHOW in panel.notes


def test_where_nothing_fell_nothing_can_be_left(universe: Universe) -> None:
    come_again(universe, 10)
    shares = next(one for one in shown(universe).flat if isinstance(one, SharePlot))
    told = {row[0].words: row[2].words for row in shares.table}
    assert told["Mood"].startswith("the scores did not clearly improve")  # it stayed the same
    assert told["Pain"] == "50\N{NO-BREAK SPACE}%"


def test_a_measure_that_the_protocol_asks_for_is_missing_where_there_is_none(
    universe: Universe,
) -> None:
    panel = shown(universe)  # diego is on jane-bone, which asks for the next day
    titles = [one.title for one in panel.flat]
    assert "Pain, next day, beside right after the same sessions" in titles
    plot = next(one for one in panel.flat if one.title.startswith("Pain, next day"))
    assert plot.counted == "1 session with both scores and without this one."
    assert "needs 10 patients" in plot.lacking  # type: ignore[union-attr]
    assert not [one for one in titles if "20–30 minutes" in one or "Weekly" in one]


@pytest.mark.slow
def test_who_is_still_there_is_not_like_all_who_began(universe: Universe) -> None:
    for _ in range(10):
        course = admit(universe, "rest", "massage")
        for hours in (50, 20):
            universe.log(course, performed_at=universe.now - timedelta(hours=hours))
    told = next(one for one in shown(universe).flat if isinstance(one, AlongChart))
    assert "On average pain was 5.23 before session 1 (13 patients)" in told.answer
    assert [cell.words for cell in told.table[0]][:3] == ["1", "5.23", "13"]
    assert "Those who were discharged or died" in " ".join(shown(universe).notes)


def test_an_empty_time_says_so(universe: Universe) -> None:
    before = universe.today - timedelta(days=400)
    scope = Scope((universe.birchwood,), before, before)
    panel = lasting.panel(scope, Links(scope, may_follow=True))
    assert panel.answer == "No session with scores was given in this time."
    assert panel.parts == ()
