"""The sentences above the panels."""

from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes import answers, lasting_answers
from sessions_app.outcomes.bands import ScorePairs, band_table
from sessions_app.outcomes.completeness import Completeness, Sensitivity
from sessions_app.outcomes.durability import AtNumber, Lasting, Later
from sessions_app.outcomes.funnel import Funnel, Place, Unit
from sessions_app.outcomes.lasting_answers import Along
from sessions_app.outcomes.responders import Threshold
from sessions_app.outcomes.spoken import percent
from sessions_app.outcomes.summary import MeanChange
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint

LOWER = MeanChange(143, 812, 1.62, 1.40, 1.84, 1.7)
HIGHER = MeanChange(143, 812, -0.5, -0.8, -0.2, -0.4)
OPEN = MeanChange(12, 30, 0.1, -0.2, 0.4, 0.1)
FEW = MeanChange(4, 9, hidden_because="needs 10 patients with both scores; you have 4")
NOUGHT = MeanChange(10, 20, 0, 0, 0, 0)
TOO_FEW = "needs 2 clinics; you have 1"
UNITS = tuple(Unit(str(i), 12, 1.5, 6, Place.INSIDE) for i in range(8))
OUT = Unit("far", 30, 4, 7, Place.BEYOND_95)
ASLEEP, STAFF = NotGivenReason.ASLEEP, NotGivenReason.STAFF

