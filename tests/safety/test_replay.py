"""The present rules over past situations: what would speak, what spoke then."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from sessions_app.safety.assess import assess
from sessions_app.safety.facts import Fact
from sessions_app.safety.receipt import Answered, Receipt, Shown, receipt_of, serialise
from sessions_app.safety.replay import NoSuchSetting, Tally, Written, replay, setting
from sessions_app.safety.replay_pool import replay_on
from sessions_app.safety.situation import PlannedSession
from sessions_app.safety.thresholds import Bounds
from sessions_app.vocabulary.severity import Level
from tests.safety.making import TODAY, facts, platelets

NOBODY_SET: dict[str, Decimal] = {}


def receipt(*known: Fact, bounds: Bounds | None = None) -> Receipt:
    return receipt_of(assess(facts(*known), PlannedSession(), TODAY, bounds=bounds), Answered())


def rows(**sessions: list[Receipt]) -> list[Written]:
    return [
        (session, f"{session}-{n}", json.dumps(serialise(one)))
        for session, several in sessions.items()
        for n, one in enumerate(several)
    ]


def test_unchanged_rules_say_what_they_said() -> None:
    several = {f"s{n}": [receipt(platelets(n * 5_000))] for n in range(1, 20)}
    tally = replay(rows(**several), NOBODY_SET)
    assert tally.sessions == 19
    assert tally.then == tally.now
    assert not tally.new
    assert not tally.gone


def test_a_stricter_threshold_speaks_in_more_sessions() -> None:
    several = {f"s{n}": [receipt(platelets(n * 10_000))] for n in (1, 2, 3, 4)}
    tally = replay(rows(**several), dict([setting("platelets_low=35000")]))
    assert (tally.then["H2"], tally.now["H2"]) == (1, 3)
    assert (tally.new["H2"], tally.gone["H2"]) == (2, 0)
    assert (tally.new["H3"], tally.gone["H3"]) == (0, 2)


def test_a_session_counts_once_however_often_a_rule_spoke_in_it() -> None:
    begun, ended = receipt(platelets(15_000)), receipt(platelets(15_000))
    tally = replay(rows(one=[begun, ended]), NOBODY_SET)
    assert (tally.sessions, tally.then["H2"], tally.now["H2"]) == (1, 1, 1)


def test_what_the_clinic_had_set_that_day_still_holds() -> None:
    set_then = Bounds({"platelets_low": Decimal(40_000)})
    tally = replay(rows(one=[receipt(platelets(30_000), bounds=set_then)]), NOBODY_SET)
    assert (tally.then["H2"], tally.now["H2"], tally.new.total()) == (1, 1, 0)


def test_a_rule_that_is_there_no_more_is_gone_and_listed_last() -> None:
    old = receipt(platelets(15_000))
    old = replace(old, shown=(*old.shown, Shown("ZZ", 4, Level.STOP)))
    tally = replay(rows(one=[old]), NOBODY_SET)
    assert (tally.then["ZZ"], tally.now["ZZ"], tally.gone["ZZ"]) == (1, 0, 1)
    assert tally.rules[-1] == "ZZ"
    assert tally.rules[0] == "N2"


def test_a_session_with_an_unreadable_receipt_counts_nowhere_and_is_named() -> None:
    good, (_, _, text) = rows(a=[receipt()]), rows(b=[receipt()])[0]
    spoilt = [("b", "b-0", text), ("b", "b-1", text.replace('"form": 1', '"form": 7'))]
    tally = replay([*good, *spoilt, ("c", "c-0", "{")], NOBODY_SET)
    assert tally.sessions == 1
    assert tally.unreadable == [
        "Receipt b-1 cannot be read: it is of form 7, and this program reads form 1.",
        "Receipt c-0 cannot be read: it is no JSON.",
    ]


def test_tallies_add_up() -> None:
    whole, half = Tally(), replay(rows(a=[receipt(platelets(15_000))]), NOBODY_SET)
    whole.add(half)
    whole.add(half)
    assert (whole.sessions, whole.now["H2"]) == (2, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("platelets=1", "There is no threshold «platelets»: "),
        ("", "There is no threshold «»"),
        ("platelets_low", "«» is no number"),
        ("platelets_low=few", "«few» is no number"),
        ("platelets_low=NaN", "«NaN» is no number"),
        ("platelets_low=19999", "no clinic may set it looser than 20,000 /µL"),
    ],
)
def test_a_setting_that_no_clinic_could_have_is_refused(text: str, said: str) -> None:
    with pytest.raises(NoSuchSetting, match=said):
        setting(text)


@pytest.mark.parametrize("text", ["platelets_low=20000", " platelets_low = 20000.0 "])
def test_a_setting_at_the_floor_is_taken(text: str) -> None:
    assert setting(text) == ("platelets_low", Decimal(20_000))


@pytest.mark.slow  # starts processes
def test_several_processors_count_what_one_counts() -> None:
    """Every parcel holds whole sessions: those of two receipts count once in either way."""
    one = [receipt(platelets(15_000)), receipt(platelets(25_000))]
    several = rows(**{f"s{n}": one[: n % 2 + 1] for n in range(600)})
    alone, together = replay_on(1, several, NOBODY_SET), replay_on(2, several, NOBODY_SET)
    assert together == alone
    assert alone.sessions == 600
