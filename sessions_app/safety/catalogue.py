"""Every rule, in the order in which it is shown at equal strength."""

from sessions_app.safety.rule import Rule
from sessions_app.safety.rules.blood import H1, H2, H3, H4, H5, H6
from sessions_app.safety.rules.bones import B1, B2, B3, B4, B5
from sessions_app.safety.rules.ceiling import PC
from sessions_app.safety.rules.clots import V1, V2, V3
from sessions_app.safety.rules.consent import E1, X1, X2, X3
from sessions_app.safety.rules.course import Y1, Y2, Y3
from sessions_app.safety.rules.devices import D1, D2, D3, M3
from sessions_app.safety.rules.drugs import C1, C2
from sessions_app.safety.rules.infection import F1, F2, F3
from sessions_app.safety.rules.lymph import L1, L2, L3, O1, O2
from sessions_app.safety.rules.mind import M1, M2, U3
from sessions_app.safety.rules.pain import Q1, Q2, Q3
from sessions_app.safety.rules.radiation import R1, R2, R3
from sessions_app.safety.rules.skin import K1, P1, P2
from sessions_app.safety.rules.spine import N1, N2, N3
from sessions_app.safety.rules.strength import G1, G2, U1, U2
from sessions_app.safety.rules.tumour import A1, T1
from sessions_app.safety.rules.wounds import W1, W2
from sessions_app.safety.thresholds import Threshold

__all__ = ["CATALOGUE", "THRESHOLDS", "Rule", "catalogue_of", "rule"]


def catalogue_of(*rules: Rule) -> tuple[Rule, ...]:
    """Return the rules as a catalogue. Raises ``ValueError`` if two share an id."""
    seen: set[str] = set()
    for each in rules:
        if each.id in seen:
            raise ValueError(f"Rule {each.id} is in the catalogue twice.")
        seen.add(each.id)
    return rules


CATALOGUE: tuple[Rule, ...] = catalogue_of(
    *(N2, V2, F1),
    *(B1, B2, B3, B4, B5, N1, N3),
    *(V1, V3, L2, L3, O1, P2, F2, F3, R2, W2),
    *(H1, H2, H3, H5, H6),
    *(X1, X2, M1, U3, Q2, Y2),
    *(L1, D1, D2, D3, M3, W1, R1, R3, T1, K1, P1, O2, A1),
    *(C1, C2, G1, G2, U1, U2, E1, X3, Q1, Q3, Y1),
    *(H4, M2, Y3, PC),
)  # fmt: skip

_BY_ID: dict[str, Rule] = {each.id: each for each in CATALOGUE}

THRESHOLDS: dict[str, Threshold] = {
    threshold.key: threshold for each in CATALOGUE for threshold in each.thresholds
}
"""Every number that a clinic may set, by its key."""


def rule(id: str) -> Rule:
    """Return the rule with this id. Raises ``KeyError`` if the catalogue has none."""
    return _BY_ID[id]
