"""Do 95 % intervals hold the truth in 95 %? A trial is drawn again and again, and counted.

    python -m benchmarks.coverage [--repetitions 2000] [--seed 1] [--check]

Each repetition draws a trial of 380 patients with the effects that Kutner 2008 printed: 188 for
massage (pain falls by 1.87 on average) and 192 for still touch (0.97), of whom 37 and 45 have no
session. A patient has 1 to 6 sessions and a bent of their own, so that sessions of one patient
resemble each other; scores are whole numbers inside 0 to 10, and none is cut off at an end, so
the mean that is drawn from is known exactly. Prints how many of the intervals hold it, how wide
they are beside the printed ones, and what the interval would do that took sessions for people.
The share of responders has no printed truth: its own is the share among a million drawn sessions.
Prints also how long the interval of responders takes for the most patients that are drawn from.
`--check` leaves with 1 when a share lies outside 93 to 97 %. Standard library only.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, sqrt
from time import perf_counter, process_time

from sessions_app.outcomes.published import published
from sessions_app.outcomes.resampling import MOST_DRAWN, RESAMPLES
from sessions_app.outcomes.responders import ResponderSums, Threshold, hits, interval
from sessions_app.outcomes.summary import Moments, PatientSums, mean_change
from sessions_app.vocabulary.scales import Scale

BENT, SESSION = 1.8, 1.3  # half-widths: of patients around the arm, of sessions around a patient
WANTED = (0.93, 0.97)


@dataclass(frozen=True)
class Arm:
    """One arm of the trial: who was put on it, who had a session, what is drawn from."""

    code: str
    patients: int
    without: int
    truth: float

    def draw(self, chance: random.Random) -> list[list[tuple[int, int]]]:
        """Each patient's (before, after) scores."""
        return [list(self._patient(chance)) for _ in range(self.patients - self.without)]

    def _patient(self, chance: random.Random) -> Iterator[tuple[int, int]]:
        """Yield 1 to 6 sessions; rounding by lot keeps the mean exactly."""
        own = self.truth + chance.uniform(-BENT, BENT)
        for _ in range(chance.randint(1, 6)):
            before = chance.randint(5, 7)
            fall = floor(own + chance.uniform(-SESSION, SESSION) + chance.random())
            if not 0 <= before - fall <= 10:
                raise ValueError(f"{before} less {fall} leaves the scale")
            yield before, before - fall


ARMS = tuple(
    Arm(code, patients, without, result.mean_change)
    for code, patients, without in (("massage", 188, 37), ("touch", 192, 45))
    if (result := published("rest", code, Scale.PAIN))
)


@dataclass
class Count:
    """How many intervals held the truth, and how wide they were together."""

    tried: int = 0
    held: int = 0
    width: float = 0.0

    def add(self, low: float, high: float, truth: float) -> None:
        """Count one interval."""
        self.tried += 1
        self.held += low <= truth <= high
        self.width += high - low

    @property
    def share(self) -> float:
        """The share that held the truth."""
        return self.held / self.tried


def naive(moments: Moments, squares: int) -> tuple[float, float]:
    """Return the interval of a mean that takes every session for another person."""
    n, mean = moments.sessions, moments.total / moments.sessions
    half = 1.96 * sqrt((squares - n * mean * mean) / (n - 1) / n)
    return mean - half, mean + half


def run(arm: Arm, repetitions: int, chance: random.Random) -> tuple[Count, Count]:
    """Draw the arm again and again; count our intervals and the naive ones."""
    ours, naives = Count(), Count()
    for _ in range(repetitions):
        falls = [[before - after for before, after in patient] for patient in arm.draw(chance)]
        moments = Moments.of(PatientSums.of(one) for one in falls)
        shown = mean_change(moments)
        ours.add(shown.low or 0.0, shown.high or 0.0, arm.truth)
        naives.add(*naive(moments, sum(d * d for one in falls for d in one)), arm.truth)
    return ours, naives


def responders(arm: Arm, repetitions: int, chance: random.Random) -> Count:
    """Do the same for the share of sessions with at least 2 points less pain."""
    many = Arm(arm.code, 290_000, 0, arm.truth)
    truth_sums = ResponderSums.of(hits(Threshold.TWO_POINTS, one) for one in many.draw(chance))
    truth, found = truth_sums.session_hits / truth_sums.sessions, Count()
    for _ in range(repetitions):
        one = ResponderSums.of(hits(Threshold.TWO_POINTS, patient) for patient in arm.draw(chance))
        found.add(*interval(one), truth)
    return found


def drawing_time() -> float:
    """Return the CPU seconds that the interval of responders takes for the most patients."""
    arm, chance = Arm("massage", MOST_DRAWN, 0, 1.87), random.Random(1)
    sums = ResponderSums.of(hits(Threshold.TWO_POINTS, patient) for patient in arm.draw(chance))
    began = process_time()
    interval(sums)
    return process_time() - began


def main() -> int:
    """Print the figures; 1 when one that is asked for is missed."""
    parser = argparse.ArgumentParser(description="How often our 95 % intervals hold the truth.")
    parser.add_argument("--repetitions", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    began, missed = perf_counter(), False
    for arm in ARMS:
        ours, naives = run(arm, options.repetitions, random.Random(options.seed))
        share = responders(arm, options.repetitions // 4, random.Random(options.seed))
        for name, count in (("mean", ours), ("naive", naives), ("≥ 2 points", share)):
            width = count.width / count.tried
            print(
                f"{arm.code:8} {name:11} held the truth in {100 * count.share:5.1f} % of "
                f"{count.tried}; mean width {width:.3f}"
            )
        result = published("rest", arm.code, Scale.PAIN)
        if result:
            print(f"{arm.code:8} printed     width {result.high - result.low:.3f}")
        missed |= any(not WANTED[0] <= one.share <= WANTED[1] for one in (ours, share))
    print(f"seed {options.seed}, {perf_counter() - began:.0f} s")
    print(f"responders of {MOST_DRAWN} patients, {RESAMPLES} resamples: {drawing_time():.2f} s CPU")
    return int(missed and options.check)


if __name__ == "__main__":
    sys.exit(main())
