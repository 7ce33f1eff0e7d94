"""Scales, and how facts are recorded."""

import pytest

from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.scales import RATED, Scale
from sessions_app.vocabulary.units import Unit


@pytest.mark.parametrize(
    ("scale", "low", "high", "better"),
    [
        (Scale.PAIN, 0, 10, False),
        (Scale.MOOD, 0, 10, True),
        (Scale.RELAXATION, 0, 10, True),
        (Scale.SLEEP, 0, 10, True),
        (Scale.HEART_RATE, 20, 250, None),
        (Scale.RESPIRATORY_RATE, 4, 80, None),
    ],
)
def test_range_and_direction(scale: Scale, low: int, high: int, better: bool | None) -> None:
    assert (scale.minimum, scale.maximum, scale.higher_is_better) == (low, high, better)
    assert [scale.allows(score) for score in (low - 1, low, high, high + 1)] == [
        *(False, True),
        *(True, False),
    ]


@pytest.mark.parametrize("scale", Scale)
def test_both_ends_have_words_and_there_is_a_question(scale: Scale) -> None:
    assert scale.low_word
    assert scale.high_word
    assert scale.low_word != scale.high_word
    assert scale.question
    assert bool(scale.unit) == (scale not in RATED)


def test_zero_is_a_score_on_every_rated_scale() -> None:
    assert all(scale.allows(0) for scale in RATED)


def test_only_a_platelet_count_has_units_and_only_consent_has_answers() -> None:
    assert [kind for kind in FactKind if kind.unit_choices] == [FactKind.PLATELETS]
    assert [kind for kind in FactKind if kind.value_choices] == [FactKind.CONSENT]
    assert [kind for kind in FactKind if kind.has_value] == [FactKind.PLATELETS, FactKind.CONSENT]


def test_kinds_with_a_place_ask_for_it() -> None:
    assert {kind for kind in FactKind if kind.needs_sites} == {
        FactKind.BONE_METASTASIS,
        FactKind.LYMPH_NODES,
        FactKind.DEVICE,
        FactKind.LIMB_CLOT_SIGNS,
    }


def test_validity_is_in_days_and_lymph_nodes_count_for_life() -> None:
    assert FactKind.LYMPH_NODES.default_validity_days is None
    assert FactKind.PLATELETS.default_validity_days == 7
    assert FactKind.CONSENT.default_validity_days == 365


def test_forty_five_per_nanolitre_is_forty_five_thousand_per_microlitre() -> None:
    assert 45 * Unit.PER_NL.factor == 45_000 * Unit.PER_UL.factor