SAID = [
    (
        answers.happening(180, 142, {ASLEEP: 12, STAFF: 3}),
        (
            "Given: 142 of 180 planned sessions (79 %); the most frequent reason for not giving "
            "one was «Asleep» (12)."
        ),
    ),
    (
        answers.happening(6, 2, {STAFF: 2, ASLEEP: 2}),
        (
            "Given: 2 of 6 planned sessions (33 %); the most frequent reason for not giving one "
            "was «Asleep» and «No therapist» (2)."
        ),
    ),
    (answers.happening(1, 1, {}), "Given: 1 of 1 planned session (100 %)."),
    (answers.happening(0, 0, {}), "No session was planned in this time."),
    (
        answers.changed(Scale.PAIN, LOWER, 61),
        (
            "After sessions pain was 1.62 points lower than before, on average (95 % interval 1.40 "
            "to 1.84; 812 sessions from 143 patients; 61 without both scores)."
        ),
    ),
    (
        answers.changed(Scale.PAIN, HIGHER, 0),
        (
            "After sessions pain was 0.50 points higher than before, on average (95 % interval "
            "0.20 to 0.80; 812 sessions from 143 patients; 0 without both scores)."
        ),
    ),
    (
        answers.changed(Scale.MOOD, OPEN, 2),
        (
            "Whether mood is lower or higher after sessions cannot be told from these: the 95 % "
            "interval reaches from 0.20 points lower to 0.40 points higher (30 sessions from 12 "
            "patients; 2 without both scores)."
        ),
    ),
    (
        answers.changed(Scale.PAIN, NOUGHT, 0),
        (
            "After sessions pain was the same as before, on average, for every patient (20 "
            "sessions from 10 patients; 0 without both scores)."
        ),
    ),
    (answers.changed(Scale.PAIN, FEW, 3), "Needs 10 patients with both scores; you have 4."),
    (
        answers.moved(band_table(ScorePairs.of(Scale.PAIN, [(7, 3), (4, 0), (5, 5), (1, 8)]))),
        (
            "2 of 4 sessions ended in a better band than before (50 %), 1 in the same, 1 in a "
            "worse one."
        ),
    ),
    (
        answers.moved(band_table(ScorePairs(Scale.PAIN))),
        "No session with both scores in this time.",
    ),
    (
        answers.complete(Completeness(873, 812, 4)),
        (
            "Both scores are there for 812 of 873 given sessions (93 %); written down more than 24 "
            "hours later: 4."
        ),
    ),
    (
        answers.complete(Completeness(10, 7)),
        (
            "Both scores are there for 7 of 10 given sessions (70 %); written down more than 24 "
            "hours later: 0. More than a fifth lack a score, so a mean of the others may mislead."
        ),
    ),
    (answers.complete(Completeness()), "No session was given in this time."),
    (
        answers.bounded(Scale.PAIN, Sensitivity(LOWER, OPEN, HIGHER, 61)),
        (
            "On average pain was 1.62 points lower after sessions; had the 61 sessions without a "
            "score after brought no change, 0.10 points lower; had all of them ended at the worst "
            "score, 0.50 points higher."
        ),
    ),
    (
        answers.bounded(Scale.PAIN, Sensitivity(LOWER, LOWER, LOWER, 0)),
        "No session has a score before and none after, so nothing had to be assumed.",
    ),
    (
        answers.bounded(Scale.PAIN, Sensitivity(FEW, FEW, FEW, 3)),
        "Needs 10 patients with both scores; you have 4.",
    ),
    (
        answers.outside(
            {Scale.PAIN: Funnel((*UNITS, OUT), 1.5, 1.2), Scale.MOOD: Funnel(UNITS, 1.5, 1.2)},
            "therapist",
        ),
        (
            "Outside the limits that chance alone would keep 95 % within: pain, 1 of 9 therapists; "
            "mood, none of 8 therapists. This is no ranking: patients differ, as their mean score "
            "before shows."
        ),
    ),
    (
        answers.outside(
            {Scale.PAIN: Funnel(UNITS, 1.5, 1.2), Scale.MOOD: Funnel((), hidden_because=TOO_FEW)},
            "clinic",
        ),
        (
            "Outside the limits that chance alone would keep 95 % within: pain, none of 8 clinics; "
            "mood, needs 2 clinics; you have 1. This is no ranking: patients differ, as their mean "
            "score before shows."
        ),
    ),
    (
        answers.outside({Scale.PAIN: Funnel((), hidden_because=TOO_FEW)}, "clinic"),
        "Needs 2 clinics; you have 1.",
    ),
    (
        answers.withheld(4, 20),
        (
            "Not shown: 4 of 20 figures. Each tells of fewer than 5 patients, or would give away "
            "one that does."
        ),
    ),
    (answers.withheld(0, 20), ""),
    (
        lasting_answers.along(
            Scale.PAIN,
            (AtNumber(1, 40, 40, 5.5), AtNumber(2, 30, 30, 5.0), AtNumber(3, 9, 9, None)),
        ),
        (
            "On average pain was 5.50 before session 1 (40 patients) and 5.00 before session 2 (30 "
            f"patients). {lasting_answers.THINNED}"
        ),
    ),
    (
        lasting_answers.along(Scale.PAIN, (AtNumber(1, 40, 40, 5.5),), Along.WEEKS),
        "Needs two weeks with 10 patients each; you have 1.",
    ),
    (
        answers.changed_in(Scale.PAIN, [LOWER, HIGHER, FEW, OPEN]),
        (
            "Pain, by the 95 % intervals: lower after sessions than before in 1 of 3 arms, higher "
            "in 1, not to be told in 1."
        ),
    ),
    (
        answers.changed_in(Scale.MOOD, [FEW]),
        "Mood: no arm has 10 patients with both scores yet.",
    ),
    (
        answers.responded_in(
            {
                Threshold.THIRTY_PERCENT: [0.5],
                Threshold.TWO_POINTS: [0.75, 0.6],
            }
        ),
        (
            "By arm, of the sessions that began with pain of 4 or more: 50 % ended with at least "
            "30 % less (1 arm); 60 % to 75 % ended with at least 2 points less (2 arms)."
        ),
    ),
    (
        answers.responded_in({Threshold.TWO_POINTS: [0.5] * 3}, withheld=True),
        (
            "By arm, of the sessions that began with pain of 4 or more: 50 % ended with at least "
            "2 points less (3 arms)."
        ),
    ),
    (
        answers.responded_in({Threshold.TWO_POINTS: []}, withheld=True),
        "How many sessions ended with clearly less pain is not shown.",
    ),
    (
        answers.responded_in({}),
        "No arm has 10 patients with a session that began at 4 or more and has both scores yet.",
    ),
    (
        answers.left_out(2),
        (
            "2 clinics are left out: fewer than 10 patients with both scores, or one that would "
            "give these away."
        ),
    ),
    (answers.left_out(0), ""),
    (answers.unwanted(0, 0, 0, 0), "No session was given in this time."),
    (
        answers.unwanted(40, 1, 0, 2),
        (
            "1 incident (2.5 per 100) in 40 given sessions; a reaction was described in none of "
            "them, a limit was passed in 2."
        ),
    ),
    (
        answers.unwanted(1, 0, 1, 0),
        (
            "No incident in 1 given session; a reaction was described in 1 of them, a limit was "
            "passed in none."
        ),
    ),
    (
        lasting_answers.along(Scale.PAIN, ()),
        "Needs two session numbers with 10 patients each; you have none.",
    ),
    (
        lasting_answers.still_there(Scale.PAIN, Lasting(30, 80, 0.4, -0.1, 1.05)),
        (
            "When patients came again within 72 hours, 40 % of the change in pain was still there "
            "before the next session (95 % interval −10 % to 105 %; 80 pairs of sessions from 30 "
            "patients)."
        ),
    ),
    (
        lasting_answers.still_there(Scale.PAIN, Lasting(4, 8, hidden_because="needs 10")),
        "Needs 10.",
    ),
    (
        lasting_answers.later_answer(Scale.PAIN, TimePoint.NEXT_DAY, Later(OPEN, LOWER, 7)),
        (
            "Next day: beside the score before the session, pain was 0.10 points lower on average; "
            "right after the same sessions 1.62 points lower (30 sessions from 12 patients; 7 "
            "without this score)."
        ),
    ),
    (
        lasting_answers.later_answer(Scale.PAIN, TimePoint.NEXT_DAY, Later(FEW, FEW, 7)),
        "Next day: needs 10 patients with both scores; you have 4.",
    ),
]


