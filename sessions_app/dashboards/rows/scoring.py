"""The score pairs of a scope: each kind of pair kept once, and which sessions had it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sessions_app.dashboards.rows.packing import BITS, Numbers, Packing
from sessions_app.dashboards.rows.reading import once
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import Piece, in_portions, marks, scores_of, weeks
from sessions_app.outcomes.completeness import RatedBy
from sessions_app.outcomes.responders import LEAST_BEFORE, Threshold, responds
from sessions_app.vocabulary.scales import RATED, Scale

K = TypeVar("K")
PAIN = Scale.PAIN.value
PAIRS, BOTH, BEFORE, AFTER, GAPS, OF_GAPS, HIGH, BY_PERCENT, BY_POINTS = range(9)
"""What is summed of a scale: its pairs, those with both scores, and these scores.

Then the pairs whose second score alone is missing, and the first ones of those. Of pain also how
many could fall by much, and did.
"""


@dataclass(frozen=True, eq=False)
class Pair:
    """A kind of score pair: the same scores, by the same people, or lacking for the same reason."""

    scale: str
    before: int | None
    after: int | None
    before_missing: str
    after_missing: str
    rise: int | None
    """From before to after, where both scores are there."""
    packed: int
    """What it adds to the sums."""


@dataclass(frozen=True)
class Told:
    """The pairs that were told: of each scale, the pair of each session by its id.

    `by_session` adds up the pairs of a session over its scales.
    """

    pairs: dict[str, dict[str, Pair]]
    packing: Packing = field(default_factory=Packing)
    by_session: dict[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        """What is set in the sum of a session that has both scores of every scale."""
        places = (self.packing.places[scale].start + BOTH for scale in self.pairs)
        return sum(1 << BITS * place for place in places)


def told(scope: Scope) -> Told:
    """Return the score pairs that count in a scope."""
    return once(_told, scope)


def _told(scope: Scope) -> Told:
    found = Told(defaultdict(dict))
    known: dict[tuple[object, ...], tuple[Pair, dict[str, Pair]]] = {}
    for rows in in_portions(_asked(scope)):
        for row in rows:
            of_kind = known.get(row[1:])
            if of_kind is None:
                pair = _pair(row[1:], found.packing)
                of_kind = known[row[1:]] = pair, found.pairs[pair.scale]
            pair, of_scale = of_kind
            of_scale[row[0]] = pair
    sums = found.by_session
    for of_scale in found.pairs.values():
        for session, pair in of_scale.items():
            sums[session] = sums.get(session, 0) + pair.packed
    return found


def _asked(scope: Scope) -> Piece:
    return (
        Piece("WITH")
        + weeks(scope)
        + "SELECT c.session_id, c.scale, c.before, c.after, c.before_missing, c.after_missing,"
        + "c.before_by, c.after_by"
        + scores_of(scope)
        + "AND c.scale IN"
        + marks(scale.value for scale in RATED)
    )


def _pair(kind: tuple[Any, ...], packing: Packing) -> Pair:
    scale, before, after, before_missing, after_missing, one, other = kind
    who = one if one == other else RatedBy.MIXED.value
    whole, gap = before is not None and after is not None, before is not None and after is None
    numbers = (1, whole, before if whole else 0, after if whole else 0, gap, before if gap else 0)
    rise = after - before if whole else None
    packed = packing.pack(scale, (*numbers, *_responded(scale, before, after, whole)))
    if whole:
        packed += packing.pack((scale, who), (1, before, after))
    return Pair(scale, before, after, before_missing, after_missing, rise, packed)


def _responded(scale: str, before: int, after: int, whole: bool) -> tuple[int, int, int]:
    if scale != PAIN or not whole or before < LEAST_BEFORE:
        return 0, 0, 0
    by_percent, by_points = Threshold.THIRTY_PERCENT, Threshold.TWO_POINTS
    return 1, responds(by_percent, before, after), responds(by_points, before, after)


def by_scale(scope: Scope, sums: Mapping[K, int]) -> Iterator[tuple[str, K, Numbers]]:
    """Return the numbers of each sum, scale by scale, where there is a pair."""
    packing = told(scope).packing
    scales = [(scale, packing.places[scale]) for scale in told(scope).pairs]
    for key, numbers in zip(sums, packing.unpacked(sums.values()), strict=True):
        for scale, place in scales:
            own = numbers[place]
            if own[PAIRS]:
                yield scale, key, own
