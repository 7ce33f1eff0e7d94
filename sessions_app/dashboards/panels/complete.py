"""How complete are the data?"""

from collections.abc import Iterator, Mapping

from sessions_app.charts.chart import Cell, Row
from sessions_app.charts.figures import NOTHING, signed, span
from sessions_app.charts.interval_plot import Change, IntervalPlot
from sessions_app.dashboards.complete_sums import ScaleComplete, complete_sums, reasons_of
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Beside, Panel, Table
from sessions_app.dashboards.scope import Scope
from sessions_app.outcomes import answers
from sessions_app.outcomes.completeness import RatedBy, by_rater, sensitivity
from sessions_app.outcomes.enough import MINIMUM_PATIENTS
from sessions_app.outcomes.spoken import counted, percent
from sessions_app.outcomes.summary import MeanChange
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.scales import Scale

QUESTION = "How complete are the data?"
MUCH = "More than 20 % missing"
TOO_FEW = f"needs {MINIMUM_PATIENTS} patients"
NEVER_NOUGHT = (
    "A missing score stays missing, with its reason, and is never made a 0. Whoever sleeps after a "
    "session is probably well: what is missing is not like what is there."
)
ONLY_BOUNDS = (
    "The lines of «what if» bound what the missing after-scores could do to the mean; neither says "
    "what they were. Sessions without a score before stand in none of them."
)
SEVERAL_GROUPS = "A patient may stand in several groups of «who reported»."
Sums = Mapping[Scale, ScaleComplete]


def panel(scope: Scope, links: Links) -> Panel:
    """Return the panel: what is missing and why, what if it were bad, and who told the scores."""
    sums = complete_sums(scope)
    if not sums:
        return Panel("complete", QUESTION, "No session was given in this time.")
    plots = tuple(_what_if(scale, one) for scale, one in sums.items() if one.what_if.filled)
    much = any(one.found.much_is_missing for one in sums.values())
    return Panel(
        code="complete",
        question=QUESTION,
        answer=_answer(sums),
        parts=(
            _scales(sums, links),
            *_reasons(sums, links),
            *([Beside(plots)] if plots else []),
            _raters(sums, links),
        ),
        notes=(NEVER_NOUGHT, ONLY_BOUNDS, SEVERAL_GROUPS),
        badge=MUCH if much else "",
    )


def _answer(sums: Sums) -> str:
    """Tell of the first scale, and of each other of which much is missing."""
    first, *others = sums
    told = [first, *(scale for scale in others if sums[scale].found.much_is_missing)]
    said = ((scale, answers.complete(sums[scale].found)) for scale in told)
    return " ".join(f"{scale.label}: {words[:1].lower()}{words[1:]}" for scale, words in said)


def _scales(sums: Sums, links: Links) -> Table:
    return Table(
        title="Scores of the sessions given by a role that the protocol names",
        head=(
            "Score",
            "Sessions",
            "Both scores",
            "Not both",
            "Share not both",
            "Written down late",
        ),
        counted="Late is more than 24 hours after the session began.",
        rows=tuple(_scale(scale, one, links) for scale, one in sums.items()),
    )


def _scale(scale: Scale, one: ScaleComplete, links: Links) -> Row:
    found, asked = one.found, {"what": "counted", "scale": scale.value}
    late = links.to(what="late_counted", scale=scale.value)
    return (
        Cell(scale.label),
        Cell(str(found.sessions), links.to(**asked)),
        Cell(str(found.complete), links.to(**asked, pairs="both")),
        Cell(str(found.incomplete), links.to(**asked, pairs="lacking")),
        Cell(percent(found.share_missing or 0)),
        Cell(str(found.late), late),
    )


def _reasons(sums: Sums, links: Links) -> Iterator[Table]:
    if reasons := reasons_of(sums):
        heads = (f"{scale.label} {side}" for scale in sums for side in ("before", "after"))
        yield Table(
            title="Why a score is missing",
            head=("Reason", *heads),
            counted="A session may lack both scores, and then stands in both columns.",
            rows=tuple(_reason(reason, sums, links) for reason in reasons),
        )


def _reason(reason: MissingReason, sums: Sums, links: Links) -> Row:
    cells = [Cell(reason.label)]
    for scale, one in sums.items():
        asked = {"what": "counted", "scale": scale.value, "lacking": reason.value}
        sides = {"before": one.found.before_missing, "after": one.found.after_missing}
        for side, missing in sides.items():
            cells.append(Cell(str(missing.get(reason, 0)), links.to(**asked, side=side)))
    return tuple(cells)


def _what_if(scale: Scale, one: ScaleComplete) -> IntervalPlot:
    found = sensitivity(one.what_if)
    lines = (
        ("As observed", found.observed),
        ("Had the missing brought no change", found.no_change),
        ("Had the missing ended at the worst", found.worst_case),
    )
    return IntervalPlot(
        title=f"{scale.label}: what if the missing after-scores were bad?",
        summary=f"{scale.label}: {_lowered(answers.bounded(scale, found))}",
        counted=f"{counted(found.filled, 'session')} with a score before and none after.",
        changes=tuple(_change(label, mean, scale) for label, mean in lines),
        hidden_because=f"{scale.label}: {found.observed.hidden_because}."
        if found.observed.hidden_because
        else "",
    )


def _lowered(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _change(label: str, found: MeanChange, scale: Scale) -> Change:
    behind = f"{counted(found.sessions, 'session')} from {counted(found.patients, 'patient')}"
    return Change(
        label, found.mean, found.low, found.high, n=behind, scale=scale.value,
        hidden_because=found.hidden_because,
    )  # fmt: skip


def _raters(sums: Sums, links: Links) -> Table:
    told = [
        (who, scale, found)
        for scale, one in sums.items()
        for who, found in by_rater(one.raters).items()
    ]
    return Table(
        title="Who reported the scores, and the mean change apart by it",
        head=("Who", "Score", "Sessions", "Patients", "Mean change", "95 % interval"),
        counted="Improvement is positive. Means are hidden below 10 patients.",
        rows=tuple(_rater(*each, links) for each in told),
        folded=not any(found.is_shown for _, _, found in told),
    )


def _rater(who: RatedBy, scale: Scale, found: MeanChange, links: Links) -> Row:
    href = links.of_rater(who, what="counted", scale=scale.value, pairs="both")
    return (
        Cell(who.label),
        Cell(scale.label),
        Cell(str(found.sessions), href),
        Cell(str(found.patients)),
        Cell(signed(found.mean, 2) if found.mean is not None else TOO_FEW),
        Cell(span(found.low, found.high, 2) or NOTHING),
    )
