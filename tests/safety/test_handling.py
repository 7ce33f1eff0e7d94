"""What is kept beside the pressure: how it adds up, and where a session goes past it."""

import pytest

from sessions_app.safety.assess import assess
from sessions_app.safety.handling import Handling, together
from sessions_app.safety.situation import PlannedSession
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.records import Position, Product
from sessions_app.vocabulary.techniques import Technique
from tests.safety.making import TODAY, fact, facts

B, K = BodySite, FactKind
STOMA, BREATHLESS = fact(K.STOMA), fact(K.BREATHLESS_LYING)
THIN, DYING = fact(K.CACHEXIA), fact(K.ACTIVELY_DYING)
PATCH, ALLERGY = fact(K.MEDICINE_PATCH, B.HAND_LEFT), fact(K.ALLERGY)
OIL, OWN = Product.UNSCENTED_OIL, Product.PATIENT_OWN
HAND, FACE = frozenset({B.HAND_LEFT}), frozenset({B.FACE})


def breaks(each, **session) -> list[tuple]:
    """What the session breaks beside the pressure of a site."""
    verdict = assess(facts(fact(K.CONSENT, value=1), *each), PlannedSession(**session), TODAY)
    return [(b.what, b.chosen, b.limit, b.rules) for b in verdict.breaks if b.site is None]


def test_nothing_kept_is_false_and_anything_kept_is_true() -> None:
    assert not Handling()
    kept = [
        Handling(still_joints=HAND), Handling(no_heat=HAND), Handling(no_product=HAND),
        Handling(not_lying=frozenset({Position.PRONE})), Handling(raise_head=True),
        Handling(minutes=20), Handling(products=frozenset()),
    ]  # fmt: skip
    assert all(kept)


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        (Handling(), Handling(), Handling()),
        (
            Handling(still_joints=HAND),
            Handling(still_joints=FACE),
            Handling(still_joints=HAND | FACE),
        ),
        (Handling(no_heat=HAND), Handling(no_heat=FACE), Handling(no_heat=HAND | FACE)),
        (Handling(no_product=HAND), Handling(no_product=FACE), Handling(no_product=HAND | FACE)),
        (
            Handling(not_lying=frozenset({Position.PRONE})),
            Handling(not_lying=frozenset({Position.SUPINE})),
            Handling(not_lying=frozenset({Position.PRONE, Position.SUPINE})),
        ),
        (Handling(raise_head=True), Handling(), Handling(raise_head=True)),
        (Handling(), Handling(raise_head=True), Handling(raise_head=True)),
        (Handling(minutes=20), Handling(), Handling(minutes=20)),
        (Handling(minutes=15), Handling(minutes=20), Handling(minutes=15)),
        (Handling(minutes=20), Handling(minutes=15), Handling(minutes=15)),
        (
            Handling(products=frozenset({OIL})),
            Handling(),
            Handling(products=frozenset({OIL})),
        ),
        (
            Handling(products=frozenset({OIL, OWN})),
            Handling(products=frozenset({OWN})),
            Handling(products=frozenset({OWN})),
        ),
        (
            Handling(products=frozenset({OIL})),
            Handling(products=frozenset({OWN})),
            Handling(products=frozenset()),
        ),
    ],
)
def test_together_all_of_them_hold(one: Handling, other: Handling, whole: Handling) -> None:
    assert together([one, other]) == together(iter([other, one])) == whole


def test_nothing_together_is_nothing() -> None:
    assert together([]) == Handling()


@pytest.mark.parametrize(
    ("each", "session", "expected"),
    [
        ((STOMA,), {"position": Position.PRONE}, [(Position.PRONE, None, None, ("D3",))]),
        ((STOMA,), {"position": Position.SUPINE}, []),
        ((STOMA,), {}, []),
        ((), {"position": Position.PRONE}, []),
        (
            (STOMA, BREATHLESS),
            {"position": Position.PRONE},
            [(Position.PRONE, None, None, ("D3", "U2"))],
        ),
        (
            (STOMA, BREATHLESS),
            {"position": Position.SUPINE},
            [(Position.SUPINE, None, None, ("U2",))],
        ),
        ((THIN,), {"minutes": 20}, []),
        ((THIN,), {"minutes": 21}, [(None, 21, 20, ("G1",))]),
        ((THIN,), {}, []),
        ((), {"minutes": 240}, []),
        ((THIN, DYING), {"minutes": 16}, [(None, 16, 15, ("G2",))]),
        ((ALLERGY,), {"product": OWN}, [(OWN, None, None, ("E1",))]),
        ((ALLERGY,), {"product": OIL}, []),
        ((ALLERGY,), {"product": Product.NONE}, []),
        ((ALLERGY,), {}, []),
        ((), {"product": OWN}, []),
        (
            (PATCH,),
            {"product": OIL, "pressures": {B.HAND_LEFT: 0}},
            [(OIL, None, None, ("M3",))],
        ),
        ((PATCH,), {"product": OIL, "pressures": {B.HAND_RIGHT: 0}}, []),
        ((PATCH,), {"product": Product.NONE, "pressures": {B.HAND_LEFT: 0}}, []),
        ((PATCH,), {"pressures": {B.HAND_LEFT: 0}}, []),
        (
            (PATCH, ALLERGY),
            {"product": OWN, "pressures": {B.HAND_LEFT: 0}},
            [(OWN, None, None, ("M3", "E1"))],
        ),
        (
            (STOMA, THIN, ALLERGY),
            {"position": Position.PRONE, "minutes": 60, "product": OWN},
            [
                (Position.PRONE, None, None, ("D3",)),
                (OWN, None, None, ("E1",)),
                (None, 60, 20, ("G1",)),
            ],
        ),
        (
            (THIN, STOMA, DYING),
            {"techniques": frozenset({Technique.PETRISSAGE, Technique.EFFLEURAGE})},
            [
                (Technique.EFFLEURAGE, None, None, ("G2",)),
                (Technique.PETRISSAGE, None, None, ("G2",)),
            ],
        ),
    ],
)
def test_where_a_session_goes_past_it(each, session, expected) -> None:
    assert breaks(each, **session) == expected


def test_the_breaks_read_plainly_and_are_of_no_site() -> None:
    plan = PlannedSession(position=Position.PRONE, minutes=60, product=OWN)
    given = facts(fact(K.CONSENT, value=1), STOMA, THIN, ALLERGY)
    found = assess(given, plan, TODAY).breaks
    assert [one.words for one in found] == [
        "Face down: to be left out (D3)",
        "The patient's own: to be left out (E1)",
        "Duration: 60 minutes, at most 20 (G1)",
    ]
    assert [(one.site, one.technique) for one in found] == [(None, None)] * 3


def test_a_verdict_tells_all_that_is_kept() -> None:
    kept = assess(facts(STOMA, BREATHLESS, THIN, PATCH), None, TODAY).handling
    assert kept == Handling(
        no_heat=HAND,
        no_product=HAND,
        not_lying=frozenset({Position.PRONE, Position.SUPINE}),
        raise_head=True,
        minutes=20,
    )
    bones = assess(facts(fact(K.BONE_METASTASIS, B.FACE)), None, TODAY).handling
    assert bones == Handling(still_joints=ALL_SITES)
