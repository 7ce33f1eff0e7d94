"""The numbers behind the shares of who had clearly less pain, and the sums that they stand in.

An arm's patients and its sessions with both scores of pain are split into parts that lie in one
another: whoever has 30 % less has 2 points less.

    patients:  with a session that began high | with none
    sessions:  began high                                            | began lower
               2 points less                           | no less
               30 % less  | between the two thresholds

The page shows those on the left. Those on the right follow by taking away, so they are hidden, and
protected, where they are small. Sessions are judged by the patients who have one that began high;
the parts on the right by themselves, as if each were of another patient.
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
    able, patients, (start, end) = by_points.sessions, by_points.patients, ends
    high, less = (ABLE, arm), (HITS, arm)
    parts = (
        ((ABLE, arm, "sessions"), able, start, high, patients),
        (("began lower", arm), both - able, start, end, None),
        ((HITS, arm, Threshold.TWO_POINTS), by_points.hits, high, less, patients),
        (("no less", arm), able - by_points.hits, high, end, None),
        ((HITS, arm, Threshold.THIRTY_PERCENT), by_percent.hits, less, end, patients),
        (("between", arm), by_points.hits - by_percent.hits, less, end, None),
    )
    for key, number, source, target, behind in parts:
        yield Figure(key, number, source, target, judged(number, behind))
