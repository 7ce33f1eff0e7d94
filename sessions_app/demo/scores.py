"""Drawing scores: whole numbers 0 to 10, a level of each patient's own, a mean change per arm."""

from datetime import datetime, timedelta
from math import floor
from random import Random

from sessions_app.demo.stories import BONE, COMPANY, FOOT, OPEN, Arm, ToldFollowUp
from sessions_app.outcomes.published import published
from sessions_app.protocols.definition import ProtocolDefinition
from sessions_app.sessions.record import Rating, Ratings
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.records import Reporter
from sessions_app.vocabulary.scales import RATED, Scale
from sessions_app.vocabulary.timepoints import TimePoint

_LEVELS = {Scale.PAIN: 6.1, Scale.MOOD: 4.9, Scale.RELAXATION: 4.2, Scale.SLEEP: 5.0}
_LOWEST_PAIN = 4  # who is on a trial's protocol came in with at least this much
_DESIGNED = {
    BONE: {Scale.PAIN: 1.5, Scale.MOOD: 1.3, Scale.RELAXATION: 1.9},
    COMPANY: {Scale.PAIN: 0.4, Scale.MOOD: 0.7, Scale.RELAXATION: 0.6},
    FOOT: {Scale.PAIN: 1.0, Scale.RELAXATION: 1.5},
    OPEN: {Scale.PAIN: 1.4, Scale.MOOD: 1.2, Scale.RELAXATION: 1.5},
}
"""Mean improvement where no figure could be read: invented, and modest."""
_PATIENTS_DIFFER, _SESSIONS_DIFFER = 0.4, 1.1
_MISSING_BEFORE, _MISSING_AFTER, _ONE_NOT_ASKED = 0.012, 0.03, 0.004
_WHY_BEFORE = (MissingReason.NOT_ASKED, MissingReason.UNABLE, MissingReason.DECLINED)
_WHY_AFTER = (
    MissingReason.ASLEEP, MissingReason.ASLEEP, MissingReason.ASLEEP, MissingReason.UNABLE,
    MissingReason.DECLINED, MissingReason.LEFT,
)  # fmt: skip


class Rater:
    """One patient on one arm: where the scores lie, and how far they move.

    Pain starts at 4 or more, so that a change of the drawn size fits above 0.
    """

    def __init__(self, rng: Random, arm: Arm, protocol: ProtocolDefinition) -> None:
        self.rng = rng
        self.asked = _asked_around(protocol, required=True)
        self.offered = _asked_around(protocol, required=False) - self.asked
        self.levels = {scale: rng.gauss(mean, 0.9) for scale, mean in _LEVELS.items()}
        leaning = rng.gauss(0, _PATIENTS_DIFFER)
        self.gains = {scale: _mean_gain(arm, scale) + leaning for scale in RATED}

    def draw(self) -> tuple[Ratings, Ratings]:
        """Return the scores before and after one session; a missing one has its reason."""
        scales = self.asked | (self.offered if self.rng.random() < 0.3 else frozenset())
        before: dict[Scale, Rating] = {}
        after: dict[Scale, Rating] = {}
        why_before = self._why(_MISSING_BEFORE, _WHY_BEFORE)
        why_after = self._why(_MISSING_AFTER, _WHY_AFTER)
        for scale in (scale for scale in Scale if scale in scales):
            first, second = self._pair(scale)
            before[scale] = self._rating(scale, first, why_before)
            after[scale] = self._rating(scale, second, why_after)
        return before, after

    def next_day(self, performed_at: datetime, after: Ratings) -> tuple[ToldFollowUp, ...]:
        """Return the scores of the next morning, 16 to 18 hours after the session's start."""
        measured_at = performed_at + timedelta(minutes=self.rng.randrange(16 * 60, 18 * 60, 5))
        why = self._why(0.08, (MissingReason.ASLEEP, MissingReason.LEFT, MissingReason.UNABLE))
        found = []
        for scale in RATED:
            rated = after.get(scale)
            middle = self.levels[scale] if rated is None or rated.value is None else rated.value
            score = within(round(self.rng.gauss(middle - 0.4 * toward(scale), 1)))
            found.append(ToldFollowUp(scale, self._rating(scale, score, why), measured_at))
        return tuple(found)

    def _pair(self, scale: Scale) -> tuple[int, int]:
        if scale is Scale.HEART_RATE:
            return self._counted(84, 11, 4)
        if scale is Scale.RESPIRATORY_RATE:
            return self._counted(18, 3, 1)
        lowest = _LOWEST_PAIN if scale is Scale.PAIN else 0
        first = within(max(lowest, round(self.rng.gauss(self.levels[scale], 1))))
        gain = self.rng.gauss(self.gains[scale], _SESSIONS_DIFFER)
        # Rounded up as often as the fraction says, so that the mean stays where it was.
        points = floor(gain + self.rng.random())
        return first, within(first + toward(scale) * points)

    def _counted(self, mean: float, spread: float, fall: float) -> tuple[int, int]:
        first = round(self.rng.gauss(mean, spread))
        return first, round(first - self.rng.gauss(fall, spread / 3))

    def _why(self, share: float, reasons: tuple[MissingReason, ...]) -> MissingReason | None:
        return self.rng.choice(reasons) if self.rng.random() < share else None

    def _rating(self, scale: Scale, score: int, why: MissingReason | None) -> Rating:
        if why is None and self.rng.random() < _ONE_NOT_ASKED:
            why = MissingReason.NOT_ASKED
        if why is not None:
            return Rating(missing=why, reporter=Reporter.THERAPIST)
        if scale not in RATED:
            return Rating(value=score, reporter=Reporter.THERAPIST)
        proxy = self.rng.random() < 0.02
        return Rating(value=score, reporter=Reporter.PROXY if proxy else Reporter.PATIENT)


def within(score: int) -> int:
    """Return the score, or the end of the 0-10 scale that it went beyond."""
    return max(0, min(10, score))


def toward(scale: Scale) -> int:
    """Return which way a score moves when it improves: 1 up, -1 down."""
    return 1 if scale.higher_is_better else -1


def _mean_gain(arm: Arm, scale: Scale) -> float:
    printed = published(*arm, scale)
    return printed.mean_change if printed else _DESIGNED.get(arm, {}).get(scale, 0.0)


def _asked_around(protocol: ProtocolDefinition, *, required: bool) -> frozenset[Scale]:
    """Return the scales asked just before and after a session."""
    return frozenset(
        measure.scale
        for measure in protocol.measures
        if measure.required is required and TimePoint.BEFORE in measure.time_points
    )