@pytest.mark.parametrize(("said", "words"), SAID)
def test_sentences(said: str, words: str) -> None:
    assert said == words


@pytest.mark.parametrize(("said", "words"), SAID)
def test_no_sentence_claims_what_the_numbers_cannot_show(said: str, words: str) -> None:
    lowered = said.lower()
    assert not any(
        word in lowered for word in ("effect", "safe", "cause", "proven", "nan", "none,")
    )


def test_every_answer_is_among_the_sentences() -> None:
    """A new answer needs its examples here."""
    made = {
        name
        for module in (answers, lasting_answers)
        for name, one in vars(module).items()
        if getattr(one, "__module__", "") == module.__name__
        and callable(one)
        and not name.startswith("_")
        and get_type_hints(one).get("return") is str
    }
    assert made - {"percent_of"} == {
        "happening", "changed", "moved", "complete", "bounded", "outside", "withheld",
        "along", "still_there", "later_answer", "unwanted",
        "changed_in", "responded_in", "left_out",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (-0.2, "−20 %"),
        (-0.004, "just below 0 %"),
        (0.0, "0 %"),
        (0.004, "less than 1 %"),
        (1.3, "130 %"),
    ],
)
def test_a_share_may_lie_below_none(share: float, said: str) -> None:
    assert lasting_answers.percent_of(share) == said


@given(share=st.floats(0, 1))
def test_a_percentage_is_none_or_all_only_where_it_is(share: float) -> None:
    assert (percent(share) == "0 %") is (share == 0)
    assert (percent(share) == "100 %") is (share == 1)


@given(low=st.floats(-5, 5), width=st.floats(0, 5))
def test_better_is_said_only_where_the_interval_leaves_no_doubt(low: float, width: float) -> None:
    change = MeanChange(20, 40, low + width / 2, low, low + width, low + width / 2)
    said = answers.changed(Scale.PAIN, change, 0)
    assert ("cannot be told" in said) is (low <= 0 <= low + width and width > 0)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (-0.25, "−25 %"), (-0.01, "−1 %"), (-0.004, "just below 0 %"), (0.0, "0 %"),
        (0.004, "less than 1 %"), (0.06, "6 %"), (1.2, "120 %"),
    ],
)  # fmt: skip
def test_a_share_just_below_nothing_has_no_sign_before_words(share: float, said: str) -> None:
    assert lasting_answers.percent_of(share) == said
