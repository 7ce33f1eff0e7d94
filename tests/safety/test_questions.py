"""What is asked before a session: computed from the catalogue, what is out of date first."""

from dataclasses import replace
from datetime import date

import pytest

from sessions_app.safety.catalogue import CATALOGUE, rule
from sessions_app.safety.facts import Fact
from sessions_app.safety.questions import questions
from sessions_app.safety.rule import Rule
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Level
from tests.safety.making import TODAY, ago, fact, facts, only, platelets

K = FactKind


def stub(id: str, level: Level, *, asks: tuple[K, ...] = (), reads: tuple[K, ...] = ()) -> Rule:
    """A rule that only asks and reads."""
    return replace(rule("D1"), id=id, levels=(level,), asks=asks, reads=reads)


ASKS_STOMA = stub("S1", Level.CONFIRM, asks=(K.STOMA,), reads=(K.STOMA,))
READS_COUNT = stub("S2", Level.STOP, reads=(K.PLATELETS,))
ASKS_WOUND = stub("S3", Level.STOP, asks=(K.WOUND,), reads=(K.WOUND,))
READS_STOMA = stub("S4", Level.EMERGENCY, reads=(K.STOMA,))
STUBS = (ASKS_STOMA, READS_COUNT, ASKS_WOUND)


def asked(*each: Fact, catalogue: tuple[Rule, ...] = STUBS) -> list[K]:
    """The kinds that are asked today, in their order."""
    return [one.kind for one in questions(facts(*each), TODAY, catalogue)]


def not_so(kind: K, days: int, until: date | None = None) -> Fact:
    """Asked so many days ago, and not so."""
    return fact(kind, value=0, days=days, until=until)


def test_of_a_new_patient_all_is_asked_that_some_rule_asks_and_nothing_else() -> None:
    wanted = {kind for each in CATALOGUE for kind in each.asks}
    listed = [one.kind for one in questions(facts(), TODAY)]
    assert set(listed) == wanted
    assert len(listed) == len(wanted)
    assert {K.CONSENT, K.CORD_SIGNS, K.BONE_METASTASIS} <= wanted
    assert not wanted & {K.PLATELETS, K.NEUTROPHILS, K.HAEMOGLOBIN, K.TEMPERATURE}


def test_what_the_stronger_rule_wants_comes_first() -> None:
    listed = questions(facts(), TODAY)
    ranks = [one.level.rank for one in listed]
    assert ranks == sorted(ranks, reverse=True)
    assert {one.kind for one in listed if one.level is Level.EMERGENCY} == {
        *(K.CORD_SIGNS, K.EMBOLISM_SIGNS, K.FEVERISH),
    }
    assert asked() == [K.WOUND, K.STOMA]


@pytest.mark.parametrize(
    ("each", "again"),
    [
        ((fact(K.STOMA, days=3),), False),
        ((fact(K.STOMA, days=3, until=ago(0)),), False),
        ((fact(K.STOMA, days=3, until=ago(1)),), True),
        ((fact(K.STOMA, days=-1),), True),
        ((not_so(K.STOMA, 0),), False),
        ((not_so(K.STOMA, 180),), False),
        ((not_so(K.STOMA, 181),), True),
        ((not_so(K.STOMA, 181, until=ago(0)),), False),
        ((not_so(K.STOMA, 3, until=ago(1)),), True),
        ((not_so(K.STOMA, -1),), True),
        ((fact(K.STOMA, days=99, until=ago(9)), fact(K.STOMA, days=2)), False),
        ((fact(K.STOMA, days=99), fact(K.STOMA, days=9, until=ago(2))), True),
        ((fact(K.STOMA, days=2, until=ago(1)), not_so(K.STOMA, 2)), True),
        ((fact(K.STOMA, days=9, until=ago(1)), not_so(K.STOMA, 2)), False),
    ],
    ids=[
        *("so", "last day", "past its date", "ahead", "not so today", "not so, 180 days"),
        *("not so, 181 days", "not so, in date", "not so, past its date", "not so, ahead"),
        *("renewed", "newer is past", "so and not so on one day", "later not so"),
    ],
)
def test_one_answer_ends_the_asking_while_it_holds(each: tuple[Fact, ...], again: bool) -> None:
    assert (K.STOMA in asked(*each)) is again
    assert K.WOUND in asked(*each)


def test_what_is_out_of_date_is_asked_first_with_what_was_said() -> None:
    old = fact(K.STOMA, days=99, until=ago(9))
    first, second = questions(facts(old), TODAY, STUBS)
    assert (first.kind, first.last, first.is_again) == (K.STOMA, old, True)
    assert (second.kind, second.last, second.is_again) == (K.WOUND, None, False)


def test_an_old_no_is_asked_like_a_thing_nobody_asked() -> None:
    no = not_so(K.STOMA, 400)
    first, second = questions(facts(no), TODAY, STUBS)
    assert (first.kind, second.kind) == (K.WOUND, K.STOMA)
    assert (second.last, second.is_again) == (no, False)


def test_of_two_on_one_day_what_is_so_is_asked_about() -> None:
    so, no = fact(K.STOMA, days=5, until=ago(2)), not_so(K.STOMA, 5)
    again = next(one for one in questions(facts(no, so), TODAY, STUBS) if one.kind is K.STOMA)
    assert again.last == so


def test_a_measurement_is_asked_again_but_never_demanded() -> None:
    assert K.PLATELETS not in asked()
    assert K.PLATELETS not in asked(platelets(34_000, days=3, until=ago(0)))
    assert asked(platelets(34_000, days=18, until=ago(11)))[0] == K.PLATELETS


@pytest.mark.parametrize(
    ("each", "catalogue"),
    [
        ((fact(K.STOMA, days=99, until=ago(9)),), (READS_COUNT,)),
        ((not_so(K.STOMA, 400),), (READS_STOMA,)),
        ((platelets(34_000, days=18, until=ago(11)),), (ASKS_STOMA,)),
    ],
    ids=["no rule reads it", "an old no that is only read", "a count no rule reads"],
)
def test_what_no_rule_needs_is_not_asked_again(each, catalogue) -> None:
    assert not {one.kind for one in each} & set(asked(*each, catalogue=catalogue))


def test_a_question_names_the_rules_that_want_it_at_their_strongest() -> None:
    weak = stub("S5", Level.INFORM, asks=(K.STOMA,))
    told = only(questions(facts(), TODAY, (weak, ASKS_STOMA, READS_STOMA)))
    assert (told.rules, told.level) == (("S5", "S1"), Level.CONFIRM)


def test_where_no_rule_asks_those_that_read_are_named() -> None:
    old = fact(K.STOMA, days=99, until=ago(9))
    told = only(questions(facts(old), TODAY, (READS_COUNT, READS_STOMA)))
    assert (told.rules, told.level) == (("S4",), Level.EMERGENCY)


def test_the_list_may_be_given_as_any_iterable() -> None:
    assert len(questions(facts(), TODAY, iter(STUBS))) == 2


def test_sites_make_no_difference_to_what_is_asked() -> None:
    assert asked(fact(K.WOUND, BodySite.HEEL_LEFT)) == [K.STOMA]
