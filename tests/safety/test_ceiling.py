"""PC: the usual pressure ceiling."""

import pytest

from sessions_app.safety.assess import limits
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Level
from tests.safety.making import TODAY, ago, fact, facts, found, only, platelets


@pytest.mark.parametrize(
    ("each", "ceiling"),
    [
        ((), 3),
        ((platelets(200_000),), 3),
        ((fact(FactKind.OTHER_METASTASIS),), 2),
        ((fact(FactKind.OTHER_METASTASIS, days=900, until=ago(700)),), 2),
        ((fact(FactKind.BONE_METASTASIS, BodySite.HIP_LEFT),), 2),
        ((fact(FactKind.MYELOSUPPRESSIVE_THERAPY), platelets(200_000)), 2),
        ((fact(FactKind.DEVICE, BodySite.HIP_LEFT),), 3),
    ],
)
def test_two_with_metastases_or_treatment_otherwise_three(each, ceiling: int) -> None:
    at = limits(facts(*each), TODAY)[BodySite.FOREARM_LEFT]
    assert at.ceiling == ceiling
    assert "PC" in at.reasons
    assert [at.allows(level) for level in (0, ceiling, ceiling + 1)] == [True, True, False]


def test_it_informs_and_says_why() -> None:
    plain = only(found("PC"))
    assert (plain.level, plain.facts) == (Level.INFORM, ())
    assert plain.message == "Pressure 3 at most: no metastasis or current treatment is recorded."
    lowered = only(found("PC", fact(FactKind.OTHER_METASTASIS)))
    assert lowered.message == "Pressure 2 at most: other metastasis (20 Nov 2026; chart)."
