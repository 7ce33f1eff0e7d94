"""What stands behind the mean changes: the sessions, the bands of pain, and who responded."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from sessions_app.charts.band_table import BandTable
from sessions_app.charts.chart import Cell, Row
from sessions_app.charts.figures import NOTHING
from sessions_app.dashboards.change_lines import Line, courses_of
from sessions_app.dashboards.change_sums import ChangeSums, ScaleSums
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Table
from sessions_app.outcomes.answers import moved
from sessions_app.outcomes.bands import PAIN_BANDS, Band, band_table
from sessions_app.outcomes.enough import MINIMUM_PATIENTS, too_few
from sessions_app.outcomes.resampling import RESAMPLES, SEED
from sessions_app.outcomes.responders import LEAST_BEFORE, Responders, Threshold, responders
from sessions_app.outcomes.spoken import counted, percent
from sessions_app.vocabulary.scales import Scale

ALL_ARMS = "All arms together"
PAIN = Scale.PAIN.value
TOO_FEW = f"needs {MINIMUM_PATIENTS} patients"
CLEARLY_LESS = "Clearly less pain after the session"
WHO_COUNTS = f"Counted are sessions that began at {LEAST_BEFORE} or more and have both scores."
HOW_COUNTED = (
    f"{WHO_COUNTS} A patient counts as one with less pain where more than half of these sessions "
    "reached it. The interval is that of the share of sessions, from "
    f"{RESAMPLES} draws of whole patients by a fixed lot ({SEED}); shares are hidden below "
    f"{MINIMUM_PATIENTS} patients."
)


def behind(lines: Sequence[Line], links: Links) -> Table:
    """Return how many sessions stand behind each mean, and how many lack a score, and why."""
    return Table(
        title="The sessions behind the means, and those without both scores",
        folded=True,
        head=(
            *("Protocol and arm", "Score", "Patients", "With both scores"),
            *("Without both scores", "Missing because"),
        ),
        rows=tuple(_behind(line, links) for line in lines),
    )


def _behind(line: Line, links: Links) -> Row:
    change, sums, arm = line.sums.change, line.sums, line.course.arm_id
    asked = {"what": "counted", "scale": line.scale.value}
    why = "; ".join(f"{one.label.lower()}: {n}" for one, n in sums.missing_by_reason.most_common())
    return (
        Cell(line.course.name),
        Cell(line.scale.label),
        Cell(str(change.patients)),
        Cell(str(change.sessions), links.of_arm(arm, **asked, pairs="both")),
        Cell(str(sums.missing), links.of_arm(arm, **asked, pairs="lacking")),
        Cell(why),
    )


def left_out(sums: ChangeSums, links: Links) -> Iterator[Table]:
    """Return what another role gave than the protocol names, where there is any."""
    if not (number := sums.left_out.total()):
        return
    is_not = "is not" if number == 1 else "are not"
    by = "given by another role than the protocol names"
    yield Table(
        title="Left out of the means",
        head=("Protocol and arm", "Sessions"),
        counted=f"{counted(number, 'session')} {by} {is_not} counted here.",
        rows=tuple(
            (
                Cell(one.name),
                Cell(str(sums.left_out[one.arm_id]), links.of_arm(one.arm_id, what="another_role")),
            )
            for one in courses_of(sums)
            if sums.left_out[one.arm_id]
        ),
    )


def bands(sums: ChangeSums, links: Links) -> BandTable:
    """Return from which band of pain to which the sessions went."""
    table = band_table(sums.pain_pairs)
    pain = sums.whole.get(Scale.PAIN, ScaleSums())
    few = too_few(pain.change.patients)
    return BandTable(
        title="Pain before and after in bands",
        axis_words=f"Pain: {', '.join(f'{one.label} {_ends(one)}' for one in PAIN_BANDS)}",
        summary=moved(table),
        counted=(
            f"n = {counted(table.sessions, 'session')} from "
            f"{counted(pain.change.patients, 'patient')}; {pain.missing} without both scores."
        ),
        scale=PAIN,
        bands=tuple(map(_ends, PAIN_BANDS)),
        counts=table.cells,
        higher_is_better=False,
        hidden_because=f"From which band of pain to which: {few}." if few else "",
        hrefs=tuple(tuple(_cell(one, other, links) for other in PAIN_BANDS) for one in PAIN_BANDS),
    )


def _ends(band: Band) -> str:
    """Such as «1–3», or «0»."""
    return f"{band.low}–{band.high}" if band.high > band.low else str(band.low)


def _cell(before: Band, after: Band, links: Links) -> str:
    from_to = {"before": f"{before.low}-{before.high}", "after": f"{after.low}-{after.high}"}
    return links.to(what="counted", scale=PAIN, **from_to)


def responders_of(sums: ChangeSums, lines: Sequence[Line], links: Links) -> Table:
    """Return for how many pain was clearly lower, by each threshold apart."""
    arms = [line for line in lines if line.scale is Scale.PAIN]
    rows = [
        _responded(line.course.name, line.sums, partial(links.of_arm, line.course.arm_id))
        for line in arms
    ]
    if len(arms) > 1:
        rows.insert(0, _responded(ALL_ARMS, sums.whole.get(Scale.PAIN, ScaleSums()), links.to))
    return Table(
        title=CLEARLY_LESS,
        head=(
            "Protocol and arm",
            "Patients",
            "Sessions",
            *(h for t in Threshold for h in heads(t)),
        ),
        rows=tuple(rows),
    )


def heads(threshold: Threshold) -> tuple[str, str, str]:
    """Name the columns of one threshold: its patients, its sessions, and their interval."""
    less = "30 % less" if threshold is Threshold.THIRTY_PERCENT else "2 points less"
    return f"{less}: patients", f"{less}: sessions", "95 % interval"


def _responded(name: str, sums: ScaleSums, to: Callable[..., str]) -> Row:
    """Return a line; ``to`` leads to the sessions of the arm, or of all arms."""
    asked = {"what": "counted", "scale": PAIN, "pairs": "both"}
    asked |= {"before": f"{LEAST_BEFORE}-{Scale.PAIN.maximum}"}
    both = [responders(one, sums.responded(one)) for one in Threshold]
    shares = (cell for one in both for cell in _shares(one, to(**asked, fell=one.threshold.value)))
    return (
        Cell(name),
        Cell(str(both[0].patients)),
        Cell(str(both[0].sessions), to(**asked)),
        *shares,
    )


def _shares(found: Responders, href: str) -> tuple[Cell, Cell, Cell]:
    if found.patient_share is None or found.session_share is None:
        return Cell(TOO_FEW), Cell(NOTHING), Cell(NOTHING)
    return (
        Cell(f"{found.votes} ({percent(found.patient_share)})"),
        Cell(f"{found.hits} ({percent(found.session_share)})", href),
        Cell(f"{percent(found.low or 0)} to {percent(found.high or 0)}"),
    )
