"""In how many sessions was pain clearly less afterwards, in all clinics together?"""

import uuid
from dataclasses import replace

from sessions_app.charts.chart import Cell, Row
from sessions_app.charts.figures import NOTHING
from sessions_app.dashboards.network.changed import BY_ARM, FEW
from sessions_app.dashboards.network.figures import NetworkFigures
from sessions_app.dashboards.network.responder_parts import ABLE, HITS
from sessions_app.dashboards.network.withholding import HIDDEN, Withheld
from sessions_app.dashboards.panel import Panel, Table
from sessions_app.dashboards.panels.changed_tables import CLEARLY_LESS, WHO_COUNTS, heads
from sessions_app.outcomes import answers
from sessions_app.outcomes.enough import MINIMUM_PATIENTS
from sessions_app.outcomes.responders import Threshold
from sessions_app.outcomes.shares import Share, share
from sessions_app.outcomes.spoken import percent
from sessions_app.protocols.registry import Course
from sessions_app.vocabulary.scales import Scale

QUESTION = "After how many sessions was pain clearly less, in all clinics together?"
NONE_YET = "No session with a score of pain was given in this time."
HOW_COUNTED = (
    f"{WHO_COUNTS} The interval is that of the share of sessions, by its cluster-robust variance "
    "with the patients as clusters; a clinic's own summary draws whole patients by lot instead. "
    f"Shares are hidden below {MINIMUM_PATIENTS} patients."
)
ONLY_TOLD = (
    "This compares what was said before and after a session. It does not show what the session did "
    "by itself."
)
Shares = dict[tuple[uuid.UUID, Threshold], Share]


def panel(found: NetworkFigures, kept: Withheld) -> Panel:
    """Return the panel: each arm's share of sessions by both thresholds, with its interval."""
    courses = [one for one in found.courses if (one.arm_id, Scale.PAIN) in found.of_arms]
    if not courses:
        return Panel("responded", QUESTION, NONE_YET)
    shares = {
        (one.arm_id, threshold): _share(found, kept, one.arm_id, threshold)
        for one in courses
        for threshold in Threshold
    }
    withheld = answers.withheld(*kept.how_many(ABLE, HITS))
    return Panel(
        code="responded",
        question=QUESTION,
        answer=_answer(shares),
        parts=(_table(courses, shares, kept),),
        notes=(*((withheld,) if withheld else ()), HOW_COUNTED, BY_ARM, ONLY_TOLD),
    )


def _share(found: NetworkFigures, kept: Withheld, arm: uuid.UUID, threshold: Threshold) -> Share:
    """Return an arm's share, or without it where one of its two numbers may not be told."""
    one = share(found.who_responded(arm, threshold))
    if one.share is None:
        return replace(one, hidden_because=FEW)
    if None in (kept.told(ABLE, arm, "sessions"), kept.told(HITS, arm, threshold)):
        return Share(one.patients, one.sessions, one.hits, hidden_because=HIDDEN)
    return one


def _answer(shares: Shares) -> str:
    told: dict[Threshold, list[float]] = {one: [] for one in Threshold}
    for (_, threshold), one in shares.items():
        told[threshold] += [] if one.share is None else [one.share]
    withheld = any(one.hidden_because == HIDDEN for one in shares.values())
    return answers.responded_in(told, withheld=withheld)


def _table(courses: list[Course], shares: Shares, kept: Withheld) -> Table:
    columns = (head for threshold in Threshold for head in heads(threshold)[1:])
    return Table(
        title=CLEARLY_LESS,
        head=("Protocol and arm", "Patients", "Sessions", *columns),
        rows=tuple(_row(one, shares, kept) for one in courses),
    )


def _row(course: Course, shares: Shares, kept: Withheld) -> Row:
    arm = course.arm_id
    counts = (Cell(kept.words(ABLE, arm, what)) for what in ("patients", "sessions"))
    cells = (cell for threshold in Threshold for cell in _cells(shares[arm, threshold]))
    return Cell(course.name), *counts, *cells


def _cells(found: Share) -> tuple[Cell, Cell]:
    if found.share is None or found.low is None or found.high is None:
        return Cell(found.hidden_because), Cell(NOTHING)
    ends = f"{percent(found.low)} to {percent(found.high)}"
    return Cell(f"{found.hits} ({percent(found.share)})"), Cell(ends)
