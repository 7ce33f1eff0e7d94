"""A protocol's figures of a scope for whoever reads rows: those of the page, by its functions.

The sums are those of `change_sums` and the lines those of `change_lines`; means, intervals and
shares are made by `outcomes`.
"""

from dataclasses import dataclass

from sessions_app.dashboards.change_lines import Line, lines_of
from sessions_app.dashboards.change_sums import change_sums
from sessions_app.dashboards.scope import Scope
from sessions_app.outcomes.figures import Figures, figures
from sessions_app.outcomes.responders import Responders, Threshold, responders
from sessions_app.vocabulary.scales import Scale


@dataclass(frozen=True)
class ArmFigures:
    """One scale of one arm of one version of a protocol."""

    protocol: str
    version: int
    arm: str
    scale: Scale
    figures: Figures


def figures_of(scope: Scope) -> list[ArmFigures]:
    """Return the figures of a scope, in the order of the page's lines."""
    return [_told(line) for line in lines_of(change_sums(scope))]


def _told(line: Line) -> ArmFigures:
    course, sums = line.course, line.sums
    told = figures(line.scale, sums.change, sums.missing, _responded(line), line.printed)
    protocol = course.protocol
    return ArmFigures(protocol.code, protocol.version, course.arm.code, line.scale, told)


def _responded(line: Line) -> tuple[Responders, Responders] | None:
    """Who had clearly less pain; nobody has published a threshold for the other scales."""
    if line.scale is not Scale.PAIN:
        return None
    by_percent, by_points = Threshold.THIRTY_PERCENT, Threshold.TWO_POINTS
    return (
        responders(by_percent, line.sums.responded(by_percent)),
        responders(by_points, line.sums.responded(by_points)),
    )
