"""The check that most rules are made of: facts, their places, and what is not known of them."""

from dataclasses import replace

import pytest

from sessions_app.safety.checks import Limits, capital, hit, present
from sessions_app.safety.facts import Fact
from sessions_app.safety.handling import Handling
from sessions_app.safety.rule import Hit
from sessions_app.safety.situation import Situation
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.techniques import Technique
from tests.safety.making import TODAY, ago, fact, facts

B = BodySite
HAND, FACE = frozenset({B.HAND_LEFT}), frozenset({B.FACE})
THERE, NOWHERE = fact(FactKind.DEVICE, B.HAND_LEFT), fact(FactKind.DEVICE)
STOMA = fact(FactKind.STOMA)


def made(limits: Limits, *each: Fact) -> Hit:
    """What follows from the facts."""
    return hit(each, limits, Situation(facts(*each), TODAY))


@pytest.mark.parametrize(
    ("limits", "each", "sites", "ceiling", "elsewhere"),
    [
        (Limits(), (THERE,), HAND, None, None),
        (Limits(ceiling=1), (THERE,), HAND, 1, None),
        (Limits(ceiling=1, elsewhere=2), (THERE,), HAND, 1, 2),
        (Limits(ceiling=1, elsewhere=1), (THERE,), ALL_SITES, 1, None),
        (Limits(ceiling=1, elsewhere=2), (NOWHERE,), ALL_SITES, 2, None),
        (Limits(ceiling=-1, unplaced=1), (THERE,), HAND, -1, None),
        (Limits(ceiling=-1, unplaced=1), (NOWHERE,), ALL_SITES, 1, None),
        (Limits(ceiling=-1, unplaced=1), (THERE, NOWHERE), HAND, -1, 1),
        (Limits(ceiling=-1, elsewhere=2, unplaced=1), (THERE, NOWHERE), HAND, -1, 1),
        (Limits(ceiling=-1, elsewhere=1, unplaced=2), (THERE, NOWHERE), HAND, -1, 1),
        (Limits(ceiling=-1, elsewhere=2, unplaced=1), (THERE,), HAND, -1, 2),
        (Limits(ceiling=1, fixed=FACE), (THERE,), HAND | FACE, 1, None),
        (Limits(ceiling=1), (STOMA,), ALL_SITES, 1, None),
        (Limits(ceiling=1, fixed=FACE), (STOMA,), FACE, 1, None),
        (Limits(), (STOMA,), frozenset(), None, None),
        (Limits(ceiling=1, widen=lambda sites: sites | FACE), (THERE,), HAND | FACE, 1, None),
    ],
)
def test_where_a_fact_limits_and_how_far(limits, each, sites, ceiling, elsewhere) -> None:
    found = made(limits, *each)
    assert (found.sites, found.ceiling, found.elsewhere) == (sites, ceiling, elsewhere)
    assert found.facts == each
    assert found.level is None


def test_each_fact_is_widened_by_itself() -> None:
    widened = Limits(ceiling=1, widen=lambda sites: sites or FACE)
    assert made(widened, THERE, NOWHERE).sites == HAND | FACE
    assert made(widened, NOWHERE).sites == FACE
    assert made(Limits(ceiling=1), THERE, NOWHERE).sites == HAND


def test_techniques_and_handling_follow_from_the_sites() -> None:
    rubbing = frozenset({Technique.CIRCLES})
    limits = Limits(forbidden=rubbing, handle=lambda sites: Handling(no_heat=sites))
    found = made(limits, THERE)
    assert (found.forbidden, found.handling) == (rubbing, Handling(no_heat=HAND))
    assert made(Limits(), THERE).handling == Handling()


def test_a_present_fact_speaks_once_for_all_of_its_kinds() -> None:
    check = present(FactKind.STOMA, FactKind.ALLERGY)
    allergy = fact(FactKind.ALLERGY)
    assert list(check(Situation(facts(), TODAY))) == []
    assert list(check(Situation(facts(THERE), TODAY))) == []
    assert list(check(Situation(facts(fact(FactKind.STOMA, value=0)), TODAY))) == []
    (one,) = check(Situation(facts(allergy, STOMA, THERE), TODAY))
    assert one.facts == (STOMA, allergy)
    assert one.ceiling is None


@pytest.mark.parametrize(("lifelong", "asked"), [(True, False), (False, True)])
@pytest.mark.parametrize("given", [THERE, STOMA])
def test_what_holds_for_life_is_not_asked_again(given: Fact, lifelong: bool, asked: bool) -> None:
    old = replace(given, observed_on=ago(90), valid_until=ago(9))
    (one,) = present(old.kind, lifelong=lifelong)(Situation(facts(old), TODAY))
    assert ("ask whether still so" in one.message) is asked
    (without_limits,) = present(old.kind)(Situation(facts(old), TODAY))
    assert "ask whether still so" in without_limits.message


@pytest.mark.parametrize(
    ("text", "large"), [("new pain", "New pain"), ("°C", "°C"), ("", ""), ("aB", "AB")]
)
def test_only_the_first_letter_is_made_large(text: str, large: str) -> None:
    assert capital(text) == large
