"""The numbers behind the shares of who had clearly less pain, and the sums that they stand in.

An arm's patients and its sessions with both scores of pain are split into parts that lie in one
another: whoever has 30 % less has 2 points less.

    patients:  with a session that began high | with none
    sessions:  began high                                            | began lower
               2 points less                           | no less
               30 % less  | between the two thresholds

The page shows those on the left. Those on the right follow by taking away, so they are hidden, and
protected, where they are small. Those on the left are judged by the patients who have such a
session; the parts on the right by themselves, as if each were of another patient.
"""

import uuid
from collections.abc import Iterator

from sessions_app.dashboards.network.figures import NetworkFigures
from sessions_app.outcomes.responders import Threshold
from sessions_app.outcomes.tied_figures import Ends, Figure, judged

ABLE, HITS = "could respond", "responded"


def patients_of(
    found: NetworkFigures, arm: uuid.UUID, patients: int, ends: Ends
) -> Iterator[Figure]:
    """Split an arm's patients with both scores, who flow from one sum into another."""
    able = found.who_responded(arm, Threshold.TWO_POINTS).patients
    never = patients - able
    yield Figure((ABLE, arm, "patients"), able, *ends, judged(able), dear=True)
    yield Figure(("never high", arm), never, *ends, judged(never))


def sessions_of(found: NetworkFigures, arm: uuid.UUID, both: int, ends: Ends) -> Iterator[Figure]:
    """Split an arm's sessions with both scores, which flow from one sum into another."""
    by_percent, by_points = (found.who_responded(arm, one) for one in Threshold)
    high, less, (start, end) = (ABLE, arm), (HITS, arm), ends
    able, two_points, percent = by_points.sessions, by_points.hits, by_percent.hits
    parts = (
        ((ABLE, arm, "sessions"), start, high, able, by_points.patients),
        (("began lower", arm), start, end, both - able, None),
        ((HITS, arm, Threshold.TWO_POINTS), high, less, two_points, by_points.hit_patients),
        (("no less", arm), high, end, able - two_points, None),
        ((HITS, arm, Threshold.THIRTY_PERCENT), less, end, percent, by_percent.hit_patients),
        (("between", arm), less, end, two_points - percent, None),
    )
    for key, source, target, number, patients in parts:
        yield Figure(key, number, source, target, judged(number, patients))
