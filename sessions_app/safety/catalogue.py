"""Every rule, in the order in which it is shown at equal strength."""

from sessions_app.safety.rule import Rule
from sessions_app.safety.rules.blood import H1, H2, H3, H4, H5
from sessions_app.safety.rules.bones import B1, B2, B3
from sessions_app.safety.rules.ceiling import PC
from sessions_app.safety.rules.clots import V1
from sessions_app.safety.rules.consent import X1
from sessions_app.safety.rules.devices import D1
from sessions_app.safety.rules.lymph import L1

__all__ = ["CATALOGUE", "Rule", "catalogue_of", "rule"]


def catalogue_of(*rules: Rule) -> tuple[Rule, ...]:
    """Return the rules as a catalogue. Raises ``ValueError`` if two share an id."""
    seen: set[str] = set()
    for each in rules:
        if each.id in seen:
            raise ValueError(f"Rule {each.id} is in the catalogue twice.")
        seen.add(each.id)
    return rules


CATALOGUE: tuple[Rule, ...] = catalogue_of(B1, B2, B3, V1, H1, H2, H3, H4, H5, L1, D1, X1, PC)

_BY_ID: dict[str, Rule] = {each.id: each for each in CATALOGUE}


def rule(id: str) -> Rule:
    """Return the rule with this id. Raises ``KeyError`` if the catalogue has none."""
    return _BY_ID[id]
