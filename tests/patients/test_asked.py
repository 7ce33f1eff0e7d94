"""What is asked of a patient today, as a page offers it; «not known» and «none of these»."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sessions_app.audit.models import AuditEvent
from sessions_app.patients import actions, asked_actions
from sessions_app.patients.asked import Asking, asked_of
from sessions_app.patients.facts import facts_of
from sessions_app.patients.models import ClinicalFact
from sessions_app.safety.assess import assess
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.recorded import FactTopic
from tests.universe import Universe

K = FactKind


def chart(universe: Universe) -> list[ClinicalFact]:
    """The facts of the patient that stand."""
    return [one for one in universe.chen.facts.all() if one.stands_on(universe.today)]


def asking(universe: Universe) -> Asking:
    return asked_of(chart(universe), universe.today)


def learn(universe: Universe, kind: FactKind, *, days: int = 0, **more: object) -> ClinicalFact:
    seen = universe.today - timedelta(days=days)
    said = {"source": "nurse", "observed_on": seen, "by": universe.therapist, **more}
    return actions.record_fact(patient=universe.chen, kind=kind, **said)


def stale(universe: Universe, kind: FactKind, **more: object) -> ClinicalFact:
    return learn(universe, kind, days=(kind.default_validity_days or 0) + 1, **more)


def say_none(universe: Universe, *kinds: FactKind) -> list[ClinicalFact]:
    return asked_actions.say_none(
        universe.chen, kinds=kinds, on=universe.today, by=universe.therapist
    )


def topic(universe: Universe, wanted: FactTopic) -> list[FactKind]:
    """The kinds that are asked of a topic today."""
    return [kind for one in asking(universe).topics if one.topic is wanted for kind in one.kinds]


def test_what_nobody_asked_stands_under_its_topic(universe: Universe) -> None:
    assert topic(universe, FactTopic.CLOTS) == [
        K.LIMB_CLOT_SIGNS,
        K.RECENT_CLOT,
    ]
    everything = {kind for one in asking(universe).topics for kind in one.kinds}
    assert K.PLATELETS not in everything


def test_the_count_says_how_much_there_is_to_ask(universe: Universe) -> None:
    before = asking(universe)
    assert before.count == f"{len(before.topics)} topics"
    stale(universe, K.WOUND, sites=[BodySite.HEEL_LEFT])
    stale(universe, K.PLATELETS, value=Decimal(34), unit="per_nl")
    assert asking(universe).count.startswith("2 questions, ")
    kinds = topic(universe, FactTopic.SIGNS)
    asked_actions.say_none(
        universe.chen, kinds=kinds, on=universe.today - timedelta(days=2), by=universe.therapist
    )
    # what was answered for one day is asked anew, and said to be so
    now = asking(universe)
    assert [one.topic for one in now.topics if one.asked_before] == [FactTopic.SIGNS]
    assert now.count.endswith(f"{len(now.topics)} topics")


def test_the_strongest_question_comes_first(universe: Universe) -> None:
    stale(universe, K.DEVICE, sites=[BodySite.CHEST_RIGHT])
    stale(universe, K.PLATELETS, value=Decimal(34), unit="per_nl")
    assert [one.fact.kind for one in asking(universe).again] == ["platelets", "device"]
    assert asking(universe).topics[0].topic is FactTopic.SIGNS


@pytest.mark.parametrize("kind", [K.PLATELETS, K.WOUND, K.RECENT_CLOT, K.DEVICE])
def test_not_known_is_kept_and_changes_no_limit(universe: Universe, kind: FactKind) -> None:
    values = {K.PLATELETS: {"value": Decimal(34), "unit": "per_nl"}}
    sites = {"sites": [BodySite.CALF_LEFT]} if kind.needs_sites else {}
    fact = stale(universe, kind, **values.get(kind, {}), **sites)
    mine = (universe.birchwood.pk, universe.chen.pk, universe.today, universe.today)
    before = assess(facts_of(*mine), None, universe.today)
    asked_actions.leave_unknown(fact, on=universe.today, by=universe.therapist)
    after = assess(facts_of(*mine), None, universe.today)
    assert after == before
    assert after.digest() == before.digest()
    # it is told that it was asked, and asked again tomorrow
    [one] = [each for each in asking(universe).again if each.fact.pk == fact.pk]
    assert one.unknown_today
    assert one not in asking(universe).open
    tomorrow = asked_of(chart(universe), universe.today + timedelta(days=1))
    assert fact.pk in {each.fact.pk for each in tomorrow.open}


def test_not_known_is_told_once_a_day_and_not_of_what_has_ended(universe: Universe) -> None:
    fact = stale(universe, K.WOUND, sites=[BodySite.HEEL_LEFT])
    for _ in range(2):
        asked_actions.leave_unknown(fact, on=universe.today, by=universe.therapist)
    assert AuditEvent.objects.filter(action="fact.unknown").count() == 1
    asked_actions.deny_fact(fact, on=universe.today, by=universe.therapist)
    with pytest.raises(asked_actions.AlreadyAnswered):
        asked_actions.leave_unknown(fact, on=universe.today, by=universe.therapist)
    with pytest.raises(PermissionDenied):
        asked_actions.leave_unknown(fact, on=universe.today, by=universe.volunteer)


def test_none_of_these_answers_a_topic_in_one(universe: Universe) -> None:
    kinds = topic(universe, FactTopic.CLOTS)
    said = say_none(universe, *kinds)
    assert {one.kind for one in said} == {kind.value for kind in kinds}
    assert all(one.is_absent and one.valid_until for one in said)
    assert topic(universe, FactTopic.CLOTS) == []
    [event] = AuditEvent.objects.filter(action="fact.none_of_these")
    assert sorted(event.new["kinds"]) == sorted(kind.value for kind in kinds)
    assert say_none(universe, *kinds) == []  # a second tap says nothing new


def test_none_of_these_takes_the_place_of_an_older_none(universe: Universe) -> None:
    yesterday = universe.today - timedelta(days=1)
    asked_actions.say_none(universe.chen, kinds=[K.CORD_SIGNS], on=yesterday, by=universe.therapist)
    say_none(universe, K.CORD_SIGNS)
    [one] = [fact for fact in chart(universe) if fact.kind == K.CORD_SIGNS.value]
    assert one.observed_on == universe.today


@pytest.mark.parametrize("days", [0, 5, 40])
def test_none_of_these_never_speaks_over_what_is_on_record(universe: Universe, days: int) -> None:
    fact = learn(universe, K.WOUND, days=days, sites=[BodySite.HEEL_LEFT])
    assert say_none(universe, K.WOUND) == []
    fact.refresh_from_db()
    assert fact.ended_on is None


def test_none_of_these_is_no_answer_of_a_measurement_or_a_consent(universe: Universe) -> None:
    for kind in (K.PLATELETS, K.CONSENT):
        with pytest.raises(ValueError, match=kind.value):
            say_none(universe, K.WOUND, kind)
    with pytest.raises(PermissionDenied):
        asked_actions.say_none(
            universe.chen, kinds=[K.WOUND], on=universe.today, by=universe.volunteer
        )
    assert not [fact for fact in chart(universe) if fact.kind == K.WOUND.value]
