"""What a replay found, as its page shows it."""

from dataclasses import dataclass

from sessions_app.safety.catalogue import CATALOGUE
from sessions_app.sessions.replayed import Replayed

NEWEST = 1_000
"""How many sessions a page asks again at most, so that it is there within two seconds."""

_TITLES = {rule.id: rule.title for rule in CATALOGUE}


@dataclass(frozen=True)
class ReplayLine:
    """One rule: in how many sessions it would speak now, and spoke then."""

    rule: str
    title: str
    now: int
    then: int
    new: int
    gone: int


def lines_of(found: Replayed) -> tuple[ReplayLine, ...]:
    """Return the rules that speak now or spoke then, in the order of the catalogue."""
    tally = found.tally
    return tuple(
        ReplayLine(
            rule,
            _TITLES.get(rule, "no longer in the catalogue"),
            tally.now[rule],
            tally.then[rule],
            tally.new[rule],
            tally.gone[rule],
        )
        for rule in tally.rules
        if tally.now[rule] or tally.then[rule]
    )
